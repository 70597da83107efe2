"""What `goldstep emit` writes for the provers. That Why3 accepts it, and that it means the same, `make prove` shows;
that Coq does, the last test."""

import re
import shutil
import subprocess
import warnings

import pytest

SPEC = r"""/* Every construct.
 *
 * rule:   every
 * source: here
 * inputs: g
 * hyper:  lr = 0.5, end = 2.
 */
/*@ predicate every_domain(real lr, real end) = 0 < lr <= 1 && (!(end != 2) || lr >= 0x1.8p1 ==> 1 > lr);

    logic real every_part(integer t, real a) = \max(t, 2) * a + \min(\abs(t), t - 1) - \abs(a) * \min(a, \max(a, 1));

    logic real every_x(real x, real g, integer t, real lr, real end) =
      \let k = -t + 2;
      \let u = -x / 3.;
      t <= 3 && k >= 1 ? every_part(t, u) + \sqrt(\exp(\log(\pow(end, t))))
                       : \cos(\pi * g) * \sin(lr) - \floor(x) * (t == 4 ? 1 : 2);
*/
"""
FUNCTIONS = r"""  predicate every_domain (p_lr: real) (p_end: real) =
    ((((0.0) <. (p_lr)) /\ ((p_lr) <=. (1.0))) /\ (((not ((p_end) <> (2.0))) \/ ((p_lr) >=. (0x1.8p1))) -> ((1.0) >. (p_lr))))
  function every_part (p_t: int) (p_a: real) : real =
    ((((Qed.real_of_int (IntMinMax.max (p_t) (2))) *. (p_a)) +. (Qed.real_of_int (IntMinMax.min (IntAbs.abs (p_t)) ((p_t) - (1))))) -. ((RealAbs.abs (p_a)) *. (RealMinMax.min (p_a) (RealMinMax.max (p_a) (1.0)))))
  function every_x (p_x: real) (p_g: real) (p_t: int) (p_lr: real) (p_end: real) : real =
    (let p_k = ((- (p_t)) + (2)) in (let p_u = ((-. (p_x)) /. (3.0)) in (if (((p_t) <= (3)) /\ ((p_k) >= (1))) then ((every_part (p_t) (p_u)) +. (Square.sqrt (ExpLog.exp (ExpLog.log (PowerReal.pow (p_end) (Qed.real_of_int (p_t))))))) else (((Trigonometry.cos ((Trigonometry.pi) *. (p_g))) *. (Trigonometry.sin (p_lr))) -. ((Qed.real_of_int (Truncate.floor (p_x))) *. (if ((p_t) = (4)) then (1.0) else (2.0)))))))
end
"""
COQ_HEADER = r"""(* Written by goldstep emit coq. Coq's functions are total: they have a value where the
   specification has none (1 / 0, sqrt (-1), ln 0, powerRZ 0 0). *)
From Coq Require Import Reals Sumbool.
Local Open Scope R_scope.
Local Arguments sumbool_and {A B C D}.
Local Arguments sumbool_or {A B C D}.
Local Arguments sumbool_not {A B}.

(* A real power of a >= 0: 0 to a positive power is 0, where Rpower says 1. *)
Definition powerRR (a y : R) : R :=
  if Req_EM_T a 0 then 0 else Rpower a y.
"""
COQ = r"""Definition every_domain (p_lr : R) (p_end : R) : Prop :=
  ((0 < p_lr) /\ (p_lr <= 1)) /\ (((~ (p_end <> 2)) \/ (p_lr >= 3)) -> (1 > p_lr)).
Definition every_part (p_t : Z) (p_a : R) : R :=
  (((IZR (Z.max p_t 2%Z)) * p_a) + (IZR (Z.min (Z.abs p_t) (Z.sub p_t 1%Z)))) - ((Rabs p_a) * (Rmin p_a (Rmax p_a 1))).
Definition every_x (p_x : R) (p_g : R) (p_t : Z) (p_lr : R) (p_end : R) : R :=
  let p_k := (Z.add (Z.opp p_t) 2%Z) in (let p_u := ((- p_x) / 3) in (if (sumbool_and (Z_le_dec p_t 3%Z) (Z_ge_dec p_k 1%Z)) then ((every_part p_t p_u) + (sqrt (exp (ln (powerRZ p_end p_t))))) else (((cos (PI * p_g)) * (sin p_lr)) - (IZR (Z.mul (Int_part p_x) (if (Z.eq_dec p_t 4%Z) then 1%Z else 2%Z)))))).
"""
# Conditions on real a and integer t, each with what decides it in Coq, and with when it holds.
CONDITIONS = [
    ("a < 2", "Rlt_dec p_a 2", lambda a, t: a < 2),
    ("a <= 2", "Rle_dec p_a 2", lambda a, t: a <= 2),
    ("a > 2", "Rgt_dec p_a 2", lambda a, t: a > 2),
    ("a >= 2", "Rge_dec p_a 2", lambda a, t: a >= 2),
    ("a == 2", "Req_EM_T p_a 2", lambda a, t: a == 2),
    ("a != t", "sumbool_not (Req_EM_T p_a (IZR p_t))", lambda a, t: a != t),
    ("t < 2", "Z_lt_dec p_t 2%Z", lambda a, t: t < 2),
    ("t <= 2", "Z_le_dec p_t 2%Z", lambda a, t: t <= 2),
    ("t > 2", "Z_gt_dec p_t 2%Z", lambda a, t: t > 2),
    ("t >= 2", "Z_ge_dec p_t 2%Z", lambda a, t: t >= 2),
    ("t == 2", "Z.eq_dec p_t 2%Z", lambda a, t: t == 2),
    ("t != 2", "sumbool_not (Z.eq_dec p_t 2%Z)", lambda a, t: t != 2),
    ("1 < a <= t", "sumbool_and (Rlt_dec 1 p_a) (Rle_dec p_a (IZR p_t))", lambda a, t: 1 < a <= t),
    ("a == 1 || t == 1", "sumbool_or (Req_EM_T p_a 1) (Z.eq_dec p_t 1%Z)", lambda a, t: a == 1 or t == 1),
    ("!(a < 2 && t < 2)", "sumbool_not (sumbool_and (Rlt_dec p_a 2) (Z_lt_dec p_t 2%Z))",
     lambda a, t: not (a < 2 and t < 2)),
    ("a < 2 ==> t > 2", "sumbool_or (sumbool_not (Rlt_dec p_a 2)) (Z_gt_dec p_t 2%Z)", lambda a, t: not a < 2 or t > 2),
    (r"\let b = a < 2; b || !b && t == 3",
     "let p_b := (Rlt_dec p_a 2) in (sumbool_or p_b (sumbool_and (sumbool_not p_b) (Z.eq_dec p_t 3%Z)))",
     lambda a, t: a < 2 or t == 3),
    ("logic_above(t, a)", "(fun (p_a : R) (p_b : R) => (Rgt_dec p_a p_b)) (IZR p_t) p_a", lambda a, t: t > a),
]
LOGIC = r"""/* Conditions, numbers and powers.
 *
 * rule:   logic
 * source: here
 * inputs: g
 */
/*@ predicate logic_above(real a, real b) = a > b;
    predicate logic_named(real a) = \let b = a < 2; !b && logic_above(a, 3);
    logic real logic_numbers(real a) = 0.5 + 2. + .25 + 1.0e-3 + 1.5e+2 + 0x1.8p1 + 0XAp-4 + 0.0;
    logic real logic_power(real a, integer t) = \pow(a, 0.5) + \pow(a, t * a) + \pow(t, -2) + \pow(a, \floor(t));
    logic real logic_x(real x, real g) = x - g;
CONDITIONS
*/
"""
LOGIC_COQ = r"""Definition logic_above (p_a : R) (p_b : R) : Prop :=
  p_a > p_b.
Definition logic_named (p_a : R) : Prop :=
  let p_b := (Rlt_dec p_a 2) in ((~ (if p_b then True else False)) /\ (logic_above p_a 3)).
Definition logic_numbers (p_a : R) : R :=
  (((((((1/2) + 2) + (1/4)) + (1/1000)) + 150) + 3) + (5/8)) + 0.
Definition logic_power (p_a : R) (p_t : Z) : R :=
  (((powerRR p_a (1/2)) + (powerRR p_a ((IZR p_t) * p_a))) + (powerRZ (IZR p_t) (Z.opp 2%Z))) + (powerRZ p_a (Int_part (IZR p_t))).
Definition logic_x (p_x : R) (p_g : R) : R :=
  p_x - p_g.
"""
# Facts about LOGIC's functions; `settle` looks at what decides a condition and finds one of the two cases absurd.
FACTS = r"""From Coq Require Import Lra Lia.
Ltac settle := cbv beta zeta; repeat match goal with |- context [if ?d then _ else _] => destruct d end;
  try reflexivity; exfalso; intuition (lra || lia).
Goal logic_numbers 0 = 156376 / 1000. Proof. unfold logic_numbers; lra. Qed.
Goal powerRR 0 2 = 0. Proof. unfold powerRR; settle. Qed.
Goal forall a y, 0 < a -> powerRR a y = Rpower a y. Proof. intros; unfold powerRR; settle. Qed.
Goal logic_named 4. Proof. unfold logic_named, logic_above; destruct (Rlt_dec 4 2); intuition lra. Qed.
Goal ~ logic_named 1. Proof. unfold logic_named; destruct (Rlt_dec 1 2); intuition lra. Qed.
"""


def emit(command, *arguments, status=0):
    done = subprocess.run([command, "emit", *map(str, arguments)], capture_output=True, text=True, timeout=60)
    assert done.returncode == status
    return done.stdout if status == 0 else done.stderr


def test_every_construct(command, tmp_path):
    path = tmp_path / "every.acsl"
    path.write_text(SPEC)
    text = emit(command, "why3", "every", "--spec", path)
    assert text.startswith(f"(* from {path} *)\ntheory Every\n  use int.Int\n")
    assert re.search(r"  predicate .*", text, re.DOTALL)[0] == FUNCTIONS + "\n"
    driver = emit(command, "driver", "every", "--spec", path)
    assert driver.splitlines()[2:] == [
        'why3.file += "every.why:Every";', 'predicate "every_domain"(real,real) = "every_domain";',
        'logic real "every_part"(integer,real) = "every_part";',
        'logic real "every_x"(real,real,integer,real,real) = "every_x";']


def test_a_variant_has_its_parents_theory(command):
    text = emit(command, "why3", "adam.torch")
    assert re.findall(r"^theory (\w+)", text, re.MULTILINE) == ["Adam", "Adam_torch"]
    assert "  use Adam\n" in text
    assert re.findall(r":(\w+)\"", emit(command, "driver", "adam.torch")) == ["Adam", "Adam_torch"]


@pytest.mark.parametrize("arguments, message", [
    ([], "expected a form and the name of a rule, schedule, theorem or objective"), (["why3"], "expected a form and the name"),
    (["latex", "adam"], "expected why3, driver or coq, found `latex`"),
    (["why3", "adam", "sgd"], "expected a form and one name"),
    (["driver", "nothing"], "no rule, schedule, theorem or objective is called `nothing`")])
def test_errors(command, arguments, message):
    assert message in emit(command, *arguments, status=2)


def logic(path):
    """The specification of LOGIC with a function for each condition, 1 where it holds and 0 elsewhere."""
    path.write_text(LOGIC.replace("CONDITIONS", "\n".join(
        f"    logic real logic_{i}(real a, integer t) = ({condition}) ? 1 : 0;"
        for i, (condition, _, _) in enumerate(CONDITIONS))))
    return path


def definitions(text):
    """The definitions that Coq text makes, without the header that all have."""
    header, *parts = re.split(r"\n\(\* from .* \*\)\n", text)
    assert header == COQ_HEADER
    return "".join(parts)


def test_every_construct_in_coq(command, tmp_path):
    path = tmp_path / "every.acsl"
    path.write_text(SPEC)
    assert definitions(emit(command, "coq", "every", "--spec", path)) == COQ
    decided = "".join(f"Definition logic_{i} (p_a : R) (p_t : Z) : R :=\n  if ({decision}) then 1 else 0.\n"
                      for i, (_, decision, _) in enumerate(CONDITIONS))
    assert definitions(emit(command, "coq", "logic", "--spec", logic(tmp_path / "logic.acsl"))) == LOGIC_COQ + decided


def facts():
    """What the conditions of LOGIC are at some points, for Coq to prove."""
    points = ((1, 1), (1, 2), (1, 3), (2, 1), (2, 3), (3, 2), (3, 3))
    return FACTS + "".join(
        f"Goal logic_{i} {a} {t}%Z = {int(holds(a, t))}. Proof. unfold logic_{i}; settle. Qed.\n"
        for i, (_, _, holds) in enumerate(CONDITIONS) for a, t in points)


def test_coq_accepts_every_rule_and_means_the_same(command, tmp_path):
    if shutil.which("coqc") is None:
        warnings.warn("coqc is missing (Debian: coq): nothing has checked what `goldstep emit coq` writes")
        pytest.skip("coqc is missing")
    names = re.findall(r"^  (\S+)", subprocess.run([command, "list"], capture_output=True, text=True, timeout=60,
                                                   check=True).stdout, re.MULTILINE)
    assert {"adamw", "adam.keras", "cosine", "gd_convex"} < set(names)
    every = tmp_path / "every.acsl"
    every.write_text(SPEC)
    text = emit(command, "coq", "logic", "--spec", logic(tmp_path / "logic.acsl")) + facts()
    for arguments in [["every", "--spec", every], *([name] for name in names)]:
        # each in a module, as a parent's definitions stand in the text of all its variants
        module = f"M_{arguments[0].replace('.', '_')}"
        text += f"Module {module}.\n{definitions(emit(command, 'coq', *arguments))}End {module}.\n"
    (tmp_path / "emitted.v").write_text(text)
    done = subprocess.run(["coqc", "emitted.v"], cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
