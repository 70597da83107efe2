"""Nadam: the algorithm in the documentation of PyTorch's NAdam, without weight decay."""

import numpy as np

HYPER = [{}, {"momentum_decay": 1.0}, {"momentum_decay": 0.0}, {"lr": 0.1, "beta1": 0.8, "beta2": 0.95}]


def step(x, g, state, t, h):
    def mu(s):
        return h["beta1"] * (1 - 0.96 ** (s * h["momentum_decay"]) / 2)

    product = state["mu_product"] * mu(t)
    m = h["beta1"] * state["m"] + (1 - h["beta1"]) * g
    v = h["beta2"] * state["v"] + (1 - h["beta2"]) * g**2
    m_hat = mu(t + 1) * m / (1 - product * mu(t + 1)) + (1 - mu(t)) * g / (1 - product)
    v_hat = v / (1 - h["beta2"] ** t)
    x = x - h["lr"] * m_hat / (np.sqrt(v_hat) + h["eps"])
    return x, {"m": m, "v": v, "mu_product": product}
