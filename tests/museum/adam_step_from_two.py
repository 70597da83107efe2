#!/usr/bin/python3
"""Adam starts its time at 1 and counts before the first step.

A34: tracel-ai/burn@4c663b4cb (#621), reverted by @877036889 (#630).
"""

import numpy as np
from optimizer import main

RULE = "adam"
TAG = "S1"
DIAGNOSIS = ["this is adam with t = t + 1"]


def step(x, g, t, h, m, v):
    t += 1
    m = h.beta1 * m + (1 - h.beta1) * g
    v = h.beta2 * v + (1 - h.beta2) * g * g
    m_hat = m / (1 - h.beta1**t)
    v_hat = v / (1 - h.beta2**t)
    return x - h.lr * m_hat / (np.sqrt(v_hat) + h.eps), m, v


if __name__ == "__main__":
    main(step)
