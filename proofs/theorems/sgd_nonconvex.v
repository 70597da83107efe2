(* Stochastic gradient descent with a constant step on a nonconvex sum. Garrigos & Gower, Handbook of convergence
   theorems for (stochastic) gradient methods, treat this case; the constants are derived here.

   Let f = (f_1 + ... + f_n)/n on R^d be Lf-smooth, each f_i Lmax-smooth and bounded below. SGD, with indices drawn
   uniformly and independently and a step gamma > 0, satisfies, for every T >= 1,
       min_{t<T} E ||grad f(x_t)||^2
         <= (f(x_0) - inf f) (1 + gamma^2 Lf Lmax T)/(gamma T) + gamma Lf Lmax Delta,
   where Delta = inf f - (1/n) sum inf f_i; and, with gamma = sqrt(2/(Lf Lmax T)),
         <= sqrt(2 Lf Lmax/T) ((3/2) (f(x_0) - inf f) + Delta).
   E is the average over the sequences of indices. The iterates are those of the rule sgd of
   spec/rules/gradient/sgd.acsl. *)
From Coq Require Fin.
From Coq Require Import Reals Lra Lia.
From Goldstep.theorems.base Require Import space functions sums expectation stochastic_gradient expected_smoothness
  expected_growth.
From Spec.theorems Require Import sgd_nonconvex sgd_nonconvex_horizon.
Local Open Scope R_scope.

Definition sgd_nonconvex_statement : Prop :=
  forall (d n : nat) (fi : Fin.t n -> Rn d -> R) (gi : Fin.t n -> Rn d -> Rn d) (Lf Lmax gamma m : R)
         (mi : Fin.t n -> R) (x0 : Rn d) (T : nat),
  smooth_sum Lf Lmax fi gi m mi -> sgd_nonconvex_domain Lf Lmax gamma -> (1 <= T)%nat ->
  min_below (fun t => expect t (fun past => norm2 (mean_gradient gi (sgd gi (fun _ => gamma) x0 past)))) T
  <= sgd_nonconvex_bound (Z.of_nat T) Lf Lmax gamma (mean_function fi x0 - m) (function_noise m mi).

Definition sgd_nonconvex_horizon_statement : Prop :=
  forall (d n : nat) (fi : Fin.t n -> Rn d -> R) (gi : Fin.t n -> Rn d -> Rn d) (Lf Lmax m : R)
         (mi : Fin.t n -> R) (x0 : Rn d) (T : nat),
  smooth_sum Lf Lmax fi gi m mi -> sgd_nonconvex_horizon_domain Lf Lmax -> (1 <= T)%nat ->
  let gamma := sgd_nonconvex_horizon_gamma (Z.of_nat T) Lf Lmax in
  min_below (fun t => expect t (fun past => norm2 (mean_gradient gi (sgd gi (fun _ => gamma) x0 past)))) T
  <= sgd_nonconvex_horizon_bound (Z.of_nat T) Lf Lmax (mean_function fi x0 - m) (function_noise m mi).

Theorem sgd_nonconvex : sgd_nonconvex_statement.
Proof.
  intros d n fi gi Lf Lmax gamma m mi x0 T setting [[posLf posLmax] step] some. rewrite sgd_is_descent.
  unfold sgd_nonconvex_bound. rewrite <- INR_IZR_INZ.
  replace (gamma * gamma * Lf * Lmax * INR T) with (gamma ^ 2 * Lf * Lmax * INR T) by ring.
  rewrite (Rmult_assoc (gamma * Lf)).
  apply growing_nonconvex; [| split; assumption | exact step | exact some].
  apply smooth_sum_estimates; assumption.
Qed.

Theorem sgd_nonconvex_horizon : sgd_nonconvex_horizon_statement.
Proof.
  intros d n fi gi Lf Lmax m mi x0 T setting [posLf posLmax] some gamma.
  pose proof (lt_0_INR T ltac:(lia)) as pos.
  assert (0 < Lf * Lmax) as product by (apply Rmult_lt_0_compat; assumption).
  assert (0 < Lf * Lmax * INR T) by (apply Rmult_lt_0_compat; assumption).
  assert (0 < gamma) as step.
  { apply sqrt_lt_R0. rewrite <- INR_IZR_INZ. apply Rdiv_lt_0_compat; lra. }
  assert (gamma * gamma = 2 / (Lf * Lmax * INR T)) as square.
  { unfold gamma, sgd_nonconvex_horizon_gamma. rewrite <- INR_IZR_INZ. apply sqrt_sqrt. left.
    apply Rdiv_lt_0_compat; lra. }
  assert (sqrt (2 * Lf * Lmax / INR T) = gamma * (Lf * Lmax)) as root.
  { apply sqrt_lem_1.
    - apply Rle_mult_inv_pos; [rewrite Rmult_assoc; lra | exact pos].
    - apply Rmult_le_pos; lra.
    - replace (gamma * (Lf * Lmax) * (gamma * (Lf * Lmax))) with (gamma * gamma * (Lf * Lmax) ^ 2) by ring.
      rewrite square. field. lra. }
  assert (sgd_nonconvex_domain Lf Lmax gamma) as domain by (unfold sgd_nonconvex_domain; auto).
  eapply Rle_trans; [exact (sgd_nonconvex d n fi gi Lf Lmax gamma m mi x0 T setting domain some) |].
  right. unfold sgd_nonconvex_bound, sgd_nonconvex_horizon_bound. rewrite <- INR_IZR_INZ, root.
  replace (gamma * gamma * Lf * Lmax * INR T) with 2 by (rewrite square; field; lra).
  replace ((mean_function fi x0 - m) * (1 + 2) / (gamma * INR T))
    with ((mean_function fi x0 - m) * (3 / (gamma * gamma * INR T)) * gamma) by (field; lra).
  rewrite square. field. lra.
Qed.
