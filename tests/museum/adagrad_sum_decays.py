#!/usr/bin/python3
"""AdaGrad averages the squared gradients: really RMSProp.

E11: tensorflow/swift-apis#733 (2020).
"""

import numpy as np
from optimizer import main

RULE = "adagrad"
TAG = "S1"
DIAGNOSIS = ["this is rmsprop"]

sums = {}


def step(x, g, t, h):
    sums[len(x)] = 0.9 * sums.get(len(x), 0) + (1 - 0.9) * g * g
    return x - h.lr * g / (np.sqrt(sums[len(x)]) + h.eps)


if __name__ == "__main__":
    main(step)
