#!/usr/bin/python3
"""Nadam takes Keras' schedule of momentum, 0.96^t, in place of 0.96^(0.004 t).

D10: keras-team/keras.
"""

import numpy as np
from optimizer import main

RULE = "nadam"
TAG = "S1"
DIAGNOSIS = ["this is nadam with momentum_decay = 1 in place of 0.004"]


def step(x, g, t, h, m, v, mu_product):
    m = h.beta1 * m + (1 - h.beta1) * g
    v = h.beta2 * v + (1 - h.beta2) * g * g
    mu, mu_next = (h.beta1 * (1 - 0.5 * 0.96 ** (s)) for s in (t, t + 1))
    mu_product = mu_product * mu
    m_hat = mu_next * m / (1 - mu_product * mu_next) + (1 - mu) * g / (1 - mu_product)
    return x - h.lr * m_hat / (np.sqrt(v / (1 - h.beta2**t)) + h.eps), m, v, mu_product


if __name__ == "__main__":
    main(step)
