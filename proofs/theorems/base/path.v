(* Averages along a run: the iterates that one sequence of draws passes through. *)
From Coq Require Fin.
From Coq Require Import Reals Lra Lia List.
From Goldstep.theorems.base Require Import space functions sums expectation.
Local Open Scope R_scope.

(* A history has the latest draw first; this is what it was after t draws. *)
Definition first_draws {n : nat} (t : nat) (past : history n) : history n := skipn (length past - t) past.

(* The weighted average of the points x_0, ..., x_{T-1} of one run, for x_t = x (the first t draws). *)
Definition run_average {X : space} {n : nat} (w : nat -> R) (x : history n -> X) (T : nat) (past : history n) : X :=
  average_point w (fun t => x (first_draws t past)) T.

(* The expectation does not see draws that come later. *)
Lemma expect_first_draws {n : nat} T t (F : history n -> R) : (1 <= n)%nat -> (t <= T)%nat ->
  expect T (fun past => F (first_draws t past)) = expect t F.
Proof.
  intros some less. induction less as [| T less IH].
  - apply expect_ext_length. intros past long. unfold first_draws. rewrite long, Nat.sub_diag. reflexivity.
  - rewrite <- IH, expect_next. apply expect_ext_length. intros past long.
    rewrite <- (mean_const (n := n) (F (first_draws t past)) some). apply mean_ext. intros i. f_equal.
    unfold first_draws. simpl length. rewrite long, Nat.sub_succ_l by exact less. reflexivity.
Qed.

Lemma expect_sum_below {n : nat} T N (u : nat -> history n -> R) : (1 <= n)%nat ->
  expect T (fun past => sum_below (fun t => u t past) N) = sum_below (fun t => expect T (u t)) N.
Proof.
  intros some. induction N as [| N IH]; simpl; [apply expect_const, some |]. rewrite expect_plus, IH. reflexivity.
Qed.

(* Jensen in expectation. *)
Lemma expect_jensen {X : space} {n : nat} (f : X -> R) (w : nat -> R) (x : history n -> X) T :
  (1 <= n)%nat -> convex f -> (forall t, (t < T)%nat -> 0 <= w t) -> 0 < sum_below w T ->
  expect T (fun past => f (run_average w x T past))
  <= weighted_average w (fun t => expect t (fun past => f (x past))) T.
Proof.
  intros some cvx nonneg pos.
  apply Rle_trans with
    (expect T (fun past => / sum_below w T * sum_below (fun t => w t * f (x (first_draws t past))) T)).
  - apply expect_le. intros past. rewrite Rmult_comm.
    apply jensen with (x := fun t => x (first_draws t past)); assumption.
  - right. rewrite expect_scale, expect_sum_below by exact some. unfold weighted_average, Rdiv.
    rewrite Rmult_comm. f_equal. apply sum_below_ext. intros t less. rewrite expect_scale. f_equal.
    apply (expect_first_draws T t (fun past => f (x past))); [exact some | lia].
Qed.

Lemma weighted_average_minus w u a T : 0 < sum_below w T ->
  weighted_average w (fun t => u t - a) T = weighted_average w u T - a.
Proof.
  intros pos. unfold weighted_average. rewrite (sum_below_ext _ (fun t => w t * u t - a * w t)) by (intros; ring).
  rewrite sum_below_minus, sum_below_scale. field. lra.
Qed.

Lemma weighted_average_one u T : weighted_average (fun _ => 1) u T = average u T.
Proof.
  unfold weighted_average, average. rewrite sum_below_one. f_equal. apply sum_below_ext. intros. ring.
Qed.

(* E f(x_t) - min f, for x_t = x (the first t draws). *)
Definition expected_gaps {X : space} {n : nat} (f : X -> R) (xstar : X) (x : history n -> X) (t : nat) : R :=
  expect t (fun past => f (x past)) - f xstar.

(* Two claims about the iterates x_0, ..., x_{T-1}, the first the stronger: the weighted average of the gaps is within
   the bound, and so is the gap of the weighted average of the points. *)
Definition average_gap_within {X : space} {n : nat} (f : X -> R) (xstar : X) (x : history n -> X) (w : nat -> R)
  (T : nat) (bound : R) : Prop :=
  weighted_average w (expected_gaps f xstar x) T <= bound /\
  expect T (fun past => f (run_average w x T past)) - f xstar <= bound.

Lemma average_gap_jensen {X : space} {n : nat} (f : X -> R) xstar (x : history n -> X) w T bound :
  (1 <= n)%nat -> convex f -> (forall t, (t < T)%nat -> 0 <= w t) -> 0 < sum_below w T ->
  weighted_average w (expected_gaps f xstar x) T <= bound -> average_gap_within f xstar x w T bound.
Proof.
  intros some cvx nonneg pos less. split; [exact less |]. unfold expected_gaps in less.
  rewrite weighted_average_minus in less by exact pos. pose proof (expect_jensen f w x T some cvx nonneg pos). lra.
Qed.

Lemma average_gap_one {X : space} {n : nat} (f : X -> R) xstar (x : history n -> X) T bound :
  (1 <= n)%nat -> convex f -> (1 <= T)%nat ->
  average (expected_gaps f xstar x) T <= bound -> average_gap_within f xstar x (fun _ => 1) T bound.
Proof.
  intros some cvx late less. apply average_gap_jensen; try assumption.
  - intros. lra.
  - rewrite sum_below_one. apply lt_0_INR. lia.
  - rewrite weighted_average_one. exact less.
Qed.
