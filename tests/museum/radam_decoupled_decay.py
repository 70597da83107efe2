#!/usr/bin/python3
"""RAdam decays the iterate, as its authors' code does, where PyTorch adds the decay to the gradient.

C6: pytorch/pytorch#88836.
"""

import numpy as np
from optimizer import main

RULE = "radam_torch"
OPTIONS = ["--hyper", "weight_decay=0.1"]
TAG = "WD S1"
DIAGNOSIS = ["nothing known explains this trace"]


def step(x, g, t, h, m, v):
    x = x - h.lr * h.weight_decay * x
    m = h.beta1 * m + (1 - h.beta1) * g
    v = h.beta2 * v + (1 - h.beta2) * g * g
    m_hat = m / (1 - h.beta1**t)
    last = 2 / (1 - h.beta2) - 1
    rho = last - 2 * t * h.beta2**t / (1 - h.beta2**t)
    if rho <= 5:
        return x - h.lr * m_hat, m, v
    r = np.sqrt((rho - 4) * (rho - 2) * last / ((last - 4) * (last - 2) * rho))
    return x - h.lr * r * m_hat * np.sqrt(1 - h.beta2**t) / (np.sqrt(v) + h.eps), m, v


if __name__ == "__main__":
    main(step)
