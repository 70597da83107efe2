(* Gradient descent on the functions that attain its bounds. *)
From Coq Require Import Reals Lra Psatz FunctionalExtensionality.
From Goldstep.theorems.base Require Import space functions gradient_descent line.
Local Open Scope R_scope.

(* On huber(L, w) from r, as long as it has not passed w: steps of gamma L w each. *)
Lemma huber_descent L w gamma r T : 0 <= L /\ 0 <= w -> 0 <= gamma -> w <= r - INR T * (gamma * (L * w)) ->
  descent (line_gradient (huber' L w)) gamma (at_line r) T = at_line (r - INR T * (gamma * (L * w))).
Proof.
  intros range nonneg. assert (0 <= gamma * (L * w)) by (repeat apply Rmult_le_pos; lra).
  induction T as [| T IH]; intros far.
  - simpl. f_equal. ring.
  - rewrite S_INR in *. cbn [descent]. rewrite IH by lra.
    unfold line_gradient. rewrite coordinate_at, huber'_far by lra.
    apply functional_extensionality. intros i. unfold at_line, sub. simpl. ring.
Qed.

(* On (a/2) ||x||^2: x_T = (1 - gamma a)^T x_0. *)
Lemma parabola_descent {X : space} a gamma (x0 : X) T :
  descent (fun x => a *: (x -: zero)) gamma x0 T = (1 - gamma * a) ^ T *: x0.
Proof.
  induction T as [| T IH]; simpl; [same_point |]. rewrite IH. set (q := (1 - gamma * a) ^ T). same_point.
Qed.
