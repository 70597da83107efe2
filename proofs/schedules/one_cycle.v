(* Facts of the 1cycle policy over many steps. Its three rates are lr / div_factor at first, lr at the peak, and
   lr / div_factor / final_div_factor at last; its first phase ends at e1 = pct_start total_steps - 1, the second at
   total_steps - 1. *)
Require Import Reals Lra Lia ZArith.
Require Import Spec.schedules.one_cycle.
Open Scope R_scope.

Lemma at_weight (u from to : R) :
  let w := (1 + cos (PI * u)) / 2 in one_cycle_at u from to = w * from + (1 - w) * to /\ 0 <= w <= 1.
Proof. cbv zeta. unfold one_cycle_at. generalize (COS_bound (PI * u)). intros bound. split; [field | lra]. Qed.

Lemma at_start (from to : R) : one_cycle_at 0 from to = from.
Proof. unfold one_cycle_at. rewrite Rmult_0_r, cos_0. field. Qed.

Lemma at_end (from to : R) : one_cycle_at 1 from to = to.
Proof. unfold one_cycle_at. rewrite Rmult_1_r, cos_PI. field. Qed.

Lemma cosine_falls (u v : R) : 0 <= u <= v -> v <= 1 -> cos (PI * v) <= cos (PI * u).
Proof. intros Hu Hv. assert (pi := PI_RGT_0). apply cos_decr_1; nra. Qed.

Lemma share_order (k m start_step end_step : R) :
  start_step < end_step -> start_step <= k <= m -> m <= end_step ->
  0 <= (k - start_step) / (end_step - start_step) <= (m - start_step) / (end_step - start_step) /\
  (m - start_step) / (end_step - start_step) <= 1.
Proof.
  intros long Hk Hm. assert (inverse : 0 < / (end_step - start_step)) by (apply Rinv_0_lt_compat; lra).
  unfold Rdiv. repeat split.
  - apply Rmult_le_pos; lra.
  - apply Rmult_le_compat_r; lra.
  - rewrite <- (Rinv_r (end_step - start_step)) by lra. apply Rmult_le_compat_r; lra.
Qed.

(* The specification's own hyperparameters are in the domain, and their first phase ends at step 29. *)
Example defaults : one_cycle_domain (1 / 10) 100 (3 / 10) 25 10000 /\ IZR 29 = 3 / 10 * 100 - 1.
Proof. unfold one_cycle_domain. lra. Qed.

(* Where the phases end. *)
Lemma phase_ends (lr total_steps pct_start div_factor final_div_factor : R) :
  one_cycle_domain lr total_steps pct_start div_factor final_div_factor ->
  0 < pct_start * total_steps - 1 < total_steps - 1.
Proof. intros [[[[_ share] long] _] _]. assert (0 < total_steps) by nra. nra. Qed.

(* It starts at lr / div_factor. *)
Theorem one_cycle_first (lr total_steps pct_start div_factor final_div_factor : R) :
  one_cycle_domain lr total_steps pct_start div_factor final_div_factor ->
  one_cycle_lr 0 lr total_steps pct_start div_factor final_div_factor = lr / div_factor.
Proof.
  intros domain. apply phase_ends in domain. unfold one_cycle_lr, one_cycle_phases, one_cycle_phase, one_cycle_share.
  cbv zeta. destruct (Rle_dec _ _) as [_ | late]; [| lra].
  rewrite Rminus_0_r. unfold Rdiv at 1. rewrite Rmult_0_l. apply at_start.
Qed.

(* Where the first phase ends at a whole step, both phases have lr there. *)
Theorem one_cycle_phases_meet (lr total_steps pct_start div_factor final_div_factor : R) (k : Z) :
  one_cycle_domain lr total_steps pct_start div_factor final_div_factor ->
  let e1 := pct_start * total_steps - 1 in
  IZR k = e1 ->
  one_cycle_phase k (lr / div_factor) lr 0 e1 = lr /\
  one_cycle_phase k lr (lr / div_factor / final_div_factor) e1 (total_steps - 1) = lr.
Proof.
  intros domain e1 Hk. apply phase_ends in domain. fold e1 in domain. unfold one_cycle_phase, one_cycle_share.
  rewrite Hk. split.
  - replace ((e1 - 0) / (e1 - 0)) with 1 by (field; lra). apply at_end.
  - replace ((e1 - e1) / (total_steps - 1 - e1)) with 0 by (field; lra). apply at_start.
Qed.

(* The last step, total_steps - 1, has the last rate. *)
Theorem one_cycle_last (lr total_steps pct_start div_factor final_div_factor : R) (k : Z) :
  one_cycle_domain lr total_steps pct_start div_factor final_div_factor -> IZR k = total_steps - 1 ->
  one_cycle_lr k lr total_steps pct_start div_factor final_div_factor = lr / div_factor / final_div_factor.
Proof.
  intros domain Hk. apply phase_ends in domain. unfold one_cycle_lr, one_cycle_phases, one_cycle_phase, one_cycle_share.
  cbv zeta. destruct (Rle_dec _ _) as [early | _]; [lra |]. rewrite Hk.
  match goal with |- one_cycle_at ?u _ _ = _ => replace u with 1 by (field; lra) end. apply at_end.
Qed.

(* It stays between the least and the greatest of its three rates. *)
Theorem one_cycle_range (lr total_steps pct_start div_factor final_div_factor : R) (k : Z) :
  one_cycle_domain lr total_steps pct_start div_factor final_div_factor ->
  let initial := lr / div_factor in
  let final := initial / final_div_factor in
  Rmin lr (Rmin initial final) <= one_cycle_lr k lr total_steps pct_start div_factor final_div_factor <=
  Rmax lr (Rmax initial final).
Proof.
  intros _ initial final. unfold one_cycle_lr, one_cycle_phases, one_cycle_phase. cbv zeta. fold initial final.
  assert (mixed : forall u from to, Rmin from to <= one_cycle_at u from to <= Rmax from to).
  { intros u from to. destruct (at_weight u from to) as [-> share]. set (w := (1 + cos (PI * u)) / 2) in *.
    assert (low_from := Rmin_l from to). assert (low_to := Rmin_r from to).
    assert (high_from := Rmax_l from to). assert (high_to := Rmax_r from to). nra. }
  assert (Rmin lr (Rmin initial final) <= lr <= Rmax lr (Rmax initial final)) by (split; [apply Rmin_l | apply Rmax_l]).
  assert (low := Rmin_r lr (Rmin initial final)). assert (high := Rmax_r lr (Rmax initial final)).
  assert (low_first := Rmin_l initial final). assert (low_last := Rmin_r initial final).
  assert (high_first := Rmax_l initial final). assert (high_last := Rmax_r initial final).
  destruct (Rle_dec _ _) as [_ | _];
    match goal with |- _ <= one_cycle_at ?u ?from ?to <= _ => destruct (mixed u from to) as [least most] end;
    split.
  - apply Rle_trans with (2 := least), Rmin_glb; lra.
  - apply Rle_trans with (1 := most), Rmax_lub; lra.
  - apply Rle_trans with (2 := least), Rmin_glb; lra.
  - apply Rle_trans with (1 := most), Rmax_lub; lra.
Qed.

(* It does not fall in the first phase, where its first rate is at most lr. *)
Theorem one_cycle_rises (lr total_steps pct_start div_factor final_div_factor : R) (k m : Z) :
  one_cycle_domain lr total_steps pct_start div_factor final_div_factor -> lr / div_factor <= lr ->
  (0 <= k <= m)%Z -> IZR m <= pct_start * total_steps - 1 ->
  one_cycle_lr k lr total_steps pct_start div_factor final_div_factor <=
  one_cycle_lr m lr total_steps pct_start div_factor final_div_factor.
Proof.
  intros domain less [Hk Hkm] Hm. apply IZR_le in Hk, Hkm. apply phase_ends in domain.
  unfold one_cycle_lr, one_cycle_phases, one_cycle_phase, one_cycle_share. cbv zeta.
  destruct (Rle_dec (IZR k) _) as [_ | late]; [| lra]. destruct (Rle_dec (IZR m) _) as [_ | late]; [| lra].
  destruct (share_order (IZR k) (IZR m) 0 (pct_start * total_steps - 1) ltac:(lra) ltac:(lra) Hm) as [order most].
  assert (falls := cosine_falls _ _ order most). unfold one_cycle_at. nra.
Qed.

(* It does not rise in the second phase, where its last rate is at most lr. *)
Theorem one_cycle_falls (lr total_steps pct_start div_factor final_div_factor : R) (k m : Z) :
  one_cycle_domain lr total_steps pct_start div_factor final_div_factor -> lr / div_factor / final_div_factor <= lr ->
  pct_start * total_steps - 1 <= IZR k -> (k <= m)%Z -> IZR m <= total_steps - 1 ->
  one_cycle_lr m lr total_steps pct_start div_factor final_div_factor <=
  one_cycle_lr k lr total_steps pct_start div_factor final_div_factor.
Proof.
  intros domain less Hk Hkm Hm. apply IZR_le in Hkm.
  assert (second : forall j, pct_start * total_steps - 1 <= IZR j ->
    one_cycle_lr j lr total_steps pct_start div_factor final_div_factor =
    one_cycle_phase j lr (lr / div_factor / final_div_factor) (pct_start * total_steps - 1) (total_steps - 1)).
  { intros j Hj. unfold one_cycle_lr, one_cycle_phases. cbv zeta.
    destruct (Rle_dec (IZR j) _) as [early | _]; [| reflexivity].
    destruct (one_cycle_phases_meet lr total_steps pct_start div_factor final_div_factor j domain) as [-> ->]; lra. }
  rewrite 2!second by lra. apply phase_ends in domain. unfold one_cycle_phase, one_cycle_share.
  destruct (share_order (IZR k) (IZR m) (pct_start * total_steps - 1) (total_steps - 1) ltac:(lra) ltac:(lra) Hm)
    as [order most].
  assert (falls := cosine_falls _ _ order most). unfold one_cycle_at. nra.
Qed.
