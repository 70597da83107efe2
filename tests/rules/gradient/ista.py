"""ISTA with the l1 norm: jaxopt, proximal_gradient.py, _prox_grad, and prox.py, prox_lasso."""

import numpy as np

HYPER = [{}, {"lr": 0.5, "l1": 1.0}, {"l1": 0.0}]


def step(x, g, state, t, h):
    z = x - h["lr"] * g
    return np.sign(z) * np.maximum(np.abs(z) - h["l1"] * h["lr"], 0), {}
