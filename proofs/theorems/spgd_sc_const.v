(* The stochastic proximal gradient method on a strongly convex sum, constant step. Garrigos & Gower, Handbook of
   convergence theorems for (stochastic) gradient methods: stochastic proximal gradient descent, strongly
   convex functions.

   Let f = (f_1 + ... + f_n)/n on R^d be mu-strongly convex, each f_i convex and L-smooth, lambda >= 0, and x* the
   minimiser of F(x) = f(x) + lambda |x|_1. Indices are drawn uniformly and independently, and
   sigma^2 = (1/n) sum ||grad f_i(xstar) - grad f(xstar)||^2. A step 0 < gamma <= 1/(2L) satisfies, for every T,
       E ||x_T - x*||^2 <= (1 - gamma mu)^T ||x_0 - x*||^2 + (2 gamma/mu) sigma^2.
   The iterates are those of the rule ista of spec/rules/gradient/ista.acsl with g the gradient of the drawn f_i. The
   lemma proximal_const_run of base/stochastic_proximal.v is for any convex h in place of lambda |.|_1, in any space. *)
From Coq Require Fin.
From Coq Require Import Reals Lra Psatz Lia List ZArith.
From Goldstep.theorems.base Require Import space functions sums expectation prox averaging.
From Goldstep.theorems.base Require Import proximal_gradient stochastic_proximal.
From Spec.theorems Require Import spgd_sc_const.
Local Open Scope R_scope.

Definition spgd_sc_const_statement : Prop :=
  forall (d n : nat) (fi : Fin.t n -> Rn d -> R) (gi : Fin.t n -> Rn d -> Rn d) (mu L gamma lambda : R)
         (x0 xstar : Rn d) (T : nat),
  (1 <= n)%nat -> (forall i, convex (fi i)) -> (forall i, smooth L (fi i) (gi i)) ->
  strongly_convex mu (mean_function fi) -> minimiser (l1_composite (mean_function fi) lambda) xstar ->
  spgd_sc_const_domain mu L gamma lambda ->
  expect T (fun past => norm2 (prox_sgd gi (fun _ => gamma) lambda x0 past -: xstar))
  <= spgd_sc_const_bound (Z.of_nat T) mu gamma (norm2 (x0 -: xstar)) (composite_noise gi xstar).

Theorem spgd_sc_const : spgd_sc_const_statement.
Proof.
  unfold spgd_sc_const_statement, spgd_sc_const_domain, spgd_sc_const_bound. intros.
  rewrite prox_sgd_proximal, <- pow_powerRZ.
  apply (proximal_const_run everywhere fi gi (fun x => lambda * norm1 x)) with (L := L); auto; try tauto;
    try (intros; lra).
  - apply convex_everywhere, norm1_convex. tauto.
  - apply soft_threshold_prox. tauto.
  - apply minimiser_everywhere. assumption.
Qed.
