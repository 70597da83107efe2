(* Steps that are constant at first and then fall as 1/t: the sequences behind the O(1/T) rates. *)
From Coq Require Import Reals Lra Psatz Lia.
Local Open Scope R_scope.

Lemma pow_exp x s : 0 <= 1 - x -> 2 <= INR s * x -> (1 - x) ^ s <= exp (-2).
Proof.
  intros pos large. apply Rle_trans with (exp (- (INR s * x))).
  - clear large. induction s as [| s IH]; [simpl; rewrite Rmult_0_l, Ropp_0, exp_0; lra |].
    rewrite S_INR. replace (- ((INR s + 1) * x)) with (- x + - (INR s * x)) by ring. rewrite exp_plus. simpl.
    apply Rmult_le_compat; [exact pos | apply pow_le, pos | | exact IH].
    pose proof (exp_ineq1_le (- x)). lra.
  - destruct (Req_dec (INR s * x) 2) as [-> | more]; [right; f_equal; ring | left; apply exp_increasing; lra].
Qed.

(* For t >= s, (t+1)^2 a_{t+1} <= t^2 a_t + C, and before it a_s <= a_0/e^2 + E with s^2 E <= s C. *)
Lemma switched_rate a s C E t : (1 <= s <= t)%nat ->
  a s <= exp (-2) * a O + E -> INR s ^ 2 * E <= INR s * C ->
  (forall t, (s <= t)%nat -> INR (S t) ^ 2 * a (S t) <= INR t ^ 2 * a t + C) ->
  a t <= INR s ^ 2 * a O / (exp 2 * INR t ^ 2) + C / INR t.
Proof.
  intros [some late] start small step.
  assert (INR t ^ 2 * a t <= INR s ^ 2 * (exp (-2) * a O) + INR t * C) as all.
  { induction late as [| t late IH].
    - apply Rmult_le_compat_l with (r := INR s ^ 2) in start; [lra | apply pow2_ge_0].
    - pose proof (step t late). rewrite (S_INR t) in *. lra. }
  pose proof (lt_0_INR t ltac:(lia)). pose proof (exp_pos 2).
  replace (exp (-2)) with (/ exp 2) in all by (rewrite <- exp_Ropp; f_equal; lra).
  apply Rmult_le_reg_l with (INR t ^ 2); [apply pow_lt; assumption |]. eapply Rle_trans; [exact all |].
  right. field. split; lra.
Qed.

(* The least integer above K >= 1 is at most 2 K. *)
Lemma ceiling K : K <= - IZR (Int_part (- K)) < K + 1.
Proof. pose proof (base_Int_part (- K)). lra. Qed.

(* 4 ceil(K) or 2 ceil(K), for K > 0, as a natural number. *)
Lemma ceiling_nat p K : 0 < K -> exists s, INR s = INR p * - IZR (Int_part (- K)) /\ ((1 <= p)%nat -> (1 <= s)%nat).
Proof.
  intros pos. pose proof (ceiling K).
  assert (0 < - Int_part (- K))%Z as positive by (apply lt_IZR; rewrite opp_IZR; lra).
  exists (p * Z.to_nat (- Int_part (- K)))%nat. split; [| nia].
  rewrite mult_INR, (INR_IZR_INZ (Z.to_nat _)), Z2Nat.id, opp_IZR by lia. reflexivity.
Qed.

(* The step at t, (2t+1)/((t+1)^2 mu): 1 - gamma_t mu = t^2/(t+1)^2. *)
Lemma falling_step mu t gamma : 0 < mu -> 0 <= t -> gamma = (2 * t + 1) / ((t + 1) * (t + 1) * mu) ->
  (t + 1) ^ 2 * (1 - gamma * mu) = t ^ 2 /\ (t + 1) ^ 2 * gamma ^ 2 <= 4 / mu ^ 2 /\ 0 < gamma /\
  gamma * (t + 1) * mu <= 2.
Proof.
  intros pos nonneg ->. set (w := t + 1). replace (2 * t + 1) with (2 * w - 1) by (unfold w; ring).
  replace t with (w - 1) by (unfold w; ring). assert (1 <= w) by (unfold w; lra). clearbody w. clear nonneg t.
  assert (0 < w * w * mu) by (repeat apply Rmult_lt_0_compat; lra). repeat split.
  - field. split; lra.
  - replace (w ^ 2 * ((2 * w - 1) / (w * w * mu)) ^ 2) with ((2 * w - 1) ^ 2 / w ^ 2 * / mu ^ 2) by (field; split; lra).
    unfold Rdiv at 2. apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, pow_lt, pos |].
    apply Rmult_le_reg_r with (w ^ 2); [apply pow_lt; lra |].
    replace ((2 * w - 1) ^ 2 / w ^ 2 * w ^ 2) with ((2 * w - 1) ^ 2) by (field; lra). nra.
  - apply Rdiv_lt_0_compat; lra.
  - replace ((2 * w - 1) / (w * w * mu) * w * mu) with (2 - / w) by (field; split; lra).
    assert (0 < / w) by (apply Rinv_0_lt_compat; lra). lra.
Qed.
