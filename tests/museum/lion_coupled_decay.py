#!/usr/bin/python3
"""Lion adds its decay to the gradient.

C3: bitsandbytes-foundation/bitsandbytes@ab9709a5 (#1993), @a6b68349 (#2001).
"""

import numpy as np
from optimizer import main

RULE = "lion"
OPTIONS = ["--hyper", "weight_decay=0.1"]
TAG = "WD S1"
DIAGNOSIS = ["nothing known explains this trace"]


def step(x, g, t, h, m):
    g = g + h.weight_decay * x
    x = x - h.lr * np.sign(h.beta1 * m + (1 - h.beta1) * g)
    return x, h.beta2 * m + (1 - h.beta2) * g


if __name__ == "__main__":
    main(step)
