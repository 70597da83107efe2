#!/usr/bin/python3
"""PyTorch's clipping without the constant in its denominator.

I1: goodfire-ai/spd#643, #645 (optax has none).
"""

import numpy as np
from optimizer import main

RULE = "clip_norm_torch"
TAG = "OPT S1"
DIAGNOSIS = ["this is clip_norm"]


def whole(x, g, t, h):
    norm = np.sqrt(np.sum(g * g))
    return x - h.lr * (h.max_norm / norm * g if norm > h.max_norm else g)


if __name__ == "__main__":
    main(whole)
