"""Exponential decay: PyTorch's ExponentialLR in closed form."""

HYPER = [{}, {"gamma": 0.99}, {"gamma": 1.0}, {"lr": 1.0, "gamma": 0.5}]


def lr(k, h):
    return h["lr"] * h["gamma"] ** k
