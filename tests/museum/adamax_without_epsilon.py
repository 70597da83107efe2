#!/usr/bin/python3
"""AdaMax has no epsilon: 0 / 0 where no gradient was other than zero.

D14: apache/mxnet#18532, tensorflow/tfjs@74050ad4e (2017).
"""

import numpy as np
from optimizer import main

RULE = "adamax_torch"
TAG = "Z"
DIAGNOSIS = ["this is adamax where `adamax_x` computes `x - adamax_update(m_next, u_next, t, lr, beta1)` for "
             "`u_next > 0 ? x - adamax_update(m_next, u_next, t, lr, beta1) : x`"]


def step(x, g, t, h, m, u):
    m = h.beta1 * m + (1 - h.beta1) * g
    u = np.maximum(h.beta2 * u, np.abs(g))
    return x - h.lr / (1 - h.beta1**t) * m / u, m, u


if __name__ == "__main__":
    main(step)
