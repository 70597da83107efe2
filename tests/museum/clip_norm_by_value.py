#!/usr/bin/python3
"""A clip of each element under the name of one by norm.

I4: tinygrad/tinygrad@30b795874a.
"""

import numpy as np
from optimizer import main

RULE = "clip_norm"
TAG = "OPT S1"
DIAGNOSIS = ["nothing known explains this trace"]


def whole(x, g, t, h):
    return x - h.lr * np.clip(g, -h.max_norm, h.max_norm)


if __name__ == "__main__":
    main(whole)
