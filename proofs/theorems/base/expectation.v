(* Uniform sampling of an index in a finite sum f = (f_1 + ... + f_n) / n, as finite averages: no measure theory. *)
From Coq Require Fin.
From Coq Require Import Reals Lra Psatz Lia List FunctionalExtensionality.
From Goldstep.theorems.base Require Import space functions.
Local Open Scope R_scope.

(* The average over an index set of n elements. *)
Definition mean {n : nat} (u : Fin.t n -> R) : R := sum_all u / INR n.

Section Mean.
Context {n : nat}.
Implicit Types u v : Fin.t n -> R.

Lemma mean_ext u v : (forall i, u i = v i) -> mean u = mean v.
Proof. intros equal. unfold mean. rewrite (sum_all_ext n u v equal). reflexivity. Qed.

Lemma mean_plus u v : mean (fun i => u i + v i) = mean u + mean v.
Proof. unfold mean, Rdiv. rewrite sum_all_plus. ring. Qed.

Lemma mean_scale a u : mean (fun i => a * u i) = a * mean u.
Proof. unfold mean, Rdiv. rewrite sum_all_scale. ring. Qed.

Lemma mean_minus u v : mean (fun i => u i - v i) = mean u - mean v.
Proof.
  rewrite (mean_ext _ (fun i => u i + -1 * v i)) by (intros; ring). rewrite mean_plus, mean_scale. ring.
Qed.

Lemma mean_const a : (1 <= n)%nat -> mean (fun _ : Fin.t n => a) = a.
Proof. intros some. pose proof (lt_0_INR n ltac:(lia)). unfold mean. rewrite sum_all_const. field. lra. Qed.

Lemma inv_INR_nonneg m : 0 <= / INR m.
Proof.
  destruct m; [simpl; rewrite Rinv_0; lra | left; apply Rinv_0_lt_compat, lt_0_INR; lia].
Qed.

Lemma mean_le u v : (forall i, u i <= v i) -> mean u <= mean v.
Proof. intros less. apply Rmult_le_compat_r; [apply inv_INR_nonneg | apply sum_all_le, less]. Qed.

Lemma mean_nonneg u : (forall i, 0 <= u i) -> 0 <= mean u.
Proof. intros pos. apply Rmult_le_pos; [apply sum_all_pos, pos | apply inv_INR_nonneg]. Qed.
End Mean.

(* The average of n points. *)
Fixpoint sum_all_points {X : space} {n : nat} : (Fin.t n -> X) -> X :=
  match n with
  | O => fun _ => zero
  | S m => fun v => v Fin.F1 +: sum_all_points (fun i => v (Fin.FS i))
  end.

Definition mean_point {X : space} {n : nat} (v : Fin.t n -> X) : X := (1 / INR n) *: sum_all_points v.

Lemma inner_mean_point {X : space} {n : nat} (v : Fin.t n -> X) y :
  inner (mean_point v) y = mean (fun i => inner (v i) y).
Proof.
  assert (inner (sum_all_points v) y = sum_all (fun i => inner (v i) y)) as total.
  { induction n; simpl; [apply inner_zero_l | rewrite inner_add_l, IHn; reflexivity]. }
  unfold mean_point, mean. rewrite inner_scale_l, total. unfold Rdiv. ring.
Qed.

Lemma inner_mean_point_r {X : space} {n : nat} (v : Fin.t n -> X) y :
  inner y (mean_point v) = mean (fun i => inner y (v i)).
Proof. rewrite inner_sym, inner_mean_point. apply mean_ext. intros. apply inner_sym. Qed.

(* mean ||v_i - vbar||^2 = mean ||v_i||^2 - ||vbar||^2. *)
Lemma variance {X : space} {n : nat} (v : Fin.t n -> X) : (1 <= n)%nat ->
  mean (fun i => norm2 (v i -: mean_point v)) = mean (fun i => norm2 (v i)) - norm2 (mean_point v).
Proof.
  intros some. set (vbar := mean_point v).
  rewrite (mean_ext _ (fun i => norm2 (v i) + -2 * inner (v i) vbar + norm2 vbar)) by (intros; expand; ring).
  rewrite !mean_plus, mean_scale, mean_const by exact some. rewrite <- inner_mean_point. fold vbar.
  unfold norm2. ring.
Qed.

Lemma norm_mean_point {X : space} {n : nat} (v : Fin.t n -> X) : norm (mean_point v) <= mean (fun i => norm (v i)).
Proof.
  set (vbar := mean_point v). pose proof (norm_pos vbar).
  assert (0 <= mean (fun i => norm (v i))) by (apply mean_nonneg; intros; apply norm_pos).
  assert (norm vbar * norm vbar <= norm vbar * mean (fun i => norm (v i))) as square.
  { rewrite norm_square. unfold norm2. unfold vbar at 1. rewrite inner_mean_point, <- mean_scale.
    apply mean_le. intros i. rewrite Rmult_comm. apply cauchy_schwarz. }
  destruct (Req_dec (norm vbar) 0); [lra |]. apply Rmult_le_reg_l with (norm vbar); lra.
Qed.

(* A history is the list of the indices drawn so far, the latest first. expect T F is the average of F over the n^T
   histories of length T: the last draw is averaged first, given those before it. *)
Definition history (n : nat) : Type := list (Fin.t n).

Fixpoint expect {n : nat} (T : nat) (F : history n -> R) : R :=
  match T with
  | O => F nil
  | S t => expect t (fun past => mean (fun i => F (i :: past)))
  end.

(* A run: the state after a history, for a step that may depend on the number of steps done. *)
Fixpoint run {n : nat} {A : Type} (step : nat -> Fin.t n -> A -> A) (start : A) (past : history n) : A :=
  match past with
  | nil => start
  | i :: past => step (length past) i (run step start past)
  end.

Lemma run_ext {n : nat} {A : Type} (step step' : nat -> Fin.t n -> A -> A) start past :
  (forall t i a, step t i a = step' t i a) -> run step start past = run step' start past.
Proof. intros equal. induction past as [| i past IH]; simpl; [reflexivity |]. rewrite IH. apply equal. Qed.

Section Expectation.
Context {n : nat}.
Implicit Types F G : history n -> R.

(* Only histories of length T count. *)
Lemma expect_ext_length T F G : (forall past, length past = T -> F past = G past) -> expect T F = expect T G.
Proof.
  revert F G. induction T as [| T IH]; simpl; intros F G equal; [apply equal; reflexivity |].
  apply IH. intros past long. apply mean_ext. intros i. apply equal. simpl. rewrite long. reflexivity.
Qed.

Lemma expect_ext T F G : (forall past, F past = G past) -> expect T F = expect T G.
Proof. intros equal. apply expect_ext_length. auto. Qed.

Lemma expect_le_length T F G : (forall past, length past = T -> F past <= G past) -> expect T F <= expect T G.
Proof.
  revert F G. induction T as [| T IH]; simpl; intros F G less; [apply less; reflexivity |].
  apply IH. intros past long. apply mean_le. intros i. apply less. simpl. rewrite long. reflexivity.
Qed.

Lemma expect_le T F G : (forall past, F past <= G past) -> expect T F <= expect T G.
Proof. intros less. apply expect_le_length. auto. Qed.

Lemma expect_plus T F G : expect T (fun past => F past + G past) = expect T F + expect T G.
Proof.
  revert F G. induction T as [| T IH]; simpl; intros F G; [reflexivity |].
  rewrite <- IH. apply expect_ext. intros past. apply (mean_plus (fun i => F (i :: past)) (fun i => G (i :: past))).
Qed.

Lemma expect_scale T a F : expect T (fun past => a * F past) = a * expect T F.
Proof.
  revert F. induction T as [| T IH]; simpl; intros F; [reflexivity |].
  rewrite <- IH. apply expect_ext. intros past. apply (mean_scale a (fun i => F (i :: past))).
Qed.

Lemma expect_minus T F G : expect T (fun past => F past - G past) = expect T F - expect T G.
Proof.
  rewrite (expect_ext T _ (fun past => F past + -1 * G past)) by (intros; ring).
  rewrite expect_plus, expect_scale. ring.
Qed.

Lemma expect_const T a : (1 <= n)%nat -> expect T (fun _ : history n => a) = a.
Proof.
  intros some. induction T as [| T IH]; simpl; [reflexivity |].
  rewrite (expect_ext T _ (fun _ => a)); [exact IH | intros; apply mean_const, some].
Qed.

Lemma expect_nonneg T F : (1 <= n)%nat -> (forall past, 0 <= F past) -> 0 <= expect T F.
Proof. intros some pos. rewrite <- (expect_const T 0 some). apply expect_le, pos. Qed.

(* The tower property, one step: averaging the next draw first. *)
Lemma expect_next T F : expect (S T) F = expect T (fun past => mean (fun i => F (i :: past))).
Proof. reflexivity. Qed.

(* From a step given the past to a step of expectations. *)
Lemma expect_step T F G : (forall past, length past = T -> mean (fun i => F (i :: past)) <= G past) ->
  expect (S T) F <= expect T G.
Proof. intros step. rewrite expect_next. apply expect_le_length, step. Qed.
End Expectation.

(* The definition against the plain one: the sum over the list of all histories of length T, divided by n^T. *)
Fixpoint indices (n : nat) : list (Fin.t n) :=
  match n with O => nil | S m => Fin.F1 :: map Fin.FS (indices m) end.

Fixpoint histories (n T : nat) : list (history n) :=
  match T with
  | O => nil :: nil
  | S t => flat_map (fun past => map (fun i => i :: past) (indices n)) (histories n t)
  end.

Definition total {A : Type} (F : A -> R) (l : list A) : R := fold_right (fun a sum => F a + sum) 0 l.

Lemma total_map {A B : Type} (F : B -> R) (g : A -> B) l : total F (map g l) = total (fun a => F (g a)) l.
Proof. induction l; simpl; [| rewrite IHl]; reflexivity. Qed.

Lemma total_app {A : Type} (F : A -> R) l m : total F (l ++ m) = total F l + total F m.
Proof. induction l; simpl; [ring | rewrite IHl; ring]. Qed.

Lemma total_scale {A : Type} a (F : A -> R) l : total (fun x => a * F x) l = a * total F l.
Proof. induction l; simpl; [ring | rewrite IHl; ring]. Qed.

Lemma total_ext {A : Type} (F G : A -> R) l : (forall a, F a = G a) -> total F l = total G l.
Proof. intros equal. induction l; simpl; [reflexivity | rewrite IHl, equal; reflexivity]. Qed.

Lemma total_indices n (u : Fin.t n -> R) : total u (indices n) = sum_all u.
Proof. induction n; simpl; [reflexivity |]. rewrite total_map, IHn. reflexivity. Qed.

Lemma total_histories n T (F : history n -> R) :
  total F (histories n (S T)) = total (fun past => sum_all (fun i => F (i :: past))) (histories n T).
Proof.
  simpl. induction (histories n T) as [| past l IH]; simpl; [reflexivity |].
  rewrite total_app, IH, total_map, total_indices. reflexivity.
Qed.

Theorem expect_is_average n T (F : history n -> R) :
  expect T F = total F (histories n T) / INR n ^ T /\ length (histories n T) = (n ^ T)%nat.
Proof.
  split.
  - revert F. induction T as [| T IH]; intros F; [simpl; field |].
    rewrite expect_next, IH, total_histories.
    rewrite (total_ext _ (fun past => / INR n * sum_all (fun i => F (i :: past)))) by (intros; unfold mean, Rdiv; ring).
    rewrite total_scale. simpl. unfold Rdiv. rewrite Rinv_mult. ring.
  - assert (size : length (indices n) = n).
    { clear F. induction n; simpl; [reflexivity |]. rewrite map_length, IHn. reflexivity. }
    clear F. induction T as [| T IH]; simpl; [reflexivity |]. rewrite <- IH.
    clear IH. induction (histories n T) as [| past l IHl]; simpl; [lia |].
    unfold history in *. rewrite app_length, map_length, size, IHl. lia.
Qed.

(* Finite sums. fi i is the i-th function and gi i its gradient. *)
Section FiniteSum.
Context {X : space} {n : nat}.
Implicit Types (fi : Fin.t n -> X -> R) (gi : Fin.t n -> X -> X).

Definition mean_function fi : X -> R := fun x => mean (fun i => fi i x).
Definition mean_gradient gi : X -> X := fun x => mean_point (fun i => gi i x).

(* sigma^2 = (1/n) sum ||grad f_i(xstar)||^2. *)
Definition gradient_noise gi (xstar : X) : R := mean (fun i => norm2 (gi i xstar)).

(* Delta = inf f - (1/n) sum inf f_i, for m = inf f and mi i = inf f_i. *)
Definition function_noise (m : R) (mi : Fin.t n -> R) : R := m - mean mi.

Lemma mean_convex fi : (forall i, convex (fi i)) -> convex (mean_function fi).
Proof.
  intros cvx x y t range. unfold mean_function. rewrite <- !mean_scale, <- mean_plus. apply mean_le.
  intros i. apply cvx, range.
Qed.

Lemma mean_gradient_is_gradient fi gi : (forall i, is_gradient (fi i) (gi i)) ->
  is_gradient (mean_function fi) (mean_gradient gi).
Proof.
  intros gradient x d. unfold mean_gradient. rewrite inner_mean_point. unfold mean_function.
  assert (derivable_pt_lim (fun t => sum_all (fun i => fi i (x +: t *: d))) 0 (sum_all (fun i => inner (gi i x) d)))
    as total_derivative.
  { induction n as [| m IH]; simpl; [apply derivable_pt_lim_const |].
    apply (derivable_pt_lim_plus (fun t => fi Fin.F1 (x +: t *: d))); [apply gradient |].
    apply (IH (fun i => fi (Fin.FS i)) (fun i => gi (Fin.FS i))). auto. }
  apply (derivable_pt_lim_scal _ (/ INR n)) in total_derivative.
  unfold mean, Rdiv. rewrite Rmult_comm.
  replace (fun t => sum_all (fun i => fi i (x +: t *: d)) * / INR n)
    with (mult_real_fct (/ INR n) (fun t => sum_all (fun i => fi i (x +: t *: d)))); [exact total_derivative |].
  apply functional_extensionality. intros t. unfold mult_real_fct. ring.
Qed.

(* f is Lf-smooth with Lf the mean of the constants. *)
Lemma mean_smooth_average (Li : Fin.t n -> R) fi gi : (forall i, smooth (Li i) (fi i) (gi i)) ->
  smooth (mean Li) (mean_function fi) (mean_gradient gi).
Proof.
  intros lsmooth. split; [apply mean_gradient_is_gradient; intros i; apply lsmooth |].
  intros x y. replace (mean_gradient gi x -: mean_gradient gi y) with (mean_point (fun i => gi i x -: gi i y)).
  - eapply Rle_trans; [apply norm_mean_point |].
    rewrite Rmult_comm, <- mean_scale. apply mean_le. intros i. rewrite Rmult_comm. apply lsmooth.
  - apply point_equal. unfold norm2. rewrite !inner_sub_l. unfold mean_gradient. rewrite !inner_mean_point.
    rewrite <- !mean_minus.
    rewrite (mean_ext _ (fun _ => 0 * 0)) by (intros; rewrite inner_sub_l; ring). rewrite mean_scale. ring.
Qed.

Lemma mean_smooth Lmax fi gi : (1 <= n)%nat -> (forall i, smooth Lmax (fi i) (gi i)) ->
  smooth Lmax (mean_function fi) (mean_gradient gi).
Proof. intros some lsmooth. rewrite <- (mean_const (n := n) Lmax some). apply mean_smooth_average, lsmooth. Qed.

(* The expected squared distance after the step x - gamma v_i: only the mean of v_i enters the cross term. *)
Lemma mean_step (v : Fin.t n -> X) x y gamma : (1 <= n)%nat ->
  mean (fun i => norm2 (x -: gamma *: v i -: y))
  = norm2 (x -: y) - 2 * gamma * inner (mean_point v) (x -: y) + gamma ^ 2 * mean (fun i => norm2 (v i)).
Proof.
  intros some.
  rewrite (mean_ext _ (fun i => norm2 (x -: y) + - (2 * gamma) * inner (v i) (x -: y) + gamma ^ 2 * norm2 (v i)))
    by (intros; expand; ring).
  rewrite !mean_plus, !mean_scale, mean_const, inner_mean_point by exact some. ring.
Qed.

(* mean ||grad f_i(x)||^2 <= 2 Lmax (f(x) - inf f) + 2 Lmax Delta. *)
Lemma lem_var_func Lmax fi gi m mi : (1 <= n)%nat -> 0 < Lmax ->
  (forall i, smooth Lmax (fi i) (gi i)) -> (forall i, infimum (fi i) (mi i)) ->
  forall x, mean (fun i => norm2 (gi i x)) <= 2 * Lmax * (mean_function fi x - m) + 2 * Lmax * function_noise m mi.
Proof.
  intros some pos lsmooth inf x.
  apply Rle_trans with (mean (fun i => 2 * Lmax * (fi i x - mi i))).
  - apply mean_le. intros i. apply (lem_grad_gap Lmax (fi i)); [exact pos | apply lsmooth | apply (proj1 (inf i))].
  - rewrite mean_scale, mean_minus. unfold mean_function, function_noise. right. ring.
Qed.

(* mean ||grad f_i(x) - grad f_i(xstar)||^2 <= 2 Lmax (f(x) - f(xstar) - <grad f(xstar), x - xstar>). *)
Lemma lem_var_grad_bregman Lmax fi gi xstar : (1 <= n)%nat -> 0 < Lmax ->
  (forall i, convex (fi i)) -> (forall i, smooth Lmax (fi i) (gi i)) ->
  forall x, mean (fun i => norm2 (gi i x -: gi i xstar))
            <= 2 * Lmax * (mean_function fi x - mean_function fi xstar - inner (mean_gradient gi xstar) (x -: xstar)).
Proof.
  intros some pos cvx lsmooth x. unfold mean_gradient. rewrite inner_mean_point. unfold mean_function.
  rewrite <- !mean_minus, <- mean_scale. apply mean_le. intros i.
  pose proof (lem_cocoercive Lmax (fi i) (gi i) pos (cvx i) (lsmooth i) xstar x) as gap.
  set (e := norm2 (gi i x -: gi i xstar)) in *.
  replace e with (2 * Lmax * (e / (2 * Lmax))) by (field; lra).
  apply Rmult_le_compat_l; lra.
Qed.

(* mean ||grad f_i(x) - grad f_i(xstar)||^2 <= 2 Lmax (f(x) - min f). *)
Lemma lem_var_grad_diff Lmax fi gi xstar : (1 <= n)%nat -> 0 < Lmax ->
  (forall i, convex (fi i)) -> (forall i, smooth Lmax (fi i) (gi i)) -> minimiser (mean_function fi) xstar ->
  forall x, mean (fun i => norm2 (gi i x -: gi i xstar)) <= 2 * Lmax * (mean_function fi x - mean_function fi xstar).
Proof.
  intros some pos cvx lsmooth least x.
  pose proof (lem_var_grad_bregman Lmax fi gi xstar some pos cvx lsmooth x) as bound.
  rewrite (minimiser_gradient (mean_function fi) (mean_gradient gi) xstar) in bound;
    [| exact least | apply mean_gradient_is_gradient; intros i; apply lsmooth].
  rewrite inner_zero_l in bound. lra.
Qed.

(* sigma^2 <= 2 Lmax Delta. *)
Lemma lem_noise_rel_upper Lmax fi gi mi xstar : (1 <= n)%nat -> 0 < Lmax ->
  (forall i, smooth Lmax (fi i) (gi i)) -> (forall i, infimum (fi i) (mi i)) ->
  gradient_noise gi xstar <= 2 * Lmax * function_noise (mean_function fi xstar) mi.
Proof.
  intros some pos lsmooth inf.
  pose proof (lem_var_func Lmax fi gi (mean_function fi xstar) mi some pos lsmooth inf xstar).
  unfold gradient_noise. lra.
Qed.

(* 2 mu Delta <= sigma^2. *)
Lemma lem_noise_rel_lower mu fi gi mi xstar : (1 <= n)%nat -> 0 < mu ->
  (forall i, strongly_convex mu (fi i)) -> (forall i, is_gradient (fi i) (gi i)) ->
  (forall i, infimum (fi i) (mi i)) ->
  2 * mu * function_noise (mean_function fi xstar) mi <= gradient_noise gi xstar.
Proof.
  intros some pos cvx gradient inf. unfold function_noise, mean_function, gradient_noise.
  rewrite <- mean_minus, <- mean_scale. apply mean_le. intros i.
  assert (fi i xstar - norm2 (gi i xstar) / (2 * mu) <= mi i) as below.
  { apply (proj2 (inf i)). intros y.
    pose proof (strongly_convex_gap mu (fi i) (gi i) pos (cvx i) (gradient i) xstar y) as gap.
    apply Rmult_le_reg_l with (2 * mu); [lra |].
    replace (2 * mu * (fi i xstar - norm2 (gi i xstar) / (2 * mu)))
      with (2 * mu * fi i xstar - norm2 (gi i xstar)) by (field; lra). lra. }
  apply Rmult_le_compat_l with (r := 2 * mu) in below; [| lra].
  replace (2 * mu * (fi i xstar - norm2 (gi i xstar) / (2 * mu)))
    with (2 * mu * fi i xstar - norm2 (gi i xstar)) in below by (field; lra). lra.
Qed.
End FiniteSum.
