(* Hoeffding's lemma for a finite distribution: the mean of exp(y) for |y| <= a is at most exp(mean y + a^2/2). *)
From Coq Require Fin.
From Coq Require Import Reals Lra Psatz Lia.
From Goldstep.theorems.base Require Import space.
Local Open Scope R_scope.

(* A function whose derivative is nowhere negative on [0, a] does not fall. *)
Lemma rising (F F' : R -> R) a : 0 <= a -> (forall c, 0 <= c <= a -> derivable_pt_lim F c (F' c)) ->
  (forall c, 0 <= c <= a -> 0 <= F' c) -> F 0 <= F a.
Proof.
  intros range derivative pos. destruct (Req_dec a 0) as [-> | some]; [lra |].
  destruct (MVT_cor2 F F' 0 a) as [c [equal between]]; [lra | exact derivative |].
  pose proof (pos c ltac:(lra)). assert (0 <= F' c * (a - 0)) by (apply Rmult_le_pos; lra). lra.
Qed.

(* Derivatives in the form in which they are wanted. *)
Lemma derivative_as (F : R -> R) x l l' : derivable_pt_lim F x l -> l = l' -> derivable_pt_lim F x l'.
Proof. intros derivative <-. exact derivative. Qed.

Lemma derivative_plus (F G : R -> R) x l m : derivable_pt_lim F x l -> derivable_pt_lim G x m ->
  derivable_pt_lim (fun a => F a + G a) x (l + m).
Proof. apply (derivable_pt_lim_plus F G). Qed.

Lemma derivative_minus (F G : R -> R) x l m : derivable_pt_lim F x l -> derivable_pt_lim G x m ->
  derivable_pt_lim (fun a => F a - G a) x (l - m).
Proof. apply (derivable_pt_lim_minus F G). Qed.

Lemma derivative_times (F G : R -> R) x l m : derivable_pt_lim F x l -> derivable_pt_lim G x m ->
  derivable_pt_lim (fun a => F a * G a) x (l * G x + F x * m).
Proof. apply (derivable_pt_lim_mult F G). Qed.

Lemma derivative_const k x : derivable_pt_lim (fun _ => k) x 0.
Proof. apply (derivable_pt_lim_const k). Qed.

Lemma derivative_id x : derivable_pt_lim (fun a => a) x 1.
Proof. apply derivable_pt_lim_id. Qed.

Lemma derivative_exp (F : R -> R) x l : derivable_pt_lim F x l ->
  derivable_pt_lim (fun a => exp (F a)) x (exp (F x) * l).
Proof. intros derivative. apply (derivable_pt_lim_comp F exp); [exact derivative | apply derivable_pt_lim_exp]. Qed.

Ltac derive :=
  eapply derivative_as;
  [repeat first [apply derivative_minus | apply derivative_plus | apply derivative_times | apply derivative_exp
                | apply derivative_const | apply derivative_id] |].

(* cosh a + p sinh a <= exp(p a + a^2/2): with F the difference, F'' >= F, F(0) = F'(0) = 0. *)
Lemma two_points p a : 0 <= a ->
  (1 + p) / 2 * exp a + (1 - p) / 2 * exp (- a) <= exp (p * a + a ^ 2 / 2).
Proof.
  intros range.
  set (E := fun a => exp (p * a + a * a * (1 / 2))).
  set (K := fun a => (1 + p) / 2 * exp a + (1 - p) / 2 * exp (0 - a)).
  set (J := fun a => (1 + p) / 2 * exp a - (1 - p) / 2 * exp (0 - a)).
  assert (derivative_E : forall c, derivable_pt_lim E c ((p + c) * E c)).
  { intros c. unfold E. derive. cbv beta. field. }
  assert (derivative_K : forall c, derivable_pt_lim K c (J c)).
  { intros c. unfold K, J. derive. cbv beta. field. }
  assert (derivative_J : forall c, derivable_pt_lim J c (K c)).
  { intros c. unfold K, J. derive. cbv beta. field. }
  set (F := fun a => E a - K a). set (F' := fun a => (p + a) * E a - J a).
  assert (derivative_F : forall c, derivable_pt_lim F c (F' c)).
  { intros c. unfold F, F'. apply derivative_minus; auto. }
  assert (derivative_F' : forall c, derivable_pt_lim F' c ((1 + (p + c) ^ 2) * E c - K c)).
  { intros c. unfold F'. eapply derivative_as.
    - apply derivative_minus; [| auto]. apply derivative_times; [| auto].
      apply derivative_plus; [apply derivative_const | apply derivative_id].
    - cbv beta. ring. }
  assert (E0 : E 0 = 1) by (unfold E; replace (p * 0 + 0 * 0 * (1 / 2)) with 0 by field; apply exp_0).
  assert (K0 : K 0 = 1) by (unfold K; replace (0 - 0) with 0 by ring; rewrite exp_0; field).
  assert (J0 : J 0 = p) by (unfold J; replace (0 - 0) with 0 by ring; rewrite exp_0; field).
  (* (F + F') exp(-a) rises from 0, and so does F exp(a). *)
  assert (slope : forall c, 0 <= c -> 0 <= F c + F' c).
  { intros c pos.
    assert ((F 0 + F' 0) * exp (0 - 0) <= (F c + F' c) * exp (0 - c)) as above.
    { apply (rising (fun a => (F a + F' a) * exp (0 - a)) (fun a => (p + a) ^ 2 * E a * exp (0 - a)) c pos).
      - intros d _. eapply derivative_as.
        + apply derivative_times; [apply derivative_plus; auto |].
          apply derivative_exp, derivative_minus; [apply derivative_const | apply derivative_id].
        + cbv beta. unfold F, F'. ring.
      - intros d _. apply Rmult_le_pos; [apply Rmult_le_pos; [apply pow2_ge_0 |] |]; left; apply exp_pos. }
    unfold F at 1, F' at 1 in above. rewrite E0, K0, J0 in above. pose proof (exp_pos (0 - c)).
    apply Rmult_le_reg_r with (exp (0 - c)); [assumption |]. lra. }
  assert (F 0 * exp 0 <= F a * exp a) as above.
  { apply (rising (fun a => F a * exp a) (fun a => (F a + F' a) * exp a) a range).
    - intros c _. eapply derivative_as.
      + apply derivative_times; [auto | apply derivative_exp, derivative_id].
      + cbv beta. ring.
    - intros c between. apply Rmult_le_pos; [apply slope; lra | left; apply exp_pos]. }
  unfold F at 1 in above. rewrite E0, K0 in above. pose proof (exp_pos a).
  assert (0 <= F a) as result by (apply Rmult_le_reg_r with (exp a); [assumption |]; lra).
  unfold F, E, K in result. replace (0 - a) with (- a) in result by ring.
  replace (p * a + a * a * (1 / 2)) with (p * a + a ^ 2 / 2) in result by field. lra.
Qed.

(* exp is below its chord between -a and a. *)
Lemma chord y a : 0 < a -> - a <= y <= a ->
  exp y <= (1 + y / a) / 2 * exp a + (1 - y / a) / 2 * exp (- a).
Proof.
  intros pos range.
  (* By the tangents at y to both ends: exp(z) >= exp(y) (1 + z - y). *)
  assert (tangent : forall z, exp y * (1 + (z - y)) <= exp z).
  { intros z. replace (exp z) with (exp y * exp (z - y)) by (rewrite <- exp_plus; f_equal; ring).
    apply Rmult_le_compat_l; [left; apply exp_pos | apply exp_ineq1_le]. }
  pose proof (tangent a) as right. pose proof (tangent (- a)) as left.
  assert (-1 <= y / a <= 1) as small.
  { split; apply Rmult_le_reg_r with a; trivial; replace (y / a * a) with y by (field; lra); lra. }
  apply Rmult_le_compat_l with (r := (1 + y / a) / 2) in right; [| lra].
  apply Rmult_le_compat_l with (r := (1 - y / a) / 2) in left; [| lra].
  replace (exp y) with ((1 + y / a) / 2 * (exp y * (1 + (a - y))) + (1 - y / a) / 2 * (exp y * (1 + (- a - y))))
    by (field; lra). lra.
Qed.

(* sum p_i exp(y_i) <= exp(sum p_i y_i + a^2/2) for weights p of sum 1 and |y_i| <= a. *)
Lemma hoeffding n (p y : Fin.t n -> R) a : (forall i, 0 <= p i) -> sum_all p = 1 -> 0 <= a ->
  (forall i, Rabs (y i) <= a) ->
  sum_all (fun i => p i * exp (y i)) <= exp (sum_all (fun i => p i * y i) + a ^ 2 / 2).
Proof.
  intros nonneg one pos small. destruct (Req_dec a 0) as [null | some].
  - assert (still : forall i, y i = 0).
    { intros i. specialize (small i). rewrite null in small. pose proof (Rabs_pos (y i)).
      destruct (Req_dec (y i) 0) as [| other]; [assumption |]. pose proof (Rabs_no_R0 _ other). lra. }
    rewrite (sum_all_ext n _ p), (sum_all_ext n (fun i => p i * y i) (fun _ => 0))
      by (intros i; rewrite still, ?exp_0; ring).
    rewrite one, sum_all_const, null. replace (INR n * 0 + 0 ^ 2 / 2) with 0 by field. rewrite exp_0. lra.
  - set (m := sum_all (fun i => p i * y i)).
    apply Rle_trans with ((1 + m / a) / 2 * exp a + (1 - m / a) / 2 * exp (- a)).
    + apply Rle_trans with (sum_all (fun i => (exp a + exp (- a)) / 2 * p i
                                     + (exp a - exp (- a)) / 2 / a * (p i * y i))).
      * apply sum_all_le. intros i.
        assert (- a <= y i <= a) as range by (specialize (small i); revert small; unfold Rabs; destruct Rcase_abs; lra).
        pose proof (chord (y i) a ltac:(lra) range) as below.
        apply Rmult_le_compat_l with (r := p i) in below; [| apply nonneg].
        replace ((exp a + exp (- a)) / 2 * p i + (exp a - exp (- a)) / 2 / a * (p i * y i))
          with (p i * ((1 + y i / a) / 2 * exp a + (1 - y i / a) / 2 * exp (- a))) by (field; lra). exact below.
      * rewrite sum_all_plus, !sum_all_scale, one. fold m. right. field. lra.
    + replace (m + a ^ 2 / 2) with (m / a * a + a ^ 2 / 2) by (field; lra). apply two_points. exact pos.
Qed.
