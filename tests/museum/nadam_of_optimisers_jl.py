#!/usr/bin/python3
"""Nadam in Dozat's constant form, with one beta2 too many under the root.

D10: FluxML/Optimisers.jl.
"""

import numpy as np
from optimizer import main

RULE = "nadam"
TAG = "S1"
DIAGNOSIS = ["nothing known explains this trace", "m and v conform to nadam; x does not"]


def step(x, g, t, h, m, v):
    m = h.beta1 * m + (1 - h.beta1) * g
    v = h.beta2 * v + (1 - h.beta2) * g * g
    update = h.beta1 * m / (1 - h.beta1 ** (t + 1)) + (1 - h.beta1) * g / (1 - h.beta1**t)
    return x - h.lr * update / (np.sqrt(v * h.beta2 / (1 - h.beta2**t)) + h.eps), m, v


if __name__ == "__main__":
    main(step)
