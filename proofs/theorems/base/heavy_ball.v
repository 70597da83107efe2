(* The iterates of heavy ball: in R^n of the rule of spec/rules/gradient/heavy_ball.acsl, and in any space. *)
From Coq Require Import Reals Lra FunctionalExtensionality.
From Goldstep.theorems.base Require Import space.
From Spec.rules.gradient Require heavy_ball.
Local Open Scope R_scope.

(* From a state (x, x_prev): heavy_ball_x and heavy_ball_x_prev in each coordinate. *)
Fixpoint heavy_ball_state {n : nat} (grad : Rn n -> Rn n) (gamma beta : R) (start : Rn n * Rn n) (t : nat)
  : Rn n * Rn n :=
  match t with
  | O => start
  | S t => let (x, x_prev) := heavy_ball_state grad gamma beta start t in
           (lift3 (fun x g x_prev => heavy_ball.heavy_ball_x x g x_prev gamma beta) x (grad x) x_prev,
            fun i => heavy_ball.heavy_ball_x_prev (x i))
  end.

(* The rule begins with x_prev = x. *)
Definition heavy_ball {n : nat} (grad : Rn n -> Rn n) (gamma beta : R) (x0 : Rn n) (t : nat) : Rn n :=
  fst (heavy_ball_state grad gamma beta (x0, x0) t).

(* x_{t+1} = x_t - gamma grad f(x_t) + beta (x_t - x_{t-1}), with the pair of x_t and x_{t-1}. *)
Fixpoint momentum {X : space} (grad : X -> X) (gamma beta : R) (start : X * X) (t : nat) : X * X :=
  match t with
  | O => start
  | S t => let (x, x_prev) := momentum grad gamma beta start t in
           (x -: gamma *: grad x +: beta *: (x -: x_prev), x)
  end.

Lemma heavy_ball_state_momentum n grad gamma beta (start : Rn n * Rn n) t :
  heavy_ball_state grad gamma beta start t = momentum grad gamma beta start t.
Proof.
  induction t as [| t IH]; cbn [heavy_ball_state momentum]; [reflexivity |]. rewrite IH.
  destruct (momentum grad gamma beta start t) as [x x_prev].
  assert (step : lift3 (fun x g x_prev => heavy_ball.heavy_ball_x x g x_prev gamma beta) x (grad x) x_prev
                 = x -: gamma *: grad x +: beta *: (x -: x_prev)).
  { by_coordinate. unfold heavy_ball.heavy_ball_x. ring. }
  rewrite step. reflexivity.
Qed.

Lemma heavy_ball_momentum n grad gamma beta (x0 : Rn n) t :
  heavy_ball grad gamma beta x0 t = fst (momentum grad gamma beta (x0, x0) t).
Proof. unfold heavy_ball. rewrite heavy_ball_state_momentum. reflexivity. Qed.
