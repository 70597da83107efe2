(* AdaGrad-Norm's regret over a convex set: one step size for the whole vector. Ward, Wu and Bottou 2018,
   arXiv:1806.01811, give the rule; the statement and the constants here are this project's.

   Let f_0, f_1, ... be any losses on R^n with subgradients g_t at the points played, and C a convex set of diameter at
   most D with a projection. AdaGrad-Norm, each iterate projected onto C, pays against every point u of C
       sum_{t < T} f_t(x_t) - f_t(u) <= (D^2/(2 lr) + lr) A,
   where A = sqrt(s) for the accumulator s after T steps: from an accumulator of 0, A^2 = sum ||g_t||^2. With
   lr = D/sqrt 2 the bound is sqrt 2 D A. The equations of the rule follow. *)
From Coq Require Fin.
From Coq Require Import Reals Lra Psatz Lia.
From Goldstep.theorems.base Require Import space functions sums online.
From Spec.theorems Require Import adagrad_norm_regret.
Local Open Scope R_scope.

(* emitted rule *)
Definition adagrad_norm_s (p_s : R) (p_gsq : R) : R :=
  p_s + p_gsq.
Definition adagrad_norm_x (p_x : R) (p_g : R) (p_s_next : R) (p_lr : R) : R :=
  if (Rgt_dec p_s_next 0) then (p_x - ((p_lr * p_g) / (sqrt p_s_next))) else p_x.
(* end *)

(* The accumulator and the iterates after t steps: g t is the gradient of step t + 1. *)
Fixpoint accumulator {X : space} (s0 : R) (g : nat -> X) (t : nat) : R :=
  match t with O => s0 | S t => adagrad_norm_s (accumulator s0 g t) (norm2 (g t)) end.

Fixpoint adagrad_norm {n : nat} (P : Rn n -> Rn n) (lr s0 : R) (x0 : Rn n) (g : nat -> Rn n) (t : nat) : Rn n :=
  match t with
  | O => x0
  | S k => let s := accumulator s0 g t in
           P (lift2 (fun x g => adagrad_norm_x x g s lr) (adagrad_norm P lr s0 x0 g k) (g k))
  end.

Definition adagrad_norm_regret_statement : Prop :=
  forall (n : nat) (f : nat -> Rn n -> R) (g : nat -> Rn n) (C : Rn n -> Prop) (P : Rn n -> Rn n) (x0 u : Rn n)
         (D lr s0 : R) (T : nat),
  let x := adagrad_norm P lr s0 x0 g in
  let A := sqrt (accumulator s0 g T) in
  subgradients f x g -> convex_set C -> projector C P -> diameter C D -> C x0 -> C u -> 0 <= s0 ->
  adagrad_norm_regret_domain A D lr ->
  regret f x u T <= adagrad_norm_regret_bound A D lr.

(* From an accumulator of 0, A^2 is the sum of the squared norms. *)
Lemma accumulator_sum {X : space} (g : nat -> X) T : accumulator 0 g T = sum_below (fun t => norm2 (g t)) T.
Proof. induction T as [| T IH]; simpl; [reflexivity |]. unfold adagrad_norm_s. rewrite IH. reflexivity. Qed.

Lemma accumulator_pos {X : space} s0 (g : nat -> X) t : 0 <= s0 -> 0 <= accumulator s0 g t.
Proof.
  intros pos. induction t as [| t IH]; simpl; [exact pos |]. unfold adagrad_norm_s. pose proof (norm2_pos (g t)). lra.
Qed.

Section Proof.
Context {X : space} (C : X -> Prop) (P : X -> X) (x g : nat -> X) (u : X) (D lr s0 : R).
Hypothesis cvx : convex_set C.
Hypothesis nearest : projector C P.
Hypothesis wide : diameter C D.
Hypothesis start : C (x O).
Hypothesis inside : C u.
Hypothesis s0_pos : 0 <= s0.
Let s := accumulator s0 g.
Hypothesis x_next : forall t, x (S t) = P (if Rgt_dec (s (S t)) 0 then x t -: (lr / sqrt (s (S t))) *: g t else x t).

Lemma adagrad_norm_regret_distance t : norm2 (x t -: u) <= D ^ 2.
Proof.
  apply diameter_square with (C := C); trivial. destruct t; [exact start |]. rewrite x_next. apply nearest.
Qed.

(* One step, with the divisor h = sqrt(s). *)
Lemma adagrad_norm_regret_step t : let h := sqrt (s (S t)) in
  2 * lr * inner (g t) (x t -: u)
  <= h * (norm2 (x t -: u) - norm2 (x (S t) -: u)) + 2 * lr ^ 2 * (sqrt (s (S t)) - sqrt (s t)).
Proof.
  intros h. pose proof (accumulator_pos s0 g t s0_pos : 0 <= s t) as spos. pose proof (norm2_pos (g t)) as square.
  assert (s (S t) = s t + norm2 (g t)) as next by reflexivity.
  pose proof (adaptive_step (s t) (norm2 (g t)) h spos square) as adaptive. rewrite <- next in adaptive.
  specialize (adaptive ltac:(unfold h; lra)).
  apply Rmult_le_compat_l with (r := lr ^ 2) in adaptive; [| apply pow2_ge_0].
  assert (0 <= h) as hpos by apply sqrt_pos.
  set (y := if Rgt_dec (s (S t)) 0 then x t -: (lr / sqrt (s (S t))) *: g t else x t) in *.
  pose proof (projection_closer C P y u cvx nearest inside) as closer.
  replace (P y) with (x (S t)) in closer by (apply x_next). set (next_distance := norm2 (x (S t) -: u)) in *.
  apply Rmult_le_compat_l with (r := h) in closer; [| exact hpos]. unfold y in closer. clear y.
  destruct Rgt_dec as [positive | null].
  - assert (0 < h) by (apply sqrt_lt_R0; lra). fold h in closer.
    replace (h * norm2 (x t -: (lr / h) *: g t -: u))
      with (h * norm2 (x t -: u) - 2 * lr * inner (g t) (x t -: u) + lr ^ 2 * (norm2 (g t) / h)) in closer
      by (expand; field; lra).
    lra.
  - assert (g t = zero) as still by (apply norm2_definite; lra). rewrite still, inner_zero_l.
    assert (h = 0) as zeroh by (unfold h; replace (s (S t)) with 0 by lra; apply sqrt_0).
    fold h in adaptive |- *. clearbody h. rewrite zeroh in *. unfold Rdiv in adaptive. rewrite Rinv_0 in adaptive. lra.
Qed.

Lemma adagrad_norm_regret_sum T :
  2 * lr * sum_below (fun t => inner (g t) (x t -: u)) T
  <= sqrt (s T) * (D ^ 2 - norm2 (x T -: u)) + 2 * lr ^ 2 * (sqrt (s T) - sqrt s0).
Proof.
  induction T as [| T IH]; simpl sum_below.
  - change (s O) with s0. pose proof (adagrad_norm_regret_distance O). pose proof (sqrt_pos s0).
    assert (0 <= sqrt s0 * (D ^ 2 - norm2 (x O -: u))) by (apply Rmult_le_pos; lra). lra.
  - pose proof (adagrad_norm_regret_step T) as step. cbv zeta in step. pose proof (adagrad_norm_regret_distance T).
    assert (sqrt (s T) <= sqrt (s (S T))) as grows.
    { apply sqrt_le_1_alt. change (s T <= s T + norm2 (g T)). pose proof (norm2_pos (g T)). lra. }
    assert (0 <= (sqrt (s (S T)) - sqrt (s T)) * (D ^ 2 - norm2 (x T -: u))) by (apply Rmult_le_pos; lra). lra.
Qed.
End Proof.

Theorem adagrad_norm_regret : adagrad_norm_regret_statement.
Proof.
  intros n f g C P x0 u D lr s0 T x A slopes cvx nearest wide start inside s0_pos [lr_pos D_pos].
  eapply Rle_trans; [apply regret_linear, slopes |].
  pose proof (adagrad_norm_regret_sum C P x g u D lr s0 cvx nearest wide start inside s0_pos) as bound.
  assert (forall t, x (S t) = P (if Rgt_dec (accumulator s0 g (S t)) 0
    then x t -: (lr / sqrt (accumulator s0 g (S t))) *: g t else x t)) as x_next.
  { intros t. unfold x. cbn [adagrad_norm]. cbv zeta. f_equal. unfold adagrad_norm_x.
    destruct Rgt_dec; by_coordinate; unfold Rdiv; ring. }
  specialize (bound x_next T). fold A in bound.
  assert (0 <= A) by apply sqrt_pos. pose proof (sqrt_pos s0). pose proof (norm2_pos (x T -: u)).
  assert (0 <= A * norm2 (x T -: u)) by (apply Rmult_le_pos; assumption).
  assert (0 <= lr ^ 2 * sqrt s0) by (apply Rmult_le_pos; [apply pow2_ge_0 | lra]).
  unfold adagrad_norm_regret_bound. apply Rmult_le_reg_l with (2 * lr); [lra |].
  replace (2 * lr * ((D * D / (2 * lr) + lr) * A)) with (A * D ^ 2 + 2 * lr ^ 2 * A) by (field; lra). lra.
Qed.
