#!/usr/bin/python3
"""AdaGrad averages the squared gradients: really RMSProp.

E11: tensorflow/swift-apis#733 (2020).
"""

import numpy as np
from optimizer import main

RULE = "adagrad"
TAG = "S1"
DIAGNOSIS = ["nothing known explains this trace"]


def step(x, g, t, h, s):
    s = 0.9 * s + (1 - 0.9) * g * g
    return x - h.lr * g / (np.sqrt(s) + h.eps), s


if __name__ == "__main__":
    main(step)
