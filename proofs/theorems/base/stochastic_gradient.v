(* The iterates of stochastic gradient descent on a finite sum, and its expected step. *)
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

Section Step.
Context {X : space} {n : nat} (fi : Fin.t n -> X -> R) (gi : Fin.t n -> X -> X) (mu L : R) (xstar : X).
Hypothesis some : (1 <= n)%nat.
Hypothesis convexes : forall i, convex (fi i).
Hypothesis smooths : forall i, smooth L (fi i) (gi i).
Hypothesis cvx : strongly_convex mu (mean_function fi).
Hypothesis least : minimiser (mean_function fi) xstar.
Hypothesis positive : 0 < L.

(* mean ||x' - x*||^2 <= (1 - gamma mu) ||x - x*||^2 - 2 gamma (1 - 2 gamma L) (f(x) - min f) + 2 gamma^2 sigma^2;
   mu = 0 for f convex only. *)
Lemma sgd_expected_step x gamma : 0 <= gamma ->
  mean (fun i => norm2 (x -: gamma *: gi i x -: xstar))
  <= (1 - gamma * mu) * norm2 (x -: xstar)
     - 2 * gamma * (1 - 2 * gamma * L) * (mean_function fi x - mean_function fi xstar)
     + 2 * gamma ^ 2 * gradient_noise gi xstar.
Proof.
  intros nonneg. rewrite mean_step by exact some.
  pose proof (lem_var_grad L fi gi xstar some positive convexes smooths least x) as noise.
  apply Rmult_le_compat_l with (r := gamma ^ 2) in noise; [| apply pow2_ge_0].
  pose proof (strongly_convex_first_order mu _ _ cvx (mean_gradient_is_gradient fi gi (fun i => proj1 (smooths i)))
    x xstar) as above.
  rewrite norm2_sub_sym in above. replace (xstar -: x) with ((-1) *: (x -: xstar)) in above by same_point.
  rewrite inner_scale_r in above. apply Rmult_le_compat_l with (r := 2 * gamma) in above; [| lra].
  fold (mean_gradient gi x). lra.
Qed.
End Step.
