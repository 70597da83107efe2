"""Judges the optimizers of other projects and writes the conformance table, tests/peers/conformance.md.

    make peers

The traces stay in build/peers/traces, for `goldstep check` and `goldstep diagnose`. A peer that cannot run here is
named with the reason; the table is then left as it is, and the exit status is 77.
"""

from __future__ import annotations

import importlib.util
import itertools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).resolve().parent
BUILD = Path(os.environ.get("BUILD", "build"))
TRACES = BUILD / "peers" / "traces"
TABLE = HERE / "conformance.md"
SKIPPED = 77  # the exit status that test harnesses take for "not run"


class Missing(Exception):
    """Why a peer cannot be judged here."""


class Run(NamedTuple):
    """One trace of a peer's optimizer."""

    peer: str
    version: str
    optimizer: str
    path: str  # which of its code paths, or ""
    trace: Path  # names the rule that it should conform to
    known: Mapping[str, str] = {}  # rule: in what else the peer is known to differ from it


# --- PyTorch ----------------------------------------------------------------------------------------------------


def pytorch() -> Iterator[Run]:
    """What the demo trains, and each optimizer with an eps that shows where it stands."""
    sys.path.insert(0, str(HERE.parent / "demo"))
    try:
        import torch

        import demo
    except ImportError as error:
        raise Missing(f"{error} (Debian: python3-torch, python3-sklearn)") from error
    torch.set_num_threads(1)
    kinds = dict.fromkeys(kind for kind, _ in demo.OPTIMIZERS)
    optimizers = demo.OPTIMIZERS + [(kind, {"eps": 1e-3}) for kind in kinds if kind is not torch.optim.SGD]
    for number, (kind, _, path, trace) in enumerate(demo.record_pytorch(25, optimizers)):
        file = TRACES / f"pytorch-{number:03}-{kind.__name__.lower()}-{path}.jsonl"
        trace.save(file)
        known = {rule: text for (rule, *where), text in demo.KNOWN_FINDINGS.items() if where == [path, trace.format]}
        yield Run("PyTorch", torch.__version__, kind.__name__, f"foreach={path == 'foreach'}", file, known)


# --- peers that answer goldstep's questions ---------------------------------------------------------------------


class Entry(NamedTuple):
    """What an optimizer is asked."""

    optimizer: str
    name: str  # the program's argument
    rule: str  # that it should conform to
    settings: list[dict[str, float]]  # each run's hyperparameters, where they are not the rule's defaults
    asking: str | None = None  # the rule whose questions it gets, if it is another


# The first run has the package's defaults, as far as it has any; others bring out where eps stands.
TFJS = [
    Entry("sgd", "sgd", "sgd", [{}]),
    Entry("momentum", "momentum", "sgdm_torch", [{"momentum": 0.9}]),
    Entry("momentum, useNesterov", "momentum", "sgdm_torch", [{"momentum": 0.9, "nesterov": 1}]),
    Entry("adagrad", "adagrad", "adagrad_keras", [{}, {"initial_accumulator": 0}]),
    Entry("adadelta", "adadelta", "adadelta", [{}, {"eps": 1e-3}], "adadelta_tfjs"),
    Entry("adam", "adam", "adam", [{"eps": 1e-7}, {"eps": 1e-3, "beta2": 0.9}]),
    Entry("adamax", "adamax", "adamax_torch", [{}, {"eps": 1e-3, "beta2": 0.9}], "adamax_tfjs"),
    Entry("rmsprop", "rmsprop", "rmsprop_keras", [{}, {"eps": 1e-3}]),
    Entry("rmsprop, momentum", "rmsprop", "rmsprop_momentum_keras", [{}, {"eps": 1e-3}]),
    Entry("rmsprop, centered", "rmsprop_centered", "rmsprop_centered_keras", [{}, {"eps": 1e-10}],
          "rmsprop_centered_tfjs"),
]

SCIKIT_LEARN = [
    Entry("SGD", "sgd", "sgdm_keras", [{"momentum": 0.9}]),
    Entry("SGD, nesterovs_momentum", "sgd", "sgdm_keras", [{"momentum": 0.9, "nesterov": 1}]),
    Entry("Adam", "adam", "adam_keras", [{"eps": 1e-8}, {"eps": 1e-3, "beta2": 0.9}]),
]


def tfjs() -> Iterator[Run]:
    modules = BUILD / "peers" / "node_modules"
    if shutil.which("node") is None:
        raise Missing("there is no node (Debian: nodejs)")
    if not (modules / "@tensorflow" / "tfjs").is_dir():
        raise Missing(f"@tensorflow/tfjs is not in {modules}: `npm ci` has not run or has failed")
    return answered("TensorFlow.js", ["node", str(HERE / "tfjs.js")], ["binary32"], TFJS, NODE_PATH=str(modules))


def scikit_learn() -> Iterator[Run]:
    if importlib.util.find_spec("sklearn") is None:
        raise Missing("there is no sklearn (Debian: python3-sklearn)")
    program = [sys.executable, "-B", str(HERE / "scikit_learn.py")]
    return answered("scikit-learn", program, ["binary32", "binary64"], SCIKIT_LEARN)


def answered(peer: str, program: list[str], formats: list[str], entries: list[Entry],
             **environment: str) -> Iterator[Run]:
    """What the program makes of the questions."""
    version = run([*program, "--version"], **environment).strip()
    for entry, format in itertools.product(entries, formats):
        for number, hyper in enumerate(entry.settings):
            questions = questions_of(entry.asking or entry.rule, format, hyper)
            head, *lines = run([*program, entry.name], questions, **environment).splitlines()
            name = f"{peer}-{entry.optimizer.replace(', ', '-')}-{format}-{number}.jsonl".lower()
            (TRACES / name).write_text("\n".join([json.dumps(json.loads(head) | {"rule": entry.rule}), *lines]) + "\n")
            yield Run(peer, version, entry.optimizer, "", TRACES / name)


def questions_of(rule: str, format: str, hyper: dict[str, float]) -> str:
    settings = [f"--hyper={name}={value}" for name, value in hyper.items()]
    return run([str(BUILD / "goldstep"), "gen", *own_rules(), f"--format={format}", *settings, rule])


PEERS = {"PyTorch": pytorch, "TensorFlow.js": tfjs, "scikit-learn": scikit_learn}


# --- verdicts ---------------------------------------------------------------------------------------------------


def run(command: list[str], text: str = "", **environment: str) -> str:
    """What the command writes; a failure ends the program with what it says."""
    done = subprocess.run(command, input=text, capture_output=True, text=True, env=os.environ | environment)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: exit status {done.returncode}\n{done.stderr}")
    return done.stdout


def own_rules() -> list[str]:
    """The options that add the rules of this folder: what peers compute, and no rule of the library says."""
    return [f"--spec={file}" for file in sorted(HERE.glob("*.acsl"))]


def report_of(command: str, *arguments: str) -> dict[str, Any]:
    """What `goldstep check` or `goldstep diagnose` says."""
    done = subprocess.run([str(BUILD / "goldstep"), command, "--json", *arguments], capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(f"goldstep {command} {' '.join(arguments)}: {done.stderr}")
    return json.loads(done.stdout)


def verdict(report: dict[str, Any]) -> str:
    if report["conforms"]:
        return "conforms"
    deviates = any(entry["deviates"] for mode in report["modes"] for entry in mode["tensors"])
    return "deviates" if deviates else "undecided"


def diagnosis(runs: list[Run]) -> str:
    """What explains all of these runs, of which some deviate."""
    reports = [report_of("diagnose", *own_rules(), str(run.trace)) for run in runs]
    explaining = [[found["name"] for found in report["candidates"] if found["explains"]] for report in reports]
    common = [name for name in explaining[0] if all(name in names for names in explaining)]
    if common:
        return f"computes {common[0]}" + title(common[0])
    closest = min((report["candidates"][0] for report in reports), key=lambda candidate: candidate["explained"])
    said = f"closest is {closest['name']} ({closest['explained']} of {closest['coordinates']} coordinates)"
    known = runs[0].known.get(closest["rule"])
    return said + (f". {known.split('. ')[0].rstrip('.')}" if known else "")


def title(name: str) -> str:
    """The first line of a rule in this folder, behind the last colon."""
    file = HERE / f"{name.replace('.', '_')}.acsl"
    return ": " + file.read_text().split("\n")[0].split(": ")[-1].rstrip(".") if file.exists() else ""


# --- the table --------------------------------------------------------------------------------------------------

HEAD = """# What other implementations compute

Written by `make peers`, which records each optimizer's runs and judges them; the formats are those that the package
computes in. Options with numbers differ from run to run; an option or a code path is named where it matters.

| implementation | version | optimizer | format | rule | verdict | diagnosis |
| --- | --- | --- | --- | --- | --- | --- |
"""


class Row(NamedTuple):
    peer: str
    version: str
    optimizer: str
    paths: tuple[str, ...]
    formats: tuple[str, ...]
    rule: str
    verdict: str
    diagnosis: str

    def line(self, all_paths: int) -> str:
        name = self.optimizer + ("" if len(self.paths) == all_paths else ", " + ", ".join(self.paths))
        cells = (self.peer, self.version, name, ", ".join(self.formats), self.rule, self.verdict, self.diagnosis)
        return "| " + " | ".join(cells) + " |\n"


def rows_of(runs: list[Run]) -> list[Row]:
    """One row for each optimizer, path, format and rule."""
    groups: dict[tuple[str, ...], list[tuple[Run, str]]] = {}
    for run in runs:
        report = report_of("check", str(run.trace))
        key = (run.peer, run.version, run.optimizer, run.path, report["format"], report["rule"])
        groups.setdefault(key, []).append((run, verdict(report)))
    return [row_of(key, judged) for key, judged in groups.items()]


def row_of(key: tuple[str, ...], runs: list[tuple[Run, str]]) -> Row:
    *who, path, format, rule = key
    verdicts = [said for _, said in runs]
    counts = [f"{said} in {verdicts.count(said)} of {len(runs)} runs"
              for said in dict.fromkeys(verdicts) if said != "conforms"]
    said = verdicts[0] if len(set(verdicts)) == 1 else ", ".join(counts)
    why = "" if said == "conforms" else diagnosis([run for run, _ in runs])
    return Row(*who, (path,), (format,), rule, said, why)


def merged(rows: list[Row], column: str) -> list[Row]:
    """Rows that differ in this column alone become one."""
    found: dict[Row, list[str]] = {}
    for row in rows:
        found.setdefault(row._replace(**{column: ()}), []).extend(getattr(row, column))
    return [row._replace(**{column: tuple(values)}) for row, values in found.items()]


def table(rows: list[Row]) -> str:
    paths = {row.peer: len({path for other in rows if other.peer == row.peer for path in other.paths}) for row in rows}
    return HEAD + "".join(row.line(paths[row.peer]) for row in merged(merged(rows, "formats"), "paths"))


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
