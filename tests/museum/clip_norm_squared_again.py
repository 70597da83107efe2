#!/usr/bin/python3
"""Clipping divides by the squared norm squared again.

I4: paiml/entrenar#311 (2026).
"""

import numpy as np
from optimizer import main

RULE = "clip_norm"
TAG = "OPT S1"
DIAGNOSIS = ["this is clip_norm where every equation has `gnorm * gnorm` for `gnorm`"]


def whole(x, g, t, h):
    norm = np.sum(g * g) ** 2
    return x - h.lr * (h.max_norm / norm * g if norm > h.max_norm else g)


if __name__ == "__main__":
    main(whole)
