#!/usr/bin/python3
"""Adam leaves out both corrections for the start at zero.

A15: ml-explore/mlx#1640, EurekaLabsAI/micrograd#2, microsoft/onnxruntime#3301. A16: Oneflow-Inc/oneflow#5960.
"""

import numpy as np
from optimizer import main

RULE = "adam"
TAG = "S1"
DIAGNOSIS = ["this is adam.nobias"]


def step(x, g, t, h, m, v):
    m = h.beta1 * m + (1 - h.beta1) * g
    v = h.beta2 * v + (1 - h.beta2) * g * g
    return x - h.lr * m / (np.sqrt(v) + h.eps), m, v


if __name__ == "__main__":
    main(step)
