"""Gradient descent with a fixed step: PEPit, unconstrained_convex_minimization/gradient_descent.py."""

HYPER = [{}, {"lr": 0.5}, {"lr": 0.0}]


def step(x, g, state, t, h):
    return x - h["lr"] * g, {}
