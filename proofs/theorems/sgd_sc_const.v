(* Stochastic gradient descent with a constant step on a strongly convex sum. Garrigos & Gower, Handbook of convergence
   theorems for (stochastic) gradient methods: stochastic gradient descent, strongly convex functions, constant step.

   Let f = (f_1 + ... + f_n)/n on R^d be mu-strongly convex, with a minimiser x*, and each f_i convex and L-smooth. SGD,
   with indices drawn uniformly and independently and a step 0 < gamma <= 1/(2L), satisfies, for every T,
       E ||x_T - x*||^2 <= (1 - gamma mu)^T ||x_0 - x*||^2 + (2 gamma/mu) sigma^2,
   where sigma^2 = (1/n) sum ||grad f_i(xstar)||^2. E is the average over the n^T sequences of indices.
   The iterates are those of the rule sgd of spec/rules/gradient/sgd.acsl. *)
From Coq Require Fin.
From Coq Require Import Reals Lra Lia List.
From Goldstep.theorems.base Require Import space functions sums expectation stochastic_gradient.
Local Open Scope R_scope.

Definition sgd_sc_const_statement : Prop :=
  forall (d n : nat) (fi : Fin.t n -> Rn d -> R) (gi : Fin.t n -> Rn d -> Rn d) (mu L gamma : R)
         (x0 xstar : Rn d) (T : nat),
  (1 <= n)%nat -> (forall i, convex (fi i)) -> (forall i, smooth L (fi i) (gi i)) ->
  strongly_convex mu (mean_function fi) -> minimiser (mean_function fi) xstar ->
  0 < mu /\ 0 < L -> 0 < gamma <= 1 / (2 * L) ->
  expect T (fun past => norm2 (sgd gi (fun _ => gamma) x0 past -: xstar))
  <= (1 - gamma * mu) ^ T * norm2 (x0 -: xstar) + 2 * gamma / mu * gradient_noise gi xstar.

Section Proof.
Context {X : space} {n : nat} (fi : Fin.t n -> X -> R) (gi : Fin.t n -> X -> X) (mu L gamma : R) (xstar : X).
Hypothesis some : (1 <= n)%nat.
Hypothesis convexes : forall i, convex (fi i).
Hypothesis smooths : forall i, smooth L (fi i) (gi i).
Hypothesis cvx : strongly_convex mu (mean_function fi).
Hypothesis least : minimiser (mean_function fi) xstar.
Hypothesis positive : 0 < mu /\ 0 < L.
Hypothesis step : 0 < gamma <= 1 / (2 * L).

Let noise : R := gradient_noise gi xstar.

Lemma noise_nonneg : 0 <= noise.
Proof. apply mean_nonneg. intros i. apply norm2_pos. Qed.

Lemma sgd_sc_const_run x0 T :
  expect T (fun past => norm2 (stochastic_descent gi (fun _ => gamma) x0 past -: xstar))
  <= (1 - gamma * mu) ^ T * norm2 (x0 -: xstar) + 2 * gamma / mu * noise.
Proof.
  set (x := stochastic_descent gi (fun _ => gamma) x0).
  set (r := fun t => expect t (fun past => norm2 (x past -: xstar))).
  pose proof (step_times (2 * L) gamma 1 ltac:(lra) ltac:(lra)). pose proof noise_nonneg.
  change (r T <= (1 - gamma * mu) ^ T * r O + 2 * gamma / mu * noise).
  destruct (Rle_lt_dec (gamma * mu) 1) as [below | above].
  - replace (2 * gamma / mu * noise) with (2 * gamma ^ 2 * noise / (gamma * mu)) by (field; lra).
    apply lem_recursion.
    + split; [apply Rmult_lt_0_compat; lra | exact below].
    + apply Rmult_le_pos; [pose proof (pow2_ge_0 gamma); lra | assumption].
    + intros t _. unfold r. rewrite <- expect_scale, <- (expect_const (n := n) t (2 * gamma ^ 2 * noise) some).
      rewrite <- expect_plus. apply expect_step. intros past _.
      pose proof (sgd_expected_step fi gi mu L xstar some convexes smooths cvx least (proj2 positive) (x past) gamma
        ltac:(lra)) as once.
      pose proof (least (x past)). fold noise in once.
      assert (0 <= 2 * gamma * (1 - 2 * gamma * L) * (mean_function fi (x past) - mean_function fi xstar))
        by (repeat apply Rmult_le_pos; lra).
      change (mean (fun i => norm2 (x past -: gamma *: gi i (x past) -: xstar))
              <= (1 - gamma * mu) * norm2 (x past -: xstar) + 2 * gamma ^ 2 * noise). lra.
  - (* mu > L: the space has one point only. *)
    assert (one : forall y : X, y = xstar).
    { intros y. destruct (Req_dec (norm2 (y -: xstar)) 0) as [null | two]; [apply point_equal, null | exfalso].
      assert (mu <= L); [| nra].
      apply (strong_convexity_below_smoothness mu L (mean_function fi) (mean_gradient gi) y xstar cvx).
      - apply mean_smooth; assumption.
      - intros equal. apply two. rewrite equal. expand. ring. }
    assert (null : forall t, r t = 0).
    { intros t. unfold r. rewrite <- (expect_const (n := n) t 0 some). apply expect_ext. intros past.
      rewrite (one (x past)). expand. ring. }
    rewrite !null, Rmult_0_r, Rplus_0_l. apply Rmult_le_pos; [apply Rle_mult_inv_pos; lra | assumption].
Qed.
End Proof.

Theorem sgd_sc_const : sgd_sc_const_statement.
Proof.
  unfold sgd_sc_const_statement.
  intros.
  rewrite (expect_ext T _ (fun past => norm2 (stochastic_descent gi (fun _ => gamma) x0 past -: xstar)))
    by (intros; rewrite sgd_descent; reflexivity).
  apply sgd_sc_const_run with (fi := fi) (L := L); assumption.
Qed.
