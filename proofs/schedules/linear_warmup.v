(* Facts of the linear warm-up over many steps. *)
Require Import Reals Lra Lia ZArith.
Require Import Spec.schedules.linear_warmup Goldstep.schedules.sums.
Open Scope R_scope.

(* The specification's own hyperparameters meet what is asked for below. *)
Example defaults : linear_warmup_domain (1 / 10) 0 100 /\ 0 <= 1 / 10.
Proof. unfold linear_warmup_domain. lra. Qed.

Lemma share_within (k warmup_steps : R) : 0 <= k < warmup_steps -> 0 <= k / warmup_steps <= 1.
Proof.
  intros Hk. split.
  - apply Rmult_le_pos; [lra | left; apply Rinv_0_lt_compat; lra].
  - apply Rmult_le_reg_r with warmup_steps; [lra |]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra.
Qed.

(* It is never above lr. *)
Theorem linear_warmup_below (lr start warmup_steps : R) (k : Z) :
  linear_warmup_domain lr start warmup_steps -> start <= lr -> (0 <= k)%Z ->
  linear_warmup_lr k lr start warmup_steps <= lr.
Proof.
  intros _ less Hk. apply IZR_le in Hk. unfold linear_warmup_lr, linear_warmup_rise.
  destruct (Rlt_dec (IZR k) warmup_steps) as [early | late]; [| lra].
  assert (share := share_within (IZR k) warmup_steps ltac:(lra)). nra.
Qed.

(* It never falls. *)
Theorem linear_warmup_rises (lr start warmup_steps : R) (k m : Z) :
  linear_warmup_domain lr start warmup_steps -> start <= lr -> (0 <= k <= m)%Z ->
  linear_warmup_lr k lr start warmup_steps <= linear_warmup_lr m lr start warmup_steps.
Proof.
  intros domain less [Hk Hm].
  destruct (Rlt_dec (IZR m) warmup_steps) as [early | late].
  - apply IZR_le in Hk, Hm. unfold linear_warmup_lr, linear_warmup_rise.
    destruct (Rlt_dec (IZR m) warmup_steps) as [_ |]; [| lra].
    destruct (Rlt_dec (IZR k) warmup_steps) as [_ |]; [| lra].
    apply Rplus_le_compat_l, Rmult_le_compat_l; [lra |].
    apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat |]; lra.
  - replace (linear_warmup_lr m lr start warmup_steps) with lr.
    + apply linear_warmup_below; assumption.
    + unfold linear_warmup_lr. destruct (Rlt_dec (IZR m) warmup_steps); [contradiction | reflexivity].
Qed.

(* The line that rises meets lr where the warm-up ends. *)
Theorem linear_warmup_meets (lr start : R) (W : Z) :
  linear_warmup_domain lr start (IZR W) -> (1 <= W)%Z -> linear_warmup_rise W lr start (IZR W) = lr.
Proof.
  intros _ HW. apply IZR_le in HW. unfold linear_warmup_rise. field. lra.
Qed.

(* The W steps of the warm-up add up to W start + (lr - start) (W - 1) / 2. *)
Theorem linear_warmup_sum (lr start : R) (W : nat) :
  linear_warmup_domain lr start (INR W) -> (1 <= W)%nat ->
  sum (fun k => linear_warmup_lr k lr start (INR W)) W = INR W * start + (lr - start) * (INR W - 1) / 2.
Proof.
  intros _ HW. assert (0 < INR W) by (apply lt_0_INR; lia).
  rewrite (sum_ext _ (fun k => start + (lr - start) / INR W * IZR k)).
  - rewrite sum_plus, sum_const, sum_scale, sum_numbers. field. lra.
  - intros k Hk. unfold linear_warmup_lr, linear_warmup_rise. rewrite INR_IZR_INZ.
    destruct (Rlt_dec (IZR k) (IZR (Z.of_nat W))) as [_ | late]; [| contradict late; apply IZR_lt; lia].
    rewrite <- INR_IZR_INZ. field. lra.
Qed.
