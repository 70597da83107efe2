(* Nesterov's accelerated gradient with constant momentum, on a strongly convex smooth function.

   Let f be mu-strongly convex and L-smooth on R^n, with a minimiser x*, and q = sqrt(gamma mu) for a step
   0 < gamma <= 1/L. The rule nesterov_sc, x_{t+1} = y_t - gamma grad f(y_t) and y_{t+1} = x_{t+1} + b (x_{t+1} - x_t)
   with b = (1 - q)/(1 + q), satisfies, for every T,
       f(x_T) - min f <= (1 - q)^T (f(x_0) - min f + (mu/2) ||x_0 - x*||^2). *)
From Coq Require Import Reals Lra Psatz Lia ZArith.
From Goldstep.theorems.base Require Import space functions sums.
From Spec.theorems Require Import nesterov_sc_rate.
Local Open Scope R_scope.

(* emitted rule *)
Definition nesterov_sc_x (p_y : R) (p_g : R) (p_lr : R) : R :=
  p_y - (p_lr * p_g).
Definition nesterov_sc_momentum (p_lr : R) (p_mu : R) : R :=
  (1 - (sqrt (p_lr * p_mu))) / (1 + (sqrt (p_lr * p_mu))).
Definition nesterov_sc_y (p_x : R) (p_x_next : R) (p_lr : R) (p_mu : R) : R :=
  p_x_next + ((nesterov_sc_momentum p_lr p_mu) * (p_x_next - p_x)).
(* end *)

(* The pair of x_t and y_t. *)
Fixpoint nesterov_sc_iterates {n : nat} (grad : Rn n -> Rn n) (gamma mu : R) (x0 : Rn n) (t : nat) : Rn n * Rn n :=
  match t with
  | O => (x0, x0)
  | S t => let (x, y) := nesterov_sc_iterates grad gamma mu x0 t in
           let x' := lift2 (fun y g => nesterov_sc_x y g gamma) y (grad y) in
           (x', lift2 (fun x x' => nesterov_sc_y x x' gamma mu) x x')
  end.

Definition nesterov_sc_rate_statement : Prop :=
  forall (n : nat) (f : Rn n -> R) (grad : Rn n -> Rn n) (mu L gamma : R) (x0 xstar : Rn n) (T : nat),
  strongly_convex mu f -> smooth L f grad -> minimiser f xstar -> nesterov_sc_rate_domain mu L gamma ->
  f (fst (nesterov_sc_iterates grad gamma mu x0 T)) - f xstar
  <= nesterov_sc_rate_bound (Z.of_nat T) mu gamma (norm2 (x0 -: xstar)) (f x0 - f xstar).

Fixpoint momentum_iterates {X : space} (grad : X -> X) (gamma b : R) (x0 : X) (t : nat) : X * X :=
  match t with
  | O => (x0, x0)
  | S t => let (x, y) := momentum_iterates grad gamma b x0 t in
           let x' := y -: gamma *: grad y in
           (x', x' +: b *: (x' -: x))
  end.

Lemma nesterov_sc_momentum_iterates n grad gamma mu (x0 : Rn n) t :
  nesterov_sc_iterates grad gamma mu x0 t = momentum_iterates grad gamma (nesterov_sc_momentum gamma mu) x0 t.
Proof.
  induction t as [| t IH]; [reflexivity |]. simpl. rewrite IH. destruct (momentum_iterates _ _ _ _ t) as [x y].
  rewrite (lift2_step n _ gamma y) by (intros; unfold nesterov_sc_x; ring).
  f_equal. by_coordinate. unfold nesterov_sc_y. ring.
Qed.

Section Proof.
Context {X : space} (f : X -> R) (grad : X -> X) (mu L gamma : R) (x0 xstar : X).
Hypothesis cvx : strongly_convex mu f.
Hypothesis lsmooth : smooth L f grad.
Hypothesis least : minimiser f xstar.
Hypothesis order : 0 < mu <= L.
Hypothesis range : 0 < gamma <= 1 / L.

Let q : R := sqrt (gamma * mu).

Lemma q_square : q * q = gamma * mu.
Proof. apply sqrt_sqrt. apply Rmult_le_pos; lra. Qed.

Lemma q_range : 0 < q <= 1.
Proof.
  assert (0 < gamma * mu) by (apply Rmult_lt_0_compat; lra).
  pose proof (step_times L gamma 1 ltac:(lra) (proj2 range)).
  assert (gamma * mu <= gamma * L) by (apply Rmult_le_compat_l; lra).
  split; [apply sqrt_lt_R0; assumption |]. rewrite <- sqrt_1. apply sqrt_le_1_alt. lra.
Qed.

(* The potential at x and y, with z = y + (y - x)/q: f(x) - min f + (mu/2) ||z - x*||^2. *)
Let point (x y : X) : X := y +: (1 / q) *: (y -: x).
Let potential (x y : X) : R := f x - f xstar + mu / 2 * norm2 (point x y -: xstar).

Lemma nesterov_sc_step x y : let x' := y -: gamma *: grad y in
  potential x' (x' +: ((1 - q) / (1 + q)) *: (x' -: x)) <= (1 - q) * potential x y.
Proof.
  intros x'. pose proof q_square as square. pose proof q_range as unit.
  set (g := grad y) in *. set (a := point x y -: xstar). set (b := y -: xstar).
  assert (gamma / q = q / mu) as ratio.
  { apply Rmult_eq_reg_r with (q * mu); [| apply Rgt_not_eq, Rmult_lt_0_compat; lra].
    replace (gamma / q * (q * mu)) with (gamma * mu) by (field; lra).
    replace (q / mu * (q * mu)) with (q * q) by (field; lra). lra. }
  (* z' = (1 - q) z + q y - (q/mu) grad f(y). *)
  assert (move : point x' (x' +: ((1 - q) / (1 + q)) *: (x' -: x)) -: xstar
                 = (1 - q) *: a +: q *: b -: (gamma / q) *: g).
  { assert (point x' (x' +: ((1 - q) / (1 + q)) *: (x' -: x)) = x' +: ((1 - q) / q) *: (x' -: x)) as momentum.
    { unfold point. clearbody x'. clear - unit. same_point_by ltac:(field; lra). }
    rewrite momentum. unfold a, b, x', point. clear - unit. clearbody g q. same_point_by ltac:(field; lra). }
  unfold potential at 1. rewrite move.
  pose proof (gradient_step L f grad lsmooth y gamma) as lower. fold g x' in lower.
  pose proof (step_times L gamma 1 ltac:(lra) (proj2 range)) as short.
  pose proof (strongly_convex_first_order mu f grad cvx (proj1 lsmooth) y xstar) as one. fold g in one.
  pose proof (strongly_convex_first_order mu f grad cvx (proj1 lsmooth) y x) as two. fold g in two.
  rewrite norm2_sub_sym in one. fold b in one. replace (xstar -: y) with ((-1) *: b) in one by (unfold b; same_point).
  rewrite inner_scale_r in one.
  assert (x -: y = q *: (b -: a)) as back.
  { unfold a, b, point. clear - unit. same_point_by ltac:(field; lra). }
  rewrite back, inner_scale_r, inner_sub_r in two.
  pose proof (norm2_pos (q *: (b -: a))) as extra.
  assert (0 <= mu / 2 * norm2 (q *: (b -: a))) by (apply Rmult_le_pos; lra).
  assert (norm2 ((1 - q) *: a +: q *: b -: (gamma / q) *: g)
          <= (1 - q) * norm2 a + q * norm2 b - 2 * (q / mu) * ((1 - q) * inner g a + q * inner g b)
             + (gamma / mu) * norm2 g) as spread.
  { replace (gamma / mu) with ((gamma / q) ^ 2) by
      (rewrite ratio; apply Rmult_eq_reg_r with (mu * mu); [| apply Rgt_not_eq, Rmult_lt_0_compat; lra];
       replace ((q / mu) ^ 2 * (mu * mu)) with (q * q) by (field; lra); rewrite square; field; lra).
    rewrite <- ratio. pose proof (norm2_pos (a -: b)) as apart.
    assert (0 <= q * (1 - q) * norm2 (a -: b)) by (apply Rmult_le_pos; [apply Rmult_le_pos |]; lra).
    set (k := gamma / q) in *. clearbody a b g k. clear - H0. expand. lra. }
  apply Rmult_le_compat_l with (r := mu / 2) in spread; [| lra].
  replace (mu / 2 * ((1 - q) * norm2 a + q * norm2 b - 2 * (q / mu) * ((1 - q) * inner g a + q * inner g b)
                     + gamma / mu * norm2 g))
    with ((1 - q) * (mu / 2 * norm2 a) + q * (mu / 2 * norm2 b) - q * ((1 - q) * inner g a + q * inner g b)
          + gamma / 2 * norm2 g) in spread by (field; lra).
  assert (gamma / 2 * norm2 g <= gamma * (1 - gamma * L / 2) * norm2 g) as drop.
  { apply Rmult_le_compat_r; [apply norm2_pos | nra]. }
  apply Rmult_le_compat_l with (r := q) in one; [| lra].
  assert (two' : f y - f xstar <= f x - f xstar - q * (inner g b - inner g a)) by lra.
  apply Rmult_le_compat_l with (r := 1 - q) in two'; [| lra].
  unfold potential. fold a. lra.
Qed.

Lemma nesterov_sc_run T :
  f (fst (momentum_iterates grad gamma ((1 - q) / (1 + q)) x0 T)) - f xstar
  <= (1 - q) ^ T * (f x0 - f xstar + mu / 2 * norm2 (x0 -: xstar)).
Proof.
  pose proof q_range as unit. set (at_t := momentum_iterates grad gamma ((1 - q) / (1 + q)) x0).
  set (V := fun t => potential (fst (at_t t)) (snd (at_t t))).
  assert (V T <= (1 - q) ^ T * V O) as rate.
  { apply linear_rate; [lra |]. intros t _. unfold V, at_t. simpl.
    destruct (momentum_iterates grad gamma ((1 - q) / (1 + q)) x0 t) as [x y]. apply nesterov_sc_step. }
  assert (V O = f x0 - f xstar + mu / 2 * norm2 (x0 -: xstar)) as first.
  { unfold V, potential, point. simpl. replace (x0 +: (1 / q) *: (x0 -: x0)) with x0 by same_point. reflexivity. }
  rewrite first in rate. unfold V, potential in rate.
  assert (0 <= mu / 2 * norm2 (point (fst (at_t T)) (snd (at_t T)) -: xstar))
    by (apply Rmult_le_pos; [lra | apply norm2_pos]). lra.
Qed.
End Proof.

Theorem nesterov_sc_rate : nesterov_sc_rate_statement.
Proof.
  unfold nesterov_sc_rate_statement, nesterov_sc_rate_domain, nesterov_sc_rate_bound. intros.
  rewrite nesterov_sc_momentum_iterates, <- pow_powerRZ. apply (nesterov_sc_run f grad mu L gamma); tauto.
Qed.
