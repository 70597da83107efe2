#!/usr/bin/python3
"""SGD adds the decay twice when it creates its buffer.

F7: NVIDIA/apex@724672d7 (2019).
"""

from optimizer import main

RULE = "sgdm_torch"
OPTIONS = ["--hyper", "momentum=0.9", "--hyper", "weight_decay=0.1"]
TAG = "WD S1"
DIAGNOSIS = ["nothing known explains this trace"]


def step(x, g, t, h, b):
    g = g + h.weight_decay * x
    b = g + h.weight_decay * x if t == 1 else h.momentum * b + g
    return x - h.lr * b, b


if __name__ == "__main__":
    main(step)
