#!/usr/bin/python3
"""Cosine annealing divides whole numbers: only two rates.

H2: pytorch/pytorch#4648 (2018).
"""

import math

from optimizer import main

RULE = "cosine"
OPTIONS = ["--hyper", "period=8"]
TAG = "SCH S2"
DIAGNOSIS = [r"this is cosine where `cosine_lr` computes `\floor(k / period)` for `k / period`"]


def lr(k, h):
    return h.lr_min + (h.lr - h.lr_min) * (1 + math.cos(math.pi * (k // h.period))) / 2


if __name__ == "__main__":
    main(lr)
