#!/usr/bin/python3
"""Adam in binary32 with its hyperparameters, and 1 - beta2, in binary32.

B3: llm.c, ggml, bitsandbytes.
"""

import numpy as np
from optimizer import main

RULE = "adam"
OPTIONS = ["--format", "binary32"]
TAG = "J"
CONDITION = "the trace is binary32"


def step(x, g, t, h, m, v):
    beta1, beta2, one = np.float32(h.beta1), np.float32(h.beta2), np.float32(1)
    m = beta1 * m + (one - beta1) * g
    v = beta2 * v + (one - beta2) * g * g
    m_hat = m / (one - np.power(beta1, np.float32(t)))
    v_hat = v / (one - np.power(beta2, np.float32(t)))
    return x - np.float32(h.lr) * m_hat / (np.sqrt(v_hat) + np.float32(h.eps)), m, v


if __name__ == "__main__":
    main(step)
