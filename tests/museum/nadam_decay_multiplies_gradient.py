#!/usr/bin/python3
"""Nadam multiplies the gradient by 1 + weight_decay * x: a zero gradient is not decayed.

C13: apache/mxnet#8925 (2017).
"""

import numpy as np
from optimizer import main

RULE = "nadam_torch"
OPTIONS = ["--hyper", "weight_decay=0.1"]
TAG = "WD S1"
DIAGNOSIS = ["nothing known explains this trace"]


def step(x, g, t, h, m, v, mu_product):
    g = g * (1 + h.weight_decay * x)
    m = h.beta1 * m + (1 - h.beta1) * g
    v = h.beta2 * v + (1 - h.beta2) * g * g
    mu, mu_next = (h.beta1 * (1 - 0.5 * 0.96 ** (s * h.momentum_decay)) for s in (t, t + 1))
    mu_product = mu_product * mu
    m_hat = mu_next * m / (1 - mu_product * mu_next) + (1 - mu) * g / (1 - mu_product)
    return x - h.lr * m_hat / (np.sqrt(v / (1 - h.beta2**t)) + h.eps), m, v, mu_product


if __name__ == "__main__":
    main(step)
