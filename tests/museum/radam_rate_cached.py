#!/usr/bin/python3
"""RAdam keeps the step size with the rate that it was first computed with.

D13: LiyuanLucasLiu/RAdam#26 (2019).
"""

import numpy as np
from optimizer import main

RULE = "radam_torch"
TAG = "LR"
DIAGNOSIS = ["this is radam.torch with lr = 0.001 at every step: lr keeps its first value"]

rate = None


def step(x, g, t, h, m, v):
    global rate
    rate = rate or h.lr
    m = h.beta1 * m + (1 - h.beta1) * g
    v = h.beta2 * v + (1 - h.beta2) * g * g
    m_hat = m / (1 - h.beta1**t)
    last = 2 / (1 - h.beta2) - 1
    rho = last - 2 * t * h.beta2**t / (1 - h.beta2**t)
    if rho <= 5:
        return x - rate * m_hat, m, v
    r = np.sqrt((rho - 4) * (rho - 2) * last / ((last - 4) * (last - 2) * rho))
    return x - rate * r * m_hat * np.sqrt(1 - h.beta2**t) / (np.sqrt(v) + h.eps), m, v


if __name__ == "__main__":
    main(step)
