(* Gradient descent on a strongly convex smooth function, the sharp contraction for any step. PEPit's examples state it;
   the proof is by the interpolation inequality (base/strong_descent.v).

   Let f be mu-strongly convex and L-smooth on R^n, 0 < mu <= L. Two runs of gradient descent with any step gamma > 0
   satisfy, for every T,
       ||x_T - y_T||^2 <= max(|1 - gamma mu|, |1 - gamma L|)^{2T} ||x_0 - y_0||^2,
   and so does one run with the minimiser x* in place of y_t, with equality for a parabola in every R^n, whatever mu, L,
   gamma and x_0.
   The iterates are those of the rule gd of spec/rules/gradient/gd.acsl. *)
From Coq Require Import Reals Lra Psatz Lia.
From Goldstep.theorems.base Require Import space functions sums gradient_descent line strong_descent descent_examples.
From Spec.theorems Require Import gd_sc_contract.
Local Open Scope R_scope.

Definition gd_sc_contract_statement : Prop :=
  forall (n : nat) (f : Rn n -> R) (grad : Rn n -> Rn n) (mu L gamma : R) (x0 xstar : Rn n) (T : nat),
  strongly_convex mu f -> smooth L f grad -> minimiser f xstar -> gd_sc_contract_domain mu L gamma ->
  norm2 (gd grad gamma x0 T -: xstar) <= gd_sc_contract_bound (Z.of_nat T) mu L gamma (norm2 (x0 -: xstar)).

Definition gd_sc_contract_pair_statement : Prop :=
  forall (n : nat) (f : Rn n -> R) (grad : Rn n -> Rn n) (mu L gamma : R) (x0 y0 : Rn n) (T : nat),
  strongly_convex mu f -> smooth L f grad -> gd_sc_contract_domain mu L gamma ->
  norm2 (gd grad gamma x0 T -: gd grad gamma y0 T)
  <= gd_sc_contract_bound (Z.of_nat T) mu L gamma (norm2 (x0 -: y0)).

Definition gd_sc_contract_attained_statement : Prop :=
  forall (n : nat) (mu L gamma : R), gd_sc_contract_domain mu L gamma ->
  exists (f : Rn n -> R) (grad : Rn n -> Rn n) (xstar : Rn n),
  strongly_convex mu f /\ smooth L f grad /\ minimiser f xstar
  /\ forall (x0 : Rn n) (T : nat),
     norm2 (gd grad gamma x0 T -: xstar) = gd_sc_contract_bound (Z.of_nat T) mu L gamma (norm2 (x0 -: xstar)).

Lemma even_power a T : powerRZ a (Z.mul 2 (Z.of_nat T)) = (a ^ 2) ^ T.
Proof. change 2%Z with (Z.of_nat 2). rewrite <- Nat2Z.inj_mul, <- pow_powerRZ. apply pow_mult. Qed.

Lemma max_abs_square a b : Rmax (Rabs a) (Rabs b) ^ 2 = Rmax (a ^ 2) (b ^ 2).
Proof.
  rewrite <- (pow2_abs a), <- (pow2_abs b). pose proof (Rabs_pos a). pose proof (Rabs_pos b).
  unfold Rmax. destruct Rle_dec as [less | more]; destruct Rle_dec as [less' | more']; try reflexivity.
  - exfalso. apply more'. apply pow_incr. lra.
  - apply Rnot_le_lt in more. apply Rle_antisym; [exact less' | apply pow_incr; lra].
Qed.

Section Proof.
Context {X : space} (f : X -> R) (grad : X -> X) (mu L gamma : R).
Hypothesis cvx : strongly_convex mu f.
Hypothesis lsmooth : smooth L f grad.
Hypothesis range : 0 < mu <= L.
Hypothesis step : 0 < gamma.

(* ||d - gamma e||^2 <= max((1 - gamma mu)^2, (1 - gamma L)^2) ||d||^2, where d = x - y, e = grad f(x) - grad f(y):
   strong_cocoercive bounds ||e||^2, and the rest is linear in <e, d>, which is between mu ||d||^2 and L ||d||^2. *)
Lemma gd_sc_contract_step x y :
  norm2 (x -: gamma *: grad x -: (y -: gamma *: grad y))
  <= gd_sc_contract_factor mu L gamma ^ 2 * norm2 (x -: y).
Proof.
  pose proof (strong_cocoercive mu L f grad ltac:(lra) cvx lsmooth x y) as close.
  pose proof (strongly_convex_monotone mu f grad cvx (proj1 lsmooth) x y) as rise.
  pose proof (cauchy_schwarz (grad x -: grad y) (x -: y)) as product.
  pose proof (proj2 lsmooth x y) as far.
  unfold gd_sc_contract_factor. rewrite max_abs_square.
  set (q := Rmax ((1 - gamma * mu) ^ 2) ((1 - gamma * L) ^ 2)).
  assert ((1 - gamma * mu) ^ 2 <= q) by apply Rmax_l. assert ((1 - gamma * L) ^ 2 <= q) by apply Rmax_r.
  replace (x -: gamma *: grad x -: (y -: gamma *: grad y)) with ((x -: y) -: gamma *: (grad x -: grad y))
    by same_point.
  set (d := x -: y) in *. set (e := grad x -: grad y) in *.
  replace (norm2 (d -: gamma *: e)) with (norm2 d - 2 * gamma * inner e d + gamma ^ 2 * norm2 e)
    by (clearbody d e; clear; expand; ring).
  pose proof (norm2_pos d). set (r := norm2 d) in *. set (s := inner e d) in *.
  assert (s <= L * r) as steep.
  { pose proof (norm_pos d). apply Rmult_le_compat_r with (r := norm d) in far; [| assumption].
    unfold r. rewrite <- norm_square. lra. }
  apply Rmult_le_compat_l with (r := gamma ^ 2) in close; [| apply pow2_ge_0].
  destruct (Rle_lt_dec 0 (gamma * (L + mu) - 2)) as [long | short].
  - apply Rmult_le_compat_l with (r := gamma * (gamma * (L + mu) - 2)) in steep; [| apply Rmult_le_pos; lra].
    assert ((1 - gamma * L) ^ 2 * r <= q * r) by (apply Rmult_le_compat_r; lra). lra.
  - apply Rmult_le_compat_l with (r := gamma * (2 - gamma * (L + mu))) in rise; [| apply Rmult_le_pos; lra].
    assert ((1 - gamma * mu) ^ 2 * r <= q * r) by (apply Rmult_le_compat_r; lra). lra.
Qed.

Lemma gd_sc_contract_run x0 y0 T :
  norm2 (descent grad gamma x0 T -: descent grad gamma y0 T)
  <= (gd_sc_contract_factor mu L gamma ^ 2) ^ T * norm2 (x0 -: y0).
Proof.
  apply (linear_rate (fun t => norm2 (descent grad gamma x0 t -: descent grad gamma y0 t))); [apply pow2_ge_0 |].
  intros t _. apply gd_sc_contract_step.
Qed.
End Proof.

Theorem gd_sc_contract_pair : gd_sc_contract_pair_statement.
Proof.
  intros n f grad mu L gamma x0 y0 T cvx lsmooth [range step]. unfold gd_sc_contract_bound.
  rewrite !gd_descent, even_power. apply gd_sc_contract_run with (f := f); assumption.
Qed.

Theorem gd_sc_contract : gd_sc_contract_statement.
Proof.
  intros n f grad mu L gamma x0 xstar T cvx lsmooth least allowed.
  pose proof (gd_sc_contract_pair n f grad mu L gamma x0 xstar T cvx lsmooth allowed) as pair.
  assert (rest : descent grad gamma xstar T = xstar).
  { clear pair. induction T as [| T IH]; cbn [descent]; [reflexivity |].
    rewrite IH, (minimiser_gradient f grad xstar least (proj1 lsmooth)). same_point. }
  rewrite (gd_descent n grad gamma xstar T), rest in pair. exact pair.
Qed.

(* (mu/2) ||x||^2 or (L/2) ||x||^2. *)
Theorem gd_sc_contract_attained : gd_sc_contract_attained_statement.
Proof.
  intros n mu L gamma [range step].
  assert (exists a, mu <= a <= L /\ gd_sc_contract_factor mu L gamma ^ 2 = (1 - gamma * a) ^ 2) as [a [between equal]].
  { unfold gd_sc_contract_factor. rewrite max_abs_square. unfold Rmax.
    destruct Rle_dec; [exists L | exists mu]; (split; [lra | reflexivity]). }
  destruct (parabola_class (X := Rn n) mu L a ltac:(lra) (proj2 between)) as [cvx [lsmooth least]].
  exists (fun x => a / 2 * norm2 (x -: zero)), (fun x => a *: (x -: zero)), zero.
  repeat split; try assumption; try apply lsmooth.
  intros x0 T. unfold gd_sc_contract_bound.
  rewrite gd_descent, parabola_descent, even_power, equal, <- !pow_mult, Nat.mul_comm, pow_mult.
  set (q := (1 - gamma * a) ^ T). clearbody q. expand. ring.
Qed.
