(* Online gradient descent x_{t+1} = P(x_t - eta_t g_t), P the projection onto a convex set C. Zinkevich 2003; the
   constants of ogd_const agree with PEPit's example (Goujaud et al.), those of the others are this project's.

   Let f_0, f_1, ... be any losses on R^n with subgradients g_t at the points played, and u a point of C.
   ogd_const: with eta_t = eta, sum_{t < T} f_t(x_t) - f_t(u) <= ||x_0 - u||^2/(2 eta) + (eta/2) sum ||g_t||^2.
   ogd_dec:   with C of diameter at most D, ||g_t|| <= G and eta_t = D/(G sqrt(t+1)), at most (3/2) D G sqrt T.
   ogd_sc:    with mu-strongly convex losses, ||g_t|| <= G and eta_t = 1/(mu (t+1)), at most G^2 (1 + ln T)/(2 mu).
   The steps are those of the rule gd of spec/rules/gradient/gd.acsl, followed by the projection. *)
From Coq Require Import Reals Lra Psatz Lia.
From Goldstep.theorems.base Require Import space functions sums online.
From Spec.rules.gradient Require gd.
From Spec.theorems Require Import ogd_const ogd_dec ogd_sc.
Local Open Scope R_scope.

(* The iterates: g t is the gradient of step t + 1, and eta t its step size. *)
Fixpoint ogd {n : nat} (P : Rn n -> Rn n) (eta : nat -> R) (x0 : Rn n) (g : nat -> Rn n) (t : nat) : Rn n :=
  match t with
  | O => x0
  | S t => P (lift2 (fun x g => gd.gd_x x g (eta t)) (ogd P eta x0 g t) (g t))
  end.

Definition ogd_const_statement : Prop :=
  forall (n : nat) (f : nat -> Rn n -> R) (g : nat -> Rn n) (C : Rn n -> Prop) (P : Rn n -> Rn n) (x0 u : Rn n)
         (eta : R) (T : nat),
  let x := ogd P (fun _ => eta) x0 g in
  subgradients f x g -> convex_set C -> projector C P -> C u -> ogd_const_domain eta ->
  regret f x u T <= ogd_const_bound eta (norm2 (x0 -: u)) (sum_below (fun t => norm2 (g t)) T).

Definition ogd_dec_statement : Prop :=
  forall (n : nat) (f : nat -> Rn n -> R) (g : nat -> Rn n) (C : Rn n -> Prop) (P : Rn n -> Rn n) (x0 u : Rn n)
         (D G : R) (T : nat),
  let x := ogd P (fun t => D / (G * sqrt (INR (S t)))) x0 g in
  subgradients f x g -> convex_set C -> projector C P -> diameter C D -> C x0 -> C u ->
  (forall t, norm (g t) <= G) -> ogd_dec_domain D G ->
  regret f x u T <= ogd_dec_bound (Z.of_nat T) D G.

Definition ogd_sc_statement : Prop :=
  forall (n : nat) (f : nat -> Rn n -> R) (g : nat -> Rn n) (C : Rn n -> Prop) (P : Rn n -> Rn n) (x0 u : Rn n)
         (mu G : R) (T : nat),
  let x := ogd P (fun t => 1 / (mu * INR (S t))) x0 g in
  (forall t, strongly_convex mu (f t)) -> subgradients f x g -> convex_set C -> projector C P -> C u ->
  (forall t, norm (g t) <= G) -> ogd_sc_domain mu G -> (1 <= T)%nat ->
  regret f x u T <= ogd_sc_bound (Z.of_nat T) mu G.

(* A subgradient of a strongly convex function is below it by a parabola. *)
Lemma strong_subgradient {X : space} mu (f : X -> R) x g y : strongly_convex mu f -> subgradient f x g ->
  f x + inner g (y -: x) + mu / 2 * norm2 (x -: y) <= f y.
Proof.
  intros cvx slope.
  assert (0 <= f y - f x - inner g (y -: x) - mu / 2 * norm2 (x -: y)); [| lra].
  apply le_vanishing with (c := mu / 2 * norm2 (x -: y)). intros t range.
  pose proof (cvx x y t ltac:(lra)) as above. pose proof (slope ((1 - t) *: x +: t *: y)) as below.
  replace ((1 - t) *: x +: t *: y -: x) with (t *: (y -: x)) in below by same_point. rewrite inner_scale_r in below.
  apply Rmult_le_reg_l with t; lra.
Qed.

Section Proof.
Context {n : nat} (g : nat -> Rn n) (C : Rn n -> Prop) (P : Rn n -> Rn n) (x0 u : Rn n)
  (eta : nat -> R).
Let x := ogd P eta x0 g.
Hypothesis cvx : convex_set C.
Hypothesis nearest : projector C P.
Hypothesis inside : C u.
Hypothesis positive : forall t, 0 < eta t.

(* 2 <g_t, x_t - u> <= (||x_t - u||^2 - ||x_{t+1} - u||^2)/eta_t + eta_t ||g_t||^2. *)
Lemma ogd_step t :
  2 * inner (g t) (x t -: u) <= (norm2 (x t -: u) - norm2 (x (S t) -: u)) / eta t + eta t * norm2 (g t).
Proof.
  pose proof (projection_closer C P (x t -: eta t *: g t) u cvx nearest inside) as closer.
  replace (P (x t -: eta t *: g t)) with (x (S t)) in closer.
  - set (next := norm2 (x (S t) -: u)) in *. pose proof (positive t). apply Rmult_le_reg_l with (eta t); [lra |].
    replace (eta t * ((norm2 (x t -: u) - next) / eta t + eta t * norm2 (g t)))
      with (norm2 (x t -: u) - next + eta t ^ 2 * norm2 (g t)) by (field; lra).
    replace (norm2 (x t -: eta t *: g t -: u))
      with (norm2 (x t -: u) - 2 * eta t * inner (g t) (x t -: u) + eta t ^ 2 * norm2 (g t)) in closer
      by (expand; ring). lra.
  - unfold x. cbn [ogd]. f_equal. apply lift2_step. intros a b. unfold gd.gd_x. ring.
Qed.

Lemma ogd_inside t : C x0 -> C (x t).
Proof. intros start. destruct t; [exact start | apply nearest]. Qed.
End Proof.

Theorem ogd_const : ogd_const_statement.
Proof.
  intros n f g C P x0 u eta T x slopes cvx nearest inside positive. unfold ogd_const_domain in positive.
  eapply Rle_trans; [apply regret_linear, slopes |]. unfold ogd_const_bound.
  pose proof (sum_steps (fun t => inner (g t) (x t -: u)) (fun t => eta / 2 * norm2 (g t))
    (fun t => norm2 (x t -: u) / (2 * eta)) T) as total. cbv beta in total. rewrite sum_below_scale in total.
  assert (0 <= norm2 (x T -: u) / (2 * eta)) by (apply Rle_mult_inv_pos; [apply norm2_pos | lra]).
  change (x O) with x0 in total.
  assert (forall t, (t < T)%nat -> inner (g t) (x t -: u)
    <= norm2 (x t -: u) / (2 * eta) - norm2 (x (S t) -: u) / (2 * eta) + eta / 2 * norm2 (g t)) as once.
  { intros t _. pose proof (ogd_step g C P x0 u (fun _ => eta) cvx nearest inside (fun _ => positive) t) as step.
    fold x in step. cbv beta in step.
    replace (norm2 (x t -: u) / (2 * eta) - norm2 (x (S t) -: u) / (2 * eta))
      with ((norm2 (x t -: u) - norm2 (x (S t) -: u)) / eta / 2) by (field; lra). lra. }
  specialize (total once). lra.
Qed.

Theorem ogd_dec : ogd_dec_statement.
Proof.
  intros n f g C P x0 u D G T x slopes cvx nearest wide start inside bounded [D_pos G_pos].
  eapply Rle_trans; [apply regret_linear, slopes |]. unfold ogd_dec_bound. rewrite <- INR_IZR_INZ.
  set (eta := fun t => D / (G * sqrt (INR (S t)))) in *.
  assert (root : forall t, 0 < sqrt (INR (S t))) by (intros; apply sqrt_lt_R0, lt_0_INR; lia).
  assert (positive : forall t, 0 < eta t)
    by (intros t; apply Rdiv_lt_0_compat; [lra | apply Rmult_lt_0_compat; [lra | apply root]]).
  (* 2 sum <= (G/D) sqrt T (D^2 - ||x_T - u||^2) + D G sum 1/sqrt t *)
  assert (2 * sum_below (fun t => inner (g t) (x t -: u)) T
          <= G / D * sqrt (INR T) * (D ^ 2 - norm2 (x T -: u)) + D * G * sum_inv_sqrt T) as main.
  { unfold sum_inv_sqrt. induction T as [| T IH]; cbn [sum_below].
    - simpl INR. rewrite sqrt_0. lra.
    - pose proof (ogd_step g C P x0 u eta cvx nearest inside positive T) as step. fold x in step.
      pose proof (diameter_square C D _ _ wide (ogd_inside g C P x0 eta nearest T start) inside) as near.
      fold x in near. pose proof (norm_le_square _ _ (bounded T)) as small. pose proof (root T) as rpos.
      apply Rmult_le_compat_l with (r := eta T) in small; [| left; apply positive].
      assert (sqrt (INR T) <= sqrt (INR (S T))) as grows by (apply sqrt_le_1_alt, le_INR; lia).
      assert (0 <= G / D * (sqrt (INR (S T)) - sqrt (INR T)) * (D ^ 2 - norm2 (x T -: u)))
        by (apply Rmult_le_pos; [apply Rmult_le_pos; [apply Rle_mult_inv_pos |] |]; lra).
      set (r := norm2 (x T -: u)) in *. set (r' := norm2 (x (S T) -: u)) in *.
      replace ((r - r') / eta T) with (G / D * sqrt (INR (S T)) * (r - r')) in step by (unfold eta; field; lra).
      replace (eta T * G ^ 2) with (D * G * (1 / sqrt (INR (S T)))) in small by (unfold eta; field; lra). lra. }
  destruct T as [| T]; [simpl; rewrite sqrt_0; lra |].
  pose proof (sum_inv_sqrt_upper (S T) ltac:(lia)) as total.
  assert (0 <= G / D * sqrt (INR (S T)) * norm2 (x (S T) -: u))
    by (apply Rmult_le_pos; [apply Rmult_le_pos; [apply Rle_mult_inv_pos; lra | apply sqrt_pos] | apply norm2_pos]).
  assert (D * G * sum_inv_sqrt (S T) <= D * G * (2 * sqrt (INR (S T)))) as series
    by (apply Rmult_le_compat_l; [apply Rmult_le_pos |]; lra).
  replace (G / D * sqrt (INR (S T)) * (D ^ 2 - norm2 (x (S T) -: u)))
    with (D * G * sqrt (INR (S T)) - G / D * sqrt (INR (S T)) * norm2 (x (S T) -: u)) in main by (field; lra).
  lra.
Qed.

Theorem ogd_sc : ogd_sc_statement.
Proof.
  intros n f g C P x0 u mu G T x strong slopes cvx nearest inside bounded [mu_pos G_pos] some.
  unfold ogd_sc_bound, regret. rewrite <- INR_IZR_INZ. set (eta := fun t => 1 / (mu * INR (S t))) in *.
  assert (count : forall t, 0 < INR (S t)) by (intros; apply lt_0_INR; lia).
  assert (positive : forall t, 0 < eta t)
    by (intros t; apply Rdiv_lt_0_compat; [lra | apply Rmult_lt_0_compat; [lra | apply count]]).
  assert (sum_below (fun t => f t (x t) - f t u) T + mu * INR T / 2 * norm2 (x T -: u)
          <= G ^ 2 / (2 * mu) * harmonic T) as main.
  { clear some. unfold harmonic. induction T as [| T IH]; cbn [sum_below].
    - simpl. lra.
    - pose proof (ogd_step g C P x0 u eta cvx nearest inside positive T) as step. fold x in step.
      pose proof (norm_le_square _ _ (bounded T)) as small. pose proof (count T) as cpos.
      apply Rmult_le_compat_l with (r := eta T) in small; [| left; apply positive].
      pose proof (strong_subgradient mu (f T) (x T) (g T) u (strong T) (slopes T)) as above.
      replace (inner (g T) (u -: x T)) with (- inner (g T) (x T -: u)) in above by (expand; ring).
      rewrite S_INR in *. set (k := INR T) in *.
      set (r := norm2 (x T -: u)) in *. set (r' := norm2 (x (S T) -: u)) in *.
      replace ((r - r') / eta T) with (mu * (k + 1) * (r - r')) in step
        by (unfold eta; rewrite S_INR; fold k; field; lra).
      replace (eta T * G ^ 2) with (2 * (G ^ 2 / (2 * mu) * (1 / (k + 1)))) in small
        by (unfold eta; rewrite S_INR; fold k; field; lra). lra. }
  pose proof (harmonic_upper T some) as series.
  apply Rmult_le_compat_l with (r := G ^ 2 / (2 * mu)) in series;
    [| apply Rle_mult_inv_pos; [apply pow2_ge_0 | lra]].
  assert (0 <= mu * INR T / 2 * norm2 (x T -: u)).
  { apply Rmult_le_pos; [| apply norm2_pos]. pose proof (pos_INR T).
    assert (0 <= mu * INR T) by (apply Rmult_le_pos; lra). lra. }
  replace (G * G * (1 + ln (INR T)) / (2 * mu)) with (G ^ 2 / (2 * mu) * (1 + ln (INR T))) by (field; lra). lra.
Qed.
