#!/usr/bin/python3
"""ADADELTA reads the accumulator of steps after its update: -0.866 for -0.7071.

E7: tensorflow/tensorflow#9058 (2017).
"""

import numpy as np
from optimizer import main

RULE = "adadelta"
TAG = "S1"
DIAGNOSIS = ["this is adadelta where `adadelta_x` computes `u_next` for `u`"]


def step(x, g, t, h, e, u):
    e = h.rho * e + (1 - h.rho) * g * g
    d = g * np.sqrt(u + h.eps) / np.sqrt(e + h.eps)
    u = h.rho * u + (1 - h.rho) * d * d
    return x - h.lr * g * np.sqrt(u + h.eps) / np.sqrt(e + h.eps), e, u


if __name__ == "__main__":
    main(step)
