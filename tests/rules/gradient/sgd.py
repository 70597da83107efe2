"""Stochastic gradient descent: Keras' SGD without momentum, keras/src/optimizers/sgd.py."""

HYPER = [{}, {"lr": 0.5}]


def step(x, g, state, t, h):
    return x - g * h["lr"], {}
