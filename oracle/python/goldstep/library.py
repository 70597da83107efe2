"""libgoldstep by ctypes: goldstep.h, as far as the package needs it."""

from __future__ import annotations

import ctypes
import ctypes.util
import functools
import json
import os
from ctypes import POINTER, byref, c_bool, c_char_p, c_double, c_int, c_size_t, c_void_p
from pathlib import Path
from typing import Any

FORMATS = ("binary64", "binary32", "binary16", "bfloat16")  # enum goldstep_format, in its order
SIZES = dict(zip(FORMATS, (8, 4, 2, 2)))  # bytes of a number


class GoldstepError(Exception):
    """What is wrong with a file, a trace, a name or a value.

    ``message`` is complete: it begins with the file and the place where there is one. ``line`` and ``column`` count
    from 1 and are 0 where there is none.
    """

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column


class Report:
    """The verdict on a trace.

    ``conforms``: every coordinate of every step conforms, with the state given and free-running.
    ``data``: the whole report, the parsed JSON of ``goldstep check --json``. ``str()`` is a short table.
    """

    def __init__(self, conforms: bool, data: dict[str, Any]) -> None:
        self.conforms = conforms
        self.data = data

    def __repr__(self) -> str:
        return f"<goldstep.Report {self.data.get('rule')}: {self._verdict()}>"

    def __str__(self) -> str:
        title = "{rule}, {format}, {steps} steps: ".format(**self.data) + self._verdict()
        rows = [("", "tensor", "quantity", "coordinates", "deviates", "undecided", "worst ulps")]
        for mode in self.data["modes"]:
            for entry in mode["tensors"]:
                counts = [str(entry[key]) for key in ("coordinates", "deviates", "undecided")]
                rows.append((mode["mode"], entry["tensor"], entry["quantity"], *counts, ulps(entry["worst_ulps"])))
        return title + "\n" + table(rows)

    def _verdict(self) -> str:
        return "conforms" if self.conforms else "does not conform"


class Diagnosis:
    """What a trace is, where it is not what it should be.

    ``explains``: something known explains every coordinate. ``sentences``: what is found, in words. ``data``: the whole,
    the parsed JSON of ``goldstep diagnose --json``. ``str()`` is the sentences, one a line.
    """

    def __init__(self, explains: bool, data: dict[str, Any]) -> None:
        self.explains = explains
        self.data = data
        self.sentences: list[str] = data["sentences"]

    def __repr__(self) -> str:
        return f"<goldstep.Diagnosis {self.data.get('rule')}: {self.sentences[0]}>"

    def __str__(self) -> str:
        return "\n".join(self.sentences)


def table(rows: list[tuple[str, ...]]) -> str:
    """Rows of cells (the first row is the header) as aligned lines; columns of numbers stand to the right."""
    lines = []
    columns = list(zip(*rows))
    widths = [max(len(cell) for cell in column) for column in columns]
    right = [all(cell == "-" or _is_number(cell) for cell in column[1:]) for column in columns]
    for row in rows:
        cells = [cell.rjust(width) if numeric else cell.ljust(width)
                 for cell, width, numeric in zip(row, widths, right)]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def ulps(value: float | None) -> str:
    """A number of ulps of a report, which has null for infinity."""
    return "inf" if value is None else f"{value:.3g}"


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def check(path: str | os.PathLike[str], rule: str | None = None) -> Report:
    """Judges the trace in a .safetensors or JSON lines file by ``rule`` (None: the rule that the trace names).

    Raises GoldstepError where the file is not a trace or names no known rule.
    """
    return _judge(_read(path), rule)


def diagnose(path: str | os.PathLike[str], rule: str | None = None) -> Diagnosis:
    """Says what the trace in a .safetensors or JSON lines file is, where it is not ``rule`` (None: the trace's own).

    Raises GoldstepError where the file is not a trace, or fits no rule.
    """
    return _explain(_read(path), rule)


def check_arrays(rule: str | None, format: str, hyper: list[tuple[int, str, float]],
                 arrays: list[tuple[int, str, str, str, bytes]]) -> Report:
    """Judges what a Trace holds.

    ``hyper``: (step, name, value); ``arrays``: (step, tensor, quantity, format, the machine's own bytes of that), both in
    the order of the steps.
    """
    return _judge(_build(rule, format, hyper, arrays), None)


def diagnose_arrays(rule: str | None, format: str, hyper: list[tuple[int, str, float]],
                    arrays: list[tuple[int, str, str, str, bytes]]) -> Diagnosis:
    """Diagnoses what a Trace holds; see check_arrays for the arguments."""
    return _explain(_build(rule, format, hyper, arrays), None)


def _read(path: str | os.PathLike[str]) -> c_void_p:
    handle = c_void_p()
    _call("goldstep_trace_read", byref(handle), _text(os.fspath(path)))
    return handle


def _build(rule: str | None, format: str, hyper: list[tuple[int, str, float]],
           arrays: list[tuple[int, str, str, str, bytes]]) -> c_void_p:
    handle = c_void_p()
    _call("goldstep_trace_new", byref(handle), _text(rule), FORMATS.index(format))
    try:
        for step, name, value in hyper:
            _call("goldstep_trace_set_hyper", handle, step, _text(name), value)
        for step, tensor, quantity, own, data in arrays:
            _call("goldstep_trace_add_as", handle, step, _text(tensor), _text(quantity), FORMATS.index(own),
                  len(data) // SIZES[own], data)
    except BaseException:
        load().goldstep_trace_free(handle)
        raise
    return handle


def _judge(trace: c_void_p, rule: str | None) -> Report:
    """The report on ``trace``, which is freed."""
    library = load()
    report = c_void_p()
    try:
        _call("goldstep_check", _specifications(), trace, _text(rule), byref(report))
        conforms = library.goldstep_report_conforms(report)
        data = json.loads(library.goldstep_report_json(report))
    finally:
        library.goldstep_report_free(report)
        library.goldstep_trace_free(trace)
    return Report(conforms, data)


def _explain(trace: c_void_p, rule: str | None) -> Diagnosis:
    """The diagnosis of ``trace``, which is freed."""
    library = load()
    diagnosis = c_void_p()
    try:
        _call("goldstep_diagnose", _specifications(), trace, _text(rule), byref(diagnosis))
        explains = library.goldstep_diagnosis_explains(diagnosis)
        data = json.loads(library.goldstep_diagnosis_json(diagnosis))
    finally:
        library.goldstep_diagnosis_free(diagnosis)
        library.goldstep_trace_free(trace)
    return Diagnosis(explains, data)


# --- the binding ------------------------------------------------------------------------------------------------


class _Error(ctypes.Structure):
    _fields_ = [("status", c_int), ("line", c_size_t), ("column", c_size_t), ("message", ctypes.c_char * 1024)]


_SIGNATURES: dict[str, tuple[Any, list[Any]]] = {
    "goldstep_library_open": (c_int, [POINTER(c_void_p), POINTER(_Error)]),
    "goldstep_trace_new": (c_int, [POINTER(c_void_p), c_char_p, c_int, POINTER(_Error)]),
    "goldstep_trace_read": (c_int, [POINTER(c_void_p), c_char_p, POINTER(_Error)]),
    "goldstep_trace_set_hyper": (c_int, [c_void_p, c_size_t, c_char_p, c_double, POINTER(_Error)]),
    "goldstep_trace_add_as": (
        c_int, [c_void_p, c_size_t, c_char_p, c_char_p, c_int, c_size_t, c_void_p, POINTER(_Error)]),
    "goldstep_trace_free": (None, [c_void_p]),
    "goldstep_check": (c_int, [c_void_p, c_void_p, c_char_p, POINTER(c_void_p), POINTER(_Error)]),
    "goldstep_report_conforms": (c_bool, [c_void_p]),
    "goldstep_report_json": (c_char_p, [c_void_p]),
    "goldstep_report_free": (None, [c_void_p]),
    "goldstep_diagnose": (c_int, [c_void_p, c_void_p, c_char_p, POINTER(c_void_p), POINTER(_Error)]),
    "goldstep_diagnosis_explains": (c_bool, [c_void_p]),
    "goldstep_diagnosis_json": (c_char_p, [c_void_p]),
    "goldstep_diagnosis_free": (None, [c_void_p]),
}


@functools.cache
def load() -> ctypes.CDLL:
    """The shared library: $GOLDSTEP_LIBRARY, else build/ of this checkout, else the system's.

    Raises GoldstepError where there is none, or where it lacks a function.
    """
    built = Path(__file__).resolve().parents[3] / "build" / "libgoldstep.so"
    path = os.environ.get("GOLDSTEP_LIBRARY") or (str(built) if built.exists() else None)
    path = path or ctypes.util.find_library("goldstep")
    if path is None:
        raise GoldstepError(f"libgoldstep not found: build it ({built}), install it, or set GOLDSTEP_LIBRARY")
    try:
        library = ctypes.CDLL(path)
        for name, (result, arguments) in _SIGNATURES.items():
            function = getattr(library, name)
            function.restype, function.argtypes = result, arguments
    except (OSError, AttributeError) as error:
        raise GoldstepError(f"{path}: {error}") from error
    return library


@functools.cache
def _specifications() -> c_void_p:
    """The specifications, read once; nobody adds to them, so they may be shared."""
    handle = c_void_p()
    _call("goldstep_library_open", byref(handle))
    return handle


def _call(name: str, *arguments: Any) -> None:
    """Calls a function that ends in goldstep_error *error; raises what it describes."""
    error = _Error()
    if getattr(load(), name)(*arguments, byref(error)) != 0:
        raise GoldstepError(error.message.decode(errors="replace"), error.line, error.column)


def _text(text: str | bytes | None) -> bytes | None:
    encoded = os.fsencode(text) if text is not None else None
    if encoded is not None and b"\0" in encoded:
        raise GoldstepError(f"{text!r} holds a null character")
    return encoded
