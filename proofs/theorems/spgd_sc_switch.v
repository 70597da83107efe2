(* The stochastic proximal gradient method on a strongly convex sum, a constant step and then falling ones. Garrigos &
   Gower, Handbook of convergence theorems for (stochastic) gradient methods: stochastic proximal gradient descent,
   strongly convex functions.

   Let f = (f_1 + ... + f_n)/n on R^d be mu-strongly convex, each f_i convex and L-smooth, lambda >= 0, and x* the
   minimiser of F(x) = f(x) + lambda |x|_1. Indices are drawn uniformly and independently, and
   sigma^2 = (1/n) sum ||grad f_i(xstar) - grad f(xstar)||^2. Let kappa be L/mu rounded up, and
       gamma_t = 1/(2L) for t < 4 kappa, gamma_t = (2t + 1) / ((t + 1)^2 mu) from there on.
   For every T >= 4 kappa,
       E ||x_T - x*||^2 <= 16 kappa^2 ||x_0 - x*||^2 / (e^2 T^2) + 8 sigma^2 / (mu^2 T).
   The iterates are those of the rule ista of spec/rules/gradient/ista.acsl with g the gradient of the drawn f_i. The
   lemma spgd_sc_switch_run is for any convex h in place of lambda |.|_1, in any space. *)
From Coq Require Fin.
From Coq Require Import Reals Lra Psatz Lia List ZArith.
From Goldstep.theorems.base Require Import space functions sums expectation prox averaging switching.
From Goldstep.theorems.base Require Import proximal_gradient stochastic_proximal.
From Spec.theorems Require Import spgd_sc_switch.
Local Open Scope R_scope.

Definition spgd_sc_switch_statement : Prop :=
  forall (d n : nat) (fi : Fin.t n -> Rn d -> R) (gi : Fin.t n -> Rn d -> Rn d) (mu L lambda : R)
         (x0 xstar : Rn d) (T : nat),
  (1 <= n)%nat -> (forall i, convex (fi i)) -> (forall i, smooth L (fi i) (gi i)) ->
  strongly_convex mu (mean_function fi) -> minimiser (l1_composite (mean_function fi) lambda) xstar ->
  spgd_sc_switch_domain mu L lambda -> spgd_sc_switch_start mu L <= INR T ->
  let gamma := fun t => spgd_sc_switch_gamma (Z.of_nat t) mu L in
  expect T (fun past => norm2 (prox_sgd gi gamma lambda x0 past -: xstar))
  <= spgd_sc_switch_bound (Z.of_nat T) mu L (norm2 (x0 -: xstar)) (composite_noise gi xstar).

Section Proof.
Context {X : space} {n : nat} (C : X -> Prop) (fi : Fin.t n -> X -> R) (gi : Fin.t n -> X -> X) (h : X -> R)
  (P : R -> X -> X) (mu L : R) (x0 xstar : X).
Hypothesis some : (1 <= n)%nat.
Hypothesis convexes : forall i, convex (fi i).
Hypothesis smooths : forall i, smooth L (fi i) (gi i).
Hypothesis cvx : strongly_convex mu (mean_function fi).
Hypothesis hconvex : convex_on C h.
Hypothesis operator : prox_operator C h P.
Hypothesis least : minimiser_on C (fun x => mean_function fi x + h x) xstar.
Hypothesis order : 0 < mu <= L.

Let noise : R := composite_noise gi xstar.
Context (kappa : nat).
Hypothesis above : L <= mu * INR kappa.
Hypothesis below : mu * INR kappa <= 2 * L.

Context (gamma : nat -> R).
Hypothesis early : forall t, (t < 4 * kappa)%nat -> gamma t = 1 / (2 * L).
Hypothesis late : forall t, (4 * kappa <= t)%nat -> gamma t = (2 * INR t + 1) / (mu * INR (S t) * INR (S t)).

Lemma kappa_pos : 1 <= INR kappa.
Proof. apply Rmult_le_reg_l with mu; lra. Qed.

Lemma switch_pos t : 0 < gamma t.
Proof.
  destruct (Nat.lt_ge_cases t (4 * kappa)) as [less | more].
  - rewrite early by exact less. apply Rdiv_lt_0_compat; lra.
  - rewrite late by exact more. pose proof (pos_INR t). pose proof (lt_0_INR (S t) ltac:(lia)).
    apply Rdiv_lt_0_compat; [lra |]. repeat apply Rmult_lt_0_compat; lra.
Qed.

Lemma late_below t : (4 * kappa <= t)%nat -> gamma t <= 1 / (2 * L).
Proof.
  intros more. rewrite late by exact more. apply le_INR in more. rewrite mult_INR in more. simpl in more.
  pose proof (pos_INR t). rewrite S_INR. set (k := INR t) in *. pose proof kappa_pos.
  assert (0 < mu * (k + 1)) by (apply Rmult_lt_0_compat; lra).
  assert (0 < mu * (k + 1) * (k + 1)) by (apply Rmult_lt_0_compat; lra).
  apply Rmult_le_reg_r with (mu * (k + 1) * (k + 1) * (2 * L)); [apply Rmult_lt_0_compat; lra |].
  replace ((2 * k + 1) / (mu * (k + 1) * (k + 1)) * (mu * (k + 1) * (k + 1) * (2 * L))) with (2 * L * (2 * k + 1))
    by (field; lra).
  replace (1 / (2 * L) * (mu * (k + 1) * (k + 1) * (2 * L))) with (mu * (k + 1) * (k + 1)) by (field; lra).
  (* mu (k + 1) >= 4 mu kappa >= 4 L. *)
  assert (mu * (4 * INR kappa) <= mu * k) by (apply Rmult_le_compat_l; lra).
  assert (4 * L * (k + 1) <= mu * (k + 1) * (k + 1)) by (apply Rmult_le_compat_r; lra). lra.
Qed.

Lemma spgd_sc_switch_run T : (4 * kappa <= T)%nat ->
  expect T (fun past => norm2 (proximal_run P gi gamma x0 past -: xstar))
  <= 16 * (INR kappa * INR kappa) * norm2 (x0 -: xstar) / (exp 2 * INR T * INR T) + 8 * noise / (mu * mu * INR T).
Proof.
  intros long. pose proof kappa_pos as one. pose proof (composite_noise_nonneg gi xstar) as noisy. fold noise in noisy.
  set (r := fun t => expect t (fun past => norm2 (proximal_run P gi gamma x0 past -: xstar))).
  set (K := INR kappa) in *. set (s := (4 * kappa)%nat) in *.
  assert (INR s = 4 * K) as start by (unfold s; rewrite mult_INR; simpl; fold K; ring).
  (* t^2 r_t grows by at most 8 sigma^2 / mu^2 from 4 kappa on. *)
  assert (grow : forall k, INR (s + k) ^ 2 * r (s + k)%nat <= INR s ^ 2 * r s + INR k * (8 * noise / (mu * mu))).
  { induction k as [| k IH]; [rewrite Nat.add_0_r; simpl; lra |]. rewrite Nat.add_succ_r, (S_INR k).
    set (t := (s + k)%nat) in *. assert (s <= t)%nat as past_switch by (unfold t; lia).
    pose proof (proximal_distance_run C fi gi h P mu L xstar some convexes smooths cvx hconvex operator least
      ltac:(lra) gamma x0 switch_pos t (late_below t past_switch)) as once.
    fold noise (r t) (r (S t)) in once. rewrite late in once by exact past_switch. pose proof (pos_INR t).
    rewrite S_INR in *. set (j := INR t) in *.
    apply Rmult_le_compat_l with (r := (j + 1) ^ 2) in once; [| apply pow2_ge_0].
    replace ((j + 1) ^ 2 * ((1 - (2 * j + 1) / (mu * (j + 1) * (j + 1)) * mu) * r t
             + 2 * ((2 * j + 1) / (mu * (j + 1) * (j + 1))) ^ 2 * noise))
      with (j ^ 2 * r t + 8 * noise / (mu * mu) * ((2 * j + 1) / (2 * j + 2)) ^ 2) in once by (field; lra).
    assert (((2 * j + 1) / (2 * j + 2)) ^ 2 <= 1) as small.
    { assert (0 <= (2 * j + 1) / (2 * j + 2) <= 1); [| nra]. split; [apply Rle_mult_inv_pos; lra |].
      apply Rmult_le_reg_r with (2 * j + 2); [lra |]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra. }
    assert (0 <= 8 * noise / (mu * mu)) as pos by (apply Rle_mult_inv_pos; [lra | apply Rmult_lt_0_compat; lra]).
    apply Rmult_le_compat_l with (r := 8 * noise / (mu * mu)) in small; [| exact pos]. lra. }
  (* r at 4 kappa is at most e^-2 r_0 + sigma^2 / (L mu). *)
  assert (r s <= exp (-2) * r O + noise / (L * mu)) as first.
  { pose proof (proximal_const_run C fi gi h P mu L x0 xstar some convexes smooths cvx hconvex operator least order
      gamma (1 / (2 * L)) s switch_pos) as run.
    assert (0 < 1 / (2 * L)) by (apply Rdiv_lt_0_compat; lra).
    specialize (run ltac:(lra) (fun t less => early t less)). fold (r s) noise in run.
    change (norm2 (x0 -: xstar)) with (r O) in run.
    replace (2 * (1 / (2 * L)) / mu * noise) with (noise / (L * mu)) in run by (field; lra).
    assert ((1 - 1 / (2 * L) * mu) ^ s <= exp (-2)) as decay.
    { apply pow_exp.
      - assert (1 / (2 * L) * mu <= 1); [| lra]. apply Rmult_le_reg_l with (2 * L); [lra |].
        replace (2 * L * (1 / (2 * L) * mu)) with mu by (field; lra). lra.
      - rewrite start. replace (4 * K * (1 / (2 * L) * mu)) with (2 * (mu * K / L)) by (field; lra).
        assert (1 <= mu * K / L); [| lra].
        apply Rmult_le_reg_r with L; [lra |]. replace (mu * K / L * L) with (mu * K) by (field; lra). lra. }
    assert (0 <= r O) by apply norm2_pos.
    apply Rmult_le_compat_r with (r := r O) in decay; [lra | assumption]. }
  specialize (grow (T - s)%nat). replace (s + (T - s))%nat with T in grow by lia.
  rewrite minus_INR in grow by exact long. rewrite start in *.
  assert (4 * K <= INR T) as after by (rewrite <- start; apply le_INR; exact long).
  apply Rmult_le_compat_l with (r := (4 * K) ^ 2) in first; [| apply pow2_ge_0].
  (* 16 kappa^2 / (L mu) <= 4 kappa * 8 / mu^2. *)
  assert ((4 * K) ^ 2 * (noise / (L * mu)) <= 4 * K * (8 * noise / (mu * mu))) as paid.
  { replace (4 * K * (8 * noise / (mu * mu))) with (16 * K * noise / (L * mu * mu) * (2 * L)) by (field; lra).
    replace ((4 * K) ^ 2 * (noise / (L * mu))) with (16 * K * noise / (L * mu * mu) * (mu * K)) by (field; lra).
    apply Rmult_le_compat_l; [| exact below]. apply Rle_mult_inv_pos; [apply Rmult_le_pos; lra |].
    repeat apply Rmult_lt_0_compat; lra. }
  change (r T <= 16 * (K * K) * r O / (exp 2 * INR T * INR T) + 8 * noise / (mu * mu * INR T)).
  pose proof (exp_pos 2) as e.
  assert (exp (-2) = / exp 2) as inverse by (rewrite <- exp_Ropp; f_equal; ring). rewrite inverse in first.
  assert (0 < INR T ^ 2) by (apply pow_lt; lra).
  apply Rmult_le_reg_l with (INR T ^ 2); [assumption |].
  replace (INR T ^ 2 * (16 * (K * K) * r O / (exp 2 * INR T * INR T) + 8 * noise / (mu * mu * INR T)))
    with ((4 * K) ^ 2 * (/ exp 2 * r O) + INR T * (8 * noise / (mu * mu))) by (field; lra).
  lra.
Qed.
End Proof.

Theorem spgd_sc_switch : spgd_sc_switch_statement.
Proof.
  unfold spgd_sc_switch_statement, spgd_sc_switch_domain. cbv zeta.
  intros d n fi gi mu L lambda x0 xstar T some convexes smooths cvx least domain after.
  assert (1 <= L / mu) as ratio.
  { apply Rmult_le_reg_r with mu; [lra |]. replace (L / mu * mu) with L by (field; lra). lra. }
  destruct (ceiling_nat 1 (L / mu) ltac:(lra)) as [kappa [equal _]]. simpl INR in equal. rewrite Rmult_1_l in equal.
  assert (L / mu <= INR kappa <= 2 * (L / mu)) as between by (pose proof (ceiling (L / mu)); lra).
  assert (L / mu * mu = L) as back by (field; lra).
  assert (start : forall t, spgd_sc_switch_start mu L <= INR t <-> (4 * kappa <= t)%nat).
  { intros t. unfold spgd_sc_switch_start, spgd_sc_switch_ceiling. rewrite <- equal.
    replace (4 * INR kappa) with (INR (4 * kappa)) by (rewrite mult_INR; simpl; ring).
    split; [apply INR_le | apply le_INR]. }
  unfold spgd_sc_switch_bound, spgd_sc_switch_ceiling. cbv zeta.
  rewrite prox_sgd_proximal, mult_IZR, <- INR_IZR_INZ, <- equal.
  replace (exp 2 * (INR T * INR T)) with (exp 2 * INR T * INR T) by ring.
  apply (spgd_sc_switch_run everywhere fi gi (fun x => lambda * norm1 x)) with (L := L); auto; try tauto.
  - apply convex_everywhere, norm1_convex. tauto.
  - apply soft_threshold_prox. tauto.
  - apply minimiser_everywhere. assumption.
  - rewrite <- back at 1. rewrite Rmult_comm. apply Rmult_le_compat_l; lra.
  - rewrite <- back. replace (2 * (L / mu * mu)) with (mu * (2 * (L / mu))) by ring. apply Rmult_le_compat_l; lra.
  - intros t less. unfold spgd_sc_switch_gamma. rewrite <- INR_IZR_INZ. destruct Rlt_dec as [| no]; [reflexivity |].
    apply Rnot_lt_le, start in no. lia.
  - intros t more. apply start in more. unfold spgd_sc_switch_gamma. rewrite <- INR_IZR_INZ.
    destruct Rlt_dec; [lra |]. rewrite plus_IZR, !mult_IZR, IZR_succ, <- INR_IZR_INZ. f_equal. ring.
  - apply start, after.
Qed.
