"""ADADELTA as in PyTorch, with coupled weight decay: torch/optim/adadelta.py."""

import numpy as np

HYPER = [{}, {"weight_decay": 0.1}, {"lr": 0.5, "rho": 0.95, "eps": 1e-4, "weight_decay": 0.5}]


def step(x, g, state, t, h):
    g = g + h["weight_decay"] * x
    square_avg = h["rho"] * state["e"] + (1 - h["rho"]) * g * g
    delta = np.sqrt(state["u"] + h["eps"]) / np.sqrt(square_avg + h["eps"]) * g
    acc_delta = h["rho"] * state["u"] + (1 - h["rho"]) * delta * delta
    return x - h["lr"] * delta, {"e": square_avg, "u": acc_delta}
