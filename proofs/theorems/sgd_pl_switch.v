(* Stochastic gradient descent with switching steps under the Polyak-Lojasiewicz inequality. In the manner of Garrigos &
   Gower, Handbook of convergence theorems for (stochastic) gradient methods; the constants are derived here.

   Let f = (f_1 + ... + f_n)/n on R^d be mu-Polyak-Lojasiewicz and Lf-smooth, each f_i Lmax-smooth and bounded below; no
   convexity. Let kappa = Lf Lmax/mu^2 and c = ceil(kappa). SGD, with indices drawn uniformly and independently and the
   steps
       gamma_t = mu/(Lf Lmax) for t < 2c,   gamma_t = (2t+1)/((t+1)^2 mu) for t >= 2c,
   satisfies, for every T >= 2c,
       E f(x_T) - inf f <= 4 c^2 (f(x_0) - inf f)/(e^2 T^2) + 4 kappa Delta/T,
   where Delta = inf f - (1/n) sum inf f_i. The step at t makes x_{t+1}. E is the average over the n^T sequences of
   indices. The iterates are those of the rule sgd of spec/rules/gradient/sgd.acsl. *)
From Coq Require Fin.
From Coq Require Import Reals Lra Lia.
From Goldstep.theorems.base Require Import space functions expectation switching stochastic_gradient
  expected_smoothness expected_growth.
From Spec.theorems Require Import sgd_pl_switch.
Local Open Scope R_scope.

Definition sgd_pl_switch_statement : Prop :=
  forall (d n : nat) (fi : Fin.t n -> Rn d -> R) (gi : Fin.t n -> Rn d -> Rn d) (mu Lf Lmax m : R)
         (mi : Fin.t n -> R) (x0 : Rn d) (T : nat),
  smooth_sum Lf Lmax fi gi m mi -> polyak_lojasiewicz mu (mean_function fi) (mean_gradient gi) ->
  sgd_pl_switch_domain mu Lf Lmax -> sgd_pl_switch_start mu Lf Lmax <= INR T ->
  expect T (fun past =>
    mean_function fi (sgd gi (fun t => sgd_pl_switch_gamma (Z.of_nat t) mu Lf Lmax) x0 past) - m)
  <= sgd_pl_switch_bound (Z.of_nat T) mu Lf Lmax (mean_function fi x0 - m) (function_noise m mi).

Theorem sgd_pl_switch : sgd_pl_switch_statement.
Proof.
  intros d n fi gi mu Lf Lmax m mi x0 T setting pl [[posmu posLf] posLmax] late. rewrite sgd_is_descent.
  set (kappa := sgd_pl_switch_kappa mu Lf Lmax). pose proof (ceiling kappa) as ceil.
  set (c := sgd_pl_switch_ceiling mu Lf Lmax).
  assert (kappa = Lf * Lmax / mu ^ 2) as ratio by (unfold kappa, sgd_pl_switch_kappa; field; lra).
  destruct (ceiling_nat 2 kappa) as [s [switch first]].
  { rewrite ratio. apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat | apply pow_lt]; assumption. }
  replace (INR 2) with 2 in switch by (simpl; ring).
  assert (forall t, INR t < sgd_pl_switch_start mu Lf Lmax <-> (t < s)%nat) as early.
  { intros t. unfold sgd_pl_switch_start, sgd_pl_switch_ceiling. fold kappa. rewrite <- switch.
    split; [apply INR_lt | apply lt_INR]. }
  assert (s <= T)%nat as after by (apply INR_le; rewrite switch; exact late).
  assert (0 < INR T) as pos by (apply lt_0_INR; lia).
  replace (sgd_pl_switch_bound (Z.of_nat T) mu Lf Lmax (mean_function fi x0 - m) (function_noise m mi))
    with (4 * c ^ 2 * (mean_function fi x0 - m) / (exp 2 * INR T ^ 2)
          + 4 * Lf * (Lmax * function_noise m mi) / mu ^ 2 / INR T).
  - apply pl_run_switch with (A := Lmax) (s := s); try assumption.
    + apply smooth_sum_estimates; assumption.
    + split; assumption.
    + destruct setting as [some [_ [smooths _]]]. apply mean_smooth; assumption.
    + rewrite <- ratio. exact ceil.
    + lia.
    + intros k before. unfold sgd_pl_switch_gamma. rewrite <- INR_IZR_INZ.
      destruct Rlt_dec as [_ | no]; [reflexivity |]. elim no. apply early, before.
    + intros k beyond. unfold sgd_pl_switch_gamma. rewrite mult_IZR, !plus_IZR, mult_IZR, <- INR_IZR_INZ.
      destruct Rlt_dec as [yes | _]; [apply early in yes; lia | reflexivity].
  - unfold sgd_pl_switch_bound. fold c kappa. cbv zeta. rewrite mult_IZR, <- INR_IZR_INZ, ratio.
    pose proof (exp_pos 2). field. repeat split; lra.
Qed.
