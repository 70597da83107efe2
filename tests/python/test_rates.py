"""goldstep rates: theorems on test problems, right and wrong ones."""

import csv
import io
import json
import os
import re
import subprocess
import xml.etree.ElementTree

import pytest
from conftest import ROOT

# Statements that are false, made from true ones, and what shows it.
FALSE = [
    ("gd_convex_tight", "(4 * L * gamma * t + 2)", "(4 * L * gamma * t + 2.01)", "huber", 2),
    ("gd_convex_gradnorm", "gamma * t + 1 / L, 2", "gamma * t + 1.01 / L, 2", "huber", 2),
    ("gd_nonconvex_tight", "(3 * t + 2)", "(3 * t + 2.1)", "sawtooth", 1),
    ("hb_quadratic", r" * \pow(t + 1 + t * hb_quadratic_root(mu, L), 2)", "", "quadratic", 3),
    ("gd_polyak_sc", "3 * mu", "3.01 * mu", "quadratic", 1),
    ("gd_pl", "2 - gamma * L", "2.001 - gamma * L", "quadratic", 1),
    ("gd_sc_contract", "2 * t) * R2", "2 * t) * R2 * 0.999", "quadratic", 9),
    ("hb_cycle", "1.0 / 9", "10 - t * 0.0", "lyap_cycle", 2),
]
OBJECTIVE = """/* One of one's own.
 *
 * objective: mine
 * source:    none
 * class:     CLASS
 * hyper:     h = 1
 * instance:  x = START
 */
/*@ logic real mine_f(real x, real h) = VALUE;
    logic real mine_g(real x, real h) = SLOPE;
    logic real mine_xstar(real h) = 0;
    logic real mine_min(real h) = 0;
    logic real mine_L(real h) = SMOOTH;
*/
"""
THEOREM = """/* A theorem of one's own.
 *
 * theorem:     mine
 * source:      here
 * rules:       nesterov_convex
 * class:       convex, smooth(L)
 * quantity:    f(x_t) - min f
 * expectation: no
 * hyper:       L = 1, gamma = 1, R2 = 1
 */
/*@ predicate mine_domain(real L, real gamma) = 0 < L && 0 < gamma <= 1 / L;

    logic real mine_bound(integer t, real gamma, real R2) = 2 * R2 / (gamma * \\pow(t + 1, 2));
*/
"""


@pytest.fixture
def rates(command):
    """Runs the command; it must have this exit status."""

    def rates(*arguments, status=0, **options):
        done = subprocess.run([command, "rates", *map(str, arguments)], capture_output=True, text=True, timeout=300,
                              **options)
        assert done.returncode == status, done.stdout + done.stderr
        assert (done.stderr != "") == (status == 2)
        return done

    return rates


def mine(folder, **parts):
    text = OBJECTIVE
    parts = {"CLASS": "convex, smooth(L)", "START": "2", "VALUE": "h / 2 * x * x", "SLOPE": "h * x", "SMOOTH": "h"} | parts
    for name, part in parts.items():
        text = text.replace(name, part)
    path = folder / "mine.acsl"
    path.write_text(text)
    return path


def test_all(rates):
    text = rates("--steps", "12").stdout
    listed = {line.split()[0] for line in text.splitlines()[1:] if re.match(r"\w+  +\w+\[", line)}
    skipped = set(re.findall(r"^not checked: (\w+)", text, re.MULTILINE))
    specified = {path.stem for path in (ROOT / "spec/theorems").glob("*.acsl")}
    assert listed | skipped == specified
    assert len(listed) >= 16
    assert re.search(r"^\d+ theorems, \d+ runs: \d+ holds, \d+ attained, 0 violated, 0 undecided$", text, re.MULTILINE)


def test_json(rates):
    data = json.loads(rates("gd_convex_tight", "sgd_convex", "--problem", "huber", "--json").stdout)
    assert data["holds"] is True
    assert [run["verdict"] for run in data["checked"]] == ["attained", "attained", "holds", "holds"]
    first = data["checked"][0]
    assert first["values"] == "x = 41, h = 1, w = 1"
    assert first["step"] == 20 and first["worst"] == {"ratio": 1, "step": 20} and first["steps"] == 100
    assert [one["theorem"] for one in data["not_checked"]] == ["sgd_convex"]


def test_csv(rates, tmp_path):
    rates("gd_convex", "--problem", "huber", "--set", "gamma=1/L", "--steps", "30", "--csv", tmp_path / "run.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "run.csv").read_text())))
    assert list(rows[0]) == ["theorem", "problem", "step_size", "t", "measured", "bound"]
    assert [int(row["t"]) for row in rows if row["problem"] == "huber[1]"] == list(range(1, 31))
    row = rows[19]
    assert (float(row["measured"]), float(row["bound"])) == (20.5, 42.025)


def test_violation(rates):
    text = rates("gd_convex", "--set", "gamma=2.5/L", "--past-domain", "--problem", "quadratic", status=1).stdout
    assert re.search(r"^gd_convex  quadratic\[1\] +0.625 +100  violated at 1 ", text, re.MULTILINE)
    assert text.endswith("1 theorem, 4 runs: 0 holds, 0 attained, 4 violated, 0 undecided\n")
    message = rates("gd_convex", "--set", "gamma=3", status=2).stderr
    assert message == ("goldstep: gd_convex on huber[1]: gd_convex_domain: `gamma <= 1 / L` does not hold "
                       "(--past-domain runs it all the same)\n")


@pytest.mark.parametrize("theorem, part, by, objective, least", FALSE, ids=[row[0] for row in FALSE])
def test_false_theorem(rates, tmp_path, theorem, part, by, objective, least):
    text = (ROOT / f"spec/theorems/{theorem}.acsl").read_text()
    assert text.count(part) == 1
    path = tmp_path / f"{theorem}.acsl"
    path.write_text(text.replace(part, by))
    data = json.loads(rates(theorem, "--spec", path, "--problem", objective, "--json", status=1).stdout)
    assert sum(run["verdict"] == "violated" for run in data["checked"]) >= least


def test_wrong_constant(rates, tmp_path):
    """An objective that is less smooth than it says."""
    path = mine(tmp_path, SMOOTH="h / 2.5")
    assert " violated at 1 " in rates("gd_convex", "--spec", path, "--problem", "mine", status=1).stdout
    assert " violated " not in rates("gd_convex", "--spec", mine(tmp_path), "--problem", "mine").stdout


def test_nesterov(rates, tmp_path):
    """Known as FISTA's bound, 2 L R2 / (t + 1)^2."""
    path = tmp_path / "mine.acsl"
    path.write_text(THEOREM)
    assert ", 0 violated, 0 undecided\n" in rates("mine", "--spec", path, "--steps", "60").stdout
    path.write_text(THEOREM.replace("(t + 1, 2)", "(t + 1, 3)"))
    assert " violated at " in rates("mine", "--spec", path, "--problem", "huber", "--steps", "60", status=1).stdout


@pytest.mark.parametrize("parts, words, status", [
    ({"VALUE": "x * x * x * x", "SLOPE": "4 * x * x * x"}, "violated at 1", 1),
    ({"SLOPE": r"\sin(\exp(\exp(x)))", "START": "10"}, "not decided at the highest precision", 1),
    ({"SLOPE": r"\exp(\exp(\exp(x)))", "START": "10"}, "the iterates become too large", 1),
    ({"SLOPE": "x / (x - x)"}, "the specification is undefined here", 1),
    ({"VALUE": r"\log(x - 5)"}, "the specification is undefined here", 1),
    ({"SLOPE": r"x < \sqrt(2) * \sqrt(2) ? x : 2 * x"}, "not decided at the highest precision", 1),
    ({"START": "1.0e308"}, " holds ", 0),
])
def test_strange_objectives(rates, tmp_path, parts, words, status):
    path = mine(tmp_path, **parts)
    assert words in rates("gd_convex", "--spec", path, "--problem", "mine", "--steps", "10000", status=status).stdout


@pytest.mark.parametrize("arguments, message", [
    (["--steps", "0"], "--steps: expected a number from 1 to 10000, found `0`"),
    (["--steps", "10001"], "--steps: expected a number from 1 to 10000, found `10001`"),
    (["--steps", "-1"], "--steps: expected a number from 1 to 10000, found `-1`"),
    (["--steps", "5x"], "--steps: expected a number from 1 to 10000, found `5x`"),
    (["gd"], "`gd` is a rule: expected a theorem"),
    (["gd_convex", "--problem", "none"], "no rule, schedule, theorem or objective is called `none`"),
    (["gd_convex", "--csv", "/none/x"], "/none/x: No such file or directory"),
    (["gd_convex", "--plot", "/none/x"], "name a theorem, and use --problem and --set"),
    (["gd_convex", "--problem", "huber", "--plot", "/none/x"], "/none/x: No such file or directory"),
])
def test_usage(rates, arguments, message):
    assert message in rates(*arguments, status=2).stderr


def test_plot(rates, tmp_path):
    path = tmp_path / "it's; a plot.svg"
    rates("gd_convex_tight", "--problem", "huber", "--plot", path)
    root = xml.etree.ElementTree.parse(path).getroot()
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    text = path.read_text()
    for label in (">gd_convex_tight<", ">f(x_t) - min f<", ">huber[1], step 1: measured<", ">huber[2], step 0.25: bound<"):
        assert label in text
    rates("gd_polyak", "gd_polyak_sc", "--problem", "quadratic", "--plot", path)
    assert ">gd_polyak_sc, quadratic[1]: bound<" in path.read_text()


def test_plot_without_gnuplot(rates, tmp_path):
    message = rates("gd_convex_tight", "--problem", "huber", "--plot", tmp_path / "x.svg", status=2,
                    env=os.environ | {"PATH": str(tmp_path)}).stderr
    assert message == "goldstep: --plot needs gnuplot, which is not installed (Debian: gnuplot-nox)\n"
    assert not (tmp_path / "x.svg").exists()
