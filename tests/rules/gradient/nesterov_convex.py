"""Accelerated gradient with FISTA's sequence: jaxopt, proximal_gradient.py, _update_accel without a proximal term."""

from math import sqrt

HYPER = [{}, {"lr": 0.5}]


def step(x, g, state, t, h):                     # g is the gradient at y
    s = state["s"]
    s_next = 0.5 * (1 + sqrt(1 + 4 * s**2))
    x_next = state["y"] - h["lr"] * g
    y_next = x_next + (s - 1) / s_next * (x_next - x)
    return x_next, {"y": y_next, "s": s_next}
