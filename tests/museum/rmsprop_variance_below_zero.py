#!/usr/bin/python3
"""Centered RMSProp takes the root of v - a^2 unguarded, which rounding makes negative for constant gradients.

B8: CanReader/FastNN#12 (2026).
"""

import numpy as np
from optimizer import main

RULE = "rmsprop_centered"
OPTIONS = ["--format", "binary32", "--tensors", "160", "--hyper", "rho=0.01"]
TAG = "NUM"
DIAGNOSIS = ["nothing known explains this trace", "v and a conform to rmsprop_centered; x does not"]


def step(x, g, t, h, v, a):
    v = h.rho * v + (1 - h.rho) * g * g
    a = h.rho * a + (1 - h.rho) * g
    return x - h.lr * g / (np.sqrt(v - a * a) + h.eps), v, a


if __name__ == "__main__":
    main(step)
