#!/usr/bin/python3
"""A program that is to be plain Adam decays by 0.01.

C21: karpathy/llm.c@645869b (2024).
"""

import numpy as np
from optimizer import main

RULE = "adam"
TAG = "WD S1"
DIAGNOSIS = ["this is adamw"]


def step(x, g, t, h, m, v):
    m = h.beta1 * m + (1 - h.beta1) * g
    v = h.beta2 * v + (1 - h.beta2) * g * g
    m_hat = m / (1 - h.beta1**t)
    v_hat = v / (1 - h.beta2**t)
    x = x - h.lr * 0.01 * x
    return x - h.lr * m_hat / (np.sqrt(v_hat) + h.eps), m, v


if __name__ == "__main__":
    main(step)
