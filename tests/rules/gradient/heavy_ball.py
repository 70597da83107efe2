"""Polyak's heavy ball: PEPit, unconstrained_convex_minimization/heavy_ball_momentum.py."""

HYPER = [{}, {"beta": 0.5}, {"beta": 0.0}, {"lr": 0.5, "beta": 0.25}]


def step(x, g, state, t, h):
    x_next = x - h["lr"] * g + h["beta"] * (x - state["x_prev"])
    return x_next, {"x_prev": x.copy()}
