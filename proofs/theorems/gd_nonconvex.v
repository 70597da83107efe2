(* Gradient descent on a smooth function that need not be convex. Garrigos & Gower, Handbook of convergence theorems for
   (stochastic) gradient methods: gradient descent, smooth functions.

   Let f be L-smooth on R^n, with inf f finite. Gradient descent with a step 0 < gamma < 2/L satisfies, for T >= 1,
       min over t < T of ||grad f(x_t)||^2 <= (f(x_0) - inf f) / (gamma (1 - gamma L/2) T).
   The iterates are those of the rule gd of spec/rules/gradient/gd.acsl. *)
From Coq Require Import Reals Lra Psatz Lia.
From Goldstep.theorems.base Require Import space functions sums gradient_descent.
From Spec.theorems Require Import gd_nonconvex.
Local Open Scope R_scope.

Definition gd_nonconvex_statement : Prop :=
  forall (n : nat) (f : Rn n -> R) (grad : Rn n -> Rn n) (L gamma m : R) (x0 : Rn n) (T : nat),
  smooth L f grad -> infimum f m -> gd_nonconvex_domain L gamma -> (1 <= T)%nat ->
  min_below (fun t => norm2 (grad (gd grad gamma x0 t))) T <= gd_nonconvex_bound (Z.of_nat T) L gamma (f x0 - m).

Section Proof.
Context {X : space} (f : X -> R) (grad : X -> X) (L gamma m : R).
Hypothesis lsmooth : smooth L f grad.
Hypothesis below : lower_bound f m.
Hypothesis factor : 0 < gamma * (1 - gamma * L / 2).

Lemma gd_nonconvex_run x0 T : (1 <= T)%nat ->
  min_below (fun t => norm2 (grad (descent grad gamma x0 t))) T
  <= (f x0 - m) / (gamma * (1 - gamma * L / 2) * INR T).
Proof.
  intros some. set (x := descent grad gamma x0). set (u := fun t => norm2 (grad (x t))).
  set (c := gamma * (1 - gamma * L / 2)) in *. pose proof (lt_0_INR T ltac:(lia)).
  assert (sum_below (fun t => c * u t) T <= f (x O) - f (x T) + sum_below (fun _ => 0) T) as total.
  { apply (sum_steps _ _ (fun t => f (x t))). intros t _.
    pose proof (gradient_step L f grad lsmooth (x t) gamma) as decrease. fold c in decrease.
    change (x t -: gamma *: grad (x t)) with (x (S t)) in decrease. unfold u. lra. }
  rewrite sum_below_scale, sum_below_const in total. change (x O) with x0 in total. pose proof (below (x T)).
  pose proof (min_below_sum u T) as least. apply Rmult_le_compat_l with (r := c) in least; [| lra].
  assert (0 < c * INR T) by (apply Rmult_lt_0_compat; lra).
  apply Rmult_le_reg_r with (c * INR T); [assumption |].
  replace ((f x0 - m) / (c * INR T) * (c * INR T)) with (f x0 - m) by (field; lra). lra.
Qed.
End Proof.

Theorem gd_nonconvex : gd_nonconvex_statement.
Proof.
  intros n f grad L gamma m x0 T lsmooth inf [positive step] some. unfold gd_nonconvex_bound. rewrite <- INR_IZR_INZ.
  pose proof (step_times_lt L gamma 2 positive ltac:(lra)).
  replace (fun t => norm2 (grad (gd grad gamma x0 t))) with (fun t => norm2 (grad (descent grad gamma x0 t))).
  - apply gd_nonconvex_run; [assumption | apply inf | apply Rmult_lt_0_compat; lra | assumption].
  - apply FunctionalExtensionality.functional_extensionality. intros t. rewrite gd_descent. reflexivity.
Qed.
