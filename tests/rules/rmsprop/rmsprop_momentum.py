"""RMSProp with momentum: PyTorch's RMSprop with momentum > 0."""

import numpy as np

HYPER = [{}, {"momentum": 0.0}, {"lr": 0.1, "rho": 0.9, "eps": 1e-3, "momentum": 0.5}]


def step(x, g, state, t, h):
    v = h["rho"] * state["v"] + (1 - h["rho"]) * g * g
    b = h["momentum"] * state["b"] + g / (np.sqrt(v) + h["eps"])
    return x - h["lr"] * b, {"v": v, "b": b}
