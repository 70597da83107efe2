#!/usr/bin/python3
"""SGD keeps its momentum buffer in binary16.

B6: tinygrad/tinygrad@c91f2c4580 (#10387).
"""

import numpy as np
from optimizer import main

RULE = "sgdm_torch"
OPTIONS = ["--format", "binary32", "--hyper", "momentum=0.9"]
TAG = "LP S1"
DIAGNOSIS = ["nothing known explains this trace"]


def step(x, g, t, h, b):
    b = (g if t == 1 else h.momentum * b + g).astype(np.float16).astype(b.dtype)
    return x - h.lr * b, b


if __name__ == "__main__":
    main(step)
