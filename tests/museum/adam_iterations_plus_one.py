#!/usr/bin/python3
"""Adam whose iterations start at 0 and enter as iterations + 1.

J6: tensorflow/tensorflow#35444.
"""

import numpy as np
from optimizer import main

RULE = "adam"
TAG = "J"
CONDITION = "iterations starts at 0"

iterations = 0


def step(x, g, t, h, m, v):
    global iterations
    iterations = t - 1
    m = h.beta1 * m + (1 - h.beta1) * g
    v = h.beta2 * v + (1 - h.beta2) * g * g
    m_hat = m / (1 - h.beta1 ** (iterations + 1))
    v_hat = v / (1 - h.beta2 ** (iterations + 1))
    return x - h.lr * m_hat / (np.sqrt(v_hat) + h.eps), m, v


if __name__ == "__main__":
    main(step)
