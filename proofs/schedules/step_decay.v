(* Facts of the step decay over many steps. *)
Require Import Reals Lra Lia ZArith.
Require Import Spec.schedules.step_decay Goldstep.schedules.sums.
Open Scope R_scope.

(* The specification's own hyperparameters meet what is asked for below. *)
Example defaults : step_decay_domain (1 / 10) (1 / 10) 30 /\ 0 < 1 / 10 /\ 1 / 10 < 1.
Proof. unfold step_decay_domain. lra. Qed.

Lemma floor_bounds (x : R) : IZR (Int_part x) <= x < IZR (Int_part x) + 1.
Proof. generalize (base_Int_part x). lra. Qed.

Lemma floor_is (x : R) (n : Z) : IZR n <= x < IZR n + 1 -> Int_part x = n.
Proof.
  intros Hx. assert (bounds := floor_bounds x).
  assert (Int_part x < n + 1)%Z by (apply lt_IZR; rewrite plus_IZR; lra).
  assert (n < Int_part x + 1)%Z by (apply lt_IZR; rewrite plus_IZR; lra). lia.
Qed.

Lemma floor_monotone (x y : R) : x <= y -> (Int_part x <= Int_part y)%Z.
Proof.
  intros Hxy. assert (Hx := floor_bounds x). assert (Hy := floor_bounds y).
  apply Zlt_succ_le, lt_IZR. rewrite succ_IZR. lra.
Qed.

Lemma floor_quotient (k P : Z) : (1 <= P)%Z -> Int_part (IZR k / IZR P) = (k / P)%Z.
Proof.
  intros HP. apply floor_is.
  assert (positive : 0 < IZR P) by (apply (IZR_lt 0); lia).
  assert (quotient : IZR k / IZR P * IZR P = IZR k) by (field; lra).
  assert (whole := Z.div_mod k P ltac:(lia)). assert (rest := Z.mod_pos_bound k P ltac:(lia)).
  assert (low : IZR (k / P) * IZR P <= IZR k) by (rewrite <- mult_IZR; apply IZR_le; lia).
  assert (high : IZR k < (IZR (k / P) + 1) * IZR P).
  { rewrite <- plus_IZR, <- mult_IZR. apply IZR_lt. lia. }
  split; [apply Rmult_le_reg_r with (IZR P) | apply Rmult_lt_reg_r with (IZR P)]; lra.
Qed.

Lemma after_drops (lr gamma : R) (n : Z) :
  0 < gamma -> step_decay_after (IZR n) lr gamma = lr * powerRZ gamma n.
Proof.
  intros Hgamma. unfold step_decay_after, powerRR. destruct (Req_EM_T gamma 0) as [zero |]; [lra |].
  rewrite powerRZ_Rpower by exact Hgamma. reflexivity.
Qed.

Lemma one_more_drop (gamma : R) (n : Z) : 0 < gamma -> powerRZ gamma (n + 1) = powerRZ gamma n * gamma.
Proof. intros Hgamma. rewrite powerRZ_add, powerRZ_1 by lra. reflexivity. Qed.

(* It never rises. *)
Theorem step_decay_falls (lr gamma period : R) (k m : Z) :
  step_decay_domain lr gamma period -> gamma <= 1 -> (0 <= k <= m)%Z ->
  step_decay_lr m lr gamma period <= step_decay_lr k lr gamma period.
Proof.
  intros [[Hlr Hgamma] Hperiod] most [_ Hm]. unfold step_decay_lr. rewrite 2!after_drops by exact Hgamma.
  apply Rmult_le_compat_l; [exact Hlr |].
  assert (drops : (Int_part (IZR k / period) <= Int_part (IZR m / period))%Z).
  { apply floor_monotone, Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; lra | apply IZR_le, Hm]. }
  rewrite 2!powerRZ_Rpower by exact Hgamma. unfold Rpower.
  assert (ln gamma <= 0).
  { destruct (Rle_lt_or_eq_dec gamma 1 most) as [less | same]; [left; rewrite <- ln_1; apply ln_increasing; lra |].
    rewrite same, ln_1. lra. }
  apply IZR_le in drops.
  assert (order : IZR (Int_part (IZR m / period)) * ln gamma <= IZR (Int_part (IZR k / period)) * ln gamma) by nra.
  destruct order as [less | same]; [left; apply exp_increasing, less | rewrite same; lra].
Qed.

(* PyTorch's StepLR.get_lr: the last rate, times gamma where the step is a multiple of the period. *)
Fixpoint StepLR (lr gamma : R) (period : Z) (k : nat) : R :=
  match k with
  | O => lr
  | S before =>
      if (Z.of_nat k mod period =? 0)%Z then StepLR lr gamma period before * gamma else StepLR lr gamma period before
  end.

(* It is the same for whole periods. *)
Theorem step_decay_recursive (lr gamma : R) (period : Z) (k : nat) :
  step_decay_domain lr gamma (IZR period) ->
  StepLR lr gamma period k = step_decay_lr (Z.of_nat k) lr gamma (IZR period).
Proof.
  intros [[_ Hgamma] Hperiod]. apply le_IZR in Hperiod. unfold step_decay_lr.
  rewrite floor_quotient, after_drops by assumption.
  induction k as [| k IH].
  - cbn [StepLR]. change (Z.of_nat 0) with 0%Z. rewrite Z.div_0_l by lia. cbn. ring.
  - cbn [StepLR]. rewrite IH.
    assert (one := Z.div_mod (Z.of_nat (S k)) period ltac:(lia)).
    assert (Hone := Z.mod_pos_bound (Z.of_nat (S k)) period ltac:(lia)).
    assert (two := Z.div_mod (Z.of_nat k) period ltac:(lia)).
    assert (Htwo := Z.mod_pos_bound (Z.of_nat k) period ltac:(lia)).
    rewrite Nat2Z.inj_succ in *. unfold Z.succ in *.
    destruct (Z.eqb_spec ((Z.of_nat k + 1) mod period) 0) as [multiple | other].
    + replace ((Z.of_nat k + 1) / period)%Z with (Z.of_nat k / period + 1)%Z by nia.
      rewrite one_more_drop by exact Hgamma. ring.
    + replace ((Z.of_nat k + 1) / period)%Z with (Z.of_nat k / period)%Z by nia. reflexivity.
Qed.

(* The rate drops floor ((T - 1) / period) times before step T: at so many of the steps 1, …, T - 1 is it below the last
   one. *)
Theorem step_decay_drops (lr gamma period : R) (T : nat) :
  step_decay_domain lr gamma period -> 0 < lr -> gamma < 1 -> (1 <= T)%nat ->
  sum (fun k => if Rlt_dec (step_decay_lr (k + 1) lr gamma period) (step_decay_lr k lr gamma period) then 1 else 0)
    (T - 1) = IZR (Int_part ((INR T - 1) / period)).
Proof.
  intros [[_ Hgamma] Hperiod] Hlr less HT.
  change (INR T - 1) with (INR T - INR 1). rewrite <- minus_INR by exact HT.
  induction (T - 1)%nat as [| n IH].
  - cbn. rewrite (floor_is (0 / period) 0); [reflexivity |]. unfold Rdiv. rewrite Rmult_0_l. lra.
  - rewrite sum_next, IH. unfold step_decay_lr. rewrite S_INR, plus_IZR, <- INR_IZR_INZ.
    set (drops := Int_part (INR n / period)). assert (bounds := floor_bounds (INR n / period)). fold drops in bounds.
    assert (share : 0 < / period <= 1).
    { split; [apply Rinv_0_lt_compat; lra | rewrite <- Rinv_1; apply Rinv_le_contravar; lra]. }
    assert (next : (INR n + 1) / period = INR n / period + / period) by (field; lra).
    assert (same_or_more :
      Int_part ((INR n + 1) / period) = drops \/ Int_part ((INR n + 1) / period) = (drops + 1)%Z).
    { destruct (Rlt_dec ((INR n + 1) / period) (IZR drops + 1)).
      - left. apply floor_is. lra.
      - right. apply floor_is. rewrite plus_IZR. lra. }
    destruct same_or_more as [same | more].
    + rewrite same. destruct (Rlt_dec _ _) as [wrong | _]; lra.
    + rewrite more, 2!after_drops, one_more_drop, plus_IZR by exact Hgamma.
      destruct (Rlt_dec _ _) as [_ | wrong]; [reflexivity |]. contradict wrong.
      apply Rmult_lt_compat_l; [exact Hlr |]. assert (power := powerRZ_lt gamma drops Hgamma). nra.
Qed.
