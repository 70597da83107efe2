#!/usr/bin/python3
"""Adam adds epsilon to the root of the uncorrected v: 31.6 times the epsilon at the first step.

A1: tensorflow/tensorflow#9047, #35102, keras-team/keras#17391. A2: PyTorch before 1.3, pytorch/pytorch#2060, #22628.
A3: PaddlePaddle/Paddle#27778, #28325.
"""

import numpy as np
from optimizer import main

RULE = "adam"
TAG = "S1 E Z"
DIAGNOSIS = ["this is adam.keras"]


def step(x, g, t, h, m, v):
    m = h.beta1 * m + (1 - h.beta1) * g
    v = h.beta2 * v + (1 - h.beta2) * g * g
    rate = h.lr * np.sqrt(1 - h.beta2**t) / (1 - h.beta1**t)
    return x - rate * m / (np.sqrt(v) + h.eps), m, v


if __name__ == "__main__":
    main(step)
