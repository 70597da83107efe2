(* Bounds on square roots by squares. *)
From Coq Require Import Reals.
Local Open Scope R_scope.

Lemma sqrt_below x a : 0 <= a -> x <= a * a -> sqrt x <= a.
Proof. intros pos less. rewrite <- (sqrt_square a pos). apply sqrt_le_1_alt, less. Qed.

Lemma sqrt_above x a : 0 <= a -> a * a <= x -> a <= sqrt x.
Proof. intros pos less. rewrite <- (sqrt_square a pos). apply sqrt_le_1_alt, less. Qed.
