(* Proofs of the facts that analysis.why, binary64.why and binary32.why give to the provers. Why3's pow x y is
   exp (y * log x) for x > 0: Rpower. Its round is Flocq's for the format, to nearest. *)
Require Import Reals Lra ZArith Lia Machin.
From Flocq Require Import Core Relative.
Open Scope R_scope.

(* A function moves by at most m times what its argument does, where its derivative is at most m. *)
Lemma moves (f f' : R -> R) (low high m : R) :
  (forall c, low <= c <= high -> derivable_pt_lim f c (f' c)) ->
  (forall c, low <= c <= high -> - m <= f' c <= m) ->
  forall a b d, low <= a <= high -> low <= b <= high -> - d <= a - b <= d ->
  - (m * d) <= f a - f b <= m * d.
Proof.
  intros derivative bound.
  assert (ordered : forall a b d, low <= a <= high -> low <= b <= high -> a < b -> b - a <= d ->
                    - (m * d) <= f a - f b <= m * d).
  { intros a b d Ha Hb less near.
    destruct (MVT_cor2 f f' a b less) as [c [equal between]].
    { intros c Hc. apply derivative. lra. }
    assert (size : - m <= f' c <= m) by (apply bound; lra).
    assert (- m * (b - a) <= f' c * (b - a) <= m * (b - a)) by (split; apply Rmult_le_compat_r; lra).
    assert (m * (b - a) <= m * d) by (apply Rmult_le_compat_l; lra).
    lra. }
  intros a b d Ha Hb near.
  destruct (Rtotal_order a b) as [less | [same | more]].
  - apply ordered; lra.
  - subst b. assert (0 <= m) by (specialize (bound a Ha); lra).
    assert (0 <= m * d) by (apply Rmult_le_pos; lra). lra.
  - assert (- (m * d) <= f b - f a <= m * d) by (apply ordered; lra). lra.
Qed.

Lemma pi_bound : 0 <= PI <= 3.2.
Proof.
  assert (atan_below : forall x, 0 <= x -> 0 <= atan x <= x).
  { intros x Hx. generalize (moves atan (fun c => / (1 + c ^ 2)) 0 x 1).
    intros step. specialize (step).
    assert (increasing : 0 <= atan x).
    { destruct Hx as [more | same].
      - rewrite <- atan_0. left. apply atan_increasing. exact more.
      - subst x. rewrite atan_0. lra. }
    split; [exact increasing |].
    enough (- (1 * x) <= atan x - atan 0 <= 1 * x) by (rewrite atan_0 in *; lra).
    apply step; try lra.
    - intros c _. apply derivable_pt_lim_atan.
    - intros c _. assert (1 <= 1 + c ^ 2) by nra.
      assert (0 < / (1 + c ^ 2) <= 1).
      { split; [apply Rinv_0_lt_compat; lra |]. rewrite <- Rinv_1. apply Rinv_le_contravar; lra. }
      lra. }
  generalize Machin_4_5_239, PI_RGT_0, (atan_below (/ 5)), (atan_below (/ 239)). lra.
Qed.

Theorem cosine_moves (a b d : R) :
  - d <= a - b <= d -> - (3.2 * d) <= cos (PI * a) - cos (PI * b) <= 3.2 * d.
Proof.
  intros near.
  assert (pi := pi_bound).
  assert (nearer : - (PI * d) <= PI * a - PI * b <= PI * d).
  { assert (- d * PI <= (a - b) * PI <= d * PI) by (split; apply Rmult_le_compat_r; lra). lra. }
  assert (PI * d <= 3.2 * d) by (apply Rmult_le_compat_r; lra).
  enough (- (1 * (PI * d)) <= cos (PI * a) - cos (PI * b) <= 1 * (PI * d)) by lra.
  apply (moves cos (fun x => - sin x) (Rmin (PI * a) (PI * b)) (Rmax (PI * a) (PI * b))).
  - intros c _. apply derivable_pt_lim_cos.
  - intros c _. generalize (SIN_bound c). lra.
  - split; [apply Rmin_l | apply Rmax_l].
  - split; [apply Rmin_r | apply Rmax_r].
  - exact nearer.
Qed.

(* Half a cosine from a to b. *)
Definition half_cosine (u a b : R) : R := b + (a - b) / 2 * (1 + cos (PI * u)).

(* Half a cosine from a to p in the time up to e, and one from p to b in the rest up to t. *)
Definition two_phases (k a p b e t : R) : R :=
  if Rle_dec k e then half_cosine (k / e) a p else half_cosine ((k - e) / (t - e)) p b.

Lemma half_cosine_moves (u v a b a' b' c d : R) :
  0 <= a' <= 1 -> 0 <= b' <= 1 -> - c <= a - a' <= c -> - c <= b - b' <= c -> - d <= u - v <= d ->
  - (c + 1.6 * d) <= half_cosine u a b - half_cosine v a' b' <= c + 1.6 * d.
Proof.
  intros Ha Hb near_a near_b near. assert (wave := cosine_moves u v d near). unfold half_cosine.
  assert (size := COS_bound (PI * u)). set (w := cos (PI * u)) in *. set (w' := cos (PI * v)) in *.
  replace (b + (a - b) / 2 * (1 + w) - (b' + (a' - b') / 2 * (1 + w')))
    with ((b - b') * ((1 - w) / 2) + (a - a') * ((1 + w) / 2) + (a' - b') * ((w - w') / 2)) by field.
  assert (- c * ((1 - w) / 2) <= (b - b') * ((1 - w) / 2) <= c * ((1 - w) / 2))
    by (split; apply Rmult_le_compat_r; lra).
  assert (- c * ((1 + w) / 2) <= (a - a') * ((1 + w) / 2) <= c * ((1 + w) / 2))
    by (split; apply Rmult_le_compat_r; lra).
  assert (- (1.6 * d) <= (a' - b') * ((w - w') / 2) <= 1.6 * d) by nra.
  lra.
Qed.

(* Near its ends: cos pi is -1, and cos 0 is 1. *)
Lemma half_cosine_late (u a p x : R) :
  0 <= a <= 1 -> 0 <= p <= 1 -> 1 - u <= x -> u <= 1 -> - (1.6 * x) <= half_cosine u a p - p <= 1.6 * x.
Proof.
  intros Ha Hp near less.
  assert (step := half_cosine_moves u 1 a p a p 0 x Ha Hp ltac:(lra) ltac:(lra) ltac:(lra)).
  unfold half_cosine in *. rewrite Rmult_1_r, cos_PI in step. lra.
Qed.

Lemma half_cosine_early (u p b x : R) :
  0 <= p <= 1 -> 0 <= b <= 1 -> u <= x -> 0 <= u -> - (1.6 * x) <= half_cosine u p b - p <= 1.6 * x.
Proof.
  intros Hp Hb near more.
  assert (step := half_cosine_moves u 0 p b p b 0 x Hp Hb ltac:(lra) ltac:(lra) ltac:(lra)).
  unfold half_cosine in *. rewrite Rmult_0_r, cos_0 in step. lra.
Qed.

(* 0 <= k / e, and the like. *)
Lemma quotient_between (x y low high : R) : 0 < y -> low * y <= x <= high * y -> low <= x / y <= high.
Proof.
  intros positive Hx. assert (x / y * y = x) by (field; lra). split; apply Rmult_le_reg_r with y; lra.
Qed.

(* Where e moves, the phases move little, also where k is in another phase than before: there both are near p. *)
Theorem phases_move (k p t a b e a' b' e' c d : R) :
  0 <= k <= t -> 0 < e < t -> 0 < e' < t -> 0 <= p <= 1 ->
  0 <= a <= 1 -> 0 <= b <= 1 -> 0 <= a' <= 1 -> 0 <= b' <= 1 ->
  - c <= a - a' <= c -> - c <= b - b' <= c ->
  - (d * e') <= e - e' <= d * e' -> - (d * (t - e')) <= e - e' <= d * (t - e') ->
  - (c + 1.6 * d) <= two_phases k a p b e t - two_phases k a' p b' e' t <= c + 1.6 * d.
Proof.
  intros Hk He He' Hp Ha Hb Ha' Hb' near_a near_b rise fall. unfold two_phases.
  assert (d_positive : 0 <= d) by nra.
  destruct (Rle_dec k e) as [up | down], (Rle_dec k e') as [up' | down'].
  - apply half_cosine_moves; try lra.
    replace (k / e - k / e') with (k / e * ((e' - e) / e')) by (field; lra).
    assert (0 <= k / e <= 1) by (apply quotient_between; lra).
    assert (- d <= (e' - e) / e' <= d) by (apply quotient_between; lra).
    nra.
  - assert (0 <= (e - k) / e' /\ 0 <= (k - e') / (t - e')).
    { split; apply Rmult_le_pos; try (left; apply Rinv_0_lt_compat); lra. }
    assert (sum : (e - k) / e' + (k - e') / (t - e') <= d).
    { destruct (Rle_dec e' (t - e')) as [first | second].
      - apply Rle_trans with ((e - e') / e'); [| apply (quotient_between _ _ (- d) d); lra].
        replace ((e - e') / e') with ((e - k) / e' + (k - e') / e') by (field; lra).
        apply Rplus_le_compat_l, Rmult_le_compat_l; [| apply Rinv_le_contravar]; lra.
      - apply Rle_trans with ((e - e') / (t - e')); [| apply (quotient_between _ _ (- d) d); lra].
        replace ((e - e') / (t - e')) with ((e - k) / (t - e') + (k - e') / (t - e')) by (field; lra).
        apply Rplus_le_compat_r, Rmult_le_compat_l; [| apply Rinv_le_contravar]; lra. }
    assert (late : 1 - k / e <= (e - k) / e').
    { replace (1 - k / e) with ((e - k) / e) by (field; lra).
      apply Rmult_le_compat_l; [| apply Rinv_le_contravar]; lra. }
    assert (k / e <= 1) by (apply (quotient_between _ _ 0 1); lra).
    assert (first := half_cosine_late (k / e) a p ((e - k) / e') Ha Hp late ltac:(lra)).
    assert (second := half_cosine_early ((k - e') / (t - e')) p b' _ Hp Hb' (Rle_refl _) ltac:(lra)).
    lra.
  - assert (0 <= (e' - k) / e' /\ 0 <= (k - e) / (t - e) /\ 0 <= (k - e) / (t - e')).
    { repeat split; apply Rmult_le_pos; try (left; apply Rinv_0_lt_compat); lra. }
    assert (sum : (e' - k) / e' + (k - e) / (t - e') <= d).
    { destruct (Rle_dec e' (t - e')) as [first | second].
      - apply Rle_trans with ((e' - e) / e'); [| apply (quotient_between _ _ (- d) d); lra].
        replace ((e' - e) / e') with ((e' - k) / e' + (k - e) / e') by (field; lra).
        apply Rplus_le_compat_l, Rmult_le_compat_l; [| apply Rinv_le_contravar]; lra.
      - apply Rle_trans with ((e' - e) / (t - e')); [| apply (quotient_between _ _ (- d) d); lra].
        replace ((e' - e) / (t - e')) with ((e' - k) / (t - e') + (k - e) / (t - e')) by (field; lra).
        apply Rplus_le_compat_r, Rmult_le_compat_l; [| apply Rinv_le_contravar]; lra. }
    assert (early : (k - e) / (t - e) <= (k - e) / (t - e')).
    { apply Rmult_le_compat_l; [| apply Rinv_le_contravar]; lra. }
    assert (late : 1 - k / e' <= (e' - k) / e').
    { replace (1 - k / e') with ((e' - k) / e') by (field; lra). lra. }
    assert (k / e' <= 1) by (apply (quotient_between _ _ 0 1); lra).
    assert (first := half_cosine_late (k / e') a' p _ Ha' Hp late ltac:(lra)).
    assert (second := half_cosine_early ((k - e) / (t - e)) p b _ Hp Hb early ltac:(lra)).
    lra.
  - apply half_cosine_moves; try lra.
    replace ((k - e) / (t - e) - (k - e') / (t - e')) with ((t - k) / (t - e) * ((e' - e) / (t - e')))
      by (field; lra).
    assert (0 <= (t - k) / (t - e) <= 1) by (apply quotient_between; lra).
    assert (- d <= (e' - e) / (t - e') <= d) by (apply quotient_between; lra).
    nra.
Qed.

(* At most 1 / e. *)
Lemma below_one_over_e (w : R) : w * exp (- w) <= 0.371.
Proof.
  assert (e : exp (- 1) <= 0.371).
  { assert (twice : forall x r t, r <= exp x -> 0 <= r -> t <= r * r -> t <= exp (2 * x)).
    { intros x r t low Hr square. replace (2 * x) with (x + x) by lra. rewrite exp_plus.
      apply Rle_trans with (r * r); [exact square |]. apply Rmult_le_compat; assumption. }
    assert (e64 := exp_ineq1_le (/ 64)).
    assert (e32 := twice _ _ 1.031494 e64 ltac:(lra) ltac:(lra)).
    assert (e16 := twice _ _ 1.063979 e32 ltac:(lra) ltac:(lra)).
    assert (e8 := twice _ _ 1.132051 e16 ltac:(lra) ltac:(lra)).
    assert (e4 := twice _ _ 1.281539 e8 ltac:(lra) ltac:(lra)).
    assert (e2 := twice _ _ 1.642342 e4 ltac:(lra) ltac:(lra)).
    assert (e1 := twice _ _ 2.697287 e2 ltac:(lra) ltac:(lra)).
    replace (2 * (2 * (2 * (2 * (2 * (2 * / 64)))))) with 1 in e1 by lra.
    replace (- 1) with (- (1)) by lra. rewrite exp_Ropp.
    apply Rle_trans with (/ 2.697287); [apply Rinv_le_contravar; lra | lra]. }
  apply Rle_trans with (exp (- 1)); [| exact e].
  replace (exp (- 1)) with (exp (w - 1) * exp (- w)) by (rewrite <- exp_plus; f_equal; lra).
  apply Rmult_le_compat_r.
  - left. apply exp_pos.
  - generalize (exp_ineq1_le (w - 1)). lra.
Qed.

Theorem base_moves (a b d y : R) :
  0.95 <= a <= 0.961 -> 0.95 <= b <= 0.961 -> 0 <= y -> - d <= a - b <= d ->
  - (9.95 * d) <= Rpower a y - Rpower b y <= 9.95 * d.
Proof.
  intros Ha Hb Hy near.
  apply (moves (fun c => Rpower c y) (fun c => y * Rpower c (y - 1)) 0.95 0.961); try lra.
  - intros c Hc. apply derivable_pt_lim_power. lra.
  - intros c Hc.
    assert (size : 0.0374 <= c * - ln c).
    { assert (ln c <= c - 1) by (generalize (exp_ineq1_le (ln c)); rewrite exp_ln by lra; lra). nra. }
    assert (whole : y * Rpower c (y - 1) * (c * - ln c) = (y * - ln c) * exp (- (y * - ln c))).
    { unfold Rpower. replace ((y - 1) * ln c) with (- (y * - ln c) + - ln c) by lra.
      rewrite exp_plus, (exp_Ropp (ln c)), exp_ln by lra. field. lra. }
    assert (limit : (y * - ln c) * exp (- (y * - ln c)) <= 0.371) by apply below_one_over_e.
    assert (positive : 0 <= y * Rpower c (y - 1)) by (apply Rmult_le_pos; [lra | left; apply exp_pos]).
    assert (y * Rpower c (y - 1) * 0.0374 <= y * Rpower c (y - 1) * (c * - ln c))
      by (apply Rmult_le_compat_l; lra).
    lra.
Qed.

Theorem exponent_moves (c y z d : R) :
  0 < c <= 1 -> 0 <= y -> 0 <= d <= 0.0625 -> - (d * y) <= z - y <= d * y ->
  - (0.4 * d) <= Rpower c z - Rpower c y <= 0.4 * d.
Proof.
  intros Hc Hy Hd near.
  assert (Hln : ln c <= 0).
  { destruct (Rle_lt_or_eq_dec c 1) as [less | same]; try lra.
    - left. rewrite <- ln_1. apply ln_increasing; lra.
    - rewrite same, ln_1. lra. }
  destruct (Rle_lt_or_eq_dec 0 y Hy) as [Hy' | zero].
  2: { subst y. replace z with 0 by lra. lra. }
  assert (small : d * y <= 0.0625 * y) by (apply Rmult_le_compat_r; lra).
  replace (0.4 * d) with (0.4 / y * (d * y)) by (field; lra).
  apply (moves (Rpower c) (fun s => Rpower c s * ln c) (y - d * y) (y + d * y)); try lra.
  - intros s _. unfold Rpower.
    replace (exp (s * ln c) * ln c) with (exp (s * ln c) * (1 * ln c + s * 0)) by ring.
    apply (derivable_pt_lim_comp (fun s => s * ln c) exp).
    + apply (derivable_pt_lim_mult (fun s => s) (fun _ => ln c)).
      * apply derivable_pt_lim_id.
      * apply derivable_pt_lim_const.
    + apply derivable_pt_lim_exp.
  - intros s Hs.
    assert (power : 0 < Rpower c s) by apply exp_pos.
    assert (Rpower c s * - ln c <= 0.4 / y).
    2: { assert (0 <= Rpower c s * - ln c) by (apply Rmult_le_pos; lra). lra. }
    apply Rmult_le_reg_r with (s * y); [nra |].
    replace (0.4 / y * (s * y)) with (0.4 * s) by (field; lra).
    assert (limit : (s * - ln c) * exp (- (s * - ln c)) <= 0.371) by apply below_one_over_e.
    replace (exp (- (s * - ln c))) with (Rpower c s) in limit by (unfold Rpower; f_equal; ring).
    assert (y * ((s * - ln c) * Rpower c s) <= y * 0.371) by (apply Rmult_le_compat_l; lra).
    nra.
Qed.

(* A quotient of whole numbers, rounded, lies between the same whole numbers: the next one is at least 1 / p away, and the
   rounding error is less. *)
Section Quotient.
Variables emin prec : Z.
Hypothesis wide : (24 <= prec)%Z.
Hypothesis deep : (emin + prec <= - 24)%Z.
Let rounded := round radix2 (FLT_exp emin prec) ZnearestE.

#[local] Instance prec_positive : Prec_gt_0 prec.
Proof. unfold Prec_gt_0. lia. Qed.

Lemma whole_is_exact (n : Z) : (0 <= n <= 2 ^ 24)%Z -> generic_format radix2 (FLT_exp emin prec) (IZR n).
Proof.
  intros Hn. destruct (Z.eq_dec n (2 ^ 24)) as [largest | less].
  - subst n. change (IZR (2 ^ 24)) with (bpow radix2 24). apply generic_format_FLT_bpow.
    + exact prec_positive.
    + lia.
  - apply generic_format_FLT, (FLT_spec _ _ _ _ (Float radix2 n 0)); cbn [Fnum Fexp]; try lia.
    + unfold F2R. cbn. lra.
    + rewrite Z.abs_eq by lia. apply Z.lt_le_trans with (2 ^ 24)%Z; [lia |].
      apply (Z.pow_le_mono_r 2); lia.
Qed.

Lemma rounded_quotient (k p : Z) :
  (0 <= k < 2 ^ 24)%Z -> (1 <= p <= 2 ^ 24)%Z ->
  Zfloor (rounded (rounded (IZR k) / IZR p)) = Zfloor (IZR k / IZR p).
Proof.
  intros Hk Hp.
  unfold rounded at 2. rewrite round_generic; [| apply valid_rnd_N | apply whole_is_exact; lia].
  set (x := IZR k / IZR p).
  assert (p_positive : 1 <= IZR p) by (apply (IZR_le 1); lia).
  assert (k_positive : 0 <= IZR k) by (apply (IZR_le 0); lia).
  assert (product : x * IZR p = IZR k) by (unfold x; field; lra).
  set (n := Zfloor x).
  assert (low := Zfloor_lb x). assert (high := Zfloor_ub x). fold n in low, high.
  assert (Hn : (0 <= n < 2 ^ 24)%Z).
  { split.
    - apply Zfloor_lub. apply Rmult_le_pos; [lra |]. left. apply Rinv_0_lt_compat. lra.
    - apply lt_IZR. apply Rle_lt_trans with (IZR k); [nra | apply IZR_lt; lia]. }
  apply Zfloor_imp. split.
  - apply round_ge_generic; [apply FLT_exp_valid, prec_positive | apply valid_rnd_N | | exact low].
    apply whole_is_exact. lia.
  - destruct (Z.eq_dec k 0) as [zero | more].
    { assert (nothing : x = 0) by (unfold x; rewrite zero; lra).
      unfold rounded. rewrite nothing, round_0 by apply valid_rnd_N. rewrite plus_IZR.
      generalize (IZR_le 0 n). lra. }
    assert (whole : (k + 1 <= (n + 1) * p)%Z).
    { apply Zlt_le_succ, lt_IZR. rewrite mult_IZR, plus_IZR. nra. }
    assert (gap : IZR k + 1 <= (IZR n + 1) * IZR p).
    { apply IZR_le in whole. rewrite mult_IZR, 2!plus_IZR in whole. exact whole. }
    assert (one : 1 <= IZR k) by (apply (IZR_le 1); lia).
    assert (p_small : IZR p <= bpow radix2 24) by (apply (IZR_le _ (2 ^ 24)); lia).
    assert (x_positive : 0 < x) by nra.
    assert (normal : bpow radix2 (emin + prec - 1) <= Rabs x).
    { rewrite Rabs_pos_eq by lra. apply Rle_trans with (bpow radix2 (- 24)); [apply bpow_le; lia |].
      apply Rmult_le_reg_r with (IZR p); [lra |]. rewrite product.
      apply Rle_trans with (bpow radix2 (- 24) * bpow radix2 24).
      - apply Rmult_le_compat_l; [apply bpow_ge_0 | exact p_small].
      - rewrite <- bpow_plus. exact one. }
    assert (error := relative_error_N_FLT radix2 emin prec prec_positive (fun t => negb (Z.even t)) x normal).
    fold rounded in error. rewrite (Rabs_pos_eq x) in error by lra.
    apply Rle_lt_trans with (x + / 2 * bpow radix2 (- prec + 1) * x).
    { generalize (Rle_abs (rounded x - x)). unfold rounded, ZnearestE in *. lra. }
    assert (unit : / 2 * bpow radix2 (- prec + 1) <= bpow radix2 (- 24)).
    { change (/ 2) with (bpow radix2 (- 1)). rewrite <- bpow_plus. apply bpow_le. lia. }
    assert (k_small : bpow radix2 (- 24) * IZR k < 1).
    { apply Rlt_le_trans with (bpow radix2 (- 24) * bpow radix2 24).
      - apply Rmult_lt_compat_l; [apply bpow_gt_0 | apply (IZR_lt _ (2 ^ 24)); lia].
      - rewrite <- bpow_plus. apply Rle_refl. }
    rewrite plus_IZR. apply Rmult_lt_reg_r with (IZR p); [lra |].
    apply Rlt_le_trans with (IZR k + 1); [| exact gap].
    apply Rle_lt_trans with (IZR k + bpow radix2 (- 24) * IZR k); [| lra].
    rewrite Rmult_plus_distr_r, product, Rmult_assoc, product.
    apply Rplus_le_compat_l, Rmult_le_compat_r; [exact k_positive | exact unit].
Qed.
(* One less than a number of the format is one: it needs no more digits. *)
Lemma one_less (a : R) :
  generic_format radix2 (FLT_exp emin prec) a -> 1 <= a <= bpow radix2 24 -> rounded (a - 1) = a - 1.
Proof.
  intros held [one most].
  apply round_generic; [apply valid_rnd_N |].
  destruct (FLT_format_generic radix2 emin prec _ held) as [[m e] value digits exponent].
  cbn [Fnum Fexp] in *. unfold F2R in value. cbn [Fnum Fexp] in value.
  destruct (Z_le_gt_dec 0 e) as [whole | part].
  - rewrite <- IZR_Zpower, <- mult_IZR in value by exact whole.
    rewrite value in one, most |- *. rewrite <- minus_IZR. apply whole_is_exact.
    apply (le_IZR 1) in one. apply (le_IZR _ (2 ^ 24)) in most. lia.
  - assert (unit : IZR (2 ^ (- e)) * bpow radix2 e = 1).
    { change (2 ^ (- e))%Z with (Zpower radix2 (- e)). rewrite IZR_Zpower, <- bpow_plus by lia.
      replace (- e + e)%Z with 0%Z by lia. reflexivity. }
    assert (least : (2 ^ (- e) <= m)%Z).
    { apply le_IZR, Rmult_le_reg_r with (bpow radix2 e); [apply bpow_gt_0 | lra]. }
    assert (0 < 2 ^ (- e))%Z by (apply Z.pow_pos_nonneg; lia).
    apply generic_format_FLT, (FLT_spec _ _ _ _ (Float radix2 (m - 2 ^ (- e)) e)); cbn [Fnum Fexp]; try lia.
    unfold F2R. cbn [Fnum Fexp]. rewrite minus_IZR, Rmult_minus_distr_r, unit, value. reflexivity.
Qed.

(* The share of the way from s to t at k, with each operation rounded: rounding keeps order. *)
Lemma rounded_share (k s t : R) :
  s <= k <= t -> 0 < rounded (t - s) -> 0 <= rounded (rounded (k - s) / rounded (t - s)) <= 1.
Proof.
  intros Hk positive. assert (valid := FLT_exp_valid emin prec).
  assert (low : 0 <= rounded (k - s)).
  { apply round_ge_generic; [exact valid | apply valid_rnd_N | apply generic_format_0 | lra]. }
  assert (high : rounded (k - s) <= rounded (t - s)) by (apply round_le; [exact valid | apply valid_rnd_N | lra]).
  assert (share : 0 <= rounded (k - s) / rounded (t - s) <= 1) by (apply quotient_between; lra).
  split.
  - apply round_ge_generic; [exact valid | apply valid_rnd_N | apply generic_format_0 | apply share].
  - apply round_le_generic; [exact valid | apply valid_rnd_N | | apply share]. apply (whole_is_exact 1). lia.
Qed.
End Quotient.

Theorem whole_quotient_64 (k p : Z) :
  let rounded := round radix2 (FLT_exp (- 1074) 53) ZnearestE in
  (0 <= k < 2 ^ 24)%Z -> (1 <= p <= 2 ^ 24)%Z ->
  Zfloor (rounded (rounded (IZR k) / IZR p)) = Zfloor (IZR k / IZR p).
Proof. exact (rounded_quotient (- 1074) 53 ltac:(lia) ltac:(lia) k p). Qed.

Theorem one_less_64 (a : R) :
  let rounded := round radix2 (FLT_exp (- 1074) 53) ZnearestE in
  generic_format radix2 (FLT_exp (- 1074) 53) a -> 1 <= a <= bpow radix2 24 -> rounded (a - 1) = a - 1.
Proof. exact (one_less (- 1074) 53 ltac:(lia) ltac:(lia) a). Qed.

Theorem rounded_share_64 (k s t : R) :
  let rounded := round radix2 (FLT_exp (- 1074) 53) ZnearestE in
  s <= k <= t -> 0 < rounded (t - s) -> 0 <= rounded (rounded (k - s) / rounded (t - s)) <= 1.
Proof. exact (rounded_share (- 1074) 53 ltac:(lia) ltac:(lia) k s t). Qed.

Theorem whole_quotient_32 (k p : Z) :
  let rounded := round radix2 (FLT_exp (- 149) 24) ZnearestE in
  (0 <= k < 2 ^ 24)%Z -> (1 <= p <= 2 ^ 24)%Z ->
  Zfloor (rounded (rounded (IZR k) / IZR p)) = Zfloor (IZR k / IZR p).
Proof. exact (rounded_quotient (- 149) 24 ltac:(lia) ltac:(lia) k p). Qed.

Theorem one_less_32 (a : R) :
  let rounded := round radix2 (FLT_exp (- 149) 24) ZnearestE in
  generic_format radix2 (FLT_exp (- 149) 24) a -> 1 <= a <= bpow radix2 24 -> rounded (a - 1) = a - 1.
Proof. exact (one_less (- 149) 24 ltac:(lia) ltac:(lia) a). Qed.

Theorem rounded_share_32 (k s t : R) :
  let rounded := round radix2 (FLT_exp (- 149) 24) ZnearestE in
  s <= k <= t -> 0 < rounded (t - s) -> 0 <= rounded (rounded (k - s) / rounded (t - s)) <= 1.
Proof. exact (rounded_share (- 149) 24 ltac:(lia) ltac:(lia) k s t). Qed.
