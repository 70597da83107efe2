#!/usr/bin/python3
"""Nesterov's form in the shifted variable, with the rate inside the velocity, at a constant rate.

J3: lisa-lab/pylearn2#1030, keras-team/keras#966, #14115.
"""

from optimizer import main

RULE = "sgdm_torch"
OPTIONS = ["--steps", "3", "--hyper", "momentum=0.9", "--hyper", "nesterov=1"]
TAG = "J"
CONDITION = "lr is constant"

velocities = {}


def step(x, g, t, h):
    velocities[len(x)] = h.momentum * velocities.get(len(x), 0) - h.lr * g
    return x + h.momentum * velocities[len(x)] - h.lr * g


if __name__ == "__main__":
    main(step)
