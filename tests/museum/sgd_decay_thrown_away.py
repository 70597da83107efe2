#!/usr/bin/python3
"""SGD computes the decay and drops the result: an addition that is not in place.

C7: huggingface/pytorch-image-models@cdcd0a92 (there in LARS). C8: tinygrad/tinygrad#17709 (there in Muon).
"""

from optimizer import main

RULE = "sgdm_torch"
OPTIONS = ["--hyper", "momentum=0.9", "--hyper", "weight_decay=0.1"]
TAG = "WD S1"
DIAGNOSIS = ["this is sgdm_torch with weight_decay = 0 in place of 0.1: weight decay is not applied"]


def step(x, g, t, h, b):
    g + h.weight_decay * x
    b = g if t == 1 else h.momentum * b + g
    return x - h.lr * b, b


if __name__ == "__main__":
    main(step)
