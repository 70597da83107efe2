"""AdaMax in PyTorch 1.13: torch/optim/adamax.py, _single_tensor_adamax."""

import numpy as np

HYPER = [{}, {"weight_decay": 0.1}, {"lr": 0.1, "beta1": 0.8, "beta2": 0.5, "eps": 1e-3, "weight_decay": 1.0}]


def step(x, g, state, t, h):
    g = g + h["weight_decay"] * x
    m = h["beta1"] * state["m"] + (1 - h["beta1"]) * g
    u = np.maximum(h["beta2"] * state["u"], np.abs(g) + h["eps"])
    return x - h["lr"] / (1 - h["beta1"] ** t) * m / u, {"m": m, "u": u}
