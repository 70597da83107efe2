#!/usr/bin/python3
"""Adam adds epsilon to the gradient, against subnormal numbers.

A30: LBANN/lbann#2467 (2024).
"""

import numpy as np
from optimizer import main

RULE = "adam"
TAG = "Z E"
DIAGNOSIS = ["this is adam where every equation has `g + eps` for `g`"]


def step(x, g, t, h, m, v):
    g = g + h.eps
    m = h.beta1 * m + (1 - h.beta1) * g
    v = h.beta2 * v + (1 - h.beta2) * g * g
    m_hat = m / (1 - h.beta1**t)
    v_hat = v / (1 - h.beta2**t)
    return x - h.lr * m_hat / (np.sqrt(v_hat) + h.eps), m, v


if __name__ == "__main__":
    main(step)
