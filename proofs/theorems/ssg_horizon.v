(* The projected stochastic subgradient method on a convex function, the best constant step for T steps. Garrigos &
   Gower, Handbook of convergence theorems for (stochastic) gradient methods: stochastic subgradient descent.

   C is a closed convex set of R^d with projection P, f is convex with a minimiser x* over C, and x_0 is in C. At each
   step one of n equally likely answers g_i(x) is drawn; their mean is a subgradient of f at x, and the mean of
   ||g_i(x)||^2 is at most G^2, for x in C. Each step is that of the rule sgd of spec/rules/gradient/sgd.acsl, then P.
   For R >= ||x_0 - x*||, R > 0, G > 0 and T >= 1 steps R / (G sqrt T),
       E f(average of x_0, ..., x_{T-1}) - min f <= G R / sqrt T,
   and so for the average of the expected gaps. *)
From Coq Require Fin.
From Coq Require Import Reals Lra Psatz Lia List ZArith.
From Goldstep.theorems.base Require Import space functions sums expectation prox path averaging subgradient.
From Spec.theorems Require Import ssg_horizon.
Local Open Scope R_scope.

Definition ssg_horizon_statement : Prop :=
  forall (d n : nat) (C : Rn d -> Prop) (P : Rn d -> Rn d) (f : Rn d -> R) (gi : Fin.t n -> Rn d -> Rn d) (G R2 : R)
         (x0 xstar : Rn d) (T : nat),
  (1 <= n)%nat -> convex_set C -> projector C P -> convex f -> subgradient_oracle C f gi -> bounded_oracle C G gi ->
  minimiser_on C f xstar -> C x0 ->
  ssg_horizon_domain G R2 -> norm2 (x0 -: xstar) <= R2 -> (1 <= T)%nat ->
  let gamma := fun _ => ssg_horizon_gamma (Z.of_nat T) G R2 in
  let x := subgrad_proj P gi gamma x0 in
  weighted_average (fun _ => 1) (fun t => expect t (fun past => f (x past)) - f xstar) T
    <= ssg_horizon_bound (Z.of_nat T) G R2
  /\ expect T (fun past => f (average_point (fun _ => 1) (fun t => x (first_draws t past)) T)) - f xstar
    <= ssg_horizon_bound (Z.of_nat T) G R2.

Theorem ssg_horizon : ssg_horizon_statement.
Proof.
  unfold ssg_horizon_statement, ssg_horizon_bound, ssg_horizon_gamma, ssg_horizon_domain. cbv zeta.
  intros d n C P f gi G R2 x0 xstar T some set project cvx oracle bounded least start domain near one.
  rewrite subgrad_proj_descent, <- INR_IZR_INZ. pose proof (lt_0_INR T ltac:(lia)) as pos.
  pose proof (sqrt_lt_R0 _ pos). pose proof (sqrt_lt_R0 R2 ltac:(lra)).
  pose proof (sqrt_sqrt (INR T) ltac:(lra)) as square. pose proof (sqrt_sqrt R2 ltac:(lra)) as square2.
  set (r := sqrt R2) in *. set (s := sqrt (INR T)) in *.
  assert (0 < r / (G * s)) as steps by (apply Rdiv_lt_0_compat; [| apply Rmult_lt_0_compat]; lra).
  apply (average_both f _ _ (fun t => t)); auto; try (intros; lia); [intros; lra | rewrite sum_below_one; lra |].
  rewrite <- (weighted_average_const (r / (G * s))) by (lra || exact one).
  eapply Rle_trans; [apply subgradient_average with (C := C) (G := G); auto |].
  rewrite !sum_below_const, <- square.
  apply Rle_trans with ((r * r + G ^ 2 * (s * s * (r / (G * s)) ^ 2)) / (2 * (s * s * (r / (G * s))))).
  - apply Rmult_le_compat_r; [| lra]. left. apply Rinv_0_lt_compat.
    assert (0 < s * s * (r / (G * s))) by (apply Rmult_lt_0_compat; [apply Rmult_lt_0_compat |]; assumption). lra.
  - right. field. lra.
Qed.
