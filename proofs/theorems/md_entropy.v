(* Exponentiated gradient on the simplex: mirror descent with the entropy. Kivinen and Warmuth 1997 give the rule; the
   bound is standard, and this proof of it, by Hoeffding's lemma, is this project's.

   Let f_0, f_1, ... be any losses on R^n with subgradients g_t at the points played, and G_t at least every |g_{t,i}|.
   From x_0 = (1/n, ..., 1/n), with eta > 0, the iterates
       x_{t+1,i} = x_{t,i} exp(-eta g_{t,i}) / sum_j x_{t,j} exp(-eta g_{t,j})
   pay against every point u of the simplex
       sum_{t < T} f_t(x_t) - f_t(u) <= ln n/eta + (eta/2) sum G_t^2.
   The equations of the rule follow. *)
From Coq Require Fin.
From Coq Require Import Reals Lra Psatz Lia.
From Goldstep.theorems.base Require Import space functions sums online hoeffding.
From Spec.theorems Require Import md_entropy.
Local Open Scope R_scope.

(* emitted rule *)
Definition exponentiated_gradient_w (p_x : R) (p_g : R) (p_eta : R) : R :=
  p_x * (exp (- (p_eta * p_g))).
Definition exponentiated_gradient_x (p_w_next : R) (p_total : R) : R :=
  p_w_next / p_total.
(* end *)

Definition simplex {n : nat} (x : Rn n) : Prop := (forall i, 0 <= x i) /\ sum_all x = 1.

(* The iterates: g t is the gradient of step t + 1; total is the sum of the new weights over the whole vector. *)
Fixpoint exponentiated_gradient {n : nat} (eta : R) (x0 : Rn n) (g : nat -> Rn n) (t : nat) : Rn n :=
  match t with
  | O => x0
  | S t => let w := lift2 (fun x g => exponentiated_gradient_w x g eta) (exponentiated_gradient eta x0 g t) (g t) in
           let total := sum_all w in
           fun i => exponentiated_gradient_x (w i) total
  end.

Definition md_entropy_statement : Prop :=
  forall (n : nat) (f : nat -> Rn n -> R) (g : nat -> Rn n) (u : Rn n) (G : nat -> R) (eta : R) (T : nat),
  let x := exponentiated_gradient eta (fun _ => 1 / INR n) g in
  let S := sum_below (fun t => G t ^ 2) T in
  subgradients f x g -> (forall t i, Rabs (g t i) <= G t) -> simplex u ->
  md_entropy_domain (Z.of_nat n) eta S ->
  regret f x u T <= md_entropy_bound (Z.of_nat n) eta S.

Section Proof.
Context {n : nat} (g : nat -> Rn n) (u : Rn n) (G : nat -> R) (eta : R).
Hypothesis some : (1 <= n)%nat.
Hypothesis small : forall t i, Rabs (g t i) <= G t.
Hypothesis inside : simplex u.
Hypothesis positive : 0 < eta.
Let x := exponentiated_gradient eta (fun _ => 1 / INR n) g.
Let total (t : nat) : R := sum_all (fun i => x t i * exp (- (eta * g t i))).

Lemma x_next t i : x (S t) i = x t i * exp (- (eta * g t i)) / total t.
Proof. reflexivity. Qed.

Lemma sum_all_positive m (v : Fin.t m -> R) : (1 <= m)%nat -> (forall i, 0 < v i) -> 0 < sum_all v.
Proof.
  intros more pos. destruct m as [| m]; [lia |]. simpl.
  pose proof (pos Fin.F1).
  pose proof (sum_all_pos m (fun i => v (Fin.FS i)) (fun i => Rlt_le _ _ (pos (Fin.FS i)))). lra.
Qed.

(* The iterates are in the interior of the simplex. *)
Lemma x_inside t : (forall i, 0 < x t i) /\ sum_all (x t) = 1.
Proof.
  pose proof (lt_0_INR n ltac:(lia)) as npos. induction t as [| t [pos one]].
  - split; [intros i; apply Rdiv_lt_0_compat; lra |]. unfold x. simpl. rewrite sum_all_const. field. lra.
  - assert (0 < total t) as tpos
      by (apply sum_all_positive; [exact some |]; intros i; apply Rmult_lt_0_compat; [apply pos | apply exp_pos]).
    split.
    + intros i. rewrite x_next. apply Rdiv_lt_0_compat; [| exact tpos].
      apply Rmult_lt_0_compat; [apply pos | apply exp_pos].
    + rewrite (sum_all_ext n _ (fun i => / total t * (x t i * exp (- (eta * g t i)))))
        by (intros i; rewrite x_next; unfold Rdiv; ring).
      rewrite sum_all_scale. fold (total t). field. lra.
Qed.

Lemma total_pos t : 0 < total t.
Proof.
  apply sum_all_positive; [exact some |]. intros i. apply Rmult_lt_0_compat; [apply x_inside | apply exp_pos].
Qed.

(* ln total <= -eta <g, x> + (eta G)^2/2. *)
Lemma total_below t : ln (total t) <= - eta * inner (g t) (x t) + eta ^ 2 * G t ^ 2 / 2.
Proof.
  destruct (x_inside t) as [pos one]. pose proof (total_pos t).
  assert (0 <= G t) as gpos.
  { destruct n as [| m]; [lia |]. pose proof (small t Fin.F1). pose proof (Rabs_pos (g t Fin.F1)). lra. }
  rewrite <- (ln_exp (- eta * inner (g t) (x t) + eta ^ 2 * G t ^ 2 / 2)).
  assert (total t <= exp (- eta * inner (g t) (x t) + eta ^ 2 * G t ^ 2 / 2)) as less.
  { pose proof (hoeffding n (x t) (fun i => - (eta * g t i)) (eta * G t) (fun i => Rlt_le _ _ (pos i)) one) as bound.
    eapply Rle_trans; [apply bound |].
    - apply Rmult_le_pos; lra.
    - intros i. rewrite Rabs_Ropp, Rabs_mult, (Rabs_pos_eq eta) by lra. apply Rmult_le_compat_l; [lra | apply small].
    - right. f_equal. unfold inner. simpl.
      rewrite (sum_all_ext n _ (fun i => - eta * (g t i * x t i))) by (intros i; ring). rewrite sum_all_scale. field. }
  destruct less as [less | equal]; [left; apply ln_increasing; assumption | right; f_equal; exact equal].
Qed.

(* The cross entropy of u and x_t, which a step changes by eta <g, u> + ln total. *)
Let entropy (t : nat) : R := sum_all (fun i => u i * - ln (x t i)).

Lemma entropy_step t : entropy (S t) = entropy t + eta * inner (g t) u + ln (total t).
Proof.
  unfold entropy. pose proof (total_pos t) as tpos. destruct (x_inside t) as [pos _].
  rewrite (sum_all_ext n _ (fun i => (u i * - ln (x t i) + eta * (g t i * u i)) + ln (total t) * u i)).
  - rewrite !sum_all_plus, !sum_all_scale, (proj2 inside). unfold inner. simpl. ring.
  - intros i. rewrite x_next. unfold Rdiv. pose proof (exp_pos (- (eta * g t i))). pose proof (pos i).
    rewrite ln_mult, ln_mult, ln_exp, ln_Rinv; try assumption; try ring.
    + apply Rmult_lt_0_compat; assumption.
    + apply Rinv_0_lt_compat, tpos.
Qed.

Lemma entropy_start : entropy O = ln (INR n).
Proof.
  pose proof (lt_0_INR n ltac:(lia)). unfold entropy.
  rewrite (sum_all_ext n _ (fun i => ln (INR n) * u i)).
  - rewrite sum_all_scale, (proj2 inside). ring.
  - intros i. unfold x. simpl. unfold Rdiv. rewrite Rmult_1_l, ln_Rinv by assumption. ring.
Qed.

Lemma entropy_pos t : 0 <= entropy t.
Proof.
  destruct (x_inside t) as [pos one]. apply sum_all_pos. intros i. apply Rmult_le_pos; [apply inside |].
  assert (x t i <= 1) as below.
  { rewrite <- one. clear - pos. generalize dependent (x t). clear. intros v pos.
    induction n as [| m IH]; [inversion i |]. simpl.
    pose proof (sum_all_pos m (fun i => v (Fin.FS i)) (fun i => Rlt_le _ _ (pos (Fin.FS i)))).
    pattern i. apply Fin.caseS'; [lra |]. clear i. intros i.
    specialize (IH i (fun i => v (Fin.FS i)) (fun i => pos (Fin.FS i))). simpl in IH.
    pose proof (pos Fin.F1). lra. }
  destruct below as [below | equal].
  - pose proof (ln_increasing _ _ (pos i) below) as less. rewrite ln_1 in less. lra.
  - rewrite equal, ln_1. lra.
Qed.

Lemma md_entropy_run T :
  sum_below (fun t => inner (g t) (x t -: u)) T <= ln (INR n) / eta + eta / 2 * sum_below (fun t => G t ^ 2) T.
Proof.
  pose proof (sum_steps (fun t => eta * inner (g t) (x t -: u)) (fun t => eta ^ 2 / 2 * G t ^ 2) entropy T) as run.
  rewrite !sum_below_scale, entropy_start in run. pose proof (entropy_pos T).
  assert (forall t, (t < T)%nat -> eta * inner (g t) (x t -: u)
    <= entropy t - entropy (S t) + eta ^ 2 / 2 * G t ^ 2) as step.
  { intros t _. rewrite entropy_step, inner_sub_r. pose proof (total_below t). lra. }
  specialize (run step). apply Rmult_le_reg_l with eta; [exact positive |].
  replace (eta * (ln (INR n) / eta + eta / 2 * sum_below (fun t => G t ^ 2) T))
    with (ln (INR n) + eta ^ 2 / 2 * sum_below (fun t => G t ^ 2) T) by (field; lra). lra.
Qed.
End Proof.

Theorem md_entropy : md_entropy_statement.
Proof.
  intros n f g u G eta T x S slopes small inside [some positive].
  eapply Rle_trans; [apply regret_linear, slopes |]. unfold md_entropy_bound. rewrite <- INR_IZR_INZ.
  apply md_entropy_run; trivial. lia.
Qed.
