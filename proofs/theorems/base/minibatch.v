(* Minibatches of b of n functions, drawn uniformly: all b-subsets equally likely (without replacement), or all b-tuples
   (with replacement). Their averages are exact averages over the list of all batches. *)
From Coq Require Fin.
From Coq Require Import Reals Lra Psatz Lia List Permutation.
From Goldstep.theorems.base Require Import space functions expectation expected_smoothness expected_growth.
Import ListNotations.
Local Open Scope R_scope.

(* The elements of a list, by their position. *)
Fixpoint element {A : Type} (l : list A) : Fin.t (length l) -> A :=
  match l with
  | [] => fun i => Fin.case0 (fun _ => A) i
  | a :: l => fun i => Fin.caseS' i (fun _ => A) a (element l)
  end.

Lemma mean_element {A : Type} (F : A -> R) (l : list A) :
  mean (fun i => F (element l i)) = total F l / INR (length l).
Proof. unfold mean. f_equal. induction l as [| a l IH]; simpl; [| rewrite IH]; reflexivity. Qed.

Lemma element_in {A : Type} (l : list A) i : In (element l i) l.
Proof.
  induction l as [| a l IH]; simpl in *; [inversion i |].
  pattern i. apply Fin.caseS'; [left; reflexivity | intros j; right; apply IH].
Qed.

Lemma total_ext_in {A : Type} (F G : A -> R) l : (forall a, In a l -> F a = G a) -> total F l = total G l.
Proof.
  intros equal. induction l as [| a l IH]; simpl in *; [reflexivity |]. rewrite IH, (equal a); auto.
Qed.

Lemma total_plus {A : Type} (F G : A -> R) l : total (fun a => F a + G a) l = total F l + total G l.
Proof. induction l; simpl; [ring | rewrite IHl; ring]. Qed.

Lemma total_const {A : Type} c (l : list A) : total (fun _ => c) l = INR (length l) * c.
Proof.
  induction l as [| a l IH]; [simpl; ring |]. cbn [length]. rewrite S_INR. simpl. rewrite IH. ring.
Qed.

Lemma total_histories_expect n T (F : list (Fin.t n) -> R) : (1 <= n)%nat ->
  total F (histories n T) = INR (n ^ T) * expect T F.
Proof.
  intros some. pose proof (lt_0_INR n ltac:(lia)). rewrite (proj1 (expect_is_average n T F)), pow_INR.
  unfold history. field. apply pow_nonzero. lra.
Qed.

(* The sublists of b elements, in the order of l: the b-subsets of the elements of l, each once. *)
Fixpoint sublists {A : Type} (b : nat) (l : list A) : list (list A) :=
  match b, l with
  | O, _ => [[]]
  | S _, [] => []
  | S c, a :: l => map (cons a) (sublists c l) ++ sublists b l
  end.

(* The batches of b of the indices of Fin.t n: with replacement all tuples, without it all subsets. *)
Definition batches (replacement : bool) (n b : nat) : list (list (Fin.t n)) :=
  if replacement then histories n b else sublists b (indices n).

(* The mean of v over a batch, and the estimates of the gradient that the batches make. *)
Definition batch_sum {A : Type} {X : space} (v : A -> X) (batch : list A) : X :=
  fold_right (fun i sum => v i +: sum) zero batch.

Definition batch_mean {A : Type} {X : space} (v : A -> X) (batch : list A) : X :=
  (1 / INR (length batch)) *: batch_sum v batch.

Definition minibatch {X : space} {n : nat} (gi : Fin.t n -> X -> X) (l : list (list (Fin.t n))) :
  Fin.t (length l) -> X -> X :=
  fun B x => batch_mean (fun i => gi i x) (element l B).

(* a_b: 1/b with replacement, (n - b)/(b (n - 1)) without. *)
Definition batch_share (replacement : bool) (n b : nat) : R :=
  if replacement then 1 / INR b else (INR n - INR b) / (INR b * (INR n - 1)).

(* 2 <= n, 1 <= b, and b <= n without replacement. *)
Definition batch_allowed (replacement : bool) (n b : nat) : Prop :=
  (2 <= n)%nat /\ (1 <= b)%nat /\ (replacement = false -> (b <= n)%nat).

(* The binomial coefficient, and the numbers of b-subsets of m elements that hold one, or two, of them. *)
Fixpoint choose (m b : nat) : nat :=
  match b, m with
  | O, _ => 1
  | S _, O => 0
  | S c, S m => choose m c + choose m b
  end.

Definition choose_with (m b : nat) : nat := match m, b with S m, S b => choose m b | _, _ => 0 end.
Definition choose_with_two (m b : nat) : nat := match m, b with S m, S b => choose_with m b | _, _ => 0 end.

Lemma choose_0 m : choose m 0 = 1%nat.
Proof. destruct m; reflexivity. Qed.

Lemma sublists_0 {A : Type} (l : list A) : sublists 0 l = [[]].
Proof. destruct l; reflexivity. Qed.

Lemma sublists_count {A : Type} b (l : list A) : length (sublists b l) = choose (length l) b.
Proof.
  revert b. induction l as [| a l IH]; intros [| b]; simpl; try reflexivity.
  rewrite app_length, map_length, !IH. reflexivity.
Qed.

Lemma sublists_length {A : Type} b (l batch : list A) : In batch (sublists b l) -> length batch = b.
Proof.
  revert b batch. induction l as [| a l IH]; intros [| b] batch; simpl; try (intros [<- |]; easy).
  - easy.
  - rewrite in_app_iff, in_map_iff. intros [[rest [<- inside]] | inside]; [simpl; f_equal |]; apply IH, inside.
Qed.

Lemma sublists_incl {A : Type} b (l batch : list A) : In batch (sublists b l) -> incl batch l.
Proof.
  revert b batch. induction l as [| a l IH]; intros [| b] batch; simpl; try (intros [<- |]; easy).
  - easy.
  - rewrite in_app_iff, in_map_iff. intros [[rest [<- inside]] | inside]; apply IH in inside.
    + apply incl_cons; [left; reflexivity | apply incl_tl, inside].
    + apply incl_tl, inside.
Qed.

(* A batch has no index twice; each set of b indices is a batch, up to the order. *)
Lemma sublists_nodup {A : Type} b (l batch : list A) : NoDup l -> In batch (sublists b l) -> NoDup batch.
Proof.
  revert b batch. induction l as [| a l IH]; intros [| b] batch; simpl; try (intros _ [<- |]; easy || constructor).
  - easy.
  - intros distinct. apply NoDup_cons_iff in distinct. destruct distinct as [new distinct].
    rewrite in_app_iff, in_map_iff. intros [[rest [<- inside]] | inside].
    + constructor; [| apply (IH b), inside; exact distinct]. intros again. apply new.
      apply (sublists_incl b l rest inside), again.
    + apply (IH (S b)), inside. exact distinct.
Qed.

Lemma sublists_all {A : Type} (l set : list A) : (forall x y : A, {x = y} + {x <> y}) -> NoDup set -> incl set l ->
  exists batch, In batch (sublists (length set) l) /\ Permutation set batch.
Proof.
  intros decide. revert set. induction l as [| a l IH]; intros set distinct within.
  - apply incl_l_nil in within. subst set. exists []. split; [left; reflexivity | constructor].
  - destruct (in_dec decide a set) as [inside | outside].
    + destruct (in_split a set inside) as [before [after ->]]. apply NoDup_remove in distinct.
      destruct distinct as [distinct new].
      destruct (IH (before ++ after) distinct) as [batch [listed same]].
      { intros x member. destruct (within x) as [<- | rest]; [| elim new; exact member | exact rest].
        apply in_app_iff in member. apply in_app_iff. simpl. tauto. }
      exists (a :: batch). split.
      * rewrite app_length in *. simpl. rewrite Nat.add_succ_r. simpl. apply in_app_iff. left.
        apply in_map, listed.
      * eapply perm_trans; [apply Permutation_sym, Permutation_middle | apply perm_skip, same].
    + destruct (IH set distinct) as [batch [listed same]].
      { intros x member. destruct (within x member) as [<- | rest]; [elim outside; exact member | exact rest]. }
      exists batch. split; [| exact same]. destruct set as [| x set]; [destruct l; exact listed |].
      simpl in *. apply in_app_iff. right. exact listed.
Qed.

(* Sums over all sublists of b elements: each element is in choose_with m b of them, each two in choose_with_two m b. *)
Section Sublists.
Context {A : Type} {X : space} (v : A -> X).

Let squares (l : list A) : R := total (fun i => norm2 (v i)) l.

Lemma pascal m b : (choose_with (S m) b + choose_with (S m) (S b) = choose (S m) b)%nat.
Proof. destruct b; simpl; [apply choose_0 | reflexivity]. Qed.

Lemma pascal_two m b : (choose_with_two (S (S m)) b + choose_with_two (S (S m)) (S b) = choose_with (S (S m)) b)%nat.
Proof. destruct b; [reflexivity |]. apply pascal. Qed.

Lemma sublists_sum b l y :
  total (fun batch => inner (batch_sum v batch) y) (sublists b l)
  = INR (choose_with (length l) b) * inner (batch_sum v l) y.
Proof.
  revert b. induction l as [| a l IH]; intros b.
  - destruct b; simpl; rewrite ?inner_zero_l; ring.
  - destruct b; [simpl; rewrite inner_zero_l; ring |]. simpl sublists. rewrite total_app, total_map. simpl batch_sum.
    rewrite (total_ext _ (fun batch => inner (v a) y + inner (batch_sum v batch) y)) by (intros; apply inner_add_l).
    rewrite total_plus, total_const, !IH, sublists_count, inner_add_l. cbn [choose_with length].
    destruct l as [| a' l]; [simpl; rewrite inner_zero_l; ring |]. cbn [length] in *.
    rewrite <- (pascal (length l) b), plus_INR. ring.
Qed.

Lemma sublists_square b l :
  total (fun batch => norm2 (batch_sum v batch)) (sublists b l)
  = INR (choose_with (length l) b) * squares l
    + INR (choose_with_two (length l) b) * (norm2 (batch_sum v l) - squares l).
Proof.
  revert b. induction l as [| a l IH]; intros b.
  - destruct b; simpl; rewrite ?norm2_zero; ring.
  - destruct b; [simpl; rewrite norm2_zero; ring |]. simpl sublists. rewrite total_app, total_map. simpl batch_sum.
    assert (split : forall x : X, norm2 (v a +: x) = norm2 (v a) + (2 * inner x (v a) + norm2 x))
      by (intros; expand; ring).
    rewrite (total_ext _ (fun batch => norm2 (v a) + (2 * inner (batch_sum v batch) (v a) + norm2 (batch_sum v batch))))
      by (intros; apply split).
    rewrite !total_plus, total_scale, total_const, sublists_sum, !IH, sublists_count, split.
    change (squares (a :: l)) with (norm2 (v a) + squares l). cbn [choose_with choose_with_two length].
    destruct l as [| a' l].
    + unfold squares. simpl. rewrite inner_zero_l, norm2_zero. ring.
    + cbn [length] in *. rewrite <- (pascal (length l) b), plus_INR.
      destruct l as [| a'' l].
      * unfold squares. simpl batch_sum. replace (v a' +: zero) with (v a') by same_point. simpl total. simpl length.
        destruct b as [| [| b]]; simpl; ring.
      * cbn [length] in *. rewrite <- (pascal_two (length l) b), plus_INR. ring.
Qed.
End Sublists.

Lemma absorption m b : (S m * choose m b = S b * choose (S m) (S b))%nat.
Proof.
  revert b. induction m as [| m IH]; intros b; [destruct b; simpl; lia |].
  change (choose (S (S m)) (S b)) with (choose (S m) b + choose (S m) (S b))%nat.
  pose proof (IH b) as here. destruct b as [| b].
  - rewrite !choose_0 in *. nia.
  - pose proof (IH b) as before. change (choose (S m) (S b)) with (choose m b + choose m (S b))%nat in *. nia.
Qed.

Lemma choose_pos m b : (b <= m)%nat -> (0 < choose m b)%nat.
Proof.
  revert b. induction m as [| m IH]; intros [| b] less; simpl; try lia. specialize (IH b ltac:(lia)). lia.
Qed.

(* The shares of the subsets that hold one index, or two: b/n and b (b-1)/(n (n-1)). *)
Lemma choose_shares n b : (2 <= n)%nat -> (1 <= b <= n)%nat ->
  INR (choose_with n b) = INR b / INR n * INR (choose n b) /\
  INR (choose_with_two n b) = INR b * (INR b - 1) / (INR n * (INR n - 1)) * INR (choose n b).
Proof.
  intros large range. destruct n as [| [| n]]; try lia. destruct b as [| b]; [lia |].
  pose proof (f_equal INR (absorption (S n) b)) as one. rewrite !mult_INR in one.
  pose proof (lt_0_INR (S (S n)) ltac:(lia)). pose proof (lt_0_INR (S n) ltac:(lia)).
  change (choose_with (S (S n)) (S b)) with (choose (S n) b).
  change (choose_with_two (S (S n)) (S b)) with (choose_with (S n) b).
  rewrite (S_INR (S n)) in *. replace (INR (S n) + 1 - 1) with (INR (S n)) by ring. split.
  - apply Rmult_eq_reg_l with (INR (S n) + 1); [| lra]. rewrite one. field. lra.
  - rewrite (S_INR b) in one |- *. replace (INR b + 1 - 1) with (INR b) by ring.
    destruct b as [| b].
    { change (choose_with (S n) 0) with O. change (INR 0) with 0. field. lra. }
    change (choose_with (S n) (S b)) with (choose n b).
    pose proof (f_equal INR (absorption n b)) as two. rewrite !mult_INR in two.
    apply Rmult_eq_reg_l with (INR (S n) * (INR (S n) + 1)); [| apply Rmult_integral_contrapositive_currified; lra].
    replace (INR (S n) * (INR (S n) + 1) * INR (choose n b))
      with ((INR (S n) + 1) * (INR (S n) * INR (choose n b))) by ring.
    rewrite two.
    replace ((INR (S n) + 1) * (INR (S b) * INR (choose (S n) (S b))))
      with (INR (S b) * ((INR (S n) + 1) * INR (choose (S n) (S b)))) by ring.
    rewrite one. field. lra.
Qed.

Section Identity.
Context {X : space} {n : nat} (replacement : bool) (b : nat) (v : Fin.t n -> X).
Hypothesis allowed : batch_allowed replacement n b.

Let l : list (list (Fin.t n)) := batches replacement n b.
Let share : R := batch_share replacement n b.

Lemma indices_count : length (indices n) = n.
Proof. clear. induction n as [| m IH]; simpl; [reflexivity |]. rewrite map_length, IH. reflexivity. Qed.

Lemma histories_length T past : In past (histories n T) -> length past = T.
Proof.
  revert past. induction T as [| T IH]; simpl; [intros past [<- |]; easy |].
  intros past inside. apply in_flat_map in inside. destruct inside as [rest [inside found]].
  apply in_map_iff in found. destruct found as [i [<- _]]. simpl. f_equal. apply IH, inside.
Qed.

Lemma batch_length batch : In batch l -> length batch = b.
Proof.
  unfold l, batches. destruct replacement; [apply histories_length | apply sublists_length].
Qed.

Lemma batches_count : length l = if replacement then (n ^ b)%nat else choose n b.
Proof.
  unfold l, batches. destruct replacement.
  - apply (proj2 (expect_is_average n b (fun _ => 0))).
  - rewrite sublists_count, indices_count. reflexivity.
Qed.

Lemma batches_some : (1 <= length l)%nat.
Proof.
  pose proof allowed as [large [some fits]]. rewrite batches_count. destruct replacement.
  - pose proof (Nat.pow_nonzero n b ltac:(lia)). lia.
  - apply choose_pos, fits. reflexivity.
Qed.

Lemma batch_sum_indices y : (1 <= n)%nat -> inner (batch_sum v (indices n)) y = INR n * inner (mean_point v) y.
Proof.
  intros some. rewrite inner_mean_point. unfold mean. rewrite <- total_indices.
  assert (forall m, inner (batch_sum v m) y = total (fun i => inner (v i) y) m) as sums.
  { induction m as [| i m IH]; simpl; [apply inner_zero_l |]. rewrite inner_add_l, IH. reflexivity. }
  pose proof (lt_0_INR n ltac:(lia)). rewrite sums. field. lra.
Qed.

Lemma norm2_batch_sum_indices : (1 <= n)%nat -> norm2 (batch_sum v (indices n)) = INR n ^ 2 * norm2 (mean_point v).
Proof.
  intros some. unfold norm2. rewrite batch_sum_indices, inner_sym, batch_sum_indices by exact some. ring.
Qed.

(* Averages over the batches of the sums: their products with y, and their squares. *)
Lemma mean_batch_sum y :
  total (fun batch => inner (batch_sum v batch) y) l = INR (length l) * (INR b * inner (mean_point v) y).
Proof.
  pose proof allowed as [large [some fits]]. rewrite batches_count. pose proof (lt_0_INR n ltac:(lia)).
  unfold l, batches. destruct replacement.
  - assert (forall c, expect c (fun batch => inner (batch_sum v batch) y) = INR c * inner (mean_point v) y) as each.
    { induction c as [| c IH]; [simpl; rewrite inner_zero_l; ring |]. rewrite expect_next.
      rewrite (expect_ext _ _ (fun past => inner (mean_point v) y + inner (batch_sum v past) y)).
      - rewrite expect_plus, expect_const, IH, S_INR by lia. ring.
      - intros past. simpl batch_sum. rewrite (mean_ext _ (fun i => inner (v i) y + inner (batch_sum v past) y))
          by (intros; apply inner_add_l). rewrite mean_plus, mean_const, inner_mean_point by lia. reflexivity. }
    rewrite total_histories_expect by lia. apply Rmult_eq_compat_l, each.
  - rewrite sublists_sum, indices_count, batch_sum_indices by lia.
    rewrite (proj1 (choose_shares n b large ltac:(auto))). field. lra.
Qed.

Lemma mean_batch_square :
  total (fun batch => norm2 (batch_sum v batch)) l
  = INR (length l) * (INR b ^ 2 * (share * mean (fun i => norm2 (v i)) + (1 - share) * norm2 (mean_point v))).
Proof.
  pose proof allowed as [large [some fits]]. rewrite batches_count.
  pose proof (lt_0_INR n ltac:(lia)). pose proof (lt_0_INR b ltac:(lia)).
  unfold share, batch_share, l, batches. destruct replacement.
  - assert (forall c, expect c (fun batch => norm2 (batch_sum v batch))
            = INR c * mean (fun i => norm2 (v i)) + INR c * (INR c - 1) * norm2 (mean_point v)) as each.
    { induction c as [| c IH]; [simpl; rewrite norm2_zero; ring |]. rewrite expect_next.
      rewrite (expect_ext _ _ (fun past => mean (fun i => norm2 (v i)) + 2 * inner (batch_sum v past) (mean_point v)
                                           + norm2 (batch_sum v past))).
      - rewrite !expect_plus, expect_scale, expect_const, IH, S_INR by lia.
        replace (expect c (fun past => inner (batch_sum v past) (mean_point v)))
          with (INR c * norm2 (mean_point v)); [ring |].
        clear IH. induction c as [| c IH]; [simpl; rewrite inner_zero_l; ring |]. rewrite expect_next.
        rewrite (expect_ext _ _ (fun past => norm2 (mean_point v) + inner (batch_sum v past) (mean_point v))).
        + rewrite expect_plus, expect_const, <- IH, S_INR by lia. ring.
        + intros past. simpl batch_sum.
          rewrite (mean_ext _ (fun i => inner (v i) (mean_point v) + inner (batch_sum v past) (mean_point v)))
            by (intros; apply inner_add_l). rewrite mean_plus, mean_const, <- inner_mean_point by lia. reflexivity.
      - intros past. simpl batch_sum.
        rewrite (mean_ext _ (fun i => norm2 (v i) + 2 * inner (batch_sum v past) (v i) + norm2 (batch_sum v past)))
          by (intros; expand; ring).
        rewrite !mean_plus, mean_scale, mean_const, <- inner_mean_point_r by lia. reflexivity. }
    rewrite total_histories_expect by lia. apply Rmult_eq_compat_l. etransitivity; [apply each |]. field. lra.
  - rewrite sublists_square, indices_count, norm2_batch_sum_indices, total_indices by lia.
    destruct (choose_shares n b large ltac:(auto)) as [one two]. rewrite one, two.
    unfold mean. pose proof (le_INR 2 n large) as more. simpl in more. field. lra.
Qed.

(* A batch's mean is on average the mean, *)
Lemma mean_batch_mean : mean_point (fun B => batch_mean v (element l B)) = mean_point v.
Proof.
  apply point_equal. unfold norm2. rewrite inner_sub_l. set (y := _ -: mean_point v).
  enough (inner (mean_point (fun B => batch_mean v (element l B))) y = inner (mean_point v) y) by lra.
  rewrite inner_mean_point, (mean_element (fun batch => inner (batch_mean v batch) y)).
  rewrite (total_ext_in _ (fun batch => 1 / INR b * inner (batch_sum v batch) y)).
  - rewrite total_scale, mean_batch_sum. pose proof (lt_0_INR (length l) batches_some).
    pose proof (lt_0_INR b ltac:(apply allowed)). field. lra.
  - intros batch inside. unfold batch_mean. rewrite (batch_length batch inside). apply inner_scale_l.
Qed.

(* and its square a_b mean ||v_i||^2 + (1 - a_b) ||mean v||^2. *)
Lemma lem_mb :
  mean (fun B => norm2 (batch_mean v (element l B)))
  = share * mean (fun i => norm2 (v i)) + (1 - share) * norm2 (mean_point v).
Proof.
  rewrite (mean_element (fun batch => norm2 (batch_mean v batch))).
  rewrite (total_ext_in _ (fun batch => (1 / INR b) ^ 2 * norm2 (batch_sum v batch))).
  - rewrite total_scale, mean_batch_square. pose proof (lt_0_INR (length l) batches_some).
    pose proof (lt_0_INR b ltac:(apply allowed)). field. lra.
  - intros batch inside. unfold batch_mean. rewrite (batch_length batch inside). apply norm2_scale.
Qed.

Lemma share_range : 0 <= share <= 1.
Proof.
  pose proof allowed as [large [some fits]]. pose proof (le_INR 2 n large) as more. simpl in more.
  pose proof (le_INR 1 b some) as one. simpl in one. unfold share, batch_share. destruct replacement.
  - split; [apply Rle_mult_inv_pos; lra |]. apply Rmult_le_reg_r with (INR b); [lra |].
    replace (1 / INR b * INR b) with 1 by (field; lra). lra.
  - pose proof (le_INR b n ltac:(auto)). assert (0 < INR b * (INR n - 1)) by (apply Rmult_lt_0_compat; lra).
    split; [apply Rle_mult_inv_pos; lra |]. apply Rmult_le_reg_r with (INR b * (INR n - 1)); [assumption |].
    replace ((INR n - INR b) / (INR b * (INR n - 1)) * (INR b * (INR n - 1))) with (INR n - INR b) by (field; lra).
    nra.
Qed.
End Identity.

(* The difference of two batch means. *)
Lemma batch_mean_minus {A : Type} {X : space} (u v : A -> X) batch :
  batch_mean u batch -: batch_mean v batch = batch_mean (fun i => u i -: v i) batch.
Proof.
  unfold batch_mean. replace (batch_sum (fun i => u i -: v i) batch) with (batch_sum u batch -: batch_sum v batch).
  - same_point.
  - induction batch as [| i batch IH]; simpl; [same_point |]. rewrite <- IH. same_point.
Qed.

Section Estimates.
Context {X : space} {n : nat} (replacement : bool) (b : nat) (fi : Fin.t n -> X -> R) (gi : Fin.t n -> X -> X).
Variables Lf Lmax : R.
Hypothesis allowed : batch_allowed replacement n b.
Hypothesis positive : 0 < Lf /\ 0 < Lmax.
Hypothesis lsmooth : smooth Lf (mean_function fi) (mean_gradient gi).

Let f : X -> R := mean_function fi.
Let v := minibatch gi (batches replacement n b).
Let share : R := batch_share replacement n b.

(* L_b = (1 - a_b) Lf + a_b Lmax. *)
Definition batch_smoothness : R := (1 - share) * Lf + share * Lmax.

Lemma batch_smoothness_positive : 0 < batch_smoothness.
Proof.
  pose proof (share_range replacement b allowed) as range. fold share in range. unfold batch_smoothness.
  destruct (Req_dec share 0) as [-> | some]; [lra |].
  assert (0 < share * Lmax) by (apply Rmult_lt_0_compat; lra).
  assert (0 <= (1 - share) * Lf) by (apply Rmult_le_pos; lra). lra.
Qed.

Lemma minibatch_unbiased x : mean_gradient v x = mean_gradient gi x.
Proof. apply (mean_batch_mean replacement b (fun i => gi i x) allowed). Qed.

Lemma minibatch_gradient : mean_gradient v = mean_gradient gi.
Proof. apply FunctionalExtensionality.functional_extensionality, minibatch_unbiased. Qed.

(* f is L_b-smooth too: it is Lf-smooth and Lmax-smooth. *)
Lemma minibatch_smooth : (forall i, smooth Lmax (fi i) (gi i)) -> smooth batch_smoothness f (mean_gradient v).
Proof.
  intros smooths. rewrite minibatch_gradient.
  pose proof (share_range replacement b allowed) as range. fold share in range.
  pose proof (mean_smooth Lmax fi gi ltac:(destruct allowed; lia) smooths) as msmooth.
  destruct (Rle_lt_dec Lf Lmax) as [less | more].
  - apply smooth_weaken with Lf; [| exact lsmooth]. unfold batch_smoothness. nra.
  - apply smooth_weaken with Lmax; [| exact msmooth]. unfold batch_smoothness. nra.
Qed.

(* For convex f_i: mean ||g_B(x) - g_B(xstar)||^2 <= 2 L_b (f(x) - min f), and sigma_b^2 = a_b sigma^2. *)
Lemma minibatch_expected_smooth xstar : convex_sum Lmax fi gi xstar -> expected_smooth batch_smoothness f v xstar.
Proof.
  intros [some [convexes [smooths least]]] x.
  pose proof (share_range replacement b allowed) as range. fold share in range.
  unfold v, minibatch.
  rewrite (mean_ext _ (fun B => norm2 (batch_mean (fun i => gi i x -: gi i xstar)
                                         (element (batches replacement n b) B))))
    by (intros; rewrite batch_mean_minus; reflexivity).
  rewrite lem_mb by exact allowed. fold share.
  pose proof (lem_var_grad_diff Lmax fi gi xstar some (proj2 positive) convexes smooths least x) as first.
  assert (mean_point (fun i => gi i x -: gi i xstar) = mean_gradient gi x) as second.
  { pose proof (minimiser_gradient f (mean_gradient gi) xstar least (proj1 lsmooth)) as null.
    apply point_equal. unfold norm2. rewrite inner_sub_l. set (y := _ -: mean_gradient gi x).
    rewrite inner_mean_point, (mean_ext _ (fun i => inner (gi i x) y - inner (gi i xstar) y))
      by (intros; apply inner_sub_l). rewrite mean_minus, <- !inner_mean_point.
    change (inner (mean_gradient gi x) y - inner (mean_gradient gi xstar) y - inner (mean_gradient gi x) y = 0).
    rewrite null, inner_zero_l. ring. }
  pose proof (lem_grad_gap Lf f (mean_gradient gi) (f xstar) (proj1 positive) lsmooth least x) as whole.
  rewrite second. fold f in first. unfold batch_smoothness.
  apply Rmult_le_compat_l with (r := share) in first; [| lra].
  apply Rmult_le_compat_l with (r := 1 - share) in whole; lra.
Qed.

Lemma minibatch_noise xstar : minimiser f xstar -> gradient_noise v xstar = share * gradient_noise gi xstar.
Proof.
  intros least. unfold gradient_noise, v, minibatch. rewrite lem_mb by exact allowed. fold share.
  change (mean_point (fun i => gi i xstar)) with (mean_gradient gi xstar).
  rewrite (minimiser_gradient f (mean_gradient gi) xstar least (proj1 lsmooth)), norm2_zero. ring.
Qed.

Lemma minibatch_estimates mu xstar : convex_sum Lmax fi gi xstar -> strongly_convex mu f ->
  estimates mu batch_smoothness f v xstar.
Proof.
  intros setting cvx. split.
  - apply batches_some, allowed.
  - exact cvx.
  - rewrite minibatch_gradient. apply lsmooth.
  - apply setting.
  - apply minibatch_expected_smooth, setting.
Qed.

(* No convexity: mean ||g_B(x)||^2 <= 2 L_b (f(x) - inf f) + 2 a_b Lmax Delta. *)
Lemma minibatch_growth m mi : smooth_sum Lf Lmax fi gi m mi ->
  growing_estimates Lf batch_smoothness (share * Lmax * function_noise m mi) m f v.
Proof.
  intros [some [_ [smooths [inf infs]]]].
  pose proof (share_range replacement b allowed) as range. fold share in range.
  split.
  - apply batches_some, allowed.
  - rewrite minibatch_gradient. exact lsmooth.
  - exact inf.
  - intros x. unfold v, minibatch. rewrite lem_mb by exact allowed. fold share.
    change (mean_point (fun i => gi i x)) with (mean_gradient gi x).
    pose proof (lem_var_func Lmax fi gi m mi some (proj2 positive) smooths infs x) as first. fold f in first.
    pose proof (lem_grad_gap Lf f (mean_gradient gi) m (proj1 positive) lsmooth (proj1 inf) x) as whole.
    unfold batch_smoothness. apply Rmult_le_compat_l with (r := share) in first; [| lra].
    apply Rmult_le_compat_l with (r := 1 - share) in whole; lra.
  - apply Rmult_le_pos; [apply Rmult_le_pos; lra | apply (function_noise_nonneg fi); assumption].
Qed.
End Estimates.

(* How the specification's numbers say which sampling it is. *)
Definition sampling (replacement : bool) : R := if replacement then 1 else 0.

Lemma sampling_allowed replacement n b :
  2 <= INR n -> 1 <= INR b -> (sampling replacement = 0 /\ INR b <= INR n) \/ sampling replacement = 1 ->
  batch_allowed replacement n b.
Proof.
  intros large some kind. repeat split.
  - apply INR_le. simpl. lra.
  - apply INR_le. simpl. lra.
  - intros ->. unfold sampling in kind. apply INR_le. lra.
Qed.

Lemma sampling_share replacement n b :
  (if Req_EM_T (sampling replacement) 1 then 1 / INR b else (INR n - INR b) / (INR b * (INR n - 1)))
  = batch_share replacement n b.
Proof. unfold sampling. destruct replacement, Req_EM_T; lra || reflexivity. Qed.
