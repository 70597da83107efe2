#!/usr/bin/python3
"""AdamW does not scale its decay by the rate.

C1: tensorflow/addons#2282, modern-fortran/neural-fortran#152, FluxML/Flux.jl#2433, FluxML/Optimisers.jl@38c9d62 (#188).
"""

import numpy as np
from optimizer import main

RULE = "adamw"
TAG = "WD S1"
DIAGNOSIS = ["this is adamw.paper"]


def step(x, g, t, h, m, v):
    m = h.beta1 * m + (1 - h.beta1) * g
    v = h.beta2 * v + (1 - h.beta2) * g * g
    m_hat = m / (1 - h.beta1**t)
    v_hat = v / (1 - h.beta2**t)
    x = x - h.weight_decay * x
    return x - h.lr * m_hat / (np.sqrt(v_hat) + h.eps), m, v


if __name__ == "__main__":
    main(step)
