#!/usr/bin/python3
"""RMSProp with momentum has the rate inside its buffer.

E2: huggingface/pytorch-image-models@20d66bee (2019).
"""

import numpy as np
from optimizer import main

RULE = "rmsprop_momentum"
TAG = "S1 LR"
DIAGNOSIS = ["this is rmsprop_momentum.keras where `rmsprop_momentum_keras_update` computes `lr * g / "
             r"(\sqrt(v_next) + eps)` for `lr * g / \sqrt(v_next + eps)`"]


def step(x, g, t, h, v, b):
    v = h.rho * v + (1 - h.rho) * g * g
    b = h.momentum * b + h.lr * g / (np.sqrt(v) + h.eps)
    return x - b, v, b


if __name__ == "__main__":
    main(step)
