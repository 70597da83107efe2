(* The projected stochastic subgradient method on a convex function, any steps. Garrigos & Gower, Handbook of
   convergence theorems for (stochastic) gradient methods: stochastic subgradient descent.

   C is a closed convex set of R^d with projection P, f is convex with a minimiser x* over C, and x_0 is in C. At each
   step one of n equally likely answers g_i(x) is drawn; their mean is a subgradient of f at x, and the mean of
   ||g_i(x)||^2 is at most G^2, for x in C. Each step is that of the rule sgd of spec/rules/gradient/sgd.acsl, then P.
   For steps gamma_t > 0 and every T >= 1, with weights gamma_t,
       E f(average of x_0, ..., x_{T-1}) - min f <= (||x_0 - x*||^2 + G^2 sum gamma_t^2) / (2 sum gamma_t),
   and so for the average of the expected gaps. *)
From Coq Require Fin.
From Coq Require Import Reals Lra Psatz Lia List ZArith.
From Goldstep.theorems.base Require Import space functions sums expectation prox path averaging subgradient.
From Spec.theorems Require Import ssg_convex.
Local Open Scope R_scope.

Definition ssg_convex_statement : Prop :=
  forall (d n : nat) (C : Rn d -> Prop) (P : Rn d -> Rn d) (f : Rn d -> R) (gi : Fin.t n -> Rn d -> Rn d) (G : R)
         (gamma : nat -> R) (x0 xstar : Rn d) (T : nat),
  (1 <= n)%nat -> convex_set C -> projector C P -> convex f -> subgradient_oracle C f gi -> bounded_oracle C G gi ->
  minimiser_on C f xstar -> C x0 ->
  let gamma_sum := sum_below gamma T in
  let gamma2_sum := sum_below (fun t => gamma t ^ 2) T in
  ssg_convex_domain G gamma_sum -> (forall t, 0 < gamma t) -> (1 <= T)%nat ->
  let x := subgrad_proj P gi gamma x0 in
  weighted_average gamma (fun t => expect t (fun past => f (x past)) - f xstar) T
    <= ssg_convex_bound G (norm2 (x0 -: xstar)) gamma_sum gamma2_sum
  /\ expect T (fun past => f (average_point gamma (fun t => x (first_draws t past)) T)) - f xstar
    <= ssg_convex_bound G (norm2 (x0 -: xstar)) gamma_sum gamma2_sum.

Theorem ssg_convex : ssg_convex_statement.
Proof.
  unfold ssg_convex_statement, ssg_convex_bound. cbv zeta.
  intros d n C P f gi G gamma x0 xstar T some set project cvx oracle bounded least start domain steps one.
  rewrite subgrad_proj_descent.
  apply (average_both f _ _ (fun t => t)); auto; try (intros; lia);
    [intros; left; apply steps | apply sum_below_pos; auto |].
  replace (G * G) with (G ^ 2) by ring. apply subgradient_average with (C := C); assumption.
Qed.
