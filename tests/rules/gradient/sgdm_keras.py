"""Keras' SGD: keras/src/optimizers/sgd.py, update_step."""

HYPER = [{}, {"momentum": 0.9}, {"momentum": 0.9, "nesterov": 1.0}, {"nesterov": 1.0}, {"lr": 0.5, "momentum": 1.0}]


def step(x, g, state, t, h):
    v = state["v"] * h["momentum"] - g * h["lr"]
    if h["nesterov"]:
        return x + (v * h["momentum"] - g * h["lr"]), {"v": v}
    return x + v, {"v": v}
