(* Gradient descent on a strongly convex smooth function with a step of at most 2/(mu + L). optlib states it, in Lean;
   the proof is by the interpolation inequality (base/strong_descent.v).

   Let f be mu-strongly convex and L-smooth on R^n, 0 < mu <= L, with a minimiser x*. Gradient descent with a step
   0 < gamma <= 2/(mu + L) satisfies, for every T,
       ||x_T - x*||^2 <= (1 - 2 gamma mu L/(mu + L))^T ||x_0 - x*||^2,
   with equality for gamma = 2/(mu + L) and a parabola in every R^n, whatever mu, L and x_0.
   The iterates are those of the rule gd of spec/rules/gradient/gd.acsl. *)
From Coq Require Import Reals Lra Psatz Lia.
From Goldstep.theorems.base Require Import space functions sums gradient_descent line strong_descent descent_examples.
From Spec.theorems Require Import gd_sc_2muL.
Local Open Scope R_scope.

Definition gd_sc_2muL_statement : Prop :=
  forall (n : nat) (f : Rn n -> R) (grad : Rn n -> Rn n) (mu L gamma : R) (x0 xstar : Rn n) (T : nat),
  strongly_convex mu f -> smooth L f grad -> minimiser f xstar -> gd_sc_2muL_domain mu L gamma ->
  norm2 (gd grad gamma x0 T -: xstar) <= gd_sc_2muL_bound (Z.of_nat T) mu L gamma (norm2 (x0 -: xstar)).

Definition gd_sc_2muL_attained_statement : Prop :=
  forall (n : nat) (mu L : R), 0 < mu <= L ->
  exists (f : Rn n -> R) (grad : Rn n -> Rn n) (xstar : Rn n),
  strongly_convex mu f /\ smooth L f grad /\ minimiser f xstar
  /\ forall (x0 : Rn n) (T : nat), let gamma := 2 / (mu + L) in
     norm2 (gd grad gamma x0 T -: xstar) = gd_sc_2muL_bound (Z.of_nat T) mu L gamma (norm2 (x0 -: xstar)).

Section Proof.
Context {X : space} (f : X -> R) (grad : X -> X) (mu L gamma : R) (xstar : X).
Hypothesis cvx : strongly_convex mu f.
Hypothesis lsmooth : smooth L f grad.
Hypothesis least : minimiser f xstar.
Hypothesis range : 0 < mu <= L.
Hypothesis step : 0 < gamma <= 2 / (mu + L).

(* ||x' - x*||^2 <= (1 - 2 gamma mu L/(mu + L)) ||x - x*||^2 - gamma (2/(mu + L) - gamma) ||grad f(x)||^2. *)
Lemma gd_sc_2muL_step x :
  norm2 (x -: gamma *: grad x -: xstar) <= (1 - 2 * gamma * mu * L / (mu + L)) * norm2 (x -: xstar).
Proof.
  pose proof (strong_cocoercive mu L f grad ltac:(lra) cvx lsmooth x xstar) as close.
  rewrite (minimiser_gradient f grad xstar least (proj1 lsmooth)) in close.
  replace (grad x -: zero) with (grad x) in close by same_point.
  replace (norm2 (x -: gamma *: grad x -: xstar))
    with (norm2 (x -: xstar) - 2 * gamma * inner (grad x) (x -: xstar) + gamma ^ 2 * norm2 (grad x))
    by (set (g := grad x); clearbody g; clear; expand; ring).
  pose proof (norm2_pos (grad x)).
  set (r := norm2 (x -: xstar)) in *. set (s := inner (grad x) (x -: xstar)) in *. set (u := norm2 (grad x)) in *.
  set (c := 2 / (mu + L)) in *. assert (0 < c) by (unfold c; apply Rdiv_lt_0_compat; lra).
  replace (2 * gamma * mu * L / (mu + L)) with (gamma * c * (mu * L)) by (unfold c; field; lra).
  assert (c * (mu * L * r + u) <= 2 * s).
  { apply Rmult_le_compat_l with (r := c) in close; [| lra].
    replace (c * ((L + mu) * s)) with (2 * s) in close by (unfold c; field; lra). exact close. }
  assert (gamma * (c * (mu * L * r + u)) <= gamma * (2 * s)) by (apply Rmult_le_compat_l; lra).
  assert (0 <= gamma * (c - gamma) * u) by (repeat apply Rmult_le_pos; lra). lra.
Qed.

Lemma gd_sc_2muL_run x0 T :
  norm2 (descent grad gamma x0 T -: xstar) <= (1 - 2 * gamma * mu * L / (mu + L)) ^ T * norm2 (x0 -: xstar).
Proof.
  apply (linear_rate_nonneg (fun t => norm2 (descent grad gamma x0 t -: xstar))); intros t;
    [apply norm2_pos | apply gd_sc_2muL_step].
Qed.
End Proof.

Theorem gd_sc_2muL : gd_sc_2muL_statement.
Proof.
  intros n f grad mu L gamma x0 xstar T cvx lsmooth least [range step]. unfold gd_sc_2muL_bound.
  rewrite gd_descent, <- pow_powerRZ. apply gd_sc_2muL_run with (f := f); assumption.
Qed.

(* (mu/2) ||x||^2. *)
Theorem gd_sc_2muL_attained : gd_sc_2muL_attained_statement.
Proof.
  intros n mu L range. destruct (parabola_class (X := Rn n) mu L mu ltac:(lra) ltac:(lra)) as [cvx [lsmooth least]].
  exists (fun x => mu / 2 * norm2 (x -: zero)), (fun x => mu *: (x -: zero)), zero.
  repeat split; try assumption; try apply lsmooth.
  intros x0 T gamma. unfold gd_sc_2muL_bound. rewrite gd_descent, parabola_descent, <- pow_powerRZ.
  replace (1 - 2 * gamma * mu * L / (mu + L)) with ((1 - gamma * mu) ^ 2) by (unfold gamma; field; lra).
  rewrite <- pow_mult, Nat.mul_comm, pow_mult. set (q := (1 - gamma * mu) ^ T). clearbody q. expand. ring.
Qed.
