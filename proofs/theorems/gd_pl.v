(* Gradient descent under the Polyak-Lojasiewicz inequality. Garrigos & Gower, Handbook of convergence theorems for
   (stochastic) gradient methods: gradient descent, Polyak-Lojasiewicz and smooth functions.

   Let f be L-smooth and mu-Polyak-Lojasiewicz on R^n. Gradient descent with a step 0 < gamma < 2/L satisfies, for
   every T,
       f(x_T) - inf f <= (1 - mu gamma (2 - gamma L))^T (f(x_0) - inf f),
   and with gamma <= 1/L
       f(x_T) - inf f <= (1 - gamma mu)^T (f(x_0) - inf f).
   The first holds with equality for mu = L and the parabola (L/2) ||x||^2, whatever gamma and x_0.
   The iterates are those of the rule gd of spec/rules/gradient/gd.acsl. *)
From Coq Require Import Reals Lra Psatz Lia.
From Goldstep.theorems.base Require Import space functions sums gradient_descent line strong_descent descent_examples.
From Spec.theorems Require Import gd_pl gd_pl_small.
Local Open Scope R_scope.

Definition gd_pl_statement : Prop :=
  forall (n : nat) (f : Rn n -> R) (grad : Rn n -> Rn n) (mu L gamma m : R) (x0 : Rn n) (T : nat),
  polyak_lojasiewicz mu f grad -> smooth L f grad -> infimum f m -> gd_pl_domain mu L gamma ->
  f (gd grad gamma x0 T) - m <= gd_pl_bound (Z.of_nat T) mu L gamma (f x0 - m).

Definition gd_pl_small_statement : Prop :=
  forall (n : nat) (f : Rn n -> R) (grad : Rn n -> Rn n) (mu L gamma m : R) (x0 : Rn n) (T : nat),
  polyak_lojasiewicz mu f grad -> smooth L f grad -> infimum f m -> gd_pl_small_domain mu L gamma ->
  f (gd grad gamma x0 T) - m <= gd_pl_small_bound (Z.of_nat T) mu gamma (f x0 - m).

Definition gd_pl_attained_statement : Prop :=
  forall (n : nat) (mu L gamma : R), gd_pl_domain mu L gamma -> mu = L ->
  exists (f : Rn n -> R) (grad : Rn n -> Rn n) (m : R),
  polyak_lojasiewicz mu f grad /\ smooth L f grad /\ infimum f m
  /\ forall (x0 : Rn n) (T : nat),
     f (gd grad gamma x0 T) - m = gd_pl_bound (Z.of_nat T) mu L gamma (f x0 - m).

Section Proof.
Context {X : space} (f : X -> R) (grad : X -> X) (mu L gamma m : R).
Hypothesis lsmooth : smooth L f grad.
Hypothesis inf : infimum f m.
Hypothesis pl : polyak_lojasiewicz mu f grad.
Hypothesis positive : 0 < mu /\ 0 < L.

Lemma pl_at x : 2 * mu * (f x - m) <= norm2 (grad x).
Proof. destruct pl as [m' [inf' bound]]. rewrite (infimum_unique f m m' inf inf'). apply bound. Qed.

(* f(x') - inf f <= (1 - 2 mu c) (f(x) - inf f) for every 0 <= c <= gamma (1 - gamma L/2). *)
Lemma gd_pl_step c x : 0 <= c <= gamma * (1 - gamma * L / 2) ->
  f (x -: gamma *: grad x) - m <= (1 - 2 * mu * c) * (f x - m).
Proof.
  intros range. pose proof (gradient_step L f grad lsmooth x gamma) as decrease.
  pose proof (pl_at x) as bound. pose proof (norm2_pos (grad x)).
  apply Rmult_le_compat_l with (r := c) in bound; [| lra].
  assert (c * norm2 (grad x) <= gamma * (1 - gamma * L / 2) * norm2 (grad x)) by (apply Rmult_le_compat_r; lra).
  lra.
Qed.

Lemma gd_pl_run c x0 T : 0 <= c <= gamma * (1 - gamma * L / 2) ->
  f (descent grad gamma x0 T) - m <= (1 - 2 * mu * c) ^ T * (f x0 - m).
Proof.
  intros range. apply (linear_rate_nonneg (fun t => f (descent grad gamma x0 t) - m)); intros t.
  - pose proof (proj1 inf (descent grad gamma x0 t)). lra.
  - apply gd_pl_step, range.
Qed.
End Proof.

Theorem gd_pl : gd_pl_statement.
Proof.
  intros n f grad mu L gamma m x0 T pl lsmooth inf [positive step].
  unfold gd_pl_bound. rewrite gd_descent, <- pow_powerRZ.
  replace (mu * gamma * (2 - gamma * L)) with (2 * mu * (gamma * (1 - gamma * L / 2))) by field.
  apply gd_pl_run with (L := L); trivial. split; [| lra].
  pose proof (step_times_lt L gamma 2 ltac:(lra) ltac:(lra)). apply Rmult_le_pos; lra.
Qed.

Theorem gd_pl_small : gd_pl_small_statement.
Proof.
  intros n f grad mu L gamma m x0 T pl lsmooth inf [positive step].
  unfold gd_pl_small_bound. rewrite gd_descent, <- pow_powerRZ.
  replace (gamma * mu) with (2 * mu * (gamma / 2)) by field.
  apply gd_pl_run with (L := L); trivial. split; [lra |].
  pose proof (step_times L gamma 1 ltac:(lra) ltac:(lra)). nra.
Qed.

Theorem gd_pl_attained : gd_pl_attained_statement.
Proof.
  intros n mu L gamma [positive _] same. subst mu.
  destruct (parabola_class (X := Rn n) L L L ltac:(lra) ltac:(lra)) as [_ [lsmooth least]].
  exists (fun x => L / 2 * norm2 (x -: zero)), (fun x => L *: (x -: zero)), 0.
  split; [apply parabola_pl; lra |]. split; [exact lsmooth |]. split.
  - apply minimiser_infimum in least. replace (norm2 ((zero : Rn n) -: zero)) with 0 in least by (expand; ring).
    rewrite Rmult_0_r in least. exact least.
  - intros x0 T. unfold gd_pl_bound. rewrite gd_descent, parabola_descent, <- pow_powerRZ.
    replace (1 - L * gamma * (2 - gamma * L)) with ((1 - gamma * L) ^ 2) by ring.
    rewrite <- pow_mult, Nat.mul_comm, pow_mult. set (q := (1 - gamma * L) ^ T). clearbody q. expand. ring.
Qed.
