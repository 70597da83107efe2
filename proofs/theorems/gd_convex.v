(* Gradient descent on a convex smooth function. Garrigos & Gower, Handbook of convergence theorems for (stochastic)
   gradient methods: gradient descent, convex and smooth functions.

   Let f be convex and L-smooth on R^n, with a minimiser x*. Gradient descent with a step 0 < gamma <= 1/L satisfies,
   for every T >= 1,
       f(x_T) - min f <= ||x_0 - x*||^2 / (2 gamma T).
   The iterates are those of the rule gd of spec/rules/gradient/gd.acsl. *)
From Coq Require Import Reals Lra Psatz Lia.
From Goldstep.theorems.base Require Import space functions sums gradient_descent.
From Spec.theorems Require Import gd_convex.
Local Open Scope R_scope.

Definition gd_convex_statement : Prop :=
  forall (n : nat) (f : Rn n -> R) (grad : Rn n -> Rn n) (L gamma : R) (x0 xstar : Rn n) (T : nat),
  convex f -> smooth L f grad -> minimiser f xstar -> gd_convex_domain L gamma -> (1 <= T)%nat ->
  f (gd grad gamma x0 T) - f xstar <= gd_convex_bound (Z.of_nat T) gamma (norm2 (x0 -: xstar)).

Section Proof.
Context {X : space} (f : X -> R) (grad : X -> X) (L gamma : R) (xstar : X).
Hypothesis cvx : convex f.
Hypothesis lsmooth : smooth L f grad.
Hypothesis least : minimiser f xstar.
Hypothesis positive : 0 < L.
Hypothesis step : 0 < gamma <= 1 / L.

Let next (x : X) : X := x -: gamma *: grad x.

(* f(x') <= f(x) - (gamma/2) ||grad f(x)||^2. *)
Lemma gd_convex_value x : f (next x) <= f x - gamma / 2 * norm2 (grad x).
Proof.
  pose proof (gradient_step L f grad lsmooth x gamma) as decrease. fold (next x) in decrease.
  pose proof (step_times L gamma 1 positive (proj2 step)). pose proof (norm2_pos (grad x)).
  assert (gamma / 2 * norm2 (grad x) <= gamma * (1 - gamma * L / 2) * norm2 (grad x)); [| lra].
  apply Rmult_le_compat_r; nra.
Qed.

(* ||x' - x*||^2 <= ||x - x*||^2 - 2 gamma (f(x') - min f). *)
Lemma gd_convex_step x : norm2 (next x -: xstar) <= norm2 (x -: xstar) - 2 * gamma * (f (next x) - f xstar).
Proof.
  pose proof (gd_convex_value x) as decrease.
  pose proof (convex_first_order f grad cvx (proj1 lsmooth) x xstar) as above.
  assert (2 * gamma * (f (next x) - f xstar)
          <= 2 * gamma * (inner (grad x) (x -: xstar) - gamma / 2 * norm2 (grad x))).
  { apply Rmult_le_compat_l; [lra |].
    replace (inner (grad x) (x -: xstar)) with (- inner (grad x) (xstar -: x)) by (expand; ring). lra. }
  unfold next at 1. set (value := f (next x)) in *. clear decrease above. expand. lra.
Qed.

Lemma gd_convex_run x0 T : (1 <= T)%nat ->
  f (descent grad gamma x0 T) - f xstar <= norm2 (x0 -: xstar) / (2 * gamma * INR T).
Proof.
  intros some. set (x := descent grad gamma x0).
  (* V_t = 2 gamma t (f(x_t) - min f) + ||x_t - x*||^2 never increases. *)
  set (V := fun t => 2 * gamma * (INR t * (f (x t) - f xstar)) + norm2 (x t -: xstar)).
  assert (V T <= V O) as decrease.
  { apply non_increasing. intros t _. unfold V. rewrite S_INR. pose proof (gd_convex_step (x t)) as closer.
    assert (f (x (S t)) <= f (x t)) as lower.
    { pose proof (gd_convex_value (x t)) as value. change (next (x t)) with (x (S t)) in value.
      assert (0 <= gamma / 2 * norm2 (grad (x t))) by (apply Rmult_le_pos; [lra | apply norm2_pos]). lra. }
    change (next (x t)) with (x (S t)) in closer.
    assert (2 * gamma * (INR t * (f (x (S t)) - f xstar)) <= 2 * gamma * (INR t * (f (x t) - f xstar))); [| lra].
    apply Rmult_le_compat_l; [lra |]. apply Rmult_le_compat_l; [apply pos_INR | lra]. }
  unfold V in decrease. change (x O) with x0 in decrease. change (INR O) with 0 in decrease.
  pose proof (norm2_pos (x T -: xstar)). pose proof (lt_0_INR T ltac:(lia)).
  assert (0 < 2 * gamma * INR T) by (apply Rmult_lt_0_compat; lra).
  apply Rmult_le_reg_r with (2 * gamma * INR T); [assumption |].
  replace (norm2 (x0 -: xstar) / (2 * gamma * INR T) * (2 * gamma * INR T)) with (norm2 (x0 -: xstar)) by (field; lra).
  lra.
Qed.
End Proof.

Theorem gd_convex : gd_convex_statement.
Proof.
  intros n f grad L gamma x0 xstar T cvx lsmooth least [positive step] some.
  unfold gd_convex_bound. rewrite gd_descent, <- INR_IZR_INZ. apply gd_convex_run with (L := L); assumption.
Qed.
