"""RMSProp with momentum as in Keras: lr inside the buffer, epsilon inside the root."""

import numpy as np

HYPER = [{}, {"momentum": 0.0}, {"lr": 0.1, "rho": 0.99, "eps": 1e-3, "momentum": 0.5}]


def step(x, g, state, t, h):
    velocity = h["rho"] * state["v"] + (1 - h["rho"]) * g * g
    momentum = h["momentum"] * state["b"] + h["lr"] * g / np.sqrt(velocity + h["eps"])
    return x - momentum, {"v": velocity, "b": momentum}
