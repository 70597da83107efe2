(* A counter-example: heavy ball with the best parameters of the quadratic case need not converge. Lessard, Recht &
   Packard 2016 are known for the function; their text was not opened, and the cycle and the distance are derived here.

   The function on the line with the derivative
       25 x for x < 1, x + 24 for 1 <= x < 2, 25 x - 24 for x >= 2
   is 1-strongly convex and 25-smooth, with the minimiser 0. For mu = 1 and L = 25 the parameters of hb_quadratic are
   gamma = 1/9 and beta = 4/9. With them heavy ball, begun at rest from any x_0 in [3.25, 3.3], stays at a distance of
   at least 1/3 from the minimiser, and from a state on the cycle 2592/1225, 792/1225, -2208/1225 it never leaves it.
   The iterates are those of the rule heavy_ball of spec/rules/gradient/heavy_ball.acsl. *)
From Coq Require Import Reals Lra Psatz Lia FunctionalExtensionality.
From Goldstep.theorems.base Require Import space functions line heavy_ball.
From Spec.rules.gradient Require heavy_ball.
From Spec.theorems Require Import hb_cycle.
Local Open Scope R_scope.

Definition hb_cycle_statement : Prop :=
  exists f : Rn 1 -> R, let grad := line_gradient hb_cycle_gradient in
  strongly_convex 1 f /\ smooth 25 f grad /\ minimiser f (at_line 0)
  /\ forall (mu L x0 : R) (T : nat), hb_cycle_domain mu L x0 ->
     hb_cycle_bound (Z.of_nat T)
     <= norm2 (heavy_ball grad (hb_cycle_gamma mu L) (hb_cycle_beta mu L) (at_line x0) T -: at_line 0).

(* The state (x_t, x_{t-1}) comes back after three steps, and its three points are as said. *)
Definition hb_cycle_exact_statement : Prop :=
  let state := heavy_ball_state (line_gradient hb_cycle_gradient) (hb_cycle_gamma 1 25) (hb_cycle_beta 1 25)
    (at_line (2592 / 1225), at_line (-2208 / 1225)) in
  forall k : nat,
  state (3 * k)%nat = (at_line (2592 / 1225), at_line (-2208 / 1225))
  /\ state (3 * k + 1)%nat = (at_line (792 / 1225), at_line (2592 / 1225))
  /\ state (3 * k + 2)%nat = (at_line (-2208 / 1225), at_line (792 / 1225)).

(* The parameters: 1/9 and 4/9, such as the rule allows. *)
Lemma hb_cycle_parameters : hb_cycle_gamma 1 25 = 1 / 9 /\ hb_cycle_beta 1 25 = 4 / 9.
Proof.
  unfold hb_cycle_gamma, hb_cycle_beta. rewrite sqrt_1.
  replace (sqrt 25) with 5 by (replace 25 with (5 * 5) by ring; rewrite sqrt_square; lra).
  change (powerRZ ?x 2) with (x ^ 2). split; field.
Qed.

Lemma hb_cycle_allowed : Spec.rules.gradient.heavy_ball.heavy_ball_domain (hb_cycle_gamma 1 25) (hb_cycle_beta 1 25).
Proof.
  destruct hb_cycle_parameters as [equal equal']. unfold heavy_ball.heavy_ball_domain. rewrite equal, equal'. lra.
Qed.

(* The function. *)
Definition bent : R -> R :=
  glue 1 (fun a => 25 / 2 * a ^ 2 + 0 * a + 0)
    (glue 2 (fun a => 1 / 2 * a ^ 2 + 24 * a + -12) (fun a => 25 / 2 * a ^ 2 + -24 * a + 36)).

Definition bent' : R -> R :=
  glue 1 (fun a => 25 * a + 0) (glue 2 (fun a => 1 * a + 24) (fun a => 25 * a + -24)).

Lemma bent_derivative a : derivable_pt_lim bent a (bent' a).
Proof.
  apply (glue_derivative 1 _ _ (fun a => 25 * a + 0)); [intros b; apply parabola_derivative | | |].
  - apply (glue_derivative 2 _ _ (fun a => 1 * a + 24) (fun a => 25 * a + -24));
      [intros b; apply parabola_derivative | intros b; apply parabola_derivative | field | field].
  - rewrite glue_left by lra. field.
  - rewrite glue_left by lra. field.
Qed.

Lemma bent_slopes : slopes 1 25 bent'.
Proof.
  apply glue_slopes; [rewrite glue_left by lra; field | apply slopes_line; lra |].
  apply glue_slopes; [field | apply slopes_line; lra | apply slopes_line; lra].
Qed.

Lemma bent_emitted : bent' = hb_cycle_gradient.
Proof.
  apply functional_extensionality. intros a. unfold bent', glue, hb_cycle_gradient.
  repeat destruct Rle_dec; repeat destruct Rlt_dec; lra.
Qed.

(* One step, on numbers. *)
Definition advance (state : R * R) : R * R :=
  let (x, p) := state in (x - 1 / 9 * hb_cycle_gradient x + 4 / 9 * (x - p), x).

Fixpoint advanced (state : R * R) (t : nat) : R * R :=
  match t with O => state | S t => advance (advanced state t) end.

Lemma heavy_ball_advanced x p t :
  heavy_ball_state (line_gradient hb_cycle_gradient) (hb_cycle_gamma 1 25) (hb_cycle_beta 1 25) (at_line x, at_line p) t
  = (at_line (fst (advanced (x, p) t)), at_line (snd (advanced (x, p) t))).
Proof.
  destruct hb_cycle_parameters as [equal equal']. rewrite equal, equal'.
  induction t as [| t IH]; [reflexivity |]. cbn [heavy_ball_state advanced]. rewrite IH.
  destruct (advanced (x, p) t) as [y q]. cbn [advance fst snd]. reflexivity.
Qed.

Lemma gradient_left x : x < 1 -> hb_cycle_gradient x = 25 * x.
Proof. intros. unfold hb_cycle_gradient. destruct Rlt_dec; lra. Qed.

Lemma gradient_right x : 2 <= x -> hb_cycle_gradient x = 25 * x - 24.
Proof. intros. unfold hb_cycle_gradient. repeat destruct Rlt_dec; lra. Qed.

Theorem hb_cycle_exact : hb_cycle_exact_statement.
Proof.
  intros k. cbv zeta.
  set (three := fun t => advanced (2592 / 1225, -2208 / 1225) t).
  assert (first : advance (2592 / 1225, -2208 / 1225) = (792 / 1225, 2592 / 1225)).
  { unfold advance. rewrite gradient_right by lra. f_equal; field. }
  assert (second : advance (792 / 1225, 2592 / 1225) = (-2208 / 1225, 792 / 1225)).
  { unfold advance. rewrite gradient_left by lra. f_equal; field. }
  assert (third : advance (-2208 / 1225, 792 / 1225) = (2592 / 1225, -2208 / 1225)).
  { unfold advance. rewrite gradient_left by lra. f_equal; field. }
  assert (back : three (3 * k)%nat = (2592 / 1225, -2208 / 1225)).
  { induction k as [| k IH]; [reflexivity |]. replace (3 * S k)%nat with (S (S (S (3 * k)))) by lia.
    unfold three in *. cbn [advanced]. rewrite IH, first, second, third. reflexivity. }
  rewrite !heavy_ball_advanced. fold (three (3 * k)%nat).
  replace (3 * k + 2)%nat with (S (S (3 * k))) by lia. replace (3 * k + 1)%nat with (S (3 * k)) by lia.
  cbn [advanced]. fold (three (3 * k)%nat). rewrite back, first, second. auto.
Qed.

(* Near the cycle the difference e of x from its point obeys e'' = -(4/3) e' - (4/9) e, since all slopes there are 25.
   A state is near when |e| <= a and |e' + (2/3) e| <= b. *)
Definition near (point before a b : R) (state : R * R) : Prop :=
  let (x, p) := state in
  - a <= x - point <= a /\ - b <= x - point + 2 / 3 * (p - before) <= b.

Definition trapped (state : R * R) : Prop :=
  near (2592 / 1225) (-2208 / 1225) (115 / 1000) (85 / 1000) state
  \/ near (792 / 1225) (2592 / 1225) (134 / 1000) (57 / 1000) state
  \/ near (-2208 / 1225) (792 / 1225) (128 / 1000) (38 / 1000) state.

Lemma trapped_advance state : trapped state -> trapped (advance state).
Proof.
  destruct state as [x p]. unfold trapped, near, advance. intros [[e u] | [[e u] | [e u]]].
  - rewrite gradient_right by lra. right. left. lra.
  - rewrite gradient_left by lra. right. right. lra.
  - rewrite gradient_left by lra. left. lra.
Qed.

Lemma trapped_far state : trapped state -> 1 / 9 <= fst state ^ 2.
Proof. destruct state as [x p]. unfold trapped, near. cbn [fst]. intros [[e u] | [[e u] | [e u]]]; nra. Qed.

(* From rest: five steps, then trapped. *)
Lemma hb_cycle_run x0 t : 13 / 4 <= x0 <= 33 / 10 -> 1 / 9 <= fst (advanced (x0, x0) t) ^ 2.
Proof.
  intros range.
  assert (x1 : advanced (x0, x0) 1 = (- (16 / 9) * x0 + 24 / 9, x0)).
  { cbn [advanced advance]. rewrite gradient_right by lra. f_equal. field. }
  assert (x2 : advanced (x0, x0) 2 = (52 / 27 * x0 - 96 / 27, - (16 / 9) * x0 + 24 / 9)).
  { cbn [advanced] in *. rewrite x1. cbn [advance]. rewrite gradient_left by lra. f_equal. field. }
  assert (x3 : advanced (x0, x0) 3 = (- (144 / 81) * x0 + 504 / 81, 52 / 27 * x0 - 96 / 27)).
  { cbn [advanced] in *. rewrite x2. cbn [advance]. rewrite gradient_right by lra. f_equal. field. }
  assert (x4 : advanced (x0, x0) 4 = (4 / 3 * (144 / 81) * x0 - 4 / 9 * (52 / 27) * x0 - 4 / 3 * (504 / 81)
                                      + 4 / 9 * (96 / 27), - (144 / 81) * x0 + 504 / 81)).
  { cbn [advanced] in *. rewrite x3. cbn [advance]. rewrite gradient_left by lra. f_equal. field. }
  assert (inside : forall k, trapped (advanced (x0, x0) (k + 5))).
  { induction k as [| k IH]; [| apply trapped_advance, IH].
    change (trapped (advance (advanced (x0, x0) 4))). rewrite x4. cbn [advance]. rewrite gradient_left by lra.
    left. unfold near. lra. }
  destruct (le_lt_dec 5 t) as [late | early].
  - replace t with ((t - 5) + 5)%nat by lia. apply trapped_far, inside.
  - destruct t as [| [| [| [| [| t]]]]]; [cbn; nra | rewrite x1 | rewrite x2 | rewrite x3 | rewrite x4 | lia];
      cbn [fst]; nra.
Qed.

Theorem hb_cycle : hb_cycle_statement.
Proof.
  exists (on_line bent). intros grad. unfold grad. rewrite <- bent_emitted.
  assert (convex1 : strongly_convex 1 (on_line bent)).
  { apply (slopes_strongly_convex 1 25 _ bent'); [exact bent_derivative | exact bent_slopes]. }
  assert (smooth25 : smooth 25 (on_line bent) (line_gradient bent')).
  { apply (slopes_smooth 1); [lra | exact bent_derivative | exact bent_slopes]. }
  split; [exact convex1 |]. split; [exact smooth25 |]. split.
  - apply (gradient_minimiser _ (line_gradient bent')); [| apply smooth25 |].
    + apply (strongly_convex_convex 1); [lra | exact convex1].
    + unfold line_gradient. rewrite coordinate_at. unfold bent'. rewrite glue_left by lra.
      replace (25 * 0 + 0) with 0 by ring. reflexivity.
  - rewrite bent_emitted. intros mu L x0 T [[equal equal'] range]. subst mu L.
    unfold heavy_ball, hb_cycle_bound. rewrite heavy_ball_advanced. cbn [fst].
    rewrite line_norm2, line_sub, !coordinate_at, Rminus_0_r. apply hb_cycle_run. lra.
Qed.
