(* The stochastic proximal gradient method on a convex sum. Garrigos & Gower, Handbook of convergence theorems for
   (stochastic) gradient methods: stochastic proximal gradient descent, convex functions.

   Let f = (f_1 + ... + f_n)/n on R^d, each f_i convex and L-smooth, lambda >= 0, and x* a minimiser of
   F(x) = f(x) + lambda |x|_1. Indices are drawn uniformly and independently, and
   sigma^2 = (1/n) sum ||grad f_i(xstar) - grad f(xstar)||^2. For steps gamma_t > 0 that never grow, gamma_0 < 1/(4L),
   and every T >= 1, with weights gamma_t on x_{t+1},
       E F(average of x_1, ..., x_T) - min F
       <= (||x_0 - x*||^2 + 8 gamma_0^2 L (F(x_0) - min F) + 4 sigma^2 sum gamma_t^2)
          / (2 (1 - 4 gamma_0 L) sum gamma_t),
   and so for the average of the expected gaps. For gamma <= 1/(8L), R = ||x_0 - x*|| and D = F(x_0) - min F:
   - gamma_t = gamma: (R^2 + gamma D) / (gamma T) + 4 gamma sigma^2;
   - gamma_t = gamma / sqrt T: (R^2 / gamma + D / sqrt T + 4 gamma sigma^2) / sqrt T;
   - gamma_t = gamma / sqrt(t + 1): (R^2 / gamma + D + 4 gamma sigma^2 (1 + ln T)) / sqrt T.
   The iterates are those of the rule ista of spec/rules/gradient/ista.acsl with g the gradient of the drawn f_i. The
   lemma proximal_average of base/stochastic_proximal.v is for any convex h in place of lambda |.|_1, in any space. *)
From Coq Require Fin.
From Coq Require Import Reals Lra Psatz Lia List ZArith.
From Goldstep.theorems.base Require Import space functions sums expectation prox path averaging.
From Goldstep.theorems.base Require Import proximal_gradient stochastic_proximal.
From Spec.theorems Require Import spgd_convex spgd_convex_const spgd_convex_dec spgd_convex_horizon.
Local Open Scope R_scope.

Definition spgd_convex_statement : Prop :=
  forall (d n : nat) (fi : Fin.t n -> Rn d -> R) (gi : Fin.t n -> Rn d -> Rn d) (L lambda : R) (gamma : nat -> R)
         (x0 xstar : Rn d) (T : nat),
  (1 <= n)%nat -> (forall i, convex (fi i)) -> (forall i, smooth L (fi i) (gi i)) ->
  let F := l1_composite (mean_function fi) lambda in
  minimiser F xstar -> spgd_convex_domain L (gamma O) lambda ->
  (forall t, 0 < gamma t) -> (forall t, gamma (S t) <= gamma t) -> (1 <= T)%nat ->
  let x := prox_sgd gi gamma lambda x0 in
  let bound := spgd_convex_bound L (gamma O) (norm2 (x0 -: xstar)) (F x0 - F xstar) (composite_noise gi xstar)
    (sum_below gamma T) (sum_below (fun t => gamma t ^ 2) T) in
  weighted_average gamma (fun t => expect (S t) (fun past => F (x past)) - F xstar) T <= bound
  /\ expect T (fun past => F (average_point gamma (fun t => x (first_draws (S t) past)) T)) - F xstar <= bound.

Definition spgd_convex_const_statement : Prop :=
  forall (d n : nat) (fi : Fin.t n -> Rn d -> R) (gi : Fin.t n -> Rn d -> Rn d) (L gamma0 lambda : R)
         (x0 xstar : Rn d) (T : nat),
  (1 <= n)%nat -> (forall i, convex (fi i)) -> (forall i, smooth L (fi i) (gi i)) ->
  let F := l1_composite (mean_function fi) lambda in
  minimiser F xstar -> spgd_convex_const_domain L gamma0 lambda -> (1 <= T)%nat ->
  let gamma := fun _ => gamma0 in
  let x := prox_sgd gi gamma lambda x0 in
  let bound := spgd_convex_const_bound (Z.of_nat T) gamma0
    (norm2 (x0 -: xstar)) (F x0 - F xstar) (composite_noise gi xstar) in
  weighted_average (fun _ => 1) (fun t => expect (S t) (fun past => F (x past)) - F xstar) T <= bound
  /\ expect T (fun past => F (average_point (fun _ => 1) (fun t => x (first_draws (S t) past)) T)) - F xstar <= bound.

Definition spgd_convex_horizon_statement : Prop :=
  forall (d n : nat) (fi : Fin.t n -> Rn d -> R) (gi : Fin.t n -> Rn d -> Rn d) (L gamma0 lambda : R)
         (x0 xstar : Rn d) (T : nat),
  (1 <= n)%nat -> (forall i, convex (fi i)) -> (forall i, smooth L (fi i) (gi i)) ->
  let F := l1_composite (mean_function fi) lambda in
  minimiser F xstar -> spgd_convex_horizon_domain L gamma0 lambda -> (1 <= T)%nat ->
  let gamma := fun _ => spgd_convex_horizon_gamma (Z.of_nat T) gamma0 in
  let x := prox_sgd gi gamma lambda x0 in
  let bound := spgd_convex_horizon_bound (Z.of_nat T) gamma0
    (norm2 (x0 -: xstar)) (F x0 - F xstar) (composite_noise gi xstar) in
  weighted_average (fun _ => 1) (fun t => expect (S t) (fun past => F (x past)) - F xstar) T <= bound
  /\ expect T (fun past => F (average_point (fun _ => 1) (fun t => x (first_draws (S t) past)) T)) - F xstar <= bound.

Definition spgd_convex_dec_statement : Prop :=
  forall (d n : nat) (fi : Fin.t n -> Rn d -> R) (gi : Fin.t n -> Rn d -> Rn d) (L gamma0 lambda : R)
         (x0 xstar : Rn d) (T : nat),
  (1 <= n)%nat -> (forall i, convex (fi i)) -> (forall i, smooth L (fi i) (gi i)) ->
  let F := l1_composite (mean_function fi) lambda in
  minimiser F xstar -> spgd_convex_dec_domain L gamma0 lambda -> (1 <= T)%nat ->
  let gamma := fun t => spgd_convex_dec_gamma (Z.of_nat t) gamma0 in
  let x := prox_sgd gi gamma lambda x0 in
  let bound := spgd_convex_dec_bound (Z.of_nat T) gamma0
    (norm2 (x0 -: xstar)) (F x0 - F xstar) (composite_noise gi xstar) in
  weighted_average gamma (fun t => expect (S t) (fun past => F (x past)) - F xstar) T <= bound
  /\ expect T (fun past => F (average_point gamma (fun t => x (first_draws (S t) past)) T)) - F xstar <= bound.

Section Proof.
Context {d n : nat} (fi : Fin.t n -> Rn d -> R) (gi : Fin.t n -> Rn d -> Rn d) (L lambda : R) (x0 xstar : Rn d).
Hypothesis some : (1 <= n)%nat.
Hypothesis convexes : forall i, convex (fi i).
Hypothesis smooths : forall i, smooth L (fi i) (gi i).
Let F : Rn d -> R := l1_composite (mean_function fi) lambda.
Hypothesis least : minimiser F xstar.
Hypothesis positive : 0 < L.
Hypothesis nonneg : 0 <= lambda.

Let D : R := F x0 - F xstar.
Let R2 : R := norm2 (x0 -: xstar).
Let noise : R := composite_noise gi xstar.

Lemma composite_convex : convex F.
Proof.
  intros x y t range. pose proof (mean_convex fi convexes x y t range).
  pose proof (norm1_convex d lambda nonneg x y t range). unfold F, l1_composite. lra.
Qed.

Lemma spgd_convex_run (gamma : nat -> R) T : (forall t, 0 < gamma t) -> (forall t, gamma (S t) <= gamma t) ->
  gamma O < 1 / (4 * L) -> (1 <= T)%nat ->
  weighted_average gamma (fun t => expect (S t) (fun past => F (prox_sgd gi gamma lambda x0 past)) - F xstar) T
  <= (R2 + 8 * gamma O ^ 2 * L * D + 4 * noise * sum_below (fun t => gamma t ^ 2) T)
     / (2 * (1 - 4 * gamma O * L) * sum_below gamma T).
Proof.
  intros steps falling small one. rewrite prox_sgd_proximal.
  apply (proximal_average everywhere fi gi (fun x => lambda * norm1 x)); auto.
  - apply convex_everywhere, norm1_convex, nonneg.
  - apply soft_threshold_prox, nonneg.
  - apply minimiser_everywhere, least.
  - exact I.
Qed.

(* For gamma_0 <= 1/(8L). *)
Lemma spgd_convex_short_run (gamma : nat -> R) T : (forall t, 0 < gamma t) -> (forall t, gamma (S t) <= gamma t) ->
  gamma O <= 1 / (8 * L) -> (1 <= T)%nat ->
  weighted_average gamma (fun t => expect (S t) (fun past => F (prox_sgd gi gamma lambda x0 past)) - F xstar) T
  <= (R2 + gamma O * D + 4 * noise * sum_below (fun t => gamma t ^ 2) T) / sum_below gamma T.
Proof.
  intros steps falling small one. pose proof (step_times (8 * L) (gamma O) 1 ltac:(lra) small) as eighth.
  pose proof (steps O) as first.
  eapply Rle_trans; [apply spgd_convex_run; auto |].
  - apply Rmult_lt_reg_r with (4 * L); [lra |]. replace (1 / (4 * L) * (4 * L)) with 1 by (field; lra).
    assert (0 < gamma O * L) by (apply Rmult_lt_0_compat; lra). lra.
  - assert (0 < sum_below gamma T) as pos by (apply sum_below_pos; auto).
    assert (0 <= D) as gap by (unfold D; pose proof (least x0); lra).
    assert (8 * gamma O ^ 2 * L * D <= gamma O * D).
    { replace (8 * gamma O ^ 2 * L * D) with (gamma O * (8 * L) * (gamma O * D)) by ring.
      assert (0 <= gamma O * D) by (apply Rmult_le_pos; lra).
      assert (gamma O * (8 * L) * (gamma O * D) <= 1 * (gamma O * D)) by (apply Rmult_le_compat_r; assumption). lra. }
    assert (0 <= noise) by apply composite_noise_nonneg.
    assert (0 <= sum_below (fun t => gamma t ^ 2) T) by (apply sum_below_nonneg; intros; apply pow2_ge_0).
    assert (0 <= 4 * noise * sum_below (fun t => gamma t ^ 2) T) by (apply Rmult_le_pos; lra).
    assert (0 <= 8 * gamma O ^ 2 * L * D)
      by (pose proof (pow2_ge_0 (gamma O)); repeat apply Rmult_le_pos; lra).
    assert (0 <= R2) by apply norm2_pos.
    apply Rmult_le_compat; [lra | left; apply Rinv_0_lt_compat; repeat apply Rmult_lt_0_compat; lra | lra |].
    apply Rinv_le_contravar; [exact pos |].
    rewrite <- (Rmult_1_l (sum_below gamma T)) at 1. apply Rmult_le_compat_r; lra.
Qed.

(* The same with one step for all. *)
Lemma spgd_convex_const_run gamma T : 0 < gamma <= 1 / (8 * L) -> (1 <= T)%nat ->
  weighted_average (fun _ => 1)
    (fun t => expect (S t) (fun past => F (prox_sgd gi (fun _ => gamma) lambda x0 past)) - F xstar) T
  <= (R2 + gamma * D) / (gamma * INR T) + 4 * gamma * noise.
Proof.
  intros range one. rewrite <- (weighted_average_const gamma) by (lra || exact one). pose proof (lt_0_INR T ltac:(lia)).
  eapply Rle_trans; [apply (spgd_convex_short_run (fun _ => gamma)); auto; intros; lra |].
  rewrite !sum_below_const. right. field. lra.
Qed.
End Proof.

Theorem spgd_convex : spgd_convex_statement.
Proof.
  unfold spgd_convex_statement, spgd_convex_bound, spgd_convex_domain. cbv zeta.
  intros d n fi gi L lambda gamma x0 xstar T some convexes smooths least domain steps falling one.
  apply (average_both _ _ _ (fun t => S t)); auto.
  - apply composite_convex; tauto.
  - intros. left. apply steps.
  - apply sum_below_pos; auto.
  - replace (8 * (gamma O * gamma O) * L) with (8 * gamma O ^ 2 * L) by ring. apply spgd_convex_run; tauto.
Qed.

Theorem spgd_convex_const : spgd_convex_const_statement.
Proof.
  unfold spgd_convex_const_statement, spgd_convex_const_bound, spgd_convex_const_domain. cbv zeta.
  intros d n fi gi L gamma lambda x0 xstar T some convexes smooths least domain one. rewrite <- INR_IZR_INZ.
  apply (average_both _ _ _ (fun t => S t)); auto.
  - apply composite_convex; tauto.
  - intros. lra.
  - rewrite sum_below_one. apply lt_0_INR. lia.
  - apply spgd_convex_const_run with (L := L); tauto.
Qed.

Theorem spgd_convex_horizon : spgd_convex_horizon_statement.
Proof.
  unfold spgd_convex_horizon_statement, spgd_convex_horizon_bound, spgd_convex_horizon_domain. cbv zeta.
  intros d n fi gi L gamma lambda x0 xstar T some convexes smooths least domain one.
  unfold spgd_convex_horizon_gamma. rewrite <- INR_IZR_INZ. set (s := sqrt (INR T)).
  assert (1 <= s) as large by (rewrite <- sqrt_1; apply sqrt_le_1_alt; apply (le_INR 1); exact one).
  apply (average_both _ _ _ (fun t => S t)); auto.
  - apply composite_convex; tauto.
  - intros. lra.
  - rewrite sum_below_one. apply lt_0_INR. lia.
  - eapply Rle_trans; [apply spgd_convex_const_run with (L := L); try tauto |].
    + split; [apply Rdiv_lt_0_compat; lra |]. apply Rle_trans with gamma; [| tauto].
      apply Rmult_le_reg_r with s; [lra |]. replace (gamma / s * s) with (gamma * 1) by (field; lra).
      apply Rmult_le_compat_l; lra.
    + rewrite <- (sqrt_sqrt (INR T)) by apply pos_INR. fold s. right. unfold Rdiv at 1. field. lra.
Qed.

Theorem spgd_convex_dec : spgd_convex_dec_statement.
Proof.
  unfold spgd_convex_dec_statement, spgd_convex_dec_bound, spgd_convex_dec_domain. cbv zeta.
  intros d n fi gi L gamma0 lambda x0 xstar T some convexes smooths least domain one. rewrite <- INR_IZR_INZ.
  set (gamma := fun t => spgd_convex_dec_gamma (Z.of_nat t) gamma0).
  assert (steps : forall t, gamma t = gamma0 * (1 / sqrt (INR (S t)))).
  { intros t. unfold gamma, spgd_convex_dec_gamma. rewrite IZR_succ. field.
    apply Rgt_not_eq, sqrt_lt_R0, lt_0_INR. lia. }
  destruct (inv_sqrt_steps gamma0 gamma ltac:(lra) steps) as [positive sums]. destruct (sums T one) as [low high].
  assert (gamma O = gamma0) as first by (rewrite steps; simpl INR; rewrite sqrt_1; field).
  apply (average_both _ _ _ (fun t => S t)); auto.
  - apply composite_convex; tauto.
  - intros. left. apply positive.
  - apply sum_below_pos; auto.
  - eapply Rle_trans; [apply spgd_convex_short_run with (L := L); try tauto |].
    + intros t. rewrite !steps. apply Rmult_le_compat_l; [lra |]. apply Rmult_le_compat_l; [lra |].
      apply Rinv_le_contravar; [apply sqrt_lt_R0, lt_0_INR; lia | apply sqrt_le_1_alt, le_INR; lia].
    + rewrite first. lra.
    + rewrite first. pose proof (sqrt_lt_R0 _ (lt_0_INR T ltac:(lia))). set (s := sqrt (INR T)) in *.
      set (l := 1 + ln (INR T)) in *. set (F := l1_composite (mean_function fi) lambda) in *.
      pose proof (least x0). pose proof (norm2_pos (x0 -: xstar)).
      pose proof (composite_noise_nonneg gi xstar). set (noise := composite_noise gi xstar) in *.
      set (r := norm2 (x0 -: xstar)) in *. set (D := F x0 - F xstar).
      assert (0 <= D) by (unfold D; lra). assert (0 <= gamma0 * D) by (apply Rmult_le_pos; lra).
      assert (0 < gamma0 * s) by (apply Rmult_lt_0_compat; lra).
      assert (0 <= sum_below (fun t => gamma t ^ 2) T) by (apply sum_below_nonneg; intros; apply pow2_ge_0).
      apply Rmult_le_compat_l with (r := 4 * noise) in high; [| lra].
      assert (0 <= 4 * noise * sum_below (fun t => gamma t ^ 2) T) by (apply Rmult_le_pos; lra).
      apply Rle_trans with ((r + gamma0 * D + 4 * noise * (gamma0 ^ 2 * l)) / (gamma0 * s)).
      * apply Rmult_le_compat; [lra | left; apply Rinv_0_lt_compat; lra | lra | apply Rinv_le_contravar; lra].
      * right. field. lra.
Qed.
