#!/usr/bin/python3
"""AdamW scales iterate and update by 1 - lr * weight_decay.

C2: bitsandbytes-foundation/bitsandbytes#2010 (2026).
"""

import numpy as np
from optimizer import main

RULE = "adamw"
TAG = "WD S1"
DIAGNOSIS = ["nothing known explains this trace", "m and v conform to adamw.hf; x does not"]


def step(x, g, t, h, m, v):
    m = h.beta1 * m + (1 - h.beta1) * g
    v = h.beta2 * v + (1 - h.beta2) * g * g
    m_hat = m / (1 - h.beta1**t)
    v_hat = v / (1 - h.beta2**t)
    x = x - h.lr * m_hat / (np.sqrt(v_hat) + h.eps)
    return x * (1 - h.lr * h.weight_decay), m, v


if __name__ == "__main__":
    main(step)
