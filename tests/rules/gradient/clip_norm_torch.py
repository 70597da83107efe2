"""SGD with PyTorch's clipping: torch/nn/utils/clip_grad.py (PyTorch 1.13), clip_grad_norm_."""

import numpy as np

HYPER = [{}, {"max_norm": 0.125}, {"lr": 0.5, "max_norm": 1000.0}]


def step(x, g, state, t, h):
    total_norm = float(np.sqrt(np.sum(g * g)))
    clip_coef = h["max_norm"] / (total_norm + 1e-6)
    return x - h["lr"] * (g * min(clip_coef, 1.0)), {}
