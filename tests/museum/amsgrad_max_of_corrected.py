#!/usr/bin/python3
"""AMSGrad takes the maximum over the corrected second moment.

D1: google-deepmind/optax#1389, @b4ee2465, pytorch/pytorch#142323.
"""

import numpy as np
from optimizer import main

RULE = "amsgrad_torch"
TAG = "OPT Tn"
DIAGNOSIS = ["nothing known explains this trace", "m and v conform to amsgrad.torch; x and v_max do not"]


def step(x, g, t, h, m, v, v_max):
    m = h.beta1 * m + (1 - h.beta1) * g
    v = h.beta2 * v + (1 - h.beta2) * g * g
    v_max = np.maximum(v_max, v / (1 - h.beta2**t))
    return x - h.lr * m / (1 - h.beta1**t) / (np.sqrt(v_max) + h.eps), m, v, v_max


if __name__ == "__main__":
    main(step)
