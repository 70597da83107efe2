"""What a report says beside the verdicts: sets that grow where values are carried, formats, the low copy of x."""

import json
import subprocess

import numpy as np
import pytest

import goldstep


def run(command, trace, tmp_path, suffix=".jsonl"):
    """The exit status, the printed report and the report as JSON."""
    path = tmp_path / f"run{suffix}"
    trace.save(path)
    text = subprocess.run([command, "check", path], capture_output=True, text=True)
    data = subprocess.run([command, "check", "--json", path], capture_output=True, text=True)
    assert text.stderr == data.stderr == ""
    assert text.returncode == data.returncode
    return text.returncode, text.stdout, json.loads(data.stdout)


def rows(data, mode):
    return {row["quantity"]: row for row in data["modes"][mode]["tensors"]}


# --- sets that grow ---


def heavy_ball(steps, gradient=1.0, states=True):
    trace = goldstep.Trace("heavy_ball", "binary32", {"lr": 0.5, "beta": 0.5})
    x = before = np.array([1 / 3, 100], np.float32)
    g = np.full(2, gradient, np.float32)
    trace.add(0, "w", "x", x)
    for step in range(1, steps + 1):
        x, before = x - np.float32(0.5) * g + np.float32(0.5) * (x - before), x
        trace.add(step, "w", "g", g)
        trace.add(step, "w", "x", x)
        if states:
            trace.add(step, "w", "x_prev", before)
    return trace


def test_recorded_states_do_not_grow(command, tmp_path):
    status, text, data = run(command, heavy_ball(8), tmp_path)
    assert status == 0
    assert [row["growth"] for row in data["modes"][0]["tensors"]] == [None, None]
    given, free = text.split("Free-running")
    assert "budget grew" not in given
    assert "\n  x: the largest budget grew from " in free
    assert "\n  x_prev: the largest budget grew from " in free


def test_a_state_that_is_not_recorded_is_carried(command, tmp_path):
    status, text, data = run(command, heavy_ball(8, states=False), tmp_path)
    growth = rows(data, 0)["x"]["growth"]
    assert status == 0
    assert (growth["first"]["step"], growth["last"]["step"]) == (2, 8)
    assert growth["says_nothing_from"] is None
    first, last = growth["first"]["budget_ulps"], growth["last"]["budget_ulps"]
    way = "shrank" if last < first else "grew"
    line = f"  x: the largest budget {way} from {first:.4g} ulps at step 2 to {last:.4g} at step 8\n"
    assert line in text.split("Free-running")[0]


def test_a_free_run_that_says_nothing_in_the_end(command, tmp_path):
    _, text, data = run(command, heavy_ball(60), tmp_path)
    growth = rows(data, 1)["x"]["growth"]
    assert (growth["first"]["step"], growth["last"]["step"]) == (1, 60)
    assert growth["last"]["budget_ulps"] > 1000 * growth["first"]["budget_ulps"]
    silent = growth["says_nothing_from"]
    assert 10 < silent < 60
    assert f"; from step {silent} on every set admits a step that is not taken, so the check says nothing\n" in text


@pytest.mark.parametrize("offset, conforms", [(-1, False), (0, True)])
def test_what_is_said_is_so(offset, conforms):
    """A step that is not taken conforms, free-running, from the step on that the report names, and not before."""
    silent = rows(heavy_ball(60).check().data, 1)["x"]["growth"]["says_nothing_from"]
    trace, last = goldstep.Trace("heavy_ball", "binary32", {"lr": 0.5, "beta": 0.5}), silent + offset
    whole = heavy_ball(60)
    for step in range(last + 1):
        for quantity, encoded in whole.steps[step]["w"].items():
            if quantity == "x" and step == last:
                encoded = whole.steps[step - 1]["w"]["x"]
            trace.add(step, "w", quantity, np.frombuffer(encoded, np.float32))
    free = trace.check().data["modes"][1]
    assert free["conforms"] == conforms


def test_no_bound(command, tmp_path):
    """1 / sqrt(v) without a bound: in binary16 v may be 0."""
    trace = goldstep.Trace("adam", "binary16", {"eps": 1e-8})
    trace.add(0, "w", "x", [1.0])
    for step in (1, 2):
        trace.add(step, "w", "g", [2.0**-13])
        trace.add(step, "w", "x", [1.0])
    _, text, data = run(command, trace, tmp_path)
    assert rows(data, 1)["x"]["growth"] == {"first": None, "last": None, "says_nothing_from": 1}
    assert "\n  x: from step 1 on no set has a bound, so the check says nothing\n" in text


def test_a_schedule_carries_nothing(command, tmp_path):
    trace = goldstep.Trace("constant", "binary64", {"lr": 0.1})
    for step in (1, 2):
        trace.add(step, "schedule", "lr", [0.1])
    _, text, data = run(command, trace, tmp_path)
    assert "budget grew" not in text
    assert rows(data, 1)["lr"]["growth"] is None


# --- formats, and the low copy of x ---


def bfloat16(values):
    """Bit patterns, rounded to nearest, ties to even."""
    bits = np.asarray(values, np.float32).view(np.uint32).astype(np.uint64)
    return ((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16).astype(np.uint16)


def sgd(low, steps=4):
    """SGD on binary32 master weights; `low` gives the bit patterns of the copy, from x and the x before."""
    trace = goldstep.Trace("sgd", "binary32", {"lr": 0.1}, {"x_low": "bfloat16"})
    x = np.array([1 / 3, -2.7, 1e-3, 5], np.float32)
    trace.add(0, "w", "x", x)
    trace.add(0, "w", "x_low", bfloat16(x))
    for step in range(1, steps + 1):
        g = np.array([0.3, -0.7, 0.11, 2], np.float32) * np.float32(step)
        x, before = x - np.float32(0.1) * g, x
        trace.add(step, "w", "g", g)
        trace.add(step, "w", "x", x)
        trace.add(step, "w", "x_low", low(x, before))
    return trace


@pytest.mark.parametrize("suffix", [".jsonl", ".safetensors"])
def test_low_copy(command, tmp_path, suffix):
    status, text, data = run(command, sgd(lambda x, before: bfloat16(x)), tmp_path, suffix)
    assert status == 0
    for mode in (0, 1):
        row = rows(data, mode)["x_low"]
        assert (row["format"], row["exact"], row["coordinates"]) == ("bfloat16", 16, 16)
        assert row["growth"] is None
    assert "x_low in bfloat16 conforms" in text
    assert rows(data, 0)["x"]["format"] == "binary32"
    assert "x in" not in text


def test_low_copy_truncated_is_faithful():
    report = sgd(lambda x, before: (x.view(np.uint32) >> 16).astype(np.uint16)).check()
    row = rows(report.data, 0)["x_low"]
    assert report.conforms
    assert row["faithful"] > 0
    assert row["exact"] + row["faithful"] == row["coordinates"]


@pytest.mark.parametrize("suffix", [".jsonl", ".safetensors"])
def test_one_wrong_low_copy(command, tmp_path, suffix):
    steps = iter(range(1, 5))
    planted = np.array([0, 0, 2, 0], np.uint16)
    trace = sgd(lambda x, before: bfloat16(x) + planted * (next(steps) == 3))
    status, text, data = run(command, trace, tmp_path, suffix)
    row = rows(data, 0)["x_low"]
    assert status == 1
    assert (row["exact"], row["deviates"]) == (15, 1)
    assert (row["first_deviation"]["step"], row["first_deviation"]["index"]) == (3, 2)
    assert rows(data, 0)["x"]["deviates"] == 0
    assert "\nDiagnosis:\nthis is sgd\n" in text
    assert text.endswith("\nx_low is not x rounded to bfloat16: step 3, w.x_low[2] is -0.06591796875, and not "
                         "-0.06494140625\n")


def test_low_copy_of_the_step_before(command, tmp_path):
    status, text, _ = run(command, sgd(lambda x, before: bfloat16(before)), tmp_path)
    assert status == 1
    assert text.endswith("; it is the x of the step before\n")


def test_low_copy_without_x():
    trace = goldstep.Trace("sgd", "binary32", formats={"x_low": "bfloat16"})
    trace.add(0, "w", "x", [1.0])
    trace.add(1, "w", "g", [1.0])
    trace.add(1, "w", "x_low", [1.0])
    with pytest.raises(goldstep.GoldstepError, match="`x_low` without the `x` that it is a copy of"):
        trace.check()


def test_format_of_a_row(command, tmp_path):
    trace = goldstep.Trace("sgd", "binary32", {"lr": 0.5}, {"x": "bfloat16"})
    trace.add(0, "w", "x", [1.0])
    trace.add(1, "w", "g", [1.0])
    trace.add(1, "w", "x", [0.5])
    status, text, data = run(command, trace, tmp_path)
    assert status == 0
    assert rows(data, 0)["x"]["format"] == "bfloat16"
    assert "w       x in bfloat16 conforms" in text
