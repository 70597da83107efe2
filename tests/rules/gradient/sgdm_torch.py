"""PyTorch's SGD: torch/optim/sgd.py (PyTorch 1.13), _single_tensor_sgd; the buffer is None before the first step."""

HYPER = [
    {},
    {"momentum": 0.9},
    {"momentum": 0.9, "nesterov": 1.0},
    {"momentum": 0.9, "dampening": 0.5},
    {"weight_decay": 0.5},
    {"momentum": 0.5, "weight_decay": 0.25, "nesterov": 1.0},
    {"dampening": 0.5},
]


def step(x, g, state, t, h):
    d = g + h["weight_decay"] * x
    buf = d if t == 1 else h["momentum"] * state["b"] + (1 - h["dampening"]) * d
    if h["momentum"] == 0:
        direction = d
    elif h["nesterov"]:
        direction = d + h["momentum"] * buf
    else:
        direction = buf
    return x - h["lr"] * direction, {"b": buf.copy()}
