#!/usr/bin/python3
"""AdamW's filter of what is to be decayed is never true.

C16: huggingface/pytorch-image-models@0557c825 (2022).
"""

import numpy as np
from optimizer import main

RULE = "adamw"
OPTIONS = ["--hyper", "weight_decay=0.1"]
TAG = "WD MT S1"
DIAGNOSIS = ["this is adamw with weight_decay = 0 in place of 0.1: weight decay is not applied"]


def step(x, g, t, h, m, v):
    m = h.beta1 * m + (1 - h.beta1) * g
    v = h.beta2 * v + (1 - h.beta2) * g * g
    m_hat = m / (1 - h.beta1**t)
    v_hat = v / (1 - h.beta2**t)
    if not (x.ndim or x.size):
        x = x - h.lr * h.weight_decay * x
    return x - h.lr * m_hat / (np.sqrt(v_hat) + h.eps), m, v


if __name__ == "__main__":
    main(step)
