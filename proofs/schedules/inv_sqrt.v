(* Facts of the inverse square root schedule over many steps. *)
Require Import Reals Lra Lia ZArith.
Require Import Spec.schedules.inv_sqrt Goldstep.schedules.sums.
Open Scope R_scope.

(* The specification's own hyperparameters meet what is asked for below. *)
Example defaults : inv_sqrt_domain (1 / 10) /\ 0 < 1 / 10.
Proof. unfold inv_sqrt_domain. lra. Qed.

Lemma roots (n : nat) :
  let a := sqrt (INR n) in let b := sqrt (INR n + 1) in a * a = INR n /\ b * b = INR n + 1 /\ 0 <= a /\ 1 <= b /\ a < b.
Proof.
  assert (0 <= INR n) by apply pos_INR. cbv zeta. repeat split.
  - apply sqrt_sqrt. lra.
  - apply sqrt_sqrt. lra.
  - apply sqrt_pos.
  - rewrite <- sqrt_1 at 1. apply sqrt_le_1; lra.
  - apply sqrt_lt_1; lra.
Qed.

Lemma at_step (n : nat) (lr : R) : inv_sqrt_lr (Z.of_nat n) lr = lr / sqrt (INR n + 1).
Proof. unfold inv_sqrt_lr. rewrite plus_IZR, <- INR_IZR_INZ. reflexivity. Qed.

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
  intros Hlr. unfold inv_sqrt_domain in Hlr. induction T as [| T IH].
  - cbn. rewrite Rplus_0_l, sqrt_1. lra.
  - cbn [sum]. rewrite at_step.
    destruct (roots T) as (_ & Hb & _ & Hb1 & _). destruct (roots (S T)) as (Ha & Hc & _ & _ & less).
    rewrite S_INR in *. set (b := sqrt (INR T + 1)) in *. set (c := sqrt (INR T + 1 + 1)) in *.
    enough (lr * (2 * (c - b)) <= lr / b) by lra.
    apply Rmult_le_compat_l; [exact Hlr |]. apply Rmult_le_reg_r with b; [lra |].
    rewrite Rinv_l by lra. nra.
Qed.

(* They add up to at most lr (2 sqrt T - 1). *)
Theorem inv_sqrt_sum_high (lr : R) (T : nat) :
  inv_sqrt_domain lr -> (1 <= T)%nat -> sum (fun k => inv_sqrt_lr k lr) T <= lr * (2 * sqrt (INR T) - 1).
Proof.
  intros Hlr HT. unfold inv_sqrt_domain in Hlr. induction HT as [| T HT IH].
  - cbn [sum]. rewrite at_step. cbn [INR]. rewrite !Rplus_0_l, sqrt_1. lra.
  - cbn [sum]. rewrite at_step, S_INR. destruct (roots T) as (Ha & Hb & Ha0 & Hb1 & less).
    set (a := sqrt (INR T)) in *. set (b := sqrt (INR T + 1)) in *.
    enough (lr / b <= lr * (2 * (b - a))) by lra.
    apply Rmult_le_compat_l; [exact Hlr |]. apply Rmult_le_reg_r with b; [lra |].
    rewrite Rinv_l by lra. nra.
Qed.

(* So they add up to at least 4/5 lr sqrt T, which is what the handbook's rate for SGD takes. *)
Theorem inv_sqrt_sum_order (lr : R) (T : nat) :
  inv_sqrt_domain lr -> (1 <= T)%nat -> 4 / 5 * lr * sqrt (INR T) <= sum (fun k => inv_sqrt_lr k lr) T.
Proof.
  intros Hlr HT. apply Rle_trans with (lr * (2 * sqrt (INR T + 1) - 2)); [| apply inv_sqrt_sum_low, Hlr].
  unfold inv_sqrt_domain in Hlr. destruct (roots T) as (Ha & Hb & Ha0 & Hb1 & less).
  assert (one : 1 <= sqrt (INR T)) by (rewrite <- sqrt_1 at 1; apply sqrt_le_1_alt, (le_INR 1), HT).
  set (a := sqrt (INR T)) in *. set (b := sqrt (INR T + 1)) in *.
  replace (4 / 5 * lr * a) with (lr * (4 / 5 * a)) by ring. apply Rmult_le_compat_l; [exact Hlr |].
  assert (a <= a * a) by nra.
  enough (1 + 2 / 5 * a <= b) by lra. apply Rsqr_incr_0_var; [unfold Rsqr; nra | lra].
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
  induction HT as [| T HT IH].
  - cbn. rewrite ln_1. lra.
  - cbn [sum]. rewrite plus_IZR, <- INR_IZR_INZ, S_INR. apply (le_INR 1) in HT. cbn in HT.
    enough (1 / (INR T + 1) <= ln (INR T + 1) - ln (INR T)) by lra.
    set (y := INR T / (INR T + 1)). assert (Hy : 0 < y) by (apply Rdiv_lt_0_compat; lra).
    assert (low : ln y <= y - 1) by (generalize (exp_ineq1_le (ln y)); rewrite exp_ln by exact Hy; lra).
    assert (split : ln (INR T) = ln y + ln (INR T + 1)).
    { rewrite <- ln_mult by lra. f_equal. unfold y. field. lra. }
    assert (y - 1 = - (1 / (INR T + 1))) by (unfold y; field; lra). lra.
Qed.
