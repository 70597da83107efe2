"""AdamW in BERT: google-research/bert, optimization.py, AdamWeightDecayOptimizer."""

import numpy as np

HYPER = [{}, {"weight_decay": 0.0}, {"lr": 0.1, "beta1": 0.8, "beta2": 0.95, "weight_decay": 0.5}]


def step(x, g, state, t, h):
    m = h["beta1"] * state["m"] + (1 - h["beta1"]) * g
    v = h["beta2"] * state["v"] + (1 - h["beta2"]) * g**2
    update = m / (np.sqrt(v) + h["eps"])
    update = update + h["weight_decay"] * x
    return x - h["lr"] * update, {"m": m, "v": v}
