(* AMSGrad's regret over a box, with a constant beta1. Reddi, Kale and Kumar 2018, arXiv:1904.09237, state a bound for
   beta1 falling with t; this form, its constants and its proof are this project's.

   Let f_0, f_1, ... be any losses on R^n with subgradients g_t at the points played, and a box whose sides are at most
   D. AMSGrad with 0 <= beta1 < sqrt beta2, beta2 < 1 and the step sizes alpha/sqrt t, each iterate projected onto the
   box, pays against every point u of the box, for every T >= 1,
       sum_{t < T} f_t(x_t) - f_t(u) <= (2 - beta1)/(4 alpha (1 - beta1)) sqrt T D^2 V
                                        + alpha (1 + beta1)/(2 sqrt(1 - beta2) (1 - beta1/sqrt beta2)) W,
   where V = sum_i sqrt(v_max_i) after T steps and W = sum_i sum_{t <= T} |g_{t,i}|/sqrt t, itself at most
   sqrt(1 + ln T) times the sum over the coordinates of the norms of their gradients.
   The iterates are those of the rule amsgrad of spec/rules/adam/amsgrad.acsl, followed by the projection: no bias
   correction, no eps. *)
From Coq Require Fin.
From Coq Require Import Reals Lra Psatz Lia.
From Goldstep.theorems.base Require Import space functions sums online roots.
From Spec.rules.adam Require amsgrad.
From Spec.theorems Require Import amsgrad_regret.
Local Open Scope R_scope.

(* The moments, their largest value and the iterates after t steps: g t holds the gradient of step t + 1. *)
Fixpoint amsgrad_m {n : nat} (beta1 : R) (g : nat -> Rn n) (t : nat) : Rn n :=
  match t with O => zero | S t => lift2 (fun m g => amsgrad.amsgrad_m m g beta1) (amsgrad_m beta1 g t) (g t) end.

Fixpoint amsgrad_v {n : nat} (beta2 : R) (g : nat -> Rn n) (t : nat) : Rn n :=
  match t with O => zero | S t => lift2 (fun v g => amsgrad.amsgrad_v v g beta2) (amsgrad_v beta2 g t) (g t) end.

Fixpoint amsgrad_v_max {n : nat} (beta2 : R) (g : nat -> Rn n) (t : nat) : Rn n :=
  match t with
  | O => zero
  | S k => lift2 amsgrad.amsgrad_v_max (amsgrad_v_max beta2 g k) (amsgrad_v beta2 g t)
  end.

Fixpoint amsgrad {n : nat} (lo hi : Rn n) (alpha beta1 beta2 : R) (x0 : Rn n) (g : nat -> Rn n) (t : nat) : Rn n :=
  match t with
  | O => x0
  | S k => box_project lo hi (lift3 (fun x m v => amsgrad.amsgrad_x x m v (alpha / sqrt (INR t)))
             (amsgrad lo hi alpha beta1 beta2 x0 g k) (amsgrad_m beta1 g t) (amsgrad_v_max beta2 g t))
  end.

Definition amsgrad_regret_statement : Prop :=
  forall (n : nat) (f : nat -> Rn n -> R) (g : nat -> Rn n) (lo hi x0 u : Rn n) (D alpha beta1 beta2 : R) (T : nat),
  let x := amsgrad lo hi alpha beta1 beta2 x0 g in
  let V := sum_all (fun i => sqrt (amsgrad_v_max beta2 g T i)) in
  let W := sum_all (fun i => sum_below (fun t => Rabs (g t i) / sqrt (INR (S t))) T) in
  subgradients f x g -> box lo hi x0 -> box lo hi u -> (forall i, hi i - lo i <= D) -> (1 <= T)%nat ->
  amsgrad_regret_domain V W D alpha beta1 beta2 ->
  regret f x u T <= amsgrad_regret_bound (Z.of_nat T) V W D alpha beta1 beta2.

(* W in terms of the gradients alone: W <= sqrt(1 + ln T) sum_i ||g_{1:T,i}||. *)
Lemma amsgrad_gradients n (g : nat -> Rn n) T : (1 <= T)%nat ->
  sum_all (fun i => sum_below (fun t => Rabs (g t i) / sqrt (INR (S t))) T)
  <= sqrt (1 + ln (INR T)) * sum_all (fun i => sqrt (sum_below (fun t => g t i ^ 2) T)).
Proof.
  intros some. rewrite <- sum_all_scale. apply sum_all_le. intros i.
  pose proof (harmonic_upper T some) as series.
  assert (squares : forall N, 0 <= sum_below (fun t => g t i ^ 2) N)
    by (intros; apply sum_below_nonneg; intros; apply pow2_ge_0).
  assert (terms : forall N, 0 <= harmonic N)
    by (intros; apply sum_below_nonneg; intros; apply Rle_mult_inv_pos; [lra | apply lt_0_INR; lia]).
  assert (cauchy : forall N, sum_below (fun t => Rabs (g t i) / sqrt (INR (S t))) N ^ 2
                             <= harmonic N * sum_below (fun t => g t i ^ 2) N).
  { clear T some series. induction N as [| N IH]; [simpl; lra |]. unfold harmonic in *. cbn [sum_below].
    specialize (squares N). specialize (terms N). set (H := sum_below (fun t => 1 / INR (S t)) N) in *.
    set (Q := sum_below (fun t => g t i ^ 2) N) in *.
    set (w := sum_below (fun t => Rabs (g t i) / sqrt (INR (S t))) N) in *.
    pose proof (lt_0_INR (S N) ltac:(lia)) as pos. pose proof (sqrt_lt_R0 _ pos) as root.
    set (b := 1 / sqrt (INR (S N))). assert (1 / INR (S N) = b ^ 2) as ->.
    { unfold b. rewrite <- (sqrt_sqrt (INR (S N))) at 1 by lra. field. lra. }
    replace (Rabs (g N i) / sqrt (INR (S N))) with (Rabs (g N i) * b) by (unfold b; field; lra).
    rewrite <- (pow2_abs (g N i)). set (a := Rabs (g N i)). clearbody H Q w a b.
    (* 2 w a b <= H a^2 + Q b^2 *)
    assert (2 * (w * (a * b)) <= H * a ^ 2 + Q * b ^ 2).
    { assert (0 <= H * a ^ 2) by (apply Rmult_le_pos; [assumption | apply pow2_ge_0]).
      assert (0 <= Q * b ^ 2) by (apply Rmult_le_pos; [assumption | apply pow2_ge_0]).
      assert ((2 * (w * (a * b))) ^ 2 <= (H * a ^ 2 + Q * b ^ 2) ^ 2); [| nra].
      pose proof (pow2_ge_0 (H * a ^ 2 - Q * b ^ 2)).
      apply Rmult_le_compat_r with (r := (a * b) ^ 2) in IH; [lra | apply pow2_ge_0]. }
    lra. }
  specialize (cauchy T). specialize (squares T). specialize (terms T).
  rewrite <- sqrt_mult by lra. apply sqrt_above.
  - apply sum_below_nonneg. intros. apply Rle_mult_inv_pos; [apply Rabs_pos | apply sqrt_lt_R0, lt_0_INR; lia].
  - apply Rmult_le_compat_r with (r := sum_below (fun t => g t i ^ 2) T) in series; [lra | exact squares].
Qed.

(* One coordinate. *)
Section Coordinate.
Variables (lo hi D alpha beta1 beta2 u : R) (x m v w g : nat -> R).
Hypothesis alpha_pos : 0 < alpha.
Hypothesis beta1_pos : 0 <= beta1.
Hypothesis beta1_below : beta1 * beta1 < beta2.
Hypothesis beta2_below : beta2 < 1.
Hypothesis sides : hi - lo <= D.
Hypothesis inside : lo <= u <= hi.
Hypothesis start : lo <= x O <= hi.
Hypothesis m_first : m O = 0.
Hypothesis v_first : v O = 0.
Hypothesis w_first : w O = 0.
Hypothesis m_next : forall t, m (S t) = amsgrad.amsgrad_m (m t) (g t) beta1.
Hypothesis v_next : forall t, v (S t) = amsgrad.amsgrad_v (v t) (g t) beta2.
Hypothesis w_next : forall t, w (S t) = amsgrad.amsgrad_v_max (w t) (v (S t)).
Hypothesis x_next : forall t,
  x (S t) = clamp lo hi (amsgrad.amsgrad_x (x t) (m (S t)) (w (S t)) (alpha / sqrt (INR (S t)))).

Let theta : R := beta1 / sqrt beta2.
Let c : R := (1 - beta1) / sqrt (1 - beta2).

(* h t is the divisor of step t: x_t = x_{t-1} - m_t/h_t, projected. *)
Let h (t : nat) : R := sqrt (w t) * sqrt (INR t) / alpha.

(* e_t = c sum_{j <= t} theta^(t-j) |g_j|. *)
Fixpoint decayed (t : nat) : R := match t with O => 0 | S t => theta * decayed t + c * Rabs (g t) end.

Lemma beta2_pos : 0 < beta2.
Proof. pose proof (Rle_0_sqr beta1) as square. unfold Rsqr in square. lra. Qed.

Lemma beta1_below_one : beta1 < 1.
Proof. nra. Qed.

Lemma theta_range : 0 <= theta < 1.
Proof.
  pose proof beta2_pos. pose proof (sqrt_lt_R0 beta2 ltac:(assumption)). pose proof (sqrt_sqrt beta2 ltac:(lra)).
  unfold theta. split; [apply Rle_mult_inv_pos; lra |]. apply Rmult_lt_reg_r with (sqrt beta2); [lra |].
  replace (beta1 / sqrt beta2 * sqrt beta2) with beta1 by (field; lra). nra.
Qed.

Lemma c_pos : 0 <= c.
Proof. pose proof beta1_below_one. apply Rle_mult_inv_pos; [lra | apply sqrt_lt_R0; lra]. Qed.

Lemma decayed_pos t : 0 <= decayed t.
Proof.
  pose proof theta_range. pose proof c_pos. induction t as [| t IH]; simpl; [lra |]. pose proof (Rabs_pos (g t)).
  apply Rplus_le_le_0_compat; apply Rmult_le_pos; lra.
Qed.

Lemma v_pos t : 0 <= v t.
Proof.
  pose proof beta2_pos. destruct t; [rewrite v_first; lra |]. induction t as [| t IH].
  - rewrite v_next, v_first. unfold amsgrad.amsgrad_v. pose proof (Rle_0_sqr (g O)) as square. unfold Rsqr in square.
    apply Rplus_le_le_0_compat; [lra | apply Rmult_le_pos; lra].
  - rewrite v_next. unfold amsgrad.amsgrad_v. pose proof (Rle_0_sqr (g (S t))) as square. unfold Rsqr in square.
    apply Rplus_le_le_0_compat; apply Rmult_le_pos; lra.
Qed.

Lemma w_above t : v t <= w t.
Proof. destruct t; [rewrite v_first, w_first; lra |]. rewrite w_next. apply Rmax_r. Qed.

Lemma w_grows t : w t <= w (S t).
Proof. rewrite w_next. apply Rmax_l. Qed.

Lemma w_pos t : 0 <= w t.
Proof. pose proof (v_pos t). pose proof (w_above t). lra. Qed.

(* m_t^2 <= e_t sqrt v_t. *)
Lemma moment_decayed t : m t ^ 2 <= decayed t * sqrt (v t).
Proof.
  pose proof beta2_pos. pose proof beta1_below_one. pose proof c_pos. pose proof theta_range.
  induction t as [| t IH]; [rewrite m_first; simpl; lra |].
  rewrite m_next. simpl decayed. pose proof (v_pos t) as vpos. pose proof (v_pos (S t)) as vpos'.
  pose proof (decayed_pos t) as epos.
  assert (sqrt beta2 * sqrt (v t) <= sqrt (v (S t))) as old.
  { rewrite <- sqrt_mult by lra. apply sqrt_le_1_alt. rewrite v_next. unfold amsgrad.amsgrad_v.
    pose proof (Rle_0_sqr (g t)) as square. unfold Rsqr in square.
    assert (0 <= (1 - beta2) * (g t * g t)) by (apply Rmult_le_pos; lra). lra. }
  assert (sqrt (1 - beta2) * Rabs (g t) <= sqrt (v (S t))) as new.
  { rewrite <- sqrt_Rsqr_abs, <- sqrt_mult by (lra || apply Rle_0_sqr). apply sqrt_le_1_alt. rewrite v_next.
    unfold amsgrad.amsgrad_v, Rsqr. assert (0 <= beta2 * v t) by (apply Rmult_le_pos; lra). lra. }
  assert (amsgrad.amsgrad_m (m t) (g t) beta1 ^ 2 <= beta1 * m t ^ 2 + (1 - beta1) * g t ^ 2) as mix.
  { unfold amsgrad.amsgrad_m. assert (0 <= beta1 * (1 - beta1) * (m t - g t) ^ 2)
      by (apply Rmult_le_pos; [apply Rmult_le_pos; lra | apply pow2_ge_0]). lra. }
  pose proof (sqrt_lt_R0 beta2 ltac:(assumption)) as root. pose proof (sqrt_lt_R0 (1 - beta2) ltac:(lra)) as root'.
  apply Rmult_le_compat_l with (r := theta * decayed t) in old; [| apply Rmult_le_pos; lra].
  pose proof (Rabs_pos (g t)).
  apply Rmult_le_compat_l with (r := c * Rabs (g t)) in new; [| apply Rmult_le_pos; lra].
  replace (theta * decayed t * (sqrt beta2 * sqrt (v t))) with (beta1 * (decayed t * sqrt (v t))) in old
    by (unfold theta; field; lra).
  replace (c * Rabs (g t) * (sqrt (1 - beta2) * Rabs (g t))) with ((1 - beta1) * (Rabs (g t) * Rabs (g t))) in new
    by (unfold c; field; lra).
  rewrite <- Rabs_mult, Rabs_pos_eq in new by apply Rle_0_sqr.
  apply Rmult_le_compat_l with (r := beta1) in IH; [| lra]. lra.
Qed.

Lemma h_pos t : 0 <= h t.
Proof. unfold h. apply Rle_mult_inv_pos; [apply Rmult_le_pos; apply sqrt_pos | exact alpha_pos]. Qed.

Lemma h_grows t : h t <= h (S t).
Proof.
  unfold h. apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, alpha_pos |].
  apply Rmult_le_compat; try apply sqrt_pos; apply sqrt_le_1_alt; [apply w_grows | apply le_INR; lia].
Qed.

Lemma amsgrad_inside t : lo <= x t <= hi.
Proof. destruct t; [exact start | rewrite x_next; apply clamp_inside; lra]. Qed.

Lemma amsgrad_distance t : (x t - u) ^ 2 <= D ^ 2.
Proof.
  pose proof (amsgrad_inside t).
  assert (0 <= (D - (x t - u)) * (D + (x t - u))) by (apply Rmult_le_pos; lra). lra.
Qed.

(* What a step costs: m^2/h, at most alpha e_t/sqrt t. *)
Let cost (t : nat) : R := m (S t) ^ 2 / h (S t).

(* Either the divisor is positive, or the moment is zero and nothing moves. *)
Lemma still_or_moving t :
  (0 < h (S t) /\ x (S t) = clamp lo hi (x t - m (S t) / h (S t)) /\ 0 < sqrt (w (S t)))
  \/ (h (S t) = 0 /\ m (S t) = 0 /\ x (S t) = x t).
Proof.
  pose proof (w_pos (S t)) as wpos. pose proof (lt_0_INR (S t) ltac:(lia)) as tpos.
  pose proof (sqrt_lt_R0 _ tpos) as root.
  rewrite x_next. unfold amsgrad.amsgrad_x, amsgrad.amsgrad_update. destruct Rgt_dec as [moving | still].
  - left. assert (0 < sqrt (w (S t))) by (apply sqrt_lt_R0; lra). repeat split; [| | assumption].
    + unfold h. apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat; lra | exact alpha_pos].
    + f_equal. unfold h. field. lra.
  - right. assert (w (S t) = 0) as null by lra. assert (sqrt (w (S t)) = 0) as root0 by (rewrite null; apply sqrt_0).
    repeat split.
    + unfold h. rewrite root0. unfold Rdiv. ring.
    + pose proof (moment_decayed (S t)) as small. pose proof (v_pos (S t)). pose proof (w_above (S t)).
      replace (v (S t)) with 0 in small by lra. rewrite sqrt_0 in small. nra.
    + apply clamp_fixed, amsgrad_inside.
Qed.

Lemma amsgrad_step t :
  2 * (m (S t) * (x t - u)) <= h (S t) * ((x t - u) ^ 2 - (x (S t) - u) ^ 2) + cost t.
Proof.
  unfold cost. destruct (still_or_moving t) as [[pos [equal _]] | [null [still equal]]].
  - pose proof (clamp_closer lo hi (x t - m (S t) / h (S t)) u inside) as closer. rewrite <- equal in closer.
    apply Rmult_le_compat_l with (r := h (S t)) in closer; [| lra].
    replace (h (S t) * (x t - m (S t) / h (S t) - u) ^ 2)
      with (h (S t) * (x t - u) ^ 2 - 2 * (m (S t) * (x t - u)) + m (S t) ^ 2 / h (S t)) in closer by (field; lra). lra.
  - rewrite null, still, equal. unfold Rdiv. lra.
Qed.

(* m_{t+1} (x_t - x_{t+1}) <= m_{t+1}^2/h_{t+1}: the projection only shortens the step. *)
Lemma amsgrad_travel t : m (S t) * (x t - x (S t)) <= cost t.
Proof.
  unfold cost. destruct (still_or_moving t) as [[pos [equal _]] | [null [still equal]]].
  - rewrite equal. set (d := m (S t) / h (S t)). pose proof (amsgrad_inside t) as range.
    replace (m (S t) ^ 2 / h (S t)) with (m (S t) * d) by (unfold d; field; lra).
    assert (m (S t) = h (S t) * d) as -> by (unfold d; field; lra). clearbody d. set (y := x t) in *. clearbody y.
    rewrite !Rmult_assoc. apply Rmult_le_compat_l; [lra |].
    unfold clamp, Rmax, Rmin. repeat destruct Rle_dec; nra.
  - rewrite still. unfold Rdiv. lra.
Qed.

(* m_{t+1} (x_t - u) <= m_{t+1}^2/h_{t+1} + D^2 h_{t+1}/4. *)
Lemma amsgrad_last t : m (S t) * (x t - u) <= cost t + D ^ 2 * h (S t) / 4.
Proof.
  pose proof (amsgrad_distance t) as near.
  unfold cost. destruct (still_or_moving t) as [[pos _] | [null [still _]]].
  - assert (0 <= (m (S t) - h (S t) * (x t - u) / 2) ^ 2 / h (S t)) as square
      by (apply Rle_mult_inv_pos; [apply pow2_ge_0 | lra]).
    replace ((m (S t) - h (S t) * (x t - u) / 2) ^ 2 / h (S t))
      with (m (S t) ^ 2 / h (S t) - m (S t) * (x t - u) + h (S t) * (x t - u) ^ 2 / 4) in square by (field; lra).
    apply Rmult_le_compat_l with (r := h (S t)) in near; lra.
  - rewrite still, null. unfold Rdiv. lra.
Qed.

Lemma amsgrad_moments T :
  2 * sum_below (fun t => m (S t) * (x t - u)) T <= h T * (D ^ 2 - (x T - u) ^ 2) + sum_below cost T.
Proof.
  induction T as [| T IH]; simpl sum_below.
  - pose proof (amsgrad_distance O). pose proof (h_pos O).
    assert (0 <= h O * (D ^ 2 - (x O - u) ^ 2)) by (apply Rmult_le_pos; lra). lra.
  - pose proof (amsgrad_step T). pose proof (amsgrad_distance T). pose proof (h_grows T).
    assert (0 <= (h (S T) - h T) * (D ^ 2 - (x T - u) ^ 2)) by (apply Rmult_le_pos; lra). lra.
Qed.

(* (1 - beta1) g_t = m_{t+1} - beta1 m_t, summed by parts. *)
Lemma amsgrad_parts T :
  (1 - beta1) * sum_below (fun t => g t * (x t - u)) T
  = (1 - beta1) * sum_below (fun t => m (S t) * (x t - u)) T
    + beta1 * (sum_below (fun t => m (S t) * (x t - x (S t))) T + m T * (x T - u)).
Proof.
  induction T as [| T IH]; simpl sum_below; [rewrite m_first; ring |].
  rewrite Rmult_plus_distr_l, IH, m_next. unfold amsgrad.amsgrad_m. ring.
Qed.

Lemma amsgrad_costs T :
  sum_below cost T + alpha * (theta / (1 - theta)) * (decayed T / sqrt (INR T))
  <= alpha * (c / (1 - theta)) * sum_below (fun t => Rabs (g t) / sqrt (INR (S t))) T.
Proof.
  pose proof theta_range as range. pose proof c_pos.
  induction T as [| T IH]; [simpl; unfold Rdiv; lra |]. cbn [sum_below].
  pose proof (lt_0_INR (S T) ltac:(lia)) as tpos.
  pose proof (sqrt_lt_R0 _ tpos) as root.
  assert (cost T <= alpha * (decayed (S T) / sqrt (INR (S T)))) as once.
  { unfold cost. pose proof (decayed_pos (S T)) as epos.
    destruct (still_or_moving T) as [[pos [_ wpos]] | [null _]].
    - pose proof (moment_decayed (S T)) as small.
      assert (sqrt (v (S T)) <= sqrt (w (S T))) as above by (apply sqrt_le_1_alt, w_above).
      apply Rmult_le_compat_l with (r := decayed (S T)) in above; [| exact epos].
      apply Rmult_le_reg_r with (h (S T)); [exact pos |].
      replace (m (S T) ^ 2 / h (S T) * h (S T)) with (m (S T) ^ 2) by (field; lra).
      replace (alpha * (decayed (S T) / sqrt (INR (S T))) * h (S T)) with (decayed (S T) * sqrt (w (S T)))
        by (unfold h; field; lra). lra.
    - rewrite null. unfold Rdiv at 1. rewrite Rinv_0, Rmult_0_r.
      apply Rmult_le_pos; [lra | apply Rle_mult_inv_pos; lra]. }
  assert (decayed T / sqrt (INR (S T)) <= decayed T / sqrt (INR T)) as less.
  { destruct T as [| T]; [simpl; unfold Rdiv; lra |].
    apply Rmult_le_compat_l; [apply decayed_pos |]. apply Rinv_le_contravar; [apply sqrt_lt_R0, lt_0_INR; lia |].
    apply sqrt_le_1_alt, le_INR. lia. }
  apply Rmult_le_compat_l with (r := alpha * (theta / (1 - theta))) in less;
    [| apply Rmult_le_pos; [lra | apply Rle_mult_inv_pos; lra]].
  replace (alpha * (theta / (1 - theta)) * (decayed T / sqrt (INR (S T))))
    with (alpha * (1 + theta / (1 - theta)) * (decayed (S T) / sqrt (INR (S T)))
          - alpha * (c / (1 - theta)) * (Rabs (g T) / sqrt (INR (S T)))) in less
    by (cbn [decayed]; field; lra).
  lra.
Qed.

Lemma amsgrad_coordinate T : (1 <= T)%nat ->
  sum_below (fun t => g t * (x t - u)) T
  <= (2 - beta1) / (4 * alpha * (1 - beta1)) * sqrt (INR T) * (D * D) * sqrt (w T)
     + alpha * (1 + beta1) / (2 * sqrt (1 - beta2) * (1 - theta))
       * sum_below (fun t => Rabs (g t) / sqrt (INR (S t))) T.
Proof.
  intros some. pose proof theta_range as range. pose proof beta1_below_one as below.
  pose proof (sqrt_lt_R0 (1 - beta2) ltac:(lra)) as root.
  pose proof (amsgrad_parts T) as parts. pose proof (amsgrad_moments T) as first. pose proof (amsgrad_costs T) as costs.
  set (G := sum_below (fun t => g t * (x t - u)) T) in *. set (A := sum_below (fun t => m (S t) * (x t - u)) T) in *.
  set (W := sum_below (fun t => Rabs (g t) / sqrt (INR (S t))) T) in *.
  assert (sum_below (fun t => m (S t) * (x t - x (S t))) T + m T * (x T - u) <= sum_below cost T + D ^ 2 * h T / 4)
    as second.
  { destruct T as [| T]; [lia |]. simpl sum_below. pose proof (amsgrad_last T).
    pose proof (sum_below_le _ cost T (fun t _ => amsgrad_travel t)). lra. }
  set (B := sum_below (fun t => m (S t) * (x t - x (S t))) T + m T * (x T - u)) in *.
  set (Q := sum_below cost T) in *.
  assert (0 <= decayed T / sqrt (INR T)) as tail
    by (apply Rle_mult_inv_pos; [apply decayed_pos | apply sqrt_lt_R0, lt_0_INR; lia]).
  assert (0 <= alpha * (theta / (1 - theta)) * (decayed T / sqrt (INR T)))
    by (apply Rmult_le_pos; [apply Rmult_le_pos; [lra | apply Rle_mult_inv_pos; lra] | exact tail]).
  assert (Q <= alpha * (c / (1 - theta)) * W) as cheap by lra.
  assert (0 <= h T * (x T - u) ^ 2) by (apply Rmult_le_pos; [apply h_pos | apply pow2_ge_0]).
  apply Rmult_le_compat_l with (r := beta1) in second; [| exact beta1_pos].
  assert ((1 - beta1) * (2 * A) <= (1 - beta1) * (h T * D ^ 2 + Q)) as first' by (apply Rmult_le_compat_l; lra).
  assert ((1 - beta1) * G <= (2 - beta1) / 4 * (D ^ 2 * h T) + (1 + beta1) / 2 * Q) as main by lra.
  apply Rmult_le_compat_l with (r := (1 + beta1) / 2) in cheap; [| lra].
  apply Rmult_le_reg_l with (1 - beta1); [lra |].
  replace ((1 - beta1) * ((2 - beta1) / (4 * alpha * (1 - beta1)) * sqrt (INR T) * (D * D) * sqrt (w T)
    + alpha * (1 + beta1) / (2 * sqrt (1 - beta2) * (1 - theta)) * W))
    with ((2 - beta1) / 4 * (D ^ 2 * h T) + (1 + beta1) / 2 * (alpha * (c / (1 - theta)) * W))
    by (unfold h, c; field; lra).
  lra.
Qed.
End Coordinate.

Theorem amsgrad_regret : amsgrad_regret_statement.
Proof.
  intros n f g lo hi x0 u D alpha beta1 beta2 T x V W slopes start inside sides some
    [[[[alpha_pos D_pos] beta1_pos] below1] below2].
  eapply Rle_trans; [apply regret_linear, slopes |]. unfold inner at 1. simpl.
  rewrite (sum_all_below n (fun t i => g t i * (x t -: u) i)).
  unfold amsgrad_regret_bound. rewrite <- INR_IZR_INZ. unfold V, W. rewrite <- !sum_all_scale, <- sum_all_plus.
  apply sum_all_le. intros i.
  rewrite (sum_below_ext _ (fun t => g t i * (x t i - u i))) by (intros; unfold sub; simpl; ring).
  exact (amsgrad_coordinate (lo i) (hi i) D alpha beta1 beta2 (u i) (fun t => x t i) (fun t => amsgrad_m beta1 g t i)
    (fun t => amsgrad_v beta2 g t i) (fun t => amsgrad_v_max beta2 g t i) (fun t => g t i) alpha_pos beta1_pos below1
    below2 (sides i) (inside i) (start i) eq_refl eq_refl eq_refl (fun _ => eq_refl) (fun _ => eq_refl)
    (fun _ => eq_refl) (fun _ => eq_refl) T some).
Qed.
