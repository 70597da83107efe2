#!/usr/bin/python3
"""Centered RMSProp adds epsilon beside the root of a variance that rounding can make negative.

E5: apache/mxnet#6235 (2017).
"""

import numpy as np
from optimizer import main

RULE = "rmsprop_centered_keras"
TAG = "NUM E S1"
DIAGNOSIS = ["this is rmsprop_centered"]


def step(x, g, t, h, v, a):
    v = h.rho * v + (1 - h.rho) * g * g
    a = h.rho * a + (1 - h.rho) * g
    return x - h.lr * g / (np.sqrt(v - a * a) + h.eps), v, a


if __name__ == "__main__":
    main(step)
