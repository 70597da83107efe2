"""Linear warm-up to a constant: optax, warmup_constant_schedule."""

HYPER = [{}, {"start": 0.01, "warmup_steps": 5.0}, {"warmup_steps": 0.0}, {"start": 0.5, "warmup_steps": 2.5}]


def lr(k, h):
    if k >= h["warmup_steps"]:
        return h["lr"]
    return h["start"] + (h["lr"] - h["start"]) * k / h["warmup_steps"]
