"""Judges the optimizers of other projects and writes the conformance table, tests/peers/conformance.md.

    make peers

The traces stay in build/peers/traces, for `goldstep check` and `goldstep diagnose`. A peer that cannot run here is named
with the reason; the table is then left as it is, and the exit status is 77.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).resolve().parent
BUILD = Path(os.environ.get("BUILD", "build"))
TRACES = BUILD / "peers" / "traces"
TABLE = HERE / "conformance.md"
SKIPPED = 77  # the exit status that test harnesses take for "not run"

CONFORMS, DEVIATES = 0, 1  # goldstep check's


class Missing(Exception):
    """Why a peer cannot be judged here."""


class Run(NamedTuple):
    """One trace of a peer's optimizer."""

    peer: str
    optimizer: str
    path: str  # which of its code paths, or ""
    trace: Path  # names the rule that it should conform to
    own: str | None = None  # a rule in this folder: what the peer is found to compute instead
    known: str = ""  # what else is known of it


# --- PyTorch ----------------------------------------------------------------------------------------------------


def pytorch() -> Iterator[Run]:
    """What the demo trains."""
    sys.path.insert(0, str(HERE.parent / "demo"))
    try:
        import torch

        import demo
    except ImportError as error:
        raise Missing(f"{error} (Debian: python3-torch, python3-sklearn)") from error
    torch.set_num_threads(1)
    for number, (kind, _, path, trace) in enumerate(demo.record_pytorch(25)):
        file = TRACES / f"pytorch-{number:02}-{kind.__name__.lower()}-{path}.jsonl"
        trace.save(file)
        yield Run(f"PyTorch {torch.__version__}", kind.__name__, f"foreach={path == 'foreach'}", file,
                  known=demo.KNOWN_FINDINGS.get((trace.rule, path, trace.format), ""))


# --- TensorFlow.js ----------------------------------------------------------------------------------------------

# (optimizer, the name in tfjs.js, rule, what it is found to compute if that is another, hyperparameters of each run).
# The first run has the package's defaults; the others bring out where eps stands.
TFJS: list[tuple[str, str, str, str | None, list[dict[str, float]]]] = [
    ("sgd", "sgd", "sgd", None, [{}]),
    ("momentum", "momentum", "sgdm_torch", None, [{"momentum": 0.9}]),
    ("momentum, useNesterov", "momentum", "sgdm_torch", None, [{"momentum": 0.9, "nesterov": 1}]),
    ("adagrad", "adagrad", "adagrad_keras", None, [{}, {"initial_accumulator": 0}]),
    ("adadelta", "adadelta", "adadelta", "adadelta_tfjs", [{}, {"eps": 1e-3}]),
    ("adam", "adam", "adam", None, [{"eps": 1e-7}, {"eps": 1e-3, "beta2": 0.9}]),
    ("adamax", "adamax", "adamax_torch", "adamax_tfjs", [{}, {"eps": 1e-3, "beta2": 0.9}]),
    ("rmsprop", "rmsprop", "rmsprop_keras", None, [{}, {"eps": 1e-3}]),
    ("rmsprop, momentum", "rmsprop", "rmsprop_momentum_keras", None, [{}, {"eps": 1e-3}]),
    ("rmsprop, centered", "rmsprop_centered", "rmsprop_centered_keras", "rmsprop_centered_tfjs", [{}, {"eps": 1e-10}]),
]


def tfjs() -> Iterator[Run]:
    """Answers to goldstep's questions."""
    modules = BUILD / "peers" / "node_modules"
    if shutil.which("node") is None:
        raise Missing("there is no node (Debian: nodejs)")
    if not (modules / "@tensorflow" / "tfjs").is_dir():
        raise Missing(f"@tensorflow/tfjs is not in {modules}: `npm ci` has not run or has failed")

    def node(*arguments: str, questions: str = "") -> str:
        return run(["node", str(HERE / "tfjs.js"), *arguments], questions, NODE_PATH=str(modules))

    version = node("--version").strip()
    for optimizer, name, rule, own, settings in TFJS:
        for number, hyper in enumerate(settings):
            head, *lines = node(name, questions=questions_of(own or rule, hyper)).splitlines()
            file = TRACES / f"tfjs-{optimizer.replace(', ', '-').lower()}-{number}.jsonl"
            file.write_text("\n".join([json.dumps(json.loads(head) | {"rule": rule}), *lines]) + "\n")
            yield Run(f"TensorFlow.js {version}", optimizer, "", file, own)


def questions_of(rule: str, hyper: dict[str, float]) -> str:
    settings = [f"--hyper={name}={value}" for name, value in hyper.items()]
    return run([str(BUILD / "goldstep"), "gen", *specification(rule), "--format=binary32", *settings, rule])


PEERS = {"PyTorch": pytorch, "TensorFlow.js": tfjs}


# --- verdicts ---------------------------------------------------------------------------------------------------


def run(command: list[str], text: str = "", **environment: str) -> str:
    """What the command writes; a failure ends the program with what it says."""
    done = subprocess.run(command, input=text, capture_output=True, text=True, env=os.environ | environment)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: exit status {done.returncode}\n{done.stderr}")
    return done.stdout


def specification(rule: str) -> list[str]:
    """The option that adds a rule of this folder."""
    file = HERE / f"{rule}.acsl"
    return [f"--spec={file}"] if file.exists() else []


def check(trace: Path, rule: str | None = None) -> dict[str, Any] | None:
    """The report, or None where the trace has hyperparameters or quantities that the rule does not know."""
    options = [*specification(rule), f"--rule={rule}"] if rule else []
    done = subprocess.run([str(BUILD / "goldstep"), "check", "--json", *options, str(trace)],
                          capture_output=True, text=True)
    return json.loads(done.stdout) if done.returncode in (CONFORMS, DEVIATES) else None


def verdict(report: dict[str, Any]) -> str:
    if report["conforms"]:
        return "conforms"
    deviates = any(entry["deviates"] for mode in report["modes"] for entry in mode["tensors"])
    return "deviates" if deviates else "undecided"


# --- diagnoses --------------------------------------------------------------------------------------------------


def diagnosis(runs: list[Run]) -> str:
    """What runs of which some deviate compute instead."""
    own = runs[0].own
    if own:
        return f"{title(own)}: {judged(runs, own)}"
    rules = [rule for rule in explaining(runs[0].trace) if all(conforms(run.trace, rule) for run in runs)]
    return ", ".join(f"conforms to {rule}" for rule in rules) or runs[0].known or "no rule of the library"


def title(own: str) -> str:
    """The first line of the rule in this folder, behind the last colon."""
    return (HERE / f"{own}.acsl").read_text().split("\n")[0].split(": ")[-1].rstrip(".")


def judged(runs: list[Run], own: str) -> str:
    """What the rule in this folder says of the runs."""
    reports = [check(run.trace, own) for run in runs]
    verdicts = [verdict(report) if report else "cannot be judged" for report in reports]
    if set(verdicts) == {"conforms"}:
        return f"{len(runs)} of {len(runs)} runs conform to that"
    others = {f"{said} ({reason(report)})" for said, report in zip(verdicts, reports) if said != "conforms"}
    return f"{verdicts.count('conforms')} of {len(runs)} runs conform to that, else {', '.join(sorted(others))}"


def reason(report: dict[str, Any] | None) -> str:
    """Why a run is undecided, where it is first."""
    entries = [entry for mode in report["modes"] for entry in mode["tensors"]] if report else []
    return next((entry["first_undecided"]["reason"] for entry in entries if entry["first_undecided"]), "-")


def conforms(trace: Path, rule: str) -> bool:
    report = check(trace, rule)
    return report is not None and report["conforms"]


def explaining(trace: Path) -> list[str]:
    """The rules of the library that the trace conforms to."""
    lines = run([str(BUILD / "goldstep"), "list"]).splitlines()
    return [rule for rule in (line.split()[0] for line in lines if line.startswith("  ")) if conforms(trace, rule)]


# --- the table --------------------------------------------------------------------------------------------------

HEAD = """# What other implementations compute

Written by `make peers`, which records each optimizer's runs and judges them; the formats are those that the package
computes in. Options with numbers differ from run to run; an option or a code path is named where it matters.

| implementation | optimizer | format | rule | verdict | diagnosis |
| --- | --- | --- | --- | --- | --- |
"""


class Row(NamedTuple):
    peer: str
    optimizer: str
    paths: tuple[str, ...]
    formats: tuple[str, ...]
    rule: str
    verdict: str
    diagnosis: str

    def line(self, all_paths: int) -> str:
        name = self.optimizer + ("" if len(self.paths) == all_paths else ", " + ", ".join(self.paths))
        return f"| {self.peer} | {name} | {', '.join(self.formats)} | {self.rule} | {self.verdict} | {self.diagnosis} |"


def rows_of(runs: list[Run]) -> list[Row]:
    """One row for each optimizer, path, format and rule."""
    groups: dict[tuple[str, str, str, str, str], list[tuple[Run, str]]] = {}
    for run in runs:
        report = check(run.trace)
        if report is None:
            sys.exit(f"{run.trace}: not a trace of its rule; see goldstep check")
        key = (run.peer, run.optimizer, run.path, report["format"], report["rule"])
        groups.setdefault(key, []).append((run, verdict(report)))
    return [row_of(key, judged) for key, judged in groups.items()]


def row_of(key: tuple[str, str, str, str, str], runs: list[tuple[Run, str]]) -> Row:
    peer, optimizer, path, format, rule = key
    verdicts = [said for _, said in runs]
    counts = [f"{said} in {verdicts.count(said)} of {len(runs)} runs" for said in dict.fromkeys(verdicts)]
    said = verdicts[0] if len(set(verdicts)) == 1 else ", ".join(counts)
    why = "" if said == "conforms" else diagnosis([run for run, _ in runs])
    return Row(peer, optimizer, (path,), (format,), rule, said, why)


def merged(rows: list[Row], column: str) -> list[Row]:
    """Rows that differ in this column alone become one."""
    found: dict[Row, list[str]] = {}
    for row in rows:
        found.setdefault(row._replace(**{column: ()}), []).extend(getattr(row, column))
    return [row._replace(**{column: tuple(values)}) for row, values in found.items()]


def table(rows: list[Row]) -> str:
    paths = {row.peer: len({path for other in rows if other.peer == row.peer for path in other.paths}) for row in rows}
    return HEAD + "".join(row.line(paths[row.peer]) + "\n" for row in merged(merged(rows, "formats"), "paths"))


def main() -> int:
    shutil.rmtree(TRACES, ignore_errors=True)
    TRACES.mkdir(parents=True)
    rows: list[Row] = []
    missing = []
    for name, record in PEERS.items():
        try:
            rows += rows_of(list(record()))
        except Missing as why:
            missing.append(f"SKIPPED: {name}: {why}")
    text = table(rows)
    print(text)
    if missing:
        print("\n".join(missing), f"{TABLE.name} stays as it was.", sep="\n", file=sys.stderr)
        return SKIPPED
    before = TABLE.read_text() if TABLE.exists() else ""
    TABLE.write_text(text)
    print(f"{TABLE.name}: " + ("as it was" if text == before else "CHANGED"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
