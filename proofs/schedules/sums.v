(* Sums over the steps 0, …, T - 1 of a schedule, whose steps are in Z. *)
Require Import Reals Lra Lia ZArith.
From Goldstep.theorems.base Require Import sums.
Open Scope R_scope.

(* f 0 + … + f (T - 1). *)
Definition sum (f : Z -> R) (T : nat) : R := sum_below (fun t => f (Z.of_nat t)) T.

Lemma sum_next (f : Z -> R) (T : nat) : sum f (S T) = sum f T + f (Z.of_nat T).
Proof. reflexivity. Qed.

Lemma sum_const (c : R) (T : nat) : sum (fun _ => c) T = INR T * c.
Proof. exact (sum_below_const c T). Qed.

Lemma sum_ext (f g : Z -> R) (T : nat) :
  (forall k, (0 <= k < Z.of_nat T)%Z -> f k = g k) -> sum f T = sum g T.
Proof. intros same. unfold sum. apply sum_below_ext. intros t less. apply same. lia. Qed.

Lemma sum_plus (f g : Z -> R) (T : nat) : sum (fun k => f k + g k) T = sum f T + sum g T.
Proof. exact (sum_below_plus _ _ T). Qed.

Lemma sum_scale (c : R) (f : Z -> R) (T : nat) : sum (fun k => c * f k) T = c * sum f T.
Proof. exact (sum_below_scale c _ T). Qed.

Lemma sum_first (f : Z -> R) (T : nat) : sum f (S T) = f 0%Z + sum (fun k => f (k + 1)%Z) T.
Proof.
  unfold sum. rewrite sum_below_first. f_equal. apply sum_below_ext. intros t _. f_equal. lia.
Qed.

(* The same terms, from the last to the first. *)
Lemma sum_reversed (f : Z -> R) (T : nat) : sum (fun k => f (Z.of_nat T - 1 - k)%Z) T = sum f T.
Proof.
  induction T as [| T IH]; [reflexivity |].
  rewrite sum_first, sum_next, <- IH.
  replace (Z.of_nat (S T) - 1 - 0)%Z with (Z.of_nat T) by lia.
  rewrite (sum_ext (fun k => f (Z.of_nat (S T) - 1 - (k + 1))%Z) (fun k => f (Z.of_nat T - 1 - k)%Z)); [ring |].
  intros k _. f_equal. lia.
Qed.

(* 0 + 1 + … + (T - 1). *)
Lemma sum_numbers (T : nat) : sum IZR T = INR T * (INR T - 1) / 2.
Proof.
  induction T as [| T IH]; [cbn; field |]. rewrite S_INR, sum_next, IH, <- INR_IZR_INZ. field.
Qed.

(* What holds from each step to the next holds from each step to any later one. *)
Lemma falls_by_steps (f : Z -> R) (last k m : Z) :
  (forall j, (0 <= j < last)%Z -> f (j + 1)%Z < f j) -> (0 <= k < m)%Z -> (m <= last)%Z -> f m < f k.
Proof.
  intros step [Hk Hm] Hlast.
  replace m with (k + 1 + Z.of_nat (Z.to_nat (m - k - 1)))%Z by lia.
  assert (Hn : (k + 1 + Z.of_nat (Z.to_nat (m - k - 1)) <= last)%Z) by lia.
  induction (Z.to_nat (m - k - 1)) as [| n IH].
  - rewrite Z.add_0_r. apply step. lia.
  - replace (k + 1 + Z.of_nat (S n))%Z with (k + 1 + Z.of_nat n + 1)%Z by lia.
    apply Rlt_trans with (f (k + 1 + Z.of_nat n)%Z); [apply step | apply IH]; lia.
Qed.
