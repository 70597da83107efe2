#!/usr/bin/python3
"""The paper's AdamW scales its decay by the rate.

C1: pytorch/pytorch#3740, #21250, #38853; huggingface/pytorch-image-models@82e86776.
"""

import numpy as np
from optimizer import main

RULE = "adamw_paper"
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
