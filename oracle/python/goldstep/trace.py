"""Traces: what an implementation was given and what it returned, step by step."""

from __future__ import annotations

import json
import math
import os
import struct
import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, BinaryIO, TextIO

from goldstep import library
from goldstep.library import FORMATS, SIZES, Diagnosis, GoldstepError, Report

_TYPECODES = {"binary64": "d", "binary32": "f", "binary16": "e"}  # struct's and memoryview's; array lacks "e"
_DTYPES = dict(zip(FORMATS, ("F64", "F32", "F16", "BF16")))  # safetensors'


class Trace:
    """A run of one rule.

    Step 0 holds what the run starts from: the iterate "x" and, where they are known, the states. Step k holds the
    inputs of step k ("g", ...) and what it returned: "x" and the states, and "x_low", the copy of x in a narrower
    format that mixed-precision training keeps beside it. Arrays are one-dimensional here; a tensor of any shape counts
    as the sequence of its numbers.

    ``rule``: the specification's name, or None (then ``check`` must name one).
    ``format``: the format in which the implementation computes: "binary64", "binary32", "binary16" or "bfloat16".
    ``formats``: of the quantities that are recorded in another format, {"x": "bfloat16"}; all others are in
    ``format``.
    ``hyper``: the hyperparameters from the start on; what is missing has the specification's default.
    ``steps``: per step {tensor: {quantity: little-endian bytes of its format}}.
    """

    def __init__(self, rule: str | None, format: str, hyper: Mapping[str, float] | None = None,
                 formats: Mapping[str, str] | None = None) -> None:
        for name in (format, *(formats or {}).values()):
            if name not in FORMATS:
                raise GoldstepError(f"a format is one of {', '.join(FORMATS)}, not {name!r}")
        self.rule = rule
        self.format = format
        self.formats = dict(formats or {})
        self.hyper: dict[int, dict[str, float]] = {0: {}}
        self.steps: list[dict[str, dict[str, bytes]]] = []
        for name, value in (hyper or {}).items():
            self.set_hyper(0, name, value)

    def set_hyper(self, step: int, name: str, value: float) -> None:
        """Sets a hyperparameter, a finite number, from step ``step`` on (0: from the start)."""
        if not math.isfinite(value):
            raise GoldstepError(f"hyperparameter {name} is a finite number, not {value}")
        self.hyper.setdefault(_step(step), {})[name] = float(value)

    def add(self, step: int, tensor: str, quantity: str, values: Any) -> None:
        """Adds the array ``quantity`` ("x", "g", a state's name) of ``tensor``; the values are copied.

        ``values``: a torch tensor, a NumPy array, anything else with the buffer protocol, a sequence of numbers, or a
        number. Raises GoldstepError where a value is no number of the quantity's format (0.1 is no binary32 number), or
        where the array is there already. For a format of 16 bits a buffer of uint16 holds the bit patterns.
        """
        encoded = encode(values, self.format_of(quantity))
        while len(self.steps) <= _step(step):
            self.steps.append({})
        quantities = self.steps[step].setdefault(tensor, {})
        if quantity in quantities:
            raise GoldstepError(f"step {step} already holds {tensor}/{quantity}")
        quantities[quantity] = encoded

    def format_of(self, quantity: str) -> str:
        """The format in which ``quantity`` is recorded."""
        return self.formats.get(quantity, self.format)

    def check(self, rule: str | None = None) -> Report:
        """Judges the trace by ``rule`` (None: the trace's own).

        Raises GoldstepError where the trace is not what the rule needs.
        """
        return library.check_arrays(rule or self.rule, self.format, *self._contents())

    def diagnose(self, rule: str | None = None) -> Diagnosis:
        """Says what the trace is, where it is not ``rule`` (None: the trace's own).

        Raises GoldstepError where the trace fits no rule.
        """
        return library.diagnose_arrays(rule or self.rule, self.format, *self._contents())

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the trace as .safetensors or as JSON lines (.jsonl), told apart by the suffix."""
        suffix = os.path.splitext(path)[1]
        if suffix == ".safetensors":
            with open(path, "wb") as file:
                self._write_safetensors(file)
        elif suffix == ".jsonl":
            with open(path, "w", encoding="utf-8") as file:
                self._write_jsonl(file)
        else:
            raise GoldstepError(f"{os.fspath(path)}: a trace is saved as .safetensors or .jsonl")

    def _contents(self) -> tuple[list[tuple[int, str, float]], list[tuple[int, str, str, str, bytes]]]:
        hyper = [(step, name, value) for step, names in sorted(self.hyper.items()) for name, value in names.items()]
        arrays = [(step, tensor, quantity, self.format_of(quantity), _swap(encoded, self.format_of(quantity)))
                  for step, tensor, quantity, encoded in self._arrays()]
        return hyper, arrays

    def _arrays(self) -> Iterator[tuple[int, str, str, bytes]]:
        for step, tensors in enumerate(self.steps):
            for tensor, quantities in tensors.items():
                for quantity, encoded in quantities.items():
                    yield step, tensor, quantity, encoded

    def _write_safetensors(self, file: BinaryIO) -> None:
        metadata = {"goldstep": "1"}
        if self.rule is not None:
            metadata["rule"] = self.rule
        if self.formats:
            metadata["computed_in"] = self.format
        for step, names in sorted(self.hyper.items()):
            metadata[f"hyper/{step}" if step else "hyper"] = _dumps(names)
        header: dict[str, Any] = {"__metadata__": metadata}
        end = 0
        for step, tensor, quantity, encoded in self._arrays():
            begin, end = end, end + len(encoded)
            header[f"{step}/{tensor}/{quantity}"] = {
                "dtype": _DTYPES[self.format_of(quantity)], "shape": [len(encoded) // SIZES[self.format_of(quantity)]],
                "data_offsets": [begin, end]}
        text = _dumps(header).encode()
        text += b" " * (-len(text) % 8)
        file.write(struct.pack("<Q", len(text)) + text)
        for *_, encoded in self._arrays():
            file.write(encoded)

    def _write_jsonl(self, file: TextIO) -> None:
        first: dict[str, Any] = {"goldstep": 1}
        if self.rule is not None:
            first["rule"] = self.rule
        first["format"] = self.format
        if self.formats:
            first["formats"] = self.formats
        first["hyper"] = self.hyper[0]
        file.write(_dumps(first) + "\n")
        for step, tensors in enumerate(self.steps):
            line: dict[str, Any] = {"step": step}
            if step and step in self.hyper:
                line["hyper"] = self.hyper[step]
            line["tensors"] = {
                tensor: {quantity: [_number(value) for value in decode(encoded, self.format_of(quantity))]
                         for quantity, encoded in quantities.items()}
                for tensor, quantities in tensors.items()}
            file.write(_dumps(line) + "\n")


def encode(values: Any, format: str) -> bytes:
    """The numbers as little-endian bytes of ``format``; see Trace.add for ``values`` and the errors."""
    if hasattr(values, "detach"):  # a torch tensor: off the graph, off the device
        values = values.detach().cpu()
        values = (values.float() if str(values.dtype) == "torch.bfloat16" else values).numpy()
    elif hasattr(values, "__array__"):
        values = values.__array__()
    try:
        view = memoryview(values)
    except TypeError:
        return _pack(array("d", values if isinstance(values, Iterable) else [values]), format)
    order, typecode = view.format[:-1], view.format[-1]
    patterns = typecode == "H" and SIZES[format] == 2
    if not patterns and typecode not in "efd" or order not in ("", "@", "=", "<", ">"):
        raise GoldstepError(f"values are float64, float32 or float16 numbers (or for a format of 16 bits uint16 "
                            f"patterns), not of buffer format {view.format!r}")
    order = order if order in ("<", ">") else "="
    numbers = struct.unpack(f"{order}{view.nbytes // view.itemsize}{typecode}", view.tobytes())
    return struct.pack(f"<{len(numbers)}H", *numbers) if patterns else _pack(numbers, format)


def _pack(numbers: Sequence[float], format: str) -> bytes:
    """Little-endian bytes of the format, which must hold the numbers."""
    typecode = _TYPECODES.get(format, "f")
    largest = {"e": 65504.0, "f": 3.4028234663852886e38, "d": math.inf}[typecode]
    # struct refuses what is too large: an infinity in its place is found below.
    given = [math.copysign(math.inf, number) if abs(number) > largest else number for number in numbers]
    encoded = struct.pack(f"<{len(given)}{typecode}", *given)
    if format == "bfloat16":  # the upper half of a binary32 number
        encoded = b"".join(encoded[at + 2:at + 4] for at in range(0, len(encoded), 4))
    for index, (number, kept) in enumerate(zip(numbers, decode(encoded, format))):
        if number != kept and not math.isnan(number):
            raise GoldstepError(f"value {number!r} at index {index} is no {format} number: round it first")
    return encoded


def decode(encoded: bytes, format: str) -> array[float]:
    """The numbers in ``encoded``, as ``encode`` returns it."""
    if format == "bfloat16":
        encoded = b"".join(b"\0\0" + encoded[at:at + 2] for at in range(0, len(encoded), 2))
    typecode = _TYPECODES.get(format, "f")
    return array("f" if typecode == "f" else "d",
                 struct.unpack(f"<{len(encoded) // struct.calcsize(typecode)}{typecode}", encoded))


def _swap(encoded: bytes, format: str) -> bytes:
    """Between little-endian and the machine's own order."""
    if sys.byteorder == "little":
        return encoded
    numbers = array({8: "d", 4: "f", 2: "H"}[SIZES[format]], encoded)
    numbers.byteswap()
    return numbers.tobytes()


def _step(step: int) -> int:
    if step < 0:
        raise GoldstepError(f"steps count from 0, not {step}")
    return step


def _number(value: float) -> float | str:
    """JSON has no word for a number that is not finite; a trace writes a string."""
    if math.isfinite(value):
        return value
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


def _dumps(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
