#!/usr/bin/python3
"""SGD adds Nesterov's look-ahead with the wrong sign.

F4: PaddlePaddle/Paddle#12231 (2018).
"""

from optimizer import main

RULE = "sgdm_torch"
OPTIONS = ["--hyper", "momentum=0.9", "--hyper", "nesterov=1"]
TAG = "OPT S1"
MUTANT = "d - momentum * b_next"
DIAGNOSIS = ["this is sgdm_torch where `sgdm_torch_x` computes `d - momentum * b_next` for `d + momentum * b_next`"]


def step(x, g, t, h, b):
    b = g if t == 1 else h.momentum * b + g
    return x - h.lr * (g - h.momentum * b), b


if __name__ == "__main__":
    main(step)
