#!/usr/bin/python3
"""Adam with an L2 penalty decays the iterate instead, as AdamW does.

C5: FlagOpen/FlagGems#4988, #4989 (2026).
"""

import numpy as np
from optimizer import main

RULE = "adam_torch"
OPTIONS = ["--hyper", "weight_decay=0.1"]
TAG = "WD S1"
DIAGNOSIS = ["this is adamw"]


def step(x, g, t, h, m, v):
    m = h.beta1 * m + (1 - h.beta1) * g
    v = h.beta2 * v + (1 - h.beta2) * g * g
    m_hat = m / (1 - h.beta1**t)
    v_hat = v / (1 - h.beta2**t)
    x = x - h.lr * h.weight_decay * x
    return x - h.lr * m_hat / (np.sqrt(v_hat) + h.eps), m, v


if __name__ == "__main__":
    main(step)
