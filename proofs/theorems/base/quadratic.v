(* Quadratics (1/2) <A (x - c), x - c> with a symmetric A and its eigenvalues in [mu, L]. *)
From Coq Require Import Reals Lra Psatz FunctionalExtensionality.
From Goldstep.theorems.base Require Import space functions line.
Local Open Scope R_scope.

(* A linear and symmetric, with mu ||x||^2 <= <A x, x> <= L ||x||^2: in R^n, a symmetric matrix whose eigenvalues are
   all in [mu, L]. *)
Record symmetric_within {X : space} (mu L : R) (A : X -> X) : Prop := {
  linear_add : forall x y, A (x +: y) = A x +: A y;
  linear_scale : forall a x, A (a *: x) = a *: A x;
  symmetric : forall x y, inner (A x) y = inner x (A y);
  above : forall x, mu * norm2 x <= inner (A x) x;
  below : forall x, inner (A x) x <= L * norm2 x }.

Arguments linear_add {X mu L A}.
Arguments linear_scale {X mu L A}.
Arguments symmetric {X mu L A}.
Arguments above {X mu L A}.
Arguments below {X mu L A}.

Definition quadratic {X : space} (A : X -> X) (c x : X) : R := inner (A (x -: c)) (x -: c) / 2.
Definition quadratic_gradient {X : space} (A : X -> X) (c x : X) : X := A (x -: c).

Section Operator.
Context {X : space}.
Implicit Types (A : X -> X) (x y c : X).

Lemma linear_sub mu L A : symmetric_within mu L A -> forall x y, A (x -: y) = A x -: A y.
Proof. intros sym x y. unfold sub. rewrite (linear_add sym), (linear_scale sym). reflexivity. Qed.

Lemma linear_zero mu L A : symmetric_within mu L A -> A zero = zero.
Proof.
  intros sym. replace (zero : X) with (0 *: (zero : X)) at 1 by same_point. rewrite (linear_scale sym). same_point.
Qed.

(* ||A x|| <= s ||x|| where |<A x, x>| <= s ||x||^2. *)
Lemma symmetric_norm s A : 0 <= s -> symmetric_within (- s) s A -> forall x, norm2 (A x) <= s ^ 2 * norm2 x.
Proof.
  intros nonneg sym x.
  assert (both : forall y, 4 * inner (A x) y <= 2 * s * (norm2 x + norm2 y)).
  { intros y. pose proof (below sym (x +: y)) as up. pose proof (above sym (x -: y)) as low.
    rewrite (linear_add sym) in up. rewrite (linear_sub _ _ _ sym) in low.
    pose proof (symmetric sym x y). pose proof (inner_sym (A y) x).
    set (p := A x) in *. set (q := A y) in *. clearbody p q. clear sym. expand. lra. }
  destruct (Req_dec s 0) as [null | some].
  - specialize (both (A x)). pose proof (norm2_pos (A x)). fold (norm2 (A x)) in both. subst s. lra.
  - specialize (both (1 / s *: A x)). rewrite inner_scale_r, norm2_scale in both. fold (norm2 (A x)) in both.
    set (p := norm2 (A x)) in *. set (r := norm2 x) in *.
    apply Rmult_le_compat_l with (r := s / 2) in both; [| lra].
    replace (s / 2 * (4 * (1 / s * p))) with (2 * p) in both by (field; exact some).
    replace (s / 2 * (2 * s * (r + (1 / s) ^ 2 * p))) with (s ^ 2 * r + p) in both by (field; exact some). lra.
Qed.

(* a A + b has its eigenvalues between a mu + b and a L + b, for a of either sign. *)
Lemma symmetric_shift mu L A a b : symmetric_within mu L A ->
  symmetric_within (Rmin (a * mu) (a * L) + b) (Rmax (a * mu) (a * L) + b) (fun x => a *: A x +: b *: x).
Proof.
  intros sym. split.
  - intros x y. rewrite (linear_add sym). same_point.
  - intros t x. rewrite (linear_scale sym). same_point.
  - intros x y. rewrite inner_add_l, inner_add_r, !inner_scale_l, !inner_scale_r, (symmetric sym). reflexivity.
  - intros x. rewrite inner_add_l, !inner_scale_l. fold (norm2 x).
    pose proof (above sym x). pose proof (below sym x). pose proof (norm2_pos x).
    assert (Rmin (a * mu) (a * L) * norm2 x <= a * inner (A x) x); [| lra].
    destruct (Rle_lt_dec 0 a).
    + apply Rle_trans with (a * mu * norm2 x); [apply Rmult_le_compat_r; [assumption | apply Rmin_l] | nra].
    + apply Rle_trans with (a * L * norm2 x); [apply Rmult_le_compat_r; [assumption | apply Rmin_r] | nra].
  - intros x. rewrite inner_add_l, !inner_scale_l. fold (norm2 x).
    pose proof (above sym x). pose proof (below sym x). pose proof (norm2_pos x).
    assert (a * inner (A x) x <= Rmax (a * mu) (a * L) * norm2 x); [| lra].
    destruct (Rle_lt_dec 0 a).
    + apply Rle_trans with (a * L * norm2 x); [nra | apply Rmult_le_compat_r; [assumption | apply Rmax_r]].
    + apply Rle_trans with (a * mu * norm2 x); [nra | apply Rmult_le_compat_r; [assumption | apply Rmax_l]].
Qed.

(* a times the identity. *)
Lemma symmetric_identity mu L a : mu <= a <= L -> symmetric_within mu L (fun x : X => a *: x).
Proof.
  intros range. split.
  - intros x y. same_point.
  - intros t x. same_point.
  - intros x y. rewrite inner_scale_l, inner_scale_r. reflexivity.
  - intros x. rewrite inner_scale_l. apply Rmult_le_compat_r; [apply norm2_pos | lra].
  - intros x. rewrite inner_scale_l. apply Rmult_le_compat_r; [apply norm2_pos | lra].
Qed.

(* The quadratic is in the classes. *)
Lemma quadratic_is_gradient mu L A c : symmetric_within mu L A ->
  is_gradient (quadratic A c) (quadratic_gradient A c).
Proof.
  intros sym x d. unfold quadratic_gradient. set (y := x -: c). set (slope := inner (A y) d).
  pose proof (derivable_pt_lim_plus _ _ _ _ _ (square_derivative (inner (A d) d / 2) 0) (linear_derivative slope 0))
    as curve.
  pose proof (derivable_pt_lim_plus _ _ _ _ _ curve (derivable_pt_lim_const (inner (A y) y / 2) 0)) as whole.
  replace (2 * 0 * (inner (A d) d / 2) + slope + 0) with slope in whole by ring.
  replace (fun t => quadratic A c (x +: t *: d))
    with (plus_fct (plus_fct (fun t => t ^ 2 * (inner (A d) d / 2)) (fun t => t * slope))
                   (fct_cte (inner (A y) y / 2))); [exact whole |].
  apply functional_extensionality. intros t. unfold plus_fct, fct_cte, quadratic.
  replace (x +: t *: d -: c) with (y +: t *: d) by (unfold y; same_point).
  rewrite (linear_add sym), (linear_scale sym).
  pose proof (symmetric sym y d) as one. pose proof (inner_sym y (A d)) as other. fold slope in one.
  rewrite !inner_add_l, !inner_add_r, !inner_scale_l, !inner_scale_r. fold slope.
  replace (inner (A d) y) with slope by lra. field.
Qed.

Lemma quadratic_strongly_convex mu L A c : symmetric_within mu L A -> strongly_convex mu (quadratic A c).
Proof.
  intros sym. apply (monotone_strongly_convex mu _ (quadratic_gradient A c)).
  - apply (quadratic_is_gradient mu L), sym.
  - intros x y. unfold quadratic_gradient. rewrite <- (linear_sub _ _ _ sym).
    replace (x -: c -: (y -: c)) with (x -: y) by same_point. apply (above sym).
Qed.

Lemma quadratic_smooth mu L A c : 0 <= mu -> 0 <= L -> symmetric_within mu L A ->
  smooth L (quadratic A c) (quadratic_gradient A c).
Proof.
  intros nonneg pos sym. split; [apply (quadratic_is_gradient mu L), sym |].
  intros x y. unfold quadratic_gradient. rewrite <- (linear_sub _ _ _ sym).
  replace (x -: c -: (y -: c)) with (x -: y) by same_point.
  apply square_norm_le; [apply Rmult_le_pos; [exact pos | apply norm_pos] |].
  rewrite Rpow_mult_distr. replace (norm (x -: y) ^ 2) with (norm2 (x -: y)) by (rewrite <- norm_square; ring).
  apply symmetric_norm; [exact pos |]. split; try apply sym.
  intros z. pose proof (above sym z). pose proof (norm2_pos z). nra.
Qed.

Lemma quadratic_minimiser mu L A c : 0 <= mu -> symmetric_within mu L A -> minimiser (quadratic A c) c.
Proof.
  intros nonneg sym y. unfold quadratic. pose proof (above sym (y -: c)). pose proof (norm2_pos (y -: c)).
  replace (c -: c) with (zero : X) by same_point. rewrite inner_zero_r. nra.
Qed.
End Operator.
