"""AdamW as printed: Loshchilov and Hutter 2019, Algorithm 2."""

import numpy as np

HYPER = [{}, {"weight_decay": 0.0}, {"eta": 0.5}, {"lr": 0.1, "weight_decay": 0.25, "eta": 0.1}]


def step(x, g, state, t, h):
    m = h["beta1"] * state["m"] + (1 - h["beta1"]) * g
    v = h["beta2"] * state["v"] + (1 - h["beta2"]) * g**2
    m_hat = m / (1 - h["beta1"] ** t)
    v_hat = v / (1 - h["beta2"] ** t)
    adam = h["lr"] * m_hat / (np.sqrt(v_hat) + h["eps"])
    return x - h["eta"] * (adam + h["weight_decay"] * x), {"m": m, "v": v}
