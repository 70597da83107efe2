"""Lion: the authors' PyTorch code, google/automl, lion/lion_pytorch.py."""

import numpy as np

HYPER = [{}, {"weight_decay": 0.5}, {"lr": 0.125, "beta1": 0.5, "beta2": 0.75}, {"beta1": 0.0, "beta2": 0.0}]


def step(x, g, state, t, h):
    update = state["m"] * h["beta1"] + g * (1 - h["beta1"])
    m = state["m"] * h["beta2"] + g * (1 - h["beta2"])
    return x * (1 - h["lr"] * h["weight_decay"]) - h["lr"] * np.sign(update), {"m": m}
