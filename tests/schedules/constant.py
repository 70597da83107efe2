"""A constant step size: optax, constant_schedule."""

HYPER = [{}, {"lr": 0.0}, {"lr": 3.0}]


def lr(k, h):
    return h["lr"]
