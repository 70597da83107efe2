#!/usr/bin/python3
"""RAdam corrects the second moment by another function than sqrt(1 - beta2^t): by 1 - beta2^t.

A19: kozistr/pytorch_optimizer@05341b2d (#354), there in ScheduleFreeRAdam.
"""

import numpy as np
from optimizer import main

RULE = "radam_torch"
TAG = "Tn"
DIAGNOSIS = [r"this is radam.torch where `radam_torch_l` computes `(1 - \pow(beta2, t)) / (\sqrt(v_next) + eps)` "
             r"for `\sqrt(1 - \pow(beta2, t)) / (\sqrt(v_next) + eps)`"]


def step(x, g, t, h, m, v):
    m = h.beta1 * m + (1 - h.beta1) * g
    v = h.beta2 * v + (1 - h.beta2) * g * g
    m_hat = m / (1 - h.beta1**t)
    last = 2 / (1 - h.beta2) - 1
    rho = last - 2 * t * h.beta2**t / (1 - h.beta2**t)
    if rho <= 5:
        return x - h.lr * m_hat, m, v
    r = np.sqrt((rho - 4) * (rho - 2) * last / ((last - 4) * (last - 2) * rho))
    return x - h.lr * r * m_hat * (1 - h.beta2**t) / (np.sqrt(v) + h.eps), m, v


if __name__ == "__main__":
    main(step)
