(* The last iterate of stochastic gradient descent with momentum on a convex sum. Garrigos & Gower, Handbook of
   convergence theorems for (stochastic) gradient methods: stochastic momentum; a public course note restates it.

   Let f = (f_1 + ... + f_n)/n on R^d have a minimiser x*, each f_i convex and L-smooth, and 0 < eta <= 1/(4L). With
   indices drawn uniformly and independently, z_0 = x_0 and lambda_t = t/2, the iterates
       z_{t+1} = z_t - eta grad f_i(x_t),   x_{t+1} = (lambda_{t+1} x_t + z_{t+1})/(lambda_{t+1} + 1)
   satisfy, for every T,
       E f(x_T) - min f <= ||x_0 - x*||^2/(eta (T + 1)) + 2 eta sigma^2,
   where sigma^2 = (1/n) sum ||grad f_i(xstar)||^2. E is the average over the n^T sequences of indices. The iterates are
   those of the rule sgdm_ima of spec/rules/gradient/; sgd_mom_equiv.v has them as heavy ball and as a buffer. *)
From Coq Require Fin.
From Coq Require Import Reals Lra Lia List FunctionalExtensionality.
From Goldstep.theorems.base Require Import space functions sums expectation expected_smoothness momentum.
From Spec.theorems Require Import sgd_mom_last.
Local Open Scope R_scope.

(* (x, z) after the draws of a history. *)
Definition stochastic_ima {d n : nat} (gi : Fin.t n -> Rn d -> Rn d) (eta : R) (x0 : Rn d) (past : history n) :
  Rn d * Rn d :=
  run (fun t i state => ima_step eta (sgd_mom_last_lambda (Z.of_nat (S t))) (gi i (fst state)) state) (x0, x0) past.

Definition sgd_mom_last_statement : Prop :=
  forall (d n : nat) (fi : Fin.t n -> Rn d -> R) (gi : Fin.t n -> Rn d -> Rn d) (L eta : R) (x0 xstar : Rn d)
         (T : nat),
  convex_sum L fi gi xstar -> sgd_mom_last_domain L eta ->
  expect T (fun past => mean_function fi (fst (stochastic_ima gi eta x0 past)) - mean_function fi xstar)
  <= sgd_mom_last_bound (Z.of_nat T) eta (norm2 (x0 -: xstar)) (gradient_noise gi xstar).

Section Proof.
Context {X : space} {n : nat} (f : X -> R) (v : Fin.t n -> X -> X) (L eta : R) (x0 xstar : X).
Hypothesis setting : estimates 0 L f v xstar.
Hypothesis positive : 0 < L.
Hypothesis step : 0 < eta <= 1 / (4 * L).

Let lambda (t : nat) : R := INR t / 2.
Let noise : R := gradient_noise v xstar.

Definition momentum_step (t : nat) (i : Fin.t n) (state : X * X) : X * X :=
  let (x, z) := state in
  let z_next := z -: eta *: v i x in
  ((1 / (lambda (S t) + 1)) *: (lambda (S t) *: x +: z_next), z_next).

Let x (past : history n) : X := fst (run momentum_step (x0, x0) past).
Let z (past : history n) : X := snd (run momentum_step (x0, x0) past).

Lemma momentum_z i past : z (i :: past) = z past -: eta *: v i (x past).
Proof. unfold z, x. simpl. destruct (run momentum_step (x0, x0) past). reflexivity. Qed.

(* z_t = x_t + lambda_t (x_t - x_{t-1}). *)
Lemma auxiliary past : z past = x past +: lambda (length past) *: (x past -: x (tl past)).
Proof.
  destruct past as [| i past]; unfold x, z; simpl; [same_point |].
  destruct (run momentum_step (x0, x0) past) as [y u]. simpl.
  assert (0 < lambda (S (length past)) + 1).
  { unfold lambda. pose proof (lt_0_INR (S (length past)) ltac:(lia)). lra. }
  set (c := lambda (S (length past))) in *. change (lambda (S (length past))) with c.
  same_point_by ltac:(field; lra).
Qed.

(* ||z_t - x*||^2 + 2 eta lambda_t (f(x_{t-1}) - min f). *)
Let potential (past : history n) : R :=
  norm2 (z past -: xstar) + 2 * eta * lambda (length past) * (f (x (tl past)) - f xstar).

Lemma momentum_decrease past : mean (fun i => potential (i :: past)) <= potential past + 2 * eta ^ 2 * noise.
Proof.
  pose proof (estimates_some _ _ _ _ _ setting) as some.
  pose proof (expected_square f v 0 L xstar setting (x past)) as square. fold noise in square.
  pose proof (estimates_convex _ _ _ _ _ setting) as cvx. apply strongly_convex_0 in cvx.
  pose proof (convex_first_order f _ cvx (estimates_unbiased _ _ _ _ _ setting) (x past)) as first.
  pose proof (first xstar) as start. pose proof (first (x (tl past))) as last. clear first.
  pose proof (estimates_least _ _ _ _ _ setting (x past)) as least.
  pose proof (step_times (4 * L) eta 1 ltac:(lra) ltac:(lra)).
  set (c := lambda (length past)) in *.
  assert (0 <= c) by (unfold c, lambda; pose proof (pos_INR (length past)); lra).
  assert (lambda (S (length past)) = c + 1 / 2) as next by (unfold c, lambda; rewrite S_INR; field).
  rewrite (mean_ext _ (fun i => norm2 (z past -: eta *: v i (x past) -: xstar)
                                + 2 * eta * (c + 1 / 2) * (f (x past) - f xstar))).
  2: { intros i. unfold potential. simpl length. rewrite next, momentum_z. reflexivity. }
  rewrite mean_plus, mean_const, (mean_step (fun i => v i (x past))) by exact some.
  change (mean_point (fun i => v i (x past))) with (mean_gradient v (x past)).
  unfold potential. fold c. set (G := mean_gradient v (x past)) in *.
  assert (inner G (z past -: xstar) = - inner G (xstar -: x past) - c * inner G (x (tl past) -: x past)) as split.
  { rewrite auxiliary. fold c. expand. ring. }
  assert (f (x past) - f xstar + c * (f (x past) - f (x (tl past))) <= inner G (z past -: xstar)) as descent.
  { rewrite split. assert (c * (f (x past) - f (x (tl past))) <= c * - inner G (x (tl past) -: x past)); [| lra].
    apply Rmult_le_compat_l; lra. }
  apply Rmult_le_compat_l with (r := 2 * eta) in descent; [| lra].
  apply Rmult_le_compat_l with (r := eta ^ 2) in square; [| apply pow2_ge_0].
  assert (0 <= eta * (1 - 4 * L * eta) * (f (x past) - f xstar)) by (repeat apply Rmult_le_pos; lra).
  lra.
Qed.

Lemma momentum_run T :
  expect T (fun past => f (x past) - f xstar) <= norm2 (x0 -: xstar) / (eta * (INR T + 1)) + 2 * eta * noise.
Proof.
  pose proof (estimates_some _ _ _ _ _ setting) as some. pose proof (pos_INR T).
  set (V := fun t => expect t potential).
  assert (forall t, V t <= norm2 (x0 -: xstar) + INR t * (2 * eta ^ 2 * noise)) as bounded.
  { induction t as [| t IH].
    - unfold V, potential, lambda. simpl. unfold z. simpl. lra.
    - assert (V (S t) <= expect t (fun past => potential past + 2 * eta ^ 2 * noise)) as once
        by (apply expect_step; intros; apply momentum_decrease).
      rewrite expect_plus, expect_const in once by exact some. fold (V t) in once. rewrite S_INR. lra. }
  specialize (bounded (S T)).
  assert (eta * (INR T + 1) * expect T (fun past => f (x past) - f xstar) <= V (S T)) as last.
  { unfold V. rewrite expect_next, <- expect_scale. apply expect_le_length. intros past long.
    rewrite <- (mean_const (n := n) (eta * (INR T + 1) * (f (x past) - f xstar)) some). apply mean_le. intros i.
    unfold potential. simpl length. rewrite long. simpl tl. unfold lambda. rewrite S_INR.
    pose proof (norm2_pos (z (i :: past) -: xstar)). lra. }
  rewrite S_INR in bounded. assert (0 < eta * (INR T + 1)) by (apply Rmult_lt_0_compat; lra).
  apply Rmult_le_reg_l with (eta * (INR T + 1)); [assumption |].
  replace (eta * (INR T + 1) * (norm2 (x0 -: xstar) / (eta * (INR T + 1)) + 2 * eta * noise))
    with (norm2 (x0 -: xstar) + (INR T + 1) * (2 * eta ^ 2 * noise)) by (field; lra). lra.
Qed.
End Proof.

Theorem sgd_mom_last : sgd_mom_last_statement.
Proof.
  intros d n fi gi L eta x0 xstar T setting [positive step].
  assert (stochastic_ima gi eta x0 = run (momentum_step gi eta) (x0, x0)) as ->.
  { apply functional_extensionality. intros past. apply run_ext. intros t i [x z]. unfold sgd_mom_last_lambda.
    rewrite <- INR_IZR_INZ. replace (1 / 2 * INR (S t)) with (INR (S t) / 2) by field.
    apply ima_step_points. pose proof (pos_INR (S t)). lra. }
  unfold sgd_mom_last_bound. rewrite plus_IZR, <- INR_IZR_INZ.
  apply (momentum_run (mean_function fi) gi L eta x0 xstar); [| exact positive | exact step].
  apply convex_sum_estimates; [exact setting | apply (convex_sum_convex L fi gi xstar setting) | exact positive].
Qed.
