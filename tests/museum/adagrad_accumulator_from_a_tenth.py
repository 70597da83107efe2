#!/usr/bin/python3
"""AdaGrad starts its accumulator at 0.1, whatever it is told.

E12: tensorflow/tensorflow#37819, pytorch/pytorch#6616.
"""

import numpy as np
from optimizer import main

RULE = "adagrad"
TAG = "S1"
DIAGNOSIS = ["nothing known explains this trace"]


def step(x, g, t, h, s):
    s = np.full_like(s, 0.1) if t == 1 else s
    s = s + g * g
    return x - h.lr * g / (np.sqrt(s) + h.eps), s


if __name__ == "__main__":
    main(step)
