"""Centered RMSProp as in Keras: epsilon inside the root."""

import numpy as np

HYPER = [{}, {"rho": 0.5}, {"lr": 0.1, "eps": 1e-3}]


def step(x, g, state, t, h):
    v = h["rho"] * state["v"] + (1 - h["rho"]) * g * g
    a = h["rho"] * state["a"] + (1 - h["rho"]) * g
    return x - h["lr"] * g / np.sqrt(v - a * a + h["eps"]), {"v": v, "a": a}
