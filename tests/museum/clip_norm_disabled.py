#!/usr/bin/python3
"""Clipping is switched off.

I4: NVIDIA/OpenSeq2Seq#192.
"""

from optimizer import main

RULE = "clip_norm"
TAG = "OPT S1"
DIAGNOSIS = ["same as sgd while max_norm = 100000"]


def whole(x, g, t, h):
    return x - h.lr * g


if __name__ == "__main__":
    main(whole)
