(* The classes of functions of the convergence theorems, and what follows from them. Lemmas named lem_* are those of the
   handbook's preliminaries. *)
From Coq Require Import Reals Lra Psatz Lia FunctionalExtensionality.
From Goldstep.theorems.base Require Import space.
Local Open Scope R_scope.

Lemma abs_bounds a b : Rabs a <= b -> - b <= a <= b.
Proof. unfold Rabs; destruct Rcase_abs; lra. Qed.

(* gamma <= a/L is gamma L <= a. *)
Lemma step_times L gamma a : 0 < L -> gamma <= a / L -> gamma * L <= a.
Proof.
  intros pos less. apply Rmult_le_compat_r with (r := L) in less; [| lra].
  replace (a / L * L) with a in less by (field; lra). exact less.
Qed.

Lemma step_times_lt L gamma a : 0 < L -> gamma < a / L -> gamma * L < a.
Proof.
  intros pos less. apply Rmult_lt_compat_r with (r := L) in less; [| lra].
  replace (a / L * L) with a in less by (field; lra). exact less.
Qed.

Section Classes.
Context {X : space}.
Implicit Types (f : X -> R) (grad : X -> X) (x y d g : X).

(* f((1-t) x + t y) <= (1-t) f(x) + t f(y). *)
Definition convex f : Prop :=
  forall x y t, 0 <= t <= 1 -> f ((1 - t) *: x +: t *: y) <= (1 - t) * f x + t * f y.

(* f((1-t) x + t y) <= (1-t) f(x) + t f(y) - t (1-t) (mu/2) ||x - y||^2. *)
Definition strongly_convex (mu : R) f : Prop :=
  forall x y t, 0 <= t <= 1 ->
  f ((1 - t) *: x +: t *: y) <= (1 - t) * f x + t * f y - t * (1 - t) * (mu / 2 * norm2 (x -: y)).

(* f has at each x, in each direction d, the derivative <grad f(x), d>. *)
Definition is_gradient f grad : Prop :=
  forall x d, derivable_pt_lim (fun t => f (x +: t *: d)) 0 (inner (grad x) d).

(* ||grad f(x) - grad f(y)|| <= L ||x - y||. With is_gradient this is differentiability in every usual sense. *)
Definition smooth (L : R) f grad : Prop :=
  is_gradient f grad /\ forall x y, norm (grad x -: grad y) <= L * norm (x -: y).

Definition minimiser f x : Prop := forall y, f x <= f y.

Definition lower_bound f (m : R) : Prop := forall x, m <= f x.

(* m = inf f. *)
Definition infimum f (m : R) : Prop := lower_bound f m /\ forall m', lower_bound f m' -> m' <= m.

(* Polyak-Lojasiewicz: ||grad f(x)||^2 >= 2 mu (f(x) - inf f), with inf f finite. *)
Definition polyak_lojasiewicz (mu : R) f grad : Prop :=
  exists m, infimum f m /\ forall x, 2 * mu * (f x - m) <= norm2 (grad x).

Definition subgradient f x g : Prop := forall y, f x + inner g (y -: x) <= f y.

Definition lipschitz (G : R) f : Prop := forall x y, Rabs (f x - f y) <= G * norm (x -: y).
End Classes.

Section Elementary.
Context {X : space}.
Implicit Types (f : X -> R) (grad : X -> X) (x y d g : X).

Lemma strongly_convex_0 f : strongly_convex 0 f <-> convex f.
Proof.
  split; intros cvx x y t between; specialize (cvx x y t between).
  - lra.
  - lra.
Qed.

Lemma strongly_convex_convex mu f : 0 <= mu -> strongly_convex mu f -> convex f.
Proof.
  intros pos cvx x y t between. specialize (cvx x y t between). pose proof (norm2_pos (x -: y)).
  assert (0 <= t * (1 - t)) by nra. assert (0 <= mu / 2 * norm2 (x -: y)) by nra. nra.
Qed.

Lemma minimiser_infimum f x : minimiser f x -> infimum f (f x).
Proof. intros least. split; [exact least | intros m below; apply below]. Qed.

Lemma infimum_unique f m m' : infimum f m -> infimum f m' -> m = m'.
Proof. intros [low greatest] [low' greatest']. apply Rle_antisym; auto. Qed.

Lemma smooth_weaken L L' f grad : L <= L' -> smooth L f grad -> smooth L' f grad.
Proof.
  intros more [gradient lip]. split; [exact gradient |]. intros x y. pose proof (norm_pos (x -: y)).
  apply Rle_trans with (L * norm (x -: y)); [apply lip | apply Rmult_le_compat_r; lra].
Qed.

(* The derivative along a line, at any of its points. *)
Lemma line_derivative f grad : is_gradient f grad ->
  forall x d s, derivable_pt_lim (fun t => f (x +: t *: d)) s (inner (grad (x +: s *: d)) d).
Proof.
  intros gradient x d s eps pos.
  destruct (gradient (x +: s *: d) d eps pos) as [delta near]. exists delta. intros h some small.
  specialize (near h some small). rewrite Rplus_0_l in near.
  replace (x +: s *: d +: h *: d) with (x +: (s + h) *: d) in near by same_point.
  replace (x +: s *: d +: 0 *: d) with (x +: s *: d) in near by same_point. exact near.
Qed.

(* There is one gradient. *)
Lemma gradient_unique f grad grad' : is_gradient f grad -> is_gradient f grad' -> forall x, grad x = grad' x.
Proof.
  intros first second x. apply point_equal. set (d := grad x -: grad' x).
  unfold norm2. unfold d at 1. rewrite inner_sub_l.
  rewrite (uniqueness_limite _ _ _ _ (first x d) (second x d)). ring.
Qed.

(* A derivative that is nowhere above a difference quotient's bound. *)
Lemma derivative_le (phi : R -> R) (l a b : R) : derivable_pt_lim phi 0 l ->
  (forall t, 0 < t <= 1 -> phi t - phi 0 <= t * (a + b * t)) -> l <= a.
Proof.
  intros derivative quotient. apply le_epsilon. intros eps pos.
  destruct (derivative (eps / 2)) as [delta near]; [lra |].
  pose proof (cond_pos delta). pose proof (Rabs_pos b).
  set (t := Rmin 1 (Rmin (delta / 2) (eps / (2 * (Rabs b + 1))))).
  assert (0 < eps / (2 * (Rabs b + 1))) by (apply Rdiv_lt_0_compat; lra).
  assert (0 < t) by (unfold t; repeat apply Rmin_pos; lra).
  assert (t <= 1) by (unfold t; apply Rmin_l).
  assert (t <= delta / 2) by (unfold t; eapply Rle_trans; [apply Rmin_r | apply Rmin_l]).
  assert (t <= eps / (2 * (Rabs b + 1))) as small by (unfold t; eapply Rle_trans; [apply Rmin_r | apply Rmin_r]).
  specialize (near t ltac:(lra)). rewrite Rabs_right, Rplus_0_l in near by lra. specialize (near ltac:(lra)).
  apply Rabs_def2 in near. specialize (quotient t ltac:(lra)).
  assert ((phi t - phi 0) / t <= a + b * t).
  { apply Rmult_le_reg_l with t; [lra |].
    replace (t * ((phi t - phi 0) / t)) with (phi t - phi 0) by (field; lra). lra. }
  assert (b * t <= eps / 2); [| lra].
  apply Rle_trans with ((Rabs b + 1) * t).
  - pose proof (Rle_abs b). nra.
  - apply Rmult_le_compat_l with (r := Rabs b + 1) in small; [| lra].
    replace ((Rabs b + 1) * (eps / (2 * (Rabs b + 1)))) with (eps / 2) in small by (field; lra). exact small.
Qed.

(* f(y) >= f(x) + <grad f(x), y - x> + (mu/2) ||y - x||^2. *)
Lemma strongly_convex_first_order mu f grad : strongly_convex mu f -> is_gradient f grad ->
  forall x y, f x + inner (grad x) (y -: x) + mu / 2 * norm2 (y -: x) <= f y.
Proof.
  intros cvx gradient x y.
  assert (inner (grad x) (y -: x) <= f y - f x - mu / 2 * norm2 (y -: x)); [| lra].
  apply (derivative_le _ _ _ (mu / 2 * norm2 (y -: x)) (gradient x (y -: x))). intros t between.
  specialize (cvx x y t ltac:(lra)). rewrite norm2_sub_sym in cvx.
  replace (x +: t *: (y -: x)) with ((1 - t) *: x +: t *: y) by same_point.
  replace (x +: 0 *: (y -: x)) with x by same_point. lra.
Qed.

(* f(y) >= f(x) + <grad f(x), y - x>. *)
Lemma convex_first_order f grad : convex f -> is_gradient f grad ->
  forall x y, f x + inner (grad x) (y -: x) <= f y.
Proof.
  intros cvx gradient x y. apply strongly_convex_0 in cvx.
  pose proof (strongly_convex_first_order 0 f grad cvx gradient x y). lra.
Qed.

Lemma convex_subgradient f grad : convex f -> is_gradient f grad -> forall x, subgradient f x (grad x).
Proof. intros cvx gradient x y. apply convex_first_order; assumption. Qed.

(* <grad f(x) - grad f(y), x - y> >= mu ||x - y||^2. *)
Lemma strongly_convex_monotone mu f grad : strongly_convex mu f -> is_gradient f grad ->
  forall x y, mu * norm2 (x -: y) <= inner (grad x -: grad y) (x -: y).
Proof.
  intros cvx gradient x y.
  pose proof (strongly_convex_first_order mu f grad cvx gradient x y).
  pose proof (strongly_convex_first_order mu f grad cvx gradient y x). expand. lra.
Qed.

Lemma convex_monotone f grad : convex f -> is_gradient f grad ->
  forall x y, 0 <= inner (grad x -: grad y) (x -: y).
Proof.
  intros cvx gradient x y. apply strongly_convex_0 in cvx.
  pose proof (strongly_convex_monotone 0 f grad cvx gradient x y). lra.
Qed.

(* The gradient is 0 at a minimiser. *)
Lemma minimiser_gradient f grad x : minimiser f x -> is_gradient f grad -> grad x = zero.
Proof.
  intros least gradient. apply norm2_definite.
  assert (inner (grad x) ((-1) *: grad x) >= 0); [| expand; pose proof (inner_pos (grad x)); lra].
  pose proof (derivable_pt_lim_opp _ _ _ (gradient x ((-1) *: grad x))) as derivative.
  apply derivative_le with (a := 0) (b := 0) in derivative; [lra |].
  intros t between. unfold opp_fct. replace (x +: 0 *: ((-1) *: grad x)) with x by same_point.
  pose proof (least (x +: t *: ((-1) *: grad x))). lra.
Qed.

Lemma gradient_minimiser f grad x : convex f -> is_gradient f grad -> grad x = zero -> minimiser f x.
Proof.
  intros cvx gradient null y. pose proof (convex_first_order f grad cvx gradient x y) as first.
  rewrite null in first. rewrite inner_zero_l in first. lra.
Qed.

(* With a Lipschitz gradient, along a line: |<grad f(x + s d) - grad f(x), d>| <= L s ||d||^2. *)
Lemma smooth_line L f grad : smooth L f grad -> forall x d s, 0 <= s ->
  Rabs (inner (grad (x +: s *: d)) d - inner (grad x) d) <= L * s * norm2 d.
Proof.
  intros [gradient lip] x d s pos. rewrite <- inner_sub_l.
  eapply Rle_trans; [apply cauchy_schwarz_abs |].
  specialize (lip (x +: s *: d) x). replace (x +: s *: d -: x) with (s *: d) in lip by same_point.
  rewrite norm_scale, Rabs_right in lip by lra. rewrite <- norm_square.
  apply Rmult_le_compat_r with (r := norm d) in lip; [lra | apply norm_pos].
Qed.

Lemma linear_derivative a s : derivable_pt_lim (fun t => t * a) s a.
Proof.
  assert (derivable_pt_lim (id * fct_cte a) s (1 * a + s * 0)) as derivative.
  { apply derivable_pt_lim_mult; [apply derivable_pt_lim_id | apply derivable_pt_lim_const]. }
  replace (1 * a + s * 0) with a in derivative by ring. exact derivative.
Qed.

Lemma square_derivative a s : derivable_pt_lim (fun t => t ^ 2 * a) s (2 * s * a).
Proof.
  assert (derivable_pt_lim ((fun t => t ^ 2) * fct_cte a) s (INR 2 * s ^ 1 * a + s ^ 2 * 0)) as derivative.
  { apply derivable_pt_lim_mult; [apply (derivable_pt_lim_pow s 2) | apply derivable_pt_lim_const]. }
  replace (INR 2 * s ^ 1 * a + s ^ 2 * 0) with (2 * s * a) in derivative by (simpl; ring). exact derivative.
Qed.

(* |f(y) - f(x) - <grad f(x), y - x>| <= (L/2) ||y - x||^2. *)
Lemma smooth_model L f grad : smooth L f grad -> forall x y,
  Rabs (f y - f x - inner (grad x) (y -: x)) <= L / 2 * norm2 (y -: x).
Proof.
  intros lsmooth x y. set (d := y -: x).
  assert (side : forall e, e = 1 \/ e = -1 ->
    e * (f y - f x - inner (grad x) d) <= L / 2 * norm2 d).
  { intros e sign.
    set (phi := fun s => e * (f (x +: s *: d) - s * inner (grad x) d) - s ^ 2 * (L / 2 * norm2 d)).
    set (phi' := fun s => e * (inner (grad (x +: s *: d)) d - inner (grad x) d) - s * (L * norm2 d)).
    destruct (MVT_cor2 phi phi' 0 1 Rlt_0_1) as [c [equal between]].
    { intros s _. unfold phi, phi'. apply derivable_pt_lim_minus.
      - apply derivable_pt_lim_scal with (f := fun s => f (x +: s *: d) - s * inner (grad x) d).
        apply derivable_pt_lim_minus; [apply line_derivative, lsmooth | apply linear_derivative].
      - replace (s * (L * norm2 d)) with (2 * s * (L / 2 * norm2 d)) by field. apply square_derivative. }
    pose proof (smooth_line L f grad lsmooth x d c ltac:(lra)) as bound. apply abs_bounds in bound.
    assert (phi' c <= 0) by (unfold phi'; destruct sign; subst e; lra).
    unfold phi in equal. replace (x +: 1 *: d) with y in equal by (unfold d; same_point).
    replace (x +: 0 *: d) with x in equal by same_point. lra. }
  apply Rabs_le. pose proof (side 1 ltac:(lra)). pose proof (side (-1) ltac:(lra)). lra.
Qed.

(* f(y) <= f(x) + <grad f(x), y - x> + (L/2) ||y - x||^2. *)
Lemma lem_descent L f grad : smooth L f grad ->
  forall x y, f y <= f x + inner (grad x) (y -: x) + L / 2 * norm2 (y -: x).
Proof. intros lsmooth x y. pose proof (abs_bounds _ _ (smooth_model L f grad lsmooth x y)). lra. Qed.

(* f(x - gamma grad f(x)) <= f(x) - gamma (1 - gamma L/2) ||grad f(x)||^2. *)
Lemma gradient_step L f grad : smooth L f grad ->
  forall x gamma, f (x -: gamma *: grad x) <= f x - gamma * (1 - gamma * L / 2) * norm2 (grad x).
Proof.
  intros lsmooth x gamma. pose proof (lem_descent L f grad lsmooth x (x -: gamma *: grad x)).
  set (next := f (x -: gamma *: grad x)) in *. expand. lra.
Qed.

(* ||grad f(x)||^2 <= 2 L (f(x) - m) for a lower bound m of f. *)
Lemma lem_grad_gap L f grad m : 0 < L -> smooth L f grad -> lower_bound f m ->
  forall x, norm2 (grad x) <= 2 * L * (f x - m).
Proof.
  intros pos lsmooth below x. pose proof (gradient_step L f grad lsmooth x (1 / L)) as step.
  pose proof (below (x -: (1 / L) *: grad x)).
  replace (1 / L * (1 - 1 / L * L / 2)) with (/ (2 * L)) in step by (field; lra).
  assert (norm2 (grad x) / (2 * L) <= f x - m) by (unfold Rdiv; lra).
  apply Rmult_le_reg_r with (/ (2 * L)); [apply Rinv_0_lt_compat; lra |].
  replace (2 * L * (f x - m) * / (2 * L)) with (f x - m) by (field; lra). assumption.
Qed.
End Elementary.

(* Inequalities between two points. *)
Section Interpolation.
Context {X : space}.
Implicit Types (f : X -> R) (grad : X -> X) (x y d g : X).

(* A function between two quadratic models, of curvatures m (of any sign) and M at each point, is above the lower model
   by ||grad f(y) - grad f(x) - m (y - x)||^2 / (2 (M - m)). *)
Lemma interpolation m M f grad : m < M ->
  (forall x y, f x + inner (grad x) (y -: x) + m / 2 * norm2 (y -: x) <= f y) ->
  (forall x y, f y <= f x + inner (grad x) (y -: x) + M / 2 * norm2 (y -: x)) ->
  forall x y, f x + inner (grad x) (y -: x) + m / 2 * norm2 (y -: x)
              + norm2 (grad y -: grad x -: m *: (y -: x)) / (2 * (M - m)) <= f y.
Proof.
  intros order lower upper x y. set (d := y -: x). set (w := grad y -: grad x -: m *: d). set (c := / (M - m)).
  assert (square : norm2 w = inner (grad y) w - inner (grad x) w - m * inner d w).
  { unfold norm2. unfold w at 1. rewrite !inner_sub_l, inner_scale_l. ring. }
  specialize (lower x (y -: c *: w)). specialize (upper y (y -: c *: w)).
  set (between := f (y -: c *: w)) in *.
  replace (y -: c *: w -: x) with (d -: c *: w) in lower by (unfold d; same_point).
  replace (y -: c *: w -: y) with ((- c) *: w) in upper by same_point.
  replace (norm2 w / (2 * (M - m))) with (c / 2 * norm2 w) by (unfold c; field; lra).
  assert (M / 2 * (c ^ 2 * norm2 w) = c / 2 * norm2 w + m / 2 * (c ^ 2 * norm2 w)) by (unfold c; field; lra).
  assert (c * norm2 w = c * inner (grad y) w - c * inner (grad x) w - m * (c * inner d w)) by (rewrite square; ring).
  clearbody d w c between. clear square. expand. lra.
Qed.

(* f(y) >= f(x) + <grad f(x), y - x> + ||grad f(y) - grad f(x)||^2 / (2L). *)
Lemma lem_cocoercive L f grad : 0 < L -> convex f -> smooth L f grad ->
  forall x y, f x + inner (grad x) (y -: x) + norm2 (grad y -: grad x) / (2 * L) <= f y.
Proof.
  intros pos cvx lsmooth x y.
  assert (lower : forall x y, f x + inner (grad x) (y -: x) + 0 / 2 * norm2 (y -: x) <= f y).
  { intros a b. pose proof (convex_first_order f grad cvx (proj1 lsmooth) a b). lra. }
  pose proof (interpolation 0 L f grad pos lower (lem_descent L f grad lsmooth) x y) as main.
  replace (grad y -: grad x -: 0 *: (y -: x)) with (grad y -: grad x) in main by same_point.
  replace (L - 0) with L in main by ring. lra.
Qed.

(* <grad f(x) - grad f(y), x - y> >= ||grad f(x) - grad f(y)||^2 / L. *)
Lemma lem_cocoercive_inner L f grad : 0 < L -> convex f -> smooth L f grad ->
  forall x y, norm2 (grad x -: grad y) / L <= inner (grad x -: grad y) (x -: y).
Proof.
  intros pos cvx lsmooth x y. pose proof (lem_cocoercive L f grad pos cvx lsmooth x y).
  pose proof (lem_cocoercive L f grad pos cvx lsmooth y x) as other. rewrite norm2_sub_sym in other.
  rewrite (norm2_sub_sym (grad x)).
  replace (norm2 (grad y -: grad x) / L) with (2 * (norm2 (grad y -: grad x) / (2 * L))) by (field; lra).
  set (gap := norm2 (grad y -: grad x) / (2 * L)) in *. expand. lra.
Qed.

(* (i) f(y) >= f(x) + <grad f(x), d> + (||e||^2 / L + mu ||d||^2 - 2 (mu/L) <e, d>) / (2 (1 - mu/L)),
   where d = y - x and e = grad f(y) - grad f(x). *)
Lemma lem_sc_interp mu L f grad : 0 <= mu < L -> strongly_convex mu f -> smooth L f grad ->
  forall x y, f x + inner (grad x) (y -: x)
              + (norm2 (grad y -: grad x) / L + mu * norm2 (y -: x)
                 - 2 * (mu / L) * inner (grad y -: grad x) (y -: x)) / (2 * (1 - mu / L)) <= f y.
Proof.
  intros range cvx lsmooth x y.
  pose proof (interpolation mu L f grad (proj2 range)
    (strongly_convex_first_order mu f grad cvx (proj1 lsmooth)) (lem_descent L f grad lsmooth) x y) as main.
  set (d := y -: x) in *. set (e := grad y -: grad x) in *. set (first := inner (grad x) d) in *.
  replace ((norm2 e / L + mu * norm2 d - 2 * (mu / L) * inner e d) / (2 * (1 - mu / L)))
    with (mu / 2 * norm2 d + norm2 (e -: mu *: d) / (2 * (L - mu))); [lra |].
  clearbody d e. clear main. expand. field. lra.
Qed.

(* (ii) (L + mu) <e, d> >= mu L ||d||^2 + ||e||^2. *)
Lemma lem_sc_interp_inner mu L f grad : 0 <= mu < L -> strongly_convex mu f -> smooth L f grad ->
  forall x y, mu * L * norm2 (y -: x) + norm2 (grad y -: grad x)
              <= (L + mu) * inner (grad y -: grad x) (y -: x).
Proof.
  intros range cvx lsmooth x y.
  pose proof (interpolation mu L f grad (proj2 range)
    (strongly_convex_first_order mu f grad cvx (proj1 lsmooth)) (lem_descent L f grad lsmooth)) as main.
  pose proof (main x y) as there. pose proof (main y x) as back. clear main.
  replace (x -: y) with ((-1) *: (y -: x)) in back by same_point.
  replace (grad x -: grad y -: mu *: ((-1) *: (y -: x)))
    with ((-1) *: (grad y -: grad x -: mu *: (y -: x))) in back by same_point.
  rewrite !norm2_scale in back. rewrite inner_scale_r in back.
  set (d := y -: x) in *. set (e := grad y -: grad x) in *.
  assert (split : inner (grad y) d - inner (grad x) d = inner e d) by (unfold e; rewrite inner_sub_l; ring).
  assert (gap : mu * norm2 d + norm2 (e -: mu *: d) / (L - mu) <= inner e d).
  { replace (norm2 (e -: mu *: d) / (L - mu)) with (2 * (norm2 (e -: mu *: d) / (2 * (L - mu)))) by (field; lra).
    set (far := norm2 (e -: mu *: d)) in *.
    replace ((-1) ^ 2 * far / (2 * (L - mu))) with (far / (2 * (L - mu))) in back by (field; lra). lra. }
  clear there back split.
  apply Rmult_le_compat_r with (r := L - mu) in gap; [| lra].
  replace ((mu * norm2 d + norm2 (e -: mu *: d) / (L - mu)) * (L - mu))
    with (mu * (L - mu) * norm2 d + norm2 (e -: mu *: d)) in gap by (field; lra).
  clearbody d e. expand. lra.
Qed.

(* (iii) ||e - ((L + mu)/2) d|| <= ((L - mu)/2) ||d||. *)
Lemma lem_sc_interp_norm mu L f grad : 0 <= mu < L -> strongly_convex mu f -> smooth L f grad ->
  forall x y, norm (grad y -: grad x -: ((L + mu) / 2) *: (y -: x)) <= (L - mu) / 2 * norm (y -: x).
Proof.
  intros range cvx lsmooth x y. pose proof (lem_sc_interp_inner mu L f grad range cvx lsmooth x y) as main.
  set (d := y -: x) in *. set (e := grad y -: grad x) in *.
  apply square_norm_le; [pose proof (norm_pos d); nra |].
  replace (((L - mu) / 2 * norm d) ^ 2) with (((L - mu) / 2) ^ 2 * norm2 d) by (rewrite <- norm_square; ring).
  clearbody d e. expand. lra.
Qed.

(* f(y) >= f(x) + <grad f(x) + grad f(y), y - x> / 2 + ||grad f(x) - grad f(y)||^2 / (4L) - (L/4) ||y - x||^2. *)
Lemma lem_smooth_interp L f grad : 0 < L -> smooth L f grad ->
  forall x y, f x + inner (grad x +: grad y) (y -: x) / 2 + norm2 (grad x -: grad y) / (4 * L)
              - L / 4 * norm2 (y -: x) <= f y.
Proof.
  intros pos lsmooth x y.
  assert (lower : forall x y, f x + inner (grad x) (y -: x) + - L / 2 * norm2 (y -: x) <= f y).
  { intros a b. pose proof (abs_bounds _ _ (smooth_model L f grad lsmooth a b)). lra. }
  pose proof (interpolation (- L) L f grad ltac:(lra) lower (lem_descent L f grad lsmooth) x y) as main.
  rewrite (norm2_sub_sym (grad x)).
  set (d := y -: x) in *. set (e := grad y -: grad x) in *.
  replace (inner (grad x +: grad y) d) with (2 * inner (grad x) d + inner e d) by (unfold e; expand; ring).
  set (first := inner (grad x) d) in *. clearbody d e first.
  replace (norm2 (e -: - L *: d) / (2 * (L - - L)))
    with (norm2 e / (4 * L) + inner e d / 2 + L / 4 * norm2 d) in main by (clear main; expand; field; lra).
  lra.
Qed.

(* ||grad f(x)||^2 >= 2 mu (f(x) - f(y)) for every y. *)
Lemma strongly_convex_gap mu f grad : 0 < mu -> strongly_convex mu f -> is_gradient f grad ->
  forall x y, 2 * mu * (f x - f y) <= norm2 (grad x).
Proof.
  intros pos cvx gradient x y. pose proof (strongly_convex_first_order mu f grad cvx gradient x y) as first.
  pose proof (norm2_pos (grad x +: mu *: (y -: x))) as square.
  set (d := y -: x) in *. set (g := grad x) in *. clearbody d g.
  assert (2 * mu * (f x - f y) <= 2 * mu * (- inner g d - mu / 2 * norm2 d)) by (apply Rmult_le_compat_l; lra).
  expand. lra.
Qed.

(* Strong convexity gives the Polyak-Lojasiewicz inequality. *)
Lemma lem_sc_pl mu f grad xstar : 0 < mu -> strongly_convex mu f -> is_gradient f grad -> minimiser f xstar ->
  polyak_lojasiewicz mu f grad.
Proof.
  intros pos cvx gradient least. exists (f xstar). split; [apply minimiser_infimum, least |].
  intros x. apply strongly_convex_gap; assumption.
Qed.

(* f(x) - f* >= (mu/2) ||x - x*||^2. *)
Lemma lem_sc_growth mu f xstar : strongly_convex mu f -> minimiser f xstar ->
  forall x, mu / 2 * norm2 (x -: xstar) <= f x - f xstar.
Proof.
  intros cvx least x. rewrite norm2_sub_sym. set (gap := mu / 2 * norm2 (xstar -: x)).
  assert (near : forall t, 0 < t <= 1 -> gap <= f x - f xstar + t * gap).
  { intros t between. specialize (cvx xstar x t ltac:(lra)). fold gap in cvx.
    pose proof (least ((1 - t) *: xstar +: t *: x)).
    assert (t * ((1 - t) * gap) <= t * (f x - f xstar)) as scaled by lra.
    apply Rmult_le_reg_l in scaled; lra. }
  apply le_epsilon. intros eps pos. pose proof (Rabs_pos gap). pose proof (Rle_abs gap).
  set (t := Rmin 1 (eps / (Rabs gap + 1))).
  assert (0 < eps / (Rabs gap + 1)) by (apply Rdiv_lt_0_compat; lra).
  assert (0 < t <= 1) as range by (unfold t; split; [apply Rmin_pos; lra | apply Rmin_l]).
  assert (t <= eps / (Rabs gap + 1)) as small by apply Rmin_r.
  apply Rmult_le_compat_l with (r := Rabs gap + 1) in small; [| lra].
  replace ((Rabs gap + 1) * (eps / (Rabs gap + 1))) with eps in small by (field; lra).
  specialize (near t range). nra.
Qed.

(* mu <= L, where there are two points. *)
Lemma strong_convexity_below_smoothness mu L f grad x y :
  strongly_convex mu f -> smooth L f grad -> x <> y -> mu <= L.
Proof.
  intros cvx lsmooth differ.
  pose proof (strongly_convex_first_order mu f grad cvx (proj1 lsmooth) x y).
  pose proof (lem_descent L f grad lsmooth x y). pose proof (norm2_pos (y -: x)).
  destruct (Req_dec (norm2 (y -: x)) 0) as [same | some]; [exfalso; apply differ; symmetry; apply point_equal, same |].
  apply Rmult_le_reg_r with (norm2 (y -: x)); lra.
Qed.

(* (a/2) ||x - c||^2 is in every class: the hypotheses of the theorems can be met. *)
Lemma parabola_strongly_convex a c : strongly_convex a (fun x => a / 2 * norm2 (x -: c)).
Proof. intros x y t _. expand. lra. Qed.

Lemma parabola_smooth a c : 0 <= a -> smooth a (fun x => a / 2 * norm2 (x -: c)) (fun x => a *: (x -: c)).
Proof.
  intros pos. split.
  - intros x d. set (slope := inner (a *: (x -: c)) d).
    pose proof (derivable_pt_lim_plus _ _ _ _ _ (square_derivative (a / 2 * norm2 d) 0) (linear_derivative slope 0))
      as curve.
    pose proof (derivable_pt_lim_const (a / 2 * norm2 (x -: c)) 0) as constant.
    pose proof (derivable_pt_lim_plus _ _ _ _ _ curve constant) as whole.
    replace (2 * 0 * (a / 2 * norm2 d) + slope + 0) with slope in whole by ring.
    replace (fun t => a / 2 * norm2 (x +: t *: d -: c))
      with (plus_fct (plus_fct (fun t => t ^ 2 * (a / 2 * norm2 d)) (fun t => t * slope))
                     (fct_cte (a / 2 * norm2 (x -: c)))); [exact whole |].
    apply functional_extensionality. intros t. unfold plus_fct, fct_cte, slope. expand. field.
  - intros x y. replace (a *: (x -: c) -: a *: (y -: c)) with (a *: (x -: y)) by same_point.
    rewrite norm_scale, Rabs_right by lra. lra.
Qed.

Lemma parabola_minimiser a c : 0 <= a -> minimiser (fun x => a / 2 * norm2 (x -: c)) c.
Proof.
  intros pos y. replace (norm2 (c -: c)) with 0 by (expand; ring). pose proof (norm2_pos (y -: c)).
  assert (0 <= a / 2 * norm2 (y -: c)) by (apply Rmult_le_pos; lra). lra.
Qed.

Lemma parabola_convex a c : 0 <= a -> convex (fun x => a / 2 * norm2 (x -: c)).
Proof. intros pos. apply (strongly_convex_convex a); [exact pos | apply parabola_strongly_convex]. Qed.

Lemma parabola_pl a c : 0 < a ->
  polyak_lojasiewicz a (fun x => a / 2 * norm2 (x -: c)) (fun x => a *: (x -: c)).
Proof.
  intros pos. apply lem_sc_pl with (xstar := c); [exact pos | apply parabola_strongly_convex | |].
  - apply parabola_smooth. lra.
  - apply parabola_minimiser. lra.
Qed.
End Interpolation.
