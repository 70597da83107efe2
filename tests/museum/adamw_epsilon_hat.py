#!/usr/bin/python3
"""AdamW adds epsilon to the root of the uncorrected v, the correction being folded into the rate.

A4: karpathy/nanochat#304, #353; huggingface/transformers#35504.
"""

import numpy as np
from optimizer import main

RULE = "adamw"
TAG = "S1 E Z"
DIAGNOSIS = ["this is adamw.keras"]


def step(x, g, t, h, m, v):
    m = h.beta1 * m + (1 - h.beta1) * g
    v = h.beta2 * v + (1 - h.beta2) * g * g
    rate = h.lr * np.sqrt(1 - h.beta2**t) / (1 - h.beta1**t)
    x = x - h.lr * h.weight_decay * x
    return x - rate * m / (np.sqrt(v) + h.eps), m, v


if __name__ == "__main__":
    main(step)
