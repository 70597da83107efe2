"""AdamW in Hugging Face Transformers: src/transformers/optimization.py, AdamW with correct_bias=True."""

import numpy as np

HYPER = [{}, {"weight_decay": 0.01}, {"lr": 0.1, "beta1": 0.8, "beta2": 0.95, "weight_decay": 0.5}]


def step(x, g, state, t, h):
    m = h["beta1"] * state["m"] + (1 - h["beta1"]) * g
    v = h["beta2"] * state["v"] + (1 - h["beta2"]) * g * g
    step_size = h["lr"] * (1 - h["beta2"] ** t) ** 0.5 / (1 - h["beta1"] ** t)
    x = x - step_size * m / (np.sqrt(v) + h["eps"])
    return x - h["lr"] * h["weight_decay"] * x, {"m": m, "v": v}
