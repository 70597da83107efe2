(* Adam moves the wrong way where a large gradient is rare. The example follows the motivation of ADOPT; the statement
   and the proof are this project's.

   Let f(x) = x, with the gradients k^2 at the steps 1, k + 1, 2k + 1, ... and -k at all others: their mean over a
   period is the slope 1. Adam with beta1 = 0, and m < k so large that beta2^m k^2 <= 1, satisfies after N periods
       x_{Nk} - x_0 >= N lr ((k - m)/(sqrt 2 + eps/k) - 1/sqrt(1 - beta2)).
   The right side is positive, and f rises without end, for large k: m need only be 2 ln k/ln(1/beta2), rounded up.
   The iterates are those of the rule adam of spec/rules/adam/adam.acsl. *)
From Coq Require Import Reals Lra Psatz Lia.
From Goldstep.theorems.base Require Import space functions sums adam_run roots.
Local Open Scope R_scope.

(* emitted *)
Definition adam_rare_domain (p_period : Z) (p_m : Z) (p_lr : R) (p_beta2 : R) (p_eps : R) : Prop :=
  (((((Z.le 2%Z p_period) /\ ((Z.le 0%Z p_m) /\ (Z.lt p_m p_period))) /\ (0 <= p_lr))
  /\ ((0 <= p_beta2) /\ (p_beta2 < 1))) /\ (0 < p_eps))
  /\ (((powerRZ p_beta2 p_m) * (IZR (Z.mul p_period p_period))) <= 1).
Definition adam_rare_bound (p_t : Z) (p_period : Z) (p_m : Z) (p_lr : R) (p_beta2 : R) (p_eps : R) : R :=
  (IZR p_t) * (p_lr * (((IZR (Z.sub p_period p_m)) / ((sqrt 2) + (p_eps / (IZR p_period))))
  - (1 / (sqrt (1 - p_beta2))))).
(* end *)

(* The gradient of step t + 1. *)
Definition rare (k t : nat) : R := if Nat.eqb (t mod k) 0 then INR k ^ 2 else - INR k.

Definition adam_rare_statement : Prop :=
  forall (k m : nat) (lr beta2 eps x0 : R) (N : nat),
  adam_rare_domain (Z.of_nat k) (Z.of_nat m) lr beta2 eps ->
  adam_rare_bound (Z.of_nat N) (Z.of_nat k) (Z.of_nat m) lr beta2 eps
  <= adam_x (fun y => y) (fun _ => lr) 0 beta2 eps x0 (rare k) (N * k) - x0.

Lemma rare_large k j : (1 <= k)%nat -> rare k (j * k) = INR k ^ 2.
Proof. intros some. unfold rare. rewrite Nat.mod_mul by lia. reflexivity. Qed.

Lemma rare_small k j i : (S i < k)%nat -> rare k (S (j * k + i)) = - INR k.
Proof.
  intros less. unfold rare. replace (S (j * k + i)) with (S i + j * k)%nat by lia.
  rewrite Nat.mod_add, Nat.mod_small by lia. reflexivity.
Qed.

(* The mean over a period is 1. *)
Lemma rare_mean k j : (1 <= k)%nat -> sum_below (fun i => rare k (j * k + i)) k = INR k * 1.
Proof.
  intros some. destruct k as [| k]; [lia |]. rewrite sum_below_first.
  replace (j * S k + 0)%nat with (j * S k)%nat by lia. rewrite rare_large by lia.
  rewrite (sum_below_ext _ (fun _ => - INR (S k))).
  - rewrite sum_below_const, S_INR. ring.
  - intros i less. replace (j * S k + S i)%nat with (S (j * S k + i)) by lia. apply rare_small. lia.
Qed.

(* An example that rises: k = 20, m = 9, beta2 = 1/2. *)
Lemma adam_rare_example : adam_rare_domain 20 9 1 (1 / 2) (1 / 100) /\ 6 <= adam_rare_bound 1 20 9 1 (1 / 2) (1 / 100).
Proof.
  split.
  - unfold adam_rare_domain. repeat split; try lia; try lra. simpl. lra.
  - unfold adam_rare_bound. simpl.
    assert (sqrt 2 <= 1415 / 1000) by (apply sqrt_below; lra). assert (1 <= sqrt 2) by (apply sqrt_above; lra).
    assert (7 / 10 <= sqrt (1 - 1 / 2)) as low by (apply sqrt_above; lra).
    assert (1 / sqrt (1 - 1 / 2) <= 15 / 10).
    { apply Rmult_le_reg_r with (sqrt (1 - 1 / 2)); [lra |].
      replace (1 / sqrt (1 - 1 / 2) * sqrt (1 - 1 / 2)) with 1 by (field; lra). lra. }
    assert (76 / 10 <= 11 / (sqrt 2 + 1 / 100 / 20)); [| lra].
    apply Rmult_le_reg_r with (sqrt 2 + 1 / 100 / 20); [lra |].
    replace (11 / (sqrt 2 + 1 / 100 / 20) * (sqrt 2 + 1 / 100 / 20)) with 11 by (field; lra). lra.
Qed.

Section Run.
Variables (k m : nat) (lr b eps x0 : R).
Hypothesis period : (2 <= k)%nat.
Hypothesis m_below : (m < k)%nat.
Hypothesis lr_pos : 0 <= lr.
Hypothesis b_range : 0 <= b < 1.
Hypothesis eps_pos : 0 < eps.
Hypothesis forgotten : b ^ m * (INR k * INR k) <= 1.

Let K : R := INR k.
Let v : nat -> R := adam_v b (rare k).
Let x : nat -> R := adam_x (fun y => y) (fun _ => lr) 0 b eps x0 (rare k).
Let c : R := 1 / (sqrt 2 + eps / K).

Lemma K_large : 2 <= K.
Proof. unfold K. replace 2 with (INR 2) by (simpl; ring). apply le_INR. exact period. Qed.

Lemma m_positive : (1 <= m)%nat.
Proof.
  destruct m as [| j]; [exfalso | lia]. pose proof K_large as large. unfold K in large. simpl in forgotten. nra.
Qed.

Lemma rare_next t : x (S t) = x t - lr * (rare k t / (sqrt (v (S t) / (1 - b ^ S t)) + eps)).
Proof.
  unfold x. rewrite adam_x_next. unfold adam.adam_x. rewrite adam_update_pow. fold v. f_equal.
  simpl adam_m. unfold adam.adam_m. rewrite pow_i by lia.
  replace ((0 * adam_m 0 (rare k) t + (1 - 0) * rare k t) / (1 - 0)) with (rare k t) by field. unfold Rdiv. ring.
Qed.

Lemma v_next t : v (S t) = b * v t + (1 - b) * (rare k t * rare k t).
Proof. reflexivity. Qed.

(* v_t <= k^4 (1 - b^t). *)
Lemma v_below t : v t <= K ^ 4 * (1 - b ^ t).
Proof.
  pose proof K_large. induction t as [| t IH]; [change (v O) with 0; simpl; lra |]. rewrite v_next.
  assert (rare k t * rare k t <= K ^ 4) as square.
  { unfold rare. fold K. destruct Nat.eqb; [right; ring |]. assert (1 <= K * K) by nra.
    assert (0 <= K * K * (K * K - 1)) by (apply Rmult_le_pos; nra). nra. }
  apply Rmult_le_compat_l with (r := b) in IH; [| lra].
  apply Rmult_le_compat_l with (r := 1 - b) in square; [| lra]. simpl pow in *. lra.
Qed.

(* i small gradients after the large one. *)
Lemma v_after j i : (i < k)%nat ->
  v (S (j * k + i)) <= K ^ 2 * (1 - b ^ S (j * k + i)) + b ^ i * (K ^ 4 * (1 - b ^ S (j * k))).
Proof.
  pose proof K_large. induction i as [| i IH]; intros less.
  - rewrite Nat.add_0_r. pose proof (v_below (S (j * k))) as all.
    pose proof (pow_below_one b (S (j * k)) b_range ltac:(lia)).
    assert (0 <= K ^ 2 * (1 - b ^ S (j * k))) by (apply Rmult_le_pos; [apply pow2_ge_0 | lra]).
    rewrite pow_O. lra.
  - specialize (IH ltac:(lia)). replace (j * k + S i)%nat with (S (j * k + i)) by lia.
    rewrite v_next, rare_small by lia. fold K. apply Rmult_le_compat_l with (r := b) in IH; [| lra].
    rewrite <- (tech_pow_Rmult b i), <- (tech_pow_Rmult b (S (j * k + i))). lra.
Qed.

(* From the m-th small gradient on, a step up is at least c. *)
Lemma step_up j i : (S i < k)%nat -> (m <= S i)%nat -> x (S (j * k + i)) + lr * c <= x (S (S (j * k + i))).
Proof.
  intros less late. pose proof K_large as large. rewrite (rare_next (S (j * k + i))), rare_small by exact less. fold K.
  set (t := S (S (j * k + i))). pose proof (pow_below_one b t b_range ltac:(lia)) as pt.
  assert (sqrt (v t / (1 - b ^ t)) <= sqrt 2 * K) as root.
  { pose proof (sqrt_pos 2). pose proof (sqrt_sqrt 2 ltac:(lra)) as square.
    apply sqrt_below; [apply Rmult_le_pos; lra |].
    replace (sqrt 2 * K * (sqrt 2 * K)) with (2 * K ^ 2) by (rewrite <- square at 1; ring).
    apply Rmult_le_reg_r with (1 - b ^ t); [lra |].
    replace (v t / (1 - b ^ t) * (1 - b ^ t)) with (v t) by (field; lra).
    pose proof (v_after j (S i) less) as after. replace (S (j * k + S i)) with t in after by (unfold t; lia).
    eapply Rle_trans; [exact after |].
    assert (b ^ t <= b ^ S (j * k)) as falls.
    { replace t with (S (j * k) + S i)%nat by (unfold t; lia). rewrite pow_add.
      pose proof (pow_below_one b (S (j * k)) b_range ltac:(lia)).
      pose proof (pow_below_one b (S i) b_range ltac:(lia)).
      nra. }
    assert (b ^ S i * K ^ 4 <= K ^ 2) as old.
    { assert (b ^ S i <= b ^ m) as less'.
      { replace (S i) with (m + (S i - m))%nat by lia. rewrite pow_add.
        pose proof (pow_below_one b m b_range m_positive).
        assert (0 <= b ^ (S i - m) <= 1).
        { split; [apply pow_le; lra |]. rewrite <- (pow1 (S i - m)). apply pow_incr. lra. } nra. }
      replace (b ^ S i * K ^ 4) with (b ^ S i * (K * K) * K ^ 2) by ring. rewrite <- (Rmult_1_l (K ^ 2)) at 2.
      apply Rmult_le_compat_r; [apply pow2_ge_0 |]. unfold K in *.
      apply Rle_trans with (b ^ m * (INR k * INR k));
        [apply Rmult_le_compat_r; [nra | exact less'] | exact forgotten]. }
    apply Rmult_le_compat_r with (r := 1 - b ^ S (j * k)) in old;
      [| pose proof (pow_below_one b (S (j * k)) b_range ltac:(lia)); lra].
    assert (K ^ 2 * (1 - b ^ S (j * k)) <= K ^ 2 * (1 - b ^ t))
      by (apply Rmult_le_compat_l; [apply pow2_ge_0 | lra]).
    lra. }
  pose proof (sqrt_pos (v t / (1 - b ^ t))). set (d := sqrt (v t / (1 - b ^ t))) in *. clearbody d.
  assert (c <= K / (d + eps)) as up.
  { unfold c. pose proof (sqrt_lt_R0 2 ltac:(lra)).
    assert (0 < sqrt 2 + eps / K) by (assert (0 < eps / K) by (apply Rdiv_lt_0_compat; lra); lra).
    replace (1 / (sqrt 2 + eps / K)) with (K / (sqrt 2 * K + eps)) by (field; split; [nra | lra]).
    apply Rmult_le_compat_l; [lra |]. apply Rinv_le_contravar; lra. }
  apply Rmult_le_compat_l with (r := lr) in up; [| exact lr_pos].
  replace (lr * (- K / (d + eps))) with (- (lr * (K / (d + eps)))) by (field; lra). lra.
Qed.

(* No small gradient moves down. *)
Lemma step_no_down j i : (S i < k)%nat -> x (S (j * k + i)) <= x (S (S (j * k + i))).
Proof.
  intros less. pose proof K_large as large. rewrite (rare_next (S (j * k + i))), rare_small by exact less. fold K.
  pose proof (sqrt_pos (v (S (S (j * k + i))) / (1 - b ^ S (S (j * k + i))))) as root.
  set (d := sqrt (v (S (S (j * k + i))) / (1 - b ^ S (S (j * k + i))))) in *. clearbody d.
  assert (0 <= lr * (K / (d + eps))) by (apply Rmult_le_pos; [lra | apply Rle_mult_inv_pos; lra]).
  replace (lr * (- K / (d + eps))) with (- (lr * (K / (d + eps)))) by (field; lra). lra.
Qed.

(* The large gradient moves down by at most lr/sqrt(1 - b). *)
Lemma step_down j : x (j * k)%nat - lr * (1 / sqrt (1 - b)) <= x (S (j * k)).
Proof.
  pose proof K_large as large. rewrite rare_next, rare_large by lia. fold K.
  pose proof (pow_below_one b (S (j * k)) b_range ltac:(lia)) as pt.
  pose proof (sqrt_lt_R0 (1 - b) ltac:(lra)) as root.
  assert (sqrt (1 - b) * K ^ 2 <= sqrt (v (S (j * k)) / (1 - b ^ S (j * k)))) as low.
  { apply sqrt_above; [apply Rmult_le_pos; [lra | apply pow2_ge_0] |].
    replace (sqrt (1 - b) * K ^ 2 * (sqrt (1 - b) * K ^ 2)) with (sqrt (1 - b) * sqrt (1 - b) * K ^ 4) by ring.
    rewrite sqrt_sqrt by lra. apply Rmult_le_reg_r with (1 - b ^ S (j * k)); [lra |].
    replace (v (S (j * k)) / (1 - b ^ S (j * k)) * (1 - b ^ S (j * k))) with (v (S (j * k))) by (field; lra).
    rewrite v_next, rare_large by lia. fold K.
    pose proof (adam_v_nonneg b (rare k) (j * k) ltac:(lra)) as vpos. fold v in vpos.
    assert (0 <= b * v (j * k)%nat) by (apply Rmult_le_pos; lra).
    assert (0 <= (1 - b) * K ^ 4) by (apply Rmult_le_pos; [lra | apply pow_le; lra]). nra. }
  set (d := sqrt (v (S (j * k)) / (1 - b ^ S (j * k)))) in *. clearbody d.
  assert (0 < K ^ 2) by nra. assert (0 < sqrt (1 - b) * K ^ 2) by (apply Rmult_lt_0_compat; lra).
  assert (K ^ 2 / (d + eps) <= 1 / sqrt (1 - b)) as down.
  { replace (1 / sqrt (1 - b)) with (K ^ 2 / (sqrt (1 - b) * K ^ 2)) by (field; split; lra).
    apply Rmult_le_compat_l; [lra |]. apply Rinv_le_contravar; lra. }
  apply Rmult_le_compat_l with (r := lr) in down; [| exact lr_pos]. lra.
Qed.

Lemma one_period j : x (j * k)%nat + lr * ((K - INR m) * c - 1 / sqrt (1 - b)) <= x (S j * k)%nat.
Proof.
  pose proof m_positive as some.
  assert (wait : forall i, (i < m)%nat -> x (S (j * k)) <= x (S (j * k + i))).
  { induction i as [| i IH]; intros less; [rewrite Nat.add_0_r; lra |].
    pose proof (step_no_down j i ltac:(lia)). specialize (IH ltac:(lia)).
    replace (j * k + S i)%nat with (S (j * k + i)) by lia. lra. }
  assert (climb : forall q, (m - 1 + q < k)%nat -> x (S (j * k)) + lr * (INR q * c) <= x (S (j * k + (m - 1 + q)))).
  { induction q as [| q IH]; intros less.
    - rewrite Nat.add_0_r. pose proof (wait (m - 1)%nat ltac:(lia)). simpl INR. lra.
    - pose proof (step_up j (m - 1 + q) ltac:(lia) ltac:(lia)). specialize (IH ltac:(lia)).
      replace (j * k + (m - 1 + S q))%nat with (S (j * k + (m - 1 + q))) by lia. rewrite S_INR. lra. }
  pose proof (climb (k - m)%nat ltac:(lia)) as up. pose proof (step_down j) as down.
  rewrite minus_INR in up by lia. fold K in up.
  replace (S (j * k + (m - 1 + (k - m)))) with (S j * k)%nat in up by (simpl; lia). lra.
Qed.

Lemma periods N : INR N * (lr * ((K - INR m) * c - 1 / sqrt (1 - b))) <= x (N * k)%nat - x0.
Proof.
  induction N as [| N IH]; [change (x (0 * k)) with x0; simpl; lra |]. pose proof (one_period N). rewrite S_INR. lra.
Qed.
End Run.

Theorem adam_rare : adam_rare_statement.
Proof.
  intros k m lr beta2 eps x0 N [[[[[period m_below] lr_pos] b_range] eps_pos] forgotten].
  rewrite <- pow_powerRZ, mult_IZR, <- INR_IZR_INZ in forgotten.
  pose proof (periods k m lr beta2 eps x0 ltac:(lia) ltac:(lia) lr_pos b_range eps_pos forgotten N) as drift.
  unfold adam_rare_bound. rewrite minus_IZR, <- !INR_IZR_INZ.
  replace ((INR k - INR m) / (sqrt 2 + eps / INR k)) with ((INR k - INR m) * (1 / (sqrt 2 + eps / INR k)))
    by (unfold Rdiv; ring). exact drift.
Qed.
