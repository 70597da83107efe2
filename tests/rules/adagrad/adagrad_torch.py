"""AdaGrad as in PyTorch: torch/optim/adagrad.py."""

import numpy as np

HYPER = [
    {},
    {"weight_decay": 0.1},
    {"lr_decay": 0.25},
    {"lr_decay": 0.1, "weight_decay": 0.5, "initial_accumulator": 0.1},
]


def step(x, g, state, t, h):
    g = g + h["weight_decay"] * x
    clr = h["lr"] / (1 + (t - 1) * h["lr_decay"])
    s = state["s"] + g * g
    return x - clr * g / (np.sqrt(s) + h["eps"]), {"s": s}
