#!/usr/bin/python3
"""AdamW folds the corrections into the rate, and so scales epsilon and the decay by them.

A2: NVIDIA/apex@18062b69 (2019). A16: Oneflow-Inc/oneflow#3501, #3763, #5960.
"""

import numpy as np
from optimizer import main

RULE = "adamw"
TAG = "S1 WD"
DIAGNOSIS = ["nothing known explains this trace", "m and v conform to adamw.keras; x does not"]


def step(x, g, t, h, m, v):
    m = h.beta1 * m + (1 - h.beta1) * g
    v = h.beta2 * v + (1 - h.beta2) * g * g
    rate = h.lr * np.sqrt(1 - h.beta2**t) / (1 - h.beta1**t)
    return x - rate * (m / (np.sqrt(v) + h.eps) + h.weight_decay * x), m, v


if __name__ == "__main__":
    main(step)
