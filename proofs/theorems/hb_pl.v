(* Heavy ball under the Polyak-Lojasiewicz inequality. Ghadimi, Feyzmahdavian & Johansson 2015, as PEPit's
   wc_heavy_ball_momentum states it for strongly convex functions; the form without convexity is derived here.

   Let f be L-smooth and mu-Polyak-Lojasiewicz on R^n, 0 < mu <= L. Heavy ball with a step 0 < gamma <= 1/L and
   beta = sqrt((1 - gamma mu) (1 - gamma L)), begun at rest, satisfies, for every T,
       f(x_T) - inf f <= (1 - gamma mu)^T (f(x_0) - inf f).
   The iterates are those of the rule heavy_ball of spec/rules/gradient/heavy_ball.acsl. *)
From Coq Require Import Reals Lra Psatz Lia.
From Goldstep.theorems.base Require Import space functions sums heavy_ball.
From Spec.rules.gradient Require heavy_ball.
From Spec.theorems Require Import hb_pl.
Local Open Scope R_scope.

Definition hb_pl_statement : Prop :=
  forall (n : nat) (f : Rn n -> R) (grad : Rn n -> Rn n) (mu L gamma m : R) (x0 : Rn n) (T : nat),
  polyak_lojasiewicz mu f grad -> smooth L f grad -> infimum f m -> hb_pl_domain mu L gamma ->
  f (heavy_ball grad gamma (hb_pl_beta mu L gamma) x0 T) - m <= hb_pl_bound (Z.of_nat T) mu gamma (f x0 - m).

(* gamma and beta are such as the rule allows, and beta^2 is as said. *)
Lemma hb_pl_parameters mu L gamma : hb_pl_domain mu L gamma ->
  Spec.rules.gradient.heavy_ball.heavy_ball_domain gamma (hb_pl_beta mu L gamma)
  /\ hb_pl_beta mu L gamma ^ 2 = (1 - gamma * mu) * (1 - gamma * L) /\ 0 <= 1 - gamma * L <= 1 - gamma * mu.
Proof.
  intros [range step]. pose proof (step_times L gamma 1 ltac:(lra) (proj2 step)).
  assert (gamma * mu <= gamma * L) by (apply Rmult_le_compat_l; lra).
  assert (0 < gamma * mu) by (apply Rmult_lt_0_compat; lra). unfold hb_pl_beta.
  set (q := (1 - gamma * mu) * (1 - gamma * L)).
  assert (0 <= q < 1) by (unfold q; split; [apply Rmult_le_pos; lra | nra]).
  repeat split; try lra; [apply sqrt_pos | | rewrite pow2_sqrt; lra].
  rewrite <- sqrt_1. apply sqrt_lt_1_alt. lra.
Qed.

Section Proof.
Context {X : space} (f : X -> R) (grad : X -> X) (mu L gamma beta m : R).
Hypothesis lsmooth : smooth L f grad.
Hypothesis inf : infimum f m.
Hypothesis pl : polyak_lojasiewicz mu f grad.
Hypothesis step : 0 < gamma.
Hypothesis long : 0 <= 1 - gamma * L.
Hypothesis memory : beta ^ 2 = (1 - gamma * mu) * (1 - gamma * L).

(* V = f(x) - inf f + ((1 - gamma L)/(2 gamma)) ||x - x_prev||^2. *)
Definition energy (state : X * X) : R :=
  f (fst state) - m + (1 - gamma * L) / (2 * gamma) * norm2 (fst state -: snd state).

Lemma energy_step x x_prev :
  energy (x -: gamma *: grad x +: beta *: (x -: x_prev), x) <= (1 - gamma * mu) * energy (x, x_prev).
Proof.
  unfold energy. cbn [fst snd].
  destruct pl as [m' [inf' bound]]. rewrite (infimum_unique f m' m inf' inf) in bound. specialize (bound x).
  pose proof (lem_descent L f grad lsmooth x (x -: gamma *: grad x +: beta *: (x -: x_prev))) as above.
  set (d := x -: x_prev) in *. set (g := grad x) in *.
  set (next := f (x -: gamma *: g +: beta *: d)) in *.
  replace (x -: gamma *: g +: beta *: d -: x) with (beta *: d -: gamma *: g) in * by same_point.
  set (s := beta *: d -: gamma *: g) in *.
  assert (cross : inner g s + 1 / (2 * gamma) * norm2 s
    = beta ^ 2 / (2 * gamma) * norm2 d - gamma / 2 * norm2 g).
  { unfold s. clearbody d g. clear - step. expand. field. lra. }
  rewrite memory in cross.
  assert (together : L / 2 * norm2 s + (1 - gamma * L) / (2 * gamma) * norm2 s = 1 / (2 * gamma) * norm2 s)
    by (field; lra).
  apply Rmult_le_compat_l with (r := gamma / 2) in bound; [| lra].
  replace ((1 - gamma * mu) * (f x - m + (1 - gamma * L) / (2 * gamma) * norm2 d))
    with ((1 - gamma * mu) * (f x - m) + (1 - gamma * mu) * (1 - gamma * L) / (2 * gamma) * norm2 d)
    by (field; lra).
  lra.
Qed.

Lemma energy_nonneg state : 0 <= energy state.
Proof.
  unfold energy. pose proof (proj1 inf (fst state)).
  assert (0 <= (1 - gamma * L) / (2 * gamma) * norm2 (fst state -: snd state)); [| lra].
  apply Rmult_le_pos; [apply Rle_mult_inv_pos; lra | apply norm2_pos].
Qed.

Lemma hb_pl_run x0 T :
  f (fst (momentum grad gamma beta (x0, x0) T)) - m <= (1 - gamma * mu) ^ T * (f x0 - m).
Proof.
  set (state := momentum grad gamma beta (x0, x0)).
  assert (energy (state T) <= (1 - gamma * mu) ^ T * energy (state O)) as total.
  { apply (linear_rate_nonneg (fun t => energy (state t))); intros t; [apply energy_nonneg |].
    unfold state. cbn [momentum]. destruct (momentum grad gamma beta (x0, x0) t). apply energy_step. }
  assert (energy (state O) = f x0 - m) as start.
  { unfold energy. cbn. replace (norm2 (x0 -: x0)) with 0 by (expand; ring). ring. }
  rewrite start in total. eapply Rle_trans; [| exact total]. unfold energy.
  assert (0 <= (1 - gamma * L) / (2 * gamma) * norm2 (fst (state T) -: snd (state T))); [| lra].
  apply Rmult_le_pos; [apply Rle_mult_inv_pos; lra | apply norm2_pos].
Qed.
End Proof.

Theorem hb_pl : hb_pl_statement.
Proof.
  intros n f grad mu L gamma m x0 T pl lsmooth inf allowed.
  destruct (hb_pl_parameters mu L gamma allowed) as [_ [memory long]]. destruct allowed as [range step].
  unfold hb_pl_bound. rewrite heavy_ball_momentum, <- pow_powerRZ.
  apply hb_pl_run with (L := L); trivial; lra.
Qed.
