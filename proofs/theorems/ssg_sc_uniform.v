(* The projected stochastic subgradient method on a strongly convex function, steps 1/(mu (t + 1)), plain average.

   C is a closed convex set of R^d with projection P, f is mu-strongly convex with a minimiser x* over C, and x_0 is in
   C. At each step one of n equally likely answers g_i(x) is drawn; their mean is a subgradient of f at x, and the mean
   of ||g_i(x)||^2 is at most G^2, for x in C. Each step is that of the rule sgd of spec/rules/gradient/sgd.acsl,
   then P.
   For the steps gamma_t = 1 / (mu (t + 1)) and every T >= 1,
       E f(average of x_0, ..., x_{T-1}) - min f <= G^2 (1 + ln T) / (2 mu T),
   and so for the average of the expected gaps. *)
From Coq Require Fin.
From Coq Require Import Reals Lra Psatz Lia List ZArith.
From Goldstep.theorems.base Require Import space functions sums expectation prox path averaging subgradient.
From Spec.theorems Require Import ssg_sc_uniform.
Local Open Scope R_scope.

Definition ssg_sc_uniform_statement : Prop :=
  forall (d n : nat) (C : Rn d -> Prop) (P : Rn d -> Rn d) (f : Rn d -> R) (gi : Fin.t n -> Rn d -> Rn d) (mu G : R)
         (x0 xstar : Rn d) (T : nat),
  (1 <= n)%nat -> convex_set C -> projector C P -> strongly_convex mu f -> subgradient_oracle C f gi ->
  bounded_oracle C G gi -> minimiser_on C f xstar -> C x0 ->
  ssg_sc_uniform_domain mu G -> (1 <= T)%nat ->
  let gamma := fun t => ssg_sc_uniform_gamma (Z.of_nat t) mu in
  let x := subgrad_proj P gi gamma x0 in
  weighted_average (fun _ => 1) (fun t => expect t (fun past => f (x past)) - f xstar) T
    <= ssg_sc_uniform_bound (Z.of_nat T) mu G
  /\ expect T (fun past => f (average_point (fun _ => 1) (fun t => x (first_draws t past)) T)) - f xstar
    <= ssg_sc_uniform_bound (Z.of_nat T) mu G.

Theorem ssg_sc_uniform : ssg_sc_uniform_statement.
Proof.
  unfold ssg_sc_uniform_statement, ssg_sc_uniform_bound, ssg_sc_uniform_domain. cbv zeta.
  intros d n C P f gi mu G x0 xstar T some set project cvx oracle bounded least start domain one.
  rewrite subgrad_proj_descent, <- INR_IZR_INZ. set (gamma := fun t => ssg_sc_uniform_gamma (Z.of_nat t) mu).
  assert (steps : forall t, gamma t = 1 / (mu * INR (S t))).
  { intros t. unfold gamma, ssg_sc_uniform_gamma. rewrite IZR_succ. reflexivity. }
  assert (positive : forall t, 0 < gamma t).
  { intros t. rewrite steps. apply Rdiv_lt_0_compat; [lra |]. apply Rmult_lt_0_compat; [lra | apply lt_0_INR; lia]. }
  pose proof (lt_0_INR T ltac:(lia)) as pos.
  apply (average_both f _ _ (fun t => t)); auto; try (intros; lia);
    [apply (strongly_convex_convex mu); [lra | exact cvx] | intros; lra | rewrite sum_below_one; exact pos |].
  apply weighted_average_le; rewrite sum_below_one; [exact pos |].
  set (x := projected_descent P gi gamma x0).
  set (gap := fun t => expect t (fun past => f (x past)) - f xstar).
  set (r := fun t => expect t (fun past => norm2 (x past -: xstar))).
  (* 2 gap_t <= mu t r_t - mu (t + 1) r_{t+1} + G^2 / (mu (t + 1)). *)
  assert (total : sum_below (fun t => 2 * gap t) T
    <= mu * INR 0 * r O - mu * INR T * r T + sum_below (fun t => G ^ 2 / mu * (1 / INR (S t))) T).
  { apply (sum_steps _ _ (fun t => mu * INR t * r t)). intros t _.
    pose proof (subgradient_run_step C P f gi mu G xstar some set project cvx oracle bounded least gamma x0
      (fun t => Rlt_le _ _ (positive t)) start t) as once.
    fold x (r t) (r (S t)) (gap t) in once. rewrite steps in once. pose proof (lt_0_INR (S t) ltac:(lia)).
    replace (INR t) with (INR (S t) - 1) by (rewrite S_INR; ring). set (k := INR (S t)) in *.
    apply Rmult_le_compat_l with (r := mu * k) in once; [| apply Rmult_le_pos; lra].
    replace (mu * k * ((1 - 1 / (mu * k) * mu) * r t - 2 * (1 / (mu * k)) * gap t + (1 / (mu * k)) ^ 2 * G ^ 2))
      with (mu * (k - 1) * r t - 2 * gap t + G ^ 2 / mu * (1 / k)) in once by (field; lra). lra. }
  rewrite !sum_below_scale in total. fold (harmonic T) in total. change (INR 0) with 0 in total.
  assert (0 <= mu * INR T * r T).
  { apply Rmult_le_pos; [apply Rmult_le_pos; lra |]. apply expected_distance_nonneg, some. }
  assert (G ^ 2 / mu * harmonic T <= G ^ 2 / mu * (1 + ln (INR T))) as upper.
  { apply Rmult_le_compat_l; [| apply harmonic_upper, one]. apply Rle_mult_inv_pos; [apply pow2_ge_0 | lra]. }
  rewrite (sum_below_ext _ gap) by (intros; unfold gap; ring).
  replace (G * G * (1 + ln (INR T)) / (2 * mu * INR T) * INR T) with (G ^ 2 / mu * (1 + ln (INR T)) / 2)
    by (field; lra). lra.
Qed.
