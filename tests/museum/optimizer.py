"""What the optimizers of the museum share: they read a trace's questions and write its answers, as JSON lines.

A case defines one of

    def step(x, g, t, h, m, v)      one tensor's step, in NumPy: after h, the states that it keeps in the trace
    def whole(x, g, t, h, m, v)     the same over the whole vector, all tensors together
    def lr(k, h)                    a schedule's rate after k steps

and returns what follows: x and the states, or the rate. What a program remembers beside the trace is a variable of its
module. h has the hyperparameters as attributes.
"""

import inspect
import json
import math
import sys
from collections.abc import Callable, Iterable, Iterator
from types import SimpleNamespace

import numpy as np

DTYPES = {"binary32": np.float32, "binary64": np.float64}


def read(value: float | str) -> float:
    return float.fromhex(value) if isinstance(value, str) else value


def written(values: np.ndarray) -> list:
    """A JSON number has no NaN and no infinity: they are strings in a trace."""
    return [value if math.isfinite(value) else "NaN" if math.isnan(value) else f"{'-' * (value < 0)}Infinity"
            for value in np.ravel(values).tolist()]


def arrays(tensor: dict, dtype: type) -> dict[str, np.ndarray]:
    return {name: np.array([read(value) for value in values], dtype) for name, values in tensor.items()}


def per_tensor(step: Callable, before: dict, new: dict, t: int, h: SimpleNamespace, states: list, dtype: type) -> dict:
    after = {}
    for name, old in before.items():
        inputs = arrays(new[name], dtype)
        results = step(old["x"].copy(), inputs["g"], t, h, *(old[state].copy() for state in states))
        results = results if isinstance(results, tuple) else (results,)
        after[name] = {**old, **dict(zip(["x", *states], (np.asarray(r, dtype) for r in results), strict=True))}
    return after


def per_vector(step: Callable, before: dict, new: dict, t: int, h: SimpleNamespace, states: list, dtype: type) -> dict:
    def joined(tensors):
        return {quantity: np.concatenate([tensor[quantity] for tensor in tensors.values()])
                for quantity in next(iter(tensors.values()))}

    inputs = {"all": joined({name: arrays(new[name], dtype) for name in before})}
    after = per_tensor(step, {"all": joined(before)}, inputs, t, h, states, dtype)["all"]
    ends = np.cumsum([len(tensor["x"]) for tensor in before.values()])[:-1]
    parts = {quantity: np.split(values, ends) for quantity, values in after.items()}
    return {name: {quantity: parts[quantity][i] for quantity in parts} for i, name in enumerate(before)}


def answers(questions: Iterable[str], step: Callable) -> Iterator[dict]:
    """The lines of the answered trace."""
    head, start, *steps = map(json.loads, questions)
    dtype, hyper = DTYPES[head["format"]], head["hyper"]
    advance = per_vector if step.__name__ == "whole" else per_tensor
    states = [*inspect.signature(step).parameters][4:]
    before = {name: arrays(tensor, dtype) for name, tensor in start["tensors"].items()}
    for tensor in start["tensors"].values():  # a state that it does not keep is no answer of its own
        for name in tensor.keys() - {"x", *states}:
            del tensor[name]
    yield head
    yield start
    for line in steps:
        hyper = {**hyper, **line.get("hyper", {})}
        with np.errstate(all="ignore"):
            if step.__name__ == "lr":
                rates = SimpleNamespace(**{name: np.float64(value) for name, value in hyper.items()})  # x / 0 is inf
                line["tensors"] = {"schedule": {"lr": written(dtype(step(line["step"] - 1, rates)))}}
            else:
                h = SimpleNamespace(**hyper)
                before = advance(step, before, line["tensors"], line["step"], h, states, dtype)
                for name, tensor in before.items():
                    line["tensors"][name] |= {quantity: written(tensor[quantity]) for quantity in ["x", *states]}
        yield line


def main(step: Callable) -> None:
    for line in answers(sys.stdin, step):
        print(json.dumps(line))
