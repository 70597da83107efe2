#!/usr/bin/python3
"""Warm-up rises by the fourth power of the share of its steps.

H21: AlexeyAB/darknet#8927; Darknet's burn-in.
"""

from optimizer import main

RULE = "linear_warmup"
OPTIONS = ["--hyper", "warmup_steps=8"]
TAG = "SCH S2"
DIAGNOSIS = ["nothing known explains this trace", "up to step 1 all conforms to linear_warmup"]


def lr(k, h):
    return h.lr * min(1, (k / h.warmup_steps) ** 4)


if __name__ == "__main__":
    main(lr)
