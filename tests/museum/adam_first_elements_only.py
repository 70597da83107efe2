#!/usr/bin/python3
"""Adam writes back the first half of each tensor only: a count of rows taken for one of elements.

A26: deepspeedai/DeepSpeed@a04480e19 (#2032), @0cd64bd4c (#3109).
"""

import numpy as np
from optimizer import main

RULE = "adam"
TAG = "TAIL S1"
DIAGNOSIS = [
    "nothing known explains this trace",
    "m and v conform to adam; x does not",
    "in w0 only the coordinates from 3 on deviate",
]


def step(x, g, t, h, m, v):
    m = h.beta1 * m + (1 - h.beta1) * g
    v = h.beta2 * v + (1 - h.beta2) * g * g
    m_hat = m / (1 - h.beta1**t)
    v_hat = v / (1 - h.beta2**t)
    half = (len(x) + 1) // 2
    update = h.lr * m_hat / (np.sqrt(v_hat) + h.eps)
    x[:half] -= update[:half]
    return x, m, v


if __name__ == "__main__":
    main(step)
