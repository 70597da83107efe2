"""Step decay: PyTorch's StepLR in closed form."""

HYPER = [{}, {"gamma": 0.5, "period": 3.0}, {"gamma": 0.9, "period": 1.0}, {"gamma": 1.0}]


def lr(k, h):
    return h["lr"] * h["gamma"] ** (k // h["period"])
