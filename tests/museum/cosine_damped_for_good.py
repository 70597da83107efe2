#!/usr/bin/python3
"""A warm-up object divides the rate in its constructor, and the schedule made after it takes that rate for its base.

H19: Tony-Y/pytorch_warmup#26 (2024).
"""

import math

from optimizer import main

RULE = "cosine"
OPTIONS = ["--hyper", "period=8"]
TAG = "SCH S1"
DIAGNOSIS = ["this is cosine with lr = 0.0125 in place of 0.1"]


def lr(k, h):
    base = h.lr / 8
    return h.lr_min + (base - h.lr_min) * (1 + math.cos(math.pi * k / h.period)) / 2


if __name__ == "__main__":
    main(lr)
