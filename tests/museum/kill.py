#!/usr/bin/python3
"""The kill matrix: which check finds each of the museum's optimizers, and at which step.

usage: kill.py [--write] [CASE...]    --write: to kill.md, beside this file; without it, to standard output

A case is a file of this folder that names a RULE to be judged by, or a variant of a rule run as if it were its parent.
Exit status 1 where a case survives, is named wrongly, or conforms and is flagged all the same.
"""

import argparse
import functools
import importlib.util
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

import numpy as np

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
COMMAND = ROOT / os.environ.get("BUILD", "build") / "goldstep"
sys.path[:0] = [str(HERE), str(ROOT / "tests/python"), str(ROOT / "tests/mutation")]

import mutants  # noqa: E402
import optimizer  # noqa: E402
import pipe  # noqa: E402

FORMATS = optimizer.DTYPES
MOST_STEPS = 300
EQUIVALENT = ROOT / "proofs/equivalent-mutants.txt"
UNEXPLAINED = "nothing known explains this trace"


@dataclass
class Case:
    """A program, and what is to be found out about it; `condition`: it conforms, and under which one."""

    name: str
    rule: str
    tag: str
    options: list[str]
    answer: Callable[[list[str]], list[dict]]
    reads: list[str]
    diagnosis: list[str] = field(default_factory=list)
    condition: str = ""
    mutant: str = ""
    extra: dict[str, float] = field(default_factory=dict)  # hyperparameters of its own, beside the rule's


@dataclass
class Fate:
    """What each check says: "step 3", or "" where it finds nothing."""

    given: str
    free: str
    golden: str
    clauses: str
    contract: str
    sentences: list[str]

    @property
    def dies(self) -> bool:
        return any((self.given, self.free, self.golden, self.contract))


def run(*arguments: str, text: str = "", statuses: tuple[int, ...] = (0,)) -> str:
    done = subprocess.run([COMMAND, *arguments], input=text, capture_output=True, text=True, check=False)
    if done.returncode not in statuses:
        raise RuntimeError(f"goldstep {' '.join(arguments)}: exit status {done.returncode}: {done.stderr}")
    return done.stdout


# --- the museum's own cases ---


def program(code: object, name: str) -> dict:
    """A module's names, fresh: what a program remembers is of one run."""
    names = {"__name__": name}
    exec(code, names)
    return names


def step_of(names: dict) -> Callable:
    return next(names[name] for name in ("step", "whole", "lr") if name in names)


def museum_case(path: Path) -> Case:
    code = compile(path.read_text(), str(path), "exec")
    names = program(code, path.stem)
    reads = [*step_of(names).__code__.co_varnames[4 : step_of(names).__code__.co_argcount]]
    return Case(path.stem, names["RULE"], names["TAG"], names.get("OPTIONS", []),
                lambda questions: list(optimizer.answers(questions, step_of(program(code, path.stem)))),
                ["lr"] if "lr" in names else ["x", *reads], names.get("DIAGNOSIS", []),
                names.get("CONDITION", ""), names.get("MUTANT", ""))


def museum() -> list[Case]:
    return [museum_case(path) for path in sorted(HERE.glob("*.py")) if path.stem not in ("kill", "optimizer")]


# --- variants as their parents ---


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@functools.cache
def asked(rule: str) -> tuple[dict, dict]:
    """A rule's hyperparameters and initial states, by their names."""
    head, start = map(json.loads, run("gen", rule, "--steps", "0", "--tensors", "1").splitlines())
    return head["hyper"], start["tensors"]["w0"]


def variant_answers(step: Callable, rule: str, parent: str, extra: dict, questions: list[str]) -> list[dict]:
    """What the parent is not asked for is added to the questions, and taken out of the answers."""
    head, start, *steps = map(json.loads, questions)
    parent_hyper, parent_states = asked(parent)
    hidden = {name: state for name, state in asked(rule)[1].items() if name not in parent_states}
    head["hyper"] = {**extra, **head["hyper"]}
    for tensor in start["tensors"].values():
        tensor |= {name: state * len(tensor["x"]) for name, state in hidden.items()}
    with np.errstate(all="ignore"):
        answered = [*map(json.loads, pipe.answers(map(json.dumps, [head, start, *steps]), step).splitlines())]
    answered[0]["hyper"] = {name: answered[0]["hyper"][name] for name in parent_hyper}
    for line in answered[1:]:
        for tensor in line["tensors"].values():
            for name in hidden:
                del tensor[name]
    return answered


def variant_case(path: Path, parent: str) -> Case:
    module = load(ROOT / "tests" / path.relative_to(ROOT / "spec").with_suffix(".py"))
    rule, known = path.stem, asked(parent)[0]
    hyper = {name: value for changed in (asked(path.stem)[0], *module.HYPER) for name, value in changed.items()}
    extra = {name: value for name, value in hyper.items() if name not in known}
    shown = f"{parent}.{rule.removeprefix(parent + '_')}"
    return Case(f"{shown} for {parent}", parent, "variant", [],
                functools.partial(variant_answers, module.step, rule, parent, extra),
                [*asked(parent)[1]], [f"this is {shown}"], extra=extra)


def variants() -> list[Case]:
    cases = []
    for path in sorted((ROOT / "spec").rglob("*.acsl")):
        parent = re.search(r"^ \* variant-of: +(\w+)$", path.read_text(), re.MULTILINE)
        if parent:
            cases.append(variant_case(path, parent[1]))
    return cases


# --- the checks ---


def found_at(mode: dict) -> str:
    """The first step that deviates, or else the first that is undecided."""
    for what, mark in (("first_deviation", "step {}"), ("first_undecided", "undecided at {}")):
        steps = [tensor[what]["step"] for tensor in mode["tensors"] if tensor[what]]
        if steps:
            return mark.format(min(steps))
    return ""


def deviating(mode: dict) -> list[str]:
    """The quantities that deviate at the first step at which any does."""
    first = {}
    for tensor in mode["tensors"]:
        if tensor["first_deviation"]:
            step = tensor["first_deviation"]["step"]
            first[tensor["quantity"]] = min(step, first.get(tensor["quantity"], step))
    return [quantity for quantity, step in first.items() if step == min(first.values())]


def text_of(lines: list[dict]) -> str:
    return "".join(json.dumps(line) + "\n" for line in lines)


def generated(case: Case) -> tuple[str, str, str, list[str]]:
    """What the generated trace shows, with the state given and free-running, the clauses, and the diagnosis."""
    questions = run("gen", case.rule, *case.options).splitlines()
    head, *lines = case.answer(questions)
    report = json.loads(run("check", "--json", "-", text=text_of([head, *lines]), statuses=(0, 1)))
    given, free = map(found_at, report["modes"])
    broken = clauses(case.rule, deviating(report["modes"][0]))
    if case.condition or not given + free:
        return given, free, broken, []
    head["hyper"] |= case.extra
    diagnosis = run("diagnose", "--json", "-", text=text_of([head, *lines]), statuses=(0, 1))
    return given, free, broken, json.loads(diagnosis)["sentences"]


def listed(values: dict) -> dict:
    return {name: value if isinstance(value, list) else [value] for name, value in values.items()}


def questions_of(rule: str, group: dict, test: dict) -> list[str]:
    """A vector as a trace that ends with its step."""
    head = {"goldstep": 1, "rule": rule, "format": group["format"], "hyper": group["hyper"]}
    if "k" in test:  # all steps up to it, for a program that counts them itself
        first = 1 if test["k"] <= MOST_STEPS else test["k"] + 1
        lines = [head, *({"step": step, "tensors": {}} for step in (0, *range(first, test["k"] + 2)))]
    else:
        t = test.get("t", 1 if "FirstStep" in test["flags"] else 2)  # none where the rule does not read it
        lines = [head, {"step": 0, "tensors": {"w0": listed(test["before"])}},
                 {"step": t, "tensors": {"w0": listed(test["inputs"])}}]
    return [*map(json.dumps, lines)]


def within(got: float, expected: float, budget: float | None, dtype: type) -> bool:
    if got == expected or budget is None:
        return True
    return abs(got - expected) <= budget * float(np.spacing(dtype(abs(expected))))


def fails(case: Case, group: dict, test: dict) -> bool:
    (tensor,) = case.answer(questions_of(case.rule, group, test))[-1]["tensors"].values()
    dtype = FORMATS[group["format"]]
    expected, budgets = listed(test["after"]), listed(test["budget"])
    return not all(within(optimizer.read(got), float.fromhex(value), budget, dtype)
                   for name in case.reads
                   for got, value, budget in zip(tensor[name], expected[name], budgets[name], strict=True))


def golden(case: Case) -> str:
    """How many vectors of the rule fail, and their flags."""
    (path,) = (ROOT / "tests/golden").rglob(f"{case.rule}.json")
    document = json.loads(path.read_text())
    tests = [(group, test) for group in document["groups"] if group["format"] in FORMATS
             for test in group["tests"] if test["result"] == "defined"]
    failed = [test for group, test in tests if fails(case, group, test)]
    flags = {flag for test in failed for flag in test["flags"]}
    shown = ", ".join(flag for flag in document["flags"] if flag in flags)
    return f"{len(failed)} of {len(tests)}: {shown}" if failed else ""


@functools.cache
def mutants_of(path: Path) -> list[mutants.Mutant]:
    return mutants.generated(path)


def clauses(rule: str, quantities: list[str]) -> str:
    """The clauses of the contract of the rule's step that state these quantities; a schedule's is its result."""
    (path,) = (ROOT / "ref").rglob(f"{rule}.h")
    found = re.findall(rf"/\*@((?:(?!\*/).)*)\*/\s*\w+ ({rule}_(?:step|lr))\(", path.read_text(), re.DOTALL)
    if len(found) != 1:
        raise RuntimeError(f"{path}: the contract of {rule}'s step is not found")
    contract, function = found[0]
    names = ["result" if function.endswith("_lr") else quantity for quantity in quantities]
    for name, quantity in zip(names, quantities):  # the clause names the equation: `adam_m(…)` in `ensures m: …`
        if not re.search(rf"ensures {name}:((?!ensures).)*_{quantity}\(", contract, re.DOTALL):
            raise RuntimeError(f"{path}: the contract of {function} has no clause {name} with the equation of {quantity}")
    return f"{function}: {', '.join(names)}" if names else ""


def contract(case: Case) -> str:
    """Whether a mutant of the reference, which `make mutate` proves wrong, has the case's equation."""
    if not case.mutant:
        return ""
    (path,) = (ROOT / "ref").rglob(f"{case.rule}.c")
    found = [mutant.id for mutant in mutants_of(path) if case.mutant in mutant.text]
    if case.mutant in path.read_text() or not found or any(id in EQUIVALENT.read_text() for id in found):
        raise RuntimeError(f"{case.name}: no mutant of {path} that is proved wrong has {case.mutant}")
    return "mutant"


def fate(case: Case) -> Fate:
    given, free, broken, sentences = generated(case)
    return Fate(given, free, "" if case.condition else golden(case), broken, contract(case), sentences)


# --- the verdict on the checks ---


def named(case: Case, sentences: list[str]) -> bool:
    """Each sentence that is expected is said; what comes after "nothing known explains this trace" may be more."""
    return all(sentence in sentences or (sentence.startswith(UNEXPLAINED) and sentences[:1]
                                         and sentences[0].startswith(sentence))
               for sentence in case.diagnosis)


def complaint(case: Case, found: Fate) -> str:
    """What is wrong with a case's fate, or ''."""
    if case.condition:
        return f"{case.name}: flagged, though it conforms where {case.condition}" if found.given or found.free else ""
    if not found.dies:
        return f"{case.name}: survives"
    if not named(case, found.sentences):
        return f"{case.name}: expected {case.diagnosis}, the diagnosis is {found.sentences}"
    return ""


# --- the table ---

HEAD = """# The kill matrix

Written by `make kill`. For each case: the first step at which the generated trace deviates, with the state given and
free-running; the golden vectors of its rule that it fails, with all their flags; the function of the reference and the
clauses of its contract that state what deviates there, and "mutant" where the contract's proofs refute a mutant of the
reference that has its equation; and the diagnosis of the generated trace. A form that is equivalent under a condition
has to conform to the generated trace, which meets the condition.

"""
COLUMNS = ["case", "judged by", "tags", "state given", "free-running", "golden vectors", "contract", "theorem",
           "diagnosis"]


def row(case: Case, found: Fate) -> str:
    said = found.sentences[0] if found.sentences else f"conforms where {case.condition}" if case.condition else ""
    if said.startswith(UNEXPLAINED):
        said = "; ".join([UNEXPLAINED, *found.sentences[1:]])
    stated = "; ".join(filter(None, (found.clauses, found.contract)))
    cells = [case.name, case.rule, case.tag, found.given, found.free, found.golden, stated, "", said]
    return "| " + " | ".join(cell or "-" for cell in cells) + " |\n"


def sums(fates: list[tuple[Case, Fate]]) -> str:
    wrong = [(case, found) for case, found in fates if not case.condition]
    counts = [("cases", len(wrong)), ("killed", sum(found.dies for _, found in wrong)),
              *((name, sum(bool(getattr(found, part)) for _, found in wrong)) for part, name in (
                  ("given", "by the trace, state given"), ("free", "by the trace, free-running"),
                  ("golden", "by golden vectors"), ("contract", "by the contract, as a mutant"),
                  ("clauses", "with a clause that states what deviates"))),
              ("named", sum(not found.sentences[:1] or not found.sentences[0].startswith(UNEXPLAINED)
                            for _, found in wrong)),
              ("said to be unknown", sum(bool(found.sentences) and found.sentences[0].startswith(UNEXPLAINED)
                                         for _, found in wrong)),
              ("equivalent forms", len(fates) - len(wrong)),
              ("false alarms", sum(bool(case.condition and (found.given or found.free)) for case, found in fates))]
    return "".join(f"- {name}: {count}\n" for name, count in counts)


def table(fates: list[tuple[Case, Fate]]) -> str:
    lines = ["| " + " | ".join(COLUMNS) + " |\n", "| " + " | ".join("---" for _ in COLUMNS) + " |\n"]
    return HEAD + "".join(lines + [row(case, found) for case, found in fates]) + "\n" + sums(fates)


def main() -> int:
    parser = argparse.ArgumentParser(description="Which check finds each of the museum's optimizers.")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("cases", nargs="*")
    options = parser.parse_args()
    cases = [case for case in museum() + variants() if not options.cases or case.name in options.cases]
    fates = [(case, fate(case)) for case in cases]
    text = table(fates)
    print(text, end="")
    if options.write:
        (HERE / "kill.md").write_text(text)
    complaints = [*filter(None, (complaint(case, found) for case, found in fates))]
    for line in complaints:
        print(line, file=sys.stderr)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
