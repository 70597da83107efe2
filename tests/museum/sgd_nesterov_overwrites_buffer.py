#!/usr/bin/python3
"""SGD computes Nesterov's direction in its buffer.

F6: google-research/google-research#1711 (there in Shampoo).
"""

from optimizer import main

RULE = "sgdm_torch"
OPTIONS = ["--hyper", "momentum=0.9", "--hyper", "nesterov=1"]
TAG = "OPT S2"
DIAGNOSIS = ["nothing known explains this trace"]


def step(x, g, t, h, b):
    b = g if t == 1 else h.momentum * b + g
    b *= h.momentum
    b += g
    return x - h.lr * b, b


if __name__ == "__main__":
    main(step)
