"""AdamW in Keras: base_optimizer.py, _apply_weight_decay, then adam.py, Adam.update_step."""

import numpy as np

HYPER = [{}, {"weight_decay": 0.0}, {"lr": 0.1, "beta1": 0.8, "beta2": 0.95, "weight_decay": 0.5}]


def step(x, g, state, t, h):
    x = x - x * h["weight_decay"] * h["lr"]
    alpha = h["lr"] * (1 - h["beta2"] ** t) ** 0.5 / (1 - h["beta1"] ** t)
    m = state["m"] + (g - state["m"]) * (1 - h["beta1"])
    v = state["v"] + (g**2 - state["v"]) * (1 - h["beta2"])
    return x - m * alpha / (np.sqrt(v) + h["eps"]), {"m": m, "v": v}
