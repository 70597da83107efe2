(* The projected stochastic subgradient method on a bounded set, steps falling as 1/sqrt t: no logarithm.

   C is a closed convex set of R^d with projection P, f is convex with a minimiser x* over C, and x_0 is in C. At each
   step one of n equally likely answers g_i(x) is drawn; their mean is a subgradient of f at x, and the mean of
   ||g_i(x)||^2 is at most G^2, for x in C. Each step is that of the rule sgd of spec/rules/gradient/sgd.acsl, then P.
   If C has diameter at most D, then for the steps gamma_t = D / (G sqrt(t + 1)) and every T >= 1
       E f(average of x_0, ..., x_{T-1}) - min f <= 3 D G / (2 sqrt T),
   and so for the average of the expected gaps. *)
From Coq Require Fin.
From Coq Require Import Reals Lra Psatz Lia List ZArith.
From Goldstep.theorems.base Require Import space functions sums expectation prox path averaging subgradient.
From Spec.theorems Require Import pssg_bounded_dec.
Local Open Scope R_scope.

Definition pssg_bounded_dec_statement : Prop :=
  forall (d n : nat) (C : Rn d -> Prop) (P : Rn d -> Rn d) (f : Rn d -> R) (gi : Fin.t n -> Rn d -> Rn d) (G D : R)
         (x0 xstar : Rn d) (T : nat),
  (1 <= n)%nat -> convex_set C -> projector C P -> convex f -> subgradient_oracle C f gi -> bounded_oracle C G gi ->
  minimiser_on C f xstar -> C x0 ->
  pssg_bounded_dec_domain G D -> (forall x y, C x -> C y -> norm (x -: y) <= D) -> (1 <= T)%nat ->
  let gamma := fun t => pssg_bounded_dec_gamma (Z.of_nat t) G D in
  let x := subgrad_proj P gi gamma x0 in
  weighted_average (fun _ => 1) (fun t => expect t (fun past => f (x past)) - f xstar) T
    <= pssg_bounded_dec_bound (Z.of_nat T) G D
  /\ expect T (fun past => f (average_point (fun _ => 1) (fun t => x (first_draws t past)) T)) - f xstar
    <= pssg_bounded_dec_bound (Z.of_nat T) G D.

Theorem pssg_bounded_dec : pssg_bounded_dec_statement.
Proof.
  unfold pssg_bounded_dec_statement, pssg_bounded_dec_bound, pssg_bounded_dec_domain. cbv zeta.
  intros d n C P f gi G D x0 xstar T some set project cvx oracle bounded least start domain diameter one.
  rewrite subgrad_proj_descent, <- INR_IZR_INZ. set (gamma := fun t => pssg_bounded_dec_gamma (Z.of_nat t) G D).
  assert (steps : forall t, gamma t = D / (G * sqrt (INR (S t)))).
  { intros t. unfold gamma, pssg_bounded_dec_gamma. rewrite IZR_succ. reflexivity. }
  assert (roots : forall t, 0 < sqrt (INR (S t))) by (intros; apply sqrt_lt_R0, lt_0_INR; lia).
  assert (positive : forall t, 0 < gamma t).
  { intros t. rewrite steps. apply Rdiv_lt_0_compat; [lra |]. apply Rmult_lt_0_compat; [lra | apply roots]. }
  pose proof (lt_0_INR T ltac:(lia)) as pos.
  apply (average_both f _ _ (fun t => t)); auto; try (intros; lia); [intros; lra | rewrite sum_below_one; exact pos |].
  apply weighted_average_le; rewrite sum_below_one; [exact pos |].
  set (x := projected_descent P gi gamma x0).
  set (gap := fun t => expect t (fun past => f (x past)) - f xstar).
  set (r := fun t => expect t (fun past => norm2 (x past -: xstar))).
  assert (inside : forall t, 0 <= r t <= D ^ 2).
  { intros t. split; [apply expected_distance_nonneg, some |].
    rewrite <- (expect_const (n := n) t (D ^ 2) some). apply expect_le. intros past. apply norm_le_square, diameter.
    - apply iterate_in; assumption.
    - apply least. }
  (* V_t = -(G/D) sqrt(t) (D^2 - r_t): 2 gap_t <= V_t - V_{t+1} + D G / sqrt(t + 1). *)
  assert (total : sum_below (fun t => 2 * gap t) T
    <= - (G / D * sqrt (INR 0) * (D ^ 2 - r O)) - - (G / D * sqrt (INR T) * (D ^ 2 - r T))
       + sum_below (fun t => D * G * (1 / sqrt (INR (S t)))) T).
  { apply (sum_steps _ _ (fun t => - (G / D * sqrt (INR t) * (D ^ 2 - r t)))). intros t _.
    pose proof (subgradient_run_step C P f gi 0 G xstar some set project (proj2 (strongly_convex_0 f) cvx) oracle
      bounded least gamma x0 (fun t => Rlt_le _ _ (positive t)) start t) as once.
    fold x (r t) (r (S t)) (gap t) in once. rewrite steps in once. pose proof (roots t) as root.
    assert (sqrt (INR t) <= sqrt (INR (S t))) as more by (apply sqrt_le_1_alt, le_INR; lia).
    set (k := sqrt (INR (S t))) in *. set (j := sqrt (INR t)) in *.
    apply Rmult_le_compat_l with (r := G * k / D) in once; [| apply Rle_mult_inv_pos; [apply Rmult_le_pos |]; lra].
    replace (G * k / D * ((1 - D / (G * k) * 0) * r t - 2 * (D / (G * k)) * gap t + (D / (G * k)) ^ 2 * G ^ 2))
      with (G / D * k * r t - 2 * gap t + D * G * (1 / k)) in once by (field; lra).
    replace (G * k / D * r (S t)) with (G / D * k * r (S t)) in once by (field; lra).
    assert (G / D * j * (D ^ 2 - r t) <= G / D * k * (D ^ 2 - r t)); [| lra].
    apply Rmult_le_compat_r; [pose proof (inside t); lra |].
    apply Rmult_le_compat_l; [apply Rle_mult_inv_pos; lra | exact more]. }
  rewrite !sum_below_scale in total. fold (sum_inv_sqrt T) in total. change (INR 0) with 0 in total.
  rewrite sqrt_0 in total.
  pose proof (sum_inv_sqrt_upper T one). pose proof (sqrt_lt_R0 _ pos). pose proof (inside T).
  pose proof (sqrt_sqrt (INR T) ltac:(lra)) as square. set (s := sqrt (INR T)) in *.
  assert (G / D * s * (D ^ 2 - r T) <= D * G * s) as first.
  { replace (D * G * s) with (G / D * s * (D ^ 2)) by (field; lra).
    apply Rmult_le_compat_l; [| lra]. apply Rmult_le_pos; [apply Rle_mult_inv_pos |]; lra. }
  assert (D * G * sum_inv_sqrt T <= D * G * (2 * s)) as second
    by (apply Rmult_le_compat_l; [apply Rmult_le_pos |]; lra).
  rewrite (sum_below_ext _ gap) by (intros; unfold gap; ring).
  replace (3 * D * G / (2 * s) * INR T) with (3 * D * G * s / 2) by (rewrite <- square; field; lra). lra.
Qed.
