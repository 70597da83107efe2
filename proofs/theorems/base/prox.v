(* Convex sets, projections and proximal operators, as relations: whether a minimiser exists is not asked.
   A function h that is infinite outside a set C is given by C, its domain, and by its values there. With C everywhere
   it is a function on the whole space; with h = 0 on C it is the indicator of C, and its prox is the projection. *)
From Coq Require Import Reals Lra Psatz Lia.
From Goldstep.theorems.base Require Import space functions.
Local Open Scope R_scope.

Section Definitions.
Context {X : space}.
Implicit Types (C : X -> Prop) (f h : X -> R) (x y z p : X).

Definition everywhere : X -> Prop := fun _ => True.

Definition convex_set C : Prop := forall x y t, C x -> C y -> 0 <= t <= 1 -> C ((1 - t) *: x +: t *: y).

(* The classes of functions.v, for a function on a convex set. *)
Definition strongly_convex_on C (m : R) h : Prop :=
  convex_set C /\ forall x y t, C x -> C y -> 0 <= t <= 1 ->
  h ((1 - t) *: x +: t *: y) <= (1 - t) * h x + t * h y - t * (1 - t) * (m / 2 * norm2 (x -: y)).

Definition convex_on C h : Prop :=
  convex_set C /\ forall x y t, C x -> C y -> 0 <= t <= 1 -> h ((1 - t) *: x +: t *: y) <= (1 - t) * h x + t * h y.

Definition minimiser_on C f x : Prop := C x /\ forall z, C z -> f x <= f z.

(* p minimises h(z) + ||z - y||^2 / (2 gamma) over z in C. *)
Definition prox C h (gamma : R) y p : Prop := minimiser_on C (fun z => h z + norm2 (z -: y) / (2 * gamma)) p.

(* p is a point of C nearest to y. *)
Definition projection C y p : Prop := minimiser_on C (fun z => norm (z -: y)) p.

(* P is the operator of proximal steps, and of projection. *)
Definition prox_operator C h (P : R -> X -> X) : Prop := forall gamma y, 0 < gamma -> prox C h gamma y (P gamma y).
Definition projector C (P : X -> X) : Prop := forall y, projection C y (P y).
End Definitions.

Section Sets.
Context {X : space}.
Implicit Types (C : X -> Prop) (f h : X -> R) (x y z p q : X).

Lemma everywhere_convex : convex_set (everywhere (X := X)).
Proof. intros x y t _ _ _. exact I. Qed.

Lemma strongly_convex_on_0 C h : strongly_convex_on C 0 h <-> convex_on C h.
Proof.
  split; intros [set cvx]; (split; [exact set |]); intros x y t inx iny range;
    specialize (cvx x y t inx iny range); lra.
Qed.

Lemma convex_everywhere h : convex h -> convex_on everywhere h.
Proof. intros cvx. split; [apply everywhere_convex |]. intros x y t _ _. apply cvx. Qed.

Lemma minimiser_everywhere f x : minimiser f x -> minimiser_on everywhere f x.
Proof. intros least. split; [exact I |]. intros z _. apply least. Qed.

Lemma indicator_convex C : convex_set C -> convex_on C (fun _ => 0).
Proof. intros set. split; [exact set |]. intros. lra. Qed.

(* a <= b + t c for all small t > 0 gives a <= b. *)
Lemma le_vanishing a b c : (forall t, 0 < t <= 1 -> a <= b + t * c) -> a <= b.
Proof.
  intros near. apply le_epsilon. intros eps pos. pose proof (Rabs_pos c). pose proof (Rle_abs c).
  set (t := Rmin 1 (eps / (Rabs c + 1))).
  assert (0 < eps / (Rabs c + 1)) by (apply Rdiv_lt_0_compat; lra).
  assert (0 < t <= 1) as range by (unfold t; split; [apply Rmin_pos; lra | apply Rmin_l]).
  assert (t <= eps / (Rabs c + 1)) as small by apply Rmin_r.
  apply Rmult_le_compat_l with (r := Rabs c + 1) in small; [| lra].
  replace ((Rabs c + 1) * (eps / (Rabs c + 1))) with eps in small by (field; lra).
  specialize (near t range). nra.
Qed.

(* phi(z) - phi(p) >= (m/2) ||z - p||^2 at a minimiser p over the set. *)
Lemma growth_on C m phi p : strongly_convex_on C m phi -> minimiser_on C phi p ->
  forall z, C z -> m / 2 * norm2 (z -: p) <= phi z - phi p.
Proof.
  intros [set cvx] [inp least] z inz. rewrite norm2_sub_sym. set (gap := m / 2 * norm2 (p -: z)).
  apply le_vanishing with gap. intros t between. specialize (cvx p z t inp inz ltac:(lra)). fold gap in cvx.
  pose proof (least ((1 - t) *: p +: t *: z) (set p z t inp inz ltac:(lra))).
  assert (t * ((1 - t) * gap) <= t * (phi z - phi p)) as scaled by lra.
  apply Rmult_le_reg_l in scaled; lra.
Qed.

(* h + ||z - y||^2 / (2 gamma) is (m + 1/gamma)-strongly convex. *)
Lemma prox_objective C m h gamma y : 0 < gamma -> strongly_convex_on C m h ->
  strongly_convex_on C (m + 1 / gamma) (fun z => h z + norm2 (z -: y) / (2 * gamma)).
Proof.
  intros pos [set cvx]. split; [exact set |]. intros a b t ina inb range. specialize (cvx a b t ina inb range).
  replace ((1 - t) *: a +: t *: b -: y) with ((1 - t) *: (a -: y) +: t *: (b -: y)) by same_point.
  rewrite norm2_between. replace (a -: y -: (b -: y)) with (a -: b) by same_point.
  set (mix := h ((1 - t) *: a +: t *: b)) in *. set (A := norm2 (a -: y)). set (B := norm2 (b -: y)).
  set (D := norm2 (a -: b)) in *.
  replace ((1 - t) * (h a + A / (2 * gamma)) + t * (h b + B / (2 * gamma)) -
           t * (1 - t) * ((m + 1 / gamma) / 2 * D))
    with ((1 - t) * h a + t * h b - t * (1 - t) * (m / 2 * D)
          + ((1 - t) * A + t * B - t * (1 - t) * D) / (2 * gamma)) by (field; lra).
  lra.
Qed.

(* The three-point inequality:
   h(p) + ||p - y||^2/(2 gamma) + ((1 + gamma m)/(2 gamma)) ||z - p||^2 <= h(z) + ||z - y||^2/(2 gamma). *)
Lemma lem_prox C m h gamma y p : 0 < gamma -> strongly_convex_on C m h -> prox C h gamma y p ->
  forall z, C z -> h p + norm2 (p -: y) / (2 * gamma) + (1 + gamma * m) / (2 * gamma) * norm2 (z -: p)
                   <= h z + norm2 (z -: y) / (2 * gamma).
Proof.
  intros pos cvx least z inz. pose proof (growth_on C _ _ p (prox_objective C m h gamma y pos cvx) least z inz) as grow.
  cbv beta in grow.
  replace ((1 + gamma * m) / (2 * gamma)) with ((m + 1 / gamma) / 2) by (field; lra). lra.
Qed.

(* The same without fractions: 2 gamma (h(p) - h(z)) <= 2 <y - p, p - z> - gamma m ||z - p||^2. *)
Lemma prox_inner C m h gamma y p : 0 < gamma -> strongly_convex_on C m h -> prox C h gamma y p ->
  forall z, C z -> 2 * gamma * (h p - h z) <= 2 * inner (y -: p) (p -: z) - gamma * m * norm2 (z -: p).
Proof.
  intros pos cvx least z inz. pose proof (lem_prox C m h gamma y p pos cvx least z inz) as three.
  apply Rmult_le_compat_l with (r := 2 * gamma) in three; [| lra].
  replace (2 * gamma * (h p + norm2 (p -: y) / (2 * gamma) + (1 + gamma * m) / (2 * gamma) * norm2 (z -: p)))
    with (2 * gamma * h p + norm2 (p -: y) + (1 + gamma * m) * norm2 (z -: p)) in three by (field; lra).
  replace (2 * gamma * (h z + norm2 (z -: y) / (2 * gamma))) with (2 * gamma * h z + norm2 (z -: y)) in three
    by (field; lra).
  set (hp := h p) in *. set (hz := h z) in *. clearbody hp hz. clear least. expand. lra.
Qed.

(* And back: z = p in the inequality of the gradient of ||z - y||^2/2 is what makes p the prox. *)
Lemma prox_from_inner C h gamma y p : 0 < gamma -> C p ->
  (forall z, C z -> gamma * (h p - h z) <= inner (y -: p) (p -: z)) -> prox C h gamma y p.
Proof.
  intros pos inp optimal. split; [exact inp |]. intros z inz. specialize (optimal z inz).
  apply Rmult_le_reg_l with (2 * gamma); [lra |].
  replace (2 * gamma * (h p + norm2 (p -: y) / (2 * gamma))) with (2 * gamma * h p + norm2 (p -: y)) by (field; lra).
  replace (2 * gamma * (h z + norm2 (z -: y) / (2 * gamma))) with (2 * gamma * h z + norm2 (z -: y)) by (field; lra).
  pose proof (norm2_pos (p -: z)). set (hp := h p) in *. set (hz := h z) in *. clearbody hp hz. expand. lra.
Qed.

(* <p - q, y - y'> >= (1 + gamma m) ||p - q||^2. *)
Lemma lem_prox_firm C m h gamma y y' p q : 0 < gamma -> strongly_convex_on C m h ->
  prox C h gamma y p -> prox C h gamma y' q -> (1 + gamma * m) * norm2 (p -: q) <= inner (p -: q) (y -: y').
Proof.
  intros pos cvx ofy ofy'.
  pose proof (prox_inner C m h gamma y p pos cvx ofy q (proj1 ofy')) as there.
  pose proof (prox_inner C m h gamma y' q pos cvx ofy' p (proj1 ofy)) as back.
  set (hp := h p) in *. set (hq := h q) in *. clearbody hp hq. clear ofy ofy'. expand. lra.
Qed.

(* ||p - q||^2 + ||(y - p) - (y' - q)||^2 <= ||y - y'||^2. *)
Lemma prox_firm_square C h gamma y y' p q : 0 < gamma -> convex_on C h ->
  prox C h gamma y p -> prox C h gamma y' q ->
  norm2 (p -: q) + norm2 ((y -: p) -: (y' -: q)) <= norm2 (y -: y').
Proof.
  intros pos cvx ofy ofy'. apply strongly_convex_on_0 in cvx.
  pose proof (lem_prox_firm C 0 h gamma y y' p q pos cvx ofy ofy'). clear ofy ofy'. expand. lra.
Qed.

(* ||p - q||^2 <= ||y - y'||^2. *)
Lemma prox_nonexpansive C h gamma y y' p q : 0 < gamma -> convex_on C h ->
  prox C h gamma y p -> prox C h gamma y' q -> norm2 (p -: q) <= norm2 (y -: y').
Proof.
  intros pos cvx ofy ofy'. pose proof (prox_firm_square C h gamma y y' p q pos cvx ofy ofy').
  pose proof (norm2_pos ((y -: p) -: (y' -: q))). lra.
Qed.

(* (1 + gamma m) ||p - q|| <= ||y - y'||. *)
Lemma prox_contraction C m h gamma y y' p q : 0 < gamma -> strongly_convex_on C m h ->
  prox C h gamma y p -> prox C h gamma y' q -> (1 + gamma * m) * norm (p -: q) <= norm (y -: y').
Proof.
  intros pos cvx ofy ofy'. pose proof (lem_prox_firm C m h gamma y y' p q pos cvx ofy ofy') as firm.
  pose proof (cauchy_schwarz (p -: q) (y -: y')). rewrite <- norm_square in firm.
  pose proof (norm_pos (p -: q)). pose proof (norm_pos (y -: y')).
  destruct (Req_dec (norm (p -: q)) 0) as [null | some]; [rewrite null; lra |].
  apply Rmult_le_reg_l with (norm (p -: q)); lra.
Qed.

Lemma prox_unique C h gamma y p q : 0 < gamma -> convex_on C h -> prox C h gamma y p -> prox C h gamma y q -> p = q.
Proof.
  intros pos cvx one two. apply point_equal. pose proof (prox_nonexpansive C h gamma y y p q pos cvx one two).
  replace (y -: y) with (zero : X) in * by same_point. rewrite norm2_zero in *. pose proof (norm2_pos (p -: q)). lra.
Qed.

(* The projection is the prox of the indicator, for every gamma. *)
Lemma projection_prox C gamma y p : 0 < gamma -> (projection C y p <-> prox C (fun _ => 0) gamma y p).
Proof.
  intros pos. split; intros [inp least]; (split; [exact inp |]); intros z inz; specialize (least z inz).
  - apply norm_le in least. apply Rplus_le_compat_l, Rmult_le_compat_r; [| exact least].
    left. apply Rinv_0_lt_compat. lra.
  - apply norm_le. apply Rmult_le_reg_r with (/ (2 * gamma)); [apply Rinv_0_lt_compat; lra |]. unfold Rdiv in *. lra.
Qed.

(* ||p - z||^2 <= ||y - z||^2 - ||p - y||^2 for z in C and p the projection of y. *)
Lemma lem_proj C y p : convex_set C -> projection C y p ->
  forall z, C z -> norm2 (p -: z) <= norm2 (y -: z) - norm2 (p -: y).
Proof.
  intros set near z inz. apply (projection_prox C 1) in near; [| lra].
  pose proof (lem_prox C 0 (fun _ => 0) 1 y p ltac:(lra)
    (proj2 (strongly_convex_on_0 C _) (indicator_convex C set)) near z inz) as three.
  rewrite (norm2_sub_sym p z), (norm2_sub_sym y z). lra.
Qed.

Lemma projection_nonexpansive C y y' p q : convex_set C -> projection C y p -> projection C y' q ->
  norm2 (p -: q) <= norm2 (y -: y').
Proof.
  intros set ofy ofy'. apply (projection_prox C 1) in ofy, ofy'; try lra.
  apply (prox_nonexpansive C (fun _ => 0) 1); try assumption; [lra | apply indicator_convex, set].
Qed.

(* Where h is everywhere 0 the proximal step does nothing: the operators exist. *)
Lemma prox_zero gamma y : 0 < gamma -> prox everywhere (fun _ => 0) gamma y y.
Proof.
  intros pos. apply prox_from_inner; [exact pos | exact I |]. intros z _. right. expand. ring.
Qed.
End Sets.

(* The sum f + h, where f has a gradient. *)
Section Composite.
Context {X : space} (C : X -> Prop) (f h : X -> R) (grad : X -> X) (mu L : R).
Hypothesis hconvex : convex_on C h.
Implicit Types x y z p : X.

(* -grad f(xstar) is a subgradient of h at a minimiser of f + h. *)
Lemma composite_optimality xstar : is_gradient f grad -> minimiser_on C (fun x => f x + h x) xstar ->
  forall z, C z -> h xstar - inner (grad xstar) (z -: xstar) <= h z.
Proof.
  intros gradient [instar least] z inz. destruct hconvex as [set cvx].
  pose proof (derivable_pt_lim_opp _ _ _ (gradient xstar (z -: xstar))) as derivative.
  apply derivative_le with (a := h z - h xstar) (b := 0) in derivative; [lra |].
  intros t between. unfold opp_fct. replace (xstar +: 0 *: (z -: xstar)) with xstar by same_point.
  pose proof (least ((1 - t) *: xstar +: t *: z) (set xstar z t instar inz ltac:(lra))).
  specialize (cvx xstar z t instar inz ltac:(lra)).
  replace (xstar +: t *: (z -: xstar)) with ((1 - t) *: xstar +: t *: z) by same_point. lra.
Qed.

(* A minimiser is fixed by the proximal gradient step. *)
Lemma composite_fixed xstar gamma : 0 < gamma -> is_gradient f grad -> minimiser_on C (fun x => f x + h x) xstar ->
  prox C h gamma (xstar -: gamma *: grad xstar) xstar.
Proof.
  intros pos gradient least. apply prox_from_inner; [exact pos | exact (proj1 least) |]. intros z inz.
  pose proof (composite_optimality xstar gradient least z inz) as optimal.
  replace (inner (xstar -: gamma *: grad xstar -: xstar) (xstar -: z))
    with (gamma * inner (grad xstar) (z -: xstar)) by (clear optimal; expand; ring).
  apply Rmult_le_compat_l; lra.
Qed.

(* For p = prox(x - gamma g), with any g in place of the gradient:
   2 gamma (F(p) - F(z)) <= (1 - gamma mu) ||x - z||^2 - ||p - z||^2 + 2 gamma <g - grad f(x), z - p>. *)
Lemma composite_step_any x g p gamma z : 0 < L -> 0 < gamma <= 1 / L -> smooth L f grad -> strongly_convex mu f ->
  prox C h gamma (x -: gamma *: g) p -> C z ->
  2 * gamma * ((f p + h p) - (f z + h z))
  <= (1 - gamma * mu) * norm2 (x -: z) - norm2 (p -: z) + 2 * gamma * inner (g -: grad x) (z -: p).
Proof.
  intros pos range lsmooth cvx step inz.
  pose proof (prox_inner C 0 h gamma _ p (proj1 range) (proj2 (strongly_convex_on_0 C h) hconvex) step z inz) as three.
  pose proof (lem_descent L f grad lsmooth x p) as up.
  pose proof (strongly_convex_first_order mu f grad cvx (proj1 lsmooth) x z) as down.
  apply Rmult_le_compat_l with (r := 2 * gamma) in up; [| lra].
  apply Rmult_le_compat_l with (r := 2 * gamma) in down; [| lra].
  pose proof (step_times L gamma 1 pos (proj2 range)). pose proof (norm2_pos (p -: x)) as square.
  assert (gamma * L * norm2 (p -: x) <= 1 * norm2 (p -: x)) as small by (apply Rmult_le_compat_r; assumption).
  clear step lsmooth cvx hconvex.
  set (fp := f p) in *. set (fz := f z) in *. set (fx := f x) in *. set (hp := h p) in *. set (hz := h z) in *.
  set (gx := grad x) in *. clearbody fp fz fx hp hz gx. expand. lra.
Qed.

Lemma composite_step x p gamma z : 0 < L -> 0 < gamma <= 1 / L -> smooth L f grad -> strongly_convex mu f ->
  prox C h gamma (x -: gamma *: grad x) p -> C z ->
  2 * gamma * ((f p + h p) - (f z + h z)) <= (1 - gamma * mu) * norm2 (x -: z) - norm2 (p -: z).
Proof.
  intros pos range lsmooth cvx step inz.
  pose proof (composite_step_any x (grad x) p gamma z pos range lsmooth cvx step inz) as any.
  replace (grad x -: grad x) with (zero : X) in any by same_point. rewrite inner_zero_l in any. lra.
Qed.
End Composite.

(* The ball of radius r around 0: a bounded convex set with a projection. *)
Section Ball.
Context {X : space} (r : R).
Hypothesis positive : 0 < r.
Implicit Types x y z : X.

Definition ball x : Prop := norm x <= r.
Definition ball_projection y : X := if Rle_dec (norm y) r then y else (r / norm y) *: y.

Lemma ball_convex : convex_set ball.
Proof.
  intros x y t inx iny range. unfold ball in *. eapply Rle_trans; [apply triangle |].
  rewrite !norm_scale, !Rabs_right by lra.
  assert ((1 - t) * norm x <= (1 - t) * r) by (apply Rmult_le_compat_l; lra).
  assert (t * norm y <= t * r) by (apply Rmult_le_compat_l; lra). lra.
Qed.

Lemma ball_diameter x y : ball x -> ball y -> norm (x -: y) <= 2 * r.
Proof.
  unfold ball. intros inx iny. replace (x -: y) with (x +: (-1) *: y) by same_point.
  eapply Rle_trans; [apply triangle |]. rewrite norm_scale, Rabs_left by lra. lra.
Qed.

Lemma ball_projector : projector ball ball_projection.
Proof.
  intros y. unfold ball_projection. destruct (Rle_dec (norm y) r) as [inside | outside].
  - split; [exact inside |]. intros z _. apply norm_le. replace (norm2 (y -: y)) with 0 by (expand; ring).
    apply norm2_pos.
  - apply Rnot_le_lt in outside. assert (0 < r / norm y) by (apply Rdiv_lt_0_compat; lra).
    split.
    + unfold ball. rewrite norm_scale, Rabs_right by lra. right. field. lra.
    + intros z inz. unfold ball in inz.
      replace ((r / norm y) *: y -: y) with ((-1) *: ((1 - r / norm y) *: y)) by same_point.
      assert (r / norm y <= 1).
      { apply Rmult_le_reg_r with (norm y); [lra |]. replace (r / norm y * norm y) with r by (field; lra). lra. }
      rewrite !norm_scale, Rabs_left, (Rabs_right (1 - r / norm y)) by lra.
      replace (- -1 * ((1 - r / norm y) * norm y)) with (norm y - r) by (field; lra).
      pose proof (triangle_sub y z zero) as apart. rewrite (norm_sub_sym y z) in apart.
      replace (y -: zero) with y in apart by same_point. replace (z -: zero) with z in apart by same_point. lra.
Qed.
End Ball.
