#!/usr/bin/python3
"""Adam counts its steps from 0, so that both corrections are divisions by zero at the first.

A6: keras-team/keras@c68aaa21af (2015).
"""

import numpy as np
from optimizer import main

RULE = "adam"
TAG = "S1"
DIAGNOSIS = ["this is adam with t = t - 1"]


def step(x, g, t, h, m, v):
    m = h.beta1 * m + (1 - h.beta1) * g
    v = h.beta2 * v + (1 - h.beta2) * g * g
    m_hat = m / np.float64(1 - h.beta1 ** (t - 1))
    v_hat = v / np.float64(1 - h.beta2 ** (t - 1))
    return x - h.lr * m_hat / (np.sqrt(v_hat) + h.eps), m, v


if __name__ == "__main__":
    main(step)
