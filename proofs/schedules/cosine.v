(* Facts of cosine annealing over many steps. *)
Require Import Reals Lra Lia ZArith.
Require Import Spec.schedules.cosine Goldstep.schedules.sums.
Open Scope R_scope.

(* The specification's own hyperparameters meet what is asked for below. *)
Example defaults : cosine_domain (1 / 10) 0 100 /\ 0 < 1 / 10.
Proof. unfold cosine_domain. lra. Qed.

(* It starts at lr. *)
Theorem cosine_first (lr lr_min period : R) :
  cosine_domain lr lr_min period -> cosine_lr 0 lr lr_min period = lr.
Proof.
  intros _. unfold cosine_lr, cosine_at. replace (PI * (IZR 0 / period)) with 0 by (unfold Rdiv; ring).
  rewrite cos_0. field.
Qed.

(* It ends at lr_min. *)
Theorem cosine_last (lr lr_min : R) (P : Z) :
  cosine_domain lr lr_min (IZR P) -> cosine_lr P lr lr_min (IZR P) = lr_min.
Proof.
  intros [_ HP]. unfold cosine_lr, cosine_at. replace (PI * (IZR P / IZR P)) with PI by (field; lra).
  rewrite cos_PI. field.
Qed.

(* It stays between lr_min and lr, past the period too. *)
Theorem cosine_range (lr lr_min period : R) (k : Z) :
  cosine_domain lr lr_min period -> lr_min <= cosine_lr k lr lr_min period <= lr.
Proof.
  intros [[_ less] _]. unfold cosine_lr, cosine_at. generalize (COS_bound (PI * (IZR k / period))).
  set (c := cos _). intros bound. nra.
Qed.

(* It falls strictly until the period ends. *)
Theorem cosine_decreasing (lr lr_min period : R) (k m : Z) :
  cosine_domain lr lr_min period -> lr_min < lr -> (0 <= k < m)%Z -> IZR m <= period ->
  cosine_lr m lr lr_min period < cosine_lr k lr lr_min period.
Proof.
  intros [_ Hperiod] less [Hk Hm] Hend. unfold cosine_lr, cosine_at. apply IZR_le in Hk. apply IZR_lt in Hm.
  assert (pi := PI_RGT_0). assert (inverse : 0 < / period) by (apply Rinv_0_lt_compat; lra).
  assert (low : 0 <= IZR k / period) by (apply Rmult_le_pos; lra).
  assert (order : IZR k / period < IZR m / period) by (apply Rmult_lt_compat_r; assumption).
  assert (high : IZR m / period <= 1).
  { apply Rmult_le_reg_r with period; [lra |]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra. }
  assert (cos (PI * (IZR m / period)) < cos (PI * (IZR k / period))).
  { apply cos_decreasing_1; nra. }
  nra.
Qed.

(* The rates as far from the start as from the end add up to lr + lr_min. *)
Theorem cosine_symmetric (lr lr_min : R) (P k : Z) :
  cosine_domain lr lr_min (IZR P) ->
  cosine_lr k lr lr_min (IZR P) + cosine_lr (P - k) lr lr_min (IZR P) = lr + lr_min.
Proof.
  intros [_ HP]. unfold cosine_lr, cosine_at. rewrite minus_IZR.
  replace (PI * ((IZR P - IZR k) / IZR P)) with (- (PI * (IZR k / IZR P)) + PI) by (field; lra).
  rewrite neg_cos, cos_neg. field.
Qed.

(* The steps 0, …, period add up to (period + 1) (lr + lr_min) / 2. *)
Theorem cosine_sum (lr lr_min : R) (P : nat) :
  cosine_domain lr lr_min (INR P) ->
  sum (fun k => cosine_lr k lr lr_min (INR P)) (P + 1) = (INR P + 1) * (lr + lr_min) / 2.
Proof.
  rewrite INR_IZR_INZ. intros domain. set (s := fun k => cosine_lr k lr lr_min (IZR (Z.of_nat P))).
  enough (twice : sum s (P + 1) + sum s (P + 1) = INR (P + 1) * (lr + lr_min)).
  { rewrite <- INR_IZR_INZ. rewrite plus_INR in twice. cbn in twice. lra. }
  rewrite <- (sum_reversed s) at 2. rewrite <- sum_plus, <- sum_const. apply sum_ext. intros k _. unfold s.
  replace (Z.of_nat (P + 1) - 1 - k)%Z with (Z.of_nat P - k)%Z by lia. apply cosine_symmetric, domain.
Qed.

(* PyTorch's CosineAnnealingLR.get_lr: each rate from the last one; after lr_min by a formula of its own. *)
Fixpoint CosineAnnealingLR (lr lr_min : R) (period : Z) (k : nat) : R :=
  match k with
  | O => lr
  | S before =>
      let last := CosineAnnealingLR lr lr_min period before in
      if ((Z.of_nat k - 1 - period) mod (2 * period) =? 0)%Z
      then last + (lr - lr_min) * (1 - cos (PI / IZR period)) / 2
      else (1 + cos (PI * IZR (Z.of_nat k) / IZR period)) / (1 + cos (PI * IZR (Z.of_nat k - 1) / IZR period)) *
           (last - lr_min) + lr_min
  end.

Lemma cos_turns (x : R) (n : Z) : (0 <= n)%Z -> cos (x + 2 * IZR n * PI) = cos x.
Proof. intros Hn. rewrite <- (Z2Nat.id n Hn), <- INR_IZR_INZ. apply cos_period. Qed.

(* The cosine is -1 at odd multiples of pi only. *)
Lemma lowest (j P : Z) : (1 <= P)%Z -> cos (PI * (IZR j / IZR P)) = - 1 -> ((j - P) mod (2 * P) = 0)%Z.
Proof.
  intros HP low. assert (positive : 1 <= IZR P) by (apply (IZR_le 1), HP).
  set (half := PI * (IZR j / IZR P) / 2).
  replace (PI * (IZR j / IZR P)) with (2 * half) in low by (unfold half; field; lra).
  rewrite cos_2a_cos in low.
  assert (zero : cos half = 0) by (apply Rsqr_0_uniq; unfold Rsqr; lra).
  destruct (cos_eq_0_0 half zero) as [n Hn].
  assert (whole : IZR j = (2 * IZR n + 1) * IZR P).
  { apply Rmult_eq_reg_l with (PI / (2 * IZR P)).
    - replace (PI / (2 * IZR P) * IZR j) with half by (unfold half; field; lra). rewrite Hn. field. lra.
    - generalize PI_RGT_0. intros pi. apply Rgt_not_eq, Rdiv_lt_0_compat; lra. }
  rewrite <- mult_IZR, <- plus_IZR, <- mult_IZR in whole. apply eq_IZR in whole.
  replace (j - P)%Z with (n * (2 * P))%Z by lia. apply Z.mod_mul. lia.
Qed.

(* It is the same as the closed form for whole periods, at every step. *)
Theorem cosine_recursive (lr lr_min : R) (period : Z) (k : nat) :
  cosine_domain lr lr_min (IZR period) ->
  CosineAnnealingLR lr lr_min period k = cosine_lr (Z.of_nat k) lr lr_min (IZR period).
Proof.
  intros domain. assert (HP : (1 <= period)%Z) by (apply le_IZR, domain).
  assert (positive : 1 <= IZR period) by apply domain.
  induction k as [| k IH].
  - symmetry. apply (cosine_first lr lr_min (IZR period) domain).
  - cbn [CosineAnnealingLR]. rewrite IH. unfold cosine_lr, cosine_at.
    rewrite Nat2Z.inj_succ. unfold Z.succ. replace (Z.of_nat k + 1 - 1)%Z with (Z.of_nat k) by lia.
    set (j := Z.of_nat k) in *.
    destruct (Z.eqb_spec ((j - period) mod (2 * period)) 0) as [lowest_rate | other].
    + apply Z.mod_divide in lowest_rate; [| lia]. destruct lowest_rate as [n Hn].
      assert (whole : j = (period + 2 * n * period)%Z) by lia.
      assert (turns : (0 <= n)%Z) by (unfold j in whole; nia).
      rewrite plus_IZR. replace (IZR j) with (IZR period + 2 * IZR n * IZR period)
        by (rewrite whole, plus_IZR, 2!mult_IZR; reflexivity).
      replace (PI * ((IZR period + 2 * IZR n * IZR period) / IZR period)) with (PI + 2 * IZR n * PI) by (field; lra).
      replace (PI * ((IZR period + 2 * IZR n * IZR period + 1) / IZR period))
        with (PI / IZR period + PI + 2 * IZR n * PI) by (field; lra).
      rewrite 2!cos_turns, neg_cos, cos_PI by exact turns. field.
    + assert (1 + cos (PI * (IZR j / IZR period)) <> 0).
      { intros zero. apply other, lowest; [exact HP | lra]. }
      replace (PI * IZR j / IZR period) with (PI * (IZR j / IZR period)) by (field; lra).
      replace (PI * IZR (j + 1) / IZR period) with (PI * (IZR (j + 1) / IZR period)) by (field; lra).
      field. assumption.
Qed.
