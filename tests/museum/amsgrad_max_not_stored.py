#!/usr/bin/python3
"""AMSGrad computes the maximum and does not store it.

D2: pytorch/pytorch#78807 (2022).
"""

import numpy as np
from optimizer import main

RULE = "amsgrad_torch"
TAG = "OPT Tn"
DIAGNOSIS = ["nothing known explains this trace", "x, m and v conform to amsgrad.torch; v_max does not"]


def step(x, g, t, h, m, v, v_max):
    m = h.beta1 * m + (1 - h.beta1) * g
    v = h.beta2 * v + (1 - h.beta2) * g * g
    largest = np.maximum(v_max, v)
    return x - h.lr * m / (1 - h.beta1**t) / (np.sqrt(largest / (1 - h.beta2**t)) + h.eps), m, v, v_max


if __name__ == "__main__":
    main(step)
