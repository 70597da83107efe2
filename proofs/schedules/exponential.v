(* Facts of the exponential schedule over many steps. *)
Require Import Reals Lra Lia ZArith.
Require Import Spec.schedules.exponential Goldstep.schedules.sums.
Open Scope R_scope.

(* The specification's own hyperparameters meet what is asked for below. *)
Example defaults : exponential_domain (1 / 10) (9 / 10) /\ 0 < 1 / 10 /\ 9 / 10 < 1.
Proof. unfold exponential_domain. lra. Qed.

(* Each rate is gamma times the last one: what ExponentialLR.get_lr computes. *)
Theorem exponential_next (lr gamma : R) (k : Z) :
  exponential_domain lr gamma -> exponential_lr (k + 1) lr gamma = gamma * exponential_lr k lr gamma.
Proof.
  unfold exponential_domain, exponential_lr. intros [_ Hgamma]. rewrite powerRZ_add, powerRZ_1 by lra. ring.
Qed.

(* It falls strictly. *)
Theorem exponential_decreasing (lr gamma : R) (k m : Z) :
  exponential_domain lr gamma -> 0 < lr -> gamma < 1 -> (0 <= k < m)%Z ->
  exponential_lr m lr gamma < exponential_lr k lr gamma.
Proof.
  intros domain Hlr less Hk. apply (falls_by_steps (fun k => exponential_lr k lr gamma) m); [| lia | lia].
  intros j _. rewrite exponential_next by exact domain. destruct domain as [_ Hgamma].
  assert (0 < exponential_lr j lr gamma) by (apply Rmult_lt_0_compat; [exact Hlr | apply powerRZ_lt, Hgamma]).
  nra.
Qed.

(* T steps add up to lr (1 - gamma^T) / (1 - gamma). *)
Theorem exponential_sum (lr gamma : R) (T : nat) :
  exponential_domain lr gamma -> gamma <> 1 ->
  sum (fun k => exponential_lr k lr gamma) T = lr * (1 - gamma ^ T) / (1 - gamma).
Proof.
  intros _ Hgamma. induction T as [| T IH]; [cbn; field; lra |].
  rewrite sum_next, IH. unfold exponential_lr. rewrite <- pow_powerRZ. cbn [pow]. field. lra.
Qed.
