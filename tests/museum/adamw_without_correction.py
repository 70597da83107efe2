#!/usr/bin/python3
"""AdamW leaves out both corrections for the start at zero.

A14: google-research/bert#153, dmlc/gluon-nlp#499.
"""

import numpy as np
from optimizer import main

RULE = "adamw"
TAG = "S1"
DIAGNOSIS = ["this is adamw.nobias"]


def step(x, g, t, h, m, v):
    m = h.beta1 * m + (1 - h.beta1) * g
    v = h.beta2 * v + (1 - h.beta2) * g * g
    x = x - h.lr * h.weight_decay * x
    return x - h.lr * m / (np.sqrt(v) + h.eps), m, v


if __name__ == "__main__":
    main(step)
