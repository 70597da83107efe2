#!/usr/bin/python3
"""SGD keeps the rate in binary16.

B6: tinygrad/tinygrad@5ae252ae83 (#4297).
"""

import numpy as np
from optimizer import main

RULE = "sgd"
OPTIONS = ["--format", "binary32"]
TAG = "LP S1"
DIAGNOSIS = [
    "this is sgd with 1.0002136 * lr in place of lr",
    "this trace cannot tell it from sgd with hyperparameters rounded to binary16; lr = 0.5 would",
]


def step(x, g, t, h):
    return x - float(np.float16(h.lr)) * g


if __name__ == "__main__":
    main(step)
