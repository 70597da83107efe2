(* Gradient descent with the step 1/L on a smooth function that need not be convex, the sharp bound. PEPit's example
   (nonconvex optimization, gradient descent) has the form with f(x_T); the form with inf f is derived here.

   Let f be L-smooth on R^n, with inf f finite. Gradient descent with the step 1/L satisfies, for every T >= 0,
       min over t <= T of ||grad f(x_t)||^2 <= 4 L (f(x_0) - inf f) / (3 T + 2),
   and for T >= 1
       min over t <= T of ||grad f(x_t)||^2 <= 4 L (f(x_0) - f(x_T)) / (3 T),
   both with equality for a function on the line whose derivative zigzags between L/2 and L.
   The iterates are those of the rule gd of spec/rules/gradient/gd.acsl. *)
From Coq Require Import Reals Lra Psatz Lia FunctionalExtensionality.
From Goldstep.theorems.base Require Import space functions sums gradient_descent line.
From Spec.theorems Require Import gd_nonconvex_tight.
Local Open Scope R_scope.

Definition gd_nonconvex_tight_statement : Prop :=
  forall (n : nat) (f : Rn n -> R) (grad : Rn n -> Rn n) (L gamma m : R) (x0 : Rn n) (T : nat),
  smooth L f grad -> infimum f m -> gd_nonconvex_tight_domain L gamma ->
  min_upto (fun t => norm2 (grad (gd grad gamma x0 t))) T <= gd_nonconvex_tight_bound (Z.of_nat T) L (f x0 - m).

Definition gd_nonconvex_tight_drop_statement : Prop :=
  forall (n : nat) (f : Rn n -> R) (grad : Rn n -> Rn n) (L gamma : R) (x0 : Rn n) (T : nat),
  smooth L f grad -> gd_nonconvex_tight_domain L gamma -> (1 <= T)%nat ->
  min_upto (fun t => norm2 (grad (gd grad gamma x0 t))) T <= 4 * L * (f x0 - f (gd grad gamma x0 T)) / (3 * INR T).

Definition gd_nonconvex_tight_attained_statement : Prop :=
  forall (L gamma : R) (T : nat), gd_nonconvex_tight_domain L gamma ->
  exists (f : Rn 1 -> R) (grad : Rn 1 -> Rn 1) (m : R) (x0 : Rn 1),
  smooth L f grad /\ infimum f m /\ m < f x0
  /\ min_upto (fun t => norm2 (grad (gd grad gamma x0 t))) T = gd_nonconvex_tight_bound (Z.of_nat T) L (f x0 - m)
  /\ 3 * INR T * min_upto (fun t => norm2 (grad (gd grad gamma x0 t))) T
     = 4 * L * (f x0 - f (gd grad gamma x0 T)).

Section Proof.
Context {X : space} (f : X -> R) (grad : X -> X) (L : R).
Hypothesis lsmooth : smooth L f grad.
Hypothesis positive : 0 < L.

(* f(x') <= f(x) - (||grad f(x)||^2/2 + ||grad f(x')||^2/4)/L. *)
Lemma gd_nonconvex_tight_step x : let x' := x -: 1 / L *: grad x in
  norm2 (grad x) / 2 + norm2 (grad x') / 4 <= L * (f x - f x').
Proof.
  intros x'. pose proof (lem_smooth_interp L f grad positive lsmooth x' x) as above.
  replace (x -: x') with (/ L *: grad x) in above by (unfold x', Rdiv; same_point).
  set (g := grad x) in *. set (g' := grad x') in *. set (v := f x) in *. set (v' := f x') in *. clearbody g g' v v'.
  replace (norm2 g / 2 + norm2 g' / 4)
    with (L * (inner (g' +: g) (/ L *: g) / 2 + norm2 (g' -: g) / (4 * L) - L / 4 * norm2 (/ L *: g)))
    by (clear above; expand; field; lra).
  apply Rmult_le_compat_l; lra.
Qed.

Lemma gd_nonconvex_tight_run x0 T :
  3 * INR T * min_upto (fun t => norm2 (grad (descent grad (1 / L) x0 t))) T
  <= 4 * L * (f x0 - f (descent grad (1 / L) x0 T)).
Proof.
  set (x := descent grad (1 / L) x0). set (u := fun t => norm2 (grad (x t))). set (c := min_upto u T).
  assert (sum_below (fun _ => 3 / 4 * c) T <= L * f (x O) - L * f (x T) + sum_below (fun _ => 0) T) as total.
  { apply (sum_steps _ _ (fun t => L * f (x t))). intros t less.
    pose proof (gd_nonconvex_tight_step (x t)) as down. change (x t -: 1 / L *: grad (x t)) with (x (S t)) in down.
    cbv zeta in down. fold (u t) (u (S t)) in down.
    pose proof (min_upto_le u T t ltac:(lia)). pose proof (min_upto_le u T (S t) less). fold c in H, H0. lra. }
  rewrite !sum_below_const in total. change (x O) with x0 in total. lra.
Qed.
End Proof.

Lemma gd_nonconvex_tight_iterates n (grad : Rn n -> Rn n) gamma x0 :
  (fun t => norm2 (grad (gd grad gamma x0 t))) = (fun t => norm2 (grad (descent grad gamma x0 t))).
Proof. apply functional_extensionality. intros t. rewrite gd_descent. reflexivity. Qed.

Theorem gd_nonconvex_tight_drop : gd_nonconvex_tight_drop_statement.
Proof.
  intros n f grad L gamma x0 T lsmooth [positive step] some. rewrite gd_nonconvex_tight_iterates, gd_descent, step.
  pose proof (gd_nonconvex_tight_run f grad L lsmooth positive x0 T) as total. pose proof (lt_0_INR T ltac:(lia)).
  set (least := min_upto _ T) in *. apply Rmult_le_reg_l with (3 * INR T); [lra |].
  set (drop := f x0 - f _) in *.
  replace (3 * INR T * (4 * L * drop / (3 * INR T))) with (4 * L * drop) by (field; lra). exact total.
Qed.

Theorem gd_nonconvex_tight : gd_nonconvex_tight_statement.
Proof.
  intros n f grad L gamma m x0 T lsmooth [below _] [positive step].
  unfold gd_nonconvex_tight_bound. rewrite gd_nonconvex_tight_iterates, step.
  replace (IZR (Z.add (Z.mul 3 (Z.of_nat T)) 2)) with (3 * INR T + 2)
    by (rewrite plus_IZR, mult_IZR, <- INR_IZR_INZ; ring).
  pose proof (gd_nonconvex_tight_run f grad L lsmooth positive x0 T) as total. pose proof (pos_INR T).
  pose proof (min_upto_le (fun t => norm2 (grad (descent grad (1 / L) x0 t))) T T (le_n T)) as last.
  pose proof (lem_grad_gap L f grad m positive lsmooth below (descent grad (1 / L) x0 T)) as gap.
  set (least := min_upto _ T) in *. cbv beta in last.
  apply Rmult_le_reg_l with (3 * INR T + 2); [lra |].
  replace ((3 * INR T + 2) * (4 * L * (f x0 - m) / (3 * INR T + 2))) with (4 * L * (f x0 - m)) by (field; lra). lra.
Qed.

(* The zigzag: its derivative is a for a <= 1 and then 1 - (the distance of a from the nearest integer), up to k + 3/2,
   and grows from there on. Between its integers it falls to 1/2 (down k) and rises to 1 again (up (k + 1)). *)
Definition up (k : R) (a : R) : R := 1 / 2 * a ^ 2 + - k * a + (k ^ 2 / 2 + 3 * k / 4).
Definition up' (k : R) (a : R) : R := 1 * a + - k.
Definition down (k : R) (a : R) : R :=
  -1 / 2 * a ^ 2 + (k + 2) * a + (1 / 2 + 3 * k / 4 - (k + 1) - (k + 1) ^ 2 / 2).
Definition down' (k : R) (a : R) : R := -1 * a + (k + 2).

Fixpoint zigzag (k : nat) : R -> R :=
  match k with
  | O => up 0
  | S k => glue (INR k + 3 / 2) (glue (INR k + 1) (zigzag k) (down (INR k))) (up (INR k + 1))
  end.

Fixpoint zigzag' (k : nat) : R -> R :=
  match k with
  | O => up' 0
  | S k => glue (INR k + 3 / 2) (glue (INR k + 1) (zigzag' k) (down' (INR k))) (up' (INR k + 1))
  end.

Lemma zigzag_after k : forall a, INR k + 1 / 2 <= a -> zigzag k a = up (INR k) a /\ zigzag' k a = up' (INR k) a.
Proof.
  induction k as [| k IH]; intros a far; [split; reflexivity |]. rewrite S_INR in *. cbn [zigzag zigzag'].
  destruct (IH (INR k + 1) ltac:(lra)) as [joint joint'].
  split; (apply glue_right; [rewrite glue_right |]); try lra;
    rewrite ?joint, ?joint'; unfold up, up', down, down'; field.
Qed.

Lemma zigzag_joints k :
  zigzag k (INR k + 1) = down (INR k) (INR k + 1) /\ zigzag' k (INR k + 1) = down' (INR k) (INR k + 1)
  /\ glue (INR k + 1) (zigzag k) (down (INR k)) (INR k + 3 / 2) = up (INR k + 1) (INR k + 3 / 2)
  /\ glue (INR k + 1) (zigzag' k) (down' (INR k)) (INR k + 3 / 2) = up' (INR k + 1) (INR k + 3 / 2).
Proof.
  destruct (zigzag_after k (INR k + 1) ltac:(lra)) as [joint joint'].
  repeat split; try rewrite glue_right; try lra; rewrite ?joint, ?joint'; unfold up, up', down, down'; field.
Qed.

Lemma zigzag_derivative k : forall a, derivable_pt_lim (zigzag k) a (zigzag' k a).
Proof.
  induction k as [| k IH]; cbn [zigzag zigzag']; [intros a; apply parabola_derivative |].
  destruct (zigzag_joints k) as [first [first' [second second']]].
  apply glue_derivative; trivial; [| intros a; apply parabola_derivative].
  apply glue_derivative; trivial. intros a; apply parabola_derivative.
Qed.

Lemma zigzag_slopes k : slopes (-1) 1 (zigzag' k).
Proof.
  induction k as [| k IH]; cbn [zigzag']; [apply slopes_line; lra |].
  destruct (zigzag_joints k) as [_ [first' [_ second']]].
  apply glue_slopes; trivial; [| apply slopes_line; lra]. apply glue_slopes; trivial. apply slopes_line; lra.
Qed.

Lemma zigzag_nonneg k : forall a, 0 <= zigzag k a.
Proof.
  induction k as [| k IH]; intros a; cbn [zigzag].
  - unfold up. pose proof (pow2_ge_0 a). lra.
  - pose proof (pos_INR k). unfold glue.
    destruct Rle_dec as [before | after]; [destruct Rle_dec as [left_of | beyond] |].
    + apply IH.
    + unfold down. nra.
    + unfold up. nra.
Qed.

Lemma zigzag_integers k j : (j <= k)%nat -> zigzag' k (INR j + 1) = 1.
Proof.
  induction k as [| k IH]; intros less.
  - replace j with O by lia. cbn. unfold up'. ring.
  - destruct (Nat.eq_dec j (S k)) as [-> | differ].
    + destruct (zigzag_after (S k) (INR (S k) + 1) ltac:(lra)) as [_ equal]. rewrite equal. unfold up'. ring.
    + assert (INR j <= INR k) by (apply le_INR; lia). cbn [zigzag']. rewrite !glue_left by lra. apply IH. lia.
Qed.

(* From T + 1 the iterates are T + 1, T, ..., 1. *)
Lemma zigzag_descent L N t : 0 < L -> (t <= N)%nat ->
  descent (line_gradient (fun a => L * zigzag' N a)) (1 / L) (at_line (INR N + 1)) t = at_line (INR (N - t) + 1).
Proof.
  intros pos. induction t as [| t IH]; intros less; cbn [descent]; [rewrite Nat.sub_0_r; reflexivity |].
  rewrite IH by lia. unfold line_gradient. rewrite coordinate_at, zigzag_integers by lia.
  apply functional_extensionality. intros i. unfold at_line, sub. simpl.
  replace (N - t)%nat with (S (N - S t)) by lia. rewrite S_INR. field. lra.
Qed.

Theorem gd_nonconvex_tight_attained : gd_nonconvex_tight_attained_statement.
Proof.
  intros L gamma T [positive step]. unfold gd_nonconvex_tight_bound.
  set (f := on_line (fun a => L * zigzag T a)). set (grad := line_gradient (fun a => L * zigzag' T a)).
  set (x0 := at_line (INR T + 1)). pose proof (pos_INR T).
  assert (value : forall t, (t <= T)%nat -> norm2 (grad (gd grad gamma x0 t)) = L ^ 2).
  { intros t less. unfold grad, x0. rewrite gd_descent, step, zigzag_descent by assumption.
    rewrite line_norm2. unfold line_gradient. rewrite !coordinate_at, zigzag_integers by lia. ring. }
  assert (least : min_upto (fun t => norm2 (grad (gd grad gamma x0 t))) T = L ^ 2).
  { destruct (min_upto_attained (fun t => norm2 (grad (gd grad gamma x0 t))) T) as [t [less equal]].
    rewrite equal. apply value, less. }
  assert (start : f x0 = L * (3 * INR T + 2) / 4).
  { unfold f, x0, on_line. rewrite coordinate_at.
    destruct (zigzag_after T (INR T + 1) ltac:(lra)) as [equal _]. rewrite equal. unfold up. field. }
  assert (at_zero : forall k, zigzag k 0 = 0).
  { induction k as [| k IH]; cbn [zigzag]; [unfold up; field |]. pose proof (pos_INR k).
    rewrite !glue_left by lra. exact IH. }
  assert (at_one : forall k, zigzag k 1 = 1 / 2).
  { induction k as [| k IH]; cbn [zigzag]; [unfold up; field |]. pose proof (pos_INR k).
    rewrite !glue_left by lra. exact IH. }
  exists f, grad, 0, x0. split; [| split; [| split; [| split]]].
  - apply (slopes_smooth (- L)); [lra | |].
    + intros a. apply (derivable_pt_lim_scal (zigzag T)), zigzag_derivative.
    + intros a b less. pose proof (zigzag_slopes T a b less) as slope. nra.
  - split.
    + intros x. unfold f, on_line. pose proof (zigzag_nonneg T (coordinate x)). nra.
    + intros m below. specialize (below (at_line 0)). unfold f, on_line in below.
      rewrite coordinate_at, at_zero in below. lra.
  - rewrite start. nra.
  - rewrite least, start. replace (IZR (Z.add (Z.mul 3 (Z.of_nat T)) 2)) with (3 * INR T + 2)
      by (rewrite plus_IZR, mult_IZR, <- INR_IZR_INZ; ring). field. lra.
  - rewrite least, start. unfold f, x0, grad, on_line. rewrite gd_descent, step, zigzag_descent by (assumption || lia).
    rewrite coordinate_at, Nat.sub_diag. replace (INR 0 + 1) with 1 by (simpl; ring). rewrite at_one. field.
Qed.
