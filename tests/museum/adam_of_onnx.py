#!/usr/bin/python3
"""Adam by ONNX's operator: t counts from 0, no correction at t = 0, and epsilon beside the uncorrected root.

A29: onnx/onnx#3803, microsoft/onnxruntime#3318.
"""

import numpy as np
from optimizer import main

RULE = "adam"
TAG = "S1"
DIAGNOSIS = [
    "nothing known explains this trace; closest is adam.keras with t = t - 1",
    "m and v conform to adam.keras with t = t - 1; x does not",
]


def step(x, g, t, h, m, v):
    m = h.beta1 * m + (1 - h.beta1) * g
    v = h.beta2 * v + (1 - h.beta2) * g * g
    t -= 1
    rate = h.lr * np.sqrt(1 - h.beta2**t) / (1 - h.beta1**t) if t > 0 else h.lr
    return x - rate * m / (np.sqrt(v) + h.eps), m, v


if __name__ == "__main__":
    main(step)
