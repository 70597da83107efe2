#!/usr/bin/python3
"""Adam with both corrections folded into the rate, and epsilon scaled along.

J1: BVLC/caffe#4224.
"""

import numpy as np
from optimizer import main

RULE = "adam"
TAG = "J"
CONDITION = "exact arithmetic, and epsilon scaled by sqrt(1 - beta2^t)"


def step(x, g, t, h, m, v):
    m = h.beta1 * m + (1 - h.beta1) * g
    v = h.beta2 * v + (1 - h.beta2) * g * g
    c2 = np.sqrt(1 - h.beta2**t)
    return x - h.lr * c2 / (1 - h.beta1**t) * m / (np.sqrt(v) + h.eps * c2), m, v


if __name__ == "__main__":
    main(step)
