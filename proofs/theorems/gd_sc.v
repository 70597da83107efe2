(* Gradient descent on a strongly convex smooth function. Garrigos & Gower, Handbook of convergence theorems for
   (stochastic) gradient methods: gradient descent, strongly convex and smooth functions.

   Let f be mu-strongly convex and L-smooth on R^n, with a minimiser x*. Gradient descent with a step 0 < gamma <= 1/L
   satisfies, for every T,
       ||x_T - x*||^2 <= (1 - gamma mu)^T ||x_0 - x*||^2,
       f(x_T) - min f <= (L/2) (1 - gamma mu)^T ||x_0 - x*||^2.
   The iterates are those of the rule gd of spec/rules/gradient/gd.acsl. *)
From Coq Require Import Reals Lra Psatz Lia.
From Goldstep.theorems.base Require Import space functions sums gradient_descent.
From Spec.theorems Require Import gd_sc gd_sc_value.
Local Open Scope R_scope.

Definition gd_sc_statement : Prop :=
  forall (n : nat) (f : Rn n -> R) (grad : Rn n -> Rn n) (mu L gamma : R) (x0 xstar : Rn n) (T : nat),
  strongly_convex mu f -> smooth L f grad -> minimiser f xstar -> gd_sc_domain mu L gamma ->
  norm2 (gd grad gamma x0 T -: xstar) <= gd_sc_bound (Z.of_nat T) mu gamma (norm2 (x0 -: xstar)).

Definition gd_sc_value_statement : Prop :=
  forall (n : nat) (f : Rn n -> R) (grad : Rn n -> Rn n) (mu L gamma : R) (x0 xstar : Rn n) (T : nat),
  strongly_convex mu f -> smooth L f grad -> minimiser f xstar -> gd_sc_value_domain mu L gamma ->
  f (gd grad gamma x0 T) - f xstar <= gd_sc_value_bound (Z.of_nat T) mu L gamma (norm2 (x0 -: xstar)).

Section Proof.
Context {X : space} (f : X -> R) (grad : X -> X) (mu L gamma : R) (xstar : X).
Hypothesis cvx : strongly_convex mu f.
Hypothesis lsmooth : smooth L f grad.
Hypothesis least : minimiser f xstar.
Hypothesis positive : 0 < mu /\ 0 < L.
Hypothesis step : 0 < gamma <= 1 / L.

(* ||x' - x*||^2 <= (1 - gamma mu) ||x - x*||^2 - 2 gamma (1 - gamma L) (f(x) - min f). *)
Lemma gd_sc_step x : norm2 (x -: gamma *: grad x -: xstar)
  <= (1 - gamma * mu) * norm2 (x -: xstar) - 2 * gamma * (1 - gamma * L) * (f x - f xstar).
Proof.
  pose proof (strongly_convex_first_order mu f grad cvx (proj1 lsmooth) x xstar) as above.
  pose proof (lem_grad_gap L f grad (f xstar) (proj2 positive) lsmooth least x) as gap.
  apply Rmult_le_compat_l with (r := 2 * gamma) in above; [| lra].
  apply Rmult_le_compat_l with (r := gamma ^ 2) in gap; [| apply pow2_ge_0].
  set (g := grad x) in *. clearbody g. expand. lra.
Qed.

Lemma gd_sc_run x0 T : norm2 (descent grad gamma x0 T -: xstar) <= (1 - gamma * mu) ^ T * norm2 (x0 -: xstar).
Proof.
  set (x := descent grad gamma x0). change x0 with (x O) at 1. set (r := fun t => norm2 (x t -: xstar)).
  apply (linear_rate_nonneg r); intros t; [apply norm2_pos |].
  pose proof (gd_sc_step (x t)) as closer. change (x t -: gamma *: grad (x t)) with (x (S t)) in closer.
  fold (r t) (r (S t)) in closer. pose proof (least (x t)).
  pose proof (step_times L gamma 1 (proj2 positive) (proj2 step)).
  assert (0 <= 2 * gamma * (1 - gamma * L) * (f (x t) - f xstar)) by (repeat apply Rmult_le_pos; lra). lra.
Qed.
End Proof.

Theorem gd_sc : gd_sc_statement.
Proof.
  intros n f grad mu L gamma x0 xstar T cvx lsmooth least [positive step].
  unfold gd_sc_bound. rewrite gd_descent, <- pow_powerRZ. apply gd_sc_run with (f := f) (L := L); assumption.
Qed.

Theorem gd_sc_value : gd_sc_value_statement.
Proof.
  intros n f grad mu L gamma x0 xstar T cvx lsmooth least allowed.
  pose proof (gd_sc n f grad mu L gamma x0 xstar T cvx lsmooth least allowed) as closer.
  unfold gd_sc_bound in closer. unfold gd_sc_value_bound. rewrite <- pow_powerRZ in *. destruct allowed as [positive _].
  pose proof (lem_descent L f grad lsmooth xstar (gd grad gamma x0 T)) as above.
  rewrite (minimiser_gradient f grad xstar least (proj1 lsmooth)), inner_zero_l in above.
  apply Rmult_le_compat_l with (r := L / 2) in closer; lra.
Qed.
