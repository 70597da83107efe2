#!/usr/bin/python3
"""Adam divides by the square of v in place of its root.

A22: torch/optim#48 (2015).
"""

from optimizer import main

RULE = "adam"
TAG = "S1"
DIAGNOSIS = ["this is adam where `adam_update` computes `lr * m_hat / (v_hat * v_hat + eps)` for `lr * m_hat / "
             r"(\sqrt(v_hat) + eps)`"]


def step(x, g, t, h, m, v):
    m = h.beta1 * m + (1 - h.beta1) * g
    v = h.beta2 * v + (1 - h.beta2) * g * g
    m_hat = m / (1 - h.beta1**t)
    v_hat = v / (1 - h.beta2**t)
    return x - h.lr * m_hat / (v_hat**2 + h.eps), m, v


if __name__ == "__main__":
    main(step)
