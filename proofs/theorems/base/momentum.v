(* The iterates of gradient descent with momentum in R^d, in three forms: the iterate moving average, Polyak's heavy
   ball and PyTorch's buffer. The gradient of the step t is g t at the iterate: g may draw an index at each t. *)
From Coq Require Fin.
From Coq Require Import Reals Lra Lia.
From Goldstep.theorems.base Require Import space.
From Spec.rules.gradient Require heavy_ball sgdm_torch.
Local Open Scope R_scope.

(* emitted rule *)
Definition sgdm_ima_domain (p_lr : R) (p_lambda : R) : Prop :=
  (0 <= p_lr) /\ (0 <= p_lambda).
Definition sgdm_ima_z (p_z : R) (p_g : R) (p_lr : R) : R :=
  p_z - (p_lr * p_g).
Definition sgdm_ima_x (p_x : R) (p_z_next : R) (p_lambda : R) : R :=
  ((p_lambda * p_x) + p_z_next) / (p_lambda + 1).
(* end *)

(* One step of the rule sgdm_ima on the state (x, z), for the gradient g at x. *)
Definition ima_step {d : nat} (eta lambda : R) (g : Rn d) (state : Rn d * Rn d) : Rn d * Rn d :=
  let (x, z) := state in
  let z_next := lift2 (fun z g => sgdm_ima_z z g eta) z g in
  (lift2 (fun x z => sgdm_ima_x x z lambda) x z_next, z_next).

(* Iterate moving average: (x, z) after t steps, with z = x at the start; the step at t has lambda_{t+1}. *)
Fixpoint ima {d : nat} (g : nat -> Rn d -> Rn d) (eta : R) (lambda : nat -> R) (x0 : Rn d) (t : nat) : Rn d * Rn d :=
  match t with
  | O => (x0, x0)
  | S t => let state := ima g eta lambda x0 t in ima_step eta (lambda (S t)) (g t (fst state)) state
  end.

(* Heavy ball: (x, the last x), the same at the start. *)
Fixpoint heavy_ball {d : nat} (g : nat -> Rn d -> Rn d) (gamma beta : nat -> R) (x0 : Rn d) (t : nat) : Rn d * Rn d :=
  match t with
  | O => (x0, x0)
  | S t => let (x, x_prev) := heavy_ball g gamma beta x0 t in
           (lift3 (fun x g x_prev => heavy_ball.heavy_ball_x x g x_prev (gamma t) (beta t)) x (g t x) x_prev,
            fun i => heavy_ball.heavy_ball_x_prev (x i))
  end.

(* PyTorch's SGD without dampening, weight decay and Nesterov's form: (x, buffer). *)
Fixpoint buffer {d : nat} (g : nat -> Rn d -> Rn d) (gamma momentum : nat -> R) (x0 : Rn d) (t : nat) : Rn d * Rn d :=
  match t with
  | O => (x0, zero)
  | S t => let (x, b) := buffer g gamma momentum x0 t in
           let b_next :=
             lift3 (fun x g b => sgdm_torch.sgdm_torch_b x g b (Z.of_nat (S t)) (momentum t) 0 0) x (g t x) b in
           (lift3 (fun x g b => sgdm_torch.sgdm_torch_x x g b (gamma t) (momentum t) 0 0) x (g t x) b_next, b_next)
  end.

(* The step in the words of the space. *)
Lemma ima_step_points {d : nat} eta lambda (g x z : Rn d) : 0 <= lambda ->
  ima_step eta lambda g (x, z)
  = ((1 / (lambda + 1)) *: (lambda *: x +: (z -: eta *: g)), z -: eta *: g).
Proof.
  intros nonneg. unfold ima_step.
  assert (lift2 (fun z g => sgdm_ima_z z g eta) z g = z -: eta *: g) as ->.
  { apply lift2_step. intros. unfold sgdm_ima_z. ring. }
  f_equal. by_coordinate. unfold sgdm_ima_x. field. lra.
Qed.
