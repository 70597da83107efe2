"""AdaGrad as in Keras: epsilon inside the root, the sum starts at 0.1."""

import numpy as np

HYPER = [{}, {"initial_accumulator": 0.0}, {"lr": 0.5, "eps": 1e-3}]


def step(x, g, state, t, h):
    s = state["s"] + g * g
    return x - h["lr"] * g / np.sqrt(s + h["eps"]), {"s": s}
