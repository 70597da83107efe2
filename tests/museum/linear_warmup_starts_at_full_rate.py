#!/usr/bin/python3
"""Warm-up is applied after the first step only, which has the full rate.

H22: Lightning-AI/pytorch-lightning#17972.
"""

from optimizer import main

RULE = "linear_warmup"
OPTIONS = ["--hyper", "warmup_steps=8"]
TAG = "SCH S1"
DIAGNOSIS = ["nothing known explains this trace"]


def lr(k, h):
    return h.lr if k == 0 or k >= h.warmup_steps else h.start + (h.lr - h.start) * k / h.warmup_steps


if __name__ == "__main__":
    main(lr)
