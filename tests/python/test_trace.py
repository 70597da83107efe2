"""The trace in memory, its two file layouts byte by byte, and the round trip through the library's own readers."""

import json
import math
import struct
import subprocess
import sys
from array import array

import numpy
import pytest
import torch

import goldstep
from goldstep.trace import decode, encode

NAN, INF = math.nan, math.inf


def adamw(format="binary64"):
    """One right step of AdamW, correctly rounded by hand where it matters: lr = 0 moves nothing."""
    trace = goldstep.Trace("adamw", format, {"lr": 0, "beta1": 0.5, "beta2": 0.75})
    trace.add(0, "w", "x", [1.0, -2.0])
    trace.add(1, "w", "g", [4.0, 0.0])
    trace.add(1, "w", "x", [1.0, -2.0])
    trace.add(1, "w", "m", [2.0, 0.0])
    trace.add(1, "w", "v", [4.0, 0.0])
    return trace


# --- values -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("values", [
    [1.5, -2.0],
    (1.5, -2),
    iter([1.5, -2.0]),
    array("f", [1.5, -2.0]),
    array("d", [1.5, -2.0]),
    numpy.array([1.5, -2.0]),
    numpy.array([1.5, -2.0], numpy.float32),
    numpy.array([1.5, -2.0], ">f8"),
    numpy.array([1.5, -2.0], ">f4"),
    numpy.array([1.5, 9.0, -2.0, 9.0])[::2],
    numpy.array([[1.5], [-2.0]]),
    torch.tensor([1.5, -2.0]),
    torch.tensor([1.5, -2.0], dtype=torch.float64, requires_grad=True),
    torch.tensor([[1.5, 9.0], [-2.0, 9.0]])[:, 0],
    memoryview(array("f", [1.5, -2.0])),
], ids=lambda values: type(values).__name__)
def test_values_of_any_source(values):
    values = list(values) if hasattr(values, "__next__") else values
    assert encode(values, "binary64") == struct.pack("<2d", 1.5, -2.0)
    assert encode(values, "binary32") == struct.pack("<2f", 1.5, -2.0)


def test_rows_are_in_the_order_of_the_indices():
    matrix = torch.arange(6.0).reshape(2, 3)
    assert encode(matrix.T, "binary32") == struct.pack("<6f", 0, 3, 1, 4, 2, 5)


@pytest.mark.parametrize("value", [3, 3.0, True + 2, numpy.float32(3), numpy.float64(3), torch.tensor(3.0)])
def test_one_number(value):
    assert encode(value, "binary32") == struct.pack("<f", 3)


def test_no_values():
    assert encode([], "binary32") == b""


@pytest.mark.parametrize("format", ["binary32", "binary64"])
def test_special_numbers_are_kept(format):
    numbers = decode(encode([NAN, INF, -INF, -0.0, 2.0**-149], format), format)
    assert math.isnan(numbers[0])
    assert list(numbers[1:]) == [INF, -INF, 0.0, 2.0**-149]
    assert math.copysign(1, numbers[3]) == -1


@pytest.mark.parametrize("value", [0.1, 1e300, 1e-46, 16777217.0])
def test_a_value_that_the_format_lacks(value):
    with pytest.raises(goldstep.GoldstepError, match="at index 1 is no binary32 number"):
        encode([0.5, value], "binary32")
    assert decode(encode([value], "binary64"), "binary64")[0] == value


@pytest.mark.parametrize("values", [numpy.array([1, 2]), array("i", [1]), b"12345678",
                                    numpy.array([1j]), numpy.array([1], numpy.uint16)])
def test_values_of_another_type(values):
    with pytest.raises(goldstep.GoldstepError, match="float64, float32 or float16"):
        encode(values, "binary64")


def test_all_patterns_of_16_bits():
    patterns = numpy.arange(65536, dtype=numpy.uint16)
    halves = patterns.view(numpy.float16)
    brains = torch.tensor(patterns.view(numpy.int16)).view(torch.bfloat16)
    for format, numbers, source in (("binary16", halves.astype(float), halves),
                                    ("bfloat16", brains.double().numpy(), brains)):
        encoded = encode(patterns, format)
        assert encoded == patterns.astype("<u2").tobytes()
        assert numpy.array_equal(decode(encoded, format), numbers, equal_nan=True)
        again = numpy.frombuffer(encode(source, format), "<u2")
        assert numpy.array_equal(again[~numpy.isnan(numbers)], patterns[~numpy.isnan(numbers)])


@pytest.mark.parametrize("format, values", [("binary16", [65504, 2.0**-24]), ("bfloat16", [2.0**127, 2.0**-133])])
def test_values_that_formats_of_16_bits_lack(format, values):
    assert list(decode(encode(values, format), format)) == values
    for value in (0.1, values[0] * 2, values[1] / 2, 1e300):
        with pytest.raises(goldstep.GoldstepError, match=f"at index 0 is no {format} number"):
            encode([value], format)


def test_no_numbers_at_all():
    with pytest.raises(TypeError):
        encode(["one"], "binary64")


# --- the trace ----------------------------------------------------------------------------------------------------


def test_trace_holds_what_it_was_given():
    trace = adamw("binary32")
    trace.set_hyper(3, "lr", 1)
    assert (trace.rule, trace.format) == ("adamw", "binary32")
    assert trace.hyper == {0: {"lr": 0.0, "beta1": 0.5, "beta2": 0.75}, 3: {"lr": 1.0}}
    assert len(trace.steps) == 2
    assert list(trace.steps[1]["w"]) == ["g", "x", "m", "v"]
    assert trace.steps[1]["w"]["g"] == struct.pack("<2f", 4, 0)


def test_values_are_copied():
    trace, values = goldstep.Trace("sgd", "binary64"), numpy.zeros(1)
    trace.add(0, "w", "x", values)
    values[0] = 1
    assert trace.steps[0]["w"]["x"] == bytes(8)


def test_errors():
    trace = adamw()
    with pytest.raises(goldstep.GoldstepError, match="not 'float16'"):
        goldstep.Trace("sgd", "float16")
    with pytest.raises(goldstep.GoldstepError, match="step 1 already holds w/g"):
        trace.add(1, "w", "g", [1.0, 2.0])
    with pytest.raises(goldstep.GoldstepError, match="steps count from 0"):
        trace.add(-1, "w", "g", [1.0, 2.0])
    with pytest.raises(goldstep.GoldstepError, match="steps count from 0"):
        trace.set_hyper(-1, "lr", 1)
    with pytest.raises(goldstep.GoldstepError, match="lr is a finite number, not inf"):
        trace.set_hyper(1, "lr", INF)
    with pytest.raises(goldstep.GoldstepError, match=".safetensors or .jsonl"):
        trace.save("trace.npz")


def test_the_package_needs_the_standard_library_only():
    code = "import goldstep, sys; print([m for m in ('numpy', 'torch') if m in sys.modules])"
    path = goldstep.__path__[0] + "/.."
    done = subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": path}, capture_output=True, text=True)
    assert done.stdout == "[]\n"


# --- files --------------------------------------------------------------------------------------------------------


def test_safetensors_layout(tmp_path):
    trace = adamw("binary32")
    trace.set_hyper(1, "lr", 0.25)
    trace.save(tmp_path / "t.safetensors")
    data = (tmp_path / "t.safetensors").read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    assert length % 8 == 0
    text, body = data[8:8 + length], data[8 + length:]
    header = json.loads(text)
    metadata = header.pop("__metadata__")
    assert all(isinstance(value, str) for value in metadata.values())
    assert metadata.pop("hyper") == '{"lr":0.0,"beta1":0.5,"beta2":0.75}'
    assert metadata == {"goldstep": "1", "rule": "adamw", "hyper/1": '{"lr":0.25}'}
    assert header == {
        name: {"dtype": "F32", "shape": [2], "data_offsets": [8 * index, 8 * index + 8]}
        for index, name in enumerate(["0/w/x", "1/w/g", "1/w/x", "1/w/m", "1/w/v"])}
    assert body == struct.pack("<10f", 1, -2, 4, 0, 1, -2, 2, 0, 4, 0)


def test_safetensors_of_binary64(tmp_path):
    trace = goldstep.Trace(None, "binary64")
    trace.add(0, "w", "x", [0.1])
    trace.save(tmp_path / "t.safetensors")
    data = (tmp_path / "t.safetensors").read_bytes()
    header = json.loads(data[8:-8])
    assert header["__metadata__"] == {"goldstep": "1", "hyper": "{}"}
    assert header["0/w/x"] == {"dtype": "F64", "shape": [1], "data_offsets": [0, 8]}
    assert data[-8:] == struct.pack("<d", 0.1)


def test_jsonl_layout(tmp_path):
    trace = goldstep.Trace("sgd", "binary64", {"lr": 0.1})
    trace.add(0, "w", "x", [1.0, NAN])
    trace.add(1, "w", "g", [INF, -INF])
    trace.add(1, "b", "x", [0.1])
    trace.set_hyper(1, "lr", 0.5)
    trace.save(tmp_path / "t.jsonl")
    assert (tmp_path / "t.jsonl").read_text().splitlines() == [
        '{"goldstep":1,"rule":"sgd","format":"binary64","hyper":{"lr":0.1}}',
        '{"step":0,"tensors":{"w":{"x":[1.0,"NaN"]}}}',
        '{"step":1,"hyper":{"lr":0.5},"tensors":{"w":{"g":["Infinity","-Infinity"]},"b":{"x":[0.1]}}}',
    ]


# --- the library --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["binary32", "binary64"])
def test_the_files_say_what_the_memory_says(library, tmp_path, format):
    trace = adamw(format)
    report = trace.check()
    assert report.conforms, str(report)
    assert report.data["rule"] == "adamw"
    for suffix in ("jsonl", "safetensors"):
        path = tmp_path / f"t.{suffix}"
        trace.save(path)
        assert goldstep.check(path).data == report.data
        assert goldstep.check(str(path), rule="adamw").conforms


@pytest.mark.parametrize("suffix", ["jsonl", "safetensors"])
def test_special_numbers_survive_the_files(library, tmp_path, suffix):
    trace = goldstep.Trace("sgd", "binary32", {"lr": 0.1})
    trace.add(0, "w", "x", [1.0, 1.0, 1.0, 2.0**-149, -0.0])
    trace.add(1, "w", "g", [NAN, INF, -INF, 0.0, 0.0])
    trace.add(1, "w", "x", [NAN, -INF, INF, 2.0**-149, -0.0])
    trace.save(tmp_path / f"t.{suffix}")
    assert goldstep.check(tmp_path / f"t.{suffix}").data == trace.check().data


def test_a_wrong_step_does_not_conform(library):
    trace = adamw()
    trace.add(2, "w", "g", [1.0, 1.0])
    trace.add(2, "w", "x", [3.0, -2.0])
    report = trace.check()
    assert not report.conforms
    assert "does not conform" in str(report)
    assert "deviates" in str(report)


def test_hyperparameters_hold_from_their_step_on(library):
    trace = goldstep.Trace("sgd", "binary64", {"lr": 1.0})
    trace.add(0, "w", "x", [8.0])
    for step, (lr, x) in enumerate([(1.0, 7.0), (1.0, 6.0), (0.5, 5.5), (0.5, 5.0)], 1):
        trace.set_hyper(step, "lr", lr)
        trace.add(step, "w", "g", [1.0])
        trace.add(step, "w", "x", [x])
    assert trace.check().conforms


def test_the_rule_may_be_named_at_the_check(library):
    trace = goldstep.Trace(None, "binary64", {"lr": 1.0})
    trace.add(0, "w", "x", [8.0])
    trace.add(1, "w", "g", [1.0])
    trace.add(1, "w", "x", [7.0])
    assert trace.check("sgd").conforms
    with pytest.raises(goldstep.GoldstepError):
        trace.check()


def test_library_errors(library, tmp_path):
    with pytest.raises(goldstep.GoldstepError, match="no_such_rule"):
        adamw().check("no_such_rule")
    with pytest.raises(goldstep.GoldstepError, match="missing"):
        goldstep.check(tmp_path / "missing.jsonl")
    path = tmp_path / "bad.jsonl"
    path.write_text('{"goldstep":1,"rule":"sgd","format":"binary64","hyper":{}}\n{"step":0,\n')
    with pytest.raises(goldstep.GoldstepError, match="bad.jsonl") as caught:
        goldstep.check(path)
    assert caught.value.line >= 2
    assert caught.value.column > 0


def test_a_library_that_is_not_there():
    code = "import goldstep; goldstep.check('t.jsonl')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True,
                          env={"PYTHONPATH": goldstep.__path__[0] + "/..", "GOLDSTEP_LIBRARY": "/nowhere.so"})
    assert "GoldstepError: /nowhere.so" in done.stderr
