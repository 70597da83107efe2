#!/usr/bin/python3
"""AdaMax uses the rate it was given at the start, not the decayed one.

D15: keras-team/keras@6074a18ec4 (#4043).
"""

import numpy as np
from optimizer import main

RULE = "adamax"
TAG = "LR"
DIAGNOSIS = ["this is adamax with lr = 0.002 at every step: lr keeps its first value"]

rate = None


def step(x, g, t, h, m, u):
    global rate
    rate = rate or h.lr
    m = h.beta1 * m + (1 - h.beta1) * g
    u = np.maximum(h.beta2 * u, np.abs(g))
    divisor = np.where(u > 0, u, 1)
    return x - np.where(u > 0, rate / (1 - h.beta1**t) * m / divisor, 0), m, u


if __name__ == "__main__":
    main(step)
