(* Three forms of momentum are the same iterates. The coefficients are derived here.

   Let g_t be any functions of the iterate, eta > 0 and lambda_t >= 0. With z_0 = x_0, the iterate moving average
       z_{t+1} = z_t - eta g_t(x_t),   x_{t+1} = (lambda_{t+1} x_t + z_{t+1})/(lambda_{t+1} + 1),
   the heavy ball
       x_{t+1} = x_t - gamma_t g_t(x_t) + b_t (x_t - x_{t-1}),   x_{-1} = x_0,
   with gamma_t = eta/(1 + lambda_{t+1}), b_t = lambda_t/(1 + lambda_{t+1}), and the buffer
       m_{t+1} = beta_t m_t + g_t(x_t),   x_{t+1} = x_t - gamma_t m_{t+1},   m_0 = 0,
   with the same gamma_t and beta_t = lambda_t/(1 + lambda_t), make the same x_t. For lambda_t = t/2 these are
       gamma_t = 2 eta/(t + 3),   b_t = t/(t + 3),   beta_t = t/(t + 2).
   The iterates are those of the rules sgdm_ima, heavy_ball and sgdm_torch of spec/rules/gradient/. *)
From Coq Require Import Reals Lra Lia FunctionalExtensionality.
From Goldstep.theorems.base Require Import space momentum.
From Spec.rules.gradient Require heavy_ball sgdm_torch.
From Spec.theorems Require Import sgd_mom_equiv.
Local Open Scope R_scope.

Definition sgd_mom_equiv_general_statement : Prop :=
  forall (d : nat) (g : nat -> Rn d -> Rn d) (eta : R) (lambda : nat -> R) (x0 : Rn d) (T : nat),
  0 < eta -> (forall t, 0 <= lambda t) ->
  let gamma := fun t => eta / (1 + lambda (S t)) in
  let beta := fun t => lambda t / (1 + lambda (S t)) in
  let momentum := fun t => lambda t / (1 + lambda t) in
  fst (heavy_ball g gamma beta x0 T) = fst (ima g eta lambda x0 T) /\
  fst (buffer g gamma momentum x0 T) = fst (ima g eta lambda x0 T).

Definition sgd_mom_equiv_statement : Prop :=
  forall (d : nat) (g : nat -> Rn d -> Rn d) (eta : R) (x0 : Rn d) (T : nat),
  sgd_mom_equiv_domain eta ->
  let lambda := fun t => sgd_mom_equiv_lambda (Z.of_nat t) in
  let gamma := fun t => sgd_mom_equiv_gamma (Z.of_nat t) eta in
  let beta := fun t => sgd_mom_equiv_beta (Z.of_nat t) in
  let momentum := fun t => sgd_mom_equiv_momentum (Z.of_nat t) in
  norm2 (fst (ima g eta lambda x0 T) -: fst (heavy_ball g gamma beta x0 T)) <= sgd_mom_equiv_bound (Z.of_nat T) /\
  norm2 (fst (ima g eta lambda x0 T) -: fst (buffer g gamma momentum x0 T)) <= sgd_mom_equiv_bound (Z.of_nat T).

(* PyTorch's first step makes the buffer from the gradient alone, and without momentum there is no buffer: no matter. *)
Lemma torch_buffer x g b t momentum : (t = 1%Z -> b = 0) ->
  sgdm_torch.sgdm_torch_b x g b t momentum 0 0 = momentum * b + g.
Proof.
  intros first. unfold sgdm_torch.sgdm_torch_b, sgdm_torch.sgdm_torch_g. destruct Z.eq_dec as [yes |]; [| ring].
  rewrite (first yes). ring.
Qed.

Lemma torch_step x g b gamma momentum : (momentum = 0 -> b = g) ->
  sgdm_torch.sgdm_torch_x x g b gamma momentum 0 0 = x - gamma * b.
Proof.
  intros none. unfold sgdm_torch.sgdm_torch_x, sgdm_torch.sgdm_torch_g.
  destruct Req_EM_T as [yes |]; [rewrite (none yes); ring |]. destruct Req_EM_T; [lra | reflexivity].
Qed.

Section Proof.
Context {d : nat} (g : nat -> Rn d -> Rn d) (eta : R) (lambda : nat -> R) (x0 : Rn d).
Hypothesis positive : 0 < eta.
Hypothesis nonneg : forall t, 0 <= lambda t.

Let gamma (t : nat) : R := eta / (1 + lambda (S t)).
Let beta (t : nat) : R := lambda t / (1 + lambda (S t)).
Let momentum (t : nat) : R := lambda t / (1 + lambda t).

(* z = x + lambda_t (x - x_prev), and eta m = (1 + lambda_t) (x_prev - x). *)
Lemma same_iterates t :
  let (x, z) := ima g eta lambda x0 t in
  let (y, y_prev) := heavy_ball g gamma beta x0 t in
  let (w, m) := buffer g gamma momentum x0 t in
  y = x /\ w = x /\ (forall i, z i = x i + lambda t * (x i - y_prev i)) /\
  (forall i, eta * m i = (1 + lambda t) * (y_prev i - x i)) /\ (t = O -> m = zero).
Proof.
  induction t as [| t IH]; simpl ima; simpl heavy_ball; simpl buffer.
  - repeat split; intros; simpl; ring.
  - destruct (ima g eta lambda x0 t) as [x z]. destruct (heavy_ball g gamma beta x0 t) as [y y_prev].
    destruct (buffer g gamma momentum x0 t) as [w m]. destruct IH as [-> [-> [average [inertia first]]]].
    pose proof (nonneg t). pose proof (nonneg (S t)). simpl fst. set (u := g t x).
    assert (forall i, lift3 (fun x g b => sgdm_torch.sgdm_torch_b x g b (Z.of_nat (S t)) (momentum t) 0 0) x u m i
            = momentum t * m i + u i) as next_buffer.
    { intros i. apply torch_buffer. intros one. rewrite first by lia. reflexivity. }
    assert (forall i, m i = (1 + lambda t) * (y_prev i - x i) / eta) as moves
      by (intros i; rewrite <- inertia; field; lra).
    assert (forall i, lift2 (fun x z => sgdm_ima_x x z (lambda (S t))) x (lift2 (fun z g => sgdm_ima_z z g eta) z u) i
            = x i - gamma t * u i + beta t * (x i - y_prev i)) as next.
    { intros i. unfold lift2, sgdm_ima_x, sgdm_ima_z, gamma, beta. rewrite average. field. lra. }
    unfold ima_step. repeat split.
    + apply functional_extensionality. intros i. rewrite next. reflexivity.
    + apply functional_extensionality. intros i. rewrite next. unfold lift3 at 1. rewrite torch_step.
      * rewrite next_buffer, moves. unfold momentum, gamma, beta. field. lra.
      * intros none. rewrite next_buffer, none. ring.
    + intros i. rewrite next. unfold heavy_ball.heavy_ball_x_prev, lift2, sgdm_ima_z, gamma, beta.
      rewrite average. field. lra.
    + intros i. rewrite next_buffer, next, moves.
      unfold heavy_ball.heavy_ball_x_prev, momentum, gamma, beta. field. lra.
    + discriminate.
Qed.
End Proof.

Theorem sgd_mom_equiv_general : sgd_mom_equiv_general_statement.
Proof.
  intros d g eta lambda x0 T positive nonneg gamma beta momentum.
  pose proof (same_iterates g eta lambda x0 positive nonneg T) as same. fold gamma beta momentum in same.
  destruct ima, heavy_ball, buffer. simpl. tauto.
Qed.

Theorem sgd_mom_equiv : sgd_mom_equiv_statement.
Proof.
  intros d g eta x0 T positive lambda gamma beta momentum.
  assert (forall t, lambda t = INR t / 2) as half.
  { intros t. unfold lambda, sgd_mom_equiv_lambda. rewrite <- INR_IZR_INZ. lra. }
  destruct (sgd_mom_equiv_general d g eta lambda x0 T positive) as [ball torch].
  { intros t. rewrite half. pose proof (pos_INR t). lra. }
  assert (gamma = (fun t => eta / (1 + lambda (S t)))) as ->.
  { apply functional_extensionality. intros t. rewrite half, S_INR. unfold gamma, sgd_mom_equiv_gamma.
    rewrite plus_IZR, <- INR_IZR_INZ. pose proof (pos_INR t). field. lra. }
  assert (beta = (fun t => lambda t / (1 + lambda (S t)))) as ->.
  { apply functional_extensionality. intros t. rewrite !half, S_INR. unfold beta, sgd_mom_equiv_beta.
    rewrite plus_IZR, <- INR_IZR_INZ. pose proof (pos_INR t). field. lra. }
  assert (momentum = (fun t => lambda t / (1 + lambda t))) as ->.
  { apply functional_extensionality. intros t. rewrite half. unfold momentum, sgd_mom_equiv_momentum.
    rewrite plus_IZR, <- INR_IZR_INZ. pose proof (pos_INR t). field. lra. }
  rewrite ball, torch. unfold sgd_mom_equiv_bound. split; right; expand; ring.
Qed.
