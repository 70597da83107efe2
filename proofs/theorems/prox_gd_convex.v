(* Proximal gradient descent on a convex smooth function plus a convex one. Garrigos & Gower, Handbook of convergence
   theorems for (stochastic) gradient methods: proximal gradient descent, convex functions.

   Let f be convex and L-smooth on R^n, lambda >= 0, and x* a minimiser of F(x) = f(x) + lambda |x|_1. The rule ista of
   spec/rules/gradient/ista.acsl with a step 0 < gamma <= 1/L satisfies, for every T >= 1,
       F(x_T) - min F <= ||x_0 - x*||^2 / (2 gamma T).
   The lemma prox_gd_convex_run says so for any convex h, with any domain C, in place of lambda |.|_1, and any space. *)
From Coq Require Import Reals Lra Psatz Lia ZArith.
From Goldstep.theorems.base Require Import space functions sums prox proximal_gradient.
From Spec.theorems Require Import prox_gd_convex.
Local Open Scope R_scope.

Definition prox_gd_convex_statement : Prop :=
  forall (n : nat) (f : Rn n -> R) (grad : Rn n -> Rn n) (L gamma lambda : R) (x0 xstar : Rn n) (T : nat),
  convex f -> smooth L f grad -> minimiser (l1_composite f lambda) xstar ->
  prox_gd_convex_domain L gamma lambda -> (1 <= T)%nat ->
  l1_composite f lambda (ista grad gamma lambda x0 T) - l1_composite f lambda xstar
  <= prox_gd_convex_bound (Z.of_nat T) gamma (norm2 (x0 -: xstar)).

(* For x_0 in C. *)
Lemma prox_gd_convex_run {X : space} (C : X -> Prop) (f h : X -> R) (P : R -> X -> X) (grad : X -> X) (L gamma : R)
  (x0 xstar : X) (T : nat) :
  convex f -> smooth L f grad -> convex_on C h -> prox_operator C h P -> minimiser_on C (fun x => f x + h x) xstar ->
  0 < L -> 0 < gamma <= 1 / L -> C x0 -> (1 <= T)%nat ->
  let x := proximal_descent P grad gamma x0 in
  (f (x T) + h (x T)) - (f xstar + h xstar) <= norm2 (x0 -: xstar) / (2 * gamma * INR T).
Proof.
  intros cvx lsmooth hcvx operator least pos range start some x.
  assert (inside : forall t, C (x t)) by (intros [| t]; [exact start | apply operator; lra]).
  set (F := fun y => f y + h y) in *.
  assert (step : forall t z, C z -> 2 * gamma * (F (x (S t)) - F z) <= norm2 (x t -: z) - norm2 (x (S t) -: z)).
  { intros t z inz. pose proof (composite_step C f h grad 0 L hcvx (x t) (x (S t)) gamma z pos range lsmooth
      (proj2 (strongly_convex_0 f) cvx) (operator gamma _ (proj1 range)) inz) as once. unfold F. lra. }
  (* V_t = 2 gamma t (F(x_t) - min F) + ||x_t - x*||^2 never increases. *)
  set (V := fun t => 2 * gamma * (INR t * (F (x t) - F xstar)) + norm2 (x t -: xstar)).
  assert (V T <= V O) as decrease.
  { apply non_increasing. intros t _. unfold V. rewrite S_INR.
    pose proof (step t xstar (proj1 least)) as closer. pose proof (step t (x t) (inside t)) as lower.
    replace (norm2 (x t -: x t)) with 0 in lower by (expand; ring). pose proof (norm2_pos (x (S t) -: x t)).
    assert (F (x (S t)) - F (x t) <= 0) as less by (apply Rmult_le_reg_l with (2 * gamma); lra).
    assert (2 * gamma * (INR t * (F (x (S t)) - F xstar)) <= 2 * gamma * (INR t * (F (x t) - F xstar))); [| lra].
    apply Rmult_le_compat_l; [lra |]. apply Rmult_le_compat_l; [apply pos_INR | lra]. }
  unfold V in decrease. change (x O) with x0 in decrease. change (INR O) with 0 in decrease.
  pose proof (norm2_pos (x T -: xstar)). pose proof (lt_0_INR T ltac:(lia)).
  assert (0 < 2 * gamma * INR T) by (apply Rmult_lt_0_compat; lra).
  apply Rmult_le_reg_r with (2 * gamma * INR T); [assumption |].
  replace (norm2 (x0 -: xstar) / (2 * gamma * INR T) * (2 * gamma * INR T)) with (norm2 (x0 -: xstar)) by (field; lra).
  change (f (x T) + h (x T)) with (F (x T)). change (f xstar + h xstar) with (F xstar). lra.
Qed.

Theorem prox_gd_convex : prox_gd_convex_statement.
Proof.
  unfold prox_gd_convex_statement, prox_gd_convex_domain, prox_gd_convex_bound. intros.
  rewrite ista_proximal, <- INR_IZR_INZ.
  apply (prox_gd_convex_run everywhere f (fun x => lambda * norm1 x) (soft_threshold lambda)) with (L := L); try tauto.
  - apply convex_everywhere, norm1_convex. tauto.
  - apply soft_threshold_prox. tauto.
  - apply minimiser_everywhere. assumption.
  - exact I.
Qed.
