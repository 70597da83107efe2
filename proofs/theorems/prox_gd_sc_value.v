(* Proximal gradient descent on a strongly convex smooth function plus a convex one: the gap.

   Let f be mu-strongly convex and L-smooth on R^n, lambda >= 0, and x* the minimiser of F(x) = f(x) + lambda |x|_1. The
   rule ista of spec/rules/gradient/ista.acsl with a step 0 < gamma <= 1/L satisfies, for every T >= 1,
       F(x_T) - min F <= (1 - gamma mu)^T ||x_0 - x*||^2 / (2 gamma).
   The lemma prox_gd_sc_value_run says so for any convex h, with any domain C, in place of
   lambda |.|_1, in any space. *)
From Coq Require Import Reals Lra Psatz Lia ZArith.
From Goldstep.theorems.base Require Import space functions sums prox proximal_gradient.
From Spec.theorems Require Import prox_gd_sc_value.
Local Open Scope R_scope.

Definition prox_gd_sc_value_statement : Prop :=
  forall (n : nat) (f : Rn n -> R) (grad : Rn n -> Rn n) (mu L gamma lambda : R) (x0 xstar : Rn n) (T : nat),
  strongly_convex mu f -> smooth L f grad -> minimiser (l1_composite f lambda) xstar ->
  prox_gd_sc_value_domain mu L gamma lambda -> (1 <= T)%nat ->
  l1_composite f lambda (ista grad gamma lambda x0 T) - l1_composite f lambda xstar
  <= prox_gd_sc_value_bound (Z.of_nat T) mu gamma (norm2 (x0 -: xstar)).

Lemma prox_gd_sc_value_run {X : space} (C : X -> Prop) (f h : X -> R) (P : R -> X -> X) (grad : X -> X) (mu L gamma : R)
  (x0 xstar : X) (T : nat) :
  strongly_convex mu f -> smooth L f grad -> convex_on C h -> prox_operator C h P ->
  minimiser_on C (fun x => f x + h x) xstar -> 0 < L -> 0 < gamma <= 1 / L -> (1 <= T)%nat ->
  let x := proximal_descent P grad gamma x0 in
  (f (x T) + h (x T)) - (f xstar + h xstar) <= (1 - gamma * mu) ^ T * norm2 (x0 -: xstar) / (2 * gamma).
Proof.
  intros cvx lsmooth hcvx operator least pos range some x. set (F := fun y => f y + h y) in *.
  assert (inside : forall t, C (x (S t))) by (intros t; apply operator; lra).
  assert (step : forall t, 2 * gamma * (F (x (S t)) - F xstar)
                           <= (1 - gamma * mu) * norm2 (x t -: xstar) - norm2 (x (S t) -: xstar)).
  { intros t. apply (composite_step C f h grad mu L hcvx (x t) (x (S t)) gamma xstar pos range lsmooth cvx
      (operator gamma _ (proj1 range)) (proj1 least)). }
  assert (gap : forall t, 0 <= 2 * gamma * (F (x (S t)) - F xstar)).
  { intros t. apply Rmult_le_pos; [lra |]. pose proof (proj2 least (x (S t)) (inside t)). lra. }
  assert (rate : forall t, norm2 (x t -: xstar) <= (1 - gamma * mu) ^ t * norm2 (x0 -: xstar)).
  { intros t. apply (linear_rate_nonneg (fun t => norm2 (x t -: xstar))); intros k; [apply norm2_pos |].
    pose proof (step k). pose proof (gap k). lra. }
  destruct T as [| T]; [lia |]. apply Rmult_le_reg_l with (2 * gamma); [lra |].
  replace (2 * gamma * ((1 - gamma * mu) ^ S T * norm2 (x0 -: xstar) / (2 * gamma)))
    with ((1 - gamma * mu) * ((1 - gamma * mu) ^ T * norm2 (x0 -: xstar))) by (simpl; field; lra).
  change (f (x (S T)) + h (x (S T))) with (F (x (S T))). change (f xstar + h xstar) with (F xstar).
  pose proof (step T) as last. pose proof (gap T). pose proof (norm2_pos (x (S T) -: xstar)).
  pose proof (norm2_pos (x T -: xstar)). pose proof (rate T) as near.
  destruct (Rle_lt_dec 0 (1 - gamma * mu)) as [sign | sign].
  - apply Rmult_le_compat_l with (r := 1 - gamma * mu) in near; lra.
  - (* gamma mu > 1: every distance is 0. *)
    assert (norm2 (x T -: xstar) = 0) as null by nra. rewrite null in *.
    assert (norm2 (x0 -: xstar) = 0) as first.
    { pose proof (step O) as one. pose proof (gap O). pose proof (norm2_pos (x 1%nat -: xstar)).
      change (x O) with x0 in one. pose proof (norm2_pos (x0 -: xstar)). nra. }
    rewrite first. lra.
Qed.

Theorem prox_gd_sc_value : prox_gd_sc_value_statement.
Proof.
  unfold prox_gd_sc_value_statement, prox_gd_sc_value_domain, prox_gd_sc_value_bound. intros.
  rewrite ista_proximal, <- pow_powerRZ.
  apply (prox_gd_sc_value_run everywhere f (fun x => lambda * norm1 x) (soft_threshold lambda)) with (L := L);
    try tauto.
  - apply convex_everywhere, norm1_convex. tauto.
  - apply soft_threshold_prox. tauto.
  - apply minimiser_everywhere. assumption.
Qed.
