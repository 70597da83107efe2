(* The subgradient method on a convex Lipschitz function: the best of T points.

   Let f be convex and G-Lipschitz on R^n, with a minimiser x*, and g(x) a subgradient of f at each x. For
   R >= ||x_0 - x*||, R > 0, G > 0 and the constant step R / (G sqrt T), the first T >= 1 points satisfy
       min of f(x_0), ..., f(x_{T-1}) - min f <= G R / sqrt T;
   with any constant step gamma > 0 the bound is R^2 / (2 gamma T) + gamma G^2 / 2.
   The iterates are those of the rule gd of spec/rules/gradient/gd.acsl, with the subgradient for the gradient. *)
From Coq Require Import Reals Lra Psatz Lia ZArith.
From Goldstep.theorems.base Require Import space functions sums averaging gradient_descent subgradient.
From Spec.theorems Require Import sg_best.
Local Open Scope R_scope.

Definition sg_best_statement : Prop :=
  forall (n : nat) (f : Rn n -> R) (g : Rn n -> Rn n) (G R2 : R) (x0 xstar : Rn n) (T : nat),
  convex f -> lipschitz G f -> (forall x, subgradient f x (g x)) -> minimiser f xstar ->
  sg_best_domain G R2 -> norm2 (x0 -: xstar) <= R2 -> (1 <= T)%nat ->
  min_below (fun t => f (gd g (sg_best_gamma (Z.of_nat T) G R2) x0 t)) T - f xstar <= sg_best_bound (Z.of_nat T) G R2.

(* With any constant step. *)
Lemma sg_best_any {X : space} (f : X -> R) (g : X -> X) (G gamma : R) (x0 xstar : X) (T : nat) :
  0 <= G -> lipschitz G f -> (forall x, subgradient f x (g x)) -> 0 < gamma -> (1 <= T)%nat ->
  min_below (fun t => f (descent g gamma x0 t)) T - f xstar
  <= norm2 (x0 -: xstar) / (2 * gamma * INR T) + gamma * G ^ 2 / 2.
Proof.
  intros nonneg lip sub pos one. set (x := descent g gamma x0). pose proof (lt_0_INR T ltac:(lia)).
  assert (total : sum_below (fun t => 2 * gamma * f (x t)) T
    <= norm2 (x O -: xstar) - norm2 (x T -: xstar) + sum_below (fun _ => 2 * gamma * f xstar + gamma ^ 2 * G ^ 2) T).
  { apply (sum_steps _ _ (fun t => norm2 (x t -: xstar))). intros t _.
    pose proof (lipschitz_subgradient G f (x t) (g (x t)) nonneg lip (sub (x t))) as small.
    apply Rmult_le_compat_l with (r := gamma ^ 2) in small; [| apply pow2_ge_0].
    pose proof (sub (x t) xstar) as above. apply Rmult_le_compat_l with (r := 2 * gamma) in above; [| lra].
    change (x (S t)) with (x t -: gamma *: g (x t)). set (y := x t) in *. set (v := g y) in *.
    set (fy := f y) in *. clearbody fy v y. clear lip sub x. expand. lra. }
  pose proof (min_below_sum (fun t => f (x t)) T) as best. rewrite sum_below_scale, sum_below_const in total.
  pose proof (norm2_pos (x T -: xstar)). change (x O) with x0 in total.
  apply Rmult_le_compat_l with (r := 2 * gamma) in best; [| lra].
  set (m := min_below (fun t => f (x t)) T) in *. set (r := norm2 (x0 -: xstar)) in *.
  assert (0 < 2 * gamma * INR T) by (apply Rmult_lt_0_compat; lra).
  apply Rmult_le_reg_r with (2 * gamma * INR T); [assumption |].
  replace ((r / (2 * gamma * INR T) + gamma * G ^ 2 / 2) * (2 * gamma * INR T))
    with (r + INR T * (gamma ^ 2 * G ^ 2)) by (field; lra). lra.
Qed.

Theorem sg_best : sg_best_statement.
Proof.
  unfold sg_best_statement, sg_best_domain, sg_best_bound, sg_best_gamma.
  intros n f g G R2 x0 xstar T cvx lip sub least domain near one. rewrite <- INR_IZR_INZ.
  pose proof (lt_0_INR T ltac:(lia)) as pos. pose proof (sqrt_lt_R0 _ pos). pose proof (sqrt_lt_R0 R2 ltac:(lra)).
  pose proof (sqrt_sqrt (INR T) ltac:(lra)) as square. pose proof (sqrt_sqrt R2 ltac:(lra)) as square2.
  set (r := sqrt R2) in *. set (s := sqrt (INR T)) in *. set (gamma := r / (G * s)).
  assert (0 < gamma) by (apply Rdiv_lt_0_compat; [| apply Rmult_lt_0_compat]; lra).
  rewrite (min_below_ext _ (fun t => f (descent g gamma x0 t))) by (intros; rewrite gd_descent; reflexivity).
  eapply Rle_trans; [apply sg_best_any with (G := G) (xstar := xstar); auto; lra |].
  apply Rle_trans with (r * r / (2 * gamma * INR T) + gamma * G ^ 2 / 2).
  - apply Rplus_le_compat_r, Rmult_le_compat_r; [| lra]. left. apply Rinv_0_lt_compat.
    apply Rmult_lt_0_compat; lra.
  - right. rewrite <- square. unfold gamma. field. lra.
Qed.
