(* Adam does not converge. Reddi, Kale and Kumar 2018, arXiv:1904.09237, give the example; the proof for the rule with
   bias correction and eps > 0, and for any alpha > 0, is this project's.

   On [-1, 1] the losses are C x at the steps 1, 4, 7, ... and -x at all others, with C > 2: the best fixed point is -1.
   Adam with beta1 = 0, beta2 = 1/(1 + C^2), 0 < eps <= 1/100 and the step sizes alpha/sqrt t, projected onto [-1, 1]
   and started at 1, is back at 1 after every third step, and pays against -1, for every T,
       sum_{t < T} f_t(x_t) - f_t(-1) >= (2C - 4) T/3.
   The iterates are those of the rule adam of spec/rules/adam/adam.acsl, followed by the projection. *)
From Coq Require Import Reals Lra Psatz Lia.
From Goldstep.theorems.base Require Import space functions sums online adam_run roots.
From Spec.theorems Require Import adam_cyclic.
Local Open Scope R_scope.

(* The slope of the loss of step t + 1. *)
Definition cyclic (C : R) (t : nat) : R := if Nat.eqb (t mod 3) 0 then C else -1.

(* The iterates, and what they pay against u. *)
Definition adam_cyclic_x (C alpha eps : R) : nat -> R :=
  adam_x (clamp (-1) 1) (fun t => alpha / sqrt (INR (S t))) 0 (1 / (1 + C * C)) eps 1 (cyclic C).

Definition cyclic_regret (C : R) (x : nat -> R) (u : R) (T : nat) : R :=
  sum_below (fun t => cyclic C t * x t - cyclic C t * u) T.

Definition adam_cyclic_statement : Prop :=
  forall (C alpha eps : R) (T : nat),
  adam_cyclic_domain C alpha eps ->
  adam_cyclic_bound (Z.of_nat T) C <= cyclic_regret C (adam_cyclic_x C alpha eps) (-1) T.

Lemma cyclic_first C k : cyclic C (3 * k) = C.
Proof. unfold cyclic. rewrite Nat.mul_comm, Nat.mod_mul by lia. reflexivity. Qed.

Lemma cyclic_second C k : cyclic C (S (3 * k)) = -1.
Proof.
  unfold cyclic. replace (S (3 * k)) with (1 + k * 3)%nat by lia. rewrite Nat.mod_add by lia. reflexivity.
Qed.

Lemma cyclic_third C k : cyclic C (S (S (3 * k))) = -1.
Proof.
  unfold cyclic. replace (S (S (3 * k))) with (2 + k * 3)%nat by lia. rewrite Nat.mod_add by lia. reflexivity.
Qed.

Lemma cyclic_cases C t : cyclic C t = C \/ cyclic C t = -1.
Proof. unfold cyclic. destruct Nat.eqb; auto. Qed.

(* -1 is the best fixed point: against it the regret is largest. *)
Lemma cyclic_best C x u T : 2 < C -> -1 <= u -> cyclic_regret C x u T <= cyclic_regret C x (-1) T.
Proof.
  intros large low. unfold cyclic_regret.
  assert (0 <= (u + 1) * sum_below (cyclic C) T) as positive.
  { apply Rmult_le_pos; [lra |].
    assert (blocks : forall k, 0 <= sum_below (cyclic C) (3 * k)).
    { induction k as [| k IH]; [simpl; lra |]. replace (3 * S k)%nat with (S (S (S (3 * k)))) by lia.
      cbn [sum_below]. rewrite cyclic_first, cyclic_second, cyclic_third. lra. }
    pose proof (Nat.div_mod_eq T 3) as split. pose proof (Nat.mod_upper_bound T 3 ltac:(lia)).
    pose proof (blocks (T / 3)%nat) as block. set (k := (T / 3)%nat) in *.
    destruct (T mod 3) as [| [| [| r]]]; [| | | lia]; rewrite split.
    - rewrite Nat.add_0_r. exact block.
    - replace (3 * k + 1)%nat with (S (3 * k)) by lia. cbn [sum_below]. rewrite cyclic_first. lra.
    - replace (3 * k + 2)%nat with (S (S (3 * k))) by lia. cbn [sum_below]. rewrite cyclic_first, cyclic_second. lra. }
  rewrite <- sum_below_scale in positive.
  rewrite (sum_below_ext _ (fun t => (cyclic C t * x t - cyclic C t * (-1)) - (u + 1) * cyclic C t)) by (intros; ring).
  rewrite sum_below_minus. lra.
Qed.

Section Run.
Variables (C alpha eps : R).
Hypothesis large : 2 < C.
Hypothesis alpha_pos : 0 < alpha.
Hypothesis eps_range : 0 < eps <= 1 / 100.

Let b : R := 1 / (1 + C * C).
Let v : nat -> R := adam_v b (cyclic C).
Let x : nat -> R := adam_cyclic_x C alpha eps.

Lemma b_range : 0 < b < 1 / 5.
Proof.
  assert (4 < C * C) by nra. unfold b. split; [apply Rdiv_lt_0_compat; lra |].
  apply Rmult_lt_reg_r with (1 + C * C); [lra |]. replace (1 / (1 + C * C) * (1 + C * C)) with 1 by (field; lra). lra.
Qed.

Lemma b_times : b * (C * C) = 1 - b.
Proof. assert (4 < C * C) by nra. unfold b. field. lra. Qed.

(* With beta1 = 0 the step is that of the gradient. *)
Lemma cyclic_next t :
  x (S t) = clamp (-1) 1 (x t - alpha / sqrt (INR (S t)) * (cyclic C t / (sqrt (v (S t) / (1 - b ^ S t)) + eps))).
Proof.
  unfold x, adam_cyclic_x. rewrite adam_x_next. fold b. unfold adam.adam_x. rewrite adam_update_pow.
  fold v. f_equal. f_equal. simpl adam_m. unfold adam.adam_m. rewrite pow_i by lia.
  replace ((0 * adam_m 0 (cyclic C) t + (1 - 0) * cyclic C t) / (1 - 0)) with (cyclic C t) by field.
  unfold Rdiv. ring.
Qed.

Lemma v_next t : v (S t) = b * v t + (1 - b) * (cyclic C t * cyclic C t).
Proof. reflexivity. Qed.

Lemma v_range t : 0 <= v t <= C * C.
Proof.
  pose proof b_range. split; [apply adam_v_nonneg; lra |]. induction t as [| t IH]; [change (v O) with 0; nra |].
  rewrite v_next. assert (cyclic C t * cyclic C t <= C * C) by (destruct (cyclic_cases C t) as [-> | ->]; nra). nra.
Qed.

(* After the large gradient, and after the two small ones. *)
Lemma v_large k : (1 - b) * (C * C) <= v (S (3 * k)).
Proof. rewrite v_next, cyclic_first. pose proof (v_range (3 * k)). pose proof b_range. nra. Qed.

Lemma v_small k : v (S (S (3 * k))) <= 2 * (1 - b) /\ v (S (S (S (3 * k)))) <= 2 * (1 - b).
Proof.
  pose proof (v_range (S (3 * k))) as range. pose proof b_range. pose proof b_times.
  assert (v (S (S (3 * k))) <= 2 * (1 - b)) as second by (rewrite v_next, cyclic_second; nra).
  split; [exact second |]. rewrite v_next, cyclic_third. nra.
Qed.

(* The step down is at most down, the two steps up are at least up each. *)
Lemma cyclic_returns k up1 up2 :
  x (3 * k)%nat = 1 ->
  alpha / sqrt (INR (S (3 * k))) * (C / (sqrt (v (S (3 * k)) / (1 - b ^ S (3 * k))) + eps)) <= up1 + up2 ->
  0 <= up1 <= alpha / sqrt (INR (S (S (3 * k)))) * (1 / (sqrt (v (S (S (3 * k))) / (1 - b ^ S (S (3 * k)))) + eps)) ->
  0 <= up2 <= alpha / sqrt (INR (S (S (S (3 * k)))))
              * (1 / (sqrt (v (S (S (S (3 * k)))) / (1 - b ^ S (S (S (3 * k))))) + eps)) ->
  x (3 * S k)%nat = 1.
Proof.
  intros start down first second. replace (3 * S k)%nat with (S (S (S (3 * k)))) by lia.
  pose proof (cyclic_next (3 * k)) as step1. pose proof (cyclic_next (S (3 * k))) as step2.
  pose proof (cyclic_next (S (S (3 * k)))) as step3.
  rewrite cyclic_first in step1. rewrite cyclic_second in step2. rewrite cyclic_third in step3. rewrite start in step1.
  replace (-1) with (- (1)) in step2 at 2 by ring. replace (-1) with (- (1)) in step3 at 2 by ring.
  set (d1 := alpha / _ * (C / _)) in *. set (d2 := alpha / _ * (1 / _)) in first.
  set (d3 := alpha / _ * (1 / _)) in second.
  match type of step2 with _ = clamp _ _ (_ - ?e) => replace e with (- d2) in step2 by (unfold d2, Rdiv; ring) end.
  match type of step3 with _ = clamp _ _ (_ - ?e) => replace e with (- d3) in step3 by (unfold d3, Rdiv; ring) end.
  clearbody d1 d2 d3. rewrite step3, step2, step1. unfold clamp, Rmax, Rmin. repeat destruct Rle_dec; lra.
Qed.
(* a/s * (1/d) from bounds on s and d. *)
Lemma step_above s d S D : 0 < s <= S -> 0 < d <= D -> alpha / (S * D) <= alpha / s * (1 / d).
Proof.
  intros srange drange. replace (alpha / s * (1 / d)) with (alpha / (s * d)) by (field; lra).
  apply Rmult_le_compat_l; [lra |]. apply Rinv_le_contravar; [apply Rmult_lt_0_compat; lra |].
  apply Rmult_le_compat; lra.
Qed.

(* With a = sqrt((1 - beta2)/(1 - beta2^t)) at the step down, its divisor is at least C a, and those of the two steps up
   are at most sqrt 2 a + eps. *)
Lemma cyclic_roots k : let a := sqrt ((1 - b) / (1 - b ^ S (3 * k))) in
  8 / 10 <= a /\ C * a <= sqrt (v (S (3 * k)) / (1 - b ^ S (3 * k))) /\
  0 < sqrt (v (S (S (3 * k))) / (1 - b ^ S (S (3 * k)))) + eps <= 143 / 100 * a /\
  0 < sqrt (v (S (S (S (3 * k)))) / (1 - b ^ S (S (S (3 * k))))) + eps <= 143 / 100 * a.
Proof.
  intros a. pose proof b_range as brange.
  pose proof (pow_below_one b (S (3 * k)) ltac:(lra) ltac:(lia)) as q1.
  assert (b ^ S (S (3 * k)) <= b ^ S (3 * k)) as q2 by (simpl in *; nra).
  assert (b ^ S (S (S (3 * k))) <= b ^ S (3 * k)) as q3 by (simpl in *; nra).
  pose proof (v_large k) as big. destruct (v_small k) as [small2 small3].
  pose proof (v_range (S (S (3 * k)))) as [pos2 _]. pose proof (v_range (S (S (S (3 * k))))) as [pos3 _].
  set (p1 := 1 - b ^ S (3 * k)) in *. assert (0 < p1 <= 1) by (unfold p1; lra).
  assert (square : a * a = (1 - b) / p1) by (apply sqrt_sqrt, Rle_mult_inv_pos; lra).
  assert (least : 8 / 10 <= a).
  { apply sqrt_above; [lra |]. apply Rmult_le_reg_r with p1; [lra |].
    replace ((1 - b) / p1 * p1) with (1 - b) by (field; lra). nra. }
  assert (up : forall w p, 0 <= w <= 2 * (1 - b) -> p1 <= p -> 0 < sqrt (w / p) + eps <= 143 / 100 * a).
  { intros w p wrange prange. pose proof (sqrt_pos (w / p)). split; [lra |].
    assert (sqrt (w / p) <= 14143 / 10000 * a); [| lra]. apply sqrt_below; [lra |].
    replace (14143 / 10000 * a * (14143 / 10000 * a)) with (14143 / 10000 * (14143 / 10000) * ((1 - b) / p1))
      by (rewrite <- square; ring).
    apply Rmult_le_reg_r with p; [lra |]. replace (w / p * p) with w by (field; lra).
    apply Rle_trans with (2 * (1 - b)); [lra |].
    replace (2 * (1 - b)) with (2 * ((1 - b) / p1) * p1) by (field; lra).
    assert (0 <= (1 - b) / p1) by (apply Rle_mult_inv_pos; lra). apply Rmult_le_compat; lra. }
  clearbody a. split; [exact least |]. split; [| split; apply up; unfold p1; lra].
  apply sqrt_above; [apply Rmult_le_pos; lra |].
  replace (C * a * (C * a)) with (C * C * ((1 - b) / p1)) by (rewrite <- square; ring).
  apply Rmult_le_reg_r with p1; [lra |].
  replace (v (S (3 * k)) / p1 * p1) with (v (S (3 * k))) by (field; lra).
  replace (C * C * ((1 - b) / p1) * p1) with ((1 - b) * (C * C)) by (field; lra). exact big.
Qed.

(* After the first period: 2/(1.43 sqrt(n + 2)) >= 1/sqrt n for n >= 4. *)
Lemma cyclic_later k : (1 <= k)%nat -> x (3 * k)%nat = 1 -> x (3 * S k)%nat = 1.
Proof.
  intros some start. destruct (cyclic_roots k) as [least [down [up2 up3]]].
  set (a := sqrt ((1 - b) / (1 - b ^ S (3 * k)))) in *. clearbody a.
  set (n := INR (S (3 * k))).
  assert (n2 : INR (S (S (3 * k))) = n + 1) by apply S_INR.
  assert (n3 : INR (S (S (S (3 * k)))) = n + 2) by (rewrite S_INR, n2; ring).
  assert (low : 4 <= n) by (unfold n; replace 4 with (INR 4) by (simpl; ring); apply le_INR; lia).
  assert (0 < sqrt n) by (apply sqrt_lt_R0; lra). assert (0 < sqrt (n + 1)) by (apply sqrt_lt_R0; lra).
  assert (0 < sqrt (n + 2)) by (apply sqrt_lt_R0; lra).
  assert (sqrt (n + 1) <= sqrt (n + 2)) by (apply sqrt_le_1_alt; lra).
  assert (143 / 100 * sqrt (n + 2) <= 2 * sqrt n) as ratio.
  { apply Rsqr_incr_0; [| lra | lra]. unfold Rsqr.
    replace (143 / 100 * sqrt (n + 2) * (143 / 100 * sqrt (n + 2)))
      with (143 / 100 * (143 / 100) * (sqrt (n + 2) * sqrt (n + 2))) by ring.
    replace (2 * sqrt n * (2 * sqrt n)) with (4 * (sqrt n * sqrt n)) by ring. rewrite !sqrt_sqrt by lra. lra. }
  set (up := alpha / (sqrt (n + 2) * (143 / 100 * a))).
  assert (0 <= up) by (apply Rle_mult_inv_pos; [| apply Rmult_lt_0_compat]; lra).
  apply cyclic_returns with (up1 := up) (up2 := up); [exact start | | |]; fold n; rewrite ?n2, ?n3; clearbody n.
  - apply Rle_trans with (alpha / sqrt n * (1 / a)).
    + apply Rmult_le_compat_l; [apply Rle_mult_inv_pos; lra |].
      set (d := sqrt (v (S (3 * k)) / (1 - b ^ S (3 * k)))) in *. clearbody d.
      assert (0 < C * a) by (apply Rmult_lt_0_compat; lra).
      apply Rmult_le_reg_r with (a * (d + eps)); [apply Rmult_lt_0_compat; lra |].
      replace (C / (d + eps) * (a * (d + eps))) with (C * a) by (field; lra).
      replace (1 / a * (a * (d + eps))) with (d + eps) by (field; lra). lra.
    + unfold up. set (r := sqrt n) in *. set (r2 := sqrt (n + 2)) in *. clearbody r r2.
      assert (0 < r * a * (143 / 100 * r2)) by (repeat apply Rmult_lt_0_compat; lra).
      apply Rmult_le_reg_r with (r * a * (143 / 100 * r2)); [assumption |].
      replace (alpha / r * (1 / a) * (r * a * (143 / 100 * r2))) with (alpha * (143 / 100 * r2)) by (field; lra).
      replace ((alpha / (r2 * (143 / 100 * a)) + alpha / (r2 * (143 / 100 * a))) * (r * a * (143 / 100 * r2)))
        with (alpha * (2 * r)) by (field; lra).
      apply Rmult_le_compat_l; lra.
  - split; [assumption |]. apply step_above; [lra | exact up2].
  - split; [assumption |]. apply step_above; [lra | exact up3].
Qed.

(* The first period needs the first moments as they are. *)
Lemma cyclic_start : x (3 * 1)%nat = 1.
Proof.
  pose proof b_range as brange. pose proof b_times as times.
  assert (v 1 = (1 - b) * (C * C)) as v1 by (rewrite v_next; change (cyclic C 0) with C; change (v O) with 0; ring).
  assert (v 2 = (1 - b) * (2 - b)) as v2.
  { rewrite v_next, v1. change (cyclic C 1) with (-1).
    replace (b * ((1 - b) * (C * C))) with ((1 - b) * (b * (C * C))) by ring.
    rewrite times. ring. }
  assert (v 3 = (1 - b) * (1 + 2 * b - b * b)) as v3 by (rewrite v_next, v2; change (cyclic C 2) with (-1); ring).
  apply cyclic_returns with (up1 := alpha / (14143 / 10000 * (14243 / 10000)))
    (up2 := alpha / (17321 / 10000 * (1059 / 1000)));
    [reflexivity | | |]; simpl Nat.mul; rewrite ?v1, ?v2, ?v3.
  - replace (INR 1) with 1 by reflexivity. rewrite sqrt_1.
    replace ((1 - b) * (C * C) / (1 - b ^ 1)) with (C * C) by (simpl; field; lra). rewrite sqrt_square by lra.
    assert (C / (C + eps) <= 1).
    { apply Rmult_le_reg_r with (C + eps); [lra |]. replace (C / (C + eps) * (C + eps)) with C by (field; lra). lra. }
    replace (alpha / 1) with alpha by field.
    assert (alpha * (C / (C + eps)) <= alpha * 1) by (apply Rmult_le_compat_l; lra). lra.
  - split; [apply Rle_mult_inv_pos; lra |]. apply step_above.
    + replace (INR 2) with 2 by (simpl; ring). split; [apply sqrt_lt_R0; lra | apply sqrt_below; lra].
    + pose proof (sqrt_pos ((1 - b) * (2 - b) / (1 - b ^ 2))). split; [lra |].
      assert (sqrt ((1 - b) * (2 - b) / (1 - b ^ 2)) <= 14143 / 10000); [| lra].
      apply sqrt_below; [lra |].
      replace ((1 - b) * (2 - b) / (1 - b ^ 2)) with ((2 - b) / (1 + b)) by (field; nra).
      apply Rmult_le_reg_r with (1 + b); [lra |].
      replace ((2 - b) / (1 + b) * (1 + b)) with (2 - b) by (field; lra). lra.
  - split; [apply Rle_mult_inv_pos; lra |]. apply step_above.
    + replace (INR 3) with 3 by (simpl; ring). split; [apply sqrt_lt_R0; lra | apply sqrt_below; lra].
    + pose proof (sqrt_pos ((1 - b) * (1 + 2 * b - b * b) / (1 - b ^ 3))). split; [lra |].
      assert (sqrt ((1 - b) * (1 + 2 * b - b * b) / (1 - b ^ 3)) <= 1049 / 1000); [| lra].
      apply sqrt_below; [lra |].
      replace ((1 - b) * (1 + 2 * b - b * b) / (1 - b ^ 3)) with ((1 + 2 * b - b * b) / (1 + b + b * b))
        by (field; nra).
      apply Rmult_le_reg_r with (1 + b + b * b); [nra |].
      replace ((1 + 2 * b - b * b) / (1 + b + b * b) * (1 + b + b * b)) with (1 + 2 * b - b * b) by (field; nra). nra.
Qed.

Lemma cyclic_period k : x (3 * k)%nat = 1.
Proof.
  destruct k as [| k]; [reflexivity |]. induction k as [| k IH]; [exact cyclic_start |].
  apply cyclic_later; [lia | exact IH].
Qed.

Lemma cyclic_below t : x t <= 1.
Proof. destruct t; [right; reflexivity |]. rewrite cyclic_next. apply clamp_inside. lra. Qed.

Lemma cyclic_blocks k : (2 * C - 4) * INR k <= cyclic_regret C x (-1) (3 * k).
Proof.
  unfold cyclic_regret. induction k as [| k IH]; [simpl; lra |]. rewrite S_INR.
  replace (3 * S k)%nat with (S (S (S (3 * k)))) by lia. cbn [sum_below].
  rewrite cyclic_first, cyclic_second, cyclic_third, cyclic_period.
  pose proof (cyclic_below (S (3 * k))). pose proof (cyclic_below (S (S (3 * k)))). lra.
Qed.
End Run.

Theorem adam_cyclic : adam_cyclic_statement.
Proof.
  intros C alpha eps T [[large alpha_pos] eps_range]. unfold adam_cyclic_bound. rewrite <- INR_IZR_INZ.
  pose proof (cyclic_period C alpha eps large alpha_pos eps_range) as period.
  pose proof (cyclic_below C alpha eps) as below.
  pose proof (cyclic_blocks C alpha eps large alpha_pos eps_range) as blocks.
  set (x := adam_cyclic_x C alpha eps) in *.
  pose proof (Nat.div_mod_eq T 3) as split. pose proof (Nat.mod_upper_bound T 3 ltac:(lia)).
  specialize (blocks (T / 3)%nat). set (k := (T / 3)%nat) in *. unfold cyclic_regret in *.
  assert (three : INR (3 * k) = 3 * INR k) by (rewrite mult_INR; simpl; ring).
  destruct (T mod 3) as [| [| [| r]]]; [| | | lia]; rewrite split.
  - rewrite Nat.add_0_r, three. lra.
  - replace (3 * k + 1)%nat with (S (3 * k)) by lia. rewrite S_INR, three. cbn [sum_below].
    rewrite cyclic_first, period. lra.
  - replace (3 * k + 2)%nat with (S (S (3 * k))) by lia. rewrite !S_INR, three. cbn [sum_below].
    rewrite cyclic_first, cyclic_second, period. pose proof (below (S (3 * k))). lra.
Qed.
