(* Stochastic gradient descent with unbiased estimates of a gradient that are smooth in expectation: the proofs for one
   index at a time and for minibatches are these. *)
From Coq Require Fin.
From Coq Require Import Reals Lra Psatz Lia List FunctionalExtensionality.
From Goldstep.theorems.base Require Import space functions sums expectation path switching stochastic_gradient.
Local Open Scope R_scope.

Lemma sgd_is_descent {d n : nat} (gi : Fin.t n -> Rn d -> Rn d) gamma x0 :
  sgd gi gamma x0 = stochastic_descent gi gamma x0.
Proof. apply functional_extensionality. intros past. apply sgd_descent. Qed.

(* v i is the i-th of n equally likely estimates: mean ||v_i(x) - v_i(xstar)||^2 <= 2 L (f(x) - f(xstar)). *)
Definition expected_smooth {X : space} {n : nat} (L : R) (f : X -> R) (v : Fin.t n -> X -> X) (xstar : X) : Prop :=
  forall x, mean (fun i => norm2 (v i x -: v i xstar)) <= 2 * L * (f x - f xstar).

(* All that the proofs use; mu = 0 for a function that is convex only. *)
Record estimates {X : space} {n : nat} (mu L : R) (f : X -> R) (v : Fin.t n -> X -> X) (xstar : X) : Prop := {
  estimates_some : (1 <= n)%nat;
  estimates_convex : strongly_convex mu f;
  estimates_unbiased : is_gradient f (mean_gradient v);
  estimates_least : minimiser f xstar;
  estimates_smooth : expected_smooth L f v xstar }.

(* f = (f_1 + ... + f_n)/n with a minimiser, each f_i convex and L-smooth. *)
Definition convex_sum {X : space} {n : nat} (L : R) (fi : Fin.t n -> X -> R) (gi : Fin.t n -> X -> X)
  (xstar : X) : Prop :=
  (1 <= n)%nat /\ (forall i, convex (fi i)) /\ (forall i, smooth L (fi i) (gi i)) /\
  minimiser (mean_function fi) xstar.

Lemma convex_sum_estimates {X : space} {n : nat} mu L (fi : Fin.t n -> X -> R) gi xstar :
  convex_sum L fi gi xstar -> strongly_convex mu (mean_function fi) -> 0 < L ->
  estimates mu L (mean_function fi) gi xstar.
Proof.
  intros [some [convexes [smooths least]]] cvx positive. split; try assumption.
  - apply mean_gradient_is_gradient. intros i. apply smooths.
  - intros x. apply lem_var_grad_diff; assumption.
Qed.

Lemma convex_sum_convex {X : space} {n : nat} L (fi : Fin.t n -> X -> R) gi xstar :
  convex_sum L fi gi xstar -> strongly_convex 0 (mean_function fi).
Proof. intros [_ [convexes _]]. apply strongly_convex_0, mean_convex, convexes. Qed.

(* A convex sum with a minimiser, and with one that is strongly convex: two parabolas. *)
Lemma convex_sum_example {X : space} (a b : X) :
  let fi := fun (i : Fin.t 2) x => 1 / 2 * norm2 (x -: Fin.caseS' i (fun _ => X) a (fun _ => b)) in
  let gi := fun (i : Fin.t 2) x => 1 *: (x -: Fin.caseS' i (fun _ => X) a (fun _ => b)) in
  convex_sum 1 fi gi ((1 / 2) *: (a +: b)) /\ strongly_convex 1 (mean_function fi).
Proof.
  intros fi gi.
  assert (value : forall x, mean_function fi x = 1 / 2 * norm2 (x -: (1 / 2) *: (a +: b)) + norm2 (a -: b) / 8).
  { intros x. unfold mean_function, mean, fi. simpl. expand. field. }
  repeat split.
  - lia.
  - intros i. apply parabola_convex. lra.
  - apply parabola_smooth. lra.
  - apply parabola_smooth. lra.
  - intros y. rewrite !value. apply Rplus_le_compat_r. apply (parabola_minimiser 1 ((1 / 2) *: (a +: b))). lra.
  - intros x y t range. rewrite !value. pose proof (parabola_strongly_convex 1 ((1 / 2) *: (a +: b)) x y t range). lra.
Qed.

Section Convex.
Context {X : space} {n : nat} (f : X -> R) (v : Fin.t n -> X -> X) (mu L : R) (xstar : X).
Hypothesis setting : estimates mu L f v xstar.

Let some : (1 <= n)%nat := estimates_some _ _ _ _ _ setting.
Let cvx : strongly_convex mu f := estimates_convex _ _ _ _ _ setting.
Let unbiased : is_gradient f (mean_gradient v) := estimates_unbiased _ _ _ _ _ setting.
Let least : minimiser f xstar := estimates_least _ _ _ _ _ setting.
Let esmooth : expected_smooth L f v xstar := estimates_smooth _ _ _ _ _ setting.

Let noise : R := gradient_noise v xstar.

Lemma noise_nonneg : 0 <= noise.
Proof. apply mean_nonneg. intros i. apply norm2_pos. Qed.

(* mean ||v_i(x)||^2 <= 4 L (f(x) - min f) + 2 sigma^2. *)
Lemma expected_square x : mean (fun i => norm2 (v i x)) <= 4 * L * (f x - f xstar) + 2 * noise.
Proof.
  pose proof (esmooth x).
  apply Rle_trans with (mean (fun i => 2 * norm2 (v i x -: v i xstar) + 2 * norm2 (v i xstar))).
  - apply mean_le. intros i. replace (v i x) with ((v i x -: v i xstar) +: v i xstar) at 1 by same_point.
    apply norm2_add_le.
  - rewrite mean_plus, !mean_scale. unfold noise, gradient_noise. lra.
Qed.

(* mean ||x' - x*||^2 <= (1 - gamma mu) ||x - x*||^2 - 2 gamma (1 - 2 gamma L) (f(x) - min f) + 2 gamma^2 sigma^2. *)
Lemma expected_step x gamma : 0 <= gamma ->
  mean (fun i => norm2 (x -: gamma *: v i x -: xstar))
  <= (1 - gamma * mu) * norm2 (x -: xstar) - 2 * gamma * (1 - 2 * gamma * L) * (f x - f xstar)
     + 2 * gamma ^ 2 * noise.
Proof.
  intros nonneg. rewrite mean_step by exact some. pose proof (expected_square x) as square.
  apply Rmult_le_compat_l with (r := gamma ^ 2) in square; [| apply pow2_ge_0].
  pose proof (strongly_convex_first_order mu f _ cvx unbiased x xstar) as above.
  rewrite norm2_sub_sym in above. replace (xstar -: x) with ((-1) *: (x -: xstar)) in above by same_point.
  rewrite inner_scale_r in above. apply Rmult_le_compat_l with (r := 2 * gamma) in above; [| lra].
  fold (mean_gradient v x). lra.
Qed.

(* mu <= L, where there are two points: ||grad f(x)||^2 is between 2 mu (f(x) - min f) and 2 L (f(x) - min f). *)
Lemma one_point : 0 < mu -> L < mu -> forall x, x = xstar.
Proof.
  intros pos above x. apply point_equal.
  pose proof (esmooth x) as upper. set (u := fun i => v i x -: v i xstar).
  change (mean (fun i => norm2 (u i)) <= 2 * L * (f x - f xstar)) in upper.
  assert (mean_point u = mean_gradient v x) as total.
  { apply point_equal. unfold norm2. rewrite !inner_sub_l.
    unfold mean_gradient. rewrite !inner_mean_point, <- mean_minus.
    rewrite (mean_ext _ (fun i => -1 * inner (v i xstar) (mean_point u -: mean_point (fun i => v i x))))
      by (intros; unfold u; rewrite inner_sub_l; ring).
    rewrite mean_scale, <- inner_mean_point. fold (mean_gradient v xstar).
    rewrite (minimiser_gradient f (mean_gradient v) xstar least unbiased), inner_zero_l. ring. }
  pose proof (variance u some) as spread. rewrite total in spread.
  assert (0 <= mean (fun i => norm2 (u i -: mean_gradient v x))) by (apply mean_nonneg; intros; apply norm2_pos).
  pose proof (strongly_convex_gap mu f _ pos cvx unbiased x xstar).
  pose proof (lem_sc_growth mu f xstar cvx least x). pose proof (least x). pose proof (norm2_pos (x -: xstar)).
  assert (f x - f xstar <= 0) by nra. assert (mu * norm2 (x -: xstar) <= 0) by lra. nra.
Qed.

Section Run.
Variables (gamma : nat -> R) (x0 : X).
Let x : history n -> X := stochastic_descent v gamma x0.
Let r (t : nat) : R := expect t (fun past => norm2 (x past -: xstar)).
Let gap : nat -> R := expected_gaps f xstar x.

Lemma gap_nonneg t : 0 <= gap t.
Proof.
  unfold gap, expected_gaps. rewrite <- (expect_const (n := n) t (f xstar) some), <- expect_minus.
  apply expect_nonneg; [exact some |]. intros past. pose proof (least (x past)). lra.
Qed.

Lemma distance_nonneg t : 0 <= r t.
Proof. apply expect_nonneg; [exact some | intros; apply norm2_pos]. Qed.

Lemma run_step t : 0 <= gamma t ->
  r (S t) <= (1 - gamma t * mu) * r t - 2 * gamma t * (1 - 2 * gamma t * L) * gap t + 2 * gamma t ^ 2 * noise.
Proof.
  intros nonneg. unfold r, gap, expected_gaps.
  set (a := 1 - gamma t * mu). set (b := 2 * gamma t * (1 - 2 * gamma t * L)). set (c := 2 * gamma t ^ 2 * noise).
  apply Rle_trans with (expect t (fun past => a * norm2 (x past -: xstar) - b * f (x past) + (b * f xstar + c))).
  - apply expect_step. intros past long. pose proof (expected_step (x past) (gamma t) nonneg) as once.
    unfold x at 1. cbn [stochastic_descent run]. rewrite long. fold (stochastic_descent v gamma x0 past). fold x.
    unfold a, b, c. lra.
  - right. rewrite expect_plus, expect_minus, !expect_scale, expect_const by exact some. ring.
Qed.

(* Any steps below 1/(2L). *)
Lemma run_convex_general T : 0 < L -> 0 <= mu -> (1 <= T)%nat ->
  (forall t, (t < T)%nat -> 0 < gamma t < 1 / (2 * L)) ->
  average_gap_within f xstar x (fun t => gamma t * (1 - 2 * gamma t * L)) T
    ((norm2 (x0 -: xstar) / 2 + noise * sum_below (fun t => gamma t ^ 2) T)
     / sum_below (fun t => gamma t * (1 - 2 * gamma t * L)) T).
Proof.
  intros pos nonneg less steps. set (w := fun t => gamma t * (1 - 2 * gamma t * L)).
  assert (forall t, (t < T)%nat -> 0 < w t) as positives.
  { intros t early. specialize (steps t early).
    pose proof (step_times_lt (2 * L) (gamma t) 1 ltac:(lra) ltac:(lra)). apply Rmult_lt_0_compat; lra. }
  assert (0 < sum_below w T) as total by (apply sum_below_pos; assumption).
  assert (sum_below (fun t => 2 * (w t * gap t)) T <= r O - r T + sum_below (fun t => 2 * noise * gamma t ^ 2) T)
    as sums.
  { apply sum_steps. intros t early. specialize (steps t early). pose proof (run_step t ltac:(lra)).
    pose proof (distance_nonneg t).
    assert (0 <= gamma t * mu * r t) by (apply Rmult_le_pos; [apply Rmult_le_pos; lra | assumption]).
    unfold w. lra. }
  rewrite !sum_below_scale in sums. pose proof (distance_nonneg T). change (r O) with (norm2 (x0 -: xstar)) in sums.
  apply average_gap_jensen; [exact some | apply (strongly_convex_convex mu); assumption | | exact total | fold gap].
  { intros t early. left. apply positives, early. }
  apply weighted_average_le; [exact total |].
  match goal with |- _ <= ?a / _ * _ => replace (a / sum_below w T * sum_below w T) with a by (field; lra) end. lra.
Qed.

(* sum gamma_t (E f(x_t) - min f) <= ||x_0 - x*||^2 + 2 sigma^2 sum gamma_t^2 for steps of at most 1/(4L). *)
Lemma run_convex_sum T : 0 < L -> 0 <= mu -> (forall t, (t < T)%nat -> 0 < gamma t <= 1 / (4 * L)) ->
  sum_below (fun t => gamma t * gap t) T <= norm2 (x0 -: xstar) + 2 * noise * sum_below (fun t => gamma t ^ 2) T.
Proof.
  intros pos nonneg steps. pose proof (distance_nonneg T).
  assert (sum_below (fun t => gamma t * gap t) T <= r O - r T + sum_below (fun t => 2 * noise * gamma t ^ 2) T)
    as sums.
  { apply sum_steps. intros t early. specialize (steps t early). pose proof (run_step t ltac:(lra)).
    pose proof (distance_nonneg t). pose proof (gap_nonneg t).
    pose proof (step_times (4 * L) (gamma t) 1 ltac:(lra) ltac:(lra)).
    assert (0 <= gamma t * mu * r t) by (apply Rmult_le_pos; [apply Rmult_le_pos; lra | assumption]).
    assert (0 <= gamma t * (1 - 4 * gamma t * L) * gap t) by (repeat apply Rmult_le_pos; lra). lra. }
  rewrite sum_below_scale in sums. change (r O) with (norm2 (x0 -: xstar)) in sums. lra.
Qed.

(* Steps of at most 1/(4L). *)
Lemma run_convex T : 0 < L -> 0 <= mu -> (1 <= T)%nat -> (forall t, (t < T)%nat -> 0 < gamma t <= 1 / (4 * L)) ->
  average_gap_within f xstar x gamma T
    ((norm2 (x0 -: xstar) + 2 * noise * sum_below (fun t => gamma t ^ 2) T) / sum_below gamma T).
Proof.
  intros pos nonneg less steps. pose proof (run_convex_sum T pos nonneg steps).
  assert (0 < sum_below gamma T) by (apply sum_below_pos; [exact less | apply steps]).
  apply average_gap_jensen; [exact some | apply (strongly_convex_convex mu); assumption | | assumption | fold gap].
  { intros t early. left. apply steps, early. }
  apply weighted_average_le; [assumption |].
  match goal with |- _ <= ?a / ?b * _ => replace (a / b * b) with a by (field; lra) end. assumption.
Qed.

End Run.

Section Rates.
Variables (gamma : R) (x0 : X) (T : nat).
Hypothesis positive : 0 < L.
Hypothesis less : (1 <= T)%nat.

(* The steps gamma, all the same. *)
Lemma run_convex_const : 0 <= mu -> 0 < gamma <= 1 / (4 * L) ->
  average_gap_within f xstar (stochastic_descent v (fun _ => gamma) x0) (fun _ => 1) T
    (norm2 (x0 -: xstar) / (gamma * INR T) + 2 * gamma * noise).
Proof.
  intros nonneg step. pose proof (run_convex_sum (fun _ => gamma) x0 T positive nonneg ltac:(auto)) as sums.
  cbv beta in sums. rewrite sum_below_scale, sum_below_const in sums. pose proof (lt_0_INR T ltac:(lia)).
  apply average_gap_one; [exact some | apply (strongly_convex_convex mu); assumption | exact less |].
  apply average_le; [exact less |]. apply Rmult_le_reg_l with gamma; [lra |].
  eapply Rle_trans; [exact sums |]. right. field. lra.
Qed.

(* The steps gamma/sqrt T, for a horizon T that is known. *)
Lemma run_convex_horizon : 0 <= mu -> 0 < gamma <= 1 / (4 * L) ->
  average_gap_within f xstar (stochastic_descent v (fun _ => gamma / sqrt (INR T)) x0) (fun _ => 1) T
    (norm2 (x0 -: xstar) / (gamma * sqrt (INR T)) + 2 * gamma * noise / sqrt (INR T)).
Proof.
  intros nonneg step. pose proof (lt_0_INR T ltac:(lia)) as pos. pose proof (sqrt_lt_R0 _ pos).
  assert (1 <= sqrt (INR T)) as above.
  { rewrite <- sqrt_1 at 1. apply sqrt_le_1_alt. apply (le_INR 1 T less). }
  assert (0 < gamma / sqrt (INR T) <= 1 / (4 * L)) as steps.
  { split; [apply Rdiv_lt_0_compat; lra |]. apply Rle_trans with gamma; [| lra].
    apply Rmult_le_reg_r with (sqrt (INR T)); [assumption |].
    replace (gamma / sqrt (INR T) * sqrt (INR T)) with gamma by (field; lra). nra. }
  pose proof (run_convex_sum (fun _ => gamma / sqrt (INR T)) x0 T positive nonneg ltac:(auto)) as sums.
  cbv beta in sums. rewrite sum_below_scale, sum_below_const in sums.
  apply average_gap_one; [exact some | apply (strongly_convex_convex mu); assumption | exact less |].
  apply average_le; [exact less |]. apply Rmult_le_reg_l with (gamma / sqrt (INR T)); [lra |].
  eapply Rle_trans; [exact sums |]. right.
  assert (INR T = sqrt (INR T) * sqrt (INR T)) as root by (symmetry; apply sqrt_sqrt; lra).
  set (q := sqrt (INR T)) in *. clearbody q. rewrite root. field. lra.
Qed.

(* The steps gamma/sqrt(t+1). *)
Lemma run_convex_dec (gammas : nat -> R) : 0 <= mu -> 0 < gamma <= 1 / (4 * L) ->
  (forall t, gammas t = gamma / sqrt (INR (S t))) ->
  average_gap_within f xstar (stochastic_descent v gammas x0) gammas T
    ((norm2 (x0 -: xstar) / gamma + 2 * gamma * noise * (1 + ln (INR T))) / sqrt (INR T)).
Proof.
  intros nonneg step equal.
  assert (positives : forall t, 0 < gammas t <= 1 / (4 * L)).
  { intros t. rewrite equal. pose proof (lt_0_INR (S t) ltac:(lia)) as pos. pose proof (sqrt_lt_R0 _ pos).
    assert (1 <= sqrt (INR (S t))).
    { rewrite <- sqrt_1 at 1. apply sqrt_le_1_alt. apply (le_INR 1 (S t)). lia. }
    split; [apply Rdiv_lt_0_compat; lra |]. apply Rle_trans with gamma; [| lra].
    apply Rmult_le_reg_r with (sqrt (INR (S t))); [assumption |].
    replace (gamma / sqrt (INR (S t)) * sqrt (INR (S t))) with gamma by (field; lra). nra. }
  assert (total : sum_below gammas T = gamma * sum_inv_sqrt T).
  { unfold sum_inv_sqrt. rewrite <- sum_below_scale. apply sum_below_ext. intros t _.
    rewrite equal. unfold Rdiv. ring. }
  assert (squares : sum_below (fun t => gammas t ^ 2) T = gamma ^ 2 * harmonic T).
  { unfold harmonic. rewrite <- sum_below_scale. apply sum_below_ext. intros t _. rewrite equal.
    pose proof (lt_0_INR (S t) ltac:(lia)) as pos. pose proof (sqrt_lt_R0 _ pos).
    assert (INR (S t) = sqrt (INR (S t)) * sqrt (INR (S t))) as root by (symmetry; apply sqrt_sqrt; lra).
    set (q := sqrt (INR (S t))) in *. clearbody q. rewrite root. field. lra. }
  pose proof (lt_0_INR T ltac:(lia)) as pos. pose proof (sqrt_lt_R0 _ pos).
  pose proof (sum_inv_sqrt_sqrt T less). pose proof (harmonic_upper T less). pose proof noise_nonneg.
  assert (gamma * sqrt (INR T) <= sum_below gammas T) as large by (rewrite total; apply Rmult_le_compat_l; lra).
  assert (0 < gamma * sqrt (INR T)) by (apply Rmult_lt_0_compat; lra).
  destruct (run_convex gammas x0 T positive nonneg less ltac:(auto)) as [values points].
  enough ((norm2 (x0 -: xstar) + 2 * noise * sum_below (fun t => gammas t ^ 2) T) / sum_below gammas T
          <= (norm2 (x0 -: xstar) / gamma + 2 * gamma * noise * (1 + ln (INR T))) / sqrt (INR T)).
  { split; lra. }
  rewrite squares.
  pose proof (norm2_pos (x0 -: xstar)) as start.
  assert (0 <= harmonic T).
  { apply sum_below_nonneg. intros. left. apply Rdiv_lt_0_compat; [lra | apply lt_0_INR; lia]. }
  assert (0 <= noise * gamma ^ 2) by (apply Rmult_le_pos; [assumption | apply pow2_ge_0]).
  replace ((norm2 (x0 -: xstar) / gamma + 2 * gamma * noise * (1 + ln (INR T))) / sqrt (INR T))
    with ((norm2 (x0 -: xstar) + 2 * noise * (gamma ^ 2 * (1 + ln (INR T)))) / (gamma * sqrt (INR T))) by (field; lra).
  assert (noise * gamma ^ 2 * harmonic T <= noise * gamma ^ 2 * (1 + ln (INR T))) by (apply Rmult_le_compat_l; lra).
  assert (0 <= noise * gamma ^ 2 * harmonic T) by (apply Rmult_le_pos; assumption).
  apply Rmult_le_compat; [lra | left; apply Rinv_0_lt_compat; lra | lra |].
  apply Rinv_le_contravar; assumption.
Qed.
End Rates.

Section StronglyConvex.
Variable x0 : X.
Hypothesis positive : 0 < mu /\ 0 < L.

(* The steps gamma <= 1/(2L), all the same. *)
Lemma run_sc_const gamma T : 0 < gamma <= 1 / (2 * L) ->
  expect T (fun past => norm2 (stochastic_descent v (fun _ => gamma) x0 past -: xstar))
  <= (1 - gamma * mu) ^ T * norm2 (x0 -: xstar) + 2 * gamma / mu * noise.
Proof.
  intros step. set (x := stochastic_descent v (fun _ => gamma) x0).
  set (r := fun t => expect t (fun past => norm2 (x past -: xstar))).
  pose proof (step_times (2 * L) gamma 1 ltac:(lra) ltac:(lra)). pose proof noise_nonneg.
  change (r T <= (1 - gamma * mu) ^ T * r O + 2 * gamma / mu * noise).
  destruct (Rle_lt_dec mu L) as [below | above].
  - replace (2 * gamma / mu * noise) with (2 * gamma ^ 2 * noise / (gamma * mu)) by (field; lra).
    apply lem_recursion.
    + split; [apply Rmult_lt_0_compat; lra | nra].
    + apply Rmult_le_pos; [pose proof (pow2_ge_0 gamma); lra | assumption].
    + intros t _. pose proof (run_step (fun _ => gamma) x0 t ltac:(lra)) as once. cbv beta in once. fold x in once.
      pose proof (gap_nonneg (fun _ => gamma) x0 t) as gap. fold x in gap.
      change (r (S t) <= (1 - gamma * mu) * r t
              - 2 * gamma * (1 - 2 * gamma * L) * expected_gaps f xstar x t + 2 * gamma ^ 2 * noise) in once.
      assert (0 <= 2 * gamma * (1 - 2 * gamma * L) * expected_gaps f xstar x t) by (repeat apply Rmult_le_pos; lra).
      lra.
  - assert (null : forall t, r t = 0).
    { intros t. unfold r. rewrite <- (expect_const (n := n) t 0 some). apply expect_ext. intros past.
      rewrite (one_point (proj1 positive) above (x past)). expand. ring. }
    rewrite !null, Rmult_0_r, Rplus_0_l. apply Rmult_le_pos; [apply Rle_mult_inv_pos; lra | assumption].
Qed.

(* 1/(2L) for t < s = 4 c, c = ceil(L/mu), then (2t+1)/((t+1)^2 mu). *)
Lemma run_sc_switch (gamma : nat -> R) (s : nat) (c : R) t :
  L / mu <= c < L / mu + 1 -> INR s = 4 * c -> (1 <= s)%nat ->
  (forall k, (k < s)%nat -> gamma k = 1 / (2 * L)) ->
  (forall k, (s <= k)%nat -> gamma k = (2 * INR k + 1) / ((INR k + 1) * (INR k + 1) * mu)) ->
  (s <= t)%nat ->
  expect t (fun past => norm2 (stochastic_descent v gamma x0 past -: xstar))
  <= 16 * c ^ 2 * norm2 (x0 -: xstar) / (exp 2 * INR t ^ 2) + 8 * noise / mu ^ 2 / INR t.
Proof.
  intros ceil switch first constant falling late. set (x := stochastic_descent v gamma x0).
  set (r := fun t => expect t (fun past => norm2 (x past -: xstar))).
  pose proof noise_nonneg. pose proof (lt_0_INR t ltac:(lia)) as pos. pose proof (pow_lt (INR t) 2 pos).
  pose proof (exp_pos 2). assert (0 < mu ^ 2) by (apply pow_lt; lra).
  assert (0 <= 8 * noise / mu ^ 2) by (apply Rle_mult_inv_pos; lra).
  destruct (Rle_lt_dec mu L) as [below | above].
  - replace (16 * c ^ 2) with (INR s ^ 2) by (rewrite switch; ring).
    assert (1 <= L / mu) as condition.
    { apply Rmult_le_reg_r with mu; [lra |]. replace (L / mu * mu) with L by (field; lra). lra. }
    assert (mu * (L / mu) = L) as product by (field; lra).
    assert (mu * (2 * L) > 0) by nra.
    apply (switched_rate r s (8 * noise / mu ^ 2) (noise / (L * mu)) t ltac:(lia)).
    + assert (mu / (2 * L) <= 1) as short.
      { apply Rmult_le_reg_r with (2 * L); [lra |]. replace (mu / (2 * L) * (2 * L)) with mu by (field; lra). lra. }
      assert (same : forall k, (k <= s)%nat -> r k <= (1 - mu / (2 * L)) ^ k * r O + noise / (L * mu)).
      { intros k early. replace (noise / (L * mu)) with (noise / (2 * L ^ 2) / (mu / (2 * L))) by (field; lra).
        assert (0 < 2 * L ^ 2) by (pose proof (pow_lt L 2); lra).
        apply lem_recursion.
        - split; [apply Rdiv_lt_0_compat; lra | exact short].
        - apply Rle_mult_inv_pos; lra.
        - intros j before. assert (gamma j = 1 / (2 * L)) as value by (apply constant; lia).
          assert (0 < gamma j) as posj by (rewrite value; apply Rdiv_lt_0_compat; lra).
          pose proof (run_step gamma x0 j ltac:(lra)) as once. fold x in once.
          rewrite value in once.
          replace (2 * (1 / (2 * L)) * (1 - 2 * (1 / (2 * L)) * L)) with 0 in once by (field; lra).
          replace (1 - 1 / (2 * L) * mu) with (1 - mu / (2 * L)) in once by (field; lra).
          replace (2 * (1 / (2 * L)) ^ 2 * noise) with (noise / (2 * L ^ 2)) in once by (field; lra).
          unfold r. lra. }
      eapply Rle_trans; [exact (same s (le_n s)) |]. apply Rplus_le_compat_r.
      apply Rmult_le_compat_r; [apply norm2_pos |]. apply pow_exp; [lra |].
      rewrite switch. apply Rmult_le_reg_r with (2 * L); [lra |].
      replace (4 * c * (mu / (2 * L)) * (2 * L)) with (4 * (mu * c)) by (field; lra). nra.
    + replace (INR s ^ 2 * (noise / (L * mu))) with (INR s * (noise / mu ^ 2 * (INR s / (L / mu)))) by (field; lra).
      replace (8 * noise / mu ^ 2) with (noise / mu ^ 2 * 8) by (field; lra).
      apply Rmult_le_compat_l; [apply pos_INR |]. apply Rmult_le_compat_l; [apply Rle_mult_inv_pos; lra |].
      apply Rmult_le_reg_r with (L / mu); [lra |].
      replace (INR s / (L / mu) * (L / mu)) with (INR s) by (field; lra). lra.
    + intros k after. destruct (falling_step mu (INR k) (gamma k) (proj1 positive) (pos_INR k) (falling k after))
        as [contraction [square [posk small]]].
      pose proof (run_step gamma x0 k ltac:(lra)) as once. fold x in once.
      pose proof (gap_nonneg gamma x0 k) as gap. fold x in gap. rewrite S_INR.
      assert (INR s <= INR k) as beyond by (apply le_INR, after).
      assert (2 * gamma k * L <= 1) as inside.
      { apply Rmult_le_reg_r with (INR k + 1); [lra |].
        replace (2 * gamma k * L * (INR k + 1)) with (2 * (gamma k * (INR k + 1) * mu) * (L / mu)) by (field; lra).
        nra. }
      assert (0 <= 2 * gamma k * (1 - 2 * gamma k * L) * expected_gaps f xstar x k)
        by (repeat apply Rmult_le_pos; lra).
      assert (r (S k) <= (1 - gamma k * mu) * r k + 2 * gamma k ^ 2 * noise) as short by (unfold r; lra).
      apply Rmult_le_compat_l with (r := (INR k + 1) ^ 2) in short; [| apply pow2_ge_0].
      replace ((INR k + 1) ^ 2 * ((1 - gamma k * mu) * r k + 2 * gamma k ^ 2 * noise))
        with ((INR k + 1) ^ 2 * (1 - gamma k * mu) * r k + 2 * noise * ((INR k + 1) ^ 2 * gamma k ^ 2))
        in short by ring.
      rewrite contraction in short. apply Rmult_le_compat_l with (r := 2 * noise) in square; [| lra].
      replace (8 * noise / mu ^ 2) with (2 * noise * (4 / mu ^ 2)) by (field; lra). lra.
  - assert (null : r t = 0).
    { unfold r. rewrite <- (expect_const (n := n) t 0 some). apply expect_ext. intros past.
      rewrite (one_point (proj1 positive) above (x past)). expand. ring. }
    change (expect t (fun past => norm2 (x past -: xstar))) with (r t). rewrite null.
    apply Rplus_le_le_0_compat; apply Rle_mult_inv_pos; try assumption.
    + pose proof (norm2_pos (x0 -: xstar)). pose proof (pow2_ge_0 c). apply Rmult_le_pos; lra.
    + apply Rmult_lt_0_compat; lra.
Qed.
End StronglyConvex.
End Convex.
