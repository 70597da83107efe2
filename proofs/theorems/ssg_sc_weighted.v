(* The projected stochastic subgradient method on a strongly convex function, steps 2/(mu (t + 2)), average with weights
   t + 1.

   C is a closed convex set of R^d with projection P, f is mu-strongly convex with a minimiser x* over C, and x_0 is in
   C. At each step one of n equally likely answers g_i(x) is drawn; their mean is a subgradient of f at x, and the mean
   of ||g_i(x)||^2 is at most G^2, for x in C. Each step is that of the rule sgd of spec/rules/gradient/sgd.acsl,
   then P.
   For the steps gamma_t = 2 / (mu (t + 2)) and every T >= 1, with weights t + 1,
       E f(average of x_0, ..., x_{T-1}) - min f + (mu/2) E ||x_T - x*||^2 <= 2 G^2 / (mu (T + 1)),
   and so for the average of the expected gaps. *)
From Coq Require Fin.
From Coq Require Import Reals Lra Psatz Lia List ZArith.
From Goldstep.theorems.base Require Import space functions sums expectation prox path averaging subgradient.
From Spec.theorems Require Import ssg_sc_weighted.
Local Open Scope R_scope.

Definition ssg_sc_weighted_statement : Prop :=
  forall (d n : nat) (C : Rn d -> Prop) (P : Rn d -> Rn d) (f : Rn d -> R) (gi : Fin.t n -> Rn d -> Rn d) (mu G : R)
         (x0 xstar : Rn d) (T : nat),
  (1 <= n)%nat -> convex_set C -> projector C P -> strongly_convex mu f -> subgradient_oracle C f gi ->
  bounded_oracle C G gi -> minimiser_on C f xstar -> C x0 ->
  ssg_sc_weighted_domain mu G -> (1 <= T)%nat ->
  let gamma := fun t => ssg_sc_weighted_gamma (Z.of_nat t) mu in
  let weight := fun t => INR (S t) in
  let x := subgrad_proj P gi gamma x0 in
  let last := mu / 2 * expect T (fun past => norm2 (x past -: xstar)) in
  weighted_average weight (fun t => expect t (fun past => f (x past)) - f xstar) T + last
    <= ssg_sc_weighted_bound (Z.of_nat T) mu G
  /\ expect T (fun past => f (average_point weight (fun t => x (first_draws t past)) T)) - f xstar + last
    <= ssg_sc_weighted_bound (Z.of_nat T) mu G.

Theorem ssg_sc_weighted : ssg_sc_weighted_statement.
Proof.
  unfold ssg_sc_weighted_statement, ssg_sc_weighted_bound, ssg_sc_weighted_domain. cbv zeta.
  intros d n C P f gi mu G x0 xstar T some set project cvx oracle bounded least start domain one.
  rewrite subgrad_proj_descent, IZR_succ. set (gamma := fun t => ssg_sc_weighted_gamma (Z.of_nat t) mu).
  assert (steps : forall t, gamma t = 2 / (mu * (INR t + 2))).
  { intros t. unfold gamma, ssg_sc_weighted_gamma. rewrite plus_IZR, <- INR_IZR_INZ. reflexivity. }
  assert (positive : forall t, 0 < gamma t).
  { intros t. rewrite steps. pose proof (pos_INR t). apply Rdiv_lt_0_compat; [lra |]. apply Rmult_lt_0_compat; lra. }
  pose proof (lt_0_INR T ltac:(lia)) as pos.
  assert (weights : sum_below (fun t => INR (S t)) T = INR T * INR (S T) / 2).
  { clear. induction T as [| T IH]; [simpl; field |]. cbn [sum_below]. rewrite IH, !S_INR. field. }
  assert (0 < sum_below (fun t => INR (S t)) T)
    by (apply sum_below_pos; [exact one | intros; apply lt_0_INR; lia]).
  set (x := projected_descent P gi gamma x0).
  set (gap := fun t => expect t (fun past => f (x past)) - f xstar).
  set (r := fun t => expect t (fun past => norm2 (x past -: xstar))).
  enough (weighted_average (fun t => INR (S t)) gap T <= 2 * (G * G) / (mu * INR (S T)) - mu / 2 * r T) as main.
  { fold (r T). split; [lra |].
    pose proof (average_both f x (fun t => INR (S t)) (fun t => t) T (f xstar) _ some
      (strongly_convex_convex mu f ltac:(lra) cvx) (fun t => pos_INR (S t)) ltac:(assumption)
      (fun t less => Nat.lt_le_incl _ _ less) main) as [_ jensen]. lra. }
  apply weighted_average_le; [assumption |].
  (* (t + 1) gap_t <= (mu/4) (t (t + 1) r_t - (t + 1) (t + 2) r_{t+1}) + G^2 / mu. *)
  assert (total : sum_below (fun t => INR (S t) * gap t) T
    <= mu / 4 * (INR 0 * (INR 0 + 1)) * r O - mu / 4 * (INR T * (INR T + 1)) * r T
       + sum_below (fun _ => G ^ 2 / mu) T).
  { apply (sum_steps _ _ (fun t => mu / 4 * (INR t * (INR t + 1)) * r t)). intros t _.
    pose proof (subgradient_run_step C P f gi mu G xstar some set project cvx oracle bounded least gamma x0
      (fun t => Rlt_le _ _ (positive t)) start t) as once.
    fold x (r t) (r (S t)) (gap t) in once. rewrite steps in once. pose proof (pos_INR t).
    rewrite !S_INR. set (k := INR t) in *.
    apply Rmult_le_compat_l with (r := mu / 4 * ((k + 1) * (k + 2))) in once; [| repeat apply Rmult_le_pos; lra].
    replace (mu / 4 * ((k + 1) * (k + 2)) * ((1 - 2 / (mu * (k + 2)) * mu) * r t - 2 * (2 / (mu * (k + 2))) * gap t
             + (2 / (mu * (k + 2))) ^ 2 * G ^ 2))
      with (mu / 4 * (k * (k + 1)) * r t - (k + 1) * gap t + G ^ 2 / mu * ((k + 1) / (k + 2))) in once
      by (field; lra).
    assert (G ^ 2 / mu * ((k + 1) / (k + 2)) <= G ^ 2 / mu * 1); [| replace (k + 1 + 1) with (k + 2) by ring; lra].
    apply Rmult_le_compat_l; [apply Rle_mult_inv_pos; [apply pow2_ge_0 | lra] |].
    apply Rmult_le_reg_r with (k + 2); [lra |]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra. }
  rewrite sum_below_const in total. change (INR 0) with 0 in total. rewrite weights, S_INR.
  replace ((2 * (G * G) / (mu * (INR T + 1)) - mu / 2 * r T) * (INR T * (INR T + 1) / 2))
    with (INR T * (G ^ 2 / mu) - mu / 4 * (INR T * (INR T + 1)) * r T) by (field; lra).
  lra.
Qed.
