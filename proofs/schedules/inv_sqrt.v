(* Facts of the inverse square root schedule over many steps. *)
Require Import Reals Lra Lia ZArith.
Require Import Spec.schedules.inv_sqrt Goldstep.theorems.base.sums Goldstep.schedules.sums.
Open Scope R_scope.

(* The specification's own hyperparameters meet what is asked for below. *)
Example defaults : inv_sqrt_domain (1 / 10) /\ 0 < 1 / 10.
Proof. unfold inv_sqrt_domain. lra. Qed.

(* In the terms of sums.v: lr times 1 + 1/sqrt 2 + … + 1/sqrt T. *)
Lemma in_series (lr : R) (T : nat) : sum (fun k => inv_sqrt_lr k lr) T = lr * sum_inv_sqrt T.
Proof.
  unfold sum, sum_inv_sqrt. rewrite <- sum_below_scale. apply sum_below_ext. intros t _.
  unfold inv_sqrt_lr. rewrite plus_IZR, <- INR_IZR_INZ, S_INR. field.
  apply Rgt_not_eq, sqrt_lt_R0. pose proof (pos_INR t). lra.
Qed.

(* It falls strictly. *)
Theorem inv_sqrt_decreasing (lr : R) (k m : Z) :
  inv_sqrt_domain lr -> 0 < lr -> (0 <= k < m)%Z -> inv_sqrt_lr m lr < inv_sqrt_lr k lr.
Proof.
  intros _ Hlr [Hk Hm]. unfold inv_sqrt_lr.
  assert (positive : 0 < IZR (k + 1)) by (apply (IZR_lt 0); lia).
  apply Rmult_lt_compat_l; [exact Hlr |]. apply Rinv_lt_contravar.
  - apply Rmult_lt_0_compat; apply sqrt_lt_R0; [exact positive | apply (IZR_lt 0); lia].
  - apply sqrt_lt_1; [lra | apply (IZR_le 0); lia | apply IZR_lt; lia].
Qed.

(* T steps add up to at least lr (2 sqrt (T + 1) - 2). *)
Theorem inv_sqrt_sum_low (lr : R) (T : nat) :
  inv_sqrt_domain lr -> lr * (2 * sqrt (INR T + 1) - 2) <= sum (fun k => inv_sqrt_lr k lr) T.
Proof.
  intros Hlr. rewrite in_series. apply Rmult_le_compat_l; [exact Hlr |].
  pose proof (sum_inv_sqrt_lower T). lra.
Qed.

(* They add up to at most lr (2 sqrt T - 1). *)
Theorem inv_sqrt_sum_high (lr : R) (T : nat) :
  inv_sqrt_domain lr -> (1 <= T)%nat -> sum (fun k => inv_sqrt_lr k lr) T <= lr * (2 * sqrt (INR T) - 1).
Proof.
  intros Hlr HT. rewrite in_series. apply Rmult_le_compat_l; [exact Hlr |]. apply sum_inv_sqrt_upper, HT.
Qed.

(* They add up to at least 4/5 lr sqrt T, even to lr sqrt T, which is what the handbook's rate for SGD takes. *)
Theorem inv_sqrt_sum_order (lr : R) (T : nat) :
  inv_sqrt_domain lr -> (1 <= T)%nat -> 4 / 5 * lr * sqrt (INR T) <= sum (fun k => inv_sqrt_lr k lr) T.
Proof.
  intros Hlr HT. rewrite in_series. pose proof (sum_inv_sqrt_sqrt T HT). pose proof (sqrt_pos (INR T)).
  replace (4 / 5 * lr * sqrt (INR T)) with (lr * (4 / 5 * sqrt (INR T))) by ring.
  apply Rmult_le_compat_l; [exact Hlr |]. lra.
Qed.

(* The squares of T steps add up to lr^2 times the harmonic number 1 + 1/2 + … + 1/T. *)
Theorem inv_sqrt_sum_squares (lr : R) (T : nat) :
  inv_sqrt_domain lr -> sum (fun k => inv_sqrt_lr k lr ^ 2) T = lr ^ 2 * sum (fun k => 1 / IZR (k + 1)) T.
Proof.
  intros _. rewrite <- sum_scale. apply sum_ext. intros k Hk. unfold inv_sqrt_lr.
  assert (positive : 0 < IZR (k + 1)) by (apply (IZR_lt 0); lia).
  assert (root := sqrt_lt_R0 _ positive). assert (square := sqrt_sqrt (IZR (k + 1)) ltac:(lra)).
  rewrite <- square at 2. field. lra.
Qed.

(* That is at most lr^2 (1 + ln T). *)
Theorem inv_sqrt_sum_squares_high (lr : R) (T : nat) :
  inv_sqrt_domain lr -> (1 <= T)%nat -> sum (fun k => inv_sqrt_lr k lr ^ 2) T <= lr ^ 2 * (1 + ln (INR T)).
Proof.
  intros Hlr HT. rewrite inv_sqrt_sum_squares by exact Hlr. apply Rmult_le_compat_l; [apply pow2_ge_0 |].
  apply Rle_trans with (harmonic T); [| apply harmonic_upper, HT]. right. apply sum_below_ext. intros t _.
  rewrite plus_IZR, <- INR_IZR_INZ, S_INR. reflexivity.
Qed.
