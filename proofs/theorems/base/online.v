(* Online learning: regret, projections onto convex sets and boxes, and the sums of adaptive steps. *)
From Coq Require Fin.
From Coq Require Import Reals Lra Psatz Lia.
From Goldstep.theorems.base Require Import space functions sums.
From Goldstep.theorems.base Require Export prox.
Local Open Scope R_scope.

(* The losses f t paid at the points x t, against the same point u at every step. *)
Definition regret {X : space} (f : nat -> X -> R) (x : nat -> X) (u : X) (T : nat) : R :=
  sum_below (fun t => f t (x t) - f t u) T.

(* g t is a subgradient of the loss f t at the point played. *)
Definition subgradients {X : space} (f : nat -> X -> R) (x g : nat -> X) : Prop :=
  forall t, subgradient (f t) (x t) (g t).

(* Linear losses are the worst. *)
Lemma regret_linear {X : space} (f : nat -> X -> R) x g u T : subgradients f x g ->
  regret f x u T <= sum_below (fun t => inner (g t) (x t -: u)) T.
Proof.
  intros sub. apply sum_below_le. intros t _. pose proof (sub t u) as above.
  replace (inner (g t) (x t -: u)) with (- inner (g t) (u -: x t)) by (expand; ring). lra.
Qed.

(* Linear losses have their own coefficients as subgradients. *)
Lemma linear_subgradients {X : space} (x g : nat -> X) : subgradients (fun t y => inner (g t) y) x g.
Proof. intros t y. expand. lra. Qed.

(* No two points of C are further apart than D. *)
Definition diameter {X : space} (C : X -> Prop) (D : R) : Prop := forall x y, C x -> C y -> norm (x -: y) <= D.

Lemma diameter_square {X : space} (C : X -> Prop) D x y : diameter C D -> C x -> C y -> norm2 (x -: y) <= D ^ 2.
Proof. intros wide inx iny. apply norm_le_square, wide; assumption. Qed.

(* <x - P x, u - P x> <= 0 for u in C. *)
Lemma projection_angle {X : space} (C : X -> Prop) P x u : convex_set C -> projector C P -> C u ->
  inner (x -: P x) (u -: P x) <= 0.
Proof.
  intros cvx nearest inside. pose proof (lem_proj C x (P x) cvx (nearest x) u inside) as closer.
  set (p := P x) in *. clearbody p. expand. lra.
Qed.

(* A projection comes closer to every point of C. *)
Lemma projection_closer {X : space} (C : X -> Prop) P x u : convex_set C -> projector C P -> C u ->
  norm2 (P x -: u) <= norm2 (x -: u).
Proof.
  intros cvx nearest inside. pose proof (lem_proj C x (P x) cvx (nearest x) u inside).
  pose proof (norm2_pos (P x -: x)). lra.
Qed.

(* A point of [lo, hi]. *)
Definition clamp (lo hi y : R) : R := Rmax lo (Rmin hi y).

Lemma clamp_inside lo hi y : lo <= hi -> lo <= clamp lo hi y <= hi.
Proof. intros order. unfold clamp, Rmax, Rmin. repeat destruct Rle_dec; lra. Qed.

Lemma clamp_fixed lo hi y : lo <= y <= hi -> clamp lo hi y = y.
Proof. intros order. unfold clamp, Rmax, Rmin. repeat destruct Rle_dec; lra. Qed.

Lemma clamp_closer lo hi y u : lo <= u <= hi -> (clamp lo hi y - u) ^ 2 <= (y - u) ^ 2.
Proof. intros order. unfold clamp, Rmax, Rmin. repeat destruct Rle_dec; nra. Qed.

Lemma clamp_nearest lo hi x y : lo <= y <= hi -> (x - clamp lo hi x) ^ 2 <= (x - y) ^ 2.
Proof.
  intros order. unfold clamp, Rmax, Rmin. repeat destruct Rle_dec; try nra.
  pose proof (pow2_ge_0 (x - y)). replace ((x - x) ^ 2) with 0 by ring. assumption.
Qed.

(* The box of the points with lo <= x <= hi in each coordinate, and its projection. *)
Definition box {n : nat} (lo hi : Rn n) (x : Rn n) : Prop := forall i, lo i <= x i <= hi i.
Definition box_project {n : nat} (lo hi x : Rn n) : Rn n := fun i => clamp (lo i) (hi i) (x i).

Lemma box_convex n (lo hi : Rn n) : convex_set (box lo hi).
Proof. intros x y t inx iny range i. pose proof (inx i). pose proof (iny i). unfold add, scale; simpl. nra. Qed.

Lemma box_projection n (lo hi : Rn n) : (forall i, lo i <= hi i) -> projector (box lo hi) (box_project lo hi).
Proof.
  intros order x. split; [intros i; apply clamp_inside, order |].
  intros y inside. rewrite (norm_sub_sym _ x), (norm_sub_sym y x). apply norm_le. apply sum_all_le. intros i.
  pose proof (clamp_nearest (lo i) (hi i) (x i) (y i) (inside i)) as near.
  unfold box_project, sub; simpl. lra.
Qed.

Lemma sum_all_below n (u : nat -> Fin.t n -> R) T :
  sum_below (fun t => sum_all (u t)) T = sum_all (fun i => sum_below (fun t => u t i) T).
Proof.
  induction T as [| T IH]; simpl; [rewrite sum_all_const; ring | rewrite IH, sum_all_plus; reflexivity].
Qed.

(* a/sqrt(S) <= 2 (sqrt S - sqrt(S - a)), and so with a larger divisor. *)
Lemma adaptive_step s a h : 0 <= s -> 0 <= a -> sqrt (s + a) <= h ->
  a / h <= 2 * (sqrt (s + a) - sqrt s).
Proof.
  intros spos apos less. pose proof (sqrt_pos s). pose proof (sqrt_pos (s + a)).
  pose proof (sqrt_sqrt s spos). pose proof (sqrt_sqrt (s + a) ltac:(lra)).
  assert (sqrt s <= sqrt (s + a)) by (apply sqrt_le_1_alt; lra).
  destruct (Req_dec h 0) as [-> | some].
  - unfold Rdiv. rewrite Rinv_0. lra.
  - set (p := sqrt s) in *. set (q := sqrt (s + a)) in *.
    apply Rmult_le_reg_r with h; [lra |]. replace (a / h * h) with a by (field; lra). nra.
Qed.
