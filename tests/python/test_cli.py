"""The command: what it prints, where its messages go, and its exit status."""

import json
import re
import struct
import subprocess
from pathlib import Path

import pytest
from pipe import answers

SPEC = """/* A rule of one's own.
 *
 * rule:   mine
 * source: here
 * inputs: g
 * hyper:  lr = 0.5
 */
/*@ logic real mine_x(real x, real g, real lr) = x - lr * g;
*/
"""
THEOREM = """/* A theorem of one's own.
 *
 * theorem:     mine
 * source:      here
 * rules:       gd
 * class:       smooth(L)
 * quantity:    f(x_t)
 * expectation: no
 * hyper:       L = 1
 */
/*@ predicate mine_domain(real L) = 0 < L;

    logic real mine_bound(integer t, real L) = L / t;
*/
"""
HEAD = '{"goldstep": 1, "rule": "sgd", "format": "binary64", "hyper": {"lr": 0.5}}\n'
START = '{"step": 0, "tensors": {"w": {"x": [1, 2]}}}\n'
RIGHT = '{"step": 1, "tensors": {"w": {"g": [1, 2], "x": [0.5, 1]}}}\n'
WRONG = '{"step": 1, "tensors": {"w": {"g": [1, 2], "x": [0.5, 1.25]}}}\n'
UNDECIDED = '{"step": 1, "tensors": {"w": {"g": [1, "NaN"], "x": [0.5, 1]}}}\n'


@pytest.fixture
def run(command):
    """Runs the command; the result must have this exit status."""

    def run(*arguments, status=0, text=""):
        done = subprocess.run([command, *map(str, arguments)], input=text, capture_output=True, text=True, timeout=60)
        assert done.returncode == status, done.stdout + done.stderr
        if status == 2:
            assert done.stdout == ""
            assert re.match(r"(\S*/)?goldstep( \w+)?: \S", done.stderr)
        else:
            assert done.stderr == ""
        return done

    return run


def names(run, *kinds):
    """Every rule and schedule that `goldstep list` names, or all of other kinds."""
    return [line.split()[0] for kind in kinds or ("rules", "schedules")
            for line in run("list", kind).stdout.splitlines() if line.startswith("  ")]


# --- usage --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [[], ["list"], ["show"], ["gen"], ["check"], ["diagnose"], ["golden"], ["rates"]])
def test_help(run, arguments):
    text = run(*arguments, "--help").stdout
    assert text.startswith("Usage: " + " ".join(["goldstep", *arguments]))
    assert run(*arguments, "--usage").stdout.startswith("Usage: ")
    if arguments:
        assert "--spec" in text
    else:
        assert all(command in text for command in ("list", "show", "gen", "check", "diagnose"))


@pytest.mark.parametrize("arguments", [["--version"], ["-V"], ["check", "--version"]])
def test_version(run, arguments):
    name, version = run(*arguments).stdout.split()
    assert name == "goldstep"
    assert [part.isdigit() for part in version.split(".")] == [True] * 3


@pytest.mark.parametrize("arguments, message", [
    ([], "goldstep: expected a command\n"),
    (["lits"], "goldstep: no command is called `lits`: expected list, show, gen"),
    (["--frobnicate"], "goldstep: unrecognized option '--frobnicate'\n"),
    (["list", "x"], "goldstep list: expected rules, schedules, theorems or objectives, found `x`\n"),
    (["list", "rules", "theorems"], "goldstep list: expected one kind\n"),
    (["list", "--frobnicate"], "goldstep list: unrecognized option '--frobnicate'\n"),
    (["show"], "goldstep show: expected the name of a rule, schedule, theorem or objective (`goldstep list` names "
     "them)\n"),
    (["show", "sgd", "gd"], "goldstep show: expected one name\n"),
    (["show", "sgdd"], "goldstep: no rule, schedule, theorem or objective is called `sgdd`; near to it: gd, sgd\n"),
    (["show", "gd_polyak_"], "is called `gd_polyak_`; near to it: gd, polyak, gd_polyak, gd_polyak_sc\n"),
    (["gen"], "goldstep gen: expected the name of a rule or schedule (`goldstep list` names them)\n"),
    (["gen", "sgd", "gd"], "goldstep gen: expected one rule\n"),
    (["gen", "none"], "goldstep: no rule or schedule is called `none`\n"),
    (["gen", "gd_polyak_"], "goldstep: no rule or schedule is called `gd_polyak_`; near to it: gd, polyak\n"),
    (["gen", "gd_convex"], "goldstep: `gd_convex` is a theorem: expected a rule or schedule\n"),
    (["golden", "gd_convex"], "goldstep: `gd_convex` is a theorem: expected a rule or schedule\n"),
    (["emit", "why3", "gd_convex"], "goldstep: `gd_convex` is a theorem, which is emitted as coq only\n"),
    (["gen", "huber"], "goldstep: `huber` is an objective: expected a rule or schedule\n"),
    (["emit", "why3", "huber"], "goldstep: `huber` is an objective, which is emitted as coq only\n"),
    (["emit", "driver", "gd_convex"], "goldstep: `gd_convex` is a theorem, which is emitted as coq only\n"),
    (["gen", "sgd", "--steps", "x"], "goldstep gen: --steps: expected a number from 0 to 100000, found `x`\n"),
    (["gen", "sgd", "--steps", "-1"], "goldstep gen: --steps: expected a number from 0 to 100000, found `-1`\n"),
    (["gen", "sgd", "--steps", "100001"], "goldstep gen: --steps: expected a number from 0 to 100000, found `100001`"),
    (["gen", "sgd", "--steps", ""], "goldstep gen: --steps: expected a number from 0 to 100000, found ``\n"),
    (["gen", "sgd", "--seed", "18446744073709551616"],
     "goldstep gen: --seed: expected a number from 0 to 18446744073709551615, found `18446744073709551616`\n"),
    (["gen", "sgd", "--format", "float16"],
     'goldstep gen: --format: expected "binary64", "binary32", "binary16" or "bfloat16", found `float16`\n'),
    (["gen", "sgd", "--tensors", "1,,2"], "goldstep gen: --tensors: expected a number from 0 to 1000000, found ``\n"),
    (["gen", "sgd", "--tensors", ",".join("1" * 65)], "goldstep gen: --tensors: expected at most 64 lengths\n"),
    (["gen", "sgd", *["--hyper=lr=1"] * 65], "goldstep gen: expected at most 64 --hyper options\n"),
    (["gen", "sgd", "--hyper", "lr"], "goldstep: --hyper lr: expected NAME=VALUE\n"),
    (["gen", "sgd", "--hyper", "beta=1"], "goldstep: --hyper beta=1: the rule has no hyperparameter of this name\n"),
    (["gen", "sgd", "--hyper", "x=1"], "goldstep: --hyper x=1: the rule has no hyperparameter of this name\n"),
    (["gen", "sgd", "--hyper", "lr=x"], "goldstep: --hyper lr=x: expected a finite number\n"),
    (["gen", "sgd", "--hyper", "lr="], "goldstep: --hyper lr=: expected a finite number\n"),
    (["gen", "sgd", "--hyper", "lr=inf"], "goldstep: --hyper lr=inf: expected a finite number\n"),
    (["gen", "sgd", "--hyper", "lr=-1"],
     "goldstep: --hyper: outside the domain of sgd: expected 0 <= lr, found lr = -1\n"),
    (["check"], "goldstep check: expected a trace: a file, or - for standard input\n"),
    (["check", "a", "b"], "goldstep check: expected one trace\n"),
    (["check", "--rule"], "goldstep check: option '--rule' requires an argument\n"),
    (["list", *["--spec=x"] * 65], "goldstep list: expected at most 64 --spec options\n"),
])
def test_usage_errors(run, arguments, message):
    assert message in run(*arguments, status=2).stderr


# --- list and show ------------------------------------------------------------------------------------------------


def test_list(run):
    rules, schedules, theorems, objectives = run("list").stdout.split("\n\n")
    assert rules.startswith("Rules:\n")
    assert schedules.startswith("Schedules:\n")
    assert theorems.startswith("Theorems:\n")
    assert "  adamw " in rules and "  adam.keras " in rules
    assert "  cosine " in schedules and "adamw" not in schedules
    assert re.search("^  gd_convex +proved  Gradient descent on a convex", theorems, re.MULTILINE)
    assert "gd_convex" not in rules + schedules
    assert len(names(run)) >= 40
    assert run("list", "rules").stdout == rules + "\n"
    assert run("list", "schedules").stdout == schedules + "\n"
    assert run("list", "theorems").stdout == theorems + "\n"
    assert objectives.startswith("Objectives:\n") and "  huber  " in objectives
    assert run("list", "objectives").stdout == objectives


def test_show(run):
    text = run("show", "adamw").stdout
    assert text.startswith("AdamW: Adam with decoupled weight decay.\n\nrule          adamw\n")
    for line in ("inputs        g", "state         m = 0, v = 0",
                 "domain        0 <= lr && 0 <= beta1 && beta1 < 1 && 0 <= beta2 && beta2 < 1 && 0 < eps && 0 <=",
                 "              weight_decay",
                 "spec/rules/adam/adamw.acsl:", "    logic real adamw_m(real m, real g, real beta1) = "
                 "beta1 * m + (1 - beta1) * g;", "Variants:"):
        assert line in text.splitlines(), line
    assert "adamw.keras" in text.split("Variants:")[1]
    assert all(len(line) <= 120 for line in text.splitlines())


def test_show_variant(run):
    text = run("show", "adam.keras").stdout
    assert "\nvariant of    adam\n" in text
    assert text.index("spec/rules/adam/adam_keras.acsl:") < text.index("spec/rules/adam/adam.acsl:")
    assert run("show", "adam_keras").stdout == text == run("show", "adam_tf1").stdout


def test_show_every(run):
    for name in names(run, "rules", "schedules", "theorems", "objectives"):
        text = run("show", name).stdout
        assert f" {name}\n" in text and "/*@" in text


def test_show_theorem(run):
    lines = run("show", "gd_convex").stdout.splitlines()
    assert lines[:3] == ["Gradient descent on a convex smooth function: the gap falls as 1 / t.", "",
                         "theorem       gd_convex"]
    for line in ("rules         gd", "class         convex, smooth(L)", "quantity      f(x_t) - min f",
                 "expectation   no", "constants     L = 1, gamma = 1, R2 = 1",
                 "domain        0 < L && 0 < gamma && gamma <= 1 / L", "bound         R2 / (2 * gamma * t)",
                 "note          from t = 1 on", "proof         proved", "spec/theorems/gd_convex.acsl:",
                 "    logic real gd_convex_bound(integer t, real gamma, real R2) = R2 / (2 * gamma * t);"):
        assert line in lines, line
    assert any(line.startswith("source        Garrigos and Gower, ") for line in lines)
    assert "lower bound   1.0 / 9\n" in run("show", "hb_cycle").stdout


def test_show_objective(run):
    lines = run("show", "huber").stdout.splitlines()
    for line in ("objective     huber", "class         convex, smooth(L)", "parameters    h = 1, w = 1",
                 "domain        0 < h && 0 < w", "instances     x = 41, h = 1, w = 1",
                 "              x = 3 -5, h = 0.5 2, w = 0.25 1", "    logic real huber_L(real h) = h;"):
        assert line in lines, line


def test_a_theorem_of_ones_own(run, tmp_path):
    path = tmp_path / "mine.acsl"
    path.write_text(THEOREM)
    assert re.search("^  mine +open    A theorem", run("list", "theorems", "--spec", path).stdout, re.MULTILINE)
    assert "proof         open\n" in run("show", "mine", "--spec", path).stdout
    assert run("emit", "coq", "mine", "--spec", path).stdout.endswith(
        "Definition mine_domain (p_L : R) : Prop :=\n  0 < p_L.\n"
        "Definition mine_bound (p_t : Z) (p_L : R) : R :=\n  p_L / (IZR p_t).\n")
    message = run("gen", "mine", "--spec", path, status=2).stderr
    assert message == "goldstep: `mine` is a theorem: expected a rule or schedule\n"


@pytest.mark.parametrize("arguments", [["check"], ["check", "--json"], ["diagnose"]])
def test_a_theorem_is_no_rule(run, arguments):
    message = "goldstep: `gd_convex` is a theorem: expected a rule or schedule\n"
    assert run(*arguments, "-", text=HEAD.replace("sgd", "gd_convex") + START + RIGHT, status=2).stderr == message
    assert run(*arguments, "--rule", "gd_convex", "-", text=HEAD + START + RIGHT, status=2).stderr == message


def test_show_scalars_and_reductions(run):
    assert "scalar state  mu_product = 1\n" in run("show", "nadam").stdout
    text = run("show", "polyak").stdout
    assert "scalar inputs f\n" in text and "reduce        gsq = sumsq(g)\n" in text
    assert "schedule      cosine\n" in run("show", "cosine").stdout


# --- gen ----------------------------------------------------------------------------------------------------------


def test_gen(run):
    text = run("gen", "adamw", "--steps", "9", "--tensors", "3,0,1", "--hyper", "lr=0.25").stdout
    head, start, *steps = map(json.loads, text.splitlines())
    assert (head["goldstep"], head["rule"], head["format"]) == (1, "adamw", "binary64")
    assert head["hyper"] == {"lr": 0.25, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8, "weight_decay": 0.01}
    assert [len(tensor["x"]) for tensor in start["tensors"].values()] == [3, 0, 1]
    assert start["tensors"]["w0"]["m"] == [0, 0, 0]
    assert [line["step"] for line in steps] == [*range(1, 10)]
    assert [list(line["tensors"]["w0"]) for line in steps] == [["g"]] * 9
    changes = {line["step"]: line["hyper"] for line in steps if "hyper" in line}
    assert changes == {5: {"lr": 0.125}, 7: {"lr": 0}, 8: {"lr": 0.125}}
    assert steps[2]["tensors"]["w0"]["g"] == [0, 0, 0]


@pytest.mark.parametrize("steps, changed", [(3, []), (4, [3]), (7, [4]), (8, [5, 7, 8]), (20, [11, 16, 17])])
def test_gen_changes_lr(run, steps, changed):
    """It is halved half way, and 0 for one step."""
    asked = [json.loads(line) for line in run("gen", "sgd", "--steps", steps).stdout.splitlines()]
    assert [line["step"] for line in asked[2:] if "hyper" in line] == changed
    assert [line["hyper"]["lr"] for line in asked[2:] if "hyper" in line] == [0.005, 0, 0.005][:len(changed)]


def test_gen_non_finite(run):
    """The last step's gradients are NaN and infinite in places: what comes of them is undecided, and nothing else."""
    lines = run("gen", "sgd", "--non-finite").stdout.splitlines()
    assert not any("NaN" in line or "Infinity" in line for line in lines[:-1])
    asked = json.loads(lines[-1])["tensors"]["w0"]["g"]
    assert asked[1:4] == ["NaN", "Infinity", "-Infinity"]
    assert all(isinstance(value, float) for value in (asked[0], asked[4]))
    done = run("check", "--json", "-", status=1, text=answers(lines, lambda x, g, state, t, h: (x - h["lr"] * g, {})))
    given = json.loads(done.stdout)["modes"][0]["tensors"]
    assert [row["undecided"] for row in given] == [3, 12, 0]
    assert [row["deviates"] for row in given] == [0, 0, 0]
    assert given[0]["first_undecided"]["reason"] == "an input is NaN or infinite"
    assert given[0]["first_undecided"]["step"] == 20


def test_gen_is_deterministic(run):
    first = run("gen", "adamw", "--seed", "7").stdout
    assert run("gen", "adamw", "--seed", "7").stdout == first
    assert run("gen", "adamw", "--seed", "8").stdout != first
    assert run("gen", "adamw").stdout == run("gen", "adamw", "--seed", "1").stdout


def numbers(value):
    """Every array's numbers in a line, hyperparameters left out."""
    if isinstance(value, dict):
        return [number for key, inner in value.items() if key != "hyper" for number in numbers(inner)]
    return value if isinstance(value, list) else []


def test_gen_stays_in_the_format(run):
    for name in names(run):
        lines = run("gen", name, "--format", "binary32", "--steps", "10").stdout.splitlines()
        for number in (number for line in lines for number in numbers(json.loads(line))):
            assert struct.unpack("f", struct.pack("f", number))[0] == pytest.approx(number, rel=1e-8, abs=0)
            assert f"{struct.unpack('f', struct.pack('f', number))[0]:.9g}" == f"{number:.9g}"


def test_gen_initial_states(run, tmp_path):
    start = json.loads(run("gen", "heavy_ball").stdout.splitlines()[1])["tensors"]["w1"]
    assert start["x_prev"] == start["x"]
    start = json.loads(run("gen", "nesterov_convex").stdout.splitlines()[1])["tensors"]["w1"]
    assert start["s"] == [1]


@pytest.mark.parametrize("eps", ["1e308", "1e-300"])
def test_gen_answers_an_unusual_eps_with_whole_arrays(run, eps):
    lines = run("gen", "adam", "--hyper", f"eps={eps}", "--steps", "5", "--tensors", "3").stdout.splitlines()
    assert [len(json.loads(line)["tensors"]["w0"]["g"]) for line in lines[2:]] == [3] * 5


def test_unanswered_questions(run):
    for name in names(run):
        questions = run("gen", name, "--steps", "3").stdout
        message = run("check", "-", text=questions, status=2).stderr
        assert ("the trace holds no result to judge: expected `x` at step 1 or later" in message
                or "standard input:3: tensors: expected an object of tensors, found none" in message), name


# --- check --------------------------------------------------------------------------------------------------------


def test_check_conforms(run, tmp_path):
    (tmp_path / "t.jsonl").write_text(HEAD + START + RIGHT)
    text = run("check", tmp_path / "t.jsonl").stdout
    assert text.startswith("sgd, binary64, 1 steps\n")
    assert text.endswith("\nVerdict: conforms to sgd.\n")
    assert len([line for line in text.splitlines() if line.split()[:2] == ["w", "x"] and "conforms" in line]) == 2
    assert run("check", "-", text=HEAD + START + RIGHT).stdout == text


def test_check_deviates(run):
    text = run("check", "-", text=HEAD + START + WRONG, status=1).stdout
    assert "\nVerdict: deviates from sgd.\n\nDiagnosis:\n" in text
    assert "  first deviation: step 1, w.x[1]: got 1.25 (0x1.4p+0), expected 1 (0x1p+0): 1.126e+15 ulps" in text


def test_check_histogram(run):
    text = run("check", "-", text=HEAD + START + WRONG, status=1).stdout
    bins = re.findall(r"^  (?:up to    |more than) (\S+) +(\d+)  (#*)$", text, re.MULTILINE)
    assert [ulps for ulps, _, _ in bins] == ["0.5", "1", "2", "4", "8", "16", "32", "64", "128", "256", "512", "512"]
    assert [int(count) for _, count, _ in bins] == [1] + [0] * 10 + [1]
    assert {len(bar) for _, count, bar in bins if count == "1"} == {50}


def test_check_explain(run):
    text = run("check", "-", "--explain", "1,w.x[1]", text=HEAD + START + WRONG, status=1).stdout
    lines = text[text.index("step 1, w.x[1], sgd, binary64:"):].splitlines()
    assert [line.split("  ")[1 + depth] for line, depth in zip(lines[2:], (0, 1, 1, 2, 2))] == [
        "x - (lr * g)", "x", "lr * g", "lr", "g"]
    assert "[" in lines[2] and float(lines[2].split()[5]) == 1  # the value


@pytest.mark.parametrize("place, message", [
    ("1", "goldstep check: --explain: expected STEP,TENSOR.QUANTITY[INDEX], found `1`\n"),
    ("1,w.x[1", "goldstep check: --explain: expected STEP,TENSOR.QUANTITY[INDEX], found `1,w.x[1`\n"),
    ("2,w.x[0]", "goldstep: standard input: no such step to explain: expected 1 to 1\n"),
    ("1,v.x[0]", "goldstep: standard input: no such tensor to explain: expected one that the report names\n"),
    ("1,w.m[0]", "goldstep: standard input: no such quantity to explain: expected x or a state\n"),
    ("1,w.x[2]", "goldstep: standard input: no such index to explain: expected 0 to 1\n"),
])
def test_check_explain_refusals(run, place, message):
    assert run("check", "-", "--no-diagnosis", "--explain", place, text=HEAD + START + WRONG,
               status=2).stderr.startswith(message)


def test_check_undecided(run):
    text = run("check", "-", text=HEAD + START + UNDECIDED, status=1).stdout
    assert text.endswith("\nVerdict: undecided for sgd.\n")
    assert ("  first undecided: step 1, w.x[1]: got 1 (0x1p+0), expected undefined (NaN): "
            "an input is NaN or infinite\n") in text


def test_check_all_undecided(run):
    step = '{"step": 1, "tensors": {"w": {"g": ["NaN", "NaN"], "x": [0.5, 1]}}}\n'
    line = next(line for line in run("check", "-", text=HEAD + START + step, status=1).stdout.splitlines()
                if line.startswith("  w "))
    assert {"x", "2", "undecided"} <= set(line.split())


def test_check_discontinuity(run):
    text = ('{"goldstep": 1, "rule": "lion", "format": "binary64", "hyper": {"lr": 0.5}}\n'
            '{"step": 0, "tensors": {"w": {"x": [1], "m": [-0.1]}}}\n'
            '{"step": 1, "tensors": {"w": {"g": [0.9], "x": [1.5]}}}\n')
    assert "  1 coordinates lie at a discontinuity" in run("check", "-", text=text).stdout


@pytest.mark.parametrize("step, status, verdict", [(RIGHT, 0, "conforms"), (WRONG, 1, "deviates"),
                                                   (UNDECIDED, 1, "undecided")])
def test_check_json(run, step, status, verdict):
    report = json.loads(run("check", "--json", "-", text=HEAD + START + step, status=status).stdout)
    assert report["conforms"] == (status == 0)
    for mode in report["modes"]:
        assert [row["verdict"] for row in mode["tensors"]] == [verdict]


def test_check_rule(run):
    adam = HEAD.replace("sgd", "adam")
    run("check", "-", text=adam + START + RIGHT, status=1)
    assert "sgd, binary64" in run("check", "--rule", "sgd", "-", text=adam + START + RIGHT).stdout
    message = run("check", "-r", "sgx", "-", text=adam + START + RIGHT, status=2).stderr
    assert message == "goldstep: no rule or schedule is called `sgx`\n"
    head = '{"goldstep": 1, "format": "binary64"}\n'
    assert "the trace names no rule" in run("check", "-", text=head + START + RIGHT, status=2).stderr


def test_check_refusals(run, tmp_path):
    missing, folder, empty = tmp_path / "none.jsonl", tmp_path / "folder", tmp_path / "empty"
    folder.mkdir()
    empty.touch()
    assert run("check", missing, status=2).stderr == f"goldstep: {missing}: No such file or directory\n"
    assert run("check", folder, status=2).stderr .lower() == f"goldstep: {folder}: is a directory\n"
    assert run("check", "-", status=2).stderr.startswith("goldstep: standard input: the file is empty")
    assert run("check", empty, status=2).stderr.startswith(f"goldstep: {empty}: ")
    message = run("check", "-", text=HEAD + START + "{\n", status=2).stderr
    assert message.startswith("goldstep: standard input:3:")
    message = run("check", "-", text=HEAD.replace("0.5", "-0.5") + START + RIGHT, status=2).stderr
    assert message == "goldstep: step 0: outside the domain of sgd: expected 0 <= lr, found lr = -0.5\n"


def test_standard_input_has_one_name(run):
    message = run("check", "-", text=HEAD + START, status=2).stderr
    assert message.startswith("goldstep: standard input: the trace holds no result to judge")


# --- specifications of one's own ----------------------------------------------------------------------------------


def test_spec(run, tmp_path):
    path = tmp_path / "mine.acsl"
    path.write_text(SPEC)
    assert "  mine " in run("list", "--spec", path).stdout
    assert f"\n{path}:\n/*@ logic real mine_x" in run("show", "--spec", path, "mine").stdout
    assert json.loads(run("gen", "--spec", path, "mine").stdout.splitlines()[0])["rule"] == "mine"
    trace = HEAD.replace("sgd", "mine") + START + RIGHT
    assert run("check", "--spec", path, "-", text=trace).stdout.endswith("Verdict: conforms to mine.\n")
    assert "`mine`" in run("check", "-", text=trace, status=2).stderr


@pytest.mark.parametrize("arguments", [["list"], ["show", "sgd"], ["gen", "sgd"], ["check", "-"], ["golden", "sgd"]])
def test_broken_spec(run, tmp_path, arguments):
    path = tmp_path / "mine.acsl"
    path.write_text(SPEC.replace("lr * g", "lr * h"))
    message = run(*arguments, "--spec", path, status=2, text=HEAD + START + RIGHT).stderr
    assert message == f"goldstep: {path}:8:59: `h`: this name is neither a parameter nor bound by \\let\n"
    path.unlink()
    message = run(*arguments, "--spec", path, status=2, text=HEAD + START + RIGHT).stderr
    assert message == f"goldstep: {path}: No such file or directory\n"


def test_a_spec_that_cannot_be_compiled(run, tmp_path):
    path = tmp_path / "mine.acsl"
    path.write_text(SPEC.replace("real x, real g", "real x_next, real x, real g"))
    for arguments, text in (["gen", "mine"], ""), (["check", "-"], HEAD.replace("sgd", "mine") + START + RIGHT):
        message = run(*arguments, "--spec", path, status=2, text=text).stderr
        assert message == f"goldstep: {path}:8:16: `mine_x` depends on its own value\n"


def test_a_deep_spec_is_refused(run, tmp_path):
    """64 KiB of sums, each function's one below the other's, do not overflow the stack."""
    path, sum = tmp_path / "mine.acsl", "+a" * 1990
    parts = ["logic real mine_0(real a) = a" + sum + ";"]
    parts += [f"logic real mine_{i}(real a) = mine_{i - 1}(a)" + sum + ";" for i in range(1, 15)]
    path.write_text(SPEC.replace("logic real mine_x", "\n".join(parts) + "\nlogic real mine_x")
                    .replace("lr * g", "mine_14(g)"))
    assert f"{path}: the equations are too large" in run("gen", "mine", "--spec", path, status=2).stderr


def test_gen_of_an_undefined_initial_state(command, tmp_path):
    """It is refused, or NaN; numbers are not left out."""
    path = tmp_path / "mine.acsl"
    path.write_text(SPEC.replace(" * hyper", " * state: s = 1 / lr\n * hyper")
                    .replace("/*@", "/*@ logic real mine_s(real s) = s;"))
    arguments = [command, "gen", "mine", "--spec", path, "--hyper", "lr=0", "--tensors", "2"]
    done = subprocess.run(arguments, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2 or len(json.loads(done.stdout.splitlines()[1])["tensors"]["w0"]["s"]) == 2


# --- standard output ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [
    ["list"], ["show", "adamw"], ["gen", "sgd", "--steps", "1"], ["gen", "adamw", "--steps", "400"], ["golden", "sgd"],
    ["check", "TRACE"], ["check", "--json", "TRACE"]], ids=" ".join)
def test_full_disk(command, tmp_path, arguments):
    trace = tmp_path / "t.jsonl"
    trace.write_text(HEAD + START + RIGHT)
    arguments = [str(trace) if word == "TRACE" else word for word in arguments]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([command, *arguments], stdout=full, stderr=subprocess.PIPE, text=True, timeout=60)
    assert done.stderr == "goldstep: standard output: No space left on device\n"
    assert done.returncode == 2
