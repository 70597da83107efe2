(* Gradient descent on a convex smooth function, the sharp bound on the last gradient. No source was opened that states
   it; the proof is by a potential (base/convex_descent.v).

   Let f be convex and L-smooth on R^n, with a minimiser x*. Gradient descent with a step 0 < gamma <= 1/L satisfies,
   for every T >= 0,
       ||grad f(x_T)||^2 <= ||x_0 - x*||^2 / (gamma T + 1/L)^2,
   with equality for Huber's function on the line, for each L, gamma, T and distance.
   The iterates are those of the rule gd of spec/rules/gradient/gd.acsl. *)
From Coq Require Import Reals Lra Psatz Lia.
From Goldstep.theorems.base Require Import space functions sums gradient_descent line convex_descent descent_examples.
From Spec.theorems Require Import gd_convex_gradnorm.
Local Open Scope R_scope.

Definition gd_convex_gradnorm_statement : Prop :=
  forall (n : nat) (f : Rn n -> R) (grad : Rn n -> Rn n) (L gamma : R) (x0 xstar : Rn n) (T : nat),
  convex f -> smooth L f grad -> minimiser f xstar -> gd_convex_gradnorm_domain L gamma ->
  norm2 (grad (gd grad gamma x0 T)) <= gd_convex_gradnorm_bound (Z.of_nat T) L gamma (norm2 (x0 -: xstar)).

Definition gd_convex_gradnorm_attained_statement : Prop :=
  forall (L gamma r : R) (T : nat), gd_convex_gradnorm_domain L gamma -> 0 <= r ->
  exists (f : Rn 1 -> R) (grad : Rn 1 -> Rn 1) (x0 xstar : Rn 1),
  convex f /\ smooth L f grad /\ minimiser f xstar /\ norm2 (x0 -: xstar) = r ^ 2
  /\ norm2 (grad (gd grad gamma x0 T)) = gd_convex_gradnorm_bound (Z.of_nat T) L gamma (norm2 (x0 -: xstar)).

Section Proof.
Context {X : space} (f : X -> R) (grad : X -> X) (L gamma : R) (xstar : X).
Hypothesis cvx : convex f.
Hypothesis lsmooth : smooth L f grad.
Hypothesis least : minimiser f xstar.
Hypothesis positive : 0 < L.

(* V_n >= (gamma n + 1/L)^2 ||grad f(x_n)||^2. *)
Lemma gd_convex_gradnorm_end k x : 0 <= k -> 0 < gamma ->
  (gamma * k + 1 / L) ^ 2 * norm2 (grad x) <= potential f grad L gamma xstar k x.
Proof.
  intros nonneg pos. unfold potential.
  pose proof (lem_grad_gap L f grad (f xstar) positive lsmooth least x) as gap.
  pose proof (proj2 lsmooth x xstar) as far.
  rewrite (minimiser_gradient f grad xstar least (proj1 lsmooth)) in far.
  replace (grad x -: zero) with (grad x) in far by same_point.
  apply norm_le_square in far. rewrite Rpow_mult_distr in far. replace (norm (x -: xstar) ^ 2)
    with (norm2 (x -: xstar)) in far by (rewrite <- norm_square; ring).
  set (u := norm2 (grad x)) in *. set (v := f x - f xstar) in *. set (r := norm2 (x -: xstar)) in *.
  unfold Rdiv. rewrite Rmult_1_l. set (i := / L).
  assert (0 < i) by (apply Rinv_0_lt_compat; exact positive). assert (i * L = 1) as one by (unfold i; field; lra).
  assert (i * u <= 2 * v).
  { apply Rmult_le_compat_l with (r := i) in gap; [| lra].
    replace (i * (2 * L * v)) with (i * L * (2 * v)) in gap by ring. rewrite one in gap. lra. }
  assert (i ^ 2 * u <= r).
  { apply Rmult_le_compat_l with (r := i ^ 2) in far; [| apply pow2_ge_0].
    replace (i ^ 2 * (L ^ 2 * r)) with ((i * L) ^ 2 * r) in far by ring. rewrite one in far. lra. }
  assert (0 <= gamma * k) by (apply Rmult_le_pos; lra).
  assert (gamma * k * (i * u) <= gamma * k * (2 * v)) by (apply Rmult_le_compat_l; assumption). lra.
Qed.
End Proof.

Theorem gd_convex_gradnorm : gd_convex_gradnorm_statement.
Proof.
  intros n f grad L gamma x0 xstar T cvx lsmooth least [positive step].
  unfold gd_convex_gradnorm_bound. rewrite gd_descent, <- INR_IZR_INZ.
  change (powerRZ ?a 2) with (a ^ 2).
  pose proof (potential_run f grad L gamma xstar cvx lsmooth least positive step x0 T) as total.
  pose proof (gd_convex_gradnorm_end f grad L gamma xstar lsmooth least positive (INR T)
    (descent grad gamma x0 T) (pos_INR T) ltac:(lra)) as last.
  assert (0 <= gamma * INR T) by (apply Rmult_le_pos; [lra | apply pos_INR]).
  assert (0 < 1 / L) by (apply Rdiv_lt_0_compat; lra).
  set (c := gamma * INR T + 1 / L) in *. assert (0 < c ^ 2) by (apply pow_lt; unfold c; lra).
  apply Rmult_le_reg_l with (c ^ 2); [assumption |].
  replace (c ^ 2 * (norm2 (x0 -: xstar) / c ^ 2)) with (norm2 (x0 -: xstar)) by (field; unfold c; lra). lra.
Qed.

(* huber(L, w), w = r / (L gamma T + 1), from r: x_T = w. *)
Theorem gd_convex_gradnorm_attained : gd_convex_gradnorm_attained_statement.
Proof.
  intros L gamma r T [positive step] nonneg. unfold gd_convex_gradnorm_bound.
  set (a := L * gamma * INR T).
  assert (0 <= a) by (unfold a; repeat apply Rmult_le_pos; try lra; apply pos_INR).
  set (w := r / (a + 1)). assert (0 <= w) by (unfold w; apply Rle_mult_inv_pos; lra).
  assert (last : r - INR T * (gamma * (L * w)) = w) by (unfold w, a in *; field; lra).
  exists (on_line (huber L w)), (line_gradient (huber' L w)), (at_line r), (at_line 0).
  split; [apply huber_convex; lra |]. split; [apply huber_smooth; lra |]. split; [apply huber_minimiser; lra |].
  rewrite gd_descent, huber_descent by lra. rewrite last, <- INR_IZR_INZ, !line_norm2, line_sub.
  unfold line_gradient. rewrite !coordinate_at. split; [ring |].
  rewrite huber'_far by lra. change (powerRZ ?a 2) with (a ^ 2).
  replace (gamma * INR T + 1 / L) with ((a + 1) / L) by (unfold a; field; lra).
  unfold w. field. lra.
Qed.
