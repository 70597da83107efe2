"""Cosine annealing: PyTorch's CosineAnnealingLR in closed form, after Loshchilov and Hutter 2016."""

import math

HYPER = [{}, {"lr_min": 0.01}, {"lr": 1.0, "lr_min": 0.25, "period": 7.0}, {"period": 1.0}]


def lr(k, h):
    return h["lr_min"] + (h["lr"] - h["lr_min"]) * (1 + math.cos(math.pi * k / h["period"])) / 2
