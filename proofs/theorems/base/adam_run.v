(* The run of the rule adam of spec/rules/adam/adam.acsl on one coordinate, for any sequence of gradients: g t is the
   gradient of step t + 1, whatever it depends on. *)
From Coq Require Import Reals Lra Psatz Lia.
From Spec.rules.adam Require adam.
Local Open Scope R_scope.

(* m_0 = v_0 = 0, and the moments after t steps. *)
Fixpoint adam_m (beta1 : R) (g : nat -> R) (t : nat) : R :=
  match t with O => 0 | S t => adam.adam_m (adam_m beta1 g t) (g t) beta1 end.

Fixpoint adam_v (beta2 : R) (g : nat -> R) (t : nat) : R :=
  match t with O => 0 | S t => adam.adam_v (adam_v beta2 g t) (g t) beta2 end.

(* The iterate after t steps: every new iterate passes through project (the identity where nothing is projected), and
   step t + 1 has the learning rate lr t. *)
Fixpoint adam_x (project : R -> R) (lr : nat -> R) (beta1 beta2 eps x0 : R) (g : nat -> R) (t : nat) : R :=
  match t with
  | O => x0
  | S s => project (adam.adam_x (adam_x project lr beta1 beta2 eps x0 g s) (adam_m beta1 g t) (adam_v beta2 g t)
                                (Z.of_nat t) (lr s) beta1 beta2 eps)
  end.

Lemma adam_x_next project lr beta1 beta2 eps x0 g t :
  adam_x project lr beta1 beta2 eps x0 g (S t)
  = project (adam.adam_x (adam_x project lr beta1 beta2 eps x0 g t) (adam_m beta1 g (S t)) (adam_v beta2 g (S t))
                         (Z.of_nat (S t)) (lr t) beta1 beta2 eps).
Proof. reflexivity. Qed.

(* The emitted update, with natural powers. *)
Lemma adam_update_pow m v t lr beta1 beta2 eps :
  adam.adam_update m v (Z.of_nat t) lr beta1 beta2 eps
  = lr * (m / (1 - beta1 ^ t)) / (sqrt (v / (1 - beta2 ^ t)) + eps).
Proof. unfold adam.adam_update. rewrite <- !pow_powerRZ. reflexivity. Qed.

Lemma adam_v_nonneg beta2 g t : 0 <= beta2 <= 1 -> 0 <= adam_v beta2 g t.
Proof.
  intros range. induction t as [| t IH]; simpl; [lra |]. unfold adam.adam_v.
  apply Rplus_le_le_0_compat; apply Rmult_le_pos; try lra. apply Rle_0_sqr.
Qed.

(* b^t < 1 for t >= 1. *)
Lemma pow_below_one b t : 0 <= b < 1 -> (1 <= t)%nat -> 0 <= b ^ t < 1.
Proof.
  intros range some. destruct t as [| t]; [lia |]. clear some. induction t as [| t IH]; [simpl; lra |].
  simpl in *. nra.
Qed.

(* 1 + r + ... + r^(t-1), as it grows. *)
Fixpoint geometric (r : R) (t : nat) : R := match t with O => 0 | S t => 1 + r * geometric r t end.

Lemma geometric_nonneg r t : 0 <= r -> 0 <= geometric r t.
Proof. intros pos. induction t as [| t IH]; simpl; [lra |]. nra. Qed.

Lemma geometric_one t : geometric 1 t = INR t.
Proof. induction t as [| t IH]; [reflexivity |]. rewrite S_INR. simpl. rewrite IH. ring. Qed.

Lemma geometric_closed r t : r <> 1 -> geometric r t = (1 - r ^ t) / (1 - r).
Proof. intros differ. induction t as [| t IH]; simpl; [field; lra |]. rewrite IH. field. lra. Qed.
