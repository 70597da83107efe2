(* Stochastic gradient descent with a constant step on a strongly convex sum. Garrigos & Gower, Handbook of convergence
   theorems for (stochastic) gradient methods: stochastic gradient descent, strongly convex functions, constant step.

   Let f = (f_1 + ... + f_n)/n on R^d be mu-strongly convex, with a minimiser x*, and each f_i convex and L-smooth. SGD,
   with indices drawn uniformly and independently and a step 0 < gamma <= 1/(2L), satisfies, for every T,
       E ||x_T - x*||^2 <= (1 - gamma mu)^T ||x_0 - x*||^2 + (2 gamma/mu) sigma^2,
   where sigma^2 = (1/n) sum ||grad f_i(xstar)||^2. E is the average over the n^T sequences of indices.
   The iterates are those of the rule sgd of spec/rules/gradient/sgd.acsl. *)
From Coq Require Fin.
From Coq Require Import Reals.
From Goldstep.theorems.base Require Import space functions expectation stochastic_gradient expected_smoothness.
From Spec.theorems Require Import sgd_sc_const.
Local Open Scope R_scope.

Definition sgd_sc_const_statement : Prop :=
  forall (d n : nat) (fi : Fin.t n -> Rn d -> R) (gi : Fin.t n -> Rn d -> Rn d) (mu L gamma : R)
         (x0 xstar : Rn d) (T : nat),
  convex_sum L fi gi xstar -> strongly_convex mu (mean_function fi) ->
  sgd_sc_const_domain mu L gamma ->
  expect T (fun past => norm2 (sgd gi (fun _ => gamma) x0 past -: xstar))
  <= sgd_sc_const_bound (Z.of_nat T) mu gamma (norm2 (x0 -: xstar)) (gradient_noise gi xstar).

Theorem sgd_sc_const : sgd_sc_const_statement.
Proof.
  intros d n fi gi mu L gamma x0 xstar T setting cvx [positive step]. rewrite sgd_is_descent.
  unfold sgd_sc_const_bound. rewrite <- pow_powerRZ.
  apply run_sc_const with (f := mean_function fi) (L := L); [| exact positive | exact step].
  apply convex_sum_estimates; [exact setting | exact cvx | apply positive].
Qed.
