(* Functions of one real variable as functions on R^1, and two functions glued at a point: for the examples that attain
   a bound or break a rule. *)
From Coq Require Fin.
From Coq Require Import Reals Lra Psatz FunctionalExtensionality.
From Goldstep.theorems.base Require Import space functions.
Local Open Scope R_scope.

(* From first-order conditions to the definition, in any space. *)
Section FirstOrder.
Context {X : space}.
Implicit Types (f : X -> R) (grad : X -> X) (x y : X).

Lemma first_order_strongly_convex mu f grad :
  (forall x y, f x + inner (grad x) (y -: x) + mu / 2 * norm2 (y -: x) <= f y) -> strongly_convex mu f.
Proof.
  intros above x y t range. set (z := (1 - t) *: x +: t *: y).
  pose proof (above z x) as left_above. pose proof (above z y) as right_above.
  replace (x -: z) with ((- t) *: (y -: x)) in left_above by (unfold z; same_point).
  replace (y -: z) with ((1 - t) *: (y -: x)) in right_above by (unfold z; same_point).
  rewrite inner_scale_r, norm2_scale in left_above, right_above. rewrite (norm2_sub_sym x).
  set (slope := inner (grad z) (y -: x)) in *. set (r := norm2 (y -: x)) in *.
  apply Rmult_le_compat_l with (r := 1 - t) in left_above; [| lra].
  apply Rmult_le_compat_l with (r := t) in right_above; [| lra]. lra.
Qed.

Lemma monotone_strongly_convex mu f grad : is_gradient f grad ->
  (forall x y, mu * norm2 (x -: y) <= inner (grad x -: grad y) (x -: y)) -> strongly_convex mu f.
Proof.
  intros gradient monotone. apply (first_order_strongly_convex mu f grad). intros x y. set (d := y -: x).
  set (phi := fun s => f (x +: s *: d) - s * inner (grad x) d - s ^ 2 * (mu / 2 * norm2 d)).
  set (phi' := fun s => inner (grad (x +: s *: d)) d - inner (grad x) d - s * (mu * norm2 d)).
  destruct (MVT_cor2 phi phi' 0 1 Rlt_0_1) as [c [equal between]].
  { intros s _. unfold phi, phi'. apply derivable_pt_lim_minus.
    - apply derivable_pt_lim_minus; [apply line_derivative, gradient | apply linear_derivative].
    - replace (s * (mu * norm2 d)) with (2 * s * (mu / 2 * norm2 d)) by field. apply square_derivative. }
  pose proof (monotone (x +: c *: d) x) as up. replace (x +: c *: d -: x) with (c *: d) in up by same_point.
  rewrite inner_scale_r, norm2_scale, inner_sub_l in up.
  assert (0 <= phi' c).
  { unfold phi'. apply Rmult_le_reg_l with c; [lra |]. lra. }
  unfold phi in equal. replace (x +: 1 *: d) with y in equal by (unfold d; same_point).
  replace (x +: 0 *: d) with x in equal by same_point. lra.
Qed.

Lemma strongly_convex_weaken mu mu' f : mu <= mu' -> strongly_convex mu' f -> strongly_convex mu f.
Proof.
  intros less cvx x y t range. specialize (cvx x y t range). pose proof (norm2_pos (x -: y)).
  assert (0 <= t * (1 - t) * ((mu' - mu) / 2 * norm2 (x -: y))) by (repeat apply Rmult_le_pos; lra). lra.
Qed.
End FirstOrder.

(* The point of R^1 with the coordinate a, and the coordinate of a point. *)
Definition at_line (a : R) : Rn 1 := fun _ => a.
Definition coordinate (x : Rn 1) : R := x Fin.F1.

(* phi and its derivative phi' as a function on R^1 and its gradient. *)
Definition on_line (phi : R -> R) : Rn 1 -> R := fun x => phi (coordinate x).
Definition line_gradient (phi' : R -> R) : Rn 1 -> Rn 1 := fun x => at_line (phi' (coordinate x)).

Lemma line_point (x : Rn 1) : x = at_line (coordinate x).
Proof.
  apply functional_extensionality. intros i. unfold at_line, coordinate.
  pattern i. apply Fin.caseS'; [reflexivity | intros p; inversion p].
Qed.

Lemma coordinate_at a : coordinate (at_line a) = a.
Proof. reflexivity. Qed.

Lemma line_inner (x y : Rn 1) : inner x y = coordinate x * coordinate y.
Proof. unfold coordinate. simpl. ring. Qed.

Lemma line_norm2 (x : Rn 1) : norm2 x = coordinate x ^ 2.
Proof. unfold norm2. rewrite line_inner. ring. Qed.

Lemma line_norm (x : Rn 1) : norm x = Rabs (coordinate x).
Proof. unfold norm. rewrite line_norm2. rewrite <- sqrt_Rsqr_abs. f_equal. unfold Rsqr. ring. Qed.

Lemma line_sub (x y : Rn 1) : coordinate (x -: y) = coordinate x - coordinate y.
Proof. unfold coordinate, sub. simpl. ring. Qed.

Lemma line_is_gradient phi phi' : (forall a, derivable_pt_lim phi a (phi' a)) ->
  is_gradient (on_line phi) (line_gradient phi').
Proof.
  intros derivative x d. rewrite line_inner. unfold on_line, line_gradient, at_line.
  change (coordinate (fun _ => phi' (coordinate x)) * coordinate d) with (phi' (coordinate x) * coordinate d).
  set (a := coordinate x). set (b := coordinate d).
  change (fun t => phi (coordinate (x +: t *: d))) with (comp phi (fun t => a + t * b)).
  apply derivable_pt_lim_comp.
  - pose proof (derivable_pt_lim_plus (fct_cte a) (fun t => t * b) 0 0 b
      (derivable_pt_lim_const a 0) (linear_derivative b 0)) as line. rewrite Rplus_0_l in line. exact line.
  - rewrite Rmult_0_l, Rplus_0_r. apply derivative.
Qed.

Lemma line_smooth L phi phi' : (forall a, derivable_pt_lim phi a (phi' a)) ->
  (forall a b, Rabs (phi' a - phi' b) <= L * Rabs (a - b)) -> smooth L (on_line phi) (line_gradient phi').
Proof.
  intros derivative lip. split; [apply line_is_gradient, derivative |].
  intros x y. rewrite !line_norm, !line_sub. apply lip.
Qed.

Lemma line_strongly_convex mu phi phi' : (forall a, derivable_pt_lim phi a (phi' a)) ->
  (forall a b, a <= b -> mu * (b - a) <= phi' b - phi' a) -> strongly_convex mu (on_line phi).
Proof.
  intros derivative rise.
  apply (monotone_strongly_convex mu _ (line_gradient phi')); [apply line_is_gradient, derivative |].
  intros x y. rewrite line_inner, line_norm2, !line_sub.
  change (coordinate (line_gradient phi' x)) with (phi' (coordinate x)).
  change (coordinate (line_gradient phi' y)) with (phi' (coordinate y)).
  destruct (Rle_lt_dec (coordinate y) (coordinate x)) as [less | more].
  - specialize (rise _ _ less). nra.
  - specialize (rise _ _ (Rlt_le _ _ more)). nra.
Qed.

Lemma line_convex phi phi' : (forall a, derivable_pt_lim phi a (phi' a)) ->
  (forall a b, a <= b -> phi' a <= phi' b) -> convex (on_line phi).
Proof.
  intros derivative rise. apply strongly_convex_0, line_strongly_convex with (phi' := phi'); [exact derivative |].
  intros a b less. specialize (rise a b less). lra.
Qed.

(* phi up to c, psi after. *)
Definition glue (c : R) (phi psi : R -> R) (a : R) : R := if Rle_dec a c then phi a else psi a.

Lemma glue_left c phi psi a : a <= c -> glue c phi psi a = phi a.
Proof. intros. unfold glue. destruct Rle_dec; [reflexivity | lra]. Qed.

Lemma glue_right c phi psi a : phi c = psi c -> c <= a -> glue c phi psi a = psi a.
Proof.
  intros same more. unfold glue. destruct Rle_dec; [| reflexivity]. replace a with c by lra. exact same.
Qed.

(* A derivative depends on the values near the point only. *)
Lemma derivative_local phi psi a l delta : 0 < delta -> (forall b, Rabs (b - a) < delta -> phi b = psi b) ->
  derivable_pt_lim phi a l -> derivable_pt_lim psi a l.
Proof.
  intros pos same derivative eps some. destruct (derivative eps some) as [eta near].
  pose proof (cond_pos eta). assert (0 < Rmin eta delta) as least by (apply Rmin_pos; lra).
  exists (mkposreal _ least). simpl. intros h nonzero small.
  assert (Rabs h < eta) by (eapply Rlt_le_trans; [exact small | apply Rmin_l]).
  assert (Rabs h < delta) by (eapply Rlt_le_trans; [exact small | apply Rmin_r]).
  rewrite <- !same; [auto | |].
  - rewrite Rminus_diag_eq, Rabs_R0 by reflexivity. lra.
  - replace (a + h - a) with h by ring. lra.
Qed.

Lemma glue_derivative c phi psi phi' psi' :
  (forall a, derivable_pt_lim phi a (phi' a)) -> (forall a, derivable_pt_lim psi a (psi' a)) ->
  phi c = psi c -> phi' c = psi' c -> forall a, derivable_pt_lim (glue c phi psi) a (glue c phi' psi' a).
Proof.
  intros first second same same' a. destruct (Rtotal_order a c) as [less | [equal | more]].
  - rewrite glue_left by lra. apply (derivative_local phi _ a _ (c - a)); [lra | | apply first].
    intros b near. apply Rabs_def2 in near. rewrite glue_left by lra. reflexivity.
  - subst a. rewrite glue_left by lra. intros eps pos.
    destruct (first c eps pos) as [eta near]. destruct (second c eps pos) as [eta2 near2].
    pose proof (cond_pos eta). pose proof (cond_pos eta2).
    assert (0 < Rmin eta eta2) as least by (apply Rmin_pos; lra).
    exists (mkposreal _ least). simpl. intros h nonzero small. rewrite (glue_left c phi psi c) by lra.
    destruct (Rle_lt_dec h 0) as [back | ahead].
    + rewrite glue_left by lra. apply near; [assumption | eapply Rlt_le_trans; [exact small | apply Rmin_l]].
    + rewrite glue_right by (assumption || lra). rewrite same, same'.
      apply near2; [assumption | eapply Rlt_le_trans; [exact small | apply Rmin_r]].
  - rewrite glue_right by (assumption || lra). apply (derivative_local psi _ a _ (a - c)); [lra | | apply second].
    intros b near. apply Rabs_def2 in near. rewrite glue_right by (assumption || lra). reflexivity.
Qed.

(* m (b - a) <= phi b - phi a <= M (b - a): slopes between m and M. *)
Definition slopes (m M : R) (phi : R -> R) : Prop :=
  forall a b, a <= b -> m * (b - a) <= phi b - phi a <= M * (b - a).

Lemma glue_slopes m M c phi psi : phi c = psi c ->
  slopes m M phi -> slopes m M psi -> slopes m M (glue c phi psi).
Proof.
  intros same first second a b less. destruct (Rle_lt_dec b c) as [left_of | right_of].
  - rewrite !glue_left by lra. apply first, less.
  - rewrite (glue_right _ _ _ b) by (assumption || lra). destruct (Rle_lt_dec a c) as [across | beyond].
    + rewrite glue_left by lra. specialize (first a c across). specialize (second c b ltac:(lra)). lra.
    + rewrite glue_right by (assumption || lra). apply second, less.
Qed.

Lemma slopes_line m M k e : m <= k <= M -> slopes m M (fun a => k * a + e).
Proof. intros range a b less. nra. Qed.

Lemma slopes_lipschitz m M phi : - M <= m -> slopes m M phi ->
  forall a b, Rabs (phi a - phi b) <= M * Rabs (a - b).
Proof.
  intros range slope.
  assert (half : forall a b, a <= b -> Rabs (phi a - phi b) <= M * Rabs (a - b)).
  { intros a b less. specialize (slope a b less). rewrite (Rabs_left1 (a - b)) by lra. apply Rabs_le. nra. }
  intros a b. destruct (Rle_lt_dec a b) as [less | more]; [apply half, less |].
  rewrite (Rabs_minus_sym (phi a)), (Rabs_minus_sym a). apply half. lra.
Qed.

(* From slopes of the derivative to the classes. *)
Lemma slopes_smooth m L phi phi' : - L <= m -> (forall a, derivable_pt_lim phi a (phi' a)) -> slopes m L phi' ->
  smooth L (on_line phi) (line_gradient phi').
Proof.
  intros range derivative slope. apply line_smooth; [exact derivative | apply (slopes_lipschitz m), slope; lra].
Qed.

Lemma slopes_strongly_convex m L phi phi' : (forall a, derivable_pt_lim phi a (phi' a)) -> slopes m L phi' ->
  strongly_convex m (on_line phi).
Proof. intros derivative slope. apply line_strongly_convex with (phi' := phi'); [exact derivative | apply slope]. Qed.

(* (k/2) a^2 + e a + m. *)
Lemma parabola_derivative k e m a : derivable_pt_lim (fun a => k / 2 * a ^ 2 + e * a + m) a (k * a + e).
Proof.
  replace (k * a + e) with (2 * a * (k / 2) + e + 0) by field.
  assert (equal : (fun a => k / 2 * a ^ 2 + e * a + m)
    = plus_fct (plus_fct (fun a => a ^ 2 * (k / 2)) (fun a => a * e)) (fct_cte m)).
  { apply functional_extensionality. intros b. unfold plus_fct, fct_cte. ring. }
  rewrite equal.
  apply derivable_pt_lim_plus; [| apply derivable_pt_lim_const].
  apply derivable_pt_lim_plus; [apply square_derivative | apply linear_derivative].
Qed.

(* huber(L, w): (L/2) a^2 for |a| <= w, L w |a| - L w^2 / 2 beyond. *)
Section Huber.
Variables L w : R.

Definition huber : R -> R :=
  glue (- w) (fun a => - (L * w) * a - L * w ^ 2 / 2)
    (glue w (fun a => L / 2 * a ^ 2) (fun a => L * w * a - L * w ^ 2 / 2)).

Definition huber' : R -> R := glue (- w) (fun _ => - (L * w)) (glue w (fun a => L * a) (fun _ => L * w)).

Hypothesis range : 0 <= L /\ 0 <= w.

Lemma huber_derivative a : derivable_pt_lim huber a (huber' a).
Proof.
  assert (line : forall k e b, derivable_pt_lim (fun a => k * a - e) b k).
  { intros k e b. pose proof (parabola_derivative 0 k (- e) b) as line. rewrite Rmult_0_l, Rplus_0_l in line.
    replace (fun a => k * a - e) with (fun a => 0 / 2 * a ^ 2 + k * a + - e); [exact line |].
    apply functional_extensionality. intros c. field. }
  apply (glue_derivative (- w) _ _ (fun _ => - (L * w))).
  - apply line.
  - apply (glue_derivative w _ _ (fun a => L * a) (fun _ => L * w)).
    + intros b. pose proof (parabola_derivative L 0 0 b) as curve. rewrite Rplus_0_r in curve.
      replace (fun a => L / 2 * a ^ 2) with (fun a => L / 2 * a ^ 2 + 0 * a + 0); [exact curve |].
      apply functional_extensionality. intros c. ring.
    + apply line.
    + field.
    + ring.
  - rewrite glue_left by lra. field.
  - rewrite glue_left by lra. ring.
Qed.

Lemma huber_slopes : slopes 0 L huber'.
Proof.
  apply glue_slopes; [rewrite glue_left by lra; ring | intros a b less; nra |].
  apply glue_slopes; [ring | intros a b less; nra | intros a b less; nra].
Qed.

Lemma huber_smooth : smooth L (on_line huber) (line_gradient huber').
Proof. apply (slopes_smooth 0); [lra | exact huber_derivative | exact huber_slopes]. Qed.

Lemma huber_convex : convex (on_line huber).
Proof.
  apply strongly_convex_0, (slopes_strongly_convex 0 L _ huber'); [exact huber_derivative | exact huber_slopes].
Qed.

Lemma huber_at_0 : huber 0 = 0.
Proof.
  unfold huber. destruct (Req_dec w 0) as [null | some].
  - rewrite glue_left, null by lra. field.
  - rewrite glue_right, glue_left; try lra. rewrite glue_left by lra. field.
Qed.

Lemma huber'_at_0 : huber' 0 = 0.
Proof.
  unfold huber'. destruct (Req_dec w 0) as [null | some].
  - rewrite glue_left, null by lra. ring.
  - rewrite glue_right, glue_left; try lra. rewrite glue_left by lra. ring.
Qed.

Lemma huber_minimiser : minimiser (on_line huber) (at_line 0).
Proof.
  apply (gradient_minimiser _ (line_gradient huber')); [exact huber_convex | apply huber_smooth |].
  unfold line_gradient. change (coordinate (at_line 0)) with 0. rewrite huber'_at_0. reflexivity.
Qed.

(* Right of w, where the slope is constant. *)
Lemma huber_far a : w <= a -> huber a = L * w * a - L * w ^ 2 / 2.
Proof.
  intros far. unfold huber. rewrite glue_right; [| rewrite glue_left by lra; field | lra].
  rewrite glue_right; [reflexivity | field | exact far].
Qed.

Lemma huber'_far a : w <= a -> huber' a = L * w.
Proof.
  intros far. unfold huber'. rewrite glue_right; [| rewrite glue_left by lra; ring | lra].
  rewrite glue_right; [reflexivity | ring | exact far].
Qed.
End Huber.
