#!/usr/bin/python3
"""AdaGrad starts its accumulator at 0.1, whatever it is told.

E12: tensorflow/tensorflow#37819, pytorch/pytorch#6616.
"""

import numpy as np
from optimizer import main

RULE = "adagrad"
TAG = "S1"
DIAGNOSIS = ["this is adagrad with initial_accumulator = 0.1 in place of 0"]

sums = {}


def step(x, g, t, h):
    sums[len(x)] = sums.get(len(x), 0.1) + g * g
    return x - h.lr * g / (np.sqrt(sums[len(x)]) + h.eps)


if __name__ == "__main__":
    main(step)
