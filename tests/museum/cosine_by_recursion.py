#!/usr/bin/python3
"""Cosine annealing computes each rate from the last, by a ratio that is 0 / 0 after the end of the period.

H1: pytorch/pytorch#14010, #19132.
"""

import numpy as np
from optimizer import main

RULE = "cosine"
OPTIONS = ["--hyper", "period=8"]
TAG = "SCH Tn"
DIAGNOSIS = ["nothing known explains this trace", "up to step 9 all conforms to cosine"]

rate = None


def lr(k, h):
    global rate
    if rate is None:
        rate = h.lr
    else:
        rate *= np.float64(1 + np.cos(np.pi * k / h.period)) / (1 + np.cos(np.pi * (k - 1) / h.period))
    return rate


if __name__ == "__main__":
    main(lr)
