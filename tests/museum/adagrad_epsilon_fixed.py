#!/usr/bin/python3
"""AdaGrad has 1e-8 for epsilon, whatever it is told.

E12: facebookresearch/dlrm#337, facebookresearch/higher#44.
"""

import numpy as np
from optimizer import main

RULE = "adagrad"
TAG = "Z E S1"
DIAGNOSIS = ["this is adagrad with eps = 1e-08 in place of 1e-10"]


def step(x, g, t, h, s):
    s = s + g * g
    return x - h.lr * g / (np.sqrt(s) + 1e-8), s


if __name__ == "__main__":
    main(step)
