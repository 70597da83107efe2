(* Dual averaging with the prox-function ||x - c||^2/2. Nesterov 2009 gives the method; the constants and the proof are
   this project's.

   Let f_0, f_1, ... be any losses on R^n with subgradients g_t at the points played, C a convex set with a projection
   P, c any point, and 0 < beta_0 <= beta_1 <= ... The iterates
       x_t = P(c - (g_0 + ... + g_{t-1})/beta_t),
   which minimise beta_t ||x - c||^2/2 + <g_0 + ... + g_{t-1}, x> over C, pay against every point u of C, for T >= 1,
       sum_{t < T} f_t(x_t) - f_t(u) <= beta_{T-1} ||u - c||^2/2 + sum ||g_t||^2/(2 beta_t).
   The equations of the rule follow. *)
From Coq Require Import Reals Lra Psatz Lia.
From Goldstep.theorems.base Require Import space functions sums online.
From Spec.theorems Require Import da_regret.
Local Open Scope R_scope.

(* emitted rule *)
Definition dual_averaging_s (p_s : R) (p_g : R) : R :=
  p_s + p_g.
Definition dual_averaging_x (p_c : R) (p_s_next : R) (p_beta : R) : R :=
  p_c - (p_s_next / p_beta).
(* end *)

(* The sum of the gradients and the iterates: g t is the gradient of step t + 1, taken at the iterate t. *)
Fixpoint dual_sum {n : nat} (g : nat -> Rn n) (t : nat) : Rn n :=
  match t with O => zero | S t => lift2 dual_averaging_s (dual_sum g t) (g t) end.

Definition dual_averaging {n : nat} (P : Rn n -> Rn n) (beta : nat -> R) (c : Rn n) (g : nat -> Rn n) (t : nat)
  : Rn n :=
  P (lift2 (fun c s => dual_averaging_x c s (beta t)) c (dual_sum g t)).

Definition da_regret_statement : Prop :=
  forall (n : nat) (f : nat -> Rn n -> R) (g : nat -> Rn n) (C : Rn n -> Prop) (P : Rn n -> Rn n) (c u : Rn n)
         (beta : nat -> R) (T : nat),
  let x := dual_averaging P beta c g in
  subgradients f x g -> convex_set C -> projector C P -> C u -> (1 <= T)%nat ->
  (forall t, da_regret_domain (beta t)) -> (forall t, beta t <= beta (S t)) ->
  regret f x u T
  <= da_regret_bound (beta (T - 1)%nat) (norm2 (u -: c)) (sum_below (fun t => norm2 (g t) / beta t) T).

Section Proof.
Context {n : nat} (g : nat -> Rn n) (C : Rn n -> Prop) (P : Rn n -> Rn n) (c : Rn n) (beta : nat -> R).
Hypothesis cvx : convex_set C.
Hypothesis nearest : projector C P.
Hypothesis positive : forall t, 0 < beta t.
Hypothesis order : forall t, beta t <= beta (S t).
Let x := dual_averaging P beta c g.
Let s := dual_sum g.

(* x_t minimises F_t(y) = beta_t ||y - c||^2/2 + <s_t, y> over C: F_t(y) >= F_t(x_t) + beta_t ||y - x_t||^2/2. *)
Let F (t : nat) (y : Rn n) : R := beta t / 2 * norm2 (y -: c) + inner (s t) y.

Lemma dual_minimiser t y : C y -> F t (x t) + beta t / 2 * norm2 (y -: x t) <= F t y.
Proof.
  intros inside. pose proof (positive t) as pos.
  pose proof (projection_angle C P (c -: (1 / beta t) *: s t) y cvx nearest inside) as angle.
  replace (P (c -: (1 / beta t) *: s t)) with (x t) in angle.
  - apply Rmult_le_compat_l with (r := beta t) in angle; [| lra].
    set (p := x t) in *. clearbody p. unfold F.
    replace (beta t * inner (c -: (1 / beta t) *: s t -: p) (y -: p))
      with (beta t * inner (c -: p) (y -: p) - inner (s t) (y -: p)) in angle
      by (rewrite !inner_sub_l, inner_scale_l; field; lra).
    rewrite Rmult_0_r in angle. expand. lra.
  - unfold x, dual_averaging. f_equal. by_coordinate. unfold dual_averaging_x. fold s. field. lra.
Qed.

Lemma dual_next t y : inner (s (S t)) y = inner (s t) y + inner (g t) y.
Proof.
  replace (s (S t)) with (s t +: g t); [apply inner_add_l |].
  unfold s. cbn [dual_sum]. by_coordinate. reflexivity.
Qed.

Lemma dual_step t y : C y ->
  inner (g t) (x t) - norm2 (g t) / beta t / 2 + F t (x t) <= beta t / 2 * norm2 (y -: c) + inner (s (S t)) y.
Proof.
  intros inside. rewrite dual_next. pose proof (dual_minimiser t y inside) as least. pose proof (positive t) as pos.
  pose proof (young (/ beta t) (g t) (x t -: y) (Rinv_0_lt_compat _ pos)) as split.
  replace (norm2 (x t -: y) / / beta t) with (beta t * norm2 (x t -: y)) in split by (field; lra).
  rewrite (norm2_sub_sym y) in least. rewrite inner_sub_r in split. unfold F at 2 in least. unfold Rdiv in *. lra.
Qed.

(* What was paid stays below the next model, with its old beta, at every point of C. *)
Lemma dual_model T y : C y ->
  sum_below (fun t => inner (g t) (x t) - norm2 (g t) / beta t / 2) (S T)
  <= beta T / 2 * norm2 (y -: c) + inner (s (S T)) y.
Proof.
  revert y. induction T as [| T IH]; intros y inside; cbn [sum_below] in *.
  - pose proof (dual_step O y inside) as step. unfold F in step. change (s O) with (zero : Rn n) in step.
    rewrite inner_zero_l in step. pose proof (norm2_pos (x O -: c)). pose proof (positive O).
    assert (0 <= beta O / 2 * norm2 (x O -: c)) by (apply Rmult_le_pos; lra). lra.
  - pose proof (dual_step (S T) y inside) as step. unfold F in step.
    specialize (IH (x (S T)) (proj1 (nearest _))). pose proof (order T) as grows.
    apply Rmult_le_compat_r with (r := norm2 (x (S T) -: c) / 2) in grows;
      [| pose proof (norm2_pos (x (S T) -: c)); lra].
    lra.
Qed.
End Proof.

Theorem da_regret : da_regret_statement.
Proof.
  intros n f g C P c u beta T x slopes cvx nearest inside some positive order. unfold da_regret_domain in positive.
  eapply Rle_trans; [apply regret_linear, slopes |]. unfold da_regret_bound.
  destruct T as [| T]; [lia |]. replace (S T - 1)%nat with T by lia.
  pose proof (dual_model g C P c beta cvx nearest positive order T u inside) as model. fold x in model.
  rewrite sum_below_minus in model.
  assert (total : forall N, inner (dual_sum g N) u = sum_below (fun t => inner (g t) u) N).
  { induction N as [| N IH]; [apply inner_zero_l |]. rewrite dual_next, IH. reflexivity. }
  rewrite total in model.
  rewrite (sum_below_ext (fun t => inner (g t) (x t -: u)) (fun t => inner (g t) (x t) - inner (g t) u))
    by (intros; apply inner_sub_r).
  rewrite sum_below_minus.
  rewrite (sum_below_ext (fun t => norm2 (g t) / beta t / 2) (fun t => / 2 * (norm2 (g t) / beta t))) in model
    by (intros; unfold Rdiv; ring).
  rewrite sum_below_scale in model. lra.
Qed.
