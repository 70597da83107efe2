"""Adam in Keras: keras/src/optimizers/adam.py, Adam.update_step with amsgrad=False."""

import numpy as np

HYPER = [{}, {"eps": 1e-8}, {"lr": 0.1, "beta1": 0.8, "beta2": 0.95, "eps": 1e-3}]


def step(x, g, state, t, h):
    alpha = h["lr"] * (1 - h["beta2"] ** t) ** 0.5 / (1 - h["beta1"] ** t)
    m = state["m"] + (g - state["m"]) * (1 - h["beta1"])
    v = state["v"] + (g**2 - state["v"]) * (1 - h["beta2"])
    return x - m * alpha / (np.sqrt(v) + h["eps"]), {"m": m, "v": v}
