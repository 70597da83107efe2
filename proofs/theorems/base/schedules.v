(* The schedules of spec/schedules/ as steps of the theorems. *)
From Coq Require Import Reals Lia.
From Spec.schedules Require inv_sqrt.
Local Open Scope R_scope.

(* inv_sqrt at t is gamma/sqrt(t+1). *)
Lemma inv_sqrt_step t gamma : inv_sqrt.inv_sqrt_lr (Z.of_nat t) gamma = gamma / sqrt (INR (S t)).
Proof. unfold inv_sqrt.inv_sqrt_lr. rewrite INR_IZR_INZ. do 3 f_equal. lia. Qed.
