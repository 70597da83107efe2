#!/usr/bin/python3
"""Adam updates its first tensor before it counts the step: a scheduled rate reaches that tensor one step late.

A10: apache/mxnet#13752, #5059, #5060; nntrainer/nntrainer#219.
"""

import numpy as np
from optimizer import main

RULE = "adam"
TAG = "MT LR"
DIAGNOSIS = ["the tensors are not treated alike", "tensor w0 alone is adam with lr one step late"]

rates = []


def step(x, g, t, h, m, v):
    rates.append(h.lr)
    rate = rates[max(0, len(rates) - 2)]
    m = h.beta1 * m + (1 - h.beta1) * g
    v = h.beta2 * v + (1 - h.beta2) * g * g
    m_hat = m / (1 - h.beta1**t)
    v_hat = v / (1 - h.beta2**t)
    return x - rate * m_hat / (np.sqrt(v_hat) + h.eps), m, v


if __name__ == "__main__":
    main(step)
