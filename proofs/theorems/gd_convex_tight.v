(* Gradient descent on a convex smooth function, the sharp bound. Drori & Teboulle 2014, as PEPit's wc_gradient_descent
   states it; the proof is by a potential (base/convex_descent.v).

   Let f be convex and L-smooth on R^n, with a minimiser x*. Gradient descent with a step 0 < gamma <= 1/L satisfies,
   for every T >= 0,
       f(x_T) - min f <= L ||x_0 - x*||^2 / (4 L gamma T + 2),
   with equality for Huber's function on the line, for each L, gamma, T and distance.
   The iterates are those of the rule gd of spec/rules/gradient/gd.acsl. *)
From Coq Require Import Reals Lra Psatz Lia.
From Goldstep.theorems.base Require Import space functions sums gradient_descent line convex_descent descent_examples.
From Spec.theorems Require Import gd_convex_tight.
Local Open Scope R_scope.

Definition gd_convex_tight_statement : Prop :=
  forall (n : nat) (f : Rn n -> R) (grad : Rn n -> Rn n) (L gamma : R) (x0 xstar : Rn n) (T : nat),
  convex f -> smooth L f grad -> minimiser f xstar -> gd_convex_tight_domain L gamma ->
  f (gd grad gamma x0 T) - f xstar <= gd_convex_tight_bound (Z.of_nat T) L gamma (norm2 (x0 -: xstar)).

Definition gd_convex_tight_attained_statement : Prop :=
  forall (L gamma r : R) (T : nat), gd_convex_tight_domain L gamma -> 0 <= r ->
  exists (f : Rn 1 -> R) (grad : Rn 1 -> Rn 1) (x0 xstar : Rn 1),
  convex f /\ smooth L f grad /\ minimiser f xstar /\ norm2 (x0 -: xstar) = r ^ 2
  /\ f (gd grad gamma x0 T) - f xstar = gd_convex_tight_bound (Z.of_nat T) L gamma (norm2 (x0 -: xstar)).

Section Proof.
Context {X : space} (f : X -> R) (grad : X -> X) (L gamma : R) (xstar : X).
Hypothesis cvx : convex f.
Hypothesis lsmooth : smooth L f grad.
Hypothesis least : minimiser f xstar.
Hypothesis positive : 0 < L.

(* V_n >= (4 gamma n + 2/L) (f(x_n) - min f), from ||x - x* - (gamma n + 1/L) grad f(x)||^2 >= 0. *)
Lemma gd_convex_tight_end k x : 0 <= k -> 0 < gamma ->
  (4 * (gamma * k) + 2 / L) * (f x - f xstar) <= potential f grad L gamma xstar k x.
Proof.
  intros nonneg pos. unfold potential.
  pose proof (lem_cocoercive L f grad positive cvx lsmooth x xstar) as below.
  rewrite (minimiser_gradient f grad xstar least (proj1 lsmooth)) in below.
  replace (norm2 (zero -: grad x) / (2 * L)) with (/ L / 2 * norm2 (grad x)) in below by (expand; field; lra).
  unfold Rdiv in *. set (i := / L) in *. assert (0 < i) by (apply Rinv_0_lt_compat; exact positive).
  assert (0 <= gamma * k) by (apply Rmult_le_pos; lra).
  replace (gamma ^ 2 * k ^ 2) with ((gamma * k) ^ 2) by ring.
  replace (2 * gamma * k) with (2 * (gamma * k)) by ring. set (a := gamma * k) in *.
  pose proof (norm2_pos (x -: xstar -: (a + i) *: grad x)) as square.
  set (g := grad x) in *. set (v := f x) in *. set (vstar := f xstar) in *. clearbody g v vstar.
  apply Rmult_le_compat_l with (r := 2 * (a + i)) in below; [| lra]. expand. nra.
Qed.
End Proof.

Theorem gd_convex_tight : gd_convex_tight_statement.
Proof.
  intros n f grad L gamma x0 xstar T cvx lsmooth least [positive step].
  unfold gd_convex_tight_bound. rewrite gd_descent, <- INR_IZR_INZ.
  pose proof (potential_run f grad L gamma xstar cvx lsmooth least positive step x0 T) as total.
  pose proof (gd_convex_tight_end f grad L gamma xstar cvx lsmooth least positive (INR T) (descent grad gamma x0 T)
    (pos_INR T) ltac:(lra)) as last.
  assert (0 <= L * gamma * INR T) by (repeat apply Rmult_le_pos; try lra; apply pos_INR).
  apply Rmult_le_reg_r with (4 * (gamma * INR T) + 2 / L).
  - assert (0 < 2 / L) by (apply Rdiv_lt_0_compat; lra). pose proof (pos_INR T). nra.
  - replace (L * norm2 (x0 -: xstar) / (4 * L * gamma * INR T + 2) * (4 * (gamma * INR T) + 2 / L))
      with (norm2 (x0 -: xstar)) by (field; lra). lra.
Qed.

(* huber(L, w), w = r / (2 L gamma T + 1), from r: x_T = w (L gamma T + 1). *)
Theorem gd_convex_tight_attained : gd_convex_tight_attained_statement.
Proof.
  intros L gamma r T [positive step] nonneg. unfold gd_convex_tight_bound.
  set (a := L * gamma * INR T).
  assert (0 <= a) by (unfold a; repeat apply Rmult_le_pos; try lra; apply pos_INR).
  set (w := r / (2 * a + 1)). assert (0 <= w) by (unfold w; apply Rle_mult_inv_pos; lra).
  assert (last : r - INR T * (gamma * (L * w)) = w * (a + 1)) by (unfold w, a in *; field; lra).
  assert (w <= w * (a + 1)) by nra.
  exists (on_line (huber L w)), (line_gradient (huber' L w)), (at_line r), (at_line 0).
  split; [apply huber_convex; lra |]. split; [apply huber_smooth; lra |]. split; [apply huber_minimiser; lra |].
  rewrite gd_descent, huber_descent by lra. rewrite last, <- INR_IZR_INZ, line_norm2, line_sub.
  unfold on_line. rewrite !coordinate_at. split; [ring |].
  rewrite huber_far, huber_at_0 by lra. replace (4 * L * gamma * INR T) with (4 * a) by (unfold a; ring).
  unfold w. field. lra.
Qed.
