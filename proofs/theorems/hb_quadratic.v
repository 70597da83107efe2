(* Heavy ball on quadratics with Polyak's parameters of 1964. No source was opened that states it with this constant.

   Let f(x) = (1/2) <A (x - xstar), x - xstar> on R^n, A symmetric with its eigenvalues in [mu, L], 0 < mu <= L, and
       root = (sqrt L - sqrt mu)/(sqrt L + sqrt mu), gamma = 4/(sqrt L + sqrt mu)^2, beta = root^2.
   Heavy ball, begun at rest, satisfies, for every T,
       ||x_T - xstar|| <= root^T (T + 1 + T root) ||x_0 - xstar||,
   with equality where all eigenvalues are L, whatever mu and x_0; the bound below is its square.
   The iterates are those of the rule heavy_ball of spec/rules/gradient/heavy_ball.acsl. *)
From Coq Require Import Reals Lra Psatz Lia FunctionalExtensionality.
From Goldstep.theorems.base Require Import space functions sums line heavy_ball quadratic.
From Spec.rules.gradient Require heavy_ball.
From Spec.theorems Require Import hb_quadratic.
Local Open Scope R_scope.

Definition hb_quadratic_statement : Prop :=
  forall (n : nat) (A : Rn n -> Rn n) (mu L : R) (x0 xstar : Rn n) (T : nat),
  symmetric_within mu L A -> hb_quadratic_domain mu L ->
  norm2 (heavy_ball (quadratic_gradient A xstar) (hb_quadratic_gamma mu L) (hb_quadratic_beta mu L) x0 T -: xstar)
  <= hb_quadratic_bound (Z.of_nat T) mu L (norm2 (x0 -: xstar)).

Definition hb_quadratic_attained_statement : Prop :=
  forall (n : nat) (mu L : R), hb_quadratic_domain mu L ->
  exists (A : Rn n -> Rn n), symmetric_within mu L A /\ forall (x0 xstar : Rn n) (T : nat),
  norm2 (heavy_ball (quadratic_gradient A xstar) (hb_quadratic_gamma mu L) (hb_quadratic_beta mu L) x0 T -: xstar)
  = hb_quadratic_bound (Z.of_nat T) mu L (norm2 (x0 -: xstar)).

(* The emitted terms: the root, and gamma and beta by it. *)
Lemma hb_quadratic_parameters mu L : hb_quadratic_domain mu L ->
  let s := hb_quadratic_root mu L in let gamma := hb_quadratic_gamma mu L in let beta := hb_quadratic_beta mu L in
  0 <= s < 1 /\ beta = s ^ 2 /\ 0 < gamma /\ 1 + beta - gamma * mu = 2 * s /\ 1 + beta - gamma * L = - (2 * s).
Proof.
  intros [pos order] s gamma beta.
  assert (0 < sqrt mu) as pos' by (apply sqrt_lt_R0; exact pos). assert (sqrt mu <= sqrt L) by (apply sqrt_le_1; lra).
  pose proof (sqrt_sqrt mu ltac:(lra)) as square. pose proof (sqrt_sqrt L ltac:(lra)) as square'.
  unfold beta, gamma, s, hb_quadratic_beta, hb_quadratic_gamma, hb_quadratic_root in *.
  change (powerRZ ?x 2) with (x ^ 2). set (a := sqrt L) in *. set (b := sqrt mu) in *. repeat split.
  - apply Rle_mult_inv_pos; lra.
  - apply Rmult_lt_reg_r with (a + b); [lra |]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra. lra.
  - apply Rdiv_lt_0_compat; [lra | apply pow_lt; lra].
  - rewrite <- square. change (powerRZ ?x 2) with (x ^ 2). field. lra.
  - rewrite <- square'. change (powerRZ ?x 2) with (x ^ 2). field. lra.
Qed.

(* gamma and beta are such as the rule allows. *)
Lemma hb_quadratic_allowed mu L : hb_quadratic_domain mu L ->
  Spec.rules.gradient.heavy_ball.heavy_ball_domain (hb_quadratic_gamma mu L) (hb_quadratic_beta mu L).
Proof.
  intros allowed. destruct (hb_quadratic_parameters mu L allowed) as [range [equal [pos _]]].
  unfold heavy_ball.heavy_ball_domain. rewrite equal. repeat split; [lra | apply pow2_ge_0 | nra].
Qed.

(* Chebyshev polynomials of D, where D is symmetric and |<D y, y>| <= s ||y||^2, at a point: with C = D/s the pair at k
   is s^k T_k(C) x and s^(k-1) U_(k-1)(C) x, and no division by s is needed. *)
Section Chebyshev.
Context {X : space} (D : X -> X) (s : R).
Hypothesis nonneg : 0 <= s.
Hypothesis sym : symmetric_within (- s) s D.

Fixpoint chebyshev (x : X) (k : nat) : X * X :=
  match k with
  | O => (x, zero)
  | S k => let (first, second) := chebyshev x k in
           let second' := D second +: first in (D second' -: s ^ 2 *: second, second')
  end.

(* Pell's identity: ||T_k||^2 + ||U_(k-1)||^2 - ||C U_(k-1)||^2 = ||x||^2. *)
Lemma pell x k : let (first, second) := chebyshev x k in
  norm2 first + s ^ 2 * norm2 second - norm2 (D second) = s ^ (2 * k) * norm2 x.
Proof.
  induction k as [| k IH]; cbn [chebyshev].
  - rewrite (linear_zero _ _ _ sym). change (2 * 0)%nat with 0%nat. cbn [pow]. expand. ring.
  - destruct (chebyshev x k) as [a b]. set (b' := D b +: a).
    replace (s ^ (2 * S k) * norm2 x) with (s ^ 2 * (s ^ (2 * k) * norm2 x))
      by (replace (2 * S k)%nat with (2 + 2 * k)%nat by lia; rewrite pow_add; ring).
    rewrite <- IH. pose proof (symmetric sym b' b) as swap.
    replace (norm2 a) with (norm2 (b' -: D b)) by (unfold b'; f_equal; same_point).
    set (p := D b') in *. set (q := D b) in *. clearbody b' p q. clear IH. expand. nra.
Qed.

Lemma chebyshev_first x k : norm (fst (chebyshev x k)) <= s ^ k * norm x.
Proof.
  pose proof (pell x k) as identity. destruct (chebyshev x k) as [a b]. cbn [fst].
  pose proof (symmetric_norm s D nonneg sym b).
  apply square_norm_le; [apply Rmult_le_pos; [apply pow_le, nonneg | apply norm_pos] |].
  rewrite Rpow_mult_distr, <- pow_mult. replace (k * 2)%nat with (2 * k)%nat by lia.
  replace (norm x ^ 2) with (norm2 x) by (rewrite <- norm_square; ring). lra.
Qed.

(* U_(k+1) = 2 T_(k+1) + U_(k-1). *)
Lemma chebyshev_second x k :
  snd (chebyshev x (S (S k))) = 2 *: fst (chebyshev x (S k)) +: s ^ 2 *: snd (chebyshev x k).
Proof.
  cbn [chebyshev]. destruct (chebyshev x k) as [a b]. cbn [fst snd].
  set (p := D (D b +: a)). clearbody p. same_point.
Qed.

Lemma chebyshev_second_norm x k : norm (snd (chebyshev x (S k))) <= INR (S k) * s ^ k * norm x
  /\ norm (snd (chebyshev x (S (S k)))) <= INR (S (S k)) * s ^ S k * norm x.
Proof.
  pose proof (norm_pos x). induction k as [| k [IH IH']].
  - assert (norm (snd (chebyshev x 1)) = norm x) as one.
    { cbn [chebyshev snd]. unfold norm. f_equal.
      rewrite (linear_zero _ _ _ sym). expand. ring. }
    split; [rewrite one; simpl; lra |]. rewrite chebyshev_second. pose proof (chebyshev_first x 1) as first.
    replace (2 *: fst (chebyshev x 1) +: s ^ 2 *: snd (chebyshev x 0)) with (2 *: fst (chebyshev x 1)).
    + rewrite norm_scale, Rabs_right by lra. simpl in *. lra.
    + set (a := fst (chebyshev x 1)). clearbody a. cbn [chebyshev snd]. same_point.
  - split; [exact IH' |]. rewrite chebyshev_second. eapply Rle_trans; [apply triangle |].
    rewrite !norm_scale, !Rabs_right by (try apply Rle_ge, pow2_ge_0; lra).
    pose proof (chebyshev_first x (S (S k))) as first.
    apply Rmult_le_compat_l with (r := s ^ 2) in IH; [| apply pow2_ge_0].
    rewrite !S_INR in *. cbn [pow] in *. lra.
Qed.

(* The iterate's distance: s^k U_k(C) x - s^(k+1) U_(k-1)(C) x. *)
Definition wave (x : X) (k : nat) : X := snd (chebyshev x (S k)) -: s ^ 2 *: snd (chebyshev x k).

Lemma wave_norm x k : norm (wave x k) <= s ^ k * (INR k + 1 + INR k * s) * norm x.
Proof.
  unfold wave. replace (snd (chebyshev x (S k)) -: s ^ 2 *: snd (chebyshev x k))
    with (snd (chebyshev x (S k)) +: (- s ^ 2) *: snd (chebyshev x k)) by same_point.
  eapply Rle_trans; [apply triangle |].
  rewrite norm_scale, Rabs_left1 by (pose proof (pow2_ge_0 s); lra).
  pose proof (proj1 (chebyshev_second_norm x k)) as now. rewrite S_INR in now. destruct k as [| k].
  - replace (norm (snd (chebyshev x 0))) with 0; [simpl in *; lra |].
    cbn [chebyshev snd]. unfold norm. rewrite norm2_zero, sqrt_0. reflexivity.
  - pose proof (proj1 (chebyshev_second_norm x k)) as before.
    apply Rmult_le_compat_l with (r := s ^ 2) in before; [| apply pow2_ge_0].
    rewrite !S_INR in *. cbn [pow] in *. lra.
Qed.

Lemma wave_0 x : wave x 0 = x.
Proof.
  unfold wave. cbn [chebyshev snd].
  rewrite (linear_zero _ _ _ sym). same_point.
Qed.

(* w_1 = 2 D w_0 - s^2 w_0, w_{k+2} = 2 D w_{k+1} - s^2 w_k. *)
Lemma wave_1 x : wave x 1 = 2 *: D x -: s ^ 2 *: x.
Proof.
  unfold wave. cbn [chebyshev snd].
  rewrite (linear_zero _ _ _ sym). replace (zero +: x) with x by same_point. same_point.
Qed.

Lemma wave_next x k : wave x (S (S k)) = 2 *: D (wave x (S k)) -: s ^ 2 *: wave x k.
Proof.
  unfold wave. cbn [chebyshev]. destruct (chebyshev x k) as [a b]. cbn [snd]. set (b' := D b +: a).
  set (a' := D b' -: s ^ 2 *: b). set (b'' := D b' +: a').
  rewrite (linear_sub _ _ _ sym), (linear_scale sym). set (q := D b''). clearbody q.
  unfold b'', a'. set (p := D b'). clearbody p. clearbody b'. same_point.
Qed.
End Chebyshev.

Section Proof.
Context {X : space} (A : X -> X) (mu L s gamma beta : R) (xstar : X).
Hypothesis within : symmetric_within mu L A.
Hypothesis order : mu <= L.
Hypothesis positive : 0 < gamma.
Hypothesis square : beta = s ^ 2.
Hypothesis low : 1 + beta - gamma * mu = 2 * s.
Hypothesis high : 1 + beta - gamma * L = - (2 * s).

(* D = ((1 + beta) - gamma A)/2. *)
Definition half (x : X) : X := (- (gamma / 2)) *: A x +: ((1 + beta) / 2) *: x.

Lemma half_within : symmetric_within (- s) s half.
Proof.
  pose proof (symmetric_shift mu L A (- (gamma / 2)) ((1 + beta) / 2) within) as shifted.
  assert (gamma * mu <= gamma * L) by (apply Rmult_le_compat_l; lra).
  rewrite Rmin_right, Rmax_left in shifted by lra.
  replace (- (gamma / 2) * L + (1 + beta) / 2) with (- s) in shifted by lra.
  replace (- (gamma / 2) * mu + (1 + beta) / 2) with s in shifted by lra. exact shifted.
Qed.

Lemma hb_quadratic_run x0 t :
  let state := momentum (quadratic_gradient A xstar) gamma beta (x0, x0) in
  fst (state t) -: xstar = wave half s (x0 -: xstar) t
  /\ fst (state (S t)) -: xstar = wave half s (x0 -: xstar) (S t).
Proof.
  intros state. pose proof half_within as halved.
  assert (next : forall t, fst (state (S t)) -: xstar
    = 2 *: half (fst (state t) -: xstar) -: s ^ 2 *: (snd (state t) -: xstar)).
  { intros k. unfold state. cbn [momentum]. destruct (momentum _ _ _ _ k) as [x x_prev]. cbn [fst snd].
    unfold quadratic_gradient, half. rewrite <- square. set (g := A (x -: xstar)). clearbody g.
    same_point_by ltac:(field). }
  assert (memory : forall t, snd (state (S t)) = fst (state t)).
  { intros k. unfold state. cbn [momentum]. destruct (momentum _ _ _ _ k). reflexivity. }
  induction t as [| t [IH IH']].
  - split; [rewrite (wave_0 half s halved); reflexivity |].
    rewrite next, (wave_1 half s halved). reflexivity.
  - split; [exact IH' |]. rewrite next, memory, IH, IH', (wave_next half s halved). reflexivity.
Qed.
End Proof.

Lemma hb_quadratic_bound_is T mu L r : let s := hb_quadratic_root mu L in
  hb_quadratic_bound (Z.of_nat T) mu L r = (s ^ T * (INR T + 1 + INR T * s)) ^ 2 * r.
Proof.
  intros s. unfold hb_quadratic_bound. fold s. change 2%Z with (Z.of_nat 2).
  rewrite <- Nat2Z.inj_mul, <- !pow_powerRZ, plus_IZR, <- INR_IZR_INZ, Nat.mul_comm, pow_mult. ring.
Qed.

Theorem hb_quadratic : hb_quadratic_statement.
Proof.
  intros n A mu L x0 xstar T within allowed. rewrite hb_quadratic_bound_is, heavy_ball_momentum.
  destruct (hb_quadratic_parameters mu L allowed) as [range [square [pos [low high]]]]. destruct allowed as [_ order].
  set (s := hb_quadratic_root mu L) in *.
  rewrite (proj1 (hb_quadratic_run A mu L s _ _ xstar within order pos square low high x0 T)).
  pose proof (wave_norm (half A (hb_quadratic_gamma mu L) (hb_quadratic_beta mu L)) s (proj1 range)
    (half_within A mu L s _ _ within order pos low high) (x0 -: xstar) T) as short.
  apply norm_le_square in short. rewrite Rpow_mult_distr in short.
  replace (norm (x0 -: xstar) ^ 2) with (norm2 (x0 -: xstar)) in short by (rewrite <- norm_square; ring). exact short.
Qed.

(* A = L times the identity: D is -s times the identity. *)
Lemma wave_opposite {X : space} s (x : X) k :
  wave (fun y => (- s) *: y) s x k = ((- s) ^ k * (INR k + 1 + INR k * s)) *: x.
Proof.
  assert (both : fst (chebyshev (fun y => (- s) *: y) s x k) = (- s) ^ k *: x
    /\ snd (chebyshev (fun y => (- s) *: y) s x (S k)) = (INR (S k) * (- s) ^ k) *: x).
  { induction k as [| k [IH IH']].
    - split; [cbn; same_point | simpl; same_point].
    - assert (first : fst (chebyshev (fun y => (- s) *: y) s x (S k)) = (- s) ^ S k *: x).
      { cbn [chebyshev] in *. destruct (chebyshev (fun y => (- s) *: y) s x k) as [a b]. cbn [fst snd] in *.
        rewrite IH. set (q := (- s) ^ k). cbn [pow]. fold q. same_point. }
      split; [exact first |]. set (k' := S k) in *. cbn [chebyshev] in *.
      destruct (chebyshev (fun y => (- s) *: y) s x k') as [a b]. cbn [fst snd] in *.
      rewrite first, IH'. unfold k'. set (q := (- s) ^ k). cbn [pow]. fold q. rewrite !S_INR. same_point. }
  destruct both as [first second]. unfold wave. rewrite second.
  cbn [chebyshev] in second. destruct (chebyshev (fun y => (- s) *: y) s x k) as [a b]. cbn [fst snd] in *.
  replace (s ^ 2 *: b) with ((- s) *: (((- s) *: b +: a) -: a)) by same_point.
  rewrite second, first. rewrite S_INR. set (q := (- s) ^ k). same_point.
Qed.

Theorem hb_quadratic_attained : hb_quadratic_attained_statement.
Proof.
  intros n mu L allowed. exists (fun x => L *: x).
  destruct (hb_quadratic_parameters mu L allowed) as [range [square [pos [low high]]]].
  destruct allowed as [some order].
  assert (within : symmetric_within mu L (fun x : Rn n => L *: x)) by (apply symmetric_identity; lra).
  split; [exact within |]. intros x0 xstar T. rewrite hb_quadratic_bound_is, heavy_ball_momentum.
  set (s := hb_quadratic_root mu L) in *.
  rewrite (proj1 (hb_quadratic_run _ mu L s _ _ xstar within order pos square low high x0 T)).
  replace (half (fun x : Rn n => L *: x) (hb_quadratic_gamma mu L) (hb_quadratic_beta mu L))
    with (fun y : Rn n => (- s) *: y).
  - rewrite wave_opposite, norm2_scale, !Rpow_mult_distr. f_equal. f_equal.
    rewrite <- !pow_mult, !(Nat.mul_comm T), !pow_mult. f_equal. ring.
  - apply functional_extensionality. intros y. unfold half. same_point_by ltac:(idtac).
    set (u := inner y y). replace (hb_quadratic_beta mu L) with (hb_quadratic_gamma mu L * L - 2 * s - 1) by lra. field.
Qed.
