#!/usr/bin/python3
"""Warm-up gives a rate of 0 at the first step, which moves nothing.

H12: google-research/bert#1293, google-research/big_transfer#58, EleutherAI/gpt-neox#1379, volcengine/verl#3674,
pytorch/torchtitan#1261.
"""

from optimizer import main

RULE = "linear_warmup"
OPTIONS = ["--hyper", "start=0.01", "--hyper", "warmup_steps=8"]
TAG = "SCH S1"
DIAGNOSIS = ["this is linear_warmup with start = 0 in place of 0.01: start is not applied"]


def lr(k, h):
    return h.lr * min(1, k / h.warmup_steps)


if __name__ == "__main__":
    main(lr)
