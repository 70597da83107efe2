(* The iterates of gradient descent: of the rule gd of spec/rules/gradient/gd.acsl in R^n, and in any space. *)
From Coq Require Import Reals Lra.
From Goldstep.theorems.base Require Import space.
From Spec.rules.gradient Require gd.
Local Open Scope R_scope.

(* x_0 = x0, x_{t+1} = gd_x(x_t, grad f(x_t), gamma) in each coordinate. *)
Fixpoint gd {n : nat} (grad : Rn n -> Rn n) (gamma : R) (x0 : Rn n) (t : nat) : Rn n :=
  match t with
  | O => x0
  | S t => let x := gd grad gamma x0 t in lift2 (fun x g => gd.gd_x x g gamma) x (grad x)
  end.

(* x_{t+1} = x_t - gamma grad f(x_t). *)
Fixpoint descent {X : space} (grad : X -> X) (gamma : R) (x0 : X) (t : nat) : X :=
  match t with
  | O => x0
  | S t => let x := descent grad gamma x0 t in x -: gamma *: grad x
  end.

Lemma gd_descent n grad gamma (x0 : Rn n) t : gd grad gamma x0 t = descent grad gamma x0 t.
Proof.
  induction t as [| t IH]; simpl; [reflexivity |]. rewrite IH. apply lift2_step. intros a b. unfold gd.gd_x. ring.
Qed.

(* The step is one that the specification allows. *)
Lemma gd_allowed gamma : 0 < gamma -> gd.gd_domain gamma.
Proof. unfold gd.gd_domain. lra. Qed.
