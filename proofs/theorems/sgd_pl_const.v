(* Stochastic gradient descent with a constant step under the Polyak-Lojasiewicz inequality. Garrigos & Gower, Handbook
   of convergence theorems for (stochastic) gradient methods: stochastic gradient descent, Polyak-Lojasiewicz functions.

   Let f = (f_1 + ... + f_n)/n on R^d be mu-Polyak-Lojasiewicz and Lf-smooth, each f_i Lmax-smooth and bounded below; no
   convexity. SGD, with indices drawn uniformly and independently and a step 0 < gamma <= mu/(Lf Lmax), satisfies, for
   every T,
       E f(x_T) - inf f <= (1 - gamma mu)^T (f(x_0) - inf f) + (gamma Lf Lmax/mu) Delta,
   where Delta = inf f - (1/n) sum inf f_i. E is the average over the n^T sequences of indices. The iterates are those
   of the rule sgd of spec/rules/gradient/sgd.acsl. *)
From Coq Require Fin.
From Coq Require Import Reals Lra Lia.
From Goldstep.theorems.base Require Import space functions expectation stochastic_gradient expected_smoothness
  expected_growth.
From Spec.theorems Require Import sgd_pl_const.
Local Open Scope R_scope.

Definition sgd_pl_const_statement : Prop :=
  forall (d n : nat) (fi : Fin.t n -> Rn d -> R) (gi : Fin.t n -> Rn d -> Rn d) (mu Lf Lmax gamma m : R)
         (mi : Fin.t n -> R) (x0 : Rn d) (T : nat),
  smooth_sum Lf Lmax fi gi m mi -> polyak_lojasiewicz mu (mean_function fi) (mean_gradient gi) ->
  sgd_pl_const_domain mu Lf Lmax gamma ->
  expect T (fun past => mean_function fi (sgd gi (fun _ => gamma) x0 past) - m)
  <= sgd_pl_const_bound (Z.of_nat T) mu Lf Lmax gamma (mean_function fi x0 - m) (function_noise m mi).

Theorem sgd_pl_const : sgd_pl_const_statement.
Proof.
  intros d n fi gi mu Lf Lmax gamma m mi x0 T setting pl [[[posmu posLf] posLmax] step]. rewrite sgd_is_descent.
  unfold sgd_pl_const_bound. rewrite <- pow_powerRZ.
  replace (gamma * Lf * Lmax * function_noise m mi / mu) with (gamma * Lf * (Lmax * function_noise m mi) / mu)
    by (field; lra).
  apply pl_const with (A := Lmax); [| split; assumption | exact pl | | exact posmu | exact step].
  - apply smooth_sum_estimates; assumption.
  - destruct setting as [some [_ [smooths _]]]. apply mean_smooth; assumption.
Qed.
