#!/usr/bin/python3
"""SGD clears the gradient of one element in place of all: the others accumulate.

E15: cbovar/ConvNetSharp#29 (2017).
"""

import numpy as np
from optimizer import main

RULE = "sgd"
TAG = "S2 TAIL"
DIAGNOSIS = [
    "nothing known explains this trace",
    "up to step 1 all conforms to sgd",
    "in w0 only the coordinates from 1 on deviate",
]

kept = {}


def step(x, g, t, h):
    gradient = kept.get(len(x), 0) + g
    kept[len(x)] = np.where(np.arange(len(x)) == 0, 0, gradient)
    return x - h.lr * gradient


if __name__ == "__main__":
    main(step)
