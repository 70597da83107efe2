(* Frank-Wolfe on a convex smooth function. The constants are those of PEPit's example frank_wolfe (Goujaud et al.).

   Let f be convex and L-smooth on R^n, and C a convex set of diameter at most D. From x_0 in C, with the steps
       x_{t+1} = x_t + 2/(t+2) (s_t - x_t),   s_t a point of C that minimises <grad f(x_t), s>,
   the iterates satisfy for every t >= 1 and every u in C, so also for a minimiser of f on C,
       f(x_t) - f(u) <= 2 L D^2/(t+2).
   The equations of the rule follow. *)
From Coq Require Import Reals Lra Psatz Lia.
From Goldstep.theorems.base Require Import space functions sums online.
From Spec.theorems Require Import fw.
Local Open Scope R_scope.

(* emitted rule *)
Definition frank_wolfe_step (p_k : Z) : R :=
  2 / (IZR (Z.add p_k 2%Z)).
Definition frank_wolfe_x (p_x : R) (p_s : R) (p_k : Z) : R :=
  p_x + ((frank_wolfe_step p_k) * (p_s - p_x)).
(* end *)

(* s x is a point of C that minimises <grad f(x), s>. *)
Definition linear_minimiser {X : space} (C : X -> Prop) (grad s : X -> X) : Prop :=
  forall x, C (s x) /\ forall y, C y -> inner (grad x) (s x) <= inner (grad x) y.

Fixpoint frank_wolfe {n : nat} (s : Rn n -> Rn n) (x0 : Rn n) (t : nat) : Rn n :=
  match t with
  | O => x0
  | S t => let x := frank_wolfe s x0 t in lift2 (fun x s => frank_wolfe_x x s (Z.of_nat t)) x (s x)
  end.

Definition fw_statement : Prop :=
  forall (n : nat) (f : Rn n -> R) (grad s : Rn n -> Rn n) (C : Rn n -> Prop) (x0 u : Rn n) (L D : R) (T : nat),
  convex f -> smooth L f grad -> convex_set C -> diameter C D -> linear_minimiser C grad s -> C x0 -> C u ->
  fw_domain L D -> (1 <= T)%nat ->
  f (frank_wolfe s x0 T) - f u <= fw_bound (Z.of_nat T) L D.

Section Proof.
Context {X : space} (f : X -> R) (grad s : X -> X) (C : X -> Prop) (u : X) (L D : R) (x : nat -> X).
Hypothesis cvx : convex f.
Hypothesis lsmooth : smooth L f grad.
Hypothesis flat : convex_set C.
Hypothesis wide : diameter C D.
Hypothesis oracle : linear_minimiser C grad s.
Hypothesis start : C (x O).
Hypothesis inside : C u.
Hypothesis positive : 0 < L.
Hypothesis x_next : forall t, x (S t) = x t +: (2 / (INR t + 2)) *: (s (x t) -: x t).

Lemma fw_weight t : 0 < 2 / (INR t + 2) <= 1.
Proof.
  pose proof (pos_INR t). split; [apply Rdiv_lt_0_compat; lra |]. apply Rmult_le_reg_r with (INR t + 2); [lra |].
  replace (2 / (INR t + 2) * (INR t + 2)) with 2 by (field; lra). lra.
Qed.

Lemma fw_inside t : C (x t).
Proof.
  induction t as [| t IH]; [exact start |]. rewrite x_next.
  replace (x t +: (2 / (INR t + 2)) *: (s (x t) -: x t))
    with ((1 - 2 / (INR t + 2)) *: x t +: (2 / (INR t + 2)) *: s (x t)) by same_point.
  pose proof (fw_weight t). apply flat; [exact IH | apply oracle | lra].
Qed.

(* delta' <= (1 - eta) delta + eta^2 L D^2/2. *)
Lemma fw_step t : let eta := 2 / (INR t + 2) in
  f (x (S t)) - f u <= (1 - eta) * (f (x t) - f u) + eta ^ 2 * (L * (D * D) / 2).
Proof.
  intros eta. pose proof (fw_weight t) as weight. fold eta in weight.
  pose proof (lem_descent L f grad lsmooth (x t) (x (S t))) as descent.
  pose proof (convex_first_order f grad cvx (proj1 lsmooth) (x t) u) as first.
  destruct (oracle (x t)) as [there least]. specialize (least u inside).
  pose proof (diameter_square C D _ _ wide there (fw_inside t)) as far.
  replace (x (S t) -: x t) with (eta *: (s (x t) -: x t)) in descent by (rewrite x_next; unfold eta; same_point).
  rewrite norm2_scale, inner_scale_r, inner_sub_r in descent. rewrite inner_sub_r in first.
  apply Rmult_le_compat_l with (r := eta) in first; [| lra]. apply Rmult_le_compat_l with (r := eta) in least; [| lra].
  apply Rmult_le_compat_l with (r := L / 2 * eta ^ 2) in far; [| apply Rmult_le_pos; [lra | apply pow2_ge_0]]. lra.
Qed.

Lemma fw_run T : (1 <= T)%nat -> f (x T) - f u <= 2 * L * (D * D) / (INR T + 2).
Proof.
  intros some. destruct T as [| T]; [lia |]. clear some. pose proof (Rle_0_sqr D) as square. unfold Rsqr in square.
  assert (0 <= L * (D * D)) by (apply Rmult_le_pos; lra).
  induction T as [| T IH].
  - pose proof (fw_step O) as step. simpl in step. simpl INR.
    replace (2 / (0 + 2)) with 1 in step by field. lra.
  - pose proof (fw_step (S T)) as step. cbv zeta in step. pose proof (fw_weight (S T)) as weight.
    pose proof (pos_INR (S T)). rewrite (S_INR (S T)). set (k := INR (S T)) in *. set (eta := 2 / (k + 2)) in *.
    apply Rmult_le_compat_l with (r := 1 - eta) in IH; [| lra].
    apply Rle_trans with ((1 - eta) * (2 * L * (D * D) / (k + 2)) + eta ^ 2 * (L * (D * D) / 2)); [lra |].
    replace ((1 - eta) * (2 * L * (D * D) / (k + 2)) + eta ^ 2 * (L * (D * D) / 2))
      with (2 * L * (D * D) * ((k + 1) / ((k + 2) * (k + 2)))) by (unfold eta; field; lra).
    apply Rmult_le_compat_l; [lra |]. apply Rmult_le_reg_r with ((k + 2) * (k + 2) * (k + 1 + 2)); [nra |].
    replace ((k + 1) / ((k + 2) * (k + 2)) * ((k + 2) * (k + 2) * (k + 1 + 2))) with ((k + 1) * (k + 3))
      by (field; lra).
    replace (/ (k + 1 + 2) * ((k + 2) * (k + 2) * (k + 1 + 2))) with ((k + 2) * (k + 2)) by (field; lra). lra.
Qed.
End Proof.

Theorem fw : fw_statement.
Proof.
  intros n f grad s C x0 u L D T cvx lsmooth flat wide oracle start inside [positive _] some.
  unfold fw_bound. rewrite plus_IZR, <- INR_IZR_INZ.
  apply (fw_run f grad s C u L D (frank_wolfe s x0)); trivial.
  intros t. cbn [frank_wolfe]. cbv zeta. by_coordinate. unfold frank_wolfe_x, frank_wolfe_step.
  rewrite plus_IZR, <- INR_IZR_INZ. ring.
Qed.
