"""Adam: Kingma and Ba 2014, Algorithm 1."""

import numpy as np

HYPER = [{}, {"beta1": 0.0}, {"lr": 0.1, "beta1": 0.8, "beta2": 0.95, "eps": 1e-3}]


def step(x, g, state, t, h):
    m = h["beta1"] * state["m"] + (1 - h["beta1"]) * g
    v = h["beta2"] * state["v"] + (1 - h["beta2"]) * g**2
    m_hat = m / (1 - h["beta1"] ** t)
    v_hat = v / (1 - h["beta2"] ** t)
    return x - h["lr"] * m_hat / (np.sqrt(v_hat) + h["eps"]), {"m": m, "v": v}
