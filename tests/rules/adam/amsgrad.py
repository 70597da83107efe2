"""AMSGrad: Reddi, Kale and Kumar 2018, Algorithm 2, on the whole space; 0/0 = 0."""

import numpy as np

HYPER = [{}, {"beta1": 0.0}, {"lr": 0.1, "beta1": 0.8, "beta2": 0.5}]


def step(x, g, state, t, h):
    m = h["beta1"] * state["m"] + (1 - h["beta1"]) * g
    v = h["beta2"] * state["v"] + (1 - h["beta2"]) * g**2
    v_max = np.maximum(state["v_max"], v)
    ratio = np.divide(m, np.sqrt(v_max), out=np.zeros_like(m), where=v_max > 0)
    return x - h["lr"] * ratio, {"m": m, "v": v, "v_max": v_max}
