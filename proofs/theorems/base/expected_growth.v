(* Stochastic gradient descent without convexity: unbiased estimates of the gradient of a smooth function, whose squares
   grow with the function's gap. The proofs for one index at a time and for minibatches are these. *)
From Coq Require Fin.
From Coq Require Import Reals Lra Psatz Lia List.
From Goldstep.theorems.base Require Import space functions sums expectation path switching stochastic_gradient.
Local Open Scope R_scope.

(* v i is the i-th of n equally likely estimates of the gradient of f, which is Lf-smooth:
   mean ||v_i(x)||^2 <= 2 A (f(x) - inf f) + 2 B. *)
Record growing_estimates {X : space} {n : nat} (Lf A B m : R) (f : X -> R) (v : Fin.t n -> X -> X) : Prop := {
  growing_some : (1 <= n)%nat;
  growing_smooth : smooth Lf f (mean_gradient v);
  growing_infimum : infimum f m;
  growing_square : forall x, mean (fun i => norm2 (v i x)) <= 2 * A * (f x - m) + 2 * B;
  growing_floor : 0 <= B }.

(* f = (f_1 + ... + f_n)/n is Lf-smooth, each f_i is Lmax-smooth, m = inf f and mi i = inf f_i. *)
Definition smooth_sum {X : space} {n : nat} (Lf Lmax : R) (fi : Fin.t n -> X -> R) (gi : Fin.t n -> X -> X)
  (m : R) (mi : Fin.t n -> R) : Prop :=
  (1 <= n)%nat /\ smooth Lf (mean_function fi) (mean_gradient gi) /\ (forall i, smooth Lmax (fi i) (gi i)) /\
  infimum (mean_function fi) m /\ (forall i, infimum (fi i) (mi i)).

Lemma function_noise_nonneg {X : space} {n : nat} (fi : Fin.t n -> X -> R) m mi :
  infimum (mean_function fi) m -> (forall i, infimum (fi i) (mi i)) -> 0 <= function_noise m mi.
Proof.
  intros inf infs. unfold function_noise. enough (mean mi <= m) by lra.
  apply inf. intros x. apply mean_le. intros i. apply infs.
Qed.

Lemma smooth_sum_estimates {X : space} {n : nat} Lf Lmax (fi : Fin.t n -> X -> R) gi m mi :
  smooth_sum Lf Lmax fi gi m mi -> 0 < Lmax ->
  growing_estimates Lf Lmax (Lmax * function_noise m mi) m (mean_function fi) gi.
Proof.
  intros [some [lsmooth [smooths [inf infs]]]] positive. split; try assumption.
  - intros x. rewrite <- Rmult_assoc. apply lem_var_func; assumption.
  - apply Rmult_le_pos; [lra | apply (function_noise_nonneg fi); assumption].
Qed.

(* Two parabolas, and their mean, which satisfies the Polyak-Lojasiewicz inequality. *)
Lemma smooth_sum_example {X : space} (a b : X) :
  let fi := fun (i : Fin.t 2) x => 1 / 2 * norm2 (x -: Fin.caseS' i (fun _ => X) a (fun _ => b)) in
  let gi := fun (i : Fin.t 2) x => 1 *: (x -: Fin.caseS' i (fun _ => X) a (fun _ => b)) in
  smooth_sum 1 1 fi gi (norm2 (a -: b) / 8) (fun _ => 0) /\
  polyak_lojasiewicz 1 (mean_function fi) (mean_gradient gi).
Proof.
  intros fi gi. set (c := (1 / 2) *: (a +: b)).
  assert (value : forall x, mean_function fi x = 1 / 2 * norm2 (x -: c) + norm2 (a -: b) / 8).
  { intros x. unfold mean_function, mean, fi, c. simpl. expand. field. }
  assert (slope : forall x, mean_gradient gi x = x -: c).
  { intros x. unfold mean_gradient, mean_point, gi, c. simpl. same_point_by ltac:(field). }
  assert (smooths : forall i, smooth 1 (fi i) (gi i)) by (intros i; apply parabola_smooth; lra).
  assert (least : minimiser (mean_function fi) c).
  { intros y. rewrite !value. apply Rplus_le_compat_r. apply (parabola_minimiser 1 c). lra. }
  assert (inf : infimum (mean_function fi) (norm2 (a -: b) / 8)).
  { replace (norm2 (a -: b) / 8) with (mean_function fi c); [apply minimiser_infimum, least |].
    rewrite value. expand. field. }
  split; [repeat split |]; try apply smooths; try apply inf; try lia.
  - apply mean_gradient_is_gradient. intros i. apply smooths.
  - intros x y. rewrite !slope. replace (x -: c -: (y -: c)) with (x -: y) by same_point. lra.
  - intros x. apply Rmult_le_pos; [lra | apply norm2_pos].
  - intros m' below.
    replace 0 with (fi i (Fin.caseS' i (fun _ => X) a (fun _ => b))); [apply below |]. unfold fi. expand. ring.
  - exists (norm2 (a -: b) / 8). split; [exact inf |]. intros x. rewrite slope, value. lra.
Qed.

Section Run.
Context {X : space} {n : nat} (f : X -> R) (v : Fin.t n -> X -> X) (Lf A B m : R).
Hypothesis setting : growing_estimates Lf A B m f v.
Hypothesis positive : 0 < Lf /\ 0 < A.
Variables (gamma : nat -> R) (x0 : X).

Let some : (1 <= n)%nat := growing_some _ _ _ _ _ _ setting.
Let lsmooth : smooth Lf f (mean_gradient v) := growing_smooth _ _ _ _ _ _ setting.
Let inf : infimum f m := growing_infimum _ _ _ _ _ _ setting.
Let square := growing_square _ _ _ _ _ _ setting.
Let floor : 0 <= B := growing_floor _ _ _ _ _ _ setting.

Let x : history n -> X := stochastic_descent v gamma x0.
Let gap (t : nat) : R := expect t (fun past => f (x past) - m).
Let slope (t : nat) : R := expect t (fun past => norm2 (mean_gradient v (x past))).

Lemma gap_pos t : 0 <= gap t.
Proof. apply expect_nonneg; [exact some |]. intros past. pose proof (proj1 inf (x past)). lra. Qed.

(* mean f(x') <= f(x) - gamma ||grad f(x)||^2 + gamma^2 Lf (A (f(x) - inf f) + B). *)
Lemma growing_step y c :
  mean (fun i => f (y -: c *: v i y) - m)
  <= f y - m - c * norm2 (mean_gradient v y) + c ^ 2 * Lf * (A * (f y - m) + B).
Proof.
  apply Rle_trans with
    (mean (fun i => f y - m + - c * inner (mean_gradient v y) (v i y) + Lf / 2 * c ^ 2 * norm2 (v i y))).
  - apply mean_le. intros i. pose proof (lem_descent Lf f (mean_gradient v) lsmooth y (y -: c *: v i y)) as model.
    set (next := f (y -: c *: v i y)) in *. replace (y -: c *: v i y -: y) with ((- c) *: v i y) in model by same_point.
    rewrite norm2_scale, inner_scale_r in model. lra.
  - rewrite !mean_plus, !mean_scale, mean_const, <- inner_mean_point_r by exact some.
    change (mean_point (fun i => v i y)) with (mean_gradient v y). fold (norm2 (mean_gradient v y)).
    pose proof (square y) as bound. apply Rmult_le_compat_l with (r := Lf / 2 * c ^ 2) in bound; [lra |].
    apply Rmult_le_pos; [lra | apply pow2_ge_0].
Qed.

Lemma growing_run_step t :
  gap (S t) <= gap t - gamma t * slope t + gamma t ^ 2 * Lf * (A * gap t + B).
Proof.
  apply Rle_trans with (expect t (fun past => (1 + gamma t ^ 2 * Lf * A) * (f (x past) - m)
    - gamma t * norm2 (mean_gradient v (x past)) + gamma t ^ 2 * Lf * B)).
  - apply expect_step. intros past long. pose proof (growing_step (x past) (gamma t)).
    unfold x at 1. cbn [stochastic_descent run]. rewrite long. fold (stochastic_descent v gamma x0 past). fold x. lra.
  - right. rewrite expect_plus, expect_minus, !expect_scale, expect_const by exact some. unfold gap, slope. ring.
Qed.

(* Polyak-Lojasiewicz: the step is a contraction, up to the noise. *)
Section PolyakLojasiewicz.
Variable mu : R.
Hypothesis pl : polyak_lojasiewicz mu f (mean_gradient v).
Hypothesis asmooth : smooth A f (mean_gradient v).
Hypothesis curved : 0 < mu.

Lemma pl_at y : 2 * mu * (f y - m) <= norm2 (mean_gradient v y).
Proof. destruct pl as [m' [inf' bound]]. rewrite (infimum_unique f m m' inf inf'). apply bound. Qed.

(* mu^2 <= Lf A, where f is not constant. *)
Lemma flat : Lf * A < mu ^ 2 -> forall y, f y = m.
Proof.
  intros steep y. pose proof (pl_at y). pose proof (proj1 inf y).
  pose proof (lem_grad_gap Lf f (mean_gradient v) m (proj1 positive) lsmooth (proj1 inf) y).
  pose proof (lem_grad_gap A f (mean_gradient v) m (proj2 positive) asmooth (proj1 inf) y).
  destruct (Req_dec (f y) m) as [null | positive_gap]; [exact null | exfalso].
  assert (0 < f y - m) by lra.
  assert (mu <= Lf) by (apply Rmult_le_reg_r with (f y - m); lra).
  assert (mu <= A) by (apply Rmult_le_reg_r with (f y - m); lra).
  assert (mu * mu <= Lf * A) by (apply Rmult_le_compat; lra). lra.
Qed.

Lemma flat_gap t : Lf * A < mu ^ 2 -> gap t = 0.
Proof.
  intros steep. unfold gap. rewrite <- (expect_const (n := n) t 0 some). apply expect_ext. intros past.
  rewrite (flat steep). ring.
Qed.

Lemma pl_run_step t : 0 <= gamma t <= mu / (Lf * A) ->
  gap (S t) <= (1 - gamma t * mu) * gap t + gamma t ^ 2 * Lf * B.
Proof.
  intros step. pose proof (growing_run_step t) as once. pose proof (gap_pos t).
  assert (2 * mu * gap t <= slope t) as steep.
  { unfold gap, slope. rewrite <- expect_scale. apply expect_le. intros past. apply pl_at. }
  pose proof (step_times (Lf * A) (gamma t) mu ltac:(apply Rmult_lt_0_compat; lra) (proj2 step)) as short.
  apply Rmult_le_compat_l with (r := gamma t) in steep; [| lra].
  assert (0 <= gamma t * (mu - gamma t * (Lf * A)) * gap t) by (repeat apply Rmult_le_pos; lra). lra.
Qed.

Lemma pl_run_const c T : (forall t, (t < T)%nat -> gamma t = c) -> 0 < c <= mu / (Lf * A) -> mu ^ 2 <= Lf * A ->
  gap T <= (1 - c * mu) ^ T * (f x0 - m) + c * Lf * B / mu.
Proof.
  intros same step condition. assert (0 < Lf * A) by (apply Rmult_lt_0_compat; lra).
  pose proof (step_times (Lf * A) c mu ltac:(assumption) (proj2 step)).
  replace (c * Lf * B / mu) with (c ^ 2 * Lf * B / (c * mu)) by (field; lra).
  apply lem_recursion with (a := gap).
  - split; [apply Rmult_lt_0_compat; lra |]. apply Rmult_le_reg_r with (Lf * A); [assumption |].
    assert (c * (Lf * A) * mu <= mu * mu) by (apply Rmult_le_compat_r; lra). lra.
  - apply Rmult_le_pos; [apply Rmult_le_pos; [apply pow2_ge_0 | lra] | assumption].
  - intros t early. rewrite <- (same t early). apply pl_run_step. rewrite (same t early). lra.
Qed.

(* mu/(Lf A) for t < s = 2 c, c = ceil(Lf A/mu^2), then (2t+1)/((t+1)^2 mu). *)
Lemma pl_run_switch s c t :
  Lf * A / mu ^ 2 <= c < Lf * A / mu ^ 2 + 1 -> INR s = 2 * c -> (1 <= s)%nat ->
  (forall k, (k < s)%nat -> gamma k = mu / (Lf * A)) ->
  (forall k, (s <= k)%nat -> gamma k = (2 * INR k + 1) / ((INR k + 1) * (INR k + 1) * mu)) ->
  (s <= t)%nat ->
  gap t <= 4 * c ^ 2 * (f x0 - m) / (exp 2 * INR t ^ 2) + 4 * Lf * B / mu ^ 2 / INR t.
Proof.
  intros ceil switch first constant falling late. pose proof (lt_0_INR t ltac:(lia)) as pos.
  pose proof (pow_lt (INR t) 2 pos). pose proof (exp_pos 2). assert (0 < mu ^ 2) by (apply pow_lt; lra).
  assert (0 < Lf * A) as product by (apply Rmult_lt_0_compat; lra).
  assert (0 <= 4 * Lf * B) by (apply Rmult_le_pos; lra).
  set (kappa := Lf * A / mu ^ 2) in *. assert (kappa * mu ^ 2 = Lf * A) as ratio by (unfold kappa; field; lra).
  assert (0 < kappa) by (apply Rdiv_lt_0_compat; assumption).
  assert (mu / (Lf * A) * mu = / kappa) as share by (unfold kappa; field; lra).
  destruct (Rle_lt_dec (mu ^ 2) (Lf * A)) as [below | above].
  - assert (1 <= kappa) by (apply Rmult_le_reg_r with (mu ^ 2); lra).
    replace (4 * c ^ 2) with (INR s ^ 2) by (rewrite switch; ring).
    apply (switched_rate gap s (4 * Lf * B / mu ^ 2) (B / A) t ltac:(lia)).
    + replace (B / A) with (mu / (Lf * A) * Lf * B / mu) by (field; lra).
      eapply Rle_trans; [apply (pl_run_const (mu / (Lf * A))); [exact constant | | exact below] |].
      * split; [apply Rdiv_lt_0_compat; lra | lra].
      * apply Rplus_le_compat_r. change (gap O) with (f x0 - m). pose proof (proj1 inf x0).
        apply Rmult_le_compat_r; [lra |].
        rewrite share. assert (/ kappa <= 1) by (rewrite <- Rinv_1; apply Rinv_le_contravar; lra).
        apply pow_exp; [lra |]. rewrite switch. apply Rmult_le_reg_r with kappa; [lra |].
        replace (2 * c * / kappa * kappa) with (2 * c) by (field; lra). lra.
    + replace (4 * Lf * B / mu ^ 2) with (4 * kappa * (B / A)) by (unfold kappa; field; lra).
      assert (0 <= B / A) by (apply Rle_mult_inv_pos; lra). pose proof (pos_INR s).
      replace (INR s ^ 2 * (B / A)) with (INR s * (INR s * (B / A))) by ring.
      apply Rmult_le_compat_l; [assumption |]. apply Rmult_le_compat_r; lra.
    + intros k after. destruct (falling_step mu (INR k) (gamma k) curved (pos_INR k) (falling k after))
        as [contraction [bound [posk small]]].
      rewrite S_INR. pose proof (pos_INR k). assert (INR s <= INR k) as beyond by (apply le_INR, after).
      assert (0 <= gamma k <= mu / (Lf * A)) as step.
      { split; [lra |]. apply Rmult_le_reg_r with (kappa * mu); [apply Rmult_lt_0_compat; lra |].
        replace (mu / (Lf * A) * (kappa * mu)) with 1 by (unfold kappa; field; lra).
        assert (gamma k * mu * (2 * kappa) <= gamma k * mu * (INR k + 1)) as grown.
        { apply Rmult_le_compat_l; [apply Rmult_le_pos; lra | lra]. }
        lra. }
      pose proof (pl_run_step k step) as once.
      apply Rmult_le_compat_l with (r := (INR k + 1) ^ 2) in once; [| apply pow2_ge_0].
      replace ((INR k + 1) ^ 2 * ((1 - gamma k * mu) * gap k + gamma k ^ 2 * Lf * B))
        with ((INR k + 1) ^ 2 * (1 - gamma k * mu) * gap k + Lf * B * ((INR k + 1) ^ 2 * gamma k ^ 2)) in once by ring.
      rewrite contraction in once. apply Rmult_le_compat_l with (r := Lf * B) in bound; [| apply Rmult_le_pos; lra].
      replace (4 * Lf * B / mu ^ 2) with (Lf * B * (4 / mu ^ 2)) by (field; lra). lra.
  - rewrite (flat_gap t above). pose proof (proj1 inf x0).
    apply Rplus_le_le_0_compat; apply Rle_mult_inv_pos; try assumption.
    + apply Rmult_le_pos; [pose proof (pow2_ge_0 c); lra | lra].
    + apply Rmult_lt_0_compat; lra.
    + apply Rle_mult_inv_pos; assumption.
Qed.
End PolyakLojasiewicz.
End Run.

(* The steps gamma <= mu/(Lf A), all the same. *)
Lemma pl_const {X : space} {n : nat} (f : X -> R) (v : Fin.t n -> X -> X) Lf A B m mu gamma x0 T :
  growing_estimates Lf A B m f v -> 0 < Lf /\ 0 < A -> polyak_lojasiewicz mu f (mean_gradient v) ->
  smooth A f (mean_gradient v) -> 0 < mu -> 0 < gamma <= mu / (Lf * A) ->
  expect T (fun past => f (stochastic_descent v (fun _ => gamma) x0 past) - m)
  <= (1 - gamma * mu) ^ T * (f x0 - m) + gamma * Lf * B / mu.
Proof.
  intros setting positive pl asmooth curved step. destruct (Rle_lt_dec (mu ^ 2) (Lf * A)) as [below | above].
  - apply pl_run_const with (A := A); auto.
  - rewrite (flat_gap f v Lf A B m setting positive (fun _ => gamma) x0 mu pl asmooth curved T above).
    rewrite (flat f v Lf A B m setting positive mu pl asmooth curved above x0).
    destruct setting as [_ _ _ _ floor].
    assert (0 <= gamma * Lf * B / mu); [| lra].
    apply Rle_mult_inv_pos; [| exact curved]. apply Rmult_le_pos; [apply Rmult_le_pos; lra | exact floor].
Qed.

(* sum of (1 + a)^-(t+1) over t < T. *)
Lemma inverse_powers a T : 0 <= a ->
  INR T / (1 + a * INR T) <= sum_below (fun t => / (1 + a) ^ S t) T.
Proof.
  intros nonneg. induction T as [| T IH]; [simpl; lra |].
  rewrite sum_below_first. rewrite (sum_below_ext _ (fun t => / (1 + a) * / (1 + a) ^ S t))
    by (intros; simpl; field; split; [apply pow_nonzero |]; lra).
  rewrite sum_below_scale. pose proof (pos_INR T). rewrite S_INR.
  assert (0 <= a * INR T) by (apply Rmult_le_pos; lra). assert (0 < / (1 + a)) by (apply Rinv_0_lt_compat; lra).
  apply Rle_trans with (/ (1 + a) * (1 + INR T / (1 + a * INR T))).
  - set (b := INR T) in *. apply Rmult_le_reg_r with ((1 + a) * (1 + a * b) * (1 + a * (b + 1))).
    { repeat apply Rmult_lt_0_compat; lra. }
    replace ((b + 1) / (1 + a * (b + 1)) * ((1 + a) * (1 + a * b) * (1 + a * (b + 1))))
      with ((b + 1) * ((1 + a) * (1 + a * b))) by (field; lra).
    replace (/ (1 + a) * (1 + b / (1 + a * b)) * ((1 + a) * (1 + a * b) * (1 + a * (b + 1))))
      with ((1 + a * b + b) * (1 + a * (b + 1))) by (field; lra). lra.
  - simpl. rewrite Rmult_1_r, Rmult_plus_distr_l, Rmult_1_r.
    apply Rplus_le_compat_l, Rmult_le_compat_l; [lra | exact IH].
Qed.

(* The least expected gradient with a constant step. *)
Lemma growing_nonconvex {X : space} {n : nat} (f : X -> R) (v : Fin.t n -> X -> X) Lf A B m gamma x0 T :
  growing_estimates Lf A B m f v -> 0 < Lf /\ 0 < A -> 0 < gamma -> (1 <= T)%nat ->
  min_below (fun t => expect t (fun past =>
    norm2 (mean_gradient v (stochastic_descent v (fun _ => gamma) x0 past)))) T
  <= (f x0 - m) * (1 + gamma ^ 2 * Lf * A * INR T) / (gamma * INR T) + gamma * Lf * B.
Proof.
  intros setting positive step some.
  set (x := stochastic_descent v (fun _ => gamma) x0).
  set (slope := fun t => expect t (fun past => norm2 (mean_gradient v (x past)))).
  set (gap := fun t => expect t (fun past => f (x past) - m)).
  set (a := gamma ^ 2 * Lf * A). set (w := fun t => / (1 + a) ^ S t).
  assert (0 < a) by (unfold a; repeat apply Rmult_lt_0_compat; try apply pow_lt; lra).
  assert (forall t, 0 < (1 + a) ^ t) as powers by (intros; apply pow_lt; lra).
  assert (forall t, 0 < w t) as positives by (intros; apply Rinv_0_lt_compat, powers).
  set (W := sum_below w T).
  assert (sum_below (fun t => gamma * (w t * slope t)) T
          <= gap O / (1 + a) ^ 0 - gap T / (1 + a) ^ T + sum_below (fun t => gamma ^ 2 * Lf * B * w t) T) as sums.
  { apply sum_steps with (V := fun t => gap t / (1 + a) ^ t). intros t _.
    pose proof (growing_run_step f v Lf A B m setting positive (fun _ => gamma) x0 t) as once. cbv beta in once.
    fold x in once. change (gap (S t) <= gap t - gamma * slope t + gamma ^ 2 * Lf * (A * gap t + B)) in once.
    replace (gap t / (1 + a) ^ t) with (w t * ((1 + a) * gap t))
      by (unfold w; simpl; field; pose proof (powers t); split; lra).
    replace (gap (S t) / (1 + a) ^ S t) with (w t * gap (S t)) by (unfold w, Rdiv; ring).
    assert (w t * (gamma * slope t) <= w t * ((1 + a) * gap t - gap (S t) + gamma ^ 2 * Lf * B)); [| lra].
    apply Rmult_le_compat_l; [left; apply positives | unfold a; lra]. }
  rewrite !sum_below_scale in sums. fold W in sums.
  pose proof (min_below_weighted w slope T ltac:(intros; left; apply positives)) as least. fold W in least.
  assert (0 <= gap T) as floor by apply (gap_pos f v Lf A B m setting (fun _ => gamma) x0 T).
  assert (0 <= gap T / (1 + a) ^ T) by (apply Rle_mult_inv_pos; [exact floor | apply powers]).
  pose proof (inverse_powers a T ltac:(lra)) as large. fold w W in large.
  pose proof (lt_0_INR T ltac:(lia)) as pos.
  assert (0 < 1 + a * INR T) by (pose proof (Rmult_lt_0_compat a (INR T)); lra).
  assert (0 < INR T / (1 + a * INR T)) by (apply Rdiv_lt_0_compat; assumption).
  change (gap O) with (f x0 - m) in sums.
  replace ((f x0 - m) / (1 + a) ^ 0) with (f x0 - m) in sums by (simpl; field).
  pose proof (proj1 (growing_infimum _ _ _ _ _ _ setting) x0).
  apply Rmult_le_compat_l with (r := gamma) in least; [| lra].
  replace ((f x0 - m) * (1 + a * INR T) / (gamma * INR T))
    with ((f x0 - m) / gamma * / (INR T / (1 + a * INR T))) by (field; lra).
  apply Rle_trans with ((f x0 - m) / gamma * / W + gamma * Lf * B).
  - apply Rmult_le_reg_l with (gamma * W); [apply Rmult_lt_0_compat; lra |].
    replace (gamma * W * ((f x0 - m) / gamma * / W + gamma * Lf * B)) with (f x0 - m + gamma ^ 2 * Lf * B * W)
      by (field; lra). lra.
  - apply Rplus_le_compat_r, Rmult_le_compat_l; [apply Rle_mult_inv_pos; lra |].
    apply Rinv_le_contravar; assumption.
Qed.
