"""Nadam in PyTorch 1.13: torch/optim/nadam.py, _single_tensor_nadam."""

import numpy as np

HYPER = [{}, {"weight_decay": 0.1}, {"lr": 0.1, "beta1": 0.8, "weight_decay": 1.0, "momentum_decay": 0.5}]


def step(x, g, state, t, h):
    g = g + h["weight_decay"] * x
    mu = h["beta1"] * (1 - 0.5 * 0.96 ** (t * h["momentum_decay"]))
    mu_next = h["beta1"] * (1 - 0.5 * 0.96 ** ((t + 1) * h["momentum_decay"]))
    mu_product = state["mu_product"] * mu
    mu_product_next = mu_product * mu * mu_next
    m = h["beta1"] * state["m"] + (1 - h["beta1"]) * g
    v = h["beta2"] * state["v"] + (1 - h["beta2"]) * g * g
    denom = np.sqrt(v / (1 - h["beta2"] ** t)) + h["eps"]
    x = x - h["lr"] * (1 - mu) / (1 - mu_product) * g / denom
    x = x - h["lr"] * mu_next / (1 - mu_product_next) * m / denom
    return x, {"m": m, "v": v, "mu_product": mu_product}
