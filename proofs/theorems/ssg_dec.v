(* The projected stochastic subgradient method on a convex function, steps falling as 1/sqrt t. Garrigos & Gower,
   Handbook of convergence theorems for (stochastic) gradient methods: stochastic subgradient descent.

   C is a closed convex set of R^d with projection P, f is convex with a minimiser x* over C, and x_0 is in C. At each
   step one of n equally likely answers g_i(x) is drawn; their mean is a subgradient of f at x, and the mean of
   ||g_i(x)||^2 is at most G^2, for x in C. Each step is that of the rule sgd of spec/rules/gradient/sgd.acsl, then P.
   For the steps gamma_t = gamma / sqrt(t + 1) and every T >= 1, with weights gamma_t,
       E f(average of x_0, ..., x_{T-1}) - min f <= (||x_0 - x*||^2 / gamma + gamma G^2 (1 + ln T)) / (2 sqrt T),
   and so for the average of the expected gaps. *)
From Coq Require Fin.
From Coq Require Import Reals Lra Psatz Lia List ZArith.
From Goldstep.theorems.base Require Import space functions sums expectation prox path averaging subgradient.
From Spec.theorems Require Import ssg_dec.
Local Open Scope R_scope.

Definition ssg_dec_statement : Prop :=
  forall (d n : nat) (C : Rn d -> Prop) (P : Rn d -> Rn d) (f : Rn d -> R) (gi : Fin.t n -> Rn d -> Rn d) (gamma0 G : R)
         (x0 xstar : Rn d) (T : nat),
  (1 <= n)%nat -> convex_set C -> projector C P -> convex f -> subgradient_oracle C f gi -> bounded_oracle C G gi ->
  minimiser_on C f xstar -> C x0 ->
  ssg_dec_domain gamma0 G -> (1 <= T)%nat ->
  let gamma := fun t => ssg_dec_gamma (Z.of_nat t) gamma0 in
  let x := subgrad_proj P gi gamma x0 in
  weighted_average gamma (fun t => expect t (fun past => f (x past)) - f xstar) T
    <= ssg_dec_bound (Z.of_nat T) gamma0 G (norm2 (x0 -: xstar))
  /\ expect T (fun past => f (average_point gamma (fun t => x (first_draws t past)) T)) - f xstar
    <= ssg_dec_bound (Z.of_nat T) gamma0 G (norm2 (x0 -: xstar)).

Theorem ssg_dec : ssg_dec_statement.
Proof.
  unfold ssg_dec_statement, ssg_dec_bound, ssg_dec_domain. cbv zeta.
  intros d n C P f gi gamma0 G x0 xstar T some set project cvx oracle bounded least start domain one.
  rewrite subgrad_proj_descent, <- INR_IZR_INZ. set (gamma := fun t => ssg_dec_gamma (Z.of_nat t) gamma0).
  assert (steps : forall t, gamma t = gamma0 * (1 / sqrt (INR (S t)))).
  { intros t. unfold gamma, ssg_dec_gamma. rewrite IZR_succ. field. apply Rgt_not_eq, sqrt_lt_R0, lt_0_INR. lia. }
  destruct (inv_sqrt_steps gamma0 gamma (proj1 domain) steps) as [positive sums].
  apply (average_both f _ _ (fun t => t)); auto; try (intros; lia); [intros; left; auto | apply sum_below_pos; auto |].
  eapply Rle_trans; [apply subgradient_average with (C := C) (G := G); auto |].
  destruct (sums T one) as [low high]. pose proof (sqrt_lt_R0 _ (lt_0_INR T ltac:(lia))).
  set (s := sqrt (INR T)) in *. set (l := 1 + ln (INR T)) in *.
  assert (0 < gamma0 * s) by (apply Rmult_lt_0_compat; lra).
  assert (0 <= sum_below (fun t => gamma t ^ 2) T) by (apply sum_below_nonneg; intros; apply pow2_ge_0).
  apply Rmult_le_compat_l with (r := G ^ 2) in high; [| apply pow2_ge_0].
  assert (0 <= G ^ 2 * sum_below (fun t => gamma t ^ 2) T) by (apply Rmult_le_pos; [apply pow2_ge_0 | assumption]).
  pose proof (norm2_pos (x0 -: xstar)). set (r := norm2 (x0 -: xstar)) in *.
  apply Rle_trans with ((r + G ^ 2 * (gamma0 ^ 2 * l)) / (2 * (gamma0 * s))).
  - apply Rmult_le_compat; [lra | left; apply Rinv_0_lt_compat; lra | lra | apply Rinv_le_contravar; lra].
  - right. field. lra.
Qed.
