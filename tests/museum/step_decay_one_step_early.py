#!/usr/bin/python3
"""Step decay drops one step before the end of each period.

H7: huggingface/pytorch-image-models@57a988df (2022), pytorch/pytorch#31828 (both with milestones).
"""

from optimizer import main

RULE = "step_decay"
OPTIONS = ["--hyper", "period=6"]
TAG = "SCH Tn"
DIAGNOSIS = ["this is step_decay with k = k + 1"]


def lr(k, h):
    return h.lr * h.gamma ** ((k + 1) // h.period)


if __name__ == "__main__":
    main(lr)
