(* The l1 norm and its proximal operator, and the iterates of the proximal gradient method: of the rule ista of
   spec/rules/gradient/ista.acsl in R^n, and for any h in any space. *)
From Coq Require Import Reals Lra Psatz Lia.
From Goldstep.theorems.base Require Import space functions prox.
From Spec.rules.gradient Require ista.
Local Open Scope R_scope.

Definition norm1 {n : nat} (x : Rn n) : R := sum_all (fun i => Rabs (x i)).

(* f(x) + lambda |x|_1. *)
Definition l1_composite {n : nat} (f : Rn n -> R) (lambda : R) (x : Rn n) : R := f x + lambda * norm1 x.

(* The soft threshold of the rule, in each coordinate. *)
Definition soft_threshold {n : nat} (lambda gamma : R) (y : Rn n) : Rn n :=
  fun i => ista.ista_prox_l1 (y i) (gamma * lambda).

Lemma norm1_convex n lambda : 0 <= lambda -> convex (fun x : Rn n => lambda * norm1 x).
Proof.
  intros pos x y t range.
  replace ((1 - t) * (lambda * norm1 x) + t * (lambda * norm1 y))
    with (lambda * ((1 - t) * norm1 x + t * norm1 y)) by ring.
  apply Rmult_le_compat_l; [exact pos |]. unfold norm1. rewrite <- !sum_all_scale, <- sum_all_plus. apply sum_all_le.
  intros i. simpl. eapply Rle_trans; [apply Rabs_triang |]. rewrite !Rabs_mult.
  rewrite (Rabs_right (1 - t)), (Rabs_right t) by lra. lra.
Qed.

(* In one dimension: p = soft(y, theta) minimises theta |z| + (z - y)^2 / 2. *)
Lemma soft_threshold_scalar theta y z : 0 <= theta ->
  2 * theta * Rabs (ista.ista_prox_l1 y theta) + (ista.ista_prox_l1 y theta - y) ^ 2
  <= 2 * theta * Rabs z + (z - y) ^ 2.
Proof.
  intros pos. unfold ista.ista_prox_l1. pose proof (Rle_abs z). pose proof (Rle_abs (- z)) as other.
  rewrite Rabs_Ropp in other. pose proof (Rabs_pos z).
  destruct (Rgt_dec y theta); [| destruct (Rlt_dec y (- theta))].
  - rewrite (Rabs_right (y - theta)) by lra. pose proof (pow2_ge_0 (z - y + theta)).
    assert (theta * z <= theta * Rabs z) by (apply Rmult_le_compat_l; lra). lra.
  - rewrite (Rabs_left (y + theta)) by lra. pose proof (pow2_ge_0 (z - y - theta)).
    assert (theta * - z <= theta * Rabs z) by (apply Rmult_le_compat_l; lra). lra.
  - rewrite Rabs_R0. assert (z * y <= theta * Rabs z).
    { destruct (Rle_lt_dec 0 z); [rewrite Rabs_right by lra | rewrite Rabs_left by lra]; nra. }
    pose proof (pow2_ge_0 z). lra.
Qed.

(* The coordinatewise soft threshold is the prox of lambda |.|_1. *)
Lemma soft_threshold_prox n lambda : 0 <= lambda ->
  prox_operator everywhere (fun x : Rn n => lambda * norm1 x) (soft_threshold lambda).
Proof.
  intros pos gamma y positive. split; [exact I |]. intros z _.
  assert (scaled : forall x : Rn n, lambda * norm1 x + norm2 (x -: y) / (2 * gamma)
    = / (2 * gamma) * sum_all (fun i => 2 * (gamma * lambda) * Rabs (x i) + (x i - y i) ^ 2)).
  { intros x. rewrite sum_all_plus, (sum_all_scale n (2 * (gamma * lambda))). fold (norm1 x).
    replace (norm2 (x -: y)) with (sum_all (fun i => (x i - y i) ^ 2)); [field; lra |].
    apply sum_all_ext. intros i. unfold sub. simpl. ring. }
  rewrite !scaled. apply Rmult_le_compat_l; [left; apply Rinv_0_lt_compat; lra |].
  apply sum_all_le. intros i. apply soft_threshold_scalar. apply Rmult_le_pos; lra.
Qed.

(* ||x - c||^2 / 2 + lambda |x|_1 has a minimiser: the hypotheses of the theorems can be met. *)
Lemma lasso_example n lambda (c : Rn n) : 0 <= lambda ->
  minimiser (l1_composite (fun x => 1 / 2 * norm2 (x -: c)) lambda) (soft_threshold lambda 1 c).
Proof.
  intros pos z. pose proof (proj2 (soft_threshold_prox n lambda pos 1 c Rlt_0_1) z I) as least. cbv beta in least.
  unfold l1_composite. lra.
Qed.

(* x_0 = x0, x_{t+1} = ista_x(x_t, grad f(x_t), gamma, lambda) in each coordinate. *)
Fixpoint ista {n : nat} (grad : Rn n -> Rn n) (gamma lambda : R) (x0 : Rn n) (t : nat) : Rn n :=
  match t with
  | O => x0
  | S t => let x := ista grad gamma lambda x0 t in lift2 (fun x g => ista.ista_x x g gamma lambda) x (grad x)
  end.

(* x_{t+1} = prox(x_t - gamma grad f(x_t)). *)
Fixpoint proximal_descent {X : space} (P : R -> X -> X) (grad : X -> X) (gamma : R) (x0 : X) (t : nat) : X :=
  match t with
  | O => x0
  | S t => let x := proximal_descent P grad gamma x0 t in P gamma (x -: gamma *: grad x)
  end.

Lemma ista_step n (x g : Rn n) gamma lambda :
  lift2 (fun x g => ista.ista_x x g gamma lambda) x g = soft_threshold lambda gamma (x -: gamma *: g).
Proof.
  by_coordinate. unfold soft_threshold, ista.ista_x, ista.ista_z, ista.ista_threshold, sub. simpl. f_equal. ring.
Qed.

Lemma ista_proximal n grad gamma lambda (x0 : Rn n) t :
  ista grad gamma lambda x0 t = proximal_descent (soft_threshold lambda) grad gamma x0 t.
Proof. induction t as [| t IH]; simpl; [reflexivity |]. rewrite IH. apply ista_step. Qed.
