#!/usr/bin/python3
"""Cosine annealing, asked for its rate, applies the step's ratio once more.

H1: pytorch/pytorch#20086: with 1 and a period of 3 it shows 0.5625 for 0.75.
"""

import math

from optimizer import main

RULE = "cosine"
OPTIONS = ["--hyper", "lr=1", "--hyper", "period=3"]
TAG = "SCH"
DIAGNOSIS = ["nothing known explains this trace", "up to step 1 all conforms to cosine"]


def lr(k, h):
    def rate(k):
        return h.lr_min + (h.lr - h.lr_min) * (1 + math.cos(math.pi * k / h.period)) / 2

    return rate(k) * rate(k) / rate(k - 1) if k > 0 and rate(k - 1) > 0 else rate(k)


if __name__ == "__main__":
    main(lr)
