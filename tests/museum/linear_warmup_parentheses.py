#!/usr/bin/python3
"""LinearLR's factor of each step, with its parentheses in the wrong place.

H17: dotnet/TorchSharp#1241 (2024).
"""

from optimizer import main

RULE = "linear_warmup"
OPTIONS = ["--hyper", "start=0.01", "--hyper", "warmup_steps=8"]
TAG = "SCH S2"
DIAGNOSIS = ["nothing known explains this trace", "up to step 2 all conforms to linear_warmup"]

rate = None


def lr(k, h):
    global rate
    start = h.start / h.lr
    if rate is None:
        rate = h.start
    elif k <= h.warmup_steps:
        rate *= 1 + (1 - start) / (h.warmup_steps * start) + (k - 1) * (1 - start)
    return rate


if __name__ == "__main__":
    main(lr)
