#!/usr/bin/python3
"""Lion interpolates as g + beta1 (m - g): other roundings, which can turn a sign near 0.

F22: kozistr/pytorch_optimizer#519, #520 (there in SignSGD, Tiger and SGDW).
"""

import numpy as np
from optimizer import main

RULE = "lion"
OPTIONS = ["--hyper", "weight_decay=0.1"]
TAG = "J"
CONDITION = "where rounding decides a sign, either is admitted"


def step(x, g, t, h, m):
    direction = np.sign(g * (1 - h.beta1) + m * h.beta1)
    return x - h.lr * (direction + h.weight_decay * x), (1 - h.beta2) * g + h.beta2 * m


if __name__ == "__main__":
    main(step)
