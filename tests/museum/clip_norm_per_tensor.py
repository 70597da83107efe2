#!/usr/bin/python3
"""Clipping before the tensors' gradients come together: each is clipped by its own norm.

I7: tensorflow/tensorflow#33929.
"""

import numpy as np
from optimizer import main

RULE = "clip_norm"
TAG = "MT S1"
DIAGNOSIS = ["nothing known explains this trace"]


def step(x, g, t, h):
    norm = np.sqrt(np.sum(g * g))
    return x - h.lr * (h.max_norm / norm * g if norm > h.max_norm else g)


if __name__ == "__main__":
    main(step)
