(* The projected stochastic subgradient method: x_{t+1} is the projection on C of x_t - gamma_t g_t, where g_t is one of
   n equally likely answers g_1(x_t), ..., g_n(x_t), whose mean is a subgradient of f at x_t. *)
From Coq Require Fin.
From Coq Require Import Reals Lra Psatz Lia List FunctionalExtensionality.
From Goldstep.theorems.base Require Import space functions sums expectation prox averaging.
From Spec.rules.gradient Require sgd.
Local Open Scope R_scope.

(* The mean answer at each point of C is a subgradient of f there. *)
Definition subgradient_oracle {X : space} {n : nat} (C : X -> Prop) (f : X -> R) (gi : Fin.t n -> X -> X) : Prop :=
  forall x, C x -> subgradient f x (mean_gradient gi x).

(* E ||g||^2 <= G^2 at each point of C. *)
Definition bounded_oracle {X : space} {n : nat} (C : X -> Prop) (G : R) (gi : Fin.t n -> X -> X) : Prop :=
  forall x, C x -> mean (fun i => norm2 (gi i x)) <= G ^ 2.

(* The step of the rule sgd of spec/rules/gradient/sgd.acsl in each coordinate, then the projection P. *)
Definition subgrad_proj {d n : nat} (P : Rn d -> Rn d) (gi : Fin.t n -> Rn d -> Rn d) (gamma : nat -> R) (x0 : Rn d)
  (past : history n) : Rn d :=
  run (fun t i x => P (lift2 (fun x g => sgd.sgd_x x g (gamma t)) x (gi i x))) x0 past.

Definition projected_descent {X : space} {n : nat} (P : X -> X) (gi : Fin.t n -> X -> X) (gamma : nat -> R) (x0 : X)
  (past : history n) : X :=
  run (fun t i x => P (x -: gamma t *: gi i x)) x0 past.

Lemma subgrad_proj_descent {d n : nat} P (gi : Fin.t n -> Rn d -> Rn d) gamma x0 :
  subgrad_proj P gi gamma x0 = projected_descent P gi gamma x0.
Proof. apply functional_extensionality. intros past. apply run_ext. intros t i x. f_equal. apply lift2_step. intros a b.
  unfold sgd.sgd_x. ring.
Qed.

(* For a mean of functions, subgradients of each make such answers. *)
Lemma finite_sum_oracle {X : space} {n : nat} (C : X -> Prop) (fi : Fin.t n -> X -> R) (gi : Fin.t n -> X -> X) :
  (forall i x, C x -> subgradient (fi i) x (gi i x)) -> subgradient_oracle C (mean_function fi) gi.
Proof.
  intros each x inx y. unfold mean_gradient. rewrite inner_mean_point. unfold mean_function. rewrite <- mean_plus.
  apply mean_le. intros i. apply each, inx.
Qed.

(* f(y) >= f(x) + <g, y - x> + (mu/2) ||y - x||^2 for a subgradient g at x. *)
Lemma strongly_convex_subgradient {X : space} mu (f : X -> R) x g : strongly_convex mu f -> subgradient f x g ->
  forall y, f x + inner g (y -: x) + mu / 2 * norm2 (y -: x) <= f y.
Proof.
  intros cvx sub y.
  assert (inner g (y -: x) + mu / 2 * norm2 (y -: x) <= f y - f x); [| lra].
  apply le_vanishing with (mu / 2 * norm2 (y -: x)). intros t between.
  specialize (cvx x y t ltac:(lra)). specialize (sub ((1 - t) *: x +: t *: y)). rewrite norm2_sub_sym in cvx.
  replace ((1 - t) *: x +: t *: y -: x) with (t *: (y -: x)) in sub by same_point. rewrite inner_scale_r in sub.
  apply Rmult_le_reg_l with t; [lra |]. lra.
Qed.

(* A G-Lipschitz function has subgradients of norm at most G. *)
Lemma lipschitz_subgradient {X : space} G (f : X -> R) x g : 0 <= G -> lipschitz G f -> subgradient f x g ->
  norm2 g <= G ^ 2.
Proof.
  intros pos lip sub. specialize (sub (x +: g)). specialize (lip (x +: g) x).
  replace (x +: g -: x) with g in * by same_point. apply abs_bounds in lip.
  replace (inner g g) with (norm2 g) in sub by reflexivity. rewrite <- norm_square in *.
  pose proof (norm_pos g). destruct (Req_dec (norm g) 0) as [null | some]; [rewrite null; nra |].
  assert (norm g <= G) by (apply Rmult_le_reg_l with (norm g); lra). nra.
Qed.

Section Step.
Context {X : space} {n : nat} (C : X -> Prop) (P : X -> X) (f : X -> R) (gi : Fin.t n -> X -> X) (mu G : R) (xstar : X).
Hypothesis some : (1 <= n)%nat.
Hypothesis set : convex_set C.
Hypothesis project : projector C P.
Hypothesis cvx : strongly_convex mu f.
Hypothesis oracle : subgradient_oracle C f gi.
Hypothesis bounded : bounded_oracle C G gi.
Hypothesis least : minimiser_on C f xstar.

(* E ||x' - x*||^2 <= (1 - gamma mu) ||x - x*||^2 - 2 gamma (f(x) - f(xstar)) + gamma^2 G^2;
   mu = 0 for f convex only. *)
Lemma subgradient_expected_step x gamma : C x -> 0 <= gamma ->
  mean (fun i => norm2 (P (x -: gamma *: gi i x) -: xstar))
  <= (1 - gamma * mu) * norm2 (x -: xstar) - 2 * gamma * (f x - f xstar) + gamma ^ 2 * G ^ 2.
Proof.
  intros inx nonneg. apply Rle_trans with (mean (fun i => norm2 (x -: gamma *: gi i x -: xstar))).
  - apply mean_le. intros i. pose proof (lem_proj C _ _ set (project (x -: gamma *: gi i x)) xstar (proj1 least)).
    pose proof (norm2_pos (P (x -: gamma *: gi i x) -: (x -: gamma *: gi i x))). lra.
  - rewrite mean_step by exact some. fold (mean_gradient gi x).
    pose proof (strongly_convex_subgradient mu f x _ cvx (oracle x inx) xstar) as above.
    rewrite norm2_sub_sym in above. replace (xstar -: x) with ((-1) *: (x -: xstar)) in above by same_point.
    rewrite inner_scale_r in above. apply Rmult_le_compat_l with (r := 2 * gamma) in above; [| lra].
    pose proof (bounded x inx) as small. apply Rmult_le_compat_l with (r := gamma ^ 2) in small; [| apply pow2_ge_0].
    lra.
Qed.

Context (gamma : nat -> R) (x0 : X).
Hypothesis steps : forall t, 0 <= gamma t.
Hypothesis start : C x0.

Let x : history n -> X := projected_descent P gi gamma x0.

Lemma iterate_in past : C (x past).
Proof. destruct past; [exact start | apply project]. Qed.

(* The same for the expectations along the run. *)
Lemma subgradient_run_step t :
  expect (S t) (fun past => norm2 (x past -: xstar))
  <= (1 - gamma t * mu) * expect t (fun past => norm2 (x past -: xstar))
     - 2 * gamma t * (expect t (fun past => f (x past)) - f xstar) + gamma t ^ 2 * G ^ 2.
Proof.
  set (c := 2 * gamma t * f xstar + gamma t ^ 2 * G ^ 2).
  apply Rle_trans with (expect t (fun past => (1 - gamma t * mu) * norm2 (x past -: xstar)
    + - (2 * gamma t) * f (x past) + c)).
  - apply expect_step. intros past long.
    pose proof (subgradient_expected_step (x past) (gamma t) (iterate_in past) (steps t)) as once.
    unfold x in *. unfold projected_descent. cbn [run]. rewrite long. fold (projected_descent P gi gamma x0 past).
    unfold c. lra.
  - rewrite !expect_plus, !expect_scale, expect_const by exact some. unfold c. lra.
Qed.

Lemma expected_distance_nonneg t : 0 <= expect t (fun past => norm2 (x past -: xstar)).
Proof. apply expect_nonneg; [exact some | intros; apply norm2_pos]. Qed.
End Step.

(* Convex f, any steps: 2 sum gamma_t E(f(x_t) - min f) <= ||x_0 - x*||^2 + G^2 sum gamma_t^2. *)
Section Convex.
Context {X : space} {n : nat} (C : X -> Prop) (P : X -> X) (f : X -> R) (gi : Fin.t n -> X -> X) (G : R) (xstar : X).
Hypothesis some : (1 <= n)%nat.
Hypothesis set : convex_set C.
Hypothesis project : projector C P.
Hypothesis cvx : convex f.
Hypothesis oracle : subgradient_oracle C f gi.
Hypothesis bounded : bounded_oracle C G gi.
Hypothesis least : minimiser_on C f xstar.
Context (gamma : nat -> R) (x0 : X).
Hypothesis steps : forall t, 0 < gamma t.
Hypothesis start : C x0.

Let x : history n -> X := projected_descent P gi gamma x0.
Let gap (t : nat) : R := expect t (fun past => f (x past)) - f xstar.

Lemma subgradient_sum T :
  2 * sum_below (fun t => gamma t * gap t) T
  <= norm2 (x0 -: xstar) + G ^ 2 * sum_below (fun t => gamma t ^ 2) T.
Proof.
  rewrite <- !sum_below_scale.
  pose proof (sum_steps (fun t => 2 * (gamma t * gap t)) (fun t => G ^ 2 * gamma t ^ 2)
    (fun t => expect t (fun past => norm2 (x past -: xstar))) T) as total. cbv beta in total.
  pose proof (expected_distance_nonneg P gi xstar some gamma x0 T).
  change (expect 0 (fun past => norm2 (x past -: xstar))) with (norm2 (x0 -: xstar)) in total.
  fold x in H. enough (sum_below (fun t => 2 * (gamma t * gap t)) T
    <= norm2 (x0 -: xstar) - expect T (fun past => norm2 (x past -: xstar))
       + sum_below (fun t => G ^ 2 * gamma t ^ 2) T) by lra.
  apply total. intros t _.
  pose proof (subgradient_run_step C P f gi 0 G xstar some set project (proj2 (strongly_convex_0 f) cvx) oracle bounded
    least gamma x0 (fun t => Rlt_le _ _ (steps t)) start t) as once.
  fold x in once. unfold gap. lra.
Qed.

(* The weighted average of the expected gaps, and the expected gap at the weighted average of the iterates. *)
Lemma subgradient_average T : (1 <= T)%nat ->
  weighted_average gamma gap T
  <= (norm2 (x0 -: xstar) + G ^ 2 * sum_below (fun t => gamma t ^ 2) T) / (2 * sum_below gamma T).
Proof.
  intros one. assert (0 < sum_below gamma T) as pos by (apply sum_below_pos; [exact one | intros; apply steps]).
  apply weighted_average_le; [exact pos |]. pose proof (subgradient_sum T).
  replace ((norm2 (x0 -: xstar) + G ^ 2 * sum_below (fun t => gamma t ^ 2) T) / (2 * sum_below gamma T)
    * sum_below gamma T) with ((norm2 (x0 -: xstar) + G ^ 2 * sum_below (fun t => gamma t ^ 2) T) / 2)
    by (field; lra). lra.
Qed.
End Convex.

(* The norm has such an oracle with G = 1, with the whole space for C: the hypotheses of the theorems can be met. *)
Lemma projector_everywhere {X : space} : projector (X := X) everywhere (fun y => y).
Proof.
  intros y. split; [exact I |]. intros z _. apply norm_le. replace (norm2 (y -: y)) with 0 by (expand; ring).
  apply norm2_pos.
Qed.

Lemma norm_example {X : space} : convex (norm (X := X)) /\ minimiser (norm (X := X)) zero
  /\ forall x : X, subgradient norm x (/ norm x *: x) /\ norm2 (/ norm x *: x) <= 1 ^ 2.
Proof.
  split; [| split; [| intros x; destruct (Req_dec (norm x) 0) as [null | some]]].
  - intros x y t range. eapply Rle_trans; [apply triangle |]. rewrite !norm_scale, !Rabs_right by lra. lra.
  - intros y. pose proof (norm_pos y). pose proof (norm_square (zero : X)) as square. rewrite norm2_zero in square.
    pose proof (norm_pos (zero : X)). nra.
  - rewrite null, Rinv_0, norm2_scale. split; [| lra]. intros y. rewrite inner_scale_l. pose proof (norm_pos y). lra.
  - pose proof (norm_pos x). split.
    + intros y. rewrite inner_scale_l, inner_sub_r. pose proof (cauchy_schwarz x y) as less.
      fold (norm2 x). rewrite <- norm_square.
      apply Rmult_le_compat_l with (r := / norm x) in less; [| left; apply Rinv_0_lt_compat; lra].
      replace (/ norm x * (norm x * norm y)) with (norm y) in less by (field; lra).
      replace (/ norm x * (inner x y - norm x * norm x)) with (/ norm x * inner x y - norm x) by (field; lra). lra.
    + rewrite norm2_scale, <- norm_square. right. field. lra.
Qed.

(* (a/2) ||x||^2 has one on a ball of radius r, with G = a r. *)
Lemma ball_example {X : space} a r : 0 <= a -> 0 < r ->
  subgradient_oracle (n := 1) (X := X) (ball r) (fun x => a / 2 * norm2 (x -: zero)) (fun _ x => a *: (x -: zero))
  /\ bounded_oracle (n := 1) (X := X) (ball r) (a * r) (fun _ x => a *: (x -: zero)).
Proof.
  intros pos positive. split; intros x inx.
  - intros y. unfold mean_gradient. rewrite inner_mean_point, mean_const by lia.
    assert (0 <= a / 2 * norm2 (y -: x)) by (apply Rmult_le_pos; [lra | apply norm2_pos]). expand. lra.
  - rewrite mean_const by lia. replace (a *: (x -: zero)) with (a *: x) by same_point. rewrite norm2_scale.
    replace ((a * r) ^ 2) with (a ^ 2 * r ^ 2) by ring. apply Rmult_le_compat_l; [apply pow2_ge_0 |].
    apply norm_le_square, inx.
Qed.
