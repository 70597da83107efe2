"""AdaMax: Kingma and Ba 2014, Algorithm 2; 0/0 = 0."""

import numpy as np

HYPER = [{}, {"beta1": 0.0}, {"lr": 0.1, "beta1": 0.8, "beta2": 0.5}]


def step(x, g, state, t, h):
    m = h["beta1"] * state["m"] + (1 - h["beta1"]) * g
    u = np.maximum(h["beta2"] * state["u"], np.abs(g))
    ratio = np.divide(m, u, out=np.zeros_like(m), where=u > 0)
    return x - h["lr"] / (1 - h["beta1"] ** t) * ratio, {"m": m, "u": u}
