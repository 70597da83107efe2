#!/usr/bin/python3
"""Adam multiplies the first moment by its correction instead of dividing.

A13: fastai/swiftai#13 (there in LAMB).
"""

import numpy as np
from optimizer import main

RULE = "adam"
TAG = "S1"
MUTANT = "m_next * (1 - real_powi(beta1, t))"
DIAGNOSIS = [r"this is adam where `adam_update` computes `m_next * (1 - \pow(beta1, t))` for `m_next / (1 - "
             r"\pow(beta1, t))`"]


def step(x, g, t, h, m, v):
    m = h.beta1 * m + (1 - h.beta1) * g
    v = h.beta2 * v + (1 - h.beta2) * g * g
    m_hat = m * (1 - h.beta1**t)
    v_hat = v / (1 - h.beta2**t)
    return x - h.lr * m_hat / (np.sqrt(v_hat) + h.eps), m, v


if __name__ == "__main__":
    main(step)
