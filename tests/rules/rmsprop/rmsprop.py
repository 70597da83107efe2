"""RMSProp: PyTorch's RMSprop without its options, after Tieleman and Hinton 2012."""

import numpy as np

HYPER = [{}, {"rho": 0.99}, {"lr": 0.1, "eps": 1e-3}, {"rho": 0.0}]


def step(x, g, state, t, h):
    v = h["rho"] * state["v"] + (1 - h["rho"]) * g * g
    return x - h["lr"] * g / (np.sqrt(v) + h["eps"]), {"v": v}
