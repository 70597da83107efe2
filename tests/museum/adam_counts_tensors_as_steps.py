#!/usr/bin/python3
"""Adam advances its step number for each tensor: the first is right, the later ones see a t that is too large.

A11: deepspeedai/DeepSpeed@de8871850 (#1823), deepspeedai/DeepSpeed@44c51e342 (#7982).
"""

import numpy as np
from optimizer import main

RULE = "adam"
TAG = "MT"
DIAGNOSIS = ["nothing known explains this trace"]

calls = 0


def step(x, g, t, h, m, v):
    global calls
    calls += 1
    m = h.beta1 * m + (1 - h.beta1) * g
    v = h.beta2 * v + (1 - h.beta2) * g * g
    m_hat = m / (1 - h.beta1**calls)
    v_hat = v / (1 - h.beta2**calls)
    return x - h.lr * m_hat / (np.sqrt(v_hat) + h.eps), m, v


if __name__ == "__main__":
    main(step)
