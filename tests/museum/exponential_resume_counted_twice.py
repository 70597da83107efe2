#!/usr/bin/python3
"""A run resumed at its 11th step counts the 10 before it twice.

H20: THUDM/slime#1546, Lightning-AI/pytorch-lightning#4655.
"""

from optimizer import main

RULE = "exponential"
TAG = "SCH Tn"
DIAGNOSIS = ["nothing known explains this trace", "up to step 10 all conforms to exponential"]


def lr(k, h):
    return h.lr * h.gamma ** (k + 10 if k >= 10 else k)


if __name__ == "__main__":
    main(lr)
