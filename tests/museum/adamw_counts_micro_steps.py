#!/usr/bin/python3
"""AdamW under accumulation of two gradients counts, and decays at, every micro-step.

C15: keras-team/keras#19990, @0ed820f564 (#19998).
"""

import numpy as np
from optimizer import main

RULE = "adamw"
TAG = "WD OPT S1"
DIAGNOSIS = ["nothing known explains this trace"]


def step(x, g, t, h, m, v):
    t *= 2
    m = h.beta1 * m + (1 - h.beta1) * g
    v = h.beta2 * v + (1 - h.beta2) * g * g
    m_hat = m / (1 - h.beta1**t)
    v_hat = v / (1 - h.beta2**t)
    for _ in range(2):
        x = x - h.lr * h.weight_decay * x
    return x - h.lr * m_hat / (np.sqrt(v_hat) + h.eps), m, v


if __name__ == "__main__":
    main(step)
