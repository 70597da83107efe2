#!/usr/bin/python3
"""SGD with the rate inside its velocity, at a constant rate.

J2: tensorflow/tensorflow#903, pytorch/pytorch#1099.
"""

from optimizer import main

RULE = "sgdm_torch"
OPTIONS = ["--steps", "3", "--hyper", "momentum=0.9"]
TAG = "J"
CONDITION = "lr is constant"

velocities = {}


def step(x, g, t, h):
    velocities[len(x)] = h.momentum * velocities.get(len(x), 0) - h.lr * g
    return x + velocities[len(x)]


if __name__ == "__main__":
    main(step)
