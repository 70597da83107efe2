#!/usr/bin/python3
"""Adam adds the squared gradient without its weight 1 - beta2.

A32: kozistr/pytorch_optimizer@acd218bd (#257), there in Adam-mini, addcmul without value.
"""

import numpy as np
from optimizer import main

RULE = "adam"
TAG = "S1"
DIAGNOSIS = ["this is adam where `adam_v` computes `beta2 * v + g * g` for `beta2 * v + (1 - beta2) * (g * g)`"]


def step(x, g, t, h, m, v):
    m = h.beta1 * m + (1 - h.beta1) * g
    v = h.beta2 * v + g * g
    m_hat = m / (1 - h.beta1**t)
    v_hat = v / (1 - h.beta2**t)
    return x - h.lr * m_hat / (np.sqrt(v_hat) + h.eps), m, v


if __name__ == "__main__":
    main(step)
