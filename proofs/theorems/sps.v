(* Stochastic gradient descent with Polyak's step, capped. Loizou et al. 2021 give the rule; the constants and the
   proofs are this project's.

   Let f = (f_1 + ... + f_n)/n on R^d with a minimiser x*, each f_i convex, L-smooth and bounded below, and indices
   drawn uniformly and independently. With the step
       gamma = min((f_i(x_t) - inf f_i)/(c ||grad f_i(x_t)||^2), gamma_b),
   0 where the gradient is zero, alpha = min(1/(2cL), gamma_b), and delta = min f - (1/n) sum inf f_i:
   sps_convex: for c > 1/2, k = 2 - 1/c and T >= 1,
       (1/T) sum_{t < T} E f(x_t) - min f <= ||x_0 - x*||^2/(k alpha T) + (2 gamma_b - k alpha) delta/(k alpha).
   sps_sc: for c >= 1/2 and mu_i-strongly convex f_i of mean mu > 0,
       E ||x_T - x*||^2 <= (1 - mu alpha)^T ||x_0 - x*||^2 + 2 gamma_b delta/(mu alpha).
   sps_bias: on f_i = (a_i/2)||x - b_i||^2 with a cap above every 1/(2 c a_i), exactly, in each coordinate,
       E x_T = b + (1 - 1/(2c))^T (x_0 - b),   b = (1/n) sum b_i,
   which is not the minimiser (1/n) sum a_i b_i / ((1/n) sum a_i): without a cap the steps do not converge to it.
   E is the average over the sequences of indices. The equations of the rule follow. *)
From Coq Require Fin.
From Coq Require Import Reals Lra Psatz Lia List.
From Goldstep.theorems.base Require Import space functions sums expectation.
From Spec.theorems Require Import sps_bias sps_convex sps_sc.
Local Open Scope R_scope.

(* emitted rule *)
Definition sps_max_ratio (p_f : R) (p_f_star : R) (p_gsq : R) (p_c : R) : R :=
  (p_f - p_f_star) / (p_c * p_gsq).
Definition sps_max_step_size (p_f : R) (p_f_star : R) (p_gsq : R) (p_c : R) (p_gamma_b : R) : R :=
  if (Req_EM_T p_gsq 0) then 0 else (Rmin (sps_max_ratio p_f p_f_star p_gsq p_c) p_gamma_b).
Definition sps_max_x (p_x : R) (p_g : R) (p_f : R) (p_f_star : R) (p_gsq : R) (p_c : R) (p_gamma_b : R) : R :=
  p_x - ((sps_max_step_size p_f p_f_star p_gsq p_c p_gamma_b) * p_g).
(* end *)

(* The iterate after the draws of a history; mi i = inf f_i. *)
Definition sps {d n : nat} (fi : Fin.t n -> Rn d -> R) (gi : Fin.t n -> Rn d -> Rn d) (mi : Fin.t n -> R)
  (c gamma_b : R) (x0 : Rn d) (past : history n) : Rn d :=
  run (fun _ i x => lift2 (fun a g => sps_max_x a g (fi i x) (mi i) (norm2 (gi i x)) c gamma_b) x (gi i x)) x0 past.

Definition sps_convex_statement : Prop :=
  forall (d n : nat) (fi : Fin.t n -> Rn d -> R) (gi : Fin.t n -> Rn d -> Rn d) (mi : Fin.t n -> R) (L c gamma_b : R)
         (x0 xstar : Rn d) (T : nat),
  let f := mean_function fi in
  (1 <= n)%nat -> (forall i, convex (fi i)) -> (forall i, smooth L (fi i) (gi i)) ->
  (forall i, infimum (fi i) (mi i)) -> minimiser f xstar -> (1 <= T)%nat -> sps_convex_domain L c gamma_b ->
  average (fun t => expect t (fun past => f (sps fi gi mi c gamma_b x0 past) - f xstar)) T
  <= sps_convex_bound (Z.of_nat T) L c gamma_b (norm2 (x0 -: xstar)) (function_noise (f xstar) mi).

Definition sps_sc_statement : Prop :=
  forall (d n : nat) (fi : Fin.t n -> Rn d -> R) (gi : Fin.t n -> Rn d -> Rn d) (mi mui : Fin.t n -> R)
         (L c gamma_b : R) (x0 xstar : Rn d) (T : nat),
  let f := mean_function fi in
  (1 <= n)%nat -> (forall i, 0 <= mui i /\ strongly_convex (mui i) (fi i)) -> (forall i, smooth L (fi i) (gi i)) ->
  (forall i, infimum (fi i) (mi i)) -> minimiser f xstar -> sps_sc_domain (mean mui) L c gamma_b ->
  expect T (fun past => norm2 (sps fi gi mi c gamma_b x0 past -: xstar))
  <= sps_sc_bound (Z.of_nat T) (mean mui) L c gamma_b (norm2 (x0 -: xstar)) (function_noise (f xstar) mi).

Definition sps_bias_statement : Prop :=
  forall (d n : nat) (a : Fin.t n -> R) (b : Fin.t n -> Rn d) (c gamma_b : R) (x0 : Rn d) (T : nat) (j : Fin.t d),
  let fi := fun i x => a i / 2 * norm2 (x -: b i) in
  let gi := fun i x => a i *: (x -: b i) in
  let x := sps fi gi (fun _ => 0) c gamma_b x0 in
  (1 <= n)%nat -> (forall i, 0 < a i /\ 1 / (2 * c * a i) <= gamma_b) -> sps_bias_domain c ->
  expect T (fun past => x past j) = sps_bias_bound (Z.of_nat T) c (x0 j) (mean (fun i => b i j)).

Section Proof.
Context {d n : nat} (fi : Fin.t n -> Rn d -> R) (gi : Fin.t n -> Rn d -> Rn d) (mi mui : Fin.t n -> R) (L c gamma_b : R)
  (xstar : Rn d).
Hypothesis some : (1 <= n)%nat.
Hypothesis mu_pos : forall i, 0 <= mui i.
Hypothesis strong : forall i, strongly_convex (mui i) (fi i).
Hypothesis smooths : forall i, smooth L (fi i) (gi i).
Hypothesis lowest : forall i, infimum (fi i) (mi i).
Hypothesis L_pos : 0 < L.
Hypothesis c_low : 1 <= 2 * c.
Hypothesis cap_pos : 0 < gamma_b.

Let f := mean_function fi.
Let delta : R := function_noise (f xstar) mi.
Let alpha : R := Rmin (1 / (2 * c * L)) gamma_b.
Let step (i : Fin.t n) (x : Rn d) : R := sps_max_step_size (fi i x) (mi i) (norm2 (gi i x)) c gamma_b.

Lemma alpha_pos : 0 < alpha <= gamma_b.
Proof.
  split; [| apply Rmin_r]. apply Rmin_pos; [| exact cap_pos].
  apply Rdiv_lt_0_compat; [lra | apply Rmult_lt_0_compat; lra].
Qed.

Lemma above i y : mi i <= fi i y.
Proof. apply (proj1 (lowest i)). Qed.

(* The step is at least alpha where there is a gradient, at most gamma_b, and gamma c ||g||^2 <= f_i(x) - inf f_i. *)
Lemma step_range i x : norm2 (gi i x) <> 0 ->
  alpha <= step i x <= gamma_b /\ step i x * (c * norm2 (gi i x)) <= fi i x - mi i.
Proof.
  intros slope. pose proof (norm2_pos (gi i x)). unfold step, sps_max_step_size, sps_max_ratio.
  destruct Req_EM_T as [| _]; [contradiction |]. pose proof (above i x).
  pose proof (lem_grad_gap L (fi i) (gi i) (mi i) L_pos (smooths i) (above i) x) as gap.
  set (q := norm2 (gi i x)) in *. assert (0 < c * q) by (apply Rmult_lt_0_compat; lra).
  repeat split.
  - apply Rle_min_compat_r. apply Rmult_le_reg_r with (2 * c * L * q).
    + repeat apply Rmult_lt_0_compat; lra.
    + replace (1 / (2 * c * L) * (2 * c * L * q)) with q by (field; lra).
      replace ((fi i x - mi i) / (c * q) * (2 * c * L * q)) with (2 * L * (fi i x - mi i)) by (field; lra). exact gap.
  - apply Rmin_r.
  - apply Rle_trans with ((fi i x - mi i) / (c * q) * (c * q)); [apply Rmult_le_compat_r; [lra | apply Rmin_l] |].
    right. field. lra.
Qed.

(* Along each index: r' <= (1 - alpha mu_i) r - k alpha (f_i(x) - inf f_i) + 2 gamma_b (f_i(xstar) - inf f_i). *)
Lemma sps_path i x :
  norm2 (x -: step i x *: gi i x -: xstar)
  <= norm2 (x -: xstar) - alpha * mui i * norm2 (x -: xstar) - (2 - 1 / c) * alpha * (fi i x - mi i)
     + 2 * gamma_b * (fi i xstar - mi i).
Proof.
  pose proof alpha_pos as apos. pose proof (above i x) as low. pose proof (above i xstar) as low'.
  pose proof (norm2_pos (x -: xstar)) as rpos.
  pose proof (strongly_convex_first_order (mui i) (fi i) (gi i) (strong i) (proj1 (smooths i)) x xstar) as first.
  rewrite norm2_sub_sym in first.
  assert (0 <= 2 - 1 / c) as kpos.
  { assert (1 / c <= 2); [| lra]. apply Rmult_le_reg_r with c; [lra |].
    replace (1 / c * c) with 1 by (field; lra). lra. }
  assert (0 <= mui i * norm2 (x -: xstar)) by (apply Rmult_le_pos; [apply mu_pos | exact rpos]).
  destruct (Req_dec (norm2 (gi i x)) 0) as [flat | slope].
  - (* the gradient is zero: x minimises f_i, and nothing moves *)
    assert (gi i x = zero) as null by (apply norm2_definite, flat).
    assert (fi i x = mi i) as least.
    { apply Rle_antisym; [| exact low]. apply (proj2 (lowest i)).
      intros y. apply (gradient_minimiser (fi i) (gi i) x); [| apply smooths | exact null].
      apply (strongly_convex_convex (mui i)); [apply mu_pos | apply strong]. }
    rewrite null in *. rewrite inner_zero_l in first.
    replace (x -: step i x *: zero -: xstar) with (x -: xstar) by same_point. rewrite least in *.
    assert (alpha * (mui i / 2 * norm2 (x -: xstar)) <= gamma_b * (fi i xstar - mi i)) by (apply Rmult_le_compat; lra).
    lra.
  - destruct (step_range i x slope) as [range small]. set (gamma := step i x) in *. clearbody gamma.
    set (g := gi i x) in *. replace (inner g (xstar -: x)) with (- inner g (x -: xstar)) in first by (expand; ring).
    set (r := norm2 (x -: xstar)) in *.
    replace (norm2 (x -: gamma *: g -: xstar)) with (r - 2 * gamma * inner g (x -: xstar) + gamma ^ 2 * norm2 g)
      by (unfold r; expand; ring).
    apply Rmult_le_compat_l with (r := 2 * gamma) in first; [| lra].
    apply Rmult_le_compat_l with (r := gamma / c) in small; [| apply Rle_mult_inv_pos; lra].
    replace (gamma / c * (gamma * (c * norm2 g))) with (gamma ^ 2 * norm2 g) in small by (field; lra).
    assert ((gamma - alpha) * (mui i * r) >= 0) by (apply Rle_ge, Rmult_le_pos; lra).
    assert ((2 - 1 / c) * (gamma - alpha) * (fi i x - mi i) >= 0)
      by (apply Rle_ge; repeat apply Rmult_le_pos; lra).
    assert ((gamma_b - gamma) * (fi i xstar - mi i) >= 0) by (apply Rle_ge, Rmult_le_pos; lra).
    unfold Rdiv in *. lra.
Qed.

(* On average: E r' <= (1 - alpha mu) r - k alpha (f(x) - min f + delta) + 2 gamma_b delta. *)
Lemma sps_mean x :
  mean (fun i => norm2 (x -: step i x *: gi i x -: xstar))
  <= (1 - alpha * mean mui) * norm2 (x -: xstar) - (2 - 1 / c) * alpha * (f x - f xstar + delta) + 2 * gamma_b * delta.
Proof.
  eapply Rle_trans; [apply mean_le; intros i; apply sps_path |].
  rewrite (mean_ext _ (fun i => norm2 (x -: xstar) + - (alpha * norm2 (x -: xstar)) * mui i
    + - ((2 - 1 / c) * alpha) * (fi i x - mi i) + 2 * gamma_b * (fi i xstar - mi i))) by (intros; ring).
  rewrite !mean_plus, !mean_scale, !mean_minus, mean_const by exact some.
  unfold delta, function_noise, f, mean_function. right. ring.
Qed.

Lemma delta_pos : 0 <= delta.
Proof.
  unfold delta, function_noise, f, mean_function. rewrite <- mean_minus. apply mean_nonneg.
  intros i. pose proof (above i xstar). lra.
Qed.

(* In expectation over the run. *)
Lemma sps_expected x0 t : let x := sps fi gi mi c gamma_b x0 in
  expect (S t) (fun past => norm2 (x past -: xstar))
  <= expect t (fun past => (1 - alpha * mean mui) * norm2 (x past -: xstar)
                           - (2 - 1 / c) * alpha * (f (x past) - f xstar + delta) + 2 * gamma_b * delta).
Proof.
  intros x. apply expect_step. intros past _.
  rewrite (mean_ext _ (fun i => norm2 (x past -: step i (x past) *: gi i (x past) -: xstar))); [apply sps_mean |].
  intros i. f_equal. f_equal. apply lift2_step. intros a b. reflexivity.
Qed.
End Proof.

Theorem sps_convex : sps_convex_statement.
Proof.
  intros d n fi gi mi L c gamma_b x0 xstar T f some cvx smooths lowest least more [[L_pos c_low] cap_pos].
  pose proof (sps_expected fi gi mi (fun _ => 0) L c gamma_b xstar some (fun _ => Rle_refl 0)
    (fun i => proj2 (strongly_convex_0 (fi i)) (cvx i)) smooths lowest L_pos (Rlt_le _ _ c_low) cap_pos x0) as once.
  pose proof (alpha_pos L c gamma_b L_pos (Rlt_le _ _ c_low) cap_pos) as alpha_range.
  rewrite mean_const in once by exact some. cbv zeta in once. fold f in once.
  unfold sps_convex_bound, sps_convex_alpha. rewrite <- INR_IZR_INZ.
  set (alpha := Rmin (1 / (2 * c * L)) gamma_b) in *. set (delta := function_noise (f xstar) mi) in *.
  set (x := sps fi gi mi c gamma_b x0) in *.
  assert (0 < 2 - 1 / c) as kpos.
  { assert (1 / c < 2); [| lra]. apply Rmult_lt_reg_r with c; [lra |].
    replace (1 / c * c) with 1 by (field; lra). lra. }
  set (a := (2 - 1 / c) * alpha) in *. assert (0 < a) by (apply Rmult_lt_0_compat; lra). clearbody a.
  set (r := fun t => expect t (fun past => norm2 (x past -: xstar))) in *.
  set (gap := fun t => expect t (fun past => f (x past) - f xstar)).
  assert (r T <= r O - a * sum_below gap T + INR T * ((2 * gamma_b - a) * delta)) as total.
  { clear more. induction T as [| T IH]; [simpl; lra |]. cbn [sum_below]. rewrite S_INR.
    pose proof (once T) as step. fold (r (S T)) in step.
    rewrite (expect_ext T _ (fun past => norm2 (x past -: xstar) + - a * (f (x past) - f xstar)
      + (2 * gamma_b - a) * delta)) in step by (intros; ring).
    rewrite !expect_plus, expect_scale, expect_const in step by exact some. fold (r T) (gap T) in step. lra. }
  assert (0 <= r T) by (apply expect_nonneg; [exact some | intros; apply norm2_pos]).
  change (r O) with (norm2 (x0 -: xstar)) in total. pose proof (lt_0_INR T ltac:(lia)).
  apply average_le; [exact more |]. apply Rmult_le_reg_l with a; [assumption |].
  replace (a * (INR T * (norm2 (x0 -: xstar) / (a * INR T) + (2 * gamma_b - a) * delta / a)))
    with (norm2 (x0 -: xstar) + INR T * ((2 * gamma_b - a) * delta)) by (field; lra).
  change (sum_below (fun t => expect t (fun past => f (x past) - f xstar)) T) with (sum_below gap T). lra.
Qed.

Theorem sps_sc : sps_sc_statement.
Proof.
  intros d n fi gi mi mui L c gamma_b x0 xstar T f some strong smooths lowest least
    [[[mu_pos L_pos] c_low] cap_pos].
  pose proof (sps_expected fi gi mi mui L c gamma_b xstar some (fun i => proj1 (strong i)) (fun i => proj2 (strong i))
    smooths lowest L_pos c_low cap_pos x0) as once.
  pose proof (alpha_pos L c gamma_b L_pos c_low cap_pos) as alpha_range.
  pose proof (delta_pos fi mi xstar lowest) as noise.
  cbv zeta in once. fold f in once, noise. unfold sps_sc_bound, sps_sc_alpha. rewrite <- pow_powerRZ.
  assert (Rmin (1 / (2 * c * L)) gamma_b * L <= 1) as short.
  { apply Rle_trans with (1 / (2 * c * L) * L); [apply Rmult_le_compat_r; [lra | apply Rmin_l] |].
    apply Rmult_le_reg_r with (2 * c); [lra |]. replace (1 / (2 * c * L) * L * (2 * c)) with 1 by (field; lra). lra. }
  set (alpha := Rmin (1 / (2 * c * L)) gamma_b) in *. set (delta := function_noise (f xstar) mi) in *.
  set (x := sps fi gi mi c gamma_b x0) in *. set (mu := mean mui) in *.
  set (r := fun t => expect t (fun past => norm2 (x past -: xstar))).
  change (r T <= (1 - alpha * mu) ^ T * r O + 2 * gamma_b * delta / (mu * alpha)).
  destruct (Rle_lt_dec (alpha * mu) 1) as [below | beyond].
  - replace (2 * gamma_b * delta / (mu * alpha)) with (2 * gamma_b * delta / (alpha * mu)) by (field; lra).
    apply lem_recursion.
    + split; [apply Rmult_lt_0_compat; lra | exact below].
    + repeat apply Rmult_le_pos; lra.
    + intros t _. unfold r. eapply Rle_trans; [apply once |].
      apply Rle_trans with (expect t (fun past => (1 - alpha * mu) * norm2 (x past -: xstar) + 2 * gamma_b * delta));
        [| rewrite expect_plus, expect_scale, expect_const by exact some; lra].
      apply expect_le. intros past.
      assert (0 <= (2 - 1 / c) * alpha * (f (x past) - f xstar + delta)); [| lra].
      assert (0 <= 2 - 1 / c).
      { assert (1 / c <= 2); [| lra]. apply Rmult_le_reg_r with c; [lra |].
        replace (1 / c * c) with 1 by (field; lra). lra. }
      pose proof (least (x past)). repeat apply Rmult_le_pos; lra.
  - (* mu > L: the space has one point only. *)
    assert (one : forall y : Rn d, y = xstar).
    { intros y. destruct (Req_dec (norm2 (y -: xstar)) 0) as [null | two]; [apply point_equal, null | exfalso].
      assert (mu <= L); [| nra]. unfold mu. rewrite <- (mean_const (n := n) L some). apply mean_le. intros i.
      apply (strong_convexity_below_smoothness (mui i) L (fi i) (gi i) y xstar); [apply strong | apply smooths |].
      intros equal. apply two. rewrite equal. expand. ring. }
    assert (null : forall t, r t = 0).
    { intros t. unfold r. rewrite <- (expect_const (n := n) t 0 some). apply expect_ext. intros past.
      rewrite (one (x past)). expand. ring. }
    rewrite !null, Rmult_0_r, Rplus_0_l. apply Rle_mult_inv_pos; [repeat apply Rmult_le_pos; lra |].
    apply Rmult_lt_0_compat; lra.
Qed.

(* In sps_bias each inf f_i is 0, and the minimiser of f weighs the b_i by the a_i. *)
Lemma sps_bias_infimum d a (b : Rn d) : 0 <= a -> infimum (fun x => a / 2 * norm2 (x -: b)) 0.
Proof.
  intros pos. replace 0 with (a / 2 * norm2 (b -: b)) at 1 by (expand; ring).
  apply (minimiser_infimum (fun x => a / 2 * norm2 (x -: b)) b), parabola_minimiser, pos.
Qed.

Lemma sps_bias_minimiser d n (a : Fin.t n -> R) (b : Fin.t n -> Rn d) : (1 <= n)%nat -> (forall i, 0 < a i) ->
  minimiser (mean_function (fun i x => a i / 2 * norm2 (x -: b i))) ((1 / mean a) *: mean_point (fun i => a i *: b i)).
Proof.
  intros some pos. assert (0 < mean a) as apos.
  { apply Rdiv_lt_0_compat; [| apply lt_0_INR; lia]. destruct n as [| k]; [lia |]. simpl.
    pose proof (pos Fin.F1). pose proof (sum_all_pos k (fun i => a (Fin.FS i)) (fun i => Rlt_le _ _ (pos (Fin.FS i)))).
    lra. }
  apply (gradient_minimiser _ (mean_gradient (fun i x => a i *: (x -: b i)))).
  - apply mean_convex. intros i. apply parabola_convex. left. apply pos.
  - apply mean_gradient_is_gradient. intros i. apply (parabola_smooth (a i)). left. apply pos.
  - apply norm2_definite. set (xs := (1 / mean a) *: mean_point (fun i => a i *: b i)).
    assert (null : forall y, inner (mean_gradient (fun i x => a i *: (x -: b i)) xs) y = 0).
    { intros y. unfold mean_gradient. rewrite inner_mean_point.
      rewrite (mean_ext _ (fun i => inner xs y * a i - inner (a i *: b i) y)) by (intros i; expand; ring).
      rewrite mean_minus, mean_scale, <- inner_mean_point. unfold xs. rewrite inner_scale_l. field. lra. }
    apply null.
Qed.

Theorem sps_bias : sps_bias_statement.
Proof.
  intros d n a b c gamma_b x0 T j fi gi x some wide c_pos. unfold sps_bias_domain in c_pos.
  unfold sps_bias_bound. rewrite <- pow_powerRZ.
  assert (next : forall i past, x (i :: past) = x past -: (1 / (2 * c)) *: (x past -: b i)).
  { intros i past. destruct (wide i) as [a_pos cap]. set (y := x past).
    transitivity (y -: sps_max_step_size (fi i y) 0 (norm2 (gi i y)) c gamma_b *: gi i y).
    - apply lift2_step. intros p q. reflexivity.
    - unfold sps_max_step_size, sps_max_ratio, fi, gi. rewrite norm2_scale. set (r := norm2 (y -: b i)).
      destruct Req_EM_T as [flat | slope].
      + assert (r = 0) as null by (apply (Rmult_eq_reg_l (a i ^ 2)); [lra | apply pow_nonzero; lra]).
        apply norm2_definite in null. rewrite null. same_point.
      + assert (r <> 0) by (intros null; apply slope; rewrite null; ring).
        replace ((a i / 2 * r - 0) / (c * (a i ^ 2 * r))) with (1 / (2 * c * a i)) by (field; repeat split; lra).
        rewrite Rmin_left by exact cap. same_point_by ltac:(field; lra). }
  induction T as [| T IH].
  - simpl. change (x nil) with x0. ring.
  - rewrite expect_next.
    rewrite (expect_ext T _ (fun past => (1 - 1 / (2 * c)) * x past j + 1 / (2 * c) * mean (fun i => b i j))).
    + rewrite expect_plus, expect_scale, expect_const, IH by exact some. simpl. ring.
    + intros past.
      rewrite (mean_ext _ (fun i => (1 - 1 / (2 * c)) * x past j + 1 / (2 * c) * b i j))
        by (intros i; rewrite next; unfold sub; simpl; ring).
      rewrite mean_plus, mean_const, mean_scale by exact some. reflexivity.
Qed.
