"""Adam in MLX: python/mlx/optimizers/optimizers.py, Adam with bias_correction=False."""

import numpy as np

HYPER = [{}, {"eps": 1e-6}, {"lr": 0.1, "beta1": 0.8, "beta2": 0.95}]


def step(x, g, state, t, h):
    m = h["beta1"] * state["m"] + (1 - h["beta1"]) * g
    v = h["beta2"] * state["v"] + (1 - h["beta2"]) * g**2
    return x - h["lr"] * m / (np.sqrt(v) + h["eps"]), {"m": m, "v": v}
