(* Minibatch stochastic gradient descent with a constant step on a strongly convex sum. Garrigos & Gower, Handbook of
   convergence theorems for (stochastic) gradient methods, treat minibatches; the constants are derived here.

   Let f = (f_1 + ... + f_n)/n on R^d be mu-strongly convex and Lf-smooth with a minimiser x*, each f_i convex and
   Lmax-smooth, n >= 2. A batch is b of the indices: without replacement each of the b-subsets is equally likely (and
   b <= n), with replacement each of the b-tuples. g is the mean of the grad f_i over the batch. Write
   a_b = (n - b)/(b (n - 1)) without replacement and 1/b with, and L_b = (1 - a_b) Lf + a_b Lmax.
   With a step 0 < gamma <= 1/(2 L_b), for every T,
       E ||x_T - x*||^2 <= (1 - gamma mu)^T ||x_0 - x*||^2 + (2 gamma/mu) sigma_b^2,
   where sigma_b^2 = a_b (1/n) sum ||grad f_i(xstar)||^2. E is the average over the sequences of batches. The iterates
   are those of the rule sgd of spec/rules/gradient/sgd.acsl. *)
From Coq Require Fin.
From Coq Require Import Reals Lra Lia.
From Goldstep.theorems.base Require Import space functions expectation stochastic_gradient
  expected_smoothness minibatch.
From Spec.theorems Require Import mb_sgd_sc_const.
Local Open Scope R_scope.

Definition mb_sgd_sc_const_statement : Prop :=
  forall (d n b : nat) (replacement : bool) (fi : Fin.t n -> Rn d -> R) (gi : Fin.t n -> Rn d -> Rn d)
         (mu Lf Lmax gamma : R) (x0 xstar : Rn d) (T : nat),
  convex_sum Lmax fi gi xstar -> smooth Lf (mean_function fi) (mean_gradient gi) ->
  strongly_convex mu (mean_function fi) ->
  mb_sgd_sc_const_domain (INR n) (INR b) (sampling replacement) mu Lf Lmax gamma ->
  expect T (fun past =>
    norm2 (sgd (minibatch gi (batches replacement n b)) (fun _ => gamma) x0 past -: xstar))
  <= mb_sgd_sc_const_bound (Z.of_nat T) (INR n) (INR b) (sampling replacement) mu gamma (norm2 (x0 -: xstar))
       (gradient_noise gi xstar).

Theorem mb_sgd_sc_const : mb_sgd_sc_const_statement.
Proof.
  intros d n b replacement fi gi mu Lf Lmax gamma x0 xstar T setting lsmooth cvx domain. rewrite sgd_is_descent.
  destruct domain as [[[[[[large one] kind] posmu] posLf] posLmax] step].
  pose proof (sampling_allowed replacement n b large one kind) as allowed.
  pose proof (minibatch_estimates replacement b fi gi Lf Lmax allowed ltac:(auto) lsmooth mu xstar setting cvx) as est.
  unfold mb_sgd_sc_const_bound, mb_sgd_sc_const_share. rewrite <- pow_powerRZ, sampling_share.
  rewrite <- (minibatch_noise replacement b fi gi Lf allowed lsmooth xstar) by apply setting.
  apply run_sc_const with (1 := est).
  - split; [exact posmu | apply batch_smoothness_positive; auto].
  - unfold batch_smoothness. rewrite <- sampling_share. exact step.
Qed.
