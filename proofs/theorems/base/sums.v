(* Sums, weighted averages and minima over t < T, and the recursions and series of the rates. *)
From Coq Require Import Reals Lra Psatz Lia.
From Goldstep.theorems.base Require Import space functions.
Local Open Scope R_scope.

(* u 0 + ... + u (T - 1). *)
Fixpoint sum_below (u : nat -> R) (T : nat) : R :=
  match T with O => 0 | S t => sum_below u t + u t end.

Lemma sum_below_ext u v T : (forall t, (t < T)%nat -> u t = v t) -> sum_below u T = sum_below v T.
Proof. induction T; simpl; intros equal; [reflexivity |]. rewrite IHT, equal by auto. reflexivity. Qed.

Lemma sum_below_plus u v T : sum_below (fun t => u t + v t) T = sum_below u T + sum_below v T.
Proof. induction T; simpl; [ring | rewrite IHT; ring]. Qed.

Lemma sum_below_minus u v T : sum_below (fun t => u t - v t) T = sum_below u T - sum_below v T.
Proof. induction T; simpl; [ring | rewrite IHT; ring]. Qed.

Lemma sum_below_scale a u T : sum_below (fun t => a * u t) T = a * sum_below u T.
Proof. induction T; simpl; [ring | rewrite IHT; ring]. Qed.

Lemma sum_below_const a T : sum_below (fun _ => a) T = INR T * a.
Proof. induction T; [simpl; ring |]. rewrite S_INR; simpl; rewrite IHT; ring. Qed.

Lemma sum_below_le u v T : (forall t, (t < T)%nat -> u t <= v t) -> sum_below u T <= sum_below v T.
Proof. induction T; simpl; intros less; [lra |]. apply Rplus_le_compat; auto. Qed.

Lemma sum_below_nonneg u T : (forall t, (t < T)%nat -> 0 <= u t) -> 0 <= sum_below u T.
Proof. induction T; simpl; intros pos; [lra |]. apply Rplus_le_le_0_compat; auto. Qed.

Lemma sum_below_pos u T : (1 <= T)%nat -> (forall t, (t < T)%nat -> 0 < u t) -> 0 < sum_below u T.
Proof.
  destruct T; simpl; intros some pos; [lia |]. pose proof (pos T ltac:(lia)).
  assert (0 <= sum_below u T) by (apply sum_below_nonneg; intros t less; left; auto). lra.
Qed.

Lemma sum_below_telescope u T : sum_below (fun t => u t - u (S t)) T = u O - u T.
Proof. induction T; simpl; [ring | rewrite IHT; ring]. Qed.

Lemma sum_below_first u T : sum_below u (S T) = u O + sum_below (fun t => u (S t)) T.
Proof. induction T; simpl in *; [ring | rewrite IHT; ring]. Qed.

(* From one step to a run: a t <= V t - V (t + 1) + b t gives sum a <= V 0 - V T + sum b. *)
Lemma sum_steps a b V T : (forall t, (t < T)%nat -> a t <= V t - V (S t) + b t) ->
  sum_below a T <= V O - V T + sum_below b T.
Proof.
  intros step. rewrite <- (sum_below_telescope V), <- sum_below_plus. apply sum_below_le. exact step.
Qed.

(* A potential that never increases. *)
Lemma non_increasing V T : (forall t, (t < T)%nat -> V (S t) <= V t) -> V T <= V O.
Proof.
  induction T; intros step; [lra |]. apply Rle_trans with (V T); [apply step; lia | apply IHT; auto].
Qed.

(* sum w_t u_t / sum w_t over t < T. *)
Definition weighted_average (w u : nat -> R) (T : nat) : R := sum_below (fun t => w t * u t) T / sum_below w T.

(* The mean of u 0, ..., u (T - 1). *)
Definition average (u : nat -> R) (T : nat) : R := sum_below u T / INR T.

Lemma average_le u T a : (1 <= T)%nat -> sum_below u T <= INR T * a -> average u T <= a.
Proof.
  intros some less. pose proof (lt_0_INR T ltac:(lia)). unfold average.
  apply Rmult_le_reg_l with (INR T); [lra |].
  replace (INR T * (sum_below u T / INR T)) with (sum_below u T) by (field; lra). exact less.
Qed.

Lemma weighted_average_le w u T a : 0 < sum_below w T -> sum_below (fun t => w t * u t) T <= a * sum_below w T ->
  weighted_average w u T <= a.
Proof.
  intros pos less. unfold weighted_average. apply Rmult_le_reg_r with (sum_below w T); [lra |].
  replace (sum_below (fun t => w t * u t) T / sum_below w T * sum_below w T)
    with (sum_below (fun t => w t * u t) T) by (field; lra). exact less.
Qed.

(* Points: w 0 x 0 + ... + w (T - 1) x (T - 1), and the weighted average. *)
Fixpoint sum_points {X : space} (w : nat -> R) (x : nat -> X) (T : nat) : X :=
  match T with O => zero | S t => sum_points w x t +: w t *: x t end.

Definition average_point {X : space} (w : nat -> R) (x : nat -> X) (T : nat) : X :=
  (1 / sum_below w T) *: sum_points w x T.

Lemma inner_sum_points {X : space} w (x : nat -> X) T y :
  inner (sum_points w x T) y = sum_below (fun t => w t * inner (x t) y) T.
Proof. induction T; simpl; [apply inner_zero_l |]. rewrite inner_add_l, inner_scale_l, IHT. reflexivity. Qed.

(* Jensen: f at the weighted average is at most the weighted average of the values. *)
Lemma jensen {X : space} (f : X -> R) (w : nat -> R) (x : nat -> X) T :
  convex f -> (forall t, (t < T)%nat -> 0 <= w t) -> 0 < sum_below w T ->
  f (average_point w x T) <= weighted_average w (fun t => f (x t)) T.
Proof.
  intros cvx. unfold average_point, weighted_average.
  induction T; intros nonneg pos; [simpl in pos; lra |]. simpl in *.
  pose proof (nonneg T ltac:(lia)). assert (old : 0 <= sum_below w T) by (apply sum_below_nonneg; auto).
  set (W := sum_below w T) in *. set (V := W + w T) in *.
  destruct (Req_dec W 0) as [null | some].
  - assert (single : sum_points w x T = zero /\ sum_below (fun t => w t * f (x t)) T = 0).
    { clear IHT pos V. unfold W in *. clear W H. induction T; simpl in *; [auto |].
      assert (0 <= sum_below w T) by (apply sum_below_nonneg; auto). pose proof (nonneg T ltac:(lia)).
      destruct IHT as [points values]; auto; try lra. rewrite points, values.
      replace (w T) with 0 by lra. split; [same_point | ring]. }
    destruct single as [points values]. rewrite points, values.
    replace (1 / V *: (zero +: w T *: x T)) with (x T).
    + right. unfold V in *. rewrite null. field. lra.
    + same_point_by ltac:(unfold V; rewrite null; field; unfold V in pos; lra).
  - specialize (IHT ltac:(auto) ltac:(lra)).
    assert (range : 0 <= w T / V <= 1).
    { split; [apply Rle_mult_inv_pos; lra |]. apply Rmult_le_reg_r with V; [lra |].
      replace (w T / V * V) with (w T) by (field; lra). unfold V. lra. }
    pose proof (cvx (1 / W *: sum_points w x T) (x T) (w T / V) range) as mix.
    replace (1 / V *: (sum_points w x T +: w T *: x T))
      with ((1 - w T / V) *: (1 / W *: sum_points w x T) +: (w T / V) *: x T).
    + eapply Rle_trans; [exact mix |].
      replace ((sum_below (fun t => w t * f (x t)) T + w T * f (x T)) / V)
        with ((1 - w T / V) * (sum_below (fun t => w t * f (x t)) T / W) + w T / V * f (x T))
        by (replace (w T) with (V - W) by (unfold V; ring); field; lra).
      apply Rplus_le_compat_r, Rmult_le_compat_l; lra.
    + replace (1 - w T / V) with (W / V) by (unfold V; field; unfold V in pos; lra).
      same_point_by ltac:(field; lra).
Qed.

Lemma sum_below_one T : sum_below (fun _ => 1) T = INR T.
Proof. rewrite sum_below_const; ring. Qed.

(* The least of u 0, ..., u N, and of u 0, ..., u (T - 1) for T >= 1. *)
Fixpoint min_upto (u : nat -> R) (N : nat) : R :=
  match N with O => u O | S n => Rmin (min_upto u n) (u (S n)) end.

Definition min_below (u : nat -> R) (T : nat) : R := min_upto u (pred T).

Lemma min_upto_le u N t : (t <= N)%nat -> min_upto u N <= u t.
Proof.
  induction N; simpl; intros less.
  - replace t with O by lia. lra.
  - destruct (Nat.eq_dec t (S N)) as [-> |]; [apply Rmin_r |].
    eapply Rle_trans; [apply Rmin_l | apply IHN; lia].
Qed.

Lemma min_upto_attained u N : exists t, (t <= N)%nat /\ min_upto u N = u t.
Proof.
  induction N as [| N [t [less equal]]]; simpl; [exists O; auto |].
  unfold Rmin; destruct Rle_dec; [exists t; auto | exists (S N); auto].
Qed.

Lemma min_below_le u T t : (t < T)%nat -> min_below u T <= u t.
Proof. intros less. apply min_upto_le. lia. Qed.

(* T times the least is at most the sum; and so with weights. *)
Lemma min_below_sum u T : INR T * min_below u T <= sum_below u T.
Proof. rewrite <- sum_below_const. apply sum_below_le. intros t less. apply min_below_le, less. Qed.

Lemma min_below_weighted w u T : (forall t, (t < T)%nat -> 0 <= w t) ->
  sum_below w T * min_below u T <= sum_below (fun t => w t * u t) T.
Proof.
  intros nonneg. rewrite Rmult_comm, <- sum_below_scale. apply sum_below_le. intros t less.
  rewrite Rmult_comm. apply Rmult_le_compat_l; [auto | apply min_below_le, less].
Qed.

(* A linear rate: a_{t+1} <= q a_t gives a_T <= q^T a_0. *)
Lemma linear_rate a q T : 0 <= q -> (forall t, (t < T)%nat -> a (S t) <= q * a t) -> a T <= q ^ T * a O.
Proof.
  intros pos. induction T; intros step; simpl; [lra |].
  apply Rle_trans with (q * a T); [apply step; lia |]. rewrite Rmult_assoc.
  apply Rmult_le_compat_l; [exact pos | apply IHT; auto].
Qed.

(* The same for non-negative a, whatever the sign of the factor. *)
Lemma linear_rate_nonneg a q T : (forall t, 0 <= a t) -> (forall t, a (S t) <= q * a t) -> a T <= q ^ T * a O.
Proof.
  intros nonneg step. destruct (Rle_lt_dec 0 q) as [pos | neg]; [apply linear_rate; auto |].
  assert (null : forall t, a t = 0).
  { intros t. pose proof (nonneg t). pose proof (nonneg (S t)). pose proof (step t). nra. }
  rewrite !null. lra.
Qed.

(* a_{t+1} <= (1 - q) a_t + b gives a_T <= (1 - q)^T a_0 + b/q. *)
Lemma lem_recursion a q b T : 0 < q <= 1 -> 0 <= b -> (forall t, (t < T)%nat -> a (S t) <= (1 - q) * a t + b) ->
  a T <= (1 - q) ^ T * a O + b / q.
Proof.
  intros range pos. induction T; intros step; simpl.
  - assert (0 <= b / q) by (apply Rle_mult_inv_pos; lra). lra.
  - apply Rle_trans with ((1 - q) * a T + b); [apply step; lia |].
    assert (a T <= (1 - q) ^ T * a O + b / q) as old by (apply IHT; auto).
    apply Rmult_le_compat_l with (r := 1 - q) in old; [| lra].
    replace ((1 - q) * ((1 - q) ^ T * a O + b / q)) with ((1 - q) * (1 - q) ^ T * a O + b / q - b) in old
      by (field; lra). lra.
Qed.

(* S_T = 1 + 1/sqrt 2 + ... + 1/sqrt T, and H_T = 1 + 1/2 + ... + 1/T. *)
Definition sum_inv_sqrt : nat -> R := sum_below (fun t => 1 / sqrt (INR (S t))).
Definition harmonic : nat -> R := sum_below (fun t => 1 / INR (S t)).

Lemma sqrt_step_bounds k : 0 <= k ->
  2 * (sqrt (k + 2) - sqrt (k + 1)) <= 1 / sqrt (k + 1) <= 2 * (sqrt (k + 1) - sqrt k).
Proof.
  intros pos. pose proof (sqrt_lt_R0 (k + 1) ltac:(lra)).
  pose proof (sqrt_pos k). pose proof (sqrt_pos (k + 2)).
  pose proof (sqrt_sqrt k pos). pose proof (sqrt_sqrt (k + 1) ltac:(lra)). pose proof (sqrt_sqrt (k + 2) ltac:(lra)).
  set (a := sqrt k) in *. set (b := sqrt (k + 1)) in *. set (c := sqrt (k + 2)) in *.
  split; apply Rmult_le_reg_r with b; trivial; replace (1 / b * b) with 1 by (field; lra); nra.
Qed.

Lemma sum_inv_sqrt_upper T : (1 <= T)%nat -> sum_inv_sqrt T <= 2 * sqrt (INR T) - 1.
Proof.
  unfold sum_inv_sqrt. induction T as [| T IH]; intros some; [lia |]. cbn [sum_below].
  destruct T as [| T].
  - simpl. rewrite sqrt_1. lra.
  - specialize (IH ltac:(lia)). pose proof (sqrt_step_bounds (INR (S T)) (pos_INR _)) as step.
    rewrite <- S_INR in step. lra.
Qed.

Lemma sum_inv_sqrt_lower T : 2 * (sqrt (INR T + 1) - 1) <= sum_inv_sqrt T.
Proof.
  unfold sum_inv_sqrt. induction T as [| T IH]; cbn [sum_below].
  - simpl. rewrite Rplus_0_l, sqrt_1. lra.
  - pose proof (sqrt_step_bounds (INR T) (pos_INR _)) as step. rewrite S_INR.
    replace (INR T + 1 + 1) with (INR T + 2) by ring. lra.
Qed.

Lemma sum_inv_sqrt_sqrt T : (1 <= T)%nat -> sqrt (INR T) <= sum_inv_sqrt T.
Proof.
  intros some. pose proof (lt_0_INR T ltac:(lia)) as pos. pose proof (sqrt_lt_R0 _ pos).
  replace (sqrt (INR T)) with (sum_below (fun _ => 1 / sqrt (INR T)) T).
  - apply sum_below_le. intros t less. apply Rmult_le_compat_l; [lra |].
    apply Rinv_le_contravar; [apply sqrt_lt_R0, lt_0_INR; lia | apply sqrt_le_1_alt, le_INR; lia].
  - rewrite sum_below_const. rewrite <- (sqrt_sqrt (INR T)) at 1 by lra. field. lra.
Qed.

(* H_T <= 1 + ln T. *)
Lemma harmonic_upper T : (1 <= T)%nat -> harmonic T <= 1 + ln (INR T).
Proof.
  unfold harmonic. induction T as [| T IH]; intros some; [lia |]. cbn [sum_below].
  destruct T as [| T].
  - simpl. rewrite ln_1. lra.
  - specialize (IH ltac:(lia)). pose proof (lt_0_INR (S T) ltac:(lia)) as pos. rewrite (S_INR (S T)).
    set (k := INR (S T)) in *.
    assert (1 / (k + 1) <= ln (k + 1) - ln k); [| lra].
    assert (ln (k / (k + 1)) <= k / (k + 1) - 1) as below.
    { assert (0 < k / (k + 1)) as quotient by (apply Rdiv_lt_0_compat; lra).
      pose proof (exp_ineq1_le (ln (k / (k + 1)))) as tangent. rewrite exp_ln in tangent by exact quotient. lra. }
    unfold Rdiv in below at 1. rewrite ln_mult, ln_Rinv in below; try lra; [| apply Rinv_0_lt_compat; lra].
    replace (k / (k + 1) - 1) with (- (1 / (k + 1))) in below by (field; lra). lra.
Qed.

(* The bounds on S_T and H_T together. *)
Lemma lem_sums T : (1 <= T)%nat ->
  Rmax (sqrt (INR T)) (2 * (sqrt (INR T + 1) - 1)) <= sum_inv_sqrt T <= 2 * sqrt (INR T) - 1
  /\ harmonic T <= 1 + ln (INR T).
Proof.
  intros some. repeat split.
  - apply Rmax_lub; [apply sum_inv_sqrt_sqrt, some | apply sum_inv_sqrt_lower].
  - apply sum_inv_sqrt_upper, some.
  - apply harmonic_upper, some.
Qed.
