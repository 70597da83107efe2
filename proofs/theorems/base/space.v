(* Real inner-product spaces, and R^n as one of them.

   Guide for the author of a theorem file proofs/theorems/NAME.v (gd_convex.v is the model):
   - Import: From Coq Require Import Reals Lra Psatz Lia.
     From Goldstep.theorems.base Require Import space functions sums
     (and expectation, where there is sampling: sgd_sc_const.v is the model). From Spec.rules.FAMILY Require RULE.
     From Spec.theorems Require Import ID. Local Open Scope R_scope. ID_domain and ID_bound are emitted from
     spec/theorems/ID.acsl: the statement is about these.
   - Points: x +: y, x -: y, a *: x (a real, x a point), zero, inner x y, norm2 x = inner x x, norm x = sqrt (norm2 x).
     A space is (X : space), and X is the type of its points as well; R^n is (Rn n), a point of it is Fin.t n -> R.
   - "expand." rewrites each inner product and squared norm of the goal and of the (in)equalities among hypotheses
     into a polynomial in "inner a b" of atoms, one of inner a b and inner b a only; then lra, nra, ring or field ends.
     It goes inside f and grad too: first name what must stay, as in set (next := f (x -: gamma *: g)) in *.
   - "same_point." proves an equality of two linear combinations of points; where a division has to be cleared,
     same_point_by ltac:(field; lra).
   - Layout: a comment with the source and the sentence in English; the iterates in R^n by the emitted rule, applied
     to each coordinate, lift2 (fun x g => gd_x x g gamma), unless a file of base/ has them (gradient_descent.v);
     ID_statement, in R^n, before all proofs; a Section over any space X with the proof for x -: gamma *: g;
     Theorem ID : ID_statement.
   - Hypotheses are the named classes of functions.v; T counts steps: nat, INR T in bounds
     (INR_IZR_INZ takes it to the Z of the emitted bounds). No new axioms.
   - In comments write min f or xstar: an x with a star before a closing parenthesis ends the comment. *)
From Coq Require Fin.
From Coq Require Import Reals Lra Psatz Lia FunctionalExtensionality.
Local Open Scope R_scope.

(* A real vector space with an inner product. *)
Record space := Space {
  point :> Type;
  zero : point;
  add : point -> point -> point;
  scale : R -> point -> point;
  inner : point -> point -> R;
  add_comm : forall x y, add x y = add y x;
  add_assoc : forall x y z, add x (add y z) = add (add x y) z;
  add_zero : forall x, add x zero = x;
  add_opposite : forall x, add x (scale (-1) x) = zero;
  scale_one : forall x, scale 1 x = x;
  scale_scale : forall a b x, scale a (scale b x) = scale (a * b) x;
  scale_add : forall a x y, scale a (add x y) = add (scale a x) (scale a y);
  scale_plus : forall a b x, scale (a + b) x = add (scale a x) (scale b x);
  inner_sym : forall x y, inner x y = inner y x;
  inner_add_l : forall x y z, inner (add x y) z = inner x z + inner y z;
  inner_scale_l : forall a x y, inner (scale a x) y = a * inner x y;
  inner_pos : forall x, 0 <= inner x x;
  inner_definite : forall x, inner x x = 0 -> x = zero }.

Arguments zero {_}.
Arguments add {_} _ _.
Arguments scale {_} _ _.
Arguments inner {_} _ _.
Arguments inner_sym {_} _ _.
Arguments inner_pos {_} _.
Arguments inner_definite {_} _ _.

Definition sub {X : space} (x y : X) : X := add x (scale (-1) y).
Definition norm2 {X : space} (x : X) : R := inner x x.
Definition norm {X : space} (x : X) : R := sqrt (norm2 x).

Notation "x +: y" := (add x y) (at level 50, left associativity).
Notation "x -: y" := (sub x y) (at level 50, left associativity).
Notation "a *: x" := (scale a x) (at level 40, left associativity).

Section Expansion.
Context {X : space}.
Implicit Types x y z : X.

Lemma inner_add_r x y z : inner x (y +: z) = inner x y + inner x z.
Proof. rewrite inner_sym, inner_add_l, (inner_sym y), (inner_sym z); reflexivity. Qed.

Lemma inner_scale_r a x y : inner x (a *: y) = a * inner x y.
Proof. rewrite inner_sym, inner_scale_l, (inner_sym y); reflexivity. Qed.

Lemma inner_sub_l x y z : inner (x -: y) z = inner x z - inner y z.
Proof. unfold sub; rewrite inner_add_l, inner_scale_l; ring. Qed.

Lemma inner_sub_r x y z : inner x (y -: z) = inner x y - inner x z.
Proof. unfold sub; rewrite inner_add_r, inner_scale_r; ring. Qed.

Lemma inner_zero_l x : inner zero x = 0.
Proof. rewrite <- (add_opposite X x), inner_add_l, inner_scale_l; ring. Qed.

Lemma inner_zero_r x : inner x zero = 0.
Proof. rewrite inner_sym; apply inner_zero_l. Qed.
End Expansion.

Global Hint Rewrite @inner_add_l @inner_add_r @inner_sub_l @inner_sub_r @inner_scale_l @inner_scale_r
  @inner_zero_l @inner_zero_r : expand.

(* One of inner a b and inner b a, in the goal and in the hypotheses. *)
Ltac one_order :=
  repeat match goal with
  | |- context [inner ?a ?b] => tryif constr_eq a b then fail else
      match goal with
      | |- context [inner b a] => rewrite (inner_sym b a)
      | H : context [inner b a] |- _ => rewrite (inner_sym b a) in H
      end
  | H : context [inner ?a ?b] |- _ => tryif constr_eq a b then fail else
      match goal with
      | K : context [inner b a] |- _ => rewrite (inner_sym b a) in K
      end
  end.

Ltac expand_in H := unfold norm2 in H; autorewrite with expand in H.

Ltac expand :=
  unfold norm2; autorewrite with expand;
  repeat match goal with
  | H : context [norm2 _] |- _ =>
      match type of H with
      | _ <= _ => expand_in H | _ < _ => expand_in H | _ = _ :> R => expand_in H
      | _ >= _ => expand_in H | _ > _ => expand_in H
      end
  end;
  repeat match goal with
  | H : ?P |- _ =>
      match P with
      | context [inner (_ +: _) _] => idtac | context [inner (_ -: _) _] => idtac | context [inner (_ *: _) _] => idtac
      | context [inner _ (_ +: _)] => idtac | context [inner _ (_ -: _)] => idtac | context [inner _ (_ *: _)] => idtac
      | context [inner zero _] => idtac | context [inner _ zero] => idtac
      end;
      match P with
      | _ <= _ => idtac | _ < _ => idtac | _ = _ :> R => idtac | _ >= _ => idtac | _ > _ => idtac
      end;
      progress autorewrite with expand in H
  end;
  one_order.

Section Geometry.
Context {X : space}.
Implicit Types x y z : X.

Lemma norm2_pos x : 0 <= norm2 x.
Proof. apply inner_pos. Qed.

(* Two points are equal when their difference has norm 0. *)
Lemma point_equal x y : norm2 (x -: y) = 0 -> x = y.
Proof.
  intros equal. apply inner_definite in equal. unfold sub in equal.
  rewrite <- (add_zero X y), <- equal, (add_comm X x), (add_assoc X), (add_opposite X), (add_comm X).
  symmetry; apply add_zero.
Qed.
End Geometry.

Ltac same_point_by tactic := apply point_equal; expand; tactic.
Ltac same_point := same_point_by ltac:(ring).

Section Inequalities.
Context {X : space}.
Implicit Types x y z : X.

Lemma norm_pos x : 0 <= norm x.
Proof. apply sqrt_pos. Qed.

Lemma norm_square x : norm x * norm x = norm2 x.
Proof. apply sqrt_sqrt, norm2_pos. Qed.

Lemma norm2_scale a x : norm2 (a *: x) = a ^ 2 * norm2 x.
Proof. expand; ring. Qed.

Lemma norm2_sub_sym x y : norm2 (x -: y) = norm2 (y -: x).
Proof. expand; ring. Qed.

Lemma norm_sub_sym x y : norm (x -: y) = norm (y -: x).
Proof. unfold norm; rewrite norm2_sub_sym; reflexivity. Qed.

Lemma norm_scale a x : norm (a *: x) = Rabs a * norm x.
Proof.
  unfold norm. rewrite norm2_scale, sqrt_mult by (apply norm2_pos || apply pow2_ge_0).
  rewrite <- (sqrt_Rsqr_abs a); unfold Rsqr; f_equal; f_equal; ring.
Qed.

Lemma norm2_zero : norm2 (zero : X) = 0.
Proof. expand; ring. Qed.

Lemma norm2_definite x : norm2 x = 0 -> x = zero.
Proof. apply inner_definite. Qed.

(* Squared norms are compared as norms are. *)
Lemma norm_le x y : norm x <= norm y <-> norm2 x <= norm2 y.
Proof.
  split; intros less.
  - rewrite <- !norm_square. pose proof (norm_pos x). apply Rmult_le_compat; lra.
  - apply sqrt_le_1_alt, less.
Qed.

Lemma norm_le_square x a : norm x <= a -> norm2 x <= a ^ 2.
Proof. intros less. rewrite <- norm_square. pose proof (norm_pos x). nra. Qed.

Lemma square_norm_le x a : 0 <= a -> norm2 x <= a ^ 2 -> norm x <= a.
Proof. intros pos less. rewrite <- norm_square in less. pose proof (norm_pos x). nra. Qed.

Lemma cauchy_schwarz_square x y : inner x y ^ 2 <= norm2 x * norm2 y.
Proof.
  destruct (Req_dec (norm2 y) 0) as [null | some].
  - apply norm2_definite in null. subst y. expand. lra.
  - pose proof (norm2_pos y) as pos.
    pose proof (norm2_pos (norm2 y *: x -: inner x y *: y)) as square.
    assert (0 < norm2 y) by lra. clear some pos.
    replace (norm2 (norm2 y *: x -: inner x y *: y)) with (norm2 y * (norm2 x * norm2 y - inner x y ^ 2)) in square
      by (expand; ring).
    apply Rmult_le_reg_l with (norm2 y); lra.
Qed.

Lemma cauchy_schwarz_abs x y : Rabs (inner x y) <= norm x * norm y.
Proof.
  pose proof (cauchy_schwarz_square x y) as square. rewrite <- !norm_square in square.
  assert (0 <= norm x * norm y) by (apply Rmult_le_pos; apply norm_pos).
  unfold Rabs; destruct Rcase_abs; nra.
Qed.

Lemma cauchy_schwarz x y : inner x y <= norm x * norm y.
Proof. eapply Rle_trans; [apply Rle_abs | apply cauchy_schwarz_abs]. Qed.

Lemma triangle x y : norm (x +: y) <= norm x + norm y.
Proof.
  pose proof (norm_pos x). pose proof (norm_pos y). apply square_norm_le; [lra |].
  pose proof (cauchy_schwarz x y). pose proof (norm_square x) as Hx. pose proof (norm_square y) as Hy.
  replace (norm2 (x +: y)) with (norm2 x + 2 * inner x y + norm2 y) by (expand; ring). nra.
Qed.

Lemma triangle_sub x y z : norm (x -: z) <= norm (x -: y) + norm (y -: z).
Proof. replace (x -: z) with ((x -: y) +: (y -: z)) by same_point. apply triangle. Qed.

(* ||x + y||^2 <= 2 ||x||^2 + 2 ||y||^2. *)
Lemma norm2_add_le x y : norm2 (x +: y) <= 2 * norm2 x + 2 * norm2 y.
Proof. pose proof (norm2_pos (x -: y)). expand. lra. Qed.

(* Young: 2 <x, y> <= a ||x||^2 + ||y||^2 / a. *)
Lemma young a x y : 0 < a -> 2 * inner x y <= a * norm2 x + norm2 y / a.
Proof.
  intros pos. pose proof (norm2_pos (a *: x -: y)) as square.
  replace (a * norm2 x + norm2 y / a) with (norm2 (a *: x -: y) / a + 2 * inner x y) by (expand; field; lra).
  assert (0 <= norm2 (a *: x -: y) / a) by (apply Rle_mult_inv_pos; lra). lra.
Qed.

(* ||(1-t) x + t y||^2 = (1-t) ||x||^2 + t ||y||^2 - t (1-t) ||x - y||^2. *)
Lemma norm2_between t x y :
  norm2 ((1 - t) *: x +: t *: y) = (1 - t) * norm2 x + t * norm2 y - t * (1 - t) * norm2 (x -: y).
Proof. expand; ring. Qed.
End Inequalities.

(* The sum of f over an index set of n elements. *)
Fixpoint sum_all {n : nat} : (Fin.t n -> R) -> R :=
  match n with
  | O => fun _ => 0
  | S m => fun f => f Fin.F1 + sum_all (fun i => f (Fin.FS i))
  end.

Lemma sum_all_ext n (f g : Fin.t n -> R) : (forall i, f i = g i) -> sum_all f = sum_all g.
Proof. induction n; simpl; intros equal; [reflexivity |]. rewrite equal, (IHn _ (fun i => g (Fin.FS i))); auto. Qed.

Lemma sum_all_plus n (f g : Fin.t n -> R) : sum_all (fun i => f i + g i) = sum_all f + sum_all g.
Proof. induction n; simpl; [ring | rewrite IHn; ring]. Qed.

Lemma sum_all_scale n a (f : Fin.t n -> R) : sum_all (fun i => a * f i) = a * sum_all f.
Proof. induction n; simpl; [ring | rewrite IHn; ring]. Qed.

Lemma sum_all_const n a : sum_all (fun _ : Fin.t n => a) = INR n * a.
Proof. induction n; [simpl; ring |]. rewrite S_INR; simpl; rewrite IHn; ring. Qed.

Lemma sum_all_le n (f g : Fin.t n -> R) : (forall i, f i <= g i) -> sum_all f <= sum_all g.
Proof. induction n; simpl; intros less; [lra |]. apply Rplus_le_compat; auto. Qed.

Lemma sum_all_pos n (f : Fin.t n -> R) : (forall i, 0 <= f i) -> 0 <= sum_all f.
Proof. induction n; simpl; intros pos; [lra |]. apply Rplus_le_le_0_compat; auto. Qed.

Lemma sum_all_null n (f : Fin.t n -> R) : (forall i, 0 <= f i) -> sum_all f = 0 -> forall i, f i = 0.
Proof.
  induction n; intros pos null i; [inversion i |]. simpl in null.
  pose proof (pos Fin.F1). pose proof (sum_all_pos n (fun i => f (Fin.FS i)) (fun i => pos (Fin.FS i))).
  pattern i. apply Fin.caseS'; [lra |]. clear i; intros i. apply (IHn (fun i => f (Fin.FS i))); [auto | lra].
Qed.

(* R^n: coordinates by index, and the usual inner product. *)
Definition vector (n : nat) : Type := Fin.t n -> R.

Definition Rn (n : nat) : space.
Proof.
  refine {| point := vector n;
            zero := fun _ => 0;
            add := fun x y i => x i + y i;
            scale := fun a x i => a * x i;
            inner := fun x y => sum_all (fun i => x i * y i) |};
    intros; try (apply functional_extensionality; intros; ring).
  - apply sum_all_ext; intros; ring.
  - rewrite <- sum_all_plus; apply sum_all_ext; intros; ring.
  - rewrite <- sum_all_scale; apply sum_all_ext; intros; ring.
  - apply sum_all_pos; intros. nra.
  - apply functional_extensionality; intros i.
    apply sum_all_null with (i := i) in H; [| intros j; nra]. simpl in H. nra.
Defined.

(* A rule of scalars, applied to each coordinate. *)
Definition lift2 {n : nat} (rule : R -> R -> R) (x y : Rn n) : Rn n := fun i => rule (x i) (y i).
Definition lift3 {n : nat} (rule : R -> R -> R -> R) (x y z : Rn n) : Rn n := fun i => rule (x i) (y i) (z i).
Definition lift4 {n : nat} (rule : R -> R -> R -> R -> R) (x y z w : Rn n) : Rn n :=
  fun i => rule (x i) (y i) (z i) (w i).

(* An equality of points of R^n, coordinate by coordinate. *)
Ltac by_coordinate :=
  apply functional_extensionality; intros; unfold lift2, lift3, lift4, sub; simpl; unfold lift2, lift3, lift4.

Lemma lift2_step n (rule : R -> R -> R) gamma (x g : Rn n) :
  (forall a b, rule a b = a - gamma * b) -> lift2 rule x g = x -: gamma *: g.
Proof. intros equal. by_coordinate. rewrite equal. ring. Qed.
