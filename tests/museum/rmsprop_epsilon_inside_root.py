#!/usr/bin/python3
"""RMSProp adds epsilon under the root.

E1: pytorch/pytorch#23796, jax-ml/jax#1427, chainer/chainer#4754, tinygrad/tinygrad@0f358a9cfb,
google-deepmind/optax@38e507a0.
"""

import numpy as np
from optimizer import main

RULE = "rmsprop"
TAG = "Z E S1"
DIAGNOSIS = ["this is rmsprop.keras"]


def step(x, g, t, h, v):
    v = h.rho * v + (1 - h.rho) * g * g
    return x - h.lr * g / np.sqrt(v + h.eps), v


if __name__ == "__main__":
    main(step)
