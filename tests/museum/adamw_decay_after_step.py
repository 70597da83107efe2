#!/usr/bin/python3
"""AdamW takes the decay of the iterate after Adam's step.

C2: huggingface/transformers#14539.
"""

import numpy as np
from optimizer import main

RULE = "adamw"
TAG = "WD S1"
DIAGNOSIS = ["this is adamw.hf"]


def step(x, g, t, h, m, v):
    m = h.beta1 * m + (1 - h.beta1) * g
    v = h.beta2 * v + (1 - h.beta2) * g * g
    rate = h.lr * np.sqrt(1 - h.beta2**t) / (1 - h.beta1**t)
    x = x - rate * m / (np.sqrt(v) + h.eps)
    return x - h.lr * h.weight_decay * x, m, v


if __name__ == "__main__":
    main(step)
