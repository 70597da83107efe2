"""RMSProp as in PyTorch, with all its options: torch/optim/rmsprop.py."""

import numpy as np

HYPER = [
    {},
    {"weight_decay": 0.1},
    {"momentum": 0.9},
    {"centered": 1.0},
    {"alpha": 0.9, "weight_decay": 0.5, "momentum": 0.5, "centered": 1.0},
]


def step(x, g, state, t, h):
    alpha = h["alpha"]
    g = g + h["weight_decay"] * x
    v = alpha * state["v"] + (1 - alpha) * g * g
    a, b = state["a"], state["b"]
    if h["centered"]:
        a = alpha * a + (1 - alpha) * g
        avg = np.sqrt(np.maximum(v - a * a, 0)) + h["eps"]
    else:
        avg = np.sqrt(v) + h["eps"]
    if h["momentum"] > 0:
        b = h["momentum"] * b + g / avg
        return x - h["lr"] * b, {"v": v, "a": a, "b": b}
    return x - h["lr"] * g / avg, {"v": v, "a": a, "b": b}
