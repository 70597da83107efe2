(* The strongly convex smooth functions with mu = L included, and the parabolas among them. *)
From Coq Require Import Reals Lra Psatz.
From Goldstep.theorems.base Require Import space functions line.
Local Open Scope R_scope.

Section Strong.
Context {X : space}.
Implicit Types (f : X -> R) (grad : X -> X) (x y : X).

(* (L + mu) <e, d> >= mu L ||d||^2 + ||e||^2, where d = x - y and e = grad f(x) - grad f(y). *)
Lemma strong_cocoercive mu L f grad : 0 <= mu <= L -> strongly_convex mu f -> smooth L f grad ->
  forall x y, mu * L * norm2 (x -: y) + norm2 (grad x -: grad y) <= (L + mu) * inner (grad x -: grad y) (x -: y).
Proof.
  intros range cvx lsmooth x y. destruct (Req_dec mu L) as [same | differ].
  - pose proof (strongly_convex_monotone mu f grad cvx (proj1 lsmooth) x y) as monotone.
    pose proof (proj2 lsmooth x y) as close. apply norm_le_square in close. rewrite Rpow_mult_distr in close.
    replace (norm (x -: y) ^ 2) with (norm2 (x -: y)) in close by (rewrite <- norm_square; ring).
    subst mu. apply Rmult_le_compat_l with (r := 2 * L) in monotone; lra.
  - apply (lem_sc_interp_inner mu L f grad); [lra | assumption | assumption].
Qed.

(* (a/2) ||x||^2 with mu <= a <= L is in the class. *)
Lemma parabola_class mu L a : 0 <= mu <= a -> a <= L ->
  strongly_convex mu (fun x : X => a / 2 * norm2 (x -: zero))
  /\ smooth L (fun x : X => a / 2 * norm2 (x -: zero)) (fun x => a *: (x -: zero))
  /\ minimiser (fun x : X => a / 2 * norm2 (x -: zero)) zero.
Proof.
  intros above below. split; [| split].
  - apply (strongly_convex_weaken mu a); [lra | apply parabola_strongly_convex].
  - apply (smooth_weaken a L); [lra | apply parabola_smooth; lra].
  - apply parabola_minimiser. lra.
Qed.
End Strong.
