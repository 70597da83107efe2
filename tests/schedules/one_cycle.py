"""1cycle: PyTorch's OneCycleLR with two phases and cosine annealing."""

import math

HYPER = [
    {},
    {"total_steps": 10.0},
    {"total_steps": 25.0, "pct_start": 0.5, "div_factor": 10.0, "final_div_factor": 100.0},
    {"total_steps": 11.0, "pct_start": 0.25},
]


def anneal(start, end, pct):
    return end + (start - end) / 2 * (math.cos(math.pi * pct) + 1)


def lr(k, h):
    initial = h["lr"] / h["div_factor"]
    up = h["pct_start"] * h["total_steps"] - 1
    down = h["total_steps"] - 1
    if k <= up:
        return anneal(initial, h["lr"], k / up)
    return anneal(h["lr"], initial / h["final_div_factor"], (k - up) / (down - up))
