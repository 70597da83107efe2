#!/usr/bin/python3
"""Adam keeps beta2 in bfloat16, cut off: 0.999 is 0.99609375 there.

B2: tenstorrent/tt-metal#55935.
"""

import numpy as np
from optimizer import main

RULE = "adam"
TAG = "S2 LP"
DIAGNOSIS = ["this is adam with beta2 = 0.99609375 in place of 0.999"]


def bfloat16(value):
    bits = np.float32(value).view(np.uint32)
    return float(np.uint32(bits & 0xFFFF0000).view(np.float32))


def step(x, g, t, h, m, v):
    beta2 = bfloat16(h.beta2)
    m = h.beta1 * m + (1 - h.beta1) * g
    v = beta2 * v + (1 - beta2) * g * g
    m_hat = m / (1 - h.beta1**t)
    v_hat = v / (1 - beta2**t)
    return x - h.lr * m_hat / (np.sqrt(v_hat) + h.eps), m, v


if __name__ == "__main__":
    main(step)
