"""The museum: each wrong optimizer is found and named, no equivalent form is flagged, the matrix is as committed."""

import subprocess
import sys

import pytest
from conftest import ROOT

sys.path.insert(0, str(ROOT / "tests/museum"))
import kill  # noqa: E402

CASES = kill.museum() + kill.variants()


@pytest.fixture(scope="module")
def fates(command: str) -> dict[str, kill.Fate]:
    return {case.name: kill.fate(case) for case in CASES}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(fates: dict[str, kill.Fate], case: kill.Case) -> None:
    assert case.condition or case.diagnosis, "the file says neither what it is nor that it conforms"
    assert kill.complaint(case, fates[case.name]) == ""


def test_matrix_is_committed(fates: dict[str, kill.Fate]) -> None:
    assert kill.table([(case, fates[case.name]) for case in CASES]) == (ROOT / "tests/museum/kill.md").read_text()


def test_a_right_optimizer_survives() -> None:
    """What the cases are told apart from: the same loop around the rule's own equations."""
    case = kill.museum_case(ROOT / "tests/museum/adam_iterations_plus_one.py")
    case.condition, case.diagnosis = "", ["this is adam.keras"]
    assert kill.complaint(case, kill.fate(case)) == f"{case.name}: survives"


def test_clauses_are_those_of_the_contract() -> None:
    assert kill.clauses("adam", ["x", "v"]) == "adam_step: x, v"
    assert kill.clauses("cosine", ["lr"]) == "cosine_lr: result"
    assert kill.clauses("adam", []) == ""
    for quantity in ("u", "state", "range"):  # not there; there, but no equation
        with pytest.raises(RuntimeError, match=f"adam_step has no clause {quantity} with the equation of {quantity}"):
            kill.clauses("adam", [quantity])


@pytest.mark.parametrize("name", ["adam_step_from_zero", "clip_norm_by_value", "cosine_integer_division"])
def test_case_is_a_program(command: str, name: str) -> None:
    """As the museum's README shows: questions in, answers out."""
    path = ROOT / f"tests/museum/{name}.py"
    pipe = f"{command} gen {kill.museum_case(path).rule} | /usr/bin/python3 -B {path} | {command} check -"
    done = subprocess.run(["bash", "-c", pipe], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.returncode == 1
