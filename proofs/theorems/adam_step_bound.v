(* How large one step of Adam can be, and that the bound in its paper is false. Kingma and Ba 2014, arXiv:1412.6980v9,
   section 2.1, states a bound on the step; the corrected bound and both proofs are this project's.

   For any gradients, from m_0 = v_0 = 0, with 0 < beta2 < 1, 0 <= beta1 < 1 and any eps > 0, step t of Adam satisfies
       |x_t - x_{t-1}| <= lr (1 - beta1)/(1 - beta1^t) sqrt((1 - beta2^t)/(1 - beta2)) sqrt(1 + r + ... + r^(t-1)),
   r = beta1^2/beta2.
   The paper's bound, lr max(1, (1 - beta1)/sqrt(1 - beta2)), fails in both its cases: at the paper's own constants
   beta1 = 0.9, beta2 = 0.999, eps = 1e-8, step 256 on the gradients 1.11^t is larger; and at beta2 = 0.95, where the
   bound is lr, step 2 on the gradients 1, 0.95/0.9.
   The steps are those of the rule adam of spec/rules/adam/adam.acsl. *)
From Coq Require Import Reals Lra Psatz Lia.
From Goldstep.theorems.base Require Import adam_run roots.
From Spec.theorems Require Import adam_step_bound.
Local Open Scope R_scope.

Definition adam_step_bound_statement : Prop :=
  forall (lr beta1 beta2 eps x0 : R) (g : nat -> R) (T : nat),
  adam_step_bound_domain lr beta1 beta2 -> 0 < eps -> (1 <= T)%nat ->
  let x := adam_x (fun y => y) (fun _ => lr) beta1 beta2 eps x0 g in
  Rabs (x T - x (T - 1)%nat) <= adam_step_bound_bound (Z.of_nat T) lr beta1 beta2.

(* Some step is larger than the published bound, for any learning rate. *)
Definition published_bound_fails (beta1 beta2 eps : R) : Prop :=
  forall lr x0 : R, 0 < lr -> exists (g : nat -> R) (T : nat),
  (1 <= T)%nat /\ adam.adam_domain lr beta1 beta2 eps /\
  let x := adam_x (fun y => y) (fun _ => lr) beta1 beta2 eps x0 g in
  lr * Rmax 1 ((1 - beta1) / sqrt (1 - beta2)) < Rabs (x T - x (T - 1)%nat).

(* At the paper's constants, and where the published bound is lr. *)
Definition adam_step_published_statement : Prop :=
  published_bound_fails (9 / 10) (999 / 1000) (1 / 10 ^ 8) /\ published_bound_fails (9 / 10) (95 / 100) (1 / 10 ^ 8).

(* m_t^2 <= (1 - beta1)^2/(1 - beta2) sum_{j < t} r^j v_t with r = beta1^2/beta2: Cauchy-Schwarz, step by step. *)
Lemma adam_moments beta1 beta2 g t : 0 <= beta1 < 1 -> 0 < beta2 < 1 ->
  adam_m beta1 g t ^ 2
  <= (1 - beta1) ^ 2 / (1 - beta2) * geometric (beta1 * beta1 / beta2) t * adam_v beta2 g t.
Proof.
  intros range1 range2. set (K := (1 - beta1) ^ 2 / (1 - beta2)). set (r := beta1 * beta1 / beta2).
  assert (0 <= r) by (apply Rle_mult_inv_pos; [apply Rmult_le_pos; lra | lra]).
  assert (0 <= K) by (apply Rle_mult_inv_pos; [apply pow2_ge_0 | lra]).
  induction t as [| t IH]; [simpl; lra |]. simpl geometric. simpl adam_m. simpl adam_v.
  unfold adam.adam_m, adam.adam_v.
  pose proof (adam_v_nonneg beta2 g t ltac:(lra)) as vpos. pose proof (geometric_nonneg r t ltac:(assumption)) as spos.
  set (m := adam_m beta1 g t) in *. set (v := adam_v beta2 g t) in *. set (s := geometric r t) in *.
  assert (same : K * (1 - beta2) = (1 - beta1) ^ 2) by (unfold K; field; lra).
  assert (ratio : r = beta1 * beta1 / beta2) by reflexivity. clearbody K r m v s.
  set (c := 1 - beta1) in *. set (a := g t). clearbody a.
  destruct (Req_dec s 0) as [null | some].
  - rewrite null in *. assert (m = 0) as -> by nra.
    assert (0 <= K * (beta2 * v)) by (repeat apply Rmult_le_pos; lra). nra.
  - (* (beta1 m + c a)^2 <= (1 + r s) (beta2 m^2/s + c^2 a^2) *)
    assert (0 < s) by lra.
    assert (m ^ 2 / s <= K * v) as small.
    { apply Rmult_le_reg_r with s; [lra |]. replace (m ^ 2 / s * s) with (m ^ 2) by (field; lra). lra. }
    assert ((beta1 * m + c * a) ^ 2 = (1 + r * s) * (beta2 * (m ^ 2 / s) + c ^ 2 * a ^ 2)
            - (beta2 * m - beta1 * c * a * s) ^ 2 / (beta2 * s)) as cauchy by (rewrite ratio; field; lra).
    assert (0 <= (beta2 * m - beta1 * c * a * s) ^ 2 / (beta2 * s))
      by (apply Rle_mult_inv_pos; [apply pow2_ge_0 | apply Rmult_lt_0_compat; lra]).
    replace (K * (1 + r * s) * (beta2 * v + (1 - beta2) * (a * a)))
      with ((1 + r * s) * (beta2 * (K * v) + K * (1 - beta2) * a ^ 2)) by ring.
    rewrite same, cauchy.
    assert ((1 + r * s) * (beta2 * (m ^ 2 / s) + c ^ 2 * a ^ 2) <= (1 + r * s) * (beta2 * (K * v) + c ^ 2 * a ^ 2));
      [| lra].
    apply Rmult_le_compat_l; [nra |]. apply Rplus_le_compat_r, Rmult_le_compat_l; lra.
Qed.

Lemma adam_step_sum r t : adam_step_bound_sum (Z.of_nat t) r = geometric r t.
Proof.
  unfold adam_step_bound_sum. destruct Req_EM_T as [one | differ].
  - rewrite one, geometric_one, INR_IZR_INZ. reflexivity.
  - rewrite geometric_closed, <- pow_powerRZ by exact differ. reflexivity.
Qed.

Theorem adam_step_bound : adam_step_bound_statement.
Proof.
  intros lr beta1 beta2 eps x0 g T [[lrpos range1] range2] epspos some x.
  destruct T as [| T]; [lia |]. replace (S T - 1)%nat with T by lia.
  replace (x (S T) - x T) with (- adam.adam_update (adam_m beta1 g (S T)) (adam_v beta2 g (S T)) (Z.of_nat (S T))
    lr beta1 beta2 eps) by (unfold x; cbn [adam_x]; unfold adam.adam_x; ring).
  rewrite Rabs_Ropp, adam_update_pow. unfold adam_step_bound_bound. rewrite adam_step_sum, <- !pow_powerRZ.
  pose proof (adam_moments beta1 beta2 g (S T) ltac:(lra) range2) as moments.
  pose proof (adam_v_nonneg beta2 g (S T) ltac:(lra)) as vpos.
  pose proof (pow_below_one beta1 (S T) ltac:(lra) some) as p1.
  pose proof (pow_below_one beta2 (S T) ltac:(lra) some) as p2.
  assert (spos : 0 <= geometric (beta1 * beta1 / beta2) (S T))
    by (apply geometric_nonneg, Rle_mult_inv_pos; [nra | lra]).
  set (m := adam_m beta1 g (S T)) in *. set (v := adam_v beta2 g (S T)) in *.
  set (s := geometric (beta1 * beta1 / beta2) (S T)) in *.
  set (q1 := beta1 ^ S T) in *. set (q2 := beta2 ^ S T) in *.
  assert (0 <= (1 - q2) / (1 - beta2)) by (apply Rle_mult_inv_pos; lra).
  assert (0 <= v / (1 - q2)) by (apply Rle_mult_inv_pos; lra).
  set (B := (1 - beta1) * sqrt ((1 - q2) / (1 - beta2)) * sqrt s).
  assert (0 <= B) by (unfold B; repeat apply Rmult_le_pos; try apply sqrt_pos; lra).
  pose proof (sqrt_pos (v / (1 - q2))) as root.
  assert (Rabs m <= B * sqrt (v / (1 - q2))) as small.
  { apply Rsqr_incr_0; [| apply Rabs_pos | apply Rmult_le_pos; assumption]. rewrite <- Rsqr_abs. unfold Rsqr.
    replace (B * sqrt (v / (1 - q2)) * (B * sqrt (v / (1 - q2))))
      with ((1 - beta1) ^ 2 * (sqrt ((1 - q2) / (1 - beta2)) * sqrt ((1 - q2) / (1 - beta2)))
            * (sqrt s * sqrt s) * (sqrt (v / (1 - q2)) * sqrt (v / (1 - q2)))) by (unfold B; ring).
    rewrite !sqrt_sqrt by assumption.
    replace ((1 - beta1) ^ 2 * ((1 - q2) / (1 - beta2)) * s * (v / (1 - q2)))
      with ((1 - beta1) ^ 2 / (1 - beta2) * s * v) by (field; lra). lra. }
  set (d := sqrt (v / (1 - q2))) in *. clearbody d.
  unfold Rdiv. rewrite !Rabs_mult, (Rabs_pos_eq lr), !Rabs_inv, (Rabs_pos_eq (1 - q1)), (Rabs_pos_eq (d + eps)) by lra.
  apply Rmult_le_reg_r with (d + eps); [lra |].
  replace (lr * (Rabs m * / (1 - q1)) * / (d + eps) * (d + eps)) with (lr * / (1 - q1) * Rabs m) by (field; lra).
  replace (lr * ((1 - beta1) * / (1 - q1)) * sqrt ((1 - q2) * / (1 - beta2)) * sqrt s * (d + eps))
    with (lr * / (1 - q1) * (B * (d + eps))) by (unfold B, Rdiv; ring).
  apply Rmult_le_compat_l; [apply Rle_mult_inv_pos; lra |]. nra.
Qed.

(* On the gradients p^t, p = beta2/beta1, the moments are in the proportion that makes the bound an equality. *)
Lemma adam_growing beta1 beta2 t : 0 < beta1 -> 0 < beta2 ->
  let p := beta2 / beta1 in let r := beta1 * beta1 / beta2 in
  adam_m beta1 (fun j => p ^ j) (S t) = (1 - beta1) * p ^ t * geometric r (S t) /\
  adam_v beta2 (fun j => p ^ j) (S t) = (1 - beta2) * (p ^ t * p ^ t) * geometric r (S t).
Proof.
  intros pos1 pos2 p r. induction t as [| t [IHm IHv]].
  - simpl. unfold adam.adam_m, adam.adam_v. split; ring.
  - cbn [adam_m adam_v] in *. rewrite IHm, IHv. cbn [geometric pow] in *. unfold adam.adam_m, adam.adam_v.
    unfold p at 2, r at 2. split; unfold p, r; field; lra.
Qed.

(* x^256 by eight squarings. *)
Lemma power_256 x : x ^ 256 = (((((((x ^ 2) ^ 2) ^ 2) ^ 2) ^ 2) ^ 2) ^ 2) ^ 2.
Proof. rewrite <- !pow_mult. reflexivity. Qed.

Lemma square_below x a b : 0 <= x <= a -> a ^ 2 <= b -> 0 <= x ^ 2 <= b.
Proof. intros range less. pose proof (pow2_ge_0 x). nra. Qed.

Lemma power_999 : 0 <= (999 / 1000) ^ 256 <= 78 / 100.
Proof.
  rewrite power_256.
  apply square_below with (882 / 1000); [| lra]. apply square_below with (939 / 1000); [| lra].
  apply square_below with (9689 / 10000); [| lra]. apply square_below with (9843 / 10000); [| lra].
  apply square_below with (9921 / 10000); [| lra]. apply square_below with (99603 / 100000); [| lra].
  apply square_below with (99801 / 100000); [| lra]. apply square_below with (999 / 1000); lra.
Qed.

Lemma power_ratio : 0 <= (9 / 10 * (9 / 10) / (999 / 1000)) ^ 256 <= 1 / 1000.
Proof.
  rewrite power_256.
  apply square_below with (1 / 1000); [| lra]. apply square_below with (1 / 1000); [| lra].
  apply square_below with (13 / 10000); [| lra]. apply square_below with (36 / 1000); [| lra].
  apply square_below with (188 / 1000); [| lra]. apply square_below with (433 / 1000); [| lra].
  apply square_below with (658 / 1000); [| lra]. apply square_below with (811 / 1000); lra.
Qed.

Lemma published_default : published_bound_fails (9 / 10) (999 / 1000) (1 / 10 ^ 8).
Proof.
  intros lr x0 pos. exists (fun j => (999 / 1000 / (9 / 10)) ^ j), 256%nat.
  split; [lia |]. split; [unfold adam.adam_domain; lra |]. intros x.
  change (256 - 1)%nat with 255%nat. set (g := fun j : nat => (999 / 1000 / (9 / 10)) ^ j) in *.
  replace (x 256%nat - x 255%nat) with (- adam.adam_update (adam_m (9 / 10) g 256) (adam_v (999 / 1000) g 256)
    (Z.of_nat 256) lr (9 / 10) (999 / 1000) (1 / 10 ^ 8))
    by (unfold x; rewrite (adam_x_next _ _ _ _ _ _ _ 255); unfold adam.adam_x; ring).
  rewrite Rabs_Ropp, adam_update_pow. unfold g.
  destruct (adam_growing (9 / 10) (999 / 1000) 255 ltac:(lra) ltac:(lra)) as [-> ->].
  rewrite geometric_closed by lra.
  pose proof power_999 as p2. pose proof power_ratio as p3.
  pose proof (pow_below_one (9 / 10) 256 ltac:(lra) ltac:(lia)) as p1.
  pose proof (pow_R1_Rle (999 / 1000 / (9 / 10)) 255 ltac:(lra)) as P1.
  change (S 255) with 256%nat.
  set (P := (999 / 1000 / (9 / 10)) ^ 255) in *. set (q1 := (9 / 10) ^ 256) in *. set (q2 := (999 / 1000) ^ 256) in *.
  set (q3 := (9 / 10 * (9 / 10) / (999 / 1000)) ^ 256) in *. clearbody P q1 q2 q3.
  set (s := (1 - q3) / (1 - 9 / 10 * (9 / 10) / (999 / 1000))).
  assert (528 / 100 <= s <= 529 / 100) as sum by (unfold s; lra). clearbody s.
  (* sqrt(v/(1 - q2)) <= 0.156 P *)
  assert (sqrt ((1 - 999 / 1000) * (P * P) * s / (1 - q2)) <= 156 / 1000 * P) as root.
  { apply sqrt_below; [lra |]. apply Rmult_le_reg_r with (1 - q2); [lra |].
    replace ((1 - 999 / 1000) * (P * P) * s / (1 - q2) * (1 - q2)) with (1 / 1000 * s * (P * P)) by (field; lra).
    replace (156 / 1000 * P * (156 / 1000 * P) * (1 - q2))
      with (156 / 1000 * (156 / 1000) * (1 - q2) * (P * P)) by ring.
    apply Rmult_le_compat_r; [nra | lra]. }
  pose proof (sqrt_pos ((1 - 999 / 1000) * (P * P) * s / (1 - q2))) as rpos.
  set (d := sqrt ((1 - 999 / 1000) * (P * P) * s / (1 - q2))) in *. clearbody d.
  (* the published factor is sqrt 10 < 3.17 *)
  assert (Rmax 1 ((1 - 9 / 10) / sqrt (1 - 999 / 1000)) <= 317 / 100) as factor.
  { apply Rmax_lub; [lra |]. assert (316 / 10000 <= sqrt (1 - 999 / 1000)) as low.
    { apply sqrt_above; lra. }
    apply Rmult_le_reg_r with (sqrt (1 - 999 / 1000)); [lra |].
    replace ((1 - 9 / 10) / sqrt (1 - 999 / 1000) * sqrt (1 - 999 / 1000)) with (1 / 10) by (field; lra). lra. }
  apply Rle_lt_trans with (lr * (317 / 100)); [apply Rmult_le_compat_l; lra |].
  eapply Rlt_le_trans; [| apply Rle_abs].
  assert (1 / 10 * P * s <= (1 - 9 / 10) * P * s / (1 - q1)) as hat.
  { apply Rmult_le_reg_r with (1 - q1); [lra |].
    replace ((1 - 9 / 10) * P * s / (1 - q1) * (1 - q1)) with (1 / 10 * P * s) by (field; lra).
    assert (0 <= 1 / 10 * P * s) by (repeat apply Rmult_le_pos; lra). nra. }
  set (h := (1 - 9 / 10) * P * s / (1 - q1)) in *. clearbody h.
  apply Rmult_lt_reg_r with (d + 1 / 10 ^ 8); [lra |].
  replace (lr * h / (d + 1 / 10 ^ 8) * (d + 1 / 10 ^ 8)) with (lr * h) by (field; lra).
  rewrite Rmult_assoc. apply Rmult_lt_compat_l; [exact pos |]. nra.
Qed.

Lemma published_small : published_bound_fails (9 / 10) (95 / 100) (1 / 10 ^ 8).
Proof.
  intros lr x0 pos. exists (fun j => (95 / 100 / (9 / 10)) ^ j), 2%nat.
  split; [lia |]. split; [unfold adam.adam_domain; lra |]. intros x.
  change (2 - 1)%nat with 1%nat. set (g := fun j : nat => (95 / 100 / (9 / 10)) ^ j) in *.
  replace (x 2%nat - x 1%nat) with (- adam.adam_update (adam_m (9 / 10) g 2) (adam_v (95 / 100) g 2)
    (Z.of_nat 2) lr (9 / 10) (95 / 100) (1 / 10 ^ 8))
    by (unfold x; rewrite (adam_x_next _ _ _ _ _ _ _ 1); unfold adam.adam_x; ring).
  rewrite Rabs_Ropp, adam_update_pow. unfold g.
  destruct (adam_growing (9 / 10) (95 / 100) 1 ltac:(lra) ltac:(lra)) as [-> ->].
  assert (tiny : 0 < 1 / 10 ^ 8 <= 1 / 10000) by lra. set (eps := 1 / 10 ^ 8) in *. clearbody eps.
  simpl geometric. simpl pow.
  apply Rle_lt_trans with (lr * 1).
  - apply Rmult_le_compat_l; [lra |]. apply Rmax_lub; [lra |].
    assert (2 / 10 <= sqrt (1 - 95 / 100)) as low by (apply sqrt_above; lra).
    apply Rmult_le_reg_r with (sqrt (1 - 95 / 100)); [lra |].
    replace ((1 - 9 / 10) / sqrt (1 - 95 / 100) * sqrt (1 - 95 / 100)) with (1 / 10) by (field; lra). lra.
  - eapply Rlt_le_trans; [| apply Rle_abs].
    match goal with |- context [sqrt ?e] => set (d := sqrt e); assert (d <= 1029 / 1000) as root
      by (apply sqrt_below; lra); assert (0 <= d) by apply sqrt_pos end. clearbody d.
    apply Rmult_lt_reg_r with (d + eps); [lra |].
    match goal with |- _ < lr * ?m / ?e * ?e => replace (lr * m / e * e) with (lr * m) by (field; lra) end.
    rewrite Rmult_assoc. apply Rmult_lt_compat_l; lra.
Qed.

Theorem adam_step_published : adam_step_published_statement.
Proof. split; [exact published_default | exact published_small]. Qed.
