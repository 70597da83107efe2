(* Minibatch stochastic gradient descent on a convex sum. Garrigos & Gower, Handbook of convergence theorems for
   (stochastic) gradient methods, treat minibatches; the constants are derived here.

   Let f = (f_1 + ... + f_n)/n on R^d be Lf-smooth with a minimiser x*, each f_i convex and Lmax-smooth, n >= 2. A batch
   is b of the indices: without replacement each of the b-subsets is equally likely (b <= n), with replacement each of
   the b-tuples; g is the mean of the grad f_i over the batch. Write a_b = (n - b)/(b (n - 1)) without replacement and
   1/b with, and L_b = (1 - a_b) Lf + a_b Lmax, sigma_b^2 = a_b (1/n) sum ||grad f_i(xstar)||^2, R^2 = ||x_0 - x*||^2.
   For T >= 1:
   - steps 0 < gamma_t <= 1/(4 L_b), weights gamma_t:
       sum gamma_t (E f(x_t) - min f) / sum gamma_t <= (R^2 + 2 sigma_b^2 sum gamma_t^2) / sum gamma_t;
   - constant steps gamma <= 1/(4 L_b), mean over t < T: <= R^2/(gamma T) + 2 gamma sigma_b^2;
   - steps gamma/sqrt T, mean over t < T: <= R^2/(gamma sqrt T) + 2 gamma sigma_b^2/sqrt T;
   - steps gamma/sqrt(t+1), weights gamma_t: <= (R^2/gamma + 2 gamma sigma_b^2 (1 + ln T))/sqrt T.
   In each case E f - min f at the average of x_0, ..., x_{T-1} with the same weights is within the bound as well. E is
   the average over the sequences of batches. The iterates are those of the rule sgd of spec/rules/gradient/sgd.acsl,
   the last steps those of the schedule inv_sqrt of spec/schedules/inv_sqrt.acsl. *)
From Coq Require Fin.
From Coq Require Import Reals Lra Lia.
From Goldstep.theorems.base Require Import space functions sums expectation path stochastic_gradient
  expected_smoothness minibatch schedules.
From Spec.schedules Require inv_sqrt.
From Spec.theorems Require Import mb_sgd_convex mb_sgd_convex_const mb_sgd_convex_horizon mb_sgd_convex_dec.
Local Open Scope R_scope.

Definition mb_sgd_convex_statement : Prop :=
  forall (d n b : nat) (replacement : bool) (fi : Fin.t n -> Rn d -> R) (gi : Fin.t n -> Rn d -> Rn d)
         (Lf Lmax : R) (gamma : nat -> R) (x0 xstar : Rn d) (T : nat),
  convex_sum Lmax fi gi xstar -> smooth Lf (mean_function fi) (mean_gradient gi) -> (1 <= T)%nat ->
  (forall t, (t < T)%nat -> mb_sgd_convex_domain (INR n) (INR b) (sampling replacement) Lf Lmax (gamma t)) ->
  average_gap_within (mean_function fi) xstar (sgd (minibatch gi (batches replacement n b)) gamma x0)
    gamma T
    (mb_sgd_convex_bound (INR n) (INR b) (sampling replacement) (sum_below gamma T) (sum_below (fun t => gamma t ^ 2) T)
        (norm2 (x0 -: xstar)) (gradient_noise gi xstar)).

Definition mb_sgd_convex_const_statement : Prop :=
  forall (d n b : nat) (replacement : bool) (fi : Fin.t n -> Rn d -> R) (gi : Fin.t n -> Rn d -> Rn d)
         (Lf Lmax : R) (gamma : R) (x0 xstar : Rn d) (T : nat),
  convex_sum Lmax fi gi xstar -> smooth Lf (mean_function fi) (mean_gradient gi) -> (1 <= T)%nat ->
  mb_sgd_convex_const_domain (INR n) (INR b) (sampling replacement) Lf Lmax gamma ->
  average_gap_within (mean_function fi) xstar (sgd (minibatch gi (batches replacement n b)) (fun _ => gamma) x0)
    (fun _ => 1) T
    (mb_sgd_convex_const_bound (Z.of_nat T) (INR n) (INR b) (sampling replacement) gamma
        (norm2 (x0 -: xstar)) (gradient_noise gi xstar)).

Definition mb_sgd_convex_horizon_statement : Prop :=
  forall (d n b : nat) (replacement : bool) (fi : Fin.t n -> Rn d -> R) (gi : Fin.t n -> Rn d -> Rn d)
         (Lf Lmax : R) (gamma : R) (x0 xstar : Rn d) (T : nat),
  convex_sum Lmax fi gi xstar -> smooth Lf (mean_function fi) (mean_gradient gi) -> (1 <= T)%nat ->
  mb_sgd_convex_horizon_domain (INR n) (INR b) (sampling replacement) Lf Lmax gamma ->
  average_gap_within (mean_function fi) xstar
    (sgd (minibatch gi (batches replacement n b)) (fun _ => gamma / sqrt (INR T)) x0) (fun _ => 1) T
    (mb_sgd_convex_horizon_bound (Z.of_nat T) (INR n) (INR b) (sampling replacement) gamma
        (norm2 (x0 -: xstar)) (gradient_noise gi xstar)).

Definition mb_sgd_convex_dec_statement : Prop :=
  forall (d n b : nat) (replacement : bool) (fi : Fin.t n -> Rn d -> R) (gi : Fin.t n -> Rn d -> Rn d)
         (Lf Lmax : R) (gamma : R) (x0 xstar : Rn d) (T : nat),
  convex_sum Lmax fi gi xstar -> smooth Lf (mean_function fi) (mean_gradient gi) -> (1 <= T)%nat ->
  mb_sgd_convex_dec_domain (INR n) (INR b) (sampling replacement) Lf Lmax gamma ->
  let gammas := fun t => inv_sqrt.inv_sqrt_lr (Z.of_nat t) gamma in
  average_gap_within (mean_function fi) xstar (sgd (minibatch gi (batches replacement n b)) gammas x0)
    gammas T
    (mb_sgd_convex_dec_bound (Z.of_nat T) (INR n) (INR b) (sampling replacement) gamma
        (norm2 (x0 -: xstar)) (gradient_noise gi xstar)).

Theorem mb_sgd_convex : mb_sgd_convex_statement.
Proof.
  intros d n b replacement fi gi Lf Lmax gamma x0 xstar T setting lsmooth some steps. rewrite sgd_is_descent.
  pose proof (steps O ltac:(lia)) as domain.
  destruct domain as [[[[[large one] kind] posLf] posLmax] step].
  pose proof (sampling_allowed replacement n b large one kind) as allowed.
  pose proof (minibatch_estimates replacement b fi gi Lf Lmax allowed ltac:(auto) lsmooth 0 xstar setting
    (convex_sum_convex Lmax fi gi xstar setting)) as est.
  unfold mb_sgd_convex_bound, mb_sgd_convex_share. rewrite sampling_share, (Rmult_assoc 2).
  rewrite <- (minibatch_noise replacement b fi gi Lf allowed lsmooth xstar) by apply setting.
  apply run_convex with (1 := est); [| lra | exact some |].
  - apply batch_smoothness_positive; auto.
  - intros t early. unfold batch_smoothness. rewrite <- sampling_share. apply steps, early.
Qed.

Theorem mb_sgd_convex_const : mb_sgd_convex_const_statement.
Proof.
  intros d n b replacement fi gi Lf Lmax gamma x0 xstar T setting lsmooth some domain. rewrite sgd_is_descent.
  destruct domain as [[[[[large one] kind] posLf] posLmax] step].
  pose proof (sampling_allowed replacement n b large one kind) as allowed.
  pose proof (minibatch_estimates replacement b fi gi Lf Lmax allowed ltac:(auto) lsmooth 0 xstar setting
    (convex_sum_convex Lmax fi gi xstar setting)) as est.
  unfold mb_sgd_convex_const_bound, mb_sgd_convex_const_share. rewrite <- INR_IZR_INZ, sampling_share.
  rewrite <- (minibatch_noise replacement b fi gi Lf allowed lsmooth xstar) by apply setting.
  apply run_convex_const with (1 := est); [| exact some | lra | ].
  - apply batch_smoothness_positive; auto.
  - unfold batch_smoothness. rewrite <- sampling_share. exact step.
Qed.

Theorem mb_sgd_convex_horizon : mb_sgd_convex_horizon_statement.
Proof.
  intros d n b replacement fi gi Lf Lmax gamma x0 xstar T setting lsmooth some domain. rewrite sgd_is_descent.
  destruct domain as [[[[[large one] kind] posLf] posLmax] step].
  pose proof (sampling_allowed replacement n b large one kind) as allowed.
  pose proof (minibatch_estimates replacement b fi gi Lf Lmax allowed ltac:(auto) lsmooth 0 xstar setting
    (convex_sum_convex Lmax fi gi xstar setting)) as est.
  unfold mb_sgd_convex_horizon_bound, mb_sgd_convex_horizon_share. rewrite <- INR_IZR_INZ, sampling_share.
  rewrite <- (minibatch_noise replacement b fi gi Lf allowed lsmooth xstar) by apply setting.
  apply run_convex_horizon with (1 := est); [| exact some | lra | ].
  - apply batch_smoothness_positive; auto.
  - unfold batch_smoothness. rewrite <- sampling_share. exact step.
Qed.

Theorem mb_sgd_convex_dec : mb_sgd_convex_dec_statement.
Proof.
  intros d n b replacement fi gi Lf Lmax gamma x0 xstar T setting lsmooth some domain gammas. rewrite sgd_is_descent.
  destruct domain as [[[[[large one] kind] posLf] posLmax] step].
  pose proof (sampling_allowed replacement n b large one kind) as allowed.
  pose proof (minibatch_estimates replacement b fi gi Lf Lmax allowed ltac:(auto) lsmooth 0 xstar setting
    (convex_sum_convex Lmax fi gi xstar setting)) as est.
  unfold mb_sgd_convex_dec_bound, mb_sgd_convex_dec_share. rewrite <- INR_IZR_INZ, sampling_share.
  rewrite <- (minibatch_noise replacement b fi gi Lf allowed lsmooth xstar) by apply setting.
  apply run_convex_dec with (1 := est); [| exact some | lra | |].
  - apply batch_smoothness_positive; auto.
  - unfold batch_smoothness. rewrite <- sampling_share. exact step.
  - intros t. apply inv_sqrt_step.
Qed.
