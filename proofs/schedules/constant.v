(* Facts of the constant schedule over many steps. *)
Require Import Reals Lra ZArith.
Require Import Spec.schedules.constant Goldstep.schedules.sums.
Open Scope R_scope.

(* The specification's own hyperparameters meet what is asked for below. *)
Example defaults : constant_domain (1 / 10).
Proof. unfold constant_domain. lra. Qed.

(* The steps of T updates add up to T lr. *)
Theorem constant_sum (lr : R) (T : nat) :
  constant_domain lr -> sum (fun k => constant_lr k lr) T = INR T * lr.
Proof. intros _. exact (sum_const lr T). Qed.

(* Their squares add up to T lr^2. *)
Theorem constant_sum_squares (lr : R) (T : nat) :
  constant_domain lr -> sum (fun k => constant_lr k lr ^ 2) T = INR T * lr ^ 2.
Proof. intros _. exact (sum_const (lr ^ 2) T). Qed.
