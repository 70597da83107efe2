(* Gradient descent with Polyak's step, (f(x) - min f)/||grad f(x)||^2, and 0 where the gradient is 0. No source was
   opened that states the two rates in this form.

   Let f be L-smooth on R^n, with a minimiser x*.
   If f is convex, then for every T >= 1
       (1/T) sum over t < T of (f(x_t) - min f) <= 2 L ||x_0 - x*||^2 / T.
   If f is mu-strongly convex, 0 < mu <= L, then for every T
       ||x_T - x*||^2 <= (1 - 3 mu/(4 L))^T ||x_0 - x*||^2,
   with equality for mu = L and the parabola (L/2) ||x||^2, whatever x_0.
   The iterates are those of the rule polyak of spec/rules/gradient/polyak.acsl. *)
From Coq Require Import Reals Lra Psatz Lia.
From Goldstep.theorems.base Require Import space functions sums line strong_descent.
From Spec.rules.gradient Require polyak.
From Spec.theorems Require Import gd_polyak gd_polyak_sc.
Local Open Scope R_scope.

(* x_0 = x0, x_{t+1} = polyak_x(x_t, grad f(x_t), f(x_t), ||grad f(x_t)||^2, f_star) in each coordinate. *)
Fixpoint polyak {n : nat} (f : Rn n -> R) (grad : Rn n -> Rn n) (f_star : R) (x0 : Rn n) (t : nat) : Rn n :=
  match t with
  | O => x0
  | S t => let p := polyak f grad f_star x0 t in
           lift2 (fun x g => polyak.polyak_x x g (f p) (norm2 (grad p)) f_star) p (grad p)
  end.

Definition gd_polyak_statement : Prop :=
  forall (n : nat) (f : Rn n -> R) (grad : Rn n -> Rn n) (L : R) (x0 xstar : Rn n) (T : nat),
  convex f -> smooth L f grad -> minimiser f xstar -> gd_polyak_domain L -> (1 <= T)%nat ->
  average (fun t => f (polyak f grad (f xstar) x0 t) - f xstar) T
  <= gd_polyak_bound (Z.of_nat T) L (norm2 (x0 -: xstar)).

Definition gd_polyak_sc_statement : Prop :=
  forall (n : nat) (f : Rn n -> R) (grad : Rn n -> Rn n) (mu L : R) (x0 xstar : Rn n) (T : nat),
  strongly_convex mu f -> smooth L f grad -> minimiser f xstar -> gd_polyak_sc_domain mu L ->
  norm2 (polyak f grad (f xstar) x0 T -: xstar) <= gd_polyak_sc_bound (Z.of_nat T) mu L (norm2 (x0 -: xstar)).

Definition gd_polyak_sc_attained_statement : Prop :=
  forall (n : nat) (mu L : R), gd_polyak_sc_domain mu L -> mu = L ->
  exists (f : Rn n -> R) (grad : Rn n -> Rn n) (xstar : Rn n),
  strongly_convex mu f /\ smooth L f grad /\ minimiser f xstar
  /\ forall (x0 : Rn n) (T : nat),
     norm2 (polyak f grad (f xstar) x0 T -: xstar) = gd_polyak_sc_bound (Z.of_nat T) mu L (norm2 (x0 -: xstar)).

Section Proof.
Context {X : space} (f : X -> R) (grad : X -> X) (mu L : R) (xstar : X).
Hypothesis cvx : strongly_convex mu f.
Hypothesis lsmooth : smooth L f grad.
Hypothesis least : minimiser f xstar.
Hypothesis positive : 0 < L.

Let gamma (x : X) : R := polyak.polyak_step_size (f x) (norm2 (grad x)) (f xstar).
Let next (x : X) : X := x -: gamma x *: grad x.

(* ||x' - x*||^2 <= ||x - x*||^2 - gamma_t (f(x) - min f + mu ||x - x*||^2). *)
Lemma polyak_step x :
  norm2 (next x -: xstar) <= norm2 (x -: xstar) - gamma x * (f x - f xstar + mu * norm2 (x -: xstar)).
Proof.
  pose proof (strongly_convex_first_order mu f grad cvx (proj1 lsmooth) x xstar) as above.
  rewrite norm2_sub_sym in above.
  replace (inner (grad x) (xstar -: x)) with (- inner (grad x) (x -: xstar)) in above by (expand; ring).
  replace (norm2 (next x -: xstar)) with
    (norm2 (x -: xstar) - 2 * gamma x * inner (grad x) (x -: xstar) + gamma x * (gamma x * norm2 (grad x)))
    by (unfold next; set (g := grad x); set (c := gamma x); clearbody g c; clear; expand; ring).
  pose proof (least x) as low. pose proof (norm2_pos (grad x)) as square. unfold gamma, polyak.polyak_step_size.
  destruct Req_EM_T as [null | some]; [lra |]. unfold polyak.polyak_ratio.
  set (u := norm2 (grad x)) in *. set (c := (f x - f xstar) / u).
  replace (c * u) with (f x - f xstar) by (unfold c; field; exact some).
  assert (0 <= c) by (unfold c; apply Rle_mult_inv_pos; lra).
  apply Rmult_le_compat_l with (r := 2 * c) in above; lra.
Qed.

(* gamma_t >= 1/(2L), unless x is a minimiser. *)
Lemma polyak_long x : norm2 (grad x) <> 0 -> 1 / (2 * L) <= gamma x.
Proof.
  intros some. pose proof (lem_grad_gap L f grad (f xstar) positive lsmooth least x) as gap.
  pose proof (norm2_pos (grad x)). unfold gamma, polyak.polyak_step_size, polyak.polyak_ratio.
  destruct Req_EM_T as [null | _]; [contradiction |]. set (u := norm2 (grad x)) in *.
  apply Rmult_le_reg_r with (2 * L * u); [apply Rmult_lt_0_compat; lra |].
  replace (1 / (2 * L) * (2 * L * u)) with u by (field; lra).
  replace ((f x - f xstar) / u * (2 * L * u)) with (2 * L * (f x - f xstar)) by (field; lra). exact gap.
Qed.

Lemma polyak_still x : 0 <= mu -> norm2 (grad x) = 0 -> f x = f xstar /\ mu * norm2 (x -: xstar) = 0.
Proof.
  intros nonneg null. apply norm2_definite in null.
  pose proof (strongly_convex_first_order mu f grad cvx (proj1 lsmooth) x xstar) as above.
  rewrite null, inner_zero_l, norm2_sub_sym in above. pose proof (least x).
  assert (0 <= mu / 2 * norm2 (x -: xstar)) by (apply Rmult_le_pos; [lra | apply norm2_pos]). lra.
Qed.

(* f(x) - min f <= 2L (||x - x*||^2 - ||x' - x*||^2). *)
Lemma gd_polyak_step x : 0 <= mu ->
  f x - f xstar <= 2 * L * norm2 (x -: xstar) - 2 * L * norm2 (next x -: xstar).
Proof.
  intros nonneg. pose proof (polyak_step x) as closer. pose proof (least x) as low.
  assert (0 <= mu * norm2 (x -: xstar)) as far by (apply Rmult_le_pos; [exact nonneg | apply norm2_pos]).
  apply Rmult_le_compat_l with (r := 2 * L) in closer; [| lra].
  destruct (Req_dec (norm2 (grad x)) 0) as [null | some].
  - destruct (polyak_still x nonneg null) as [equal near]. rewrite near, equal in closer. lra.
  - pose proof (polyak_long x some) as long.
    apply Rmult_le_compat_l with (r := 2 * L) in long; [| lra].
    replace (2 * L * (1 / (2 * L))) with 1 in long by (field; lra).
    assert (1 * (f x - f xstar + mu * norm2 (x -: xstar))
            <= 2 * L * gamma x * (f x - f xstar + mu * norm2 (x -: xstar))) by (apply Rmult_le_compat_r; lra).
    lra.
Qed.

(* ||x' - x*||^2 <= (1 - 3 mu/(4 L)) ||x - x*||^2. *)
Lemma gd_polyak_sc_step x : 0 < mu -> norm2 (next x -: xstar) <= (1 - 3 * mu / (4 * L)) * norm2 (x -: xstar).
Proof.
  intros pos. pose proof (polyak_step x) as closer. pose proof (lem_sc_growth mu f xstar cvx least x) as growth.
  pose proof (norm2_pos (x -: xstar)). set (r := norm2 (x -: xstar)) in *.
  destruct (Req_dec (norm2 (grad x)) 0) as [null | some].
  - destruct (polyak_still x ltac:(lra) null) as [equal near]. fold r in near.
    rewrite near, equal in closer. replace r with 0 in *; [lra |].
    apply Rmult_integral in near. destruct near; lra.
  - pose proof (polyak_long x some) as long.
    assert (0 <= mu * r) by (apply Rmult_le_pos; lra). assert (0 < 1 / (2 * L)) by (apply Rdiv_lt_0_compat; lra).
    assert (1 / (2 * L) * (mu / 2 * r + mu * r) <= gamma x * (f x - f xstar + mu * r))
      by (apply Rmult_le_compat; lra).
    replace ((1 - 3 * mu / (4 * L)) * r) with (r - 1 / (2 * L) * (mu / 2 * r + mu * r)) by (field; lra). lra.
Qed.
End Proof.

(* The rule's step in R^n. *)
Lemma polyak_next n f grad f_star (x0 : Rn n) t : let p := polyak f grad f_star x0 t in
  polyak f grad f_star x0 (S t) = p -: polyak.polyak_step_size (f p) (norm2 (grad p)) f_star *: grad p.
Proof. intros p. cbn [polyak]. fold p. apply lift2_step. intros a b. unfold polyak.polyak_x. ring. Qed.

Theorem gd_polyak : gd_polyak_statement.
Proof.
  intros n f grad L x0 xstar T cvx lsmooth least positive some. unfold gd_polyak_domain, gd_polyak_bound in *.
  rewrite <- INR_IZR_INZ. set (x := polyak f grad (f xstar) x0). pose proof (lt_0_INR T ltac:(lia)).
  apply average_le; [exact some |].
  replace (INR T * (2 * L * norm2 (x0 -: xstar) / INR T)) with (2 * L * norm2 (x0 -: xstar)) by (field; lra).
  eapply Rle_trans.
  - apply (sum_steps _ (fun _ => 0) (fun t => 2 * L * norm2 (x t -: xstar))). intros t _.
    unfold x. rewrite polyak_next. fold x. rewrite Rplus_0_r.
    apply strongly_convex_0 in cvx. apply gd_polyak_step with (mu := 0); trivial. lra.
  - change (x O) with x0. rewrite sum_below_const.
    assert (0 <= 2 * L * norm2 (x T -: xstar)) by (apply Rmult_le_pos; [lra | apply norm2_pos]). lra.
Qed.

Theorem gd_polyak_sc : gd_polyak_sc_statement.
Proof.
  intros n f grad mu L x0 xstar T cvx lsmooth least range. unfold gd_polyak_sc_domain, gd_polyak_sc_bound in *.
  rewrite <- pow_powerRZ.
  apply (linear_rate_nonneg (fun t => norm2 (polyak f grad (f xstar) x0 t -: xstar))); intros t; [apply norm2_pos |].
  rewrite polyak_next. apply gd_polyak_sc_step; trivial; lra.
Qed.

(* (L/2) ||x||^2: each step halves x. *)
Theorem gd_polyak_sc_attained : gd_polyak_sc_attained_statement.
Proof.
  intros n mu L range same. unfold gd_polyak_sc_domain, gd_polyak_sc_bound in *. subst mu.
  destruct (parabola_class (X := Rn n) L L L ltac:(lra) ltac:(lra)) as [cvx [lsmooth least]].
  set (f := fun x : Rn n => L / 2 * norm2 (x -: zero)) in *.
  set (grad := fun x : Rn n => L *: (x -: zero)) in *.
  exists f, grad, zero. split; [exact cvx |]. split; [exact lsmooth |]. split; [exact least |].
  intros x0 T. rewrite <- pow_powerRZ. replace (1 - 3 * L / (4 * L)) with (1 / 4) by (field; lra).
  induction T as [| T IH]; [cbn [polyak pow]; ring |]. rewrite polyak_next. cbn [pow].
  replace (1 / 4 * (1 / 4) ^ T * norm2 (x0 -: zero)) with (1 / 4 * ((1 / 4) ^ T * norm2 (x0 -: zero))) by ring.
  rewrite <- IH. set (p := polyak f grad (f zero) x0 T). unfold polyak.polyak_step_size.
  assert (square : norm2 (grad p) = L ^ 2 * norm2 (p -: zero)) by (unfold grad; apply norm2_scale).
  destruct Req_EM_T as [null | some].
  - assert (norm2 (p -: zero) = 0) as still.
    { rewrite square in null. apply Rmult_integral in null. destruct null as [null | null]; [| exact null].
      apply pow_nonzero in null; [contradiction | lra]. }
    replace (p -: 0 *: grad p -: zero) with (p -: zero) by same_point. lra.
  - assert (norm2 (p -: zero) <> 0) by (intros null; apply some; rewrite square, null; ring).
    replace (polyak.polyak_ratio (f p) (norm2 (grad p)) (f zero)) with (1 / (2 * L)).
    + replace (p -: 1 / (2 * L) *: grad p -: zero) with (1 / 2 *: (p -: zero)).
      * rewrite norm2_scale. field.
      * unfold grad. same_point_by ltac:(field; lra).
    + unfold polyak.polyak_ratio. rewrite square. unfold f.
      replace (norm2 ((zero : Rn n) -: zero)) with 0 by (expand; ring). field. split; [assumption | lra].
Qed.
