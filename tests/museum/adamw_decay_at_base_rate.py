#!/usr/bin/python3
"""AdamW scales its decay by the rate at the start.

C17: kozistr/pytorch_optimizer@946287e1 (there in Ranger21).
"""

import numpy as np
from optimizer import main

RULE = "adamw"
TAG = "WD LR"
DIAGNOSIS = ["this is adamw.paper with weight_decay = 1e-05 in place of 0.01"]

base = None


def step(x, g, t, h, m, v):
    global base
    m = h.beta1 * m + (1 - h.beta1) * g
    v = h.beta2 * v + (1 - h.beta2) * g * g
    m_hat = m / (1 - h.beta1**t)
    v_hat = v / (1 - h.beta2**t)
    base = base or h.lr
    x = x - base * h.weight_decay * x
    return x - h.lr * m_hat / (np.sqrt(v_hat) + h.eps), m, v


if __name__ == "__main__":
    main(step)
