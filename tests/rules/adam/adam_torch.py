"""Adam in PyTorch 1.13: torch/optim/adam.py, _single_tensor_adam with amsgrad=False."""

import numpy as np

HYPER = [{}, {"weight_decay": 0.1}, {"lr": 0.1, "beta1": 0.8, "beta2": 0.95, "weight_decay": 1.0}]


def step(x, g, state, t, h):
    g = g + h["weight_decay"] * x
    m = h["beta1"] * state["m"] + (1 - h["beta1"]) * g
    v = h["beta2"] * state["v"] + (1 - h["beta2"]) * g * g
    step_size = h["lr"] / (1 - h["beta1"] ** t)
    denom = np.sqrt(v) / (1 - h["beta2"] ** t) ** 0.5 + h["eps"]
    return x - step_size * m / denom, {"m": m, "v": v}
