"""RAdam: Liu et al. 2020, Algorithm 2; 0/0 = 0."""

import numpy as np

HYPER = [{}, {"beta2": 0.9}, {"beta2": 0.5}, {"lr": 0.1, "beta1": 0.8, "beta2": 0.99}]


def step(x, g, state, t, h):
    v = h["beta2"] * state["v"] + (1 - h["beta2"]) * g**2
    m = h["beta1"] * state["m"] + (1 - h["beta1"]) * g
    m_hat = m / (1 - h["beta1"] ** t)
    rho_inf = 2 / (1 - h["beta2"]) - 1
    rho = rho_inf - 2 * t * h["beta2"] ** t / (1 - h["beta2"] ** t)
    if rho > 4:
        r = ((rho - 4) * (rho - 2) * rho_inf / ((rho_inf - 4) * (rho_inf - 2) * rho)) ** 0.5
        root = np.sqrt(v / (1 - h["beta2"] ** t))
        x = x - h["lr"] * r * np.divide(m_hat, root, out=np.zeros_like(m), where=v > 0)
    else:
        x = x - h["lr"] * m_hat
    return x, {"m": m, "v": v}
