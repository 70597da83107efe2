#!/usr/bin/python3
"""Lion does not get its beta2, which is then 0: the momentum is the gradient.

G1: bitsandbytes-foundation/bitsandbytes@2eb31083 (2023).
"""

import numpy as np
from optimizer import main

RULE = "lion"
TAG = "S1 S2"
DIAGNOSIS = ["this is lion with beta2 = 0 in place of 0.99: beta2 is not applied"]


def step(x, g, t, h, m):
    return x - h.lr * np.sign(h.beta1 * m + (1 - h.beta1) * g), g


if __name__ == "__main__":
    main(step)
