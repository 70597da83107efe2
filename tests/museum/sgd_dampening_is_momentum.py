#!/usr/bin/python3
"""SGD's dampening is its momentum, unless told otherwise.

F2: torch/optim#163, pytorch/pytorch#6, intel/BigDL#1499.
"""

from optimizer import main

RULE = "sgdm_torch"
OPTIONS = ["--hyper", "momentum=0.9"]
TAG = "S2"
DIAGNOSIS = ["this is sgdm_torch with dampening = 0.9 in place of 0"]


def step(x, g, t, h, b):
    b = g if t == 1 else h.momentum * b + (1 - h.momentum) * g
    return x - h.lr * b, b


if __name__ == "__main__":
    main(step)
