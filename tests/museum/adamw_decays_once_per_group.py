#!/usr/bin/python3
"""AdamW decays all tensors once for each of two groups.

C14: huggingface/pytorch-image-models#2750 (there in SGDW, groups of one type).
"""

import numpy as np
from optimizer import main

RULE = "adamw"
TAG = "WD MT S1"
DIAGNOSIS = ["nothing known explains this trace", "m and v conform to adamw; x does not"]


def step(x, g, t, h, m, v):
    m = h.beta1 * m + (1 - h.beta1) * g
    v = h.beta2 * v + (1 - h.beta2) * g * g
    m_hat = m / (1 - h.beta1**t)
    v_hat = v / (1 - h.beta2**t)
    for _ in range(2):
        x = x - h.lr * h.weight_decay * x
    return x - h.lr * m_hat / (np.sqrt(v_hat) + h.eps), m, v


if __name__ == "__main__":
    main(step)
