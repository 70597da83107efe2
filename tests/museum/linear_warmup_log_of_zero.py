#!/usr/bin/python3
"""A logarithmic warm-up takes the logarithm of 0 at its first step.

H18: deepspeedai/DeepSpeed@18a26f3f6 (2021).
"""

import math

import numpy as np
from optimizer import main

RULE = "linear_warmup"
OPTIONS = ["--hyper", "warmup_steps=8"]
TAG = "SCH S1"
DIAGNOSIS = ["nothing known explains this trace"]


def lr(k, h):
    return h.lr * (np.log(np.float64(k)) / math.log(h.warmup_steps) if k < h.warmup_steps else 1)


if __name__ == "__main__":
    main(lr)
