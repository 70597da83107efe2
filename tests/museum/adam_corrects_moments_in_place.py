#!/usr/bin/python3
"""Adam writes the corrected moments back into its state.

A21: frgfm/Holocron#1, deeplearning4j/nd4j#1891.
"""

import numpy as np
from optimizer import main

RULE = "adam"
TAG = "S2"
DIAGNOSIS = ["nothing known explains this trace", "x conforms to adam; m and v do not"]


def step(x, g, t, h, m, v):
    m = (h.beta1 * m + (1 - h.beta1) * g) / (1 - h.beta1**t)
    v = (h.beta2 * v + (1 - h.beta2) * g * g) / (1 - h.beta2**t)
    return x - h.lr * m / (np.sqrt(v) + h.eps), m, v


if __name__ == "__main__":
    main(step)
