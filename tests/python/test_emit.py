"""What `goldstep emit` writes for the provers. That Why3 accepts it, and that it means the same, `make prove` shows."""

import re
import subprocess

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
    ((((FromInt.from_int (IntMinMax.max (p_t) (2))) *. (p_a)) +. (FromInt.from_int (IntMinMax.min (IntAbs.abs (p_t)) ((p_t) - (1))))) -. ((RealAbs.abs (p_a)) *. (RealMinMax.min (p_a) (RealMinMax.max (p_a) (1.0)))))
  function every_x (p_x: real) (p_g: real) (p_t: int) (p_lr: real) (p_end: real) : real =
    (let p_k = ((- (p_t)) + (2)) in (let p_u = ((-. (p_x)) /. (3.0)) in (if (((p_t) <= (3)) /\ ((p_k) >= (1))) then ((every_part (p_t) (p_u)) +. (Square.sqrt (ExpLog.exp (ExpLog.log (PowerReal.pow (p_end) (FromInt.from_int (p_t))))))) else (((Trigonometry.cos ((Trigonometry.pi) *. (p_g))) *. (Trigonometry.sin (p_lr))) -. (FromInt.from_int ((Truncate.floor (p_x)) * (if ((p_t) = (4)) then (1) else (2))))))))
end
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
    ([], "expected a form and the name of a rule or schedule"), (["why3"], "expected a form and the name"),
    (["coq", "adam"], "expected why3 or driver, found `coq`"), (["why3", "adam", "sgd"], "expected a form and one rule"),
    (["driver", "nothing"], "no rule or schedule is called `nothing`")])
def test_errors(command, arguments, message):
    assert message in emit(command, *arguments, status=2)
