"""Centered RMSProp: PyTorch's RMSprop with centered = True."""

import numpy as np

HYPER = [{}, {"rho": 0.5}, {"lr": 0.1, "rho": 0.9, "eps": 1e-3}]


def step(x, g, state, t, h):
    v = h["rho"] * state["v"] + (1 - h["rho"]) * g * g
    a = h["rho"] * state["a"] + (1 - h["rho"]) * g
    std = np.sqrt(np.maximum(v - a * a, 0))
    return x - h["lr"] * g / (std + h["eps"]), {"v": v, "a": a}
