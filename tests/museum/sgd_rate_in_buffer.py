#!/usr/bin/python3
"""SGD has the rate inside its velocity, which is not in the trace: old gradients keep their old rate.

F3: pytorch/pytorch#1099, tensorflow/tensorflow#903, where it was said to be the same.
"""

from optimizer import main

RULE = "sgdm_torch"
OPTIONS = ["--hyper", "momentum=0.9"]
TAG = "LR"
DIAGNOSIS = ["this is sgdm_keras", "same as heavy_ball while momentum = 0.9, nesterov = 0 and beta = 0.9"]

velocities = {}


def step(x, g, t, h):
    velocities[len(x)] = h.momentum * velocities.get(len(x), 0) - h.lr * g
    return x + velocities[len(x)]


if __name__ == "__main__":
    main(step)
