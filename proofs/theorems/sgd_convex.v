(* Stochastic gradient descent on a convex sum. Garrigos & Gower, Handbook of convergence theorems for (stochastic)
   gradient methods: stochastic gradient descent, convex and smooth functions.

   Let f = (f_1 + ... + f_n)/n on R^d have a minimiser x*, each f_i convex and L-smooth, and let SGD draw its indices
   uniformly and independently. Write sigma^2 = (1/n) sum ||grad f_i(xstar)||^2 and R^2 = ||x_0 - x*||^2. For T >= 1:
   - steps 0 < gamma_t < 1/(2L), weights w_t = gamma_t (1 - 2 gamma_t L):
       sum w_t (E f(x_t) - min f) / sum w_t <= (R^2/2 + sigma^2 sum gamma_t^2) / sum w_t;
   - steps 0 < gamma_t <= 1/(4L), weights gamma_t: the same <= (R^2 + 2 sigma^2 sum gamma_t^2) / sum gamma_t;
   - constant steps gamma <= 1/(4L), mean over t < T: <= R^2/(gamma T) + 2 gamma sigma^2;
   - steps gamma/sqrt T, mean over t < T: <= R^2/(gamma sqrt T) + 2 gamma sigma^2/sqrt T;
   - steps gamma/sqrt(t+1), weights gamma_t: <= (R^2/gamma + 2 gamma sigma^2 (1 + ln T))/sqrt T.
   In each case E f - min f at the average of x_0, ..., x_{T-1} with the same weights is within the bound as well. E is
   the average over the sequences of indices. The iterates are those of the rule sgd of spec/rules/gradient/sgd.acsl,
   the last steps those of the schedule inv_sqrt of spec/schedules/inv_sqrt.acsl. *)
From Coq Require Fin.
From Coq Require Import Reals Lra Lia List.
From Goldstep.theorems.base Require Import space functions sums expectation path stochastic_gradient
  expected_smoothness schedules.
From Spec.schedules Require inv_sqrt.
From Spec.theorems Require Import sgd_convex_general sgd_convex sgd_convex_const sgd_convex_horizon
  sgd_convex_dec.
Local Open Scope R_scope.

Definition sgd_convex_general_statement : Prop :=
  forall (d n : nat) (fi : Fin.t n -> Rn d -> R) (gi : Fin.t n -> Rn d -> Rn d) (L : R) (gamma : nat -> R)
         (x0 xstar : Rn d) (T : nat),
  convex_sum L fi gi xstar -> (1 <= T)%nat -> (forall t, (t < T)%nat -> sgd_convex_general_domain L (gamma t)) ->
  let w := fun t => gamma t * (1 - 2 * gamma t * L) in
  average_gap_within (mean_function fi) xstar (sgd gi gamma x0) w T
    (sgd_convex_general_bound (sum_below w T) (sum_below (fun t => gamma t ^ 2) T) (norm2 (x0 -: xstar))
       (gradient_noise gi xstar)).

Definition sgd_convex_statement : Prop :=
  forall (d n : nat) (fi : Fin.t n -> Rn d -> R) (gi : Fin.t n -> Rn d -> Rn d) (L : R) (gamma : nat -> R)
         (x0 xstar : Rn d) (T : nat),
  convex_sum L fi gi xstar -> (1 <= T)%nat -> (forall t, (t < T)%nat -> sgd_convex_domain L (gamma t)) ->
  average_gap_within (mean_function fi) xstar (sgd gi gamma x0) gamma T
    (sgd_convex_bound (sum_below gamma T) (sum_below (fun t => gamma t ^ 2) T) (norm2 (x0 -: xstar))
       (gradient_noise gi xstar)).

Definition sgd_convex_const_statement : Prop :=
  forall (d n : nat) (fi : Fin.t n -> Rn d -> R) (gi : Fin.t n -> Rn d -> Rn d) (L gamma : R) (x0 xstar : Rn d)
         (T : nat),
  convex_sum L fi gi xstar -> (1 <= T)%nat -> sgd_convex_const_domain L gamma ->
  average_gap_within (mean_function fi) xstar (sgd gi (fun _ => gamma) x0) (fun _ => 1) T
    (sgd_convex_const_bound (Z.of_nat T) gamma (norm2 (x0 -: xstar)) (gradient_noise gi xstar)).

Definition sgd_convex_horizon_statement : Prop :=
  forall (d n : nat) (fi : Fin.t n -> Rn d -> R) (gi : Fin.t n -> Rn d -> Rn d) (L gamma : R) (x0 xstar : Rn d)
         (T : nat),
  convex_sum L fi gi xstar -> (1 <= T)%nat -> sgd_convex_horizon_domain L gamma ->
  average_gap_within (mean_function fi) xstar (sgd gi (fun _ => gamma / sqrt (INR T)) x0) (fun _ => 1) T
    (sgd_convex_horizon_bound (Z.of_nat T) gamma (norm2 (x0 -: xstar)) (gradient_noise gi xstar)).

Definition sgd_convex_dec_statement : Prop :=
  forall (d n : nat) (fi : Fin.t n -> Rn d -> R) (gi : Fin.t n -> Rn d -> Rn d) (L gamma : R) (x0 xstar : Rn d)
         (T : nat),
  convex_sum L fi gi xstar -> (1 <= T)%nat -> sgd_convex_dec_domain L gamma ->
  let gammas := fun t => inv_sqrt.inv_sqrt_lr (Z.of_nat t) gamma in
  average_gap_within (mean_function fi) xstar (sgd gi gammas x0) gammas T
    (sgd_convex_dec_bound (Z.of_nat T) gamma (norm2 (x0 -: xstar)) (gradient_noise gi xstar)).

Theorem sgd_convex_general : sgd_convex_general_statement.
Proof.
  intros d n fi gi L gamma x0 xstar T setting some domain w. rewrite sgd_is_descent.
  assert (0 < L) as positive by apply (domain O ltac:(lia)).
  apply run_convex_general with (mu := 0); [| lra | lra | exact some | apply domain].
  apply convex_sum_estimates; [exact setting | apply (convex_sum_convex L fi gi xstar setting) | exact positive].
Qed.

Theorem sgd_convex : sgd_convex_statement.
Proof.
  intros d n fi gi L gamma x0 xstar T setting some domain. rewrite sgd_is_descent.
  assert (0 < L) as positive by apply (domain O ltac:(lia)).
  apply run_convex with (mu := 0) (L := L); [| lra | lra | exact some | apply domain].
  apply convex_sum_estimates; [exact setting | apply (convex_sum_convex L fi gi xstar setting) | exact positive].
Qed.

Theorem sgd_convex_const : sgd_convex_const_statement.
Proof.
  intros d n fi gi L gamma x0 xstar T setting some [positive step]. rewrite sgd_is_descent.
  unfold sgd_convex_const_bound. rewrite <- INR_IZR_INZ.
  apply run_convex_const with (mu := 0) (L := L); [| exact positive | exact some | lra | exact step].
  apply convex_sum_estimates; [exact setting | apply (convex_sum_convex L fi gi xstar setting) | exact positive].
Qed.

Theorem sgd_convex_horizon : sgd_convex_horizon_statement.
Proof.
  intros d n fi gi L gamma x0 xstar T setting some [positive step]. rewrite sgd_is_descent.
  unfold sgd_convex_horizon_bound. rewrite <- INR_IZR_INZ.
  apply run_convex_horizon with (mu := 0) (L := L); [| exact positive | exact some | lra | exact step].
  apply convex_sum_estimates; [exact setting | apply (convex_sum_convex L fi gi xstar setting) | exact positive].
Qed.

Theorem sgd_convex_dec : sgd_convex_dec_statement.
Proof.
  intros d n fi gi L gamma x0 xstar T setting some [positive step] gammas. rewrite sgd_is_descent.
  unfold sgd_convex_dec_bound. rewrite <- INR_IZR_INZ.
  apply run_convex_dec with (mu := 0) (L := L); [| exact positive | exact some | lra | exact step |].
  - apply convex_sum_estimates; [exact setting | apply (convex_sum_convex L fi gi xstar setting) | exact positive].
  - intros t. apply inv_sqrt_step.
Qed.
