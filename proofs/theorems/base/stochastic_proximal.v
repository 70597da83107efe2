(* The stochastic proximal gradient method on f + h, f = (f_1 + ... + f_n)/n: its iterates, in R^n by the rule ista of
   spec/rules/gradient/ista.acsl with the gradient of one f_i, and its expected steps. *)
From Coq Require Fin.
From Coq Require Import Reals Lra Psatz Lia List FunctionalExtensionality.
From Goldstep.theorems.base Require Import space functions sums expectation prox averaging proximal_gradient.
From Spec.rules.gradient Require ista.
Local Open Scope R_scope.

(* x_{t+1} = ista_x(x_t, grad f_i(x_t), gamma_t, lambda) in each coordinate, for the index i drawn at t. *)
Definition prox_sgd {d n : nat} (gi : Fin.t n -> Rn d -> Rn d) (gamma : nat -> R) (lambda : R) (x0 : Rn d)
  (past : history n) : Rn d :=
  run (fun t i x => lift2 (fun x g => ista.ista_x x g (gamma t) lambda) x (gi i x)) x0 past.

(* x_{t+1} = prox(x_t - gamma_t grad f_i(x_t)). *)
Definition proximal_run {X : space} {n : nat} (P : R -> X -> X) (gi : Fin.t n -> X -> X) (gamma : nat -> R) (x0 : X)
  (past : history n) : X :=
  run (fun t i x => P (gamma t) (x -: gamma t *: gi i x)) x0 past.

Lemma prox_sgd_proximal {d n : nat} (gi : Fin.t n -> Rn d -> Rn d) gamma lambda x0 :
  prox_sgd gi gamma lambda x0 = proximal_run (soft_threshold lambda) gi gamma x0.
Proof. apply functional_extensionality. intros past. apply run_ext. intros t i x. apply ista_step. Qed.

(* sigma^2 = (1/n) sum ||grad f_i(xstar) - grad f(xstar)||^2. *)
Definition composite_noise {X : space} {n : nat} (gi : Fin.t n -> X -> X) (xstar : X) : R :=
  mean (fun i => norm2 (gi i xstar -: mean_gradient gi xstar)).

Lemma composite_noise_nonneg {X : space} {n : nat} (gi : Fin.t n -> X -> X) xstar : 0 <= composite_noise gi xstar.
Proof. apply mean_nonneg. intros. apply norm2_pos. Qed.

(* The mean squared distance is least to the mean. *)
Lemma variance_least {X : space} {n : nat} (v : Fin.t n -> X) c : (1 <= n)%nat ->
  mean (fun i => norm2 (v i -: mean_point v)) <= mean (fun i => norm2 (v i -: c)).
Proof.
  intros some. rewrite variance by exact some. set (vbar := mean_point v).
  rewrite (mean_ext (fun i => norm2 (v i -: c)) (fun i => norm2 (v i) + -2 * inner (v i) c + norm2 c))
    by (intros; expand; ring).
  rewrite !mean_plus, mean_scale, mean_const by exact some. rewrite <- inner_mean_point. fold vbar.
  pose proof (norm2_pos (vbar -: c)). set (m := mean (fun i => norm2 (v i))) in *. clearbody m. expand. lra.
Qed.

Section Step.
Context {X : space} {n : nat} (C : X -> Prop) (fi : Fin.t n -> X -> R) (gi : Fin.t n -> X -> X) (h : X -> R)
  (P : R -> X -> X) (mu L : R) (xstar : X).
Hypothesis some : (1 <= n)%nat.
Hypothesis convexes : forall i, convex (fi i).
Hypothesis smooths : forall i, smooth L (fi i) (gi i).
Hypothesis cvx : strongly_convex mu (mean_function fi).
Hypothesis hconvex : convex_on C h.
Hypothesis operator : prox_operator C h P.
Hypothesis least : minimiser_on C (fun x => mean_function fi x + h x) xstar.
Hypothesis positive : 0 < L.

Let f : X -> R := mean_function fi.
Let grad : X -> X := mean_gradient gi.
Let F (x : X) : R := f x + h x.
Let noise : R := composite_noise gi xstar.

(* The Bregman gap f(x) - f(xstar) - <grad f(xstar), x - xstar>. *)
Let bregman (x : X) : R := f x - f xstar - inner (grad xstar) (x -: xstar).

Lemma mean_has_gradient : is_gradient f grad.
Proof. apply mean_gradient_is_gradient. intros i. apply smooths. Qed.

Lemma bregman_nonneg x : 0 <= bregman x.
Proof.
  pose proof (convex_first_order f grad (mean_convex fi convexes) mean_has_gradient xstar x). unfold bregman. lra.
Qed.

Lemma bregman_gap x : C x -> bregman x <= F x - F xstar.
Proof.
  intros inx. pose proof (composite_optimality C f h grad hconvex xstar mean_has_gradient least x inx).
  unfold bregman, F. lra.
Qed.

(* mean ||grad f_i(x) - grad f(xstar)||^2 <= 4 L (Bregman gap) + 2 sigma^2. *)
Lemma composite_second_moment x :
  mean (fun i => norm2 (gi i x -: grad xstar)) <= 4 * L * bregman x + 2 * noise.
Proof.
  pose proof (lem_var_grad_bregman L fi gi xstar some positive convexes smooths x) as transfer.
  fold grad f in transfer. fold (bregman x) in transfer.
  apply Rle_trans with (mean (fun i => 2 * norm2 (gi i x -: gi i xstar) + 2 * norm2 (gi i xstar -: grad xstar))).
  - apply mean_le. intros i.
    replace (gi i x -: grad xstar) with ((gi i x -: gi i xstar) +: (gi i xstar -: grad xstar)) by same_point.
    apply norm2_add_le.
  - rewrite mean_plus, !mean_scale. fold grad. unfold noise, composite_noise. fold grad. lra.
Qed.

(* E ||x' - x*||^2 <= (1 - gamma mu) ||x - x*||^2 - 2 gamma (1 - 2 gamma L) (Bregman gap) + 2 gamma^2 sigma^2. *)
Lemma proximal_distance_step x gamma : 0 < gamma ->
  mean (fun i => norm2 (P gamma (x -: gamma *: gi i x) -: xstar))
  <= (1 - gamma * mu) * norm2 (x -: xstar) - 2 * gamma * (1 - 2 * gamma * L) * bregman x + 2 * gamma ^ 2 * noise.
Proof.
  intros pos. set (e := grad xstar). set (d := x -: xstar).
  apply Rle_trans with (mean (fun i => norm2 d + - (2 * gamma) * inner (gi i x) d + 2 * gamma * inner e d
                                       + gamma ^ 2 * norm2 (gi i x -: e))).
  - apply mean_le. intros i.
    pose proof (prox_nonexpansive C h gamma (x -: gamma *: gi i x) (xstar -: gamma *: e) _ xstar pos hconvex
      (operator gamma _ pos) (composite_fixed C f h grad hconvex xstar gamma pos mean_has_gradient least)) as near.
    eapply Rle_trans; [exact near |]. right. unfold d. clear near. expand. ring.
  - rewrite !mean_plus, !mean_scale, !mean_const, <- inner_mean_point by exact some.
    change (mean_point (fun i => gi i x)) with (grad x).
    pose proof (strongly_convex_first_order mu f grad cvx mean_has_gradient x xstar) as above.
    rewrite norm2_sub_sym in above. fold d in above.
    replace (xstar -: x) with ((-1) *: d) in above by (unfold d; same_point).
    rewrite inner_scale_r in above. apply Rmult_le_compat_l with (r := 2 * gamma) in above; [| lra].
    pose proof (composite_second_moment x) as moment. fold e in moment.
    apply Rmult_le_compat_l with (r := gamma ^ 2) in moment; [| apply pow2_ge_0].
    unfold bregman in *. fold e d in moment |- *. lra.
Qed.

(* E ||x' - x*||^2 <= ||x - x*||^2 - 2 gamma E(F(x') - min F) + 2 gamma^2 (4 L (F(x) - min F) + 2 sigma^2), for
   gamma <= 1/L. *)
Lemma proximal_value_step x gamma : C x -> 0 < gamma <= 1 / L ->
  mean (fun i => norm2 (P gamma (x -: gamma *: gi i x) -: xstar))
  <= norm2 (x -: xstar) - 2 * gamma * (mean (fun i => F (P gamma (x -: gamma *: gi i x))) - F xstar)
     + 2 * gamma ^ 2 * (4 * L * (F x - F xstar) + 2 * noise).
Proof.
  intros inx range. pose proof (proj1 range) as pos. set (hat := P gamma (x -: gamma *: grad x)).
  set (p := fun i => P gamma (x -: gamma *: gi i x)). set (v := fun i => gi i x -: grad x).
  assert (convex f) as fconvex by apply (mean_convex fi convexes).
  assert (each : forall i, norm2 (p i -: xstar)
    <= norm2 (x -: xstar) + - (2 * gamma) * F (p i) + 2 * gamma * F xstar + 2 * gamma * inner (v i) (xstar -: hat)
       + 2 * gamma ^ 2 * norm2 (v i)).
  { intros i.
    pose proof (composite_step_any C f h grad 0 L hconvex x (gi i x) (p i) gamma xstar positive range
      (mean_smooth L fi gi some smooths) (proj2 (strongly_convex_0 f) fconvex) (operator gamma _ pos) (proj1 least))
      as once.
    fold (F (p i)) (F xstar) (v i) in once.
    pose proof (prox_nonexpansive C h gamma _ _ _ _ pos hconvex (operator gamma (x -: gamma *: grad x) pos)
      (operator gamma (x -: gamma *: gi i x) pos)) as near. fold hat (p i) in near.
    replace (x -: gamma *: grad x -: (x -: gamma *: gi i x)) with (gamma *: v i) in near by (unfold v; same_point).
    rewrite norm2_scale in near. pose proof (young gamma (v i) (hat -: p i) pos) as cross.
    apply Rmult_le_compat_l with (r := gamma) in cross; [| lra].
    replace (gamma * (gamma * norm2 (v i) + norm2 (hat -: p i) / gamma))
      with (gamma ^ 2 * norm2 (v i) + norm2 (hat -: p i)) in cross by (field; lra).
    replace (inner (v i) (xstar -: p i)) with (inner (v i) (xstar -: hat) + inner (v i) (hat -: p i)) in once
      by (rewrite !inner_sub_r; ring). lra. }
  eapply Rle_trans; [apply mean_le, each |].
  rewrite !mean_plus, !mean_scale, !mean_const by exact some.
  assert (mean (fun i => inner (v i) (xstar -: hat)) = 0) as unbiased.
  { unfold v. rewrite (mean_ext _ (fun i => inner (gi i x) (xstar -: hat) - inner (grad x) (xstar -: hat)))
      by (intros; apply inner_sub_l).
    rewrite mean_minus, mean_const, <- inner_mean_point by exact some.
    change (mean_point (fun i => gi i x)) with (grad x). ring. }
  pose proof (variance_least (fun i => gi i x) (grad xstar) some) as spread.
  change (mean (fun i => norm2 (v i)) <= mean (fun i => norm2 (gi i x -: grad xstar))) in spread.
  pose proof (composite_second_moment x) as moment. pose proof (bregman_gap x inx) as gap.
  apply Rmult_le_compat_l with (r := 4 * L) in gap; [| lra].
  assert (mean (fun i => norm2 (v i)) <= 4 * L * (F x - F xstar) + 2 * noise) as small by lra.
  apply Rmult_le_compat_l with (r := 2 * gamma ^ 2) in small; [| pose proof (pow2_ge_0 gamma); lra].
  rewrite unbiased. change (mean (fun i => F (P gamma (x -: gamma *: gi i x)))) with (mean (fun i => F (p i))). lra.
Qed.

Context (gamma : nat -> R) (x0 : X).
Hypothesis steps : forall t, 0 < gamma t.

Let x : history n -> X := proximal_run P gi gamma x0.

Lemma proximal_run_in : C x0 -> forall past, C (x past).
Proof. intros start [| i past]; [exact start | apply operator, steps]. Qed.

(* From a step to the expectations along a run. *)
Lemma proximal_expect_next (G : X -> R) t :
  expect (S t) (fun past => G (x past))
  = expect t (fun past => mean (fun i => G (P (gamma t) (x past -: gamma t *: gi i (x past))))).
Proof.
  rewrite expect_next. apply expect_ext_length. intros past long. apply mean_ext. intros i.
  unfold x, proximal_run. cbn [run]. rewrite long. reflexivity.
Qed.

Lemma proximal_distance_run t : gamma t <= 1 / (2 * L) ->
  expect (S t) (fun past => norm2 (x past -: xstar))
  <= (1 - gamma t * mu) * expect t (fun past => norm2 (x past -: xstar)) + 2 * gamma t ^ 2 * noise.
Proof.
  intros below. rewrite (proximal_expect_next (fun y => norm2 (y -: xstar))).
  rewrite <- expect_scale, <- (expect_const (n := n) t (2 * gamma t ^ 2 * noise) some), <- expect_plus.
  apply expect_le. intros past. pose proof (proximal_distance_step (x past) (gamma t) (steps t)) as once.
  pose proof (step_times (2 * L) (gamma t) 1 ltac:(lra) below). pose proof (steps t).
  assert (0 <= 2 * gamma t * (1 - 2 * gamma t * L) * bregman (x past)); [| lra].
  apply Rmult_le_pos; [apply Rmult_le_pos; lra | apply bregman_nonneg].
Qed.

Lemma proximal_value_run t : C x0 -> gamma t <= 1 / L ->
  expect (S t) (fun past => norm2 (x past -: xstar))
  <= expect t (fun past => norm2 (x past -: xstar))
     - 2 * gamma t * (expect (S t) (fun past => F (x past)) - F xstar)
     + 2 * gamma t ^ 2 * (4 * L * (expect t (fun past => F (x past)) - F xstar) + 2 * noise).
Proof.
  intros start below. rewrite (proximal_expect_next (fun y => norm2 (y -: xstar))), (proximal_expect_next F).
  set (next := fun past => mean (fun i => F (P (gamma t) (x past -: gamma t *: gi i (x past))))).
  set (c := 2 * gamma t * F xstar + 2 * gamma t ^ 2 * (2 * noise - 4 * L * F xstar)).
  apply Rle_trans with (expect t (fun past => norm2 (x past -: xstar) + - (2 * gamma t) * next past
    + 8 * gamma t ^ 2 * L * F (x past) + c)).
  - apply expect_le. intros past.
    pose proof (proximal_value_step (x past) (gamma t) (proximal_run_in start past) (conj (steps t) below)) as once.
    fold (next past) in once. unfold c. lra.
  - rewrite !expect_plus, !expect_scale, expect_const by exact some. unfold c. lra.
Qed.
End Step.

(* The sum over a run with steps that never grow, gamma_0 < 1/(4L):
   2 (1 - 4 gamma_0 L) sum gamma_t E(F(x_{t+1}) - min F)
   <= ||x_0 - x*||^2 + 8 gamma_0^2 L (F(x_0) - min F) + 4 sigma^2 sum gamma_t^2. *)
Section Convex.
Context {X : space} {n : nat} (C : X -> Prop) (fi : Fin.t n -> X -> R) (gi : Fin.t n -> X -> X) (h : X -> R)
  (P : R -> X -> X) (L : R) (xstar : X).
Hypothesis some : (1 <= n)%nat.
Hypothesis convexes : forall i, convex (fi i).
Hypothesis smooths : forall i, smooth L (fi i) (gi i).
Hypothesis hconvex : convex_on C h.
Hypothesis operator : prox_operator C h P.
Hypothesis least : minimiser_on C (fun x => mean_function fi x + h x) xstar.
Hypothesis positive : 0 < L.
Context (gamma : nat -> R) (x0 : X).
Hypothesis steps : forall t, 0 < gamma t.
Hypothesis falling : forall t, gamma (S t) <= gamma t.
Hypothesis small : gamma O < 1 / (4 * L).
Hypothesis start : C x0.

Let F (x : X) : R := mean_function fi x + h x.
Let x : history n -> X := proximal_run P gi gamma x0.
Let gap (t : nat) : R := expect t (fun past => F (x past)) - F xstar.

Lemma gap_nonneg t : 0 <= gap t.
Proof.
  unfold gap. rewrite <- (expect_const (n := n) t (F xstar) some), <- expect_minus. apply expect_nonneg; [exact some |].
  intros past. pose proof (proj2 least (x past)) as above.
  unfold x in *. specialize (above (proximal_run_in C gi h P operator gamma x0 steps start past)). unfold F. lra.
Qed.

Lemma steps_below_first t : gamma t <= gamma O.
Proof. induction t as [| t IH]; [lra |]. pose proof (falling t). lra. Qed.

Lemma proximal_sum T :
  2 * (1 - 4 * gamma O * L) * sum_below (fun t => gamma t * gap (S t)) T
  <= norm2 (x0 -: xstar) + 8 * gamma O ^ 2 * L * gap O
     + 4 * composite_noise gi xstar * sum_below (fun t => gamma t ^ 2) T.
Proof.
  set (noise := composite_noise gi xstar). set (r := fun t => expect t (fun past => norm2 (x past -: xstar))).
  pose proof (step_times_lt (4 * L) (gamma O) 1 ltac:(lra) small) as quarter. pose proof (steps O) as first.
  assert (total : sum_below (fun t => 2 * (gamma t * gap (S t))) T
    <= r O - r T + sum_below (fun t => 8 * L * (gamma t ^ 2 * gap t) + 4 * noise * gamma t ^ 2) T).
  { apply (sum_steps _ _ r). intros t _.
    assert (gamma t <= 1 / L) as below.
    { pose proof (steps_below_first t). apply Rmult_le_reg_r with L; [exact positive |].
      replace (1 / L * L) with 1 by (field; lra).
      assert (gamma t * L <= gamma O * L) by (apply Rmult_le_compat_r; lra).
      assert (0 < gamma O * L) by (apply Rmult_lt_0_compat; lra). lra. }
    pose proof (proximal_value_run C fi gi h P L xstar some convexes smooths hconvex operator least positive gamma x0
      steps t start below) as once. unfold r, gap, F, x, noise. lra. }
  rewrite sum_below_plus, !sum_below_scale in total.
  assert (delayed : sum_below (fun t => gamma t ^ 2 * gap t) T
    <= gamma O ^ 2 * gap O + gamma O * sum_below (fun t => gamma t * gap (S t)) T).
  { apply Rle_trans with (sum_below (fun t => gamma t ^ 2 * gap t) (S T)).
    - cbn [sum_below]. pose proof (gap_nonneg T). pose proof (pow2_ge_0 (gamma T)).
      assert (0 <= gamma T ^ 2 * gap T) by (apply Rmult_le_pos; assumption). lra.
    - rewrite sum_below_first, <- sum_below_scale. apply Rplus_le_compat_l, sum_below_le. intros t _.
      pose proof (gap_nonneg (S t)). pose proof (steps_below_first (S t)). pose proof (falling t).
      pose proof (steps (S t)). pose proof (steps t).
      assert (gamma (S t) * gamma (S t) <= gamma O * gamma t) by (apply Rmult_le_compat; lra).
      assert (gamma (S t) * gamma (S t) * gap (S t) <= gamma O * gamma t * gap (S t))
        by (apply Rmult_le_compat_r; assumption). lra. }
  apply Rmult_le_compat_l with (r := 8 * L) in delayed; [| lra].
  assert (0 <= r T) by (apply expect_nonneg; [exact some | intros; apply norm2_pos]).
  change (r O) with (norm2 (x0 -: xstar)) in total. lra.
Qed.

Lemma proximal_average T : (1 <= T)%nat ->
  weighted_average gamma (fun t => gap (S t)) T
  <= (norm2 (x0 -: xstar) + 8 * gamma O ^ 2 * L * (F x0 - F xstar)
      + 4 * composite_noise gi xstar * sum_below (fun t => gamma t ^ 2) T)
     / (2 * (1 - 4 * gamma O * L) * sum_below gamma T).
Proof.
  intros one. assert (0 < sum_below gamma T) as pos by (apply sum_below_pos; [exact one | intros; apply steps]).
  pose proof (step_times_lt (4 * L) (gamma O) 1 ltac:(lra) small) as quarter.
  apply weighted_average_le; [exact pos |]. pose proof (proximal_sum T) as total.
  change (gap O) with (F x0 - F xstar) in total.
  set (up := norm2 (x0 -: xstar) + _ + _) in *. set (a := 1 - 4 * gamma O * L) in *. assert (0 < a) by (unfold a; lra).
  apply Rmult_le_reg_l with (2 * a); [lra |].
  replace (2 * a * (up / (2 * a * sum_below gamma T) * sum_below gamma T)) with up by (field; lra). exact total.
Qed.
End Convex.

(* A constant step on a strongly convex sum. *)
Section Constant.
Context {X : space} {n : nat} (C : X -> Prop) (fi : Fin.t n -> X -> R) (gi : Fin.t n -> X -> X) (h : X -> R)
  (P : R -> X -> X) (mu L : R) (x0 xstar : X).
Hypothesis some : (1 <= n)%nat.
Hypothesis convexes : forall i, convex (fi i).
Hypothesis smooths : forall i, smooth L (fi i) (gi i).
Hypothesis cvx : strongly_convex mu (mean_function fi).
Hypothesis hconvex : convex_on C h.
Hypothesis operator : prox_operator C h P.
Hypothesis least : minimiser_on C (fun x => mean_function fi x + h x) xstar.
Hypothesis order : 0 < mu <= L.

Let noise : R := composite_noise gi xstar.

(* gamma mu <= 1/2 for a step of at most 1/(2L). *)
Lemma step_of_mu gamma : 0 < gamma <= 1 / (2 * L) -> 0 < gamma * mu <= 1.
Proof.
  intros range. pose proof (step_times (2 * L) gamma 1 ltac:(lra) (proj2 range)).
  split; [apply Rmult_lt_0_compat; lra |].
  assert (gamma * mu <= gamma * L) by (apply Rmult_le_compat_l; lra).
  assert (0 < gamma * L) by (apply Rmult_lt_0_compat; lra). lra.
Qed.

(* The steps before T count only. *)
Lemma proximal_const_run (gamma : nat -> R) (g : R) T :
  (forall t, 0 < gamma t) -> 0 < g <= 1 / (2 * L) -> (forall t, (t < T)%nat -> gamma t = g) ->
  expect T (fun past => norm2 (proximal_run P gi gamma x0 past -: xstar))
  <= (1 - g * mu) ^ T * norm2 (x0 -: xstar) + 2 * g / mu * noise.
Proof.
  intros steps range same. set (r := fun t => expect t (fun past => norm2 (proximal_run P gi gamma x0 past -: xstar))).
  change (r T <= (1 - g * mu) ^ T * r O + 2 * g / mu * noise).
  replace (2 * g / mu * noise) with (2 * g ^ 2 * noise / (g * mu)) by (field; lra).
  apply lem_recursion.
  - apply step_of_mu, range.
  - pose proof (pow2_ge_0 g). apply Rmult_le_pos; [lra | apply composite_noise_nonneg].
  - intros t less. rewrite <- (same t less).
    apply (proximal_distance_run C fi gi h P mu L xstar); auto; [lra |]. rewrite same by exact less. lra.
Qed.
End Constant.
