#!/usr/bin/python3
"""The option that should create one rule creates RMSProp.

E16: wolny/pytorch-3dunet#126 (2025), there for Rprop.
"""

import numpy as np
from optimizer import main

RULE = "adam"
TAG = "S1"
DIAGNOSIS = ["this is rmsprop", "the trace gives no rho: rmsprop takes its default"]


def step(x, g, t, h, v):
    v = 0.9 * v + (1 - 0.9) * g * g
    return x - h.lr * g / (np.sqrt(v) + h.eps), v


if __name__ == "__main__":
    main(step)
