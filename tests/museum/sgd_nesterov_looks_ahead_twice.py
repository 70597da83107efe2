#!/usr/bin/python3
"""SGD takes the look-ahead step of Nesterov's form twice.

F5: oysteijo/simd_neuralnet#17, torch/optim#27, ml-explore/mlx#87.
"""

from optimizer import main

RULE = "sgdm_torch"
OPTIONS = ["--hyper", "momentum=0.9", "--hyper", "nesterov=1"]
TAG = "OPT S1"
DIAGNOSIS = ["this is sgdm_torch where `sgdm_torch_x` computes `d + 2 * (momentum * b_next)` for `d + momentum * "
             "b_next`"]


def step(x, g, t, h, b):
    b = g if t == 1 else h.momentum * b + g
    return x - h.lr * (g + 2 * h.momentum * b), b


if __name__ == "__main__":
    main(step)
