(* The iterates of stochastic gradient descent on a finite sum. *)
From Coq Require Fin.
From Coq Require Import Reals Lra Lia List.
From Goldstep.theorems.base Require Import space functions expectation.
From Spec.rules.gradient Require sgd.
Local Open Scope R_scope.

(* The iterate after the draws of a history: x_0 = x0, x_{t+1} = sgd_x(x_t, grad f_i(x_t), gamma_t) in each coordinate,
   for the index i drawn at t. *)
Definition sgd {d n : nat} (gi : Fin.t n -> Rn d -> Rn d) (gamma : nat -> R) (x0 : Rn d) (past : history n) : Rn d :=
  run (fun t i x => lift2 (fun x g => sgd.sgd_x x g (gamma t)) x (gi i x)) x0 past.

(* x_{t+1} = x_t - gamma_t grad f_i(x_t). *)
Definition stochastic_descent {X : space} {n : nat} (gi : Fin.t n -> X -> X) (gamma : nat -> R) (x0 : X)
  (past : history n) : X :=
  run (fun t i x => x -: gamma t *: gi i x) x0 past.

Lemma sgd_descent {d n : nat} (gi : Fin.t n -> Rn d -> Rn d) gamma x0 past :
  sgd gi gamma x0 past = stochastic_descent gi gamma x0 past.
Proof.
  apply run_ext. intros t i x. apply lift2_step. intros a b. unfold sgd.sgd_x. ring.
Qed.
