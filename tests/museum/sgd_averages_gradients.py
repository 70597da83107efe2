#!/usr/bin/python3
"""SGD's buffer is an average: the gradient is weighted by 1 - momentum from the first step on.

F2: ml-explore/mlx#87.
"""

from optimizer import main

RULE = "sgdm_torch"
OPTIONS = ["--hyper", "momentum=0.9"]
TAG = "S1"
DIAGNOSIS = ["nothing known explains this trace"]


def step(x, g, t, h, b):
    b = h.momentum * b + (1 - h.momentum) * g
    return x - h.lr * b, b


if __name__ == "__main__":
    main(step)
