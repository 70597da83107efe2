"""goldstep gen RULE | this | goldstep check -: answers the questions with a step written in NumPy."""

import json
from collections.abc import Callable, Iterable

import numpy as np

DTYPES = {"binary32": np.float32, "binary64": np.float64}


def answers(questions: Iterable[str], step: Callable) -> str:
    """The answered trace; ``step(x, inputs..., state, t, h)`` returns the next x and a dictionary of states."""
    head, start, *steps = map(json.loads, questions)
    dtype, hyper = DTYPES[head["format"]], head["hyper"]
    sizes = [len(tensor["x"]) for tensor in start["tensors"].values()]
    state = join(start["tensors"], sizes, dtype)
    for line in steps:
        hyper = hyper | line.get("hyper", {})
        inputs = join(line["tensors"], sizes, dtype)
        x, state = step(state.pop("x"), *inputs.values(), state, line["step"], hyper)
        split({"x": x, **state}, line["tensors"], sizes, dtype)
        state = join(line["tensors"], sizes, dtype)  # as the trace holds it
    return "".join(json.dumps(line) + "\n" for line in (head, start, *steps))


def join(tensors: dict, sizes: list[int], dtype: type) -> dict:
    """Each quantity over the whole vector: the tensors one after the other, or a float where all share one number."""
    joined = {}
    for quantity in next(iter(tensors.values())):
        parts = [np.array(numbers(tensor[quantity]), dtype) for tensor in tensors.values()]
        joined[quantity] = np.concatenate(parts) if [*map(len, parts)] == sizes else float(parts[0][0])
    return joined


def split(quantities: dict, tensors: dict, sizes: list[int], dtype: type) -> None:
    """Undoes join: adds the quantities to the tensors."""
    for quantity, values in quantities.items():
        values = np.asarray(values, dtype)
        parts = np.split(values, np.cumsum(sizes)[:-1]) if values.ndim else [values] * len(sizes)
        for tensor, part in zip(tensors.values(), parts):
            tensor[quantity] = [value.hex() for value in part.ravel().tolist()]


def numbers(values: list | float | str) -> list[float]:
    """Numbers or one number: JSON's, or a string that holds a hex float, "NaN", "Infinity" or "-Infinity"."""
    values = values if isinstance(values, list) else [values]
    return [float.fromhex(value) if isinstance(value, str) else float(value) for value in values]


def schedule_answers(questions: Iterable[str], lr: Callable) -> str:
    """As answers, for a schedule: ``lr(k, h)`` is the learning rate of step k + 1."""
    head, start, *steps = map(json.loads, questions)
    hyper, dtype = head["hyper"], DTYPES[head["format"]]
    for line in steps:
        hyper = hyper | line.get("hyper", {})
        line["tensors"] = {"schedule": {"lr": [float(dtype(lr(line["step"] - 1, hyper))).hex()]}}
    return "".join(json.dumps(line) + "\n" for line in (head, start, *steps))
