(* Stochastic gradient descent with switching steps on a strongly convex sum. Garrigos & Gower, Handbook of convergence
   theorems for (stochastic) gradient methods: stochastic gradient descent, strongly convex functions, switching steps;
   the constants are derived here.

   Let f = (f_1 + ... + f_n)/n on R^d be mu-strongly convex, with a minimiser x*, and each f_i convex and L-smooth; let
   c = ceil(L/mu). SGD, with indices drawn uniformly and independently and the steps
       gamma_t = 1/(2L) for t < 4c,   gamma_t = (2t+1)/((t+1)^2 mu) for t >= 4c,
   satisfies, for every T >= 4c,
       E ||x_T - x*||^2 <= 16 c^2 ||x_0 - x*||^2/(e^2 T^2) + 8 sigma^2/(mu^2 T),
   where sigma^2 = (1/n) sum ||grad f_i(xstar)||^2. The step at t makes x_{t+1}. E is the average over the n^T sequences
   of indices. The iterates are those of the rule sgd of spec/rules/gradient/sgd.acsl. *)
From Coq Require Fin.
From Coq Require Import Reals Lra Lia List.
From Goldstep.theorems.base Require Import space functions expectation switching stochastic_gradient
  expected_smoothness.
From Spec.theorems Require Import sgd_sc_switch.
Local Open Scope R_scope.

Definition sgd_sc_switch_statement : Prop :=
  forall (d n : nat) (fi : Fin.t n -> Rn d -> R) (gi : Fin.t n -> Rn d -> Rn d) (mu L : R) (x0 xstar : Rn d) (T : nat),
  convex_sum L fi gi xstar -> strongly_convex mu (mean_function fi) ->
  sgd_sc_switch_domain mu L -> sgd_sc_switch_start mu L <= INR T ->
  expect T (fun past => norm2 (sgd gi (fun t => sgd_sc_switch_gamma (Z.of_nat t) mu L) x0 past -: xstar))
  <= sgd_sc_switch_bound (Z.of_nat T) mu L (norm2 (x0 -: xstar)) (gradient_noise gi xstar).

Theorem sgd_sc_switch : sgd_sc_switch_statement.
Proof.
  intros d n fi gi mu L x0 xstar T setting cvx [posmu posL] late. rewrite sgd_is_descent.
  pose proof (ceiling (L / mu)) as ceil. set (c := sgd_sc_switch_ceiling mu L).
  destruct (ceiling_nat 4 (L / mu)) as [s [switch first]]; [apply Rdiv_lt_0_compat; assumption |].
  replace (INR 4) with 4 in switch by (simpl; ring).
  assert (forall t, INR t < sgd_sc_switch_start mu L <-> (t < s)%nat) as early.
  { intros t. unfold sgd_sc_switch_start, sgd_sc_switch_ceiling. rewrite <- switch.
    split; [apply INR_lt | apply lt_INR]. }
  assert (s <= T)%nat as after.
  { apply INR_le. rewrite switch. exact late. }
  assert (0 < INR T) as pos by (apply lt_0_INR; lia).
  replace (sgd_sc_switch_bound (Z.of_nat T) mu L (norm2 (x0 -: xstar)) (gradient_noise gi xstar))
    with (16 * c ^ 2 * norm2 (x0 -: xstar) / (exp 2 * INR T ^ 2) + 8 * gradient_noise gi xstar / mu ^ 2 / INR T).
  - apply run_sc_switch with (f := mean_function fi) (L := L) (s := s);
      [| split; assumption | exact ceil | exact switch | lia | | | exact after].
    + apply convex_sum_estimates; [exact setting | exact cvx | exact posL].
    + intros k before. unfold sgd_sc_switch_gamma. rewrite <- INR_IZR_INZ.
      destruct Rlt_dec as [_ | no]; [reflexivity |]. elim no. apply early, before.
    + intros k beyond. unfold sgd_sc_switch_gamma. rewrite mult_IZR, !plus_IZR, mult_IZR, <- INR_IZR_INZ.
      destruct Rlt_dec as [yes | _]; [apply early in yes; lia | reflexivity].
  - unfold sgd_sc_switch_bound. fold c. cbv zeta. rewrite mult_IZR, <- INR_IZR_INZ. pose proof (exp_pos 2). field.
    repeat split; lra.
Qed.
