(* Minibatch stochastic gradient descent with switching steps on a strongly convex sum. Garrigos & Gower, Handbook of
   convergence theorems for (stochastic) gradient methods, treat minibatches; the constants are derived here.

   Let f = (f_1 + ... + f_n)/n on R^d be mu-strongly convex and Lf-smooth with a minimiser x*, each f_i convex and
   Lmax-smooth, n >= 2. A batch is b of the indices: without replacement each of the b-subsets is equally likely (and
   b <= n), with replacement each of the b-tuples. g is the mean of the grad f_i over the batch. Write
   a_b = (n - b)/(b (n - 1)) without replacement and 1/b with, and L_b = (1 - a_b) Lf + a_b Lmax,
   c = ceil(L_b/mu). With the steps
       gamma_t = 1/(2 L_b) for t < 4c,   gamma_t = (2t+1)/((t+1)^2 mu) for t >= 4c,
   for every T >= 4c,
       E ||x_T - x*||^2 <= 16 c^2 ||x_0 - x*||^2/(e^2 T^2) + 8 sigma_b^2/(mu^2 T),
   where sigma_b^2 = a_b (1/n) sum ||grad f_i(xstar)||^2. The step at t makes x_{t+1}. E is the average over the
   sequences of batches. The iterates are those of the rule sgd of spec/rules/gradient/sgd.acsl. *)
From Coq Require Fin.
From Coq Require Import Reals Lra Lia.
From Goldstep.theorems.base Require Import space functions expectation switching stochastic_gradient
  expected_smoothness minibatch.
From Spec.theorems Require Import mb_sgd_sc_switch.
Local Open Scope R_scope.

Definition mb_sgd_sc_switch_statement : Prop :=
  forall (d n b : nat) (replacement : bool) (fi : Fin.t n -> Rn d -> R) (gi : Fin.t n -> Rn d -> Rn d)
         (mu Lf Lmax : R) (x0 xstar : Rn d) (T : nat),
  convex_sum Lmax fi gi xstar -> smooth Lf (mean_function fi) (mean_gradient gi) ->
  strongly_convex mu (mean_function fi) ->
  mb_sgd_sc_switch_domain (INR n) (INR b) (sampling replacement) mu Lf Lmax ->
  mb_sgd_sc_switch_start (INR n) (INR b) (sampling replacement) mu Lf Lmax <= INR T ->
  let gamma := fun t => mb_sgd_sc_switch_gamma (Z.of_nat t) (INR n) (INR b) (sampling replacement) mu Lf Lmax in
  expect T (fun past => norm2 (sgd (minibatch gi (batches replacement n b)) gamma x0 past -: xstar))
  <= mb_sgd_sc_switch_bound (Z.of_nat T) (INR n) (INR b) (sampling replacement) mu Lf Lmax (norm2 (x0 -: xstar))
       (gradient_noise gi xstar).

Theorem mb_sgd_sc_switch : mb_sgd_sc_switch_statement.
Proof.
  intros d n b replacement fi gi mu Lf Lmax x0 xstar T setting lsmooth cvx domain late gamma. rewrite sgd_is_descent.
  destruct domain as [[[[[large one] kind] posmu] posLf] posLmax].
  pose proof (sampling_allowed replacement n b large one kind) as allowed.
  pose proof (minibatch_estimates replacement b fi gi Lf Lmax allowed ltac:(auto) lsmooth mu xstar setting cvx) as est.
  pose proof (batch_smoothness_positive replacement b Lf Lmax allowed ltac:(auto)) as posL.
  assert (mb_sgd_sc_switch_smoothness (INR n) (INR b) (sampling replacement) Lf Lmax
          = batch_smoothness (n := n) replacement b Lf Lmax) as same.
  { unfold mb_sgd_sc_switch_smoothness, mb_sgd_sc_switch_share, batch_smoothness. rewrite sampling_share. reflexivity. }
  set (L := batch_smoothness (n := n) replacement b Lf Lmax) in *. pose proof (ceiling (L / mu)) as ceil.
  destruct (ceiling_nat 4 (L / mu)) as [s [switch first]]; [apply Rdiv_lt_0_compat; assumption |].
  replace (INR 4) with 4 in switch by (simpl; ring).
  set (c := - IZR (Int_part (- (L / mu)))) in *.
  assert (mb_sgd_sc_switch_ceiling (INR n) (INR b) (sampling replacement) mu Lf Lmax = c) as whole
    by (unfold mb_sgd_sc_switch_ceiling; rewrite same; reflexivity).
  assert (forall t, INR t < mb_sgd_sc_switch_start (INR n) (INR b) (sampling replacement) mu Lf Lmax
          <-> (t < s)%nat) as early.
  { intros t. unfold mb_sgd_sc_switch_start. rewrite whole, <- switch. split; [apply INR_lt | apply lt_INR]. }
  assert (s <= T)%nat as after.
  { apply INR_le. rewrite switch. unfold mb_sgd_sc_switch_start in late. rewrite whole in late. exact late. }
  assert (0 < INR T) as pos by (apply lt_0_INR; lia).
  replace (mb_sgd_sc_switch_bound (Z.of_nat T) (INR n) (INR b) (sampling replacement) mu Lf Lmax (norm2 (x0 -: xstar))
             (gradient_noise gi xstar))
    with (16 * c ^ 2 * norm2 (x0 -: xstar) / (exp 2 * INR T ^ 2)
          + 8 * gradient_noise (minibatch gi (batches replacement n b)) xstar / mu ^ 2 / INR T).
  - apply run_sc_switch with (1 := est) (s := s);
      [split; assumption | exact ceil | exact switch | lia | | | exact after].
    + intros k before. unfold gamma, mb_sgd_sc_switch_gamma. rewrite <- INR_IZR_INZ, same.
      destruct Rlt_dec as [_ | no]; [reflexivity |]. elim no. apply early, before.
    + intros k beyond. unfold gamma, mb_sgd_sc_switch_gamma. rewrite mult_IZR, !plus_IZR, mult_IZR, <- INR_IZR_INZ.
      destruct Rlt_dec as [yes | _]; [apply early in yes; lia | reflexivity].
  - unfold mb_sgd_sc_switch_bound. rewrite whole. cbv zeta. unfold mb_sgd_sc_switch_share.
    rewrite mult_IZR, <- INR_IZR_INZ, sampling_share.
    rewrite (minibatch_noise replacement b fi gi Lf allowed lsmooth xstar) by apply setting.
    pose proof (exp_pos 2). field. repeat split; lra.
Qed.
