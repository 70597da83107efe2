"""Answers the questions of `goldstep gen RULE` (standard input) with an optimizer of scikit-learn's neural networks.

    goldstep gen adam_keras | python3 tests/peers/scikit_learn.py adam

With `--version`, writes the version. NumPy computes, in the format of the questions.
"""

import json
import sys

import numpy
import sklearn
from sklearn.neural_network._stochastic_optimizers import AdamOptimizer, SGDOptimizer

# How each is made from a rule's hyperparameters, where it keeps the states, and which attribute is the rate to set.
OPTIMIZERS = {
    "sgd": (lambda x, h: SGDOptimizer(x, h["lr"], momentum=h["momentum"], nesterov=h["nesterov"] == 1),
            {"v": "velocities"}, "learning_rate"),
    "adam": (lambda x, h: AdamOptimizer(x, h["lr"], h["beta1"], h["beta2"], h["eps"]),
             {"m": "ms", "v": "vs"}, "learning_rate_init"),
}
FORMATS = {"binary32": numpy.float32, "binary64": numpy.float64}


def numbers(array):
    """As a trace has them: what is not finite as a string."""
    return [float(value) if numpy.isfinite(value) else str(value).replace("inf", "Infinity").replace("nan", "NaN")
            for value in array]


def main():
    if sys.argv[1] == "--version":
        print(sklearn.__version__)
        return
    make, states, rate = OPTIMIZERS[sys.argv[1]]
    head, before, *steps = lines = [json.loads(line) for line in sys.stdin]
    dtype = FORMATS[head["format"]]
    x = [numpy.array(tensor["x"], dtype) for tensor in before["tensors"].values()]
    before["tensors"] = {name: {"x": tensor["x"]} for name, tensor in before["tensors"].items()}
    optimizer = make(x, head["hyper"])
    for step in steps:
        tensors = step["tensors"].values()
        if "hyper" in step:
            setattr(optimizer, rate, step["hyper"]["lr"])
        optimizer.update_params(x, [numpy.array(tensor["g"], dtype) for tensor in tensors])
        for i, tensor in enumerate(tensors):
            tensor["x"] = numbers(x[i])
            tensor.update({state: numbers(getattr(optimizer, kept)[i]) for state, kept in states.items()})
    for line in lines:
        print(json.dumps(line))


main()
