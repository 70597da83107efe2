"""RAdam in PyTorch 1.13: torch/optim/radam.py, _single_tensor_radam."""

import numpy as np

HYPER = [{}, {"weight_decay": 0.1}, {"beta2": 0.5}, {"lr": 0.1, "beta1": 0.8, "beta2": 0.9, "weight_decay": 1.0}]


def step(x, g, state, t, h):
    g = g + h["weight_decay"] * x
    m = h["beta1"] * state["m"] + (1 - h["beta1"]) * g
    v = h["beta2"] * state["v"] + (1 - h["beta2"]) * g * g
    m_hat = m / (1 - h["beta1"] ** t)
    rho_inf = 2 / (1 - h["beta2"]) - 1
    rho = rho_inf - 2 * t * h["beta2"] ** t / (1 - h["beta2"] ** t)
    if rho > 5:
        rect = ((rho - 4) * (rho - 2) * rho_inf / ((rho_inf - 4) * (rho_inf - 2) * rho)) ** 0.5
        adaptive_lr = (1 - h["beta2"] ** t) ** 0.5 / (np.sqrt(v) + h["eps"])
        return x - m_hat * h["lr"] * adaptive_lr * rect, {"m": m, "v": v}
    return x - m_hat * h["lr"], {"m": m, "v": v}
