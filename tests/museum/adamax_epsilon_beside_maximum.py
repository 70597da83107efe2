#!/usr/bin/python3
"""AdaMax adds epsilon to u, beside the maximum.

D14: apache/mxnet#18532, mlpack/mlpack#887.
"""

import numpy as np
from optimizer import main

RULE = "adamax_torch"
TAG = "Z E"
DIAGNOSIS = ["nothing known explains this trace", "m and u conform to adamax; x does not"]


def step(x, g, t, h, m, u):
    m = h.beta1 * m + (1 - h.beta1) * g
    u = np.maximum(h.beta2 * u, np.abs(g))
    return x - h.lr / (1 - h.beta1**t) * m / (u + h.eps), m, u


if __name__ == "__main__":
    main(step)
