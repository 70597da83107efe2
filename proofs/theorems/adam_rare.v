(* Adam moves the wrong way where a large gradient is rare. The example follows the motivation of ADOPT; the statement
   and the proof are this project's.

   Let f(x) = x, with the gradients k^2 at the steps 1, k + 1, 2k + 1, ... and -k at all others: their mean over a
   period is the slope 1. Adam with beta1 = 0, and m < k so large that beta2^m k^2 <= 1, satisfies after N periods
       x_{Nk} - x_0 >= N lr ((k - m)/(sqrt 2 + eps/k) - 1/sqrt(1 - beta2)).
   The right side is positive, and f rises without end, for large k: m need only be 2 ln k/ln(1/beta2), rounded up.
   Then, with the step sizes alpha/sqrt t and the projection onto [-1, 1], Adam ends at 1, the worst point there.
   The iterates are those of the rule adam of spec/rules/adam/adam.acsl. *)
From Coq Require Import Reals Lra Psatz Lia.
From Goldstep.theorems.base Require Import space functions sums online adam_run roots.
From Spec.theorems Require Import adam_rare.
Local Open Scope R_scope.

(* The gradient of step t + 1. *)
Definition rare (k t : nat) : R := if Nat.eqb (t mod k) 0 then INR k ^ 2 else - INR k.

Definition adam_rare_statement : Prop :=
  forall (k m : nat) (lr beta2 eps x0 : R) (N : nat),
  adam_rare_domain (Z.of_nat k) (Z.of_nat m) lr beta2 eps ->
  adam_rare_bound (Z.of_nat N) (Z.of_nat k) (Z.of_nat m) lr beta2 eps
  <= adam_x (fun y => y) (fun _ => lr) 0 beta2 eps x0 (rare k) (N * k) - x0.

(* With the step sizes alpha/sqrt t and the projection onto [-1, 1], Adam ends at 1, the worst point, whenever the bound
   is positive: from some period on, every period ends there. *)
Definition adam_rare_limit_statement : Prop :=
  forall (k m : nat) (alpha beta2 eps x0 : R),
  let x := adam_x (clamp (-1) 1) (fun t => alpha / sqrt (INR (S t))) 0 beta2 eps x0 (rare k) in
  adam_rare_domain (Z.of_nat k) (Z.of_nat m) 1 beta2 eps -> 0 < alpha -> -1 <= x0 <= 1 ->
  0 < adam_rare_bound 1 (Z.of_nat k) (Z.of_nat m) 1 beta2 eps ->
  exists J, forall j, (J <= j)%nat -> x (j * k)%nat = 1.

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

Lemma natural_above A : exists N, A < INR N.
Proof.
  exists (Z.to_nat (up A)). pose proof (archimed A) as [above _]. rewrite INR_IZR_INZ.
  destruct (Z.le_gt_cases 0 (up A)) as [pos | neg].
  - rewrite Z2Nat.id by exact pos. lra.
  - apply IZR_lt in neg. pose proof (IZR_le 0 (Z.of_nat (Z.to_nat (up A))) ltac:(lia)). lra.
Qed.

Section Run.
Variables (k m : nat) (b eps x0 : R).
Hypothesis period : (2 <= k)%nat.
Hypothesis m_below : (m < k)%nat.
Hypothesis b_range : 0 <= b < 1.
Hypothesis eps_pos : 0 < eps.
Hypothesis forgotten : b ^ m * (INR k * INR k) <= 1.

Let K : R := INR k.
Let v : nat -> R := adam_v b (rare k).
Let c : R := 1 / (sqrt 2 + eps / K).

Lemma K_large : 2 <= K.
Proof. unfold K. replace 2 with (INR 2) by (simpl; ring). apply le_INR. exact period. Qed.

Lemma m_positive : (1 <= m)%nat.
Proof.
  destruct m as [| j]; [exfalso | lia]. pose proof K_large as large. unfold K in large. simpl in forgotten. nra.
Qed.

(* The step, but for its size: with beta1 = 0 it is that of the gradient. *)
Let direction (t : nat) : R := rare k t / (sqrt (v (S t) / (1 - b ^ S t)) + eps).

Lemma rare_next project size t :
  adam_x project size 0 b eps x0 (rare k) (S t)
  = project (adam_x project size 0 b eps x0 (rare k) t - size t * direction t).
Proof.
  rewrite adam_x_next. unfold adam.adam_x. rewrite adam_update_pow. fold v. f_equal. f_equal.
  simpl adam_m. unfold adam.adam_m. rewrite pow_i by lia.
  replace ((0 * adam_m 0 (rare k) t + (1 - 0) * rare k t) / (1 - 0)) with (rare k t) by field.
  unfold direction, Rdiv. ring.
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
Lemma step_up j i : (S i < k)%nat -> (m <= S i)%nat -> direction (S (j * k + i)) <= - c.
Proof.
  intros less late. pose proof K_large as large. unfold direction. rewrite rare_small by exact less. fold K.
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
  replace (- K / (d + eps)) with (- (K / (d + eps))) by (field; lra). lra.
Qed.

(* No small gradient moves down. *)
Lemma step_no_down j i : (S i < k)%nat -> direction (S (j * k + i)) <= 0.
Proof.
  intros less. pose proof K_large as large. unfold direction. rewrite rare_small by exact less. fold K.
  pose proof (sqrt_pos (v (S (S (j * k + i))) / (1 - b ^ S (S (j * k + i))))) as root.
  set (d := sqrt (v (S (S (j * k + i))) / (1 - b ^ S (S (j * k + i))))) in *. clearbody d.
  assert (0 <= K / (d + eps)) by (apply Rle_mult_inv_pos; lra).
  replace (- K / (d + eps)) with (- (K / (d + eps))) by (field; lra). lra.
Qed.

(* The large gradient moves down by at most 1/sqrt(1 - b). *)
Lemma step_down j : direction (j * k) <= 1 / sqrt (1 - b).
Proof.
  pose proof K_large as large. unfold direction. rewrite rare_large by lia. fold K.
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
  replace (1 / sqrt (1 - b)) with (K ^ 2 / (sqrt (1 - b) * K ^ 2)) by (field; split; lra).
  apply Rmult_le_compat_l; [lra |]. apply Rinv_le_contravar; lra.
Qed.

(* One period, of steps whose sizes are at most s first and at least s' after it, below top. *)
Lemma one_period project size top s s' j : let z := adam_x project size 0 b eps x0 (rare k) in
  (forall y, Rmin top y <= project y) -> z (j * k)%nat <= top -> 0 <= size (j * k)%nat <= s -> 0 <= s' ->
  (forall i, (S i < k)%nat -> s' <= size (S (j * k + i))) ->
  Rmin top (z (j * k)%nat + (s' * ((K - INR m) * c) - s * (1 / sqrt (1 - b)))) <= z (S j * k)%nat.
Proof.
  intros z raises below first pos later. pose proof m_positive as some.
  assert (c_pos : 0 <= c).
  { pose proof K_large. unfold c. pose proof (sqrt_lt_R0 2 ltac:(lra)).
    assert (0 < eps / K) by (apply Rdiv_lt_0_compat; lra). apply Rle_mult_inv_pos; lra. }
  set (w := 1 / sqrt (1 - b)).
  assert (w_pos : 0 <= w) by (apply Rle_mult_inv_pos; [lra | apply sqrt_lt_R0; lra]).
  assert (fall : Rmin top (z (j * k)%nat - s * w) <= z (S (j * k))).
  { unfold z at 2. rewrite rare_next. fold z. eapply Rle_trans; [| apply raises].
    pose proof (step_down j) as down. fold w in down.
    assert (size (j * k)%nat * direction (j * k) <= s * w).
    { apply Rle_trans with (size (j * k)%nat * w); [apply Rmult_le_compat_l | apply Rmult_le_compat_r]; lra. }
    apply Rle_min_compat_l. lra. }
  (* a step up by at least e, and at most to top *)
  assert (rise : forall i A e, (S i < k)%nat -> 0 <= e -> size (S (j * k + i)) * direction (S (j * k + i)) <= - e ->
    Rmin top A <= z (S (j * k + i)) -> Rmin top (A + e) <= z (S (S (j * k + i)))).
  { intros i A e less epos up reached. unfold z. rewrite rare_next. fold z. eapply Rle_trans; [| apply raises].
    revert reached. unfold Rmin. repeat destruct Rle_dec; lra. }
  assert (wait : forall i, (i < m)%nat -> Rmin top (z (j * k)%nat - s * w) <= z (S (j * k + i))).
  { induction i as [| i IH]; intros less; [rewrite Nat.add_0_r; exact fall |].
    replace (j * k + S i)%nat with (S (j * k + i)) by lia.
    replace (z (j * k)%nat - s * w) with (z (j * k)%nat - s * w + 0) by ring.
    apply rise; [lia | lra | | apply IH; lia].
    pose proof (step_no_down j i ltac:(lia)). pose proof (later i ltac:(lia)).
    assert (0 <= size (S (j * k + i)) * - direction (S (j * k + i))) by (apply Rmult_le_pos; lra). lra. }
  assert (climb : forall q, (m - 1 + q < k)%nat ->
    Rmin top (z (j * k)%nat - s * w + INR q * (s' * c)) <= z (S (j * k + (m - 1 + q)))).
  { induction q as [| q IH]; intros less.
    - rewrite Nat.add_0_r.
      replace (z (j * k)%nat - s * w + INR 0 * (s' * c)) with (z (j * k)%nat - s * w) by (simpl; ring).
      apply wait. lia.
    - replace (j * k + (m - 1 + S q))%nat with (S (j * k + (m - 1 + q))) by lia. rewrite S_INR.
      replace (z (j * k)%nat - s * w + (INR q + 1) * (s' * c))
        with (z (j * k)%nat - s * w + INR q * (s' * c) + s' * c) by ring.
      apply rise; [lia | apply Rmult_le_pos; lra | | apply IH; lia].
      pose proof (step_up j (m - 1 + q) ltac:(lia) ltac:(lia)). pose proof (later (m - 1 + q)%nat ltac:(lia)).
      assert (s' * c <= size (S (j * k + (m - 1 + q))) * - direction (S (j * k + (m - 1 + q))))
        by (apply Rmult_le_compat; lra). lra. }
  pose proof (climb (k - m)%nat ltac:(lia)) as up. rewrite minus_INR in up by lia. fold K in up.
  replace (S (j * k + (m - 1 + (k - m)))) with (S j * k)%nat in up by (simpl; lia).
  replace (z (j * k)%nat + (s' * ((K - INR m) * c) - s * w))
    with (z (j * k)%nat - s * w + (K - INR m) * (s' * c)) by ring.
  exact up.
Qed.

Lemma periods lr N : 0 <= lr ->
  INR N * (lr * ((K - INR m) * c - 1 / sqrt (1 - b)))
  <= adam_x (fun y => y) (fun _ => lr) 0 b eps x0 (rare k) (N * k)%nat - x0.
Proof.
  intros pos. set (x := adam_x (fun y => y) (fun _ => lr) 0 b eps x0 (rare k)).
  induction N as [| N IH]; [change (x (0 * k)%nat) with x0; simpl; lra |]. rewrite S_INR.
  set (gain := lr * ((K - INR m) * c) - lr * (1 / sqrt (1 - b))).
  pose proof (one_period (fun y => y) (fun _ => lr) (Rmax (x (N * k)%nat) (x (N * k)%nat + gain)) lr lr N
    (fun y => Rmin_r _ y) (Rmax_l _ _) ltac:(lra) pos (fun _ _ => Rle_refl lr)) as once.
  fold x gain in once. rewrite Rmin_right in once by apply Rmax_r. unfold gain in once. lra.
Qed.

(* With steps alpha/sqrt t and the projection onto [-1, 1]: at the end of the periods, 1 from some period on. *)
Section Limit.
Variable alpha : R.
Hypothesis alpha_pos : 0 < alpha.
Hypothesis start : -1 <= x0 <= 1.
Hypothesis rises : 1 / sqrt (1 - b) < (K - INR m) * c.

Let size (t : nat) : R := alpha / sqrt (INR (S t)).
Let z : nat -> R := adam_x (clamp (-1) 1) size 0 b eps x0 (rare k).
Let w : R := 1 / sqrt (1 - b).
Let B : R := (K - INR m) * c - w.
Let last (j : nat) : R := alpha / sqrt (INR (S j * k)).

Lemma z_range t : -1 <= z t <= 1.
Proof. destruct t; [exact start |]. unfold z. rewrite rare_next. apply clamp_inside. lra. Qed.

Lemma last_pos j : 0 < last j.
Proof.
  apply Rdiv_lt_0_compat; [exact alpha_pos | apply sqrt_lt_R0, lt_0_INR]. simpl. lia.
Qed.

Lemma late_period j : (1 <= j)%nat -> 2 * w <= B * INR j ->
  Rmin 1 (z (j * k)%nat + last j * (B / 2)) <= z (S j * k)%nat.
Proof.
  intros some late. pose proof (lt_0_INR j ltac:(lia)) as jpos. pose proof (last_pos j) as lpos.
  assert (w_pos : 0 < w) by (apply Rdiv_lt_0_compat; [lra | apply sqrt_lt_R0; lra]).
  assert (first_pos : 0 < sqrt (INR (S (j * k)))) by (apply sqrt_lt_R0, lt_0_INR; lia).
  assert (last_root : 0 < sqrt (INR (S j * k))) by (apply sqrt_lt_R0, lt_0_INR; simpl; lia).
  pose proof (one_period (clamp (-1) 1) size 1 (size (j * k)%nat) (last j) j) as once.
  cbv zeta in once. fold z w in once.
  eapply Rle_trans; [| apply once].
  - apply Rle_min_compat_l, Rplus_le_compat_l.
    (* size <= (1 + 1/j) last *)
    assert (size (j * k)%nat <= (1 + / INR j) * last j) as close.
    { unfold size, last. apply Rmult_le_reg_r with (sqrt (INR (S (j * k))) * sqrt (INR (S j * k)));
        [apply Rmult_lt_0_compat; assumption |].
      replace (alpha / sqrt (INR (S (j * k))) * (sqrt (INR (S (j * k))) * sqrt (INR (S j * k))))
        with (alpha * sqrt (INR (S j * k))) by (field; lra).
      replace ((1 + / INR j) * (alpha / sqrt (INR (S j * k))) * (sqrt (INR (S (j * k))) * sqrt (INR (S j * k))))
        with (alpha * ((1 + / INR j) * sqrt (INR (S (j * k))))) by (field; lra).
      apply Rmult_le_compat_l; [lra |].
      assert (0 < / INR j) as inv by (apply Rinv_0_lt_compat; exact jpos).
      apply sqrt_below; [apply Rmult_le_pos; lra |].
      replace ((1 + / INR j) * sqrt (INR (S (j * k))) * ((1 + / INR j) * sqrt (INR (S (j * k)))))
        with ((1 + / INR j) * (1 + / INR j) * (sqrt (INR (S (j * k))) * sqrt (INR (S (j * k))))) by ring.
      rewrite sqrt_sqrt by apply pos_INR. rewrite S_INR, !mult_INR, S_INR. fold K. pose proof K_large.
      replace ((INR j + 1) * K) with ((1 + / INR j) * (INR j * K)) by (field; lra).
      rewrite (Rmult_assoc (1 + / INR j)). apply Rmult_le_compat_l; [lra |].
      assert (0 <= INR j * K) by (apply Rmult_le_pos; lra). nra. }
    assert (/ INR j * w <= B / 2) as small.
    { apply Rmult_le_reg_l with (INR j); [exact jpos |].
      replace (INR j * (/ INR j * w)) with w by (field; lra). lra. }
    apply Rmult_le_compat_r with (r := w) in close; [| lra].
    apply Rmult_le_compat_l with (r := last j) in small; [| lra]. unfold B in *. lra.
  - intros y. unfold clamp. apply Rle_trans with (Rmin 1 y); [lra | apply Rmax_r].
  - apply z_range.
  - split; [apply Rle_mult_inv_pos; lra | lra].
  - lra.
  - intros i less. unfold last, size. apply Rmult_le_compat_l; [lra |].
    apply Rinv_le_contravar; [apply sqrt_lt_R0, lt_0_INR; lia |]. apply sqrt_le_1_alt, le_INR. simpl. lia.
Qed.

Lemma reaches_top : exists J, forall j, (J <= j)%nat -> z (j * k)%nat = 1.
Proof.
  assert (B_pos : 0 < B) by (unfold B, w; lra).
  destruct (natural_above (2 * w / B)) as [J0 far].
  assert (late : forall j, (S J0 <= j)%nat -> 2 * w <= B * INR j).
  { intros j more. pose proof (le_INR (S J0) j more) as larger. rewrite S_INR in larger.
    replace (2 * w) with (B * (2 * w / B)) by (field; lra). apply Rmult_le_compat_l; lra. }
  (* after N more periods, the sum of N rises, none smaller than the last *)
  assert (sum : forall N M, (N <= M)%nat -> Rmin 1 (z (S J0 * k)%nat + INR N * (last (S J0 + M) * (B / 2)))
                                  <= z ((S J0 + N) * k)%nat).
  { induction N as [| N IH]; intros M more.
    - rewrite Nat.add_0_r. eapply Rle_trans; [apply Rmin_r |]. simpl INR. lra.
    - specialize (IH M ltac:(lia)).
      pose proof (late_period (S J0 + N) ltac:(lia) (late (S J0 + N)%nat ltac:(lia))) as once.
      assert (last (S J0 + M) <= last (S J0 + N)) as falls.
      { unfold last. apply Rmult_le_compat_l; [lra |].
        apply Rinv_le_contravar; [apply sqrt_lt_R0, lt_0_INR; simpl; lia |].
        apply sqrt_le_1_alt, le_INR. apply Nat.mul_le_mono_r. lia. }
      apply Rmult_le_compat_r with (r := B / 2) in falls; [| lra]. pose proof (last_pos (S J0 + M)) as lpos.
      assert (0 <= last (S J0 + M) * (B / 2)) by (apply Rmult_le_pos; lra). rewrite S_INR.
      replace (S J0 + S N)%nat with (S (S J0 + N)) by lia. revert IH once. unfold Rmin. repeat destruct Rle_dec; lra. }
  (* N of them are more than 2 *)
  assert (exists N, 2 <= INR N * (last (S J0 + N) * (B / 2))) as [N enough].
  { set (q := 4 / (alpha * B)). assert (0 < alpha * B) by (apply Rmult_lt_0_compat; lra).
    assert (0 < q) by (apply Rdiv_lt_0_compat; lra). pose proof K_large as large.
    destruct (natural_above (INR (S (S J0)) + 2 * K * q ^ 2)) as [N more]. exists N.
    assert (0 <= 2 * K * q ^ 2) by (apply Rmult_le_pos; [lra | apply pow2_ge_0]).
    pose proof (pos_INR (S (S J0))).
    assert (root : 0 < sqrt (INR (S (S J0 + N) * k))) by (apply sqrt_lt_R0, lt_0_INR; simpl; lia).
    assert (q * sqrt (INR (S (S J0 + N) * k)) <= INR N) as long.
    { apply Rsqr_incr_0; [| apply Rmult_le_pos; lra | lra]. unfold Rsqr.
      replace (q * sqrt (INR (S (S J0 + N) * k)) * (q * sqrt (INR (S (S J0 + N) * k))))
        with (q ^ 2 * (sqrt (INR (S (S J0 + N) * k)) * sqrt (INR (S (S J0 + N) * k)))) by ring.
      rewrite sqrt_sqrt by apply pos_INR. replace (S (S J0 + N)) with (S (S J0) + N)%nat by lia.
      rewrite mult_INR, plus_INR. fold K. set (J := INR (S (S J0))) in *. set (n := INR N) in *.
      assert (0 <= q ^ 2 * K) by (apply Rmult_le_pos; [apply pow2_ge_0 | lra]).
      apply Rle_trans with (q ^ 2 * K * (2 * n)).
      { rewrite (Rmult_comm (J + n)), <- Rmult_assoc. apply Rmult_le_compat_l; lra. }
      replace (q ^ 2 * K * (2 * n)) with (2 * K * q ^ 2 * n) by ring. apply Rmult_le_compat_r; lra. }
    unfold last. apply Rmult_le_reg_r with (sqrt (INR (S (S J0 + N) * k))); [exact root |].
    replace (INR N * (alpha / sqrt (INR (S (S J0 + N) * k)) * (B / 2)) * sqrt (INR (S (S J0 + N) * k)))
      with (alpha * B / 2 * INR N) by (field; lra).
    apply Rmult_le_compat_l with (r := alpha * B / 2) in long; [| lra].
    replace (alpha * B / 2 * (q * sqrt (INR (S (S J0 + N) * k)))) with (2 * sqrt (INR (S (S J0 + N) * k))) in long
      by (unfold q; field; split; lra). exact long. }
  exists (S J0 + N)%nat. intros j more. replace j with (S J0 + N + (j - (S J0 + N)))%nat by lia.
  induction (j - (S J0 + N))%nat as [| i IH].
  - rewrite Nat.add_0_r. specialize (sum N N ltac:(lia)). pose proof (z_range (S J0 * k)).
    pose proof (z_range ((S J0 + N) * k)). revert sum. unfold Rmin. destruct Rle_dec; lra.
  - replace (S J0 + N + S i)%nat with (S (S J0 + N + i)) by lia.
    pose proof (late_period (S J0 + N + i) ltac:(lia) (late (S J0 + N + i)%nat ltac:(lia))) as once. rewrite IH in once.
    pose proof (last_pos (S J0 + N + i)). pose proof (z_range (S (S J0 + N + i) * k)).
    assert (0 <= last (S J0 + N + i) * (B / 2)) by (apply Rmult_le_pos; lra).
    revert once. unfold Rmin. destruct Rle_dec; lra.
Qed.
End Limit.
End Run.

Theorem adam_rare : adam_rare_statement.
Proof.
  intros k m lr beta2 eps x0 N [[[[[period m_below] lr_pos] b_range] eps_pos] forgotten].
  rewrite <- pow_powerRZ, mult_IZR, <- INR_IZR_INZ in forgotten.
  pose proof (periods k m beta2 eps x0 ltac:(lia) ltac:(lia) b_range eps_pos forgotten lr N lr_pos) as drift.
  unfold adam_rare_bound. rewrite minus_IZR, <- !INR_IZR_INZ.
  replace ((INR k - INR m) / (sqrt 2 + eps / INR k)) with ((INR k - INR m) * (1 / (sqrt 2 + eps / INR k)))
    by (unfold Rdiv; ring). exact drift.
Qed.

Theorem adam_rare_limit : adam_rare_limit_statement.
Proof.
  intros k m alpha beta2 eps x0 x [[[[[period m_below] _] b_range] eps_pos] forgotten] alpha_pos start rises.
  rewrite <- pow_powerRZ, mult_IZR, <- INR_IZR_INZ in forgotten.
  apply (reaches_top k m beta2 eps x0); try assumption; try lia.
  unfold adam_rare_bound in rises. rewrite minus_IZR, <- !INR_IZR_INZ in rises.
  replace ((INR k - INR m) * (1 / (sqrt 2 + eps / INR k))) with ((INR k - INR m) / (sqrt 2 + eps / INR k))
    by (unfold Rdiv; ring). lra.
Qed.
