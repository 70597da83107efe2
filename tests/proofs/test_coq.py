"""proofs/coq: what it refuses, what it leaves open, and that facts are about the specification as it stands."""

import json
import pathlib
import shutil
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
TRUE = "Theorem truth : True.\nProof. exact I. Qed.\n"
FACTS = """Require Import Reals.
Require Import Spec.schedules.constant.
Theorem constant_everywhere lr k : constant_lr k lr = lr.
Proof. reflexivity. Qed.
Theorem constant_twice lr k : (constant_lr k lr + constant_lr (k + 1) lr = lr + lr)%R.
Proof. reflexivity. Qed.
"""
LIMIT = """/* A theorem of one's own.
 *
 * theorem:     limit
 * source:      here
 * rules:       gd
 * class:       none
 * quantity:    f(x_t)
 * expectation: no
 * hyper:       gamma = 1
 */
/*@ predicate limit_domain(real gamma) = 0 < gamma;
    logic real limit_bound(integer t, real gamma) = gamma / t;
*/
"""


@pytest.fixture
def tree(tmp_path):
    """The tool and the constant schedule, with two facts about it."""
    for path in ("proofs/coq", "proofs/axioms.txt", "spec/schedules/constant.acsl"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, tmp_path / path)
    (tmp_path / "proofs" / "schedules").mkdir()
    (tmp_path / "proofs" / "schedules" / "constant.v").write_text(FACTS)
    goldstep = tmp_path / "build" / "goldstep"
    goldstep.parent.mkdir()
    goldstep.write_text(f'#!/bin/sh\nexec {ROOT}/build/goldstep "$@" --spec spec/schedules/constant.acsl\n')
    goldstep.chmod(0o755)
    return tmp_path


def run(tree, *options, status=0):
    done = subprocess.run([tree / "proofs" / "coq", *options], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout + done.stderr


def result(tree):
    lines = (tree / "proofs" / "results" / "coq.goals").read_text().splitlines()[1:]
    return {" ".join(line.split(" ")[2:5]): line.split(" ")[0] for line in lines}


def test_facts_are_proved_once(tree):
    (tree / "proofs" / "theorems").mkdir()
    (tree / "proofs" / "theorems" / "truth.v").write_text(TRUE)
    assert "3 of 3 theorems proved" in run(tree)
    assert result(tree) == {"invariant schedules.constant constant_everywhere": "proved",
                            "invariant schedules.constant constant_twice": "proved",
                            "theorem theorems.truth truth": "proved"}
    assert run(tree) == ""
    assert "3 of 3 theorems proved" in run(tree, "--cold")
    (tree / "proofs" / "theorems" / "truth.v").unlink()
    assert "2 of 2 theorems proved" in run(tree)
    assert not [*(tree / "build" / "coq").rglob("truth.vo")]


def test_an_edited_specification_breaks_the_facts(tree):
    run(tree)
    spec = tree / "spec" / "schedules" / "constant.acsl"
    spec.write_text(spec.read_text().replace("real lr) = lr;", "real lr) = 2 * lr;"))
    text = run(tree, status=1)
    assert 'File "./proofs/schedules/constant.v", line' in text
    assert set(result(tree).values()) == {"open"}
    assert run(tree, status=1) == ""  # an open theorem stays one


def test_a_theorem_is_about_its_specification(tree):
    spec = tree / "spec" / "theorems" / "limit.acsl"
    spec.parent.mkdir()
    spec.write_text(LIMIT)
    goldstep = tree / "build" / "goldstep"
    goldstep.write_text(goldstep.read_text().rstrip() + " --spec spec/theorems/limit.acsl\n")
    (tree / "proofs" / "theorems").mkdir()
    (tree / "proofs" / "theorems" / "limit.v").write_text(
        "From Coq Require Import Reals.\nFrom Spec.theorems Require Import limit.\n"
        "Theorem limit gamma : limit_domain gamma -> (limit_bound 2 gamma = gamma / 2)%R.\nProof. reflexivity. Qed.\n")
    run(tree)
    assert result(tree)["theorem theorems.limit limit"] == "proved"
    spec.write_text(LIMIT.replace("gamma / t", "gamma / (2 * t)"))
    run(tree, status=1)
    assert result(tree)["theorem theorems.limit limit"] == "open"


def test_a_specification_that_is_missing(tree):
    (tree / "proofs" / "bad.v").write_text("From Spec Require Import schedules.nothing.\n" + TRUE)
    assert "it requires Spec.schedules.nothing, and spec/schedules/nothing.acsl is missing" in run(tree, status=2)


@pytest.mark.parametrize("text, word", [
    ("Theorem gap : 1 = 2.\nProof. Admitted.\n", "Admitted"),
    ("Theorem gap : 1 = 2.\nProof. admit. Defined.\n", "admit"),
    ("Module Inner.\n  (* an (* inner *) comment *) Axiom gap : 1 = 2.\nEnd Inner.\n", "Axiom"),
    ("Parameter gap : 1 = 2.\n", "Parameter"),
    ("Conjecture gap : 1 = 2.\n", "Conjecture"),
])
def test_gaps_are_refused(tree, text, word):
    (tree / "proofs" / "bad.v").write_text(text)
    line = text[:text.index(word)].count("\n") + 1
    assert run(tree, status=2) == f"proofs/bad.v:{line}: {word} is refused\n"
    assert not (tree / "proofs" / "results").exists()


def test_words_in_comments_are_no_gaps(tree):
    (tree / "proofs" / "good.v").write_text("(* No Axiom, (* nothing *) Admitted. *)\n" + TRUE)
    run(tree)


@pytest.mark.parametrize("text, axiom", [
    ("Require Import ClassicalEpsilon.\nTheorem gap (P : Prop) : {P} + {~ P}.\n"
     "Proof. exact (excluded_middle_informative P). Qed.\n", "ClassicalEpsilon.constructive_indefinite_description"),
    ("Variable hidden : 1 = 2.\nTheorem gap : 1 = 2.\nProof. exact hidden. Qed.\n", "hidden"),
    ("Unset Guard Checking.\nFixpoint never (n : nat) : 1 = 2 := never n.\nSet Guard Checking.\n"
     "Theorem gap : 1 = 2.\nProof. exact (never 0). Qed.\n", "never"),
    ("Require Import Coq.Structures.Equalities.\nModule Inner.\nDeclare Module Hidden : Typ.\nEnd Inner.\n"
     "Theorem gap : Inner.Hidden.t = Inner.Hidden.t.\nProof. reflexivity. Qed.\n", "t"),
])
def test_other_axioms_are_found(tree, text, axiom):
    (tree / "proofs" / "bad.v").write_text(text + TRUE)
    assert axiom in run(tree, status=1).split("gap rests on ")[1].split(", which axioms.txt does not allow")[0]
    assert result(tree)["invariant bad gap"] == "open" and result(tree)["invariant bad truth"] == "proved"


def test_a_false_theorem_is_open_and_the_others_are_proved(tree):
    (tree / "proofs" / "bad.v").write_text(TRUE + "Theorem wrong : 1 = 2.\nProof. reflexivity. Qed.\n")
    (tree / "proofs" / "user.v").write_text("Require Import Goldstep.bad.\n" + TRUE.replace("truth", "used"))
    text = run(tree, status=1)
    assert 'File "./proofs/bad.v", line 4' in text and "open reals invariant bad wrong - 0" in text
    assert {name for name, status in result(tree).items() if status == "open"} == {
        "invariant bad truth", "invariant bad wrong", "invariant user used"}


def test_a_file_that_once_compiled_is_open(tree):
    (tree / "proofs" / "lemmas.v").write_text("Lemma helper : True.\nProof. exact I. Qed.\n")
    run(tree)
    (tree / "proofs" / "lemmas.v").write_text("Lemma helper : False.\nProof. exact I. Qed.\n")
    assert "open reals invariant lemmas compiles - 0" in run(tree, status=1)


def test_a_theorem_in_a_module_is_refused(tree):
    (tree / "proofs" / "bad.v").write_text(f"Module Inner.\n{TRUE}End Inner.\n")
    assert "a theorem is not at the top of its file" in run(tree, status=2)


def test_the_ledger_and_show_have_the_theorems(tree):
    (tree / "proofs" / "theorems").mkdir()
    (tree / "proofs" / "theorems" / "two.v").write_text(TRUE + "Theorem wrong : 1 = 2.\nProof. reflexivity. Qed.\n")
    run(tree, status=1)
    for file in ("proofs/ledger", "oracle/cli/proved"):
        (tree / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / file, tree / file)
    names = ["proofs/schedules/constant.v", "proofs/theorems/two.v"]
    done = subprocess.run(["proofs/ledger", *names], cwd=tree, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert [line.split() for line in done.stdout.splitlines()[:4]] == [
        ["memory", "reals", "finite", "rounding", "invariant", "theorem", "smoke"],
        ["constant", "(facts)", "-", "-", "-", "-", "2/2", "-", "-"],
        ["theorems", "-", "-", "-", "-", "-", "0/2", "-"],
        ["all", "-", "-", "-", "-", "2/2", "0/2", "-"]]
    assert "open: proofs/theorems/two.v: theorems.two wrong (reals, theorem)" in done.stdout
    results = json.loads((tree / "build" / "ledger.sarif").read_text())["runs"][0]["results"]
    assert [place["locations"][0]["physicalLocation"]["region"]["startLine"] for place in results] == [1, 3]
    (tree / "proofs" / "more.v").write_text(TRUE)
    done = subprocess.run(["proofs/ledger", *names, "proofs/more.v"], cwd=tree, capture_output=True, text=True,
                          check=False)
    assert "open: proofs/more.v: no result" in done.stdout
    shown = subprocess.run(["oracle/cli/proved", "proofs/results/coq.goals"], cwd=tree, capture_output=True, text=True,
                           check=True).stdout
    assert '{"constant", "invariant 2/2"}' in shown and '{"wrong", "theorem 0/1"}' in shown and "two" not in shown
