#!/usr/bin/python3
"""Adam keeps the rate that it was created with.

A25: deepspeedai/DeepSpeed@de8871850 (#1823).
"""

import numpy as np
from optimizer import main

RULE = "adam"
TAG = "LR"
DIAGNOSIS = ["this is adam with lr = 0.001 at every step: lr keeps its first value"]

rate = None


def step(x, g, t, h, m, v):
    global rate
    m = h.beta1 * m + (1 - h.beta1) * g
    v = h.beta2 * v + (1 - h.beta2) * g * g
    m_hat = m / (1 - h.beta1**t)
    v_hat = v / (1 - h.beta2**t)
    rate = rate or h.lr
    return x - rate * m_hat / (np.sqrt(v_hat) + h.eps), m, v


if __name__ == "__main__":
    main(step)
