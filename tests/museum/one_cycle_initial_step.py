#!/usr/bin/python3
"""1cycle with a counter that starts at -1 and a step when it is created.

J4: pytorch/pytorch#91765, #91853.
"""

import math

from optimizer import main

RULE = "one_cycle"
TAG = "J"
CONDITION = "the first step is counted as 0"

counter = -1


def lr(k, h):
    global counter
    counter += 1
    low, end = h.lr / h.div_factor, h.pct_start * h.total_steps - 1
    first, last, share = low, h.lr, counter / end
    if counter > end:
        first, last, share = h.lr, low / h.final_div_factor, (counter - end) / (h.total_steps - 1 - end)
    return last + (first - last) / 2 * (1 + math.cos(math.pi * share))


if __name__ == "__main__":
    main(lr)
