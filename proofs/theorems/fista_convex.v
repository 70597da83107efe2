(* Accelerated proximal gradient (FISTA) on a convex smooth function plus a convex one; Nesterov's accelerated gradient
   is the case without the second.

   Let f be convex and L-smooth on R^n, lambda >= 0, and x* a minimiser of F(x) = f(x) + lambda |x|_1. The rule fista
   with a step 0 < gamma <= 1/L satisfies, for every T >= 1,
       F(x_T) - min F <= 2 ||x_0 - x*||^2 / (gamma (T + 1)^2),
   and so does the rule nesterov_convex of spec/rules/gradient/nesterov_convex.acsl where lambda = 0.
   The lemma fista_run says so for any convex h, with any domain C, in place of lambda |.|_1, and any space. *)
From Coq Require Import Reals Lra Psatz Lia ZArith.
From Goldstep.theorems.base Require Import space functions sums prox proximal_gradient averaging.
From Spec.rules.gradient Require nesterov_convex.
From Spec.theorems Require Import fista_convex.
Local Open Scope R_scope.

(* emitted rule *)
Definition fista_prox_l1 (p_z : R) (p_threshold : R) : R :=
  if (Rgt_dec p_z p_threshold) then (p_z - p_threshold)
  else (if (Rlt_dec p_z (- p_threshold)) then (p_z + p_threshold) else 0).
Definition fista_s (p_s : R) : R :=
  (1 + (sqrt (1 + (4 * (p_s * p_s))))) / 2.
Definition fista_x (p_y : R) (p_g : R) (p_lr : R) (p_l1 : R) : R :=
  fista_prox_l1 (p_y - (p_lr * p_g)) (p_lr * p_l1).
Definition fista_coefficient (p_s : R) (p_s_next : R) : R :=
  (p_s - 1) / p_s_next.
Definition fista_y (p_x : R) (p_x_next : R) (p_s : R) (p_s_next : R) : R :=
  p_x_next + ((fista_coefficient p_s p_s_next) * (p_x_next - p_x)).
(* end *)

(* The iterate x, the point y at which the next gradient is taken, and the scalar s. *)
Record state (X : space) := State { at_x : X; at_y : X; at_s : R }.
Arguments State {_} _ _ _.
Arguments at_x {_} _.
Arguments at_y {_} _.
Arguments at_s {_} _.

Fixpoint fista_iterates {n : nat} (grad : Rn n -> Rn n) (gamma lambda : R) (x0 : Rn n) (t : nat) : state (Rn n) :=
  match t with
  | O => State x0 x0 1
  | S t => let (x, y, s) := fista_iterates grad gamma lambda x0 t in
           let x' := lift2 (fun y g => fista_x y g gamma lambda) y (grad y) in
           let s' := fista_s s in
           State x' (lift2 (fun x x' => fista_y x x' s s') x x') s'
  end.

Fixpoint nesterov_iterates {n : nat} (grad : Rn n -> Rn n) (gamma : R) (x0 : Rn n) (t : nat) : state (Rn n) :=
  match t with
  | O => State x0 x0 1
  | S t => let (x, y, s) := nesterov_iterates grad gamma x0 t in
           let x' := lift2 (fun y g => nesterov_convex.nesterov_convex_x y g gamma) y (grad y) in
           let s' := nesterov_convex.nesterov_convex_s s in
           State x' (lift2 (fun x x' => nesterov_convex.nesterov_convex_y x x' s s') x x') s'
  end.

Definition fista_convex_statement : Prop :=
  forall (n : nat) (f : Rn n -> R) (grad : Rn n -> Rn n) (L gamma lambda : R) (x0 xstar : Rn n) (T : nat),
  convex f -> smooth L f grad -> minimiser (l1_composite f lambda) xstar ->
  fista_convex_domain L gamma lambda -> (1 <= T)%nat ->
  l1_composite f lambda (at_x (fista_iterates grad gamma lambda x0 T)) - l1_composite f lambda xstar
  <= fista_convex_bound (Z.of_nat T) gamma (norm2 (x0 -: xstar)).

Definition fista_smooth_statement : Prop :=
  forall (n : nat) (f : Rn n -> R) (grad : Rn n -> Rn n) (L gamma : R) (x0 xstar : Rn n) (T : nat),
  convex f -> smooth L f grad -> minimiser f xstar ->
  fista_convex_domain L gamma 0 -> (1 <= T)%nat ->
  f (at_x (nesterov_iterates grad gamma x0 T)) - f xstar <= fista_convex_bound (Z.of_nat T) gamma (norm2 (x0 -: xstar)).

Fixpoint accelerated {X : space} (P : R -> X -> X) (grad : X -> X) (gamma : R) (x0 : X) (t : nat) : state X :=
  match t with
  | O => State x0 x0 1
  | S t => let (x, y, s) := accelerated P grad gamma x0 t in
           let x' := P gamma (y -: gamma *: grad y) in
           let s' := (1 + sqrt (1 + 4 * (s * s))) / 2 in
           State x' (x' +: ((s - 1) / s') *: (x' -: x)) s'
  end.

Lemma fista_accelerated n grad gamma lambda (x0 : Rn n) t :
  fista_iterates grad gamma lambda x0 t = accelerated (soft_threshold lambda) grad gamma x0 t.
Proof.
  induction t as [| t IH]; [reflexivity |]. simpl. rewrite IH. destruct (accelerated _ _ _ _ t) as [x y s].
  change (lift2 (fun y g => fista_x y g gamma lambda) y (grad y))
    with (lift2 (fun x g => ista.ista_x x g gamma lambda) y (grad y)).
  rewrite ista_step. f_equal. by_coordinate. unfold fista_y, fista_coefficient, fista_s. ring.
Qed.

Lemma nesterov_accelerated n grad gamma (x0 : Rn n) t :
  nesterov_iterates grad gamma x0 t = accelerated (fun _ y => y) grad gamma x0 t.
Proof.
  induction t as [| t IH]; [reflexivity |]. simpl. rewrite IH. destruct (accelerated _ _ _ _ t) as [x y s].
  rewrite (lift2_step n (fun y g => nesterov_convex.nesterov_convex_x y g gamma) gamma y) by reflexivity.
  f_equal. by_coordinate. unfold nesterov_convex.nesterov_convex_y, nesterov_convex.nesterov_convex_coefficient.
  unfold nesterov_convex.nesterov_convex_s. ring.
Qed.

Section Proof.
Context {X : space} (C : X -> Prop) (f h : X -> R) (P : R -> X -> X) (grad : X -> X) (L gamma : R) (x0 xstar : X).
Hypothesis cvx : convex f.
Hypothesis lsmooth : smooth L f grad.
Hypothesis hconvex : convex_on C h.
Hypothesis operator : prox_operator C h P.
Hypothesis least : minimiser_on C (fun x => f x + h x) xstar.
Hypothesis positive : 0 < L.
Hypothesis range : 0 < gamma <= 1 / L.
Hypothesis start : C x0.

Let F (x : X) : R := f x + h x.
Let x (t : nat) : X := at_x (accelerated P grad gamma x0 t).
Let y (t : nat) : X := at_y (accelerated P grad gamma x0 t).
Let s (t : nat) : R := at_s (accelerated P grad gamma x0 t).

Lemma next_x t : x (S t) = P gamma (y t -: gamma *: grad (y t)).
Proof. unfold x, y. simpl. destruct (accelerated P grad gamma x0 t). reflexivity. Qed.

Lemma next_s t : s (S t) = (1 + sqrt (1 + 4 * (s t * s t))) / 2.
Proof. unfold s. simpl. destruct (accelerated P grad gamma x0 t). reflexivity. Qed.

Lemma next_y t : y (S t) = x (S t) +: ((s t - 1) / s (S t)) *: (x (S t) -: x t).
Proof. unfold x, y, s. simpl. destruct (accelerated P grad gamma x0 t). reflexivity. Qed.

(* s_{t+1}^2 - s_{t+1} = s_t^2. *)
Lemma s_square t : s (S t) ^ 2 - s (S t) = s t ^ 2.
Proof.
  rewrite next_s. pose proof (sqrt_sqrt (1 + 4 * (s t * s t)) ltac:(nra)) as square.
  set (root := sqrt (1 + 4 * (s t * s t))) in *. lra.
Qed.

(* s_t >= (t + 2)/2. *)
Lemma s_large t : (INR t + 2) / 2 <= s t.
Proof.
  induction t as [| t IH]; [unfold s; simpl; lra |]. rewrite S_INR, next_s. pose proof (pos_INR t).
  assert (2 * s t <= sqrt (1 + 4 * (s t * s t))); [| lra].
  rewrite <- (sqrt_pow2 (2 * s t)) by lra. apply sqrt_le_1_alt. lra.
Qed.

Lemma inside t : C (x t).
Proof. destruct t; [exact start |]. rewrite next_x. apply operator. lra. Qed.

(* 2 gamma (s^2 - s) (F(x) - min F) + ||s y - (s - 1) x - x*||^2 never increases. *)
Lemma fista_potential t :
  2 * gamma * (s t ^ 2 * (F (x (S t)) - F xstar)) + norm2 (s (S t) *: y (S t) -: (s (S t) - 1) *: x (S t) -: xstar)
  <= 2 * gamma * ((s t ^ 2 - s t) * (F (x t) - F xstar)) + norm2 (s t *: y t -: (s t - 1) *: x t -: xstar).
Proof.
  pose proof (operator gamma (y t -: gamma *: grad (y t)) (proj1 range)) as step. rewrite <- next_x in step.
  pose proof (composite_step C f h grad 0 L hconvex (y t) (x (S t)) gamma (x t) positive range lsmooth
    (proj2 (strongly_convex_0 f) cvx) step (inside t)) as one.
  pose proof (composite_step C f h grad 0 L hconvex (y t) (x (S t)) gamma xstar positive range lsmooth
    (proj2 (strongly_convex_0 f) cvx) step (proj1 least)) as two.
  pose proof (s_large t) as large. pose proof (pos_INR t). pose proof (s_large (S t)) as large'.
  pose proof (pos_INR (S t)).
  replace (s (S t) *: y (S t) -: (s (S t) - 1) *: x (S t) -: xstar)
    with (s t *: x (S t) -: (s t - 1) *: x t -: xstar) by (rewrite next_y; same_point_by ltac:(field; lra)).
  fold (F (x (S t))) (F (x t)) (F xstar) in one, two.
  apply Rmult_le_compat_l with (r := s t * (s t - 1)) in one; [| apply Rmult_le_pos; lra].
  apply Rmult_le_compat_l with (r := s t) in two; [| lra].
  set (a := F (x (S t))) in *. set (b := F (x t)) in *. set (c := F xstar) in *. set (k := s t) in *.
  set (x' := x (S t)) in *. set (z := x t) in *. set (v := y t) in *. clearbody a b c k x' z v. clear step.
  assert (identity : forall w : X, norm2 (k *: w -: (k - 1) *: z -: xstar)
    = k * (k - 1) * norm2 (w -: z) + k * norm2 (w -: xstar) - (k - 1) * norm2 (z -: xstar)).
  { intros w. clear one two. expand. ring. }
  rewrite !identity. lra.
Qed.

Lemma fista_run T : (1 <= T)%nat ->
  F (x T) - F xstar <= 2 * norm2 (x0 -: xstar) / (gamma * INR (S T) * INR (S T)).
Proof.
  intros some. destruct T as [| T]; [lia |].
  set (V := fun t => 2 * gamma * ((s t ^ 2 - s t) * (F (x t) - F xstar))
                     + norm2 (s t *: y t -: (s t - 1) *: x t -: xstar)).
  assert (V (S T) <= V O) as decrease.
  { apply (non_increasing V). intros t _. unfold V. rewrite s_square. apply fista_potential. }
  assert (V O = norm2 (x0 -: xstar)) as first.
  { unfold V, s, x, y. simpl. replace (1 *: x0 -: (1 - 1) *: x0 -: xstar) with (x0 -: xstar) by same_point. ring. }
  unfold V at 1 in decrease. rewrite s_square, first in decrease.
  pose proof (norm2_pos (s (S T) *: y (S T) -: (s (S T) - 1) *: x (S T) -: xstar)).
  pose proof (s_large T) as large. pose proof (pos_INR T). rewrite !S_INR. set (k := INR T) in *.
  pose proof (proj2 least (x (S T)) (inside (S T))) as above. change (F xstar <= F (x (S T))) in above.
  set (gap := F (x (S T)) - F xstar) in *. assert (0 <= gap) by (unfold gap; lra).
  assert (((k + 2) / 2) ^ 2 * gap <= s T ^ 2 * gap) as growth.
  { apply Rmult_le_compat_r; [assumption |]. apply pow_incr. lra. }
  apply Rmult_le_compat_l with (r := 2 * gamma) in growth; [| lra].
  assert (0 < gamma * (k + 1 + 1) * (k + 1 + 1)) by (repeat apply Rmult_lt_0_compat; lra).
  apply Rmult_le_reg_r with (gamma * (k + 1 + 1) * (k + 1 + 1)); [assumption |].
  replace (2 * norm2 (x0 -: xstar) / (gamma * (k + 1 + 1) * (k + 1 + 1)) * (gamma * (k + 1 + 1) * (k + 1 + 1)))
    with (2 * norm2 (x0 -: xstar)) by (field; lra).
  lra.
Qed.
End Proof.

Theorem fista_convex : fista_convex_statement.
Proof.
  unfold fista_convex_statement, fista_convex_domain, fista_convex_bound. intros. rewrite fista_accelerated, IZR_succ.
  apply (fista_run everywhere f (fun x => lambda * norm1 x)) with (L := L); try tauto.
  - apply convex_everywhere, norm1_convex. tauto.
  - apply soft_threshold_prox. tauto.
  - apply minimiser_everywhere. assumption.
  - exact I.
Qed.

(* Nesterov's accelerated gradient. *)
Theorem fista_smooth : fista_smooth_statement.
Proof.
  unfold fista_smooth_statement, fista_convex_domain, fista_convex_bound.
  intros n f grad L gamma x0 xstar T cvx lsmooth least domain some. rewrite nesterov_accelerated, IZR_succ.
  set (x := at_x (accelerated (fun _ y => y) grad gamma x0 T)).
  replace (f x - f xstar) with ((f x + 0) - (f xstar + 0)) by ring.
  apply (fista_run everywhere f (fun _ => 0) (fun _ y => y)) with (L := L); try tauto.
  - apply indicator_convex, everywhere_convex.
  - intros step y pos. apply prox_zero, pos.
  - apply minimiser_everywhere. intros y. pose proof (least y). lra.
  - exact I.
Qed.
