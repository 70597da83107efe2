"""AdaGrad, diagonal: PyTorch's Adagrad without decay of any kind, after Duchi, Hazan and Singer 2011."""

import numpy as np

HYPER = [{}, {"initial_accumulator": 0.1}, {"lr": 0.5, "eps": 1e-3}]


def step(x, g, state, t, h):
    s = state["s"] + g * g
    return x - h["lr"] * g / (np.sqrt(s) + h["eps"]), {"s": s}
