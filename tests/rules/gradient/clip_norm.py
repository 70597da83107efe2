"""SGD with the gradient clipped by its norm: optax, optax/_src/clipping.py, clip_by_global_norm."""

import numpy as np

HYPER = [{}, {"max_norm": 0.125}, {"lr": 0.5, "max_norm": 1000.0}]


def step(x, g, state, t, h):
    norm = float(np.sqrt(np.sum(g * g)))
    clipped = g if norm < h["max_norm"] else g / norm * h["max_norm"]
    return x - h["lr"] * clipped, {}
