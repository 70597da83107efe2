"""Implementations in NumPy's float16, each operation rounded: right ones conform, wrong ones deviate."""

import subprocess

import numpy as np
import pipe
import pytest
from pipe import answers

import goldstep


def sgd(x, g, state, t, h):
    return x - np.float16(h["lr"]) * g, {}


def heavy_ball(x, g, state, t, h):
    x_next = x - np.float16(h["lr"]) * g + np.float16(h["beta"]) * (x - state["x_prev"])
    return x_next, {"x_prev": x}


def signsgd(x, g, state, t, h):
    return x - np.float16(h["lr"]) * np.sign(g), {}


def lion(x, g, state, t, h):
    lr, b1, b2, decay = (np.float16(h[name]) for name in ("lr", "beta1", "beta2", "weight_decay"))
    one = np.float16(1)
    direction = np.sign(b1 * state["m"] + (one - b1) * g)
    return x - lr * (direction + decay * x), {"m": b2 * state["m"] + (one - b2) * g}


def check(command, monkeypatch, rule, step):
    monkeypatch.setitem(pipe.DTYPES, "binary16", np.float16)
    asked = subprocess.run([command, "gen", rule, "--format", "binary16"], capture_output=True, text=True, check=True)
    answered = answers(asked.stdout.splitlines(), step)
    return subprocess.run([command, "check", "-"], input=answered, capture_output=True, text=True)


@pytest.mark.parametrize("step", [sgd, heavy_ball, signsgd, lion], ids=lambda step: step.__name__)
def test_right(command, monkeypatch, step):
    done = check(command, monkeypatch, step.__name__, step)
    assert done.returncode == 0, done.stdout + done.stderr


def test_wrong(command, monkeypatch):
    done = check(command, monkeypatch, "sgd", lambda x, g, state, t, h: (x + np.float16(h["lr"]) * g, {}))
    assert done.returncode == 1, done.stdout + done.stderr


def test_the_set_is_rounded_into_the_recorded_format(library):
    """x - lr * g loses nearly all digits in binary32: the largest result that conforms is a rounding of the set's end."""
    def conforms(got, format, formats):
        trace = goldstep.Trace("sgd", format, {"lr": 0.1}, formats)
        trace.add(0, "w", "x", [1.0])
        trace.add(1, "w", "g", [float(np.float32(10 * (1 - scale)))])
        trace.add(1, "w", "x", [got])
        return trace.check().conforms

    up = 0
    for scale in (2.0**-k for k in range(12, 24)):
        grid = [scale * (1 + i / 128) for i in range(128)] + [scale * (2 + i / 64) for i in range(128)]
        wide = [conforms(got, "binary32", {}) for got in grid]
        rounded = [conforms(got, "binary32", {"x": "bfloat16"}) for got in grid]
        assert all(after or not before for before, after in zip(wide, rounded))
        assert 0 <= sum(rounded) - sum(wide) <= 2
        up += sum(rounded) - sum(wide)
    assert up > 0
