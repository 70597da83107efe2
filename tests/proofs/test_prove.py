"""The proof tools: what they prove, what they must not, what a result is keyed on, and what they say of bad input."""

import json
import pathlib
import re
import runpy
import subprocess
import types
from xml.etree import ElementTree

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
HALF = r"""
#include "real.h"

/*@ requires range: finite_in(x, -1, 1);
    assigns \nothing;
    ensures result: computes(\result, x / 2, 1); */
real_t half(real_t x)
{
    return x * (real_t)0.5;
}
"""


def run(*command, status=0, **options):
    done = subprocess.run([str(word) for word in command], cwd=ROOT, capture_output=True, text=True, timeout=300,
                          check=False, **options)
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def half(tmp_path):
    path = tmp_path / "half.c"
    path.write_text(HALF)
    return path, tmp_path / "half.goals"


def key(result):
    return result.read_text().splitlines()[0]


def test_an_edited_contract_is_proved_again(half):
    source, result = half
    assert "goals proved" in run("proofs/prove", source, result)
    first = key(result)
    assert run("proofs/prove", source, result) == ""  # the same key: nothing is run
    source.write_text(HALF.replace("x / 2", "x / 3"))
    assert "open reals reals half ensures_result" in run("proofs/prove", source, result, status=1)
    assert key(result) != first
    assert run("proofs/prove", source, result, status=1) == ""  # an open goal stays one
    source.write_text(HALF)
    run("proofs/prove", source, result)
    assert key(result) == first


def test_an_included_contract_is_part_of_the_key(half):
    source, result = half
    (source.parent / "words.h").write_text(HALF.split("\nreal_t half")[0] + "\nreal_t half(real_t x);\n")
    source.write_text('#include "words.h"\nreal_t half(real_t x)\n{\n    return x * (real_t)0.5;\n}\n')
    run("proofs/prove", "--readings", "reals", source, result)
    words = source.parent / "words.h"
    words.write_text(words.read_text().replace("x / 2", "x / 3"))
    assert "open" in run("proofs/prove", "--readings", "reals", source, result, status=1)


def test_each_reading_is_proved_by_itself(half):
    source, result = half
    source.write_text(HALF.replace("x / 2, 1", "x / 2, 0").replace("0.5", "0.3"))
    run("proofs/prove", "--passes", "1", source, result, status=1)
    opened = {line.split(" ")[1] for line in result.read_text().splitlines() if line.startswith("open")}
    assert opened == {"reals", "binary64", "binary32"}


def test_what_is_true_in_ieee_arithmetic_whatever_it_says_does_not_count(half):
    source, result = half
    source.write_text(HALF.replace("    ensures", "    ensures fact: over_reals(\\result == x / 2);\n    ensures"))
    run("proofs/prove", "--passes", "1", "--readings", "reals,binary64", source, result)
    facts = [line.split(" ")[:3] for line in result.read_text().splitlines() if "ensures_fact" in line]
    assert facts == [["proved", "reals", "reals"]]


def test_a_range_that_says_something_over_the_reals_is_proved_there(half):
    source, result = half
    source.write_text(HALF.replace("    return", "    //@ assert range: x == 3;\n    return"))
    text = run("proofs/prove", "--passes", "1", "--readings", "reals", source, result, status=1)
    assert "open reals memory half assert_range" in text


def test_a_ghost_function_promises_nothing_in_ieee_arithmetic(half):
    source, result = half
    source.write_text(HALF + """
/*@ ghost
  /@ assigns \\nothing;
     ensures wrong: x == 3; @/
  void lemma(real_t x)
  {
  }
*/
""")
    assert "the ghost function lemma ensures wrong in IEEE arithmetic" in run("proofs/prove", source, result, status=2)


@pytest.mark.parametrize("change, message", [
    (("0.5", "1e0"), "Frama-C 25 misreads 1e0: write 1.0e0"),
    (("return x", "return y"), "frama-c failed"),
])
def test_a_failed_run_leaves_no_result(half, change, message):
    source, result = half
    source.write_text(HALF.replace(*change))
    assert message in run("proofs/prove", source, result, status=2)
    assert not result.exists()


def test_smoke_tests_find_contradictions(tmp_path):
    source, result = ROOT / "tests" / "proofs" / "contradictions.c", tmp_path / "result"
    run("proofs/prove", "--passes", "1", "--readings", "reals", source, result, status=1)
    found = set(re.findall(r"^open reals smoke (\w+) ([a-z_]+)", result.read_text(), re.MULTILINE))
    functions = set(re.findall(r"^\w+ (\w+)\(.*\)\n{", source.read_text(), re.MULTILINE))
    assert len(functions) == 19
    # WP names the test after a call for the function that is called, not for the one that calls it.
    assert functions - {function for function, _ in found} == {"call_first"} and ("real_sqrt", "dead_call_s") in found


def test_ledger_names_an_open_goal(tmp_path, half):
    source, _ = half
    (tmp_path / "ref").mkdir()
    place = tmp_path / "proofs" / "results"
    place.mkdir(parents=True)
    (tmp_path / "ref" / "half.c").write_text(source.read_text())
    (place / "half.goals").write_text("key 0\nproved reals memory half assigns Qed 0\n"
                                      "open reals reals half ensures_result - 0\n")
    (place / "half.errors").write_text("key 0\nhalf binary64 1 0.2\nhalf binary32 1 0.1\n")
    done = subprocess.run([ROOT / "proofs" / "ledger", "ref/half.c", "ref/other.c"], cwd=tmp_path, capture_output=True,
                          text=True, check=False)
    assert done.returncode == 1
    assert "open: ref/half.c: half ensures_result (reals, reals)" in done.stdout
    assert "open: ref/other.c: no result" in done.stdout
    assert "bound: half binary64: 1 u proved, 0.2 u found" in done.stdout
    assert done.stdout.endswith("1 goals proved, 1 open\n")
    ledger = json.loads((tmp_path / "build" / "ledger.json").read_text())
    assert [goal["status"] for goal in ledger["goals"]] == ["proved", "open"]
    suite = ElementTree.parse(tmp_path / "build" / "ledger.xml").getroot()[0]
    assert (suite.get("tests"), suite.get("failures")) == ("2", "1")
    [found] = json.loads((tmp_path / "build" / "ledger.sarif").read_text())["runs"][0]["results"]
    line = found["locations"][0]["physicalLocation"]["region"]["startLine"]
    assert "real_t half(" in source.read_text().splitlines()[line - 1]


def test_somebody_elses_adamw():
    text = run("proofs/extern", "tests/extern/fused_adamw.c", "their_adamw", "adamw")
    assert text.endswith("their_adamw is adamw\n")


def test_somebody_elses_wrong_adamw():
    text = run("proofs/extern", "tests/extern/wrong_adamw.c", "their_adamw", "adamw", status=1)
    assert re.findall(r"^open: (.*)$", text, re.MULTILINE) == ["next_weight: ensures_weight (reals, reals)"]
    assert text.endswith("their_adamw is not proved to be adamw\n")


@pytest.mark.parametrize("arguments, message", [
    (["nowhere.c", "f", "adamw"], "nowhere.c: "),
    (["ref/ratio.c", "ratio", "adamw"], "expected a definition of ratio with a contract before it"),
    (["tests/extern/fused_adamw.c", "next_mean", "adamw"], "expected an `ensures` that x is what adamw computes"),
    (["tests/extern/fused_adamw.c", "their_adamw", "nothing"], "theorem or objective is called `nothing`"),
    (["tests/extern/fused_adamw.c"], "usage: proofs/extern"),
])
def test_extern_says_what_it_expected(arguments, message):
    assert message in run("proofs/extern", *arguments, status=2)


HEAD = "# a prelude\n{ "


@pytest.mark.parametrize("problem, holds", [
    ("x >= 1.0 ->\n x <= 2.0 ->\n (x * x) <= 4.0 }", True),
    ("x >= 1.0 ->\n x <= 2.0 ->\n (x * x) <= 3.9 }", False),
    ("(1.0 / 2.0) - x <= 0 ->\n x <= 1.0 ->\n (1.0 / x) <= 2.0 }", True),
    ("x - y <= 0 ->\n y <= 1.0 ->\n x >= 0.0 ->\n x <= 1.0 }", True),
    ("x - y <= 0 ->\n y >= 1.0 ->\n x <= 1.0 }", False),
    ("float<ieee_64,ne>(x) = y ->\n x >= 1.0 ->\n x <= 2.0 ->\n y <= 2.0 }", True),
    ("(x <= -1.0 \\/ x >= 1.0) ->\n x <= 2.0 ->\n x >= -2.0 ->\n (x * x) >= 1.0 }", True),
    ("(x <= -0.5 \\/ x >= 1.0) ->\n x <= 2.0 ->\n x >= -2.0 ->\n (x * x) >= 1.0 }", False),
    ("(not x <= 1.0 \\/ y <= 1.0) ->\n y >= 0.0 ->\n x >= 0.0 ->\n x <= 1.0 ->\n (x * y) <= 1.0 }", True),
    ("(x <= 1.0 \\/ y <= 1.0) ->\n y >= 0.0 ->\n x >= 0.0 ->\n x <= 1.0 ->\n (x * y) <= 1.0 }", False),
    ("((x <= 1.0 /\\ y <= 1.0) \\/ (not x <= 1.0 /\\ y <= 2.0)) ->\n y >= 0.0 ->\n x >= 0.0 ->\n x <= 3.0 ->\n"
     " ((x <= 1.0 ->\n (x * y) <= 1.0) /\\ (not x <= 1.0 ->\n (x * y) <= 6.0)) }", True),
    ("x >= 0.0 ->\n x <= 1.0 ->\n (x <= 1.0 /\\ x <= 0.5) }", False),
    ("x >= 0.0 ->\n x <= 1.0 ->\n (x <= 0.5 ->\n (x + x) <= 1.0) }", True),
    ("x >= 0.0 ->\n x <= 1.0 ->\n float<ieee_64,ne>((x)) = float<ieee_64,ne>(x) }", True),
    ("x >= 0.0 ->\n x <= 1.0 ->\n float<ieee_64,ne>(x + x) = float<ieee_64,ne>(x) }", False),
    ("x >= 0.0 ->\n x <= 1.0 ->\n (1.0 + (-1.0 * x)) >= 0.0 }", True),
    ("x = (1.0 / 0.0) ->\n x <= 1.0 }", False),
    ("x >= 0.0 ->\n x <= 1.0 ->\n (x * sqrt(1.0 + 3.0)) <= 2.0 }", True),
    ("x >= 0.0 ->\n x <= 1.0 ->\n float<ieee_64,ne>((x / 4.0)) = float<ieee_64,ne>((x * 0.25)) }", False),
    ("x >= 0.0 ->\n x <= 1.0 ->\n (float<ieee_64,ne>(x * 0.25) - (x / 4.0)) <= 1e-15 }", True),
    ("(x >= 5.0 ->\n y = z) ->\n y <= 1.0 ->\n y >= 0.0 ->\n z <= 1.0 }", False),
    ("# hypothesis 'H'\n x >= 1.0 ->\n # hypothesis 'H1'\n x <= 2.0 ->\n (x * x) <= 4.0 }", True),
    ("y >= 2.0 ->\n y <= 1.0 ->\n x >= 0.0 ->\n x <= 1.0 }", False),  # y is not looked at
])
def test_gappa_proves_what_holds(tmp_path, problem, holds):
    path = tmp_path / "problem.gappa"
    path.write_text(HEAD + problem + "\n")
    run("proofs/gappa", path, status=0 if holds else 1)


def test_what_is_known_settles_the_cases_of_a_hypothesis():
    settled = runpy.run_path(str(ROOT / "proofs" / "gappa.py"))["settled"]
    unsettled = ["x <= 1.0", "(x <= 1.0 /\\ y = z) \\/ y <= 1.0"]
    assert settled(unsettled) == unsettled
    assert settled(["x <= 1.0", "x <= 1.0 \\/ y <= 1.0"]) == ["x <= 1.0"]
    assert settled(["x <= 1.0", "(not x <= 1.0 /\\ y = z) \\/ y <= 1.0", "not y <= 1.0 \\/ z <= 1.0"]) == [
        "x <= 1.0", "y <= 1.0", "z <= 1.0"]


def test_what_is_proved_is_not_asked_about_again():
    opened = runpy.run_path(str(ROOT / "proofs" / "prove"))["Prover"].opened
    proved = ("Gappa", 20)
    goals = {("f", "ensures_result"): None, ("f", "ensures_range"): proved, ("g", "ensures_range"): None,
             ("h", "ensures_result"): None, ("i", "ensures_result"): ("Qed", 0), ("i", "assert_cases"): None}
    runs = opened(types.SimpleNamespace(goals=goals), ["f", "g", "h", "i"])
    assert runs == [({"f", "h", "i"}, {"result", "cases"}), ({"g"}, {"range"})]


def test_theories_lack_lines_of_the_stock_ones_and_have_no_others():
    copies = ROOT / "build" / "why3"
    stock = {copies / "wp": pathlib.Path(run("frama-c", "-print-share-path").strip(), "wp"),
             copies / "stdlib": pathlib.Path("/usr/share/why3/stdlib")}
    for place, original in stock.items():
        for path in place.rglob("*.mlw"):
            lines = iter((original / path.relative_to(place)).read_text().splitlines())
            assert all(line in lines for line in path.read_text().splitlines()), path


def test_gappa_finds_the_bound(tmp_path):
    path = tmp_path / "problem.gappa"
    path.write_text(HEAD + "x >= 1.0 ->\n x <= 2.0 ->\n ((float<ieee_64,ne>(x * x) - (x * x)) >= -1.0 /\\\n"
                           " (float<ieee_64,ne>(x * x) - (x * x)) <= 1.0) }\n")
    assert float(run("proofs/gappa", "--bound", path)) == pytest.approx(2.0 ** -52, rel=1e-4)


def test_the_facts_are_those_that_the_provers_get():
    proved = (ROOT / "proofs" / "analysis.v").read_text()
    for name in ("analysis.why", "binary64.why", "binary32.why"):
        text = (ROOT / "proofs" / name).read_text()
        for fact in re.findall(r"axiom (\w+_moves?|whole_quotient|one_less|rounded_share)", text):
            assert re.search(rf"^Theorem {fact}", proved, re.MULTILINE)
