#!/usr/bin/python3
"""AdaGrad has no epsilon: NaN if the first gradient is zero.

E14: davharris/mistnet#94.
"""

import numpy as np
from optimizer import main

RULE = "adagrad"
TAG = "Z S1"
DIAGNOSIS = ["this is adagrad with eps = 0 in place of 1e-10: eps is not applied"]


def step(x, g, t, h, s):
    s = s + g * g
    return x - h.lr * g / np.sqrt(s), s


if __name__ == "__main__":
    main(step)
