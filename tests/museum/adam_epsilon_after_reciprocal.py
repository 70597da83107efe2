#!/usr/bin/python3
"""Adam adds epsilon to the reciprocal of the root, which is infinite where v is 0.

A31: kozistr/pytorch_optimizer#480 (there in AdamP).
"""

import numpy as np
from optimizer import main

RULE = "adam"
TAG = "Z S1"
DIAGNOSIS = [r"this is adam where `adam_update` computes `lr * m_hat * (1 / \sqrt(v_hat) + eps)` for `lr * m_hat "
             r"/ (\sqrt(v_hat) + eps)`"]


def step(x, g, t, h, m, v):
    m = h.beta1 * m + (1 - h.beta1) * g
    v = h.beta2 * v + (1 - h.beta2) * g * g
    m_hat = m / (1 - h.beta1**t)
    v_hat = v / (1 - h.beta2**t)
    return x - h.lr * m_hat * (1 / np.sqrt(v_hat) + h.eps), m, v


if __name__ == "__main__":
    main(step)
