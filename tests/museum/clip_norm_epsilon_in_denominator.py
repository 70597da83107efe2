#!/usr/bin/python3
"""Clipping adds 1e-6 to the norm that it divides by.

I1: goodfire-ai/spd#643, #645.
"""

import numpy as np
from optimizer import main

RULE = "clip_norm"
TAG = "OPT S1"
DIAGNOSIS = ["this is clip_norm.torch"]


def whole(x, g, t, h):
    norm = np.sqrt(np.sum(g * g))
    return x - h.lr * min(1, h.max_norm / (norm + 1e-6)) * g


if __name__ == "__main__":
    main(whole)
