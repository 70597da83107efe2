"""Every case file under tests/ answers the oracle's questions, and the oracle judges the answers."""

import importlib.util
import itertools
import subprocess
from pathlib import Path
from types import ModuleType

import pytest
from pipe import DTYPES, answers, schedule_answers

TESTS = Path(__file__).resolve().parents[1]
FILES = sorted((TESTS / "rules").rglob("*.py")) + sorted((TESTS / "schedules").rglob("*.py"))


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def cases():
    for path in FILES:
        module = load(path)
        for (index, hyper), format in itertools.product(enumerate(module.HYPER), DTYPES):
            yield pytest.param(path.stem, module, hyper, format, id=f"{path.stem}-{index}-{format}")


def run(arguments: list[str], text: str, expected: str) -> str:
    done = subprocess.run(arguments, input=text, capture_output=True, text=True, timeout=120)
    if done.returncode != 0:
        pytest.fail(f"{' '.join(arguments)}: exit status {done.returncode}, {expected}\n{done.stdout}{done.stderr}",
                    pytrace=False)
    return done.stdout


def test_there_are_case_files():
    assert FILES


@pytest.mark.parametrize("name, module, hyper, format", cases())
def test_rule(command, name, module, hyper, format):
    options = [word for key, value in hyper.items() for word in ("--hyper", f"{key}={float(value)!r}")]
    asking = [command, "gen", name, "--format", format, "--seed", "1", *options]
    questions = run(asking, "", "no questions").splitlines()
    if hasattr(module, "lr"):
        answered = schedule_answers(questions, module.lr)
    else:
        answered = answers(questions, module.step)
    run([command, "check", "-"], answered, "the answers do not conform")
