#!/usr/bin/python3
"""SGD dampens the first gradient too, where PyTorch's buffer starts as the gradient.

F1: pytorch/pytorch#152833, #91108, ml-explore/mlx#473.
"""

from optimizer import main

RULE = "sgdm_torch"
OPTIONS = ["--hyper", "momentum=0.9", "--hyper", "dampening=0.5"]
TAG = "OPT S1"
MUTANT = "t == 0 ? d"
DIAGNOSIS = ["this is sgdm_torch with t = t + 1"]


def step(x, g, t, h, b):
    b = h.momentum * b + (1 - h.dampening) * g
    return x - h.lr * b, b


if __name__ == "__main__":
    main(step)
