#!/usr/bin/python3
"""AdaGrad adds its step.

E13: PaddlePaddle/Paddle#4184, #4743 (2017).
"""

import numpy as np
from optimizer import main

RULE = "adagrad"
TAG = "S1"
MUTANT = "x + adagrad_update(g, s_next, lr, eps)"
DIAGNOSIS = ["this is adagrad with -lr in place of lr: the step goes the other way"]


def step(x, g, t, h, s):
    s = s + g * g
    return x + h.lr * g / (np.sqrt(s) + h.eps), s


if __name__ == "__main__":
    main(step)
