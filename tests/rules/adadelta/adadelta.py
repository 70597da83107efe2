"""ADADELTA: Zeiler 2012, Algorithm 1, as in optax and Keras; lr = 1 is the paper's."""

import numpy as np

HYPER = [{}, {"rho": 0.9}, {"lr": 0.1, "eps": 1e-3}, {"rho": 0.0}]


def step(x, g, state, t, h):
    rho = h["rho"]
    e = rho * state["e"] + (1 - rho) * g * g
    dx = np.sqrt(state["u"] + h["eps"]) / np.sqrt(e + h["eps"]) * g
    u = rho * state["u"] + (1 - rho) * dx * dx
    return x - h["lr"] * dx, {"e": e, "u": u}
