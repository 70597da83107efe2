#!/usr/bin/python3
"""Adam's list of tensors ends at an empty one: those behind it are not updated.

A27: pytorch/pytorch#100701, #119885.
"""

import numpy as np
from optimizer import main

RULE = "adam"
OPTIONS = ["--tensors", "5,0,16"]
TAG = "MT S1"
DIAGNOSIS = ["nothing known explains this trace", "tensor w0 alone is adam"]

met_empty_at = None


def step(x, g, t, h, m, v):
    global met_empty_at
    if len(x) == 0:
        met_empty_at = t
    if met_empty_at == t:
        return x, m, v
    m = h.beta1 * m + (1 - h.beta1) * g
    v = h.beta2 * v + (1 - h.beta2) * g * g
    m_hat = m / (1 - h.beta1**t)
    v_hat = v / (1 - h.beta2**t)
    return x - h.lr * m_hat / (np.sqrt(v_hat) + h.eps), m, v


if __name__ == "__main__":
    main(step)
