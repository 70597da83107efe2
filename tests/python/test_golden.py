"""The golden vectors: what is committed is what the oracle computes, fits its schema, and can be read by anyone."""

import hashlib
import inspect
import json
import math
import re
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from conftest import ROOT
from jsonschema import Draft202012Validator

GOLDEN, SPEC = ROOT / "tests/golden", ROOT / "spec"
PATHS = sorted(str(path.relative_to(SPEC).with_suffix("")) for folder in ("rules", "schedules")
               for path in (SPEC / folder).rglob("*.acsl"))
CONSUMED = {"consume.py": GOLDEN / "rules/adam/adamw.json", "consume.c": GOLDEN / "rules/gradient/sgd.json"}


@pytest.fixture(scope="session")
def validator():
    schema = json.loads((GOLDEN / "schema.json").read_text())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def all_tests(vectors):
    return [test for group in vectors["groups"] for test in group["tests"]]


def run(*arguments):
    return subprocess.run([*map(str, arguments)], capture_output=True, text=True, timeout=60)


# --- the files ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PATHS)
def test_vectors_are_the_oracles(command, path):
    """Byte for byte; `make golden` writes them again."""
    file, done = GOLDEN / f"{path}.json", run(command, "golden", Path(path).name)
    assert done.returncode == 0 and done.stderr == ""
    if file.read_text() != done.stdout:
        pairs = zip(file.read_text().splitlines(), done.stdout.splitlines())
        wrong = next((pair for pair in pairs if pair[0] != pair[1]), ("the lengths differ", ""))
        pytest.fail(f"{file}: committed\n{wrong[0]}\nbut the oracle says\n{wrong[1]}", pytrace=False)


def test_no_other_files():
    files = {str(path.relative_to(GOLDEN)) for path in GOLDEN.rglob("*") if path.is_file()}
    assert files == {f"{path}.json" for path in PATHS} | {"schema.json", "consume.c", "consume.py"}


def test_size():
    assert sum(path.stat().st_size for path in GOLDEN.rglob("*.json")) < 20e6


@pytest.mark.parametrize("path", PATHS)
def test_what_a_file_says_of_itself(validator, path):
    vectors = json.loads((GOLDEN / f"{path}.json").read_text())
    tests = all_tests(vectors)
    validator.validate(vectors)
    assert vectors.get("rule", vectors.get("schedule")) == Path(path).name
    assert [test["id"] for test in tests] == list(range(1, vectors["test_count"] + 1))
    assert set(vectors["flags"]) == {flag for test in tests for flag in test["flags"]}
    for part in vectors["specification"]:
        assert part["sha256"] == hashlib.sha256((ROOT / part["file"]).read_bytes()).hexdigest()
    assert vectors["specification"][0]["file"] == f"spec/{path}.acsl"
    parents = [re.search(r"variant-of: *(\w+)", (ROOT / part["file"]).read_text()) for part in vectors["specification"]]
    assert [parent and parent[1] for parent in parents] == [
        *(Path(part["file"]).stem for part in vectors["specification"][1:]), None]


@pytest.mark.parametrize("path", PATHS)
def test_most_results_have_a_budget(path):
    vectors = json.loads((GOLDEN / f"{path}.json").read_text())
    budgets = [test["budget"] for test in all_tests(vectors) if test["result"] == "defined"]
    bounds = [bound for budget in budgets for bounds in budget.values()
              for bound in (bounds if isinstance(bounds, list) else [bounds])]
    assert bounds.count(None) < len(bounds) / 5


@pytest.mark.parametrize("path", PATHS)
def test_names_and_lengths(path):
    """Each test gives what the head names, and no more; its arrays are of one length."""
    vectors = json.loads((GOLDEN / f"{path}.json").read_text())
    for test in all_tests(vectors):
        assert test["result"] == "undefined" or "NonFinite" not in test["flags"]
        parts = {part: test[part] for part in ("inputs", "before", "after", "budget") if part in test}
        scalars = {"lr", *vectors.get("scalar_inputs", []), *vectors.get("scalar_states", [])}
        widths = {len(value) for part in parts.values() for name, value in part.items() if name not in scalars}
        assert len(widths) <= 1
        for part, values in parts.items():
            names = ["x", *vectors["states"], *vectors["scalar_states"]] if "rule" in vectors else ["lr"]
            assert [*values] == ([*vectors["inputs"], *vectors["scalar_inputs"]] if part == "inputs" else names)
            assert all(isinstance(values[name], list) == (name not in scalars) for name in values)


def test_flags_together():
    """What the catalogue of traps promises is there."""
    used = {flag for path in PATHS for flag in json.loads((GOLDEN / f"{path}.json").read_text())["flags"]}
    assert used >= {"ZeroGradient", "Subnormal", "HugeStepCount", "SignChange", "Cancellation", "NonFinite",
                    "TinyGradient", "LargeGradient", "DefaultHyper", "ChangedLr", "NearEps", "FirstStep"}


# --- the numbers --------------------------------------------------------------------------------------------------


EQUATIONS = [  # results that are rational, written from the papers
    ("rules/gradient/sgd", "x", lambda x, g, lr: x - lr * g),
    ("rules/adam/adamw", "m", lambda m, g, beta1: beta1 * m + (1 - beta1) * g),
    ("rules/adam/adamw", "v", lambda v, g, beta2: beta2 * v + (1 - beta2) * g * g),
    ("rules/rmsprop/rmsprop_centered", "a", lambda a, g, rho: rho * a + (1 - rho) * g),
]


def half_ulp(number, format):
    """Half the distance to the neighbours of this number, as if there were no largest."""
    precision, least = {"binary64": (53, -1022), "binary32": (24, -126), "binary16": (11, -14),
                        "bfloat16": (8, -126)}[format]
    exponent = max(math.frexp(number)[1] - 1, least) if number else least
    return Fraction(2) ** (exponent - precision)


@pytest.mark.parametrize("path, name, equation", EQUATIONS)
def test_correctly_rounded(path, name, equation):
    """In exact rational arithmetic: no result is more than half an ulp from the value."""
    checked = 0
    for group in json.loads((GOLDEN / f"{path}.json").read_text())["groups"]:
        for test in group["tests"]:
            if test["result"] != "defined" or test["after"][name] == ["Infinity"]:
                continue
            given = {key: float.fromhex(value[0]) for key, value in (test["before"] | test["inputs"]).items()}
            numbers = {key: Fraction(value) for key, value in (given | group["hyper"]).items()}
            after = float.fromhex(test["after"][name][0])
            wanted = equation(**{key: numbers[key] for key in inspect.signature(equation).parameters})
            assert abs(Fraction(after) - wanted) <= half_ulp(after, group["format"])
            checked += 1
    assert checked > 50


# --- the schema ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("old, new", [
    ('"result":"defined"', '"result":"perhaps"'),
    ('"result":"defined"', '"result":"undefined"'),
    ('"budget":{"x":[', '"budget":{"x":["'),
    ('"after":{"x":["', '"after":{"x":[0.5,"'),
    ('"id":1,', '"id":0,'),
    ('"schema": "schema.json"', '"schema": "other.json"'),
    ('"sha256": "', '"sha256": "0'),
    ('"flags":["', '"flag":["'),
])
def test_schema_refuses(validator, old, new):
    text = CONSUMED["consume.c"].read_text()
    assert validator.is_valid(json.loads(text))
    changed = text.replace(old, new, 1)
    if new.endswith('["') and old.endswith("["):
        changed = re.sub(r'("budget":\{"x":\["[0-9.e]+)', r'\1"', changed, count=1)
    assert changed != text
    assert not validator.is_valid(json.loads(changed))


# --- the consumers ------------------------------------------------------------------------------------------------


def consumer(name, tmp_path, change=lambda text: text):
    """The command that runs a consumer, its source changed."""
    source = tmp_path / name
    source.write_text(change((GOLDEN / name).read_text()))
    if name.endswith(".py"):
        return [sys.executable, source]
    program = tmp_path / "consume"
    done = run("gcc", "-std=c11", "-Wall", "-Wextra", "-Werror", source, "-o", program, "-ljansson", "-lm")
    assert done.returncode == 0, done.stderr
    return [program]


@pytest.mark.parametrize("name", CONSUMED)
def test_consumer(tmp_path, name):
    done = run(*consumer(name, tmp_path), CONSUMED[name])
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.fullmatch(r"[1-9]\d+ results, 0 outside their budget\n", done.stdout)


@pytest.mark.parametrize("name, right, wrong", [
    ("consume.py", "root = math.sqrt(v / (1 - beta2**t)) + eps", "root = math.sqrt(v / (1 - beta2**t) + eps)"),
    ("consume.py", "beta1**t", "beta1**(t + 1)"),
    ("consume.py", "lr * weight_decay * x", "weight_decay * x"),
    ("consume.c", "- (float)lr", "+ (float)lr"),
    ("consume.c", "(float)lr *", "(float)lr * 1.0001f *"),
])
def test_consumer_finds_a_wrong_optimizer(tmp_path, name, right, wrong):
    assert right in (GOLDEN / name).read_text()
    done = run(*consumer(name, tmp_path, lambda text: text.replace(right, wrong)), CONSUMED[name])
    assert done.returncode == 1 and "expected" in done.stdout


@pytest.mark.parametrize("name", CONSUMED)
def test_consumer_finds_a_wrong_vector(tmp_path, name):
    vectors = json.loads(CONSUMED[name].read_text())
    format = "binary64" if name.endswith(".py") else "binary32"
    group = next(group for group in vectors["groups"] if group["format"] == format)
    test = group["tests"][0]
    test["after"]["x"][0] = (float.fromhex(test["after"]["x"][0]) * 1.001).hex()
    changed = tmp_path / "vectors.json"
    changed.write_text(json.dumps(vectors))
    done = run(*consumer(name, tmp_path), changed)
    assert done.returncode == 1 and done.stdout.count("expected") == 1


@pytest.mark.parametrize("name", CONSUMED)
def test_consumer_of_nothing(tmp_path, name):
    empty = tmp_path / "empty.json"
    empty.write_text('{"groups": []}')
    assert run(*consumer(name, tmp_path), empty).returncode == 1


# --- the command, on specifications of one's own ------------------------------------------------------------------


HEAD = "/* A rule.\n *\n * rule: mine\n * source: here\n"
TAIL = " */\n/*@ logic real mine_x(real x, real g, real lr) = x - lr * g; */\n"


@pytest.mark.parametrize("spec", [
    HEAD + " * inputs: g\n * hyper: lr = 0.5\n" + TAIL,
    HEAD + " * inputs: g, h\n * hyper: lr = 1.0e300\n" + TAIL,
    HEAD + " * inputs: g\n * hyper: lr = 0, g2 = 0\n" + TAIL,
    HEAD + " * inputs: g\n * hyper: lr = 2\n" + TAIL.replace("/*@", "/*@ predicate mine_domain(real lr) = lr < 2;"),
    HEAD + " * inputs: g\n * state: s = 1 / lr\n * hyper: lr = 0.5\n"
    + TAIL.replace("/*@", "/*@ logic real mine_s(real s) = s;"),
    "/* A schedule.\n *\n * schedule: mine\n * source: here\n * hyper: lr = 0.5, period = 1.0e300\n"
    " */\n/*@ logic real mine_lr(integer k, real lr, real period) = lr * k / period; */\n",
])
def test_ones_own(command, validator, tmp_path, spec):
    path = tmp_path / "mine.acsl"
    path.write_text(spec)
    done = run(command, "golden", "--spec", path, "mine")
    assert done.returncode == 0, done.stderr
    vectors = json.loads(done.stdout)
    validator.validate(vectors)
    assert vectors["specification"][0]["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()


def test_eps_of_zero(command, tmp_path):
    """It is tried where the domain admits it: 0/0 is undefined then."""
    path = tmp_path / "mine.acsl"
    path.write_text(HEAD + " * inputs: g\n * hyper: lr = 0.5, eps = 1.0e-8\n"
                    + TAIL.replace("real lr)", "real lr, real eps)").replace("lr * g", "lr * g / (\\abs(g) + eps)"))
    vectors = json.loads(run(command, "golden", "--spec", path, "mine").stdout)
    tests = [test for test in all_tests(vectors) if "EpsZero" in test["flags"]]
    assert {test["result"] for test in tests if "ZeroGradient" in test["flags"]} == {"undefined"}
    assert {test["result"] for test in tests if "SignChange" in test["flags"]} == {"defined"}


@pytest.mark.parametrize("old, new, message", [
    ("A rule", "A\xff rule", "the text, or a path, of the specification is not UTF-8"),
    ("source: here", "source: \xff", "the text, or a path, of the specification is not UTF-8"),
    ("hyper: lr", "state: s = \\log(x)\n * hyper: lr", "mine: the initial value of a state is not a finite number"),
    ("hyper: lr = 0.5", "state: s = 1 / 0.0\n * hyper: lr = 0.5", "mine: no setting of the hyperparameters"),
])
def test_refused(command, tmp_path, old, new, message):
    path = tmp_path / "mine.acsl"
    text = (HEAD + " * inputs: g\n * hyper: lr = 0.5\n" + TAIL).replace(old, new)
    if "state" in new:
        text = text.replace("/*@", "/*@ logic real mine_s(real s) = s;")
    path.write_bytes(text.encode("latin-1"))
    done = run(command, "golden", "--spec", path, "mine")
    assert done.returncode == 2 and done.stdout == "" and message in done.stderr
