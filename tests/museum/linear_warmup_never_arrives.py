#!/usr/bin/python3
"""Warm-up stays at the last rate before its target.

H13: Oneflow-Inc/libai#37.
"""

from optimizer import main

RULE = "linear_warmup"
OPTIONS = ["--hyper", "warmup_steps=8"]
TAG = "SCH Tn"
DIAGNOSIS = ["nothing known explains this trace", "up to step 8 all conforms to linear_warmup"]


def lr(k, h):
    return h.start + (h.lr - h.start) * min(k, h.warmup_steps - 1) / h.warmup_steps


if __name__ == "__main__":
    main(lr)
