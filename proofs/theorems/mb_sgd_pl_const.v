(* Minibatch stochastic gradient descent with a constant step under the Polyak-Lojasiewicz inequality. In the manner of
   Garrigos & Gower, Handbook of convergence theorems for (stochastic) gradient methods; the constants are derived here.

   Let f = (f_1 + ... + f_n)/n on R^d be mu-Polyak-Lojasiewicz and Lf-smooth, each f_i Lmax-smooth and bounded below; no
   convexity, n >= 2. A batch is b of the indices: without replacement each of the b-subsets is equally likely (b <= n),
   with replacement each of the b-tuples; g is the mean of the grad f_i over the batch. Write a_b = (n - b)/(b (n - 1))
   without replacement and 1/b with, and L_b = (1 - a_b) Lf + a_b Lmax. With a step 0 < gamma <= mu/(Lf L_b), for every
   T,
       E f(x_T) - inf f <= (1 - gamma mu)^T (f(x_0) - inf f) + (gamma Lf/mu) a_b Lmax Delta,
   where Delta = inf f - (1/n) sum inf f_i. E is the average over the sequences of batches. The iterates are those of
   the rule sgd of spec/rules/gradient/sgd.acsl. *)
From Coq Require Fin.
From Coq Require Import Reals Lra Lia.
From Goldstep.theorems.base Require Import space functions expectation stochastic_gradient
  expected_smoothness expected_growth minibatch.
From Spec.theorems Require Import mb_sgd_pl_const.
Local Open Scope R_scope.

Definition mb_sgd_pl_const_statement : Prop :=
  forall (d n b : nat) (replacement : bool) (fi : Fin.t n -> Rn d -> R) (gi : Fin.t n -> Rn d -> Rn d)
         (mu Lf Lmax gamma m : R) (mi : Fin.t n -> R) (x0 : Rn d) (T : nat),
  smooth_sum Lf Lmax fi gi m mi -> polyak_lojasiewicz mu (mean_function fi) (mean_gradient gi) ->
  mb_sgd_pl_const_domain (INR n) (INR b) (sampling replacement) mu Lf Lmax gamma ->
  expect T (fun past =>
    mean_function fi (sgd (minibatch gi (batches replacement n b)) (fun _ => gamma) x0 past) - m)
  <= mb_sgd_pl_const_bound (Z.of_nat T) (INR n) (INR b) (sampling replacement) mu Lf Lmax gamma
       (mean_function fi x0 - m) (function_noise m mi).

Theorem mb_sgd_pl_const : mb_sgd_pl_const_statement.
Proof.
  intros d n b replacement fi gi mu Lf Lmax gamma m mi x0 T setting pl domain. rewrite sgd_is_descent.
  destruct domain as [[[[[[large one] kind] posmu] posLf] posLmax] step].
  pose proof (sampling_allowed replacement n b large one kind) as allowed.
  pose proof setting as [_ [lsmooth [smooths _]]].
  pose proof (minibatch_growth replacement b fi gi Lf Lmax allowed ltac:(auto) lsmooth m mi setting) as est.
  unfold mb_sgd_pl_const_bound, mb_sgd_pl_const_share. rewrite <- pow_powerRZ, sampling_share.
  apply pl_const with (1 := est).
  - split; [exact posLf | apply batch_smoothness_positive; auto].
  - rewrite minibatch_gradient by exact allowed. exact pl.
  - apply minibatch_smooth; assumption.
  - exact posmu.
  - unfold batch_smoothness. rewrite <- sampling_share. exact step.
Qed.
