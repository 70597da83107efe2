(* Proximal gradient descent on a strongly convex smooth function plus a convex one, any step. Garrigos & Gower,
   Handbook of convergence theorems for (stochastic) gradient methods: proximal gradient descent, strongly convex
   functions.

   Let f be mu-strongly convex and L-smooth on R^n, lambda >= 0, and x* the minimiser of F(x) = f(x) + lambda |x|_1. The
   rule ista of spec/rules/gradient/ista.acsl with a step gamma > 0 satisfies, for every T,
       ||x_T - x*||^2 <= max(|1 - gamma mu|, |1 - gamma L|)^(2 T) ||x_0 - x*||^2.
   The lemma prox_gd_sc_run says so for any convex h, with any domain C, in place of lambda |.|_1, and any space. *)
From Coq Require Import Reals Lra Psatz Lia ZArith.
From Goldstep.theorems.base Require Import space functions sums prox proximal_gradient.
From Spec.theorems Require Import prox_gd_sc.
Local Open Scope R_scope.

Definition prox_gd_sc_statement : Prop :=
  forall (n : nat) (f : Rn n -> R) (grad : Rn n -> Rn n) (mu L gamma lambda : R) (x0 xstar : Rn n) (T : nat),
  strongly_convex mu f -> smooth L f grad -> minimiser (l1_composite f lambda) xstar ->
  prox_gd_sc_domain mu L gamma lambda ->
  norm2 (ista grad gamma lambda x0 T -: xstar) <= prox_gd_sc_bound (Z.of_nat T) mu L gamma (norm2 (x0 -: xstar)).

(* ||x - gamma grad f(x) - (y - gamma grad f(y))|| <= max(|1 - gamma mu|, |1 - gamma L|) ||x - y||. *)
Lemma gradient_step_contracts {X : space} (f : X -> R) (grad : X -> X) (mu L gamma : R) (x y : X) :
  strongly_convex mu f -> smooth L f grad -> 0 < mu <= L -> 0 < gamma ->
  norm (x -: gamma *: grad x -: (y -: gamma *: grad y))
  <= Rmax (Rabs (1 - gamma * mu)) (Rabs (1 - gamma * L)) * norm (x -: y).
Proof.
  intros cvx lsmooth order pos. set (q := Rmax (Rabs (1 - gamma * mu)) (Rabs (1 - gamma * L))).
  assert (rest : norm (grad x -: grad y -: ((L + mu) / 2) *: (x -: y)) <= (L - mu) / 2 * norm (x -: y)).
  { destruct (Rle_lt_or_eq_dec mu L (proj2 order)) as [less | equal].
    - apply (lem_sc_interp_norm mu L f grad); [lra | exact cvx | exact lsmooth].
    - (* mu = L: the gradient is L times the identity, up to a constant. *)
      subst mu. apply square_norm_le; [pose proof (norm_pos (x -: y)); lra |].
      pose proof (strongly_convex_monotone L f grad cvx (proj1 lsmooth) x y) as below.
      pose proof (norm_le_square _ _ (proj2 lsmooth x y)) as above.
      replace ((L * norm (x -: y)) ^ 2) with (L ^ 2 * norm2 (x -: y)) in above by (rewrite <- norm_square; ring).
      apply Rmult_le_compat_l with (r := 2 * L) in below; [| lra].
      set (d := x -: y) in *. set (e := grad x -: grad y) in *. clearbody d e.
      replace (((L - L) / 2 * norm d) ^ 2) with 0 by field. expand. lra. }
  replace (x -: gamma *: grad x -: (y -: gamma *: grad y))
    with ((1 - gamma * (L + mu) / 2) *: (x -: y)
          +: (- gamma) *: (grad x -: grad y -: ((L + mu) / 2) *: (x -: y))) by same_point_by ltac:(field).
  eapply Rle_trans; [apply triangle |]. rewrite !norm_scale, Rabs_Ropp, (Rabs_right gamma) by lra.
  apply Rmult_le_compat_l with (r := gamma) in rest; [| lra].
  assert (Rabs (1 - gamma * (L + mu) / 2) + gamma * ((L - mu) / 2) <= q) as most.
  { unfold q. pose proof (Rmax_l (Rabs (1 - gamma * mu)) (Rabs (1 - gamma * L))).
    pose proof (Rmax_r (Rabs (1 - gamma * mu)) (Rabs (1 - gamma * L))).
    pose proof (Rle_abs (1 - gamma * mu)). pose proof (Rle_abs (- (1 - gamma * L))) as other.
    rewrite Rabs_Ropp in other. unfold Rabs at 1. destruct Rcase_abs; lra. }
  apply Rmult_le_compat_r with (r := norm (x -: y)) in most; [lra | apply norm_pos].
Qed.

Lemma prox_gd_sc_run {X : space} (C : X -> Prop) (f h : X -> R) (P : R -> X -> X) (grad : X -> X) (mu L gamma : R)
  (x0 xstar : X) (T : nat) :
  strongly_convex mu f -> smooth L f grad -> convex_on C h -> prox_operator C h P ->
  minimiser_on C (fun x => f x + h x) xstar -> 0 < mu <= L -> 0 < gamma ->
  norm2 (proximal_descent P grad gamma x0 T -: xstar)
  <= (Rmax (Rabs (1 - gamma * mu)) (Rabs (1 - gamma * L)) ^ 2) ^ T * norm2 (x0 -: xstar).
Proof.
  intros cvx lsmooth hcvx operator least order pos. set (q := Rmax _ _).
  set (x := proximal_descent P grad gamma x0).
  apply (linear_rate (fun t => norm2 (x t -: xstar))); [apply pow2_ge_0 |]. intros t _.
  pose proof (prox_nonexpansive C h gamma (x t -: gamma *: grad (x t)) (xstar -: gamma *: grad xstar) (x (S t)) xstar
    pos hcvx (operator gamma _ pos) (composite_fixed C f h grad hcvx xstar gamma pos (proj1 lsmooth) least)) as near.
  pose proof (gradient_step_contracts f grad mu L gamma (x t) xstar cvx lsmooth order pos) as shrink. fold q in shrink.
  apply norm_le_square in shrink.
  replace ((q * norm (x t -: xstar)) ^ 2) with (q ^ 2 * norm2 (x t -: xstar)) in shrink
    by (rewrite <- norm_square; ring).
  lra.
Qed.

Theorem prox_gd_sc : prox_gd_sc_statement.
Proof.
  unfold prox_gd_sc_statement, prox_gd_sc_domain, prox_gd_sc_bound. intros. rewrite ista_proximal.
  replace (2 * Z.of_nat T)%Z with (Z.of_nat (2 * T)) by lia. rewrite <- pow_powerRZ, pow_mult.
  apply (prox_gd_sc_run everywhere f (fun x => lambda * norm1 x) (soft_threshold lambda)); try tauto.
  - apply convex_everywhere, norm1_convex. tauto.
  - apply soft_threshold_prox. tauto.
  - apply minimiser_everywhere. assumption.
Qed.
