#!/usr/bin/python3
"""Adam takes 1 - (1 - beta^t) for its corrections.

A18: kozistr/pytorch_optimizer#305, #308 (there in AdamG).
"""

import numpy as np
from optimizer import main

RULE = "adam"
TAG = "S1"
DIAGNOSIS = [r"this is adam where `adam_update` computes `\pow(beta1, t)` for `1 - \pow(beta1, t)` and "
             r"`\pow(beta2, t)` for `1 - \pow(beta2, t)`"]


def step(x, g, t, h, m, v):
    m = h.beta1 * m + (1 - h.beta1) * g
    v = h.beta2 * v + (1 - h.beta2) * g * g
    m_hat = m / (1 - (1 - h.beta1**t))
    v_hat = v / (1 - (1 - h.beta2**t))
    return x - h.lr * m_hat / (np.sqrt(v_hat) + h.eps), m, v


if __name__ == "__main__":
    main(step)
