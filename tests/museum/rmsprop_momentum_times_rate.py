#!/usr/bin/python3
"""RMSProp multiplies its momentum by the rate.

E10: BRML/climin#29.
"""

import numpy as np
from optimizer import main

RULE = "rmsprop_momentum"
TAG = "LR S2"
DIAGNOSIS = ["this is rmsprop_momentum where `rmsprop_momentum_b` computes `lr * (momentum * b) + "
             "rmsprop_momentum_update(g, v_next, eps)` for `momentum * b + rmsprop_momentum_update(g, v_next, "
             "eps)`"]


def step(x, g, t, h, v, b):
    v = h.rho * v + (1 - h.rho) * g * g
    b = h.lr * h.momentum * b + g / (np.sqrt(v) + h.eps)
    return x - h.lr * b, v, b


if __name__ == "__main__":
    main(step)
