#!/usr/bin/python3
"""Step decay that subtracts the period from its counter, where others take a remainder.

J7: pytorch/pytorch#88791, first answer.
"""

from optimizer import main

RULE = "step_decay"
OPTIONS = ["--hyper", "period=6"]
TAG = "J"
CONDITION = "t advances by one"

counter = 0
drops = 0


def lr(k, h):
    global counter, drops
    if k > 0:
        counter += 1
    if counter >= h.period:
        counter -= h.period
        drops += 1
    return h.lr * h.gamma**drops


if __name__ == "__main__":
    main(lr)
