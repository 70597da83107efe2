#!/usr/bin/python3
"""SGD returns early without momentum, before the decay.

C9: ml-explore/mlx@143e2690d (#440, #473).
"""

from optimizer import main

RULE = "sgdm_torch"
OPTIONS = ["--hyper", "weight_decay=0.1"]
TAG = "WD OPT S1"
DIAGNOSIS = ["this is sgdm_torch with weight_decay = 0 in place of 0.1: weight decay is not applied"]


def step(x, g, t, h, b):
    if h.momentum == 0:
        return x - h.lr * g, g
    g = g + h.weight_decay * x
    b = g if t == 1 else h.momentum * b + g
    return x - h.lr * b, b


if __name__ == "__main__":
    main(step)
