"""Trains a small model with every optimizer of PyTorch and with three wrong ones, and lets the oracle judge each run.

    PYTHONPATH=oracle/python python3 tests/demo/demo.py [--steps N]

The exit status is 0 when every wrong optimizer is caught and every one of PyTorch conforms or is a known finding.
"""

import argparse
import itertools
import math
import sys
import textwrap
from collections.abc import Callable, Iterator
from typing import Any

import sklearn.datasets
import torch
import wrong

from goldstep import Report, Trace
from goldstep.library import table, ulps
from goldstep.torch import Recorder

NADAM_TWICE = ("PyTorch 1.13 multiplies mu_t twice into the correction of the momentum (nadam.py, line 240: mu_product "
               "has it already); its documentation, its foreach path and PyTorch 2 have it once. By the rule of the "
               "mistake, nadam_torch113, the same runs conform in binary32.")
NADAM_PRODUCT = ("PyTorch keeps mu_product in binary32 in a binary64 run too (torch.tensor(1.)), so each NAdam step is "
                 "right to 24 bits only.")
RADAM_EPSILON = ("The foreach path of PyTorch 1.13 leaves eps out of the denominator; a coordinate whose gradient is 0 "
                 "from the start becomes NaN.")
ADAGRAD_RATE = ("The foreach path of PyTorch 1.13 divides lr by a binary32 tensor (it takes the step count without "
                ".item()), so the step size of a binary64 run is right to 24 bits only.")

# (rule, path, format) -> what PyTorch 1.13 computes otherwise than the rule
KNOWN_FINDINGS = {
    ("nadam_torch", "plain", "binary32"): NADAM_TWICE,
    ("nadam_torch", "plain", "binary64"): NADAM_TWICE,
    ("nadam_torch", "foreach", "binary64"): NADAM_PRODUCT,
    ("nadam_torch113", "plain", "binary64"): NADAM_PRODUCT,
    ("radam_torch", "foreach", "binary32"): RADAM_EPSILON,
    ("radam_torch", "foreach", "binary64"): RADAM_EPSILON,
    ("adagrad_torch", "foreach", "binary64"): ADAGRAD_RATE,
}

OPTIMIZERS: list[tuple[type[torch.optim.Optimizer], dict[str, Any]]] = [
    (torch.optim.SGD, dict(lr=0.1)),
    (torch.optim.SGD, dict(lr=0.1, momentum=0.9, weight_decay=0.01)),
    (torch.optim.SGD, dict(lr=0.1, momentum=0.9, nesterov=True)),
    (torch.optim.SGD, dict(lr=0.1, momentum=0.9, dampening=0.5)),
    (torch.optim.Adagrad, dict(lr=0.05)),
    (torch.optim.Adagrad, dict(lr=0.05, lr_decay=0.01, weight_decay=0.01)),
    (torch.optim.Adadelta, dict()),
    (torch.optim.Adadelta, dict(weight_decay=0.01)),
    (torch.optim.RMSprop, dict(lr=0.01)),
    (torch.optim.RMSprop, dict(lr=0.01, centered=True, momentum=0.9, weight_decay=0.01)),
    (torch.optim.Adam, dict(lr=0.01)),
    (torch.optim.Adam, dict(lr=0.01, weight_decay=0.01)),
    (torch.optim.Adam, dict(lr=0.01, amsgrad=True)),
    (torch.optim.Adam, dict(lr=0.01, maximize=True)),
    (torch.optim.AdamW, dict(lr=0.01)),
    (torch.optim.AdamW, dict(lr=0.01, weight_decay=0.1)),
    (torch.optim.Adamax, dict(lr=0.01)),
    (torch.optim.Adamax, dict(lr=0.01, weight_decay=0.01)),
    (torch.optim.NAdam, dict(lr=0.01)),
    (torch.optim.NAdam, dict(lr=0.01, weight_decay=0.01)),
    (torch.optim.RAdam, dict(lr=0.01)),
    (torch.optim.RAdam, dict(lr=0.01, weight_decay=0.01)),
]

WRONG: list[tuple[type[torch.optim.Optimizer], dict[str, Any], str, str]] = [
    (wrong.AdamWCoupled, dict(lr=0.01, weight_decay=0.1), "adamw", "decay coupled"),
    (wrong.AdamEpsilonInside, dict(lr=0.01), "adam", "epsilon inside the root"),
    (wrong.AdamUncorrected, dict(lr=0.01), "adam", "no bias correction"),
]
WRONG_STATE = {"m": "exp_avg", "v": "exp_avg_sq"}
WRONG_HYPER = {"lr": "lr", "beta1": ("betas", 0), "beta2": ("betas", 1), "eps": "eps"}

FACTS = ("rule", "format", "steps", "coordinates", "worst ulps", "budget")  # columns, see facts()


def train(make: Callable[[Any], Recorder], dtype: torch.dtype, steps: int) -> Recorder:
    """Trains a network of 51 parameters on the iris data; the learning rate halves every ten steps."""
    torch.manual_seed(0)
    data, labels = sklearn.datasets.load_iris(return_X_y=True)
    data = torch.tensor((data - data.mean(0)) / data.std(0), dtype=dtype)
    labels = torch.tensor(labels)
    model = torch.nn.Sequential(torch.nn.Linear(4, 6), torch.nn.Tanh(), torch.nn.Linear(6, 3)).to(dtype)
    recorder = make(list(model.named_parameters()))
    optimizer = recorder.optimizer
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=10, gamma=0.5)
    sign = -1 if optimizer.defaults.get("maximize") else 1
    for _ in range(steps):
        batch = torch.randperm(len(data))[:30]
        optimizer.zero_grad()
        (sign * torch.nn.functional.cross_entropy(model(data[batch]), labels[batch])).backward()
        recorder.step()
        scheduler.step()
    return recorder


def record_pytorch(steps: int, optimizers: list[tuple[type[torch.optim.Optimizer], dict[str, Any]]] = OPTIMIZERS,
                   ) -> Iterator[tuple[type[torch.optim.Optimizer], dict[str, Any], str, Trace]]:
    """Every optimizer with its options, by both paths and in both formats: (optimizer, options, path, trace)."""
    for (kind, options), path, dtype in itertools.product(
            optimizers, ("plain", "foreach"), (torch.float32, torch.float64)):

        def make(named: list[tuple[str, torch.Tensor]]) -> Recorder:
            return Recorder(kind([p for _, p in named], foreach=path == "foreach", **options), names=named)

        (trace,) = train(make, dtype, steps).traces
        yield kind, options, path, trace


def judge_pytorch(steps: int) -> tuple[list[tuple[str, ...]], list[str]]:
    """The rows of the table and the findings seen, in the order of their numbers."""
    rows = [("optimizer", "path", *FACTS, "verdict")]
    findings: list[str] = []
    for kind, options, path, trace in record_pytorch(steps):
        rules = ["nadam_torch", "nadam_torch113"] if kind is torch.optim.NAdam and path == "plain" else [trace.rule]
        for rule in rules:
            report = trace.check(rule)
            finding = KNOWN_FINDINGS.get((rule, path, trace.format))
            said = verdict(report)
            if finding and said == "DEVIATES":
                findings += [finding] if finding not in findings else []
                said = f"known finding {findings.index(finding) + 1}"
            rows.append((call(kind, options), path, *facts(report), said))
    return rows, findings


def judge_wrong(steps: int) -> tuple[list[tuple[str, ...]], int]:
    """The rows of the table, and how many were caught."""
    rows = [("wrong optimizer", "mistake", *FACTS, "verdict", "first deviation", "got", "expected")]
    caught = 0
    for kind, options, rule, mistake in WRONG:
        hyper = WRONG_HYPER | ({"weight_decay": "weight_decay"} if rule == "adamw" else {})

        def make(named: list[tuple[str, torch.Tensor]]) -> Recorder:
            optimizer = kind([p for _, p in named], **options)
            return Recorder(optimizer, rule=rule, state=WRONG_STATE, hyper=hyper, names=named)

        (report,) = train(make, torch.float32, steps).check()
        caught += verdict(report) == "DEVIATES"
        rows.append((call(kind, options), mistake, *facts(report),
                     "caught" if verdict(report) == "DEVIATES" else "NOT CAUGHT", *first_deviation(report)))
    return rows, caught


def call(kind: type, options: dict[str, Any]) -> str:
    return f"{kind.__name__}({', '.join(f'{name}={value}' for name, value in options.items())})"


def entries(report: Report, mode: str) -> list[dict[str, Any]]:
    """What the report says of each tensor and quantity."""
    return next(entry["tensors"] for entry in report.data["modes"] if entry["mode"] == mode)


def facts(report: Report) -> tuple[str, ...]:
    """The columns FACTS: of single steps, the worst error and the budget of the coordinate that has it."""
    given = entries(report, "state given")
    coordinates = sum(entry["coordinates"] for entry in given)
    worst = max(given, key=lambda entry: math.inf if entry["worst_ulps"] is None else entry["worst_ulps"])
    budget = ulps(worst["worst"]["budget_ulps"]) if worst["worst"] else "-"
    return (report.data["rule"], report.data["format"], str(report.data["steps"]), str(coordinates),
            ulps(worst["worst_ulps"]), budget)


def verdict(report: Report) -> str:
    if report.conforms:
        return "conforms"
    deviates = any(entry["deviates"] for mode in ("state given", "free-running") for entry in entries(report, mode))
    return "DEVIATES" if deviates else "UNDECIDED"


def first_deviation(report: Report) -> tuple[str, str, str]:
    deviating = [entry for entry in entries(report, "state given") if entry["first_deviation"]]
    if not deviating:
        return "-", "-", "-"
    entry = min(deviating, key=lambda entry: entry["first_deviation"]["step"])
    first = entry["first_deviation"]
    place = f"step {first['step']}: {entry['quantity']} of {entry['tensor']}[{first['index']}]"
    return place, f"{float(first['got_decimal']):.9g}", f"{float(first['expected_decimal']):.9g}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--steps", type=int, default=25, help="training steps of each run (default: %(default)s)")
    steps = parser.parse_args().steps
    torch.set_num_threads(1)

    rows, findings = judge_pytorch(steps)
    print(table(rows))
    for number, text in enumerate(findings, 1):
        print(textwrap.fill(f"Known finding {number}: {text}", 118))
    wrong_rows, caught = judge_wrong(steps)
    print("\n" + table(wrong_rows))
    verdicts = [row[-1] for row in rows[1:]]
    conforming = verdicts.count("conforms")
    unexplained = verdicts.count("DEVIATES") + verdicts.count("UNDECIDED")
    print(f"\nExpected: every PyTorch run conforms or is a known finding, and {len(WRONG)} of {len(WRONG)} wrong "
          f"optimizers are caught.\nSeen: {conforming} of {len(verdicts)} PyTorch runs conform, "
          f"{len(verdicts) - conforming - unexplained} are known findings and {unexplained} are neither; "
          f"{caught} of {len(WRONG)} wrong optimizers are caught.")
    return 0 if unexplained == 0 and caught == len(WRONG) else 1


if __name__ == "__main__":
    sys.exit(main())
