(* The average of the iterates of a random run, and its function value. *)
From Coq Require Import Reals Lra Lia List ZArith.
From Goldstep.theorems.base Require Import space functions sums expectation path.
Local Open Scope R_scope.

(* Jensen: the value at the average of x_k(0), ..., x_k(T-1) with weights w is in expectation at most the average of the
   expected values; no index k(t) is above the length N of the history. *)
Lemma expect_average_point {X : space} {n : nat} (f : X -> R) (x : history n -> X) (w : nat -> R) (k : nat -> nat) T N :
  (1 <= n)%nat -> convex f -> (forall t, (t < T)%nat -> 0 <= w t) -> 0 < sum_below w T ->
  (forall t, (t < T)%nat -> (k t <= N)%nat) ->
  expect N (fun past => f (average_point w (fun t => x (first_draws (k t) past)) T))
  <= weighted_average w (fun t => expect (k t) (fun past => f (x past))) T.
Proof.
  intros some cvx nonneg pos within.
  apply Rle_trans with (expect N (fun past => weighted_average w (fun t => f (x (first_draws (k t) past))) T)).
  - apply expect_le. intros past. apply (jensen f w (fun t => x (first_draws (k t) past)) T cvx nonneg pos).
  - right. unfold weighted_average, Rdiv.
    rewrite (expect_ext N _ (fun past => / sum_below w T * sum_below (fun t => w t * f (x (first_draws (k t) past))) T))
      by (intros; ring).
    rewrite expect_scale, expect_sum_below by exact some. rewrite Rmult_comm. f_equal. apply sum_below_ext.
    intros t less. rewrite expect_scale. f_equal.
    apply (expect_first_draws N (k t) (fun past => f (x past))); [exact some | apply within, less].
Qed.

(* A bound on the average of the expected gaps to m bounds the expected gap at the average too. *)
Lemma average_both {X : space} {n : nat} (f : X -> R) (x : history n -> X) (w : nat -> R) (k : nat -> nat) (T : nat)
  (m bound : R) :
  (1 <= n)%nat -> convex f -> (forall t, 0 <= w t) -> 0 < sum_below w T -> (forall t, (t < T)%nat -> (k t <= T)%nat) ->
  weighted_average w (fun t => expect (k t) (fun past => f (x past)) - m) T <= bound ->
  weighted_average w (fun t => expect (k t) (fun past => f (x past)) - m) T <= bound
  /\ expect T (fun past => f (average_point w (fun t => x (first_draws (k t) past)) T)) - m <= bound.
Proof.
  intros some cvx nonneg pos within less. split; [exact less |].
  rewrite (weighted_average_minus w (fun t => expect (k t) (fun past => f (x past)))) in less by exact pos.
  pose proof (expect_average_point f x w k T T some cvx (fun t _ => nonneg t) pos within). lra.
Qed.

(* Equal weights are equal, whatever they are. *)
Lemma weighted_average_const a u T : a <> 0 -> (1 <= T)%nat ->
  weighted_average (fun _ => a) u T = weighted_average (fun _ => 1) u T.
Proof.
  intros some one. pose proof (lt_0_INR T ltac:(lia)). unfold weighted_average.
  rewrite (sum_below_scale a), !sum_below_const, (sum_below_ext (fun t => 1 * u t) u) by (intros; ring). field. lra.
Qed.

(* The number of the step t, as the emitted definitions have it. *)
Lemma IZR_succ t : IZR (Z.of_nat t + 1) = INR (S t).
Proof. rewrite plus_IZR, <- INR_IZR_INZ, S_INR. reflexivity. Qed.

(* The steps gamma_0 / sqrt(t + 1): their sum is at least gamma_0 sqrt T, that of their squares at most
   gamma_0^2 (1 + ln T). *)
Lemma inv_sqrt_steps gamma0 (gamma : nat -> R) : 0 < gamma0 -> (forall t, gamma t = gamma0 * (1 / sqrt (INR (S t)))) ->
  (forall t, 0 < gamma t)
  /\ forall T, (1 <= T)%nat -> gamma0 * sqrt (INR T) <= sum_below gamma T
                               /\ sum_below (fun t => gamma t ^ 2) T <= gamma0 ^ 2 * (1 + ln (INR T)).
Proof.
  intros pos steps. assert (roots : forall t, 0 < sqrt (INR (S t))) by (intros; apply sqrt_lt_R0, lt_0_INR; lia).
  repeat split.
  - intros t. rewrite steps. apply Rmult_lt_0_compat; [lra |]. apply Rdiv_lt_0_compat; [lra | apply roots].
  - rewrite (sum_below_ext gamma _ T (fun t _ => steps t)), sum_below_scale. fold (sum_inv_sqrt T).
    apply Rmult_le_compat_l; [lra | apply sum_inv_sqrt_sqrt; assumption].
  - rewrite (sum_below_ext _ (fun t => gamma0 ^ 2 * (1 / INR (S t)))).
    + rewrite sum_below_scale. fold (harmonic T). apply Rmult_le_compat_l; [apply pow2_ge_0 |].
      apply harmonic_upper. assumption.
    + intros t _. rewrite steps. pose proof (roots t). pose proof (lt_0_INR (S t) ltac:(lia)).
      rewrite <- (sqrt_sqrt (INR (S t))) at 2 by lra. field. lra.
Qed.

Lemma min_below_ext u v T : (forall t, u t = v t) -> min_below u T = min_below v T.
Proof. intros equal. unfold min_below. induction (pred T) as [| k IH]; simpl; rewrite ?IH, !equal; reflexivity. Qed.
