#!/usr/bin/python3
"""SGD keeps a momentum buffer and steps by the gradient.

F7: NVIDIA/apex@ac74f345 (2019).
"""

from optimizer import main

RULE = "sgdm_torch"
OPTIONS = ["--hyper", "momentum=0.9"]
TAG = "S2"
MUTANT = "momentum != 0 ?"
DIAGNOSIS = ["this is sgdm_torch where `sgdm_torch_x` computes `d` for `momentum == 0 ? d : nesterov == 1 ? d + "
             "momentum * b_next : b_next`"]


def step(x, g, t, h, b):
    b = g if t == 1 else h.momentum * b + g
    return x - h.lr * g, b


if __name__ == "__main__":
    main(step)
