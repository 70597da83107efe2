#!/usr/bin/python3
"""RMSProp starts its accumulator at 1, as TensorFlow did.

E2: huggingface/pytorch-image-models@bc264269.
"""

import numpy as np
from optimizer import main

RULE = "rmsprop"
TAG = "S1"
DIAGNOSIS = ["nothing known explains this trace"]


def step(x, g, t, h, v):
    v = np.ones_like(v) if t == 1 else v
    v = h.rho * v + (1 - h.rho) * g * g
    return x - h.lr * g / (np.sqrt(v) + h.eps), v


if __name__ == "__main__":
    main(step)
