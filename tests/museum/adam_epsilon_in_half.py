#!/usr/bin/python3
"""Adam keeps epsilon in binary16, where 1e-8 is 0.

B4: google-deepmind/optax#1754, #1755, #1769, chainer/chainer#6442, pytorch/pytorch#8860, FluxML/Optimisers.jl@4a78a55
(#190), OpenMined/PySyft#740.
"""

import numpy as np
from optimizer import main

RULE = "adam"
OPTIONS = ["--format", "binary32"]
TAG = "Z LP"
DIAGNOSIS = ["this is adam with eps = 0 in place of 1e-08: eps is not applied"]


def step(x, g, t, h, m, v):
    m = h.beta1 * m + (1 - h.beta1) * g
    v = h.beta2 * v + (1 - h.beta2) * g * g
    m_hat = m / (1 - h.beta1**t)
    v_hat = v / (1 - h.beta2**t)
    return x - h.lr * m_hat / (np.sqrt(v_hat) + float(np.float16(h.eps))), m, v


if __name__ == "__main__":
    main(step)
