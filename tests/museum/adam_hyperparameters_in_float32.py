#!/usr/bin/python3
"""Adam in binary64 keeps its hyperparameters in binary32.

B3: llm.c, ggml and bitsandbytes, where the parameters are binary32 and this conforms.
"""

import numpy as np
from optimizer import main

RULE = "adam"
TAG = "NUM S1"
DIAGNOSIS = ["this is adam with hyperparameters rounded to binary32"]


def step(x, g, t, h, m, v):
    for name, value in vars(h).items():
        setattr(h, name, float(np.float32(value)))
    m = h.beta1 * m + (1 - h.beta1) * g
    v = h.beta2 * v + (1 - h.beta2) * g * g
    m_hat = m / (1 - h.beta1**t)
    v_hat = v / (1 - h.beta2**t)
    return x - h.lr * m_hat / (np.sqrt(v_hat) + h.eps), m, v


if __name__ == "__main__":
    main(step)
