#!/usr/bin/python3
"""Nesterov's form with the iterate kept apart from the shifted one that is given out.

J3: lisa-lab/pylearn2#1030, keras-team/keras#966, #14115.
"""

from optimizer import main

RULE = "sgdm_torch"
OPTIONS = ["--steps", "3", "--hyper", "momentum=0.9", "--hyper", "nesterov=1"]
TAG = "J"
CONDITION = "lr is constant"

unshifted = {}


def step(x, g, t, h, b):
    b = g if t == 1 else h.momentum * b + g
    unshifted[len(x)] = unshifted.get(len(x), x) - h.lr * b
    return unshifted[len(x)] - h.lr * h.momentum * b, b


if __name__ == "__main__":
    main(step)
