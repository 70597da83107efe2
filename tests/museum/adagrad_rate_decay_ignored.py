#!/usr/bin/python3
"""AdaGrad ignores the decay of its rate.

E14: eaplatanios/tensorflow_scala#55 (2017).
"""

import numpy as np
from optimizer import main

RULE = "adagrad_torch"
OPTIONS = ["--hyper", "lr_decay=0.1"]
TAG = "LR S2"
DIAGNOSIS = ["this is adagrad.torch with t = 1 at every step", "same as adagrad while weight_decay = 0"]


def step(x, g, t, h, s):
    s = s + g * g
    return x - h.lr * g / (np.sqrt(s) + h.eps), s


if __name__ == "__main__":
    main(step)
