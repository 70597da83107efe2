(* The potential of gradient descent on a convex smooth function, from which its two tight rates follow. *)
From Coq Require Import Reals Lra Psatz.
From Goldstep.theorems.base Require Import space functions sums gradient_descent.
Local Open Scope R_scope.

Section Potential.
Context {X : space} (f : X -> R) (grad : X -> X) (L gamma : R) (xstar : X).
Hypothesis cvx : convex f.
Hypothesis lsmooth : smooth L f grad.
Hypothesis least : minimiser f xstar.
Hypothesis positive : 0 < L.
Hypothesis step : 0 < gamma <= 1 / L.

Let next (x : X) : X := x -: gamma *: grad x.

Lemma short_step : gamma <= / L /\ 0 <= / L - gamma.
Proof. unfold Rdiv in step. lra. Qed.

(* The gradient's norm never increases. *)
Lemma gradient_decreases x : norm2 (grad (next x)) <= norm2 (grad x).
Proof.
  pose proof (lem_cocoercive_inner L f grad positive cvx lsmooth x (next x)) as close.
  replace (x -: next x) with (gamma *: grad x) in close by (unfold next; same_point).
  rewrite inner_scale_r in close. pose proof short_step as short.
  set (g := grad x) in *. set (g' := grad (next x)) in *. clearbody g g'.
  pose proof (norm2_pos (g -: g')) as square. unfold Rdiv in close.
  assert (gamma * norm2 (g -: g') <= gamma * inner (g -: g') g) as shorter.
  { assert (norm2 (g -: g') * gamma <= norm2 (g -: g') * / L) by (apply Rmult_le_compat_l; lra). lra. }
  apply Rmult_le_reg_l in shorter; [| lra]. clear close short. expand. lra.
Qed.

(* f(x') - f(x) <= -(gamma/2) (||grad f(x)||^2 + ||grad f(x')||^2). *)
Lemma value_decreases x : f (next x) - f x <= - (gamma / 2) * (norm2 (grad x) + norm2 (grad (next x))).
Proof.
  pose proof (lem_cocoercive L f grad positive cvx lsmooth (next x) x) as above.
  replace (x -: next x) with (gamma *: grad x) in above by (unfold next; same_point).
  rewrite inner_scale_r in above. pose proof short_step as short.
  set (g := grad x) in *. set (g' := grad (next x)) in *. set (v := f (next x)) in *. clearbody g g' v.
  replace (norm2 (g -: g') / (2 * L)) with (/ L / 2 * norm2 (g -: g')) in above by (field; lra).
  assert (gamma / 2 * norm2 (g -: g') <= / L / 2 * norm2 (g -: g')).
  { apply Rmult_le_compat_r; [apply norm2_pos | lra]. }
  clear short. expand. lra.
Qed.

(* V_n = 2 gamma n (f(x_n) - min f) + (gamma^2 n^2 + gamma n/L) ||grad f(x_n)||^2 + ||x_n - x*||^2. *)
Definition potential (k : R) (x : X) : R :=
  2 * gamma * k * (f x - f xstar) + (gamma ^ 2 * k ^ 2 + gamma * k / L) * norm2 (grad x) + norm2 (x -: xstar).

Lemma potential_decreases k x : 0 <= k -> potential (k + 1) (next x) <= potential k x.
Proof.
  intros nonneg. unfold potential.
  pose proof (lem_cocoercive L f grad positive cvx lsmooth x xstar) as below.
  rewrite (minimiser_gradient f grad xstar least (proj1 lsmooth)) in below.
  replace (norm2 (zero -: grad x) / (2 * L)) with (/ L / 2 * norm2 (grad x)) in below by (expand; field; lra).
  replace (inner (grad x) (xstar -: x)) with (- inner (grad x) (x -: xstar)) in below by (expand; ring).
  pose proof (value_decreases x) as lower. pose proof (gradient_decreases x) as smaller.
  assert (distance : norm2 (next x -: xstar)
    = norm2 (x -: xstar) - 2 * gamma * inner (grad x) (x -: xstar) + gamma ^ 2 * norm2 (grad x)).
  { unfold next. set (g := grad x). clearbody g. clear below lower smaller. expand. ring. }
  rewrite distance. unfold Rdiv. set (i := / L) in *.
  assert (0 < i) by (apply Rinv_0_lt_compat; exact positive).
  set (v := f x - f xstar) in *. replace (f (next x) - f xstar) with (v + (f (next x) - f x)) by (unfold v; ring).
  set (drop := f (next x) - f x) in *. set (u := norm2 (grad x)) in *. set (u' := norm2 (grad (next x))) in *.
  set (slope := inner (grad x) (x -: xstar)) in *. set (r := norm2 (x -: xstar)) in *.
  assert (2 * gamma * (k + 1) * drop <= 2 * gamma * (k + 1) * (- (gamma / 2) * (u + u'))).
  { apply Rmult_le_compat_l; [repeat apply Rmult_le_pos; lra | exact lower]. }
  assert (2 * gamma * (v + i / 2 * u) <= 2 * gamma * slope) by (apply Rmult_le_compat_l; unfold v; lra).
  assert (0 <= (gamma ^ 2 * k * (k + 1) + gamma * i * (k + 1)) * (u - u')).
  { apply Rmult_le_pos; [| lra].
    apply Rplus_le_le_0_compat; repeat apply Rmult_le_pos; try lra; apply pow2_ge_0. }
  nra.
Qed.

Lemma potential_run x0 T : potential (INR T) (descent grad gamma x0 T) <= norm2 (x0 -: xstar).
Proof.
  replace (norm2 (x0 -: xstar)) with (potential (INR 0) (descent grad gamma x0 0)).
  - apply (non_increasing (fun t => potential (INR t) (descent grad gamma x0 t))). intros t _.
    rewrite S_INR. apply (potential_decreases (INR t) (descent grad gamma x0 t)), pos_INR.
  - unfold potential. simpl. unfold Rdiv. ring.
Qed.
End Potential.
