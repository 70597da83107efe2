(* AdaGrad's regret over a box. Duchi, Hazan and Singer 2011, JMLR 12:2121-2159, treat the diagonal form; the statement
   and the constants here are this project's.

   Let f_0, f_1, ... be any losses on R^n with subgradients g_t at the points played, and a box whose sides are at most
   D. AdaGrad, each iterate projected onto the box, pays against every point u of the box
       sum_{t < T} f_t(x_t) - f_t(u) <= (D^2/(2 lr) + lr) A + n D^2 eps/(2 lr),
   where A = sum_i sqrt(s_i) over the accumulators s_i after T steps: for an initial accumulator of 0, A is the sum of
   the norms of the coordinates' gradients. With lr = D/sqrt 2 and eps = 0 the bound is sqrt 2 D A.
   The iterates are those of the rule adagrad of spec/rules/adagrad/adagrad.acsl, followed by the projection; eps = 0 is
   included, with 0/0 = 0. *)
From Coq Require Fin.
From Coq Require Import Reals Lra Psatz Lia.
From Goldstep.theorems.base Require Import space functions sums online.
From Spec.rules.adagrad Require adagrad.
From Spec.theorems Require Import adagrad_diag.
Local Open Scope R_scope.

(* The accumulators and the iterates after t steps: g t holds the gradient of step t + 1. *)
Fixpoint adagrad_s {n : nat} (s0 : R) (g : nat -> Rn n) (t : nat) : Rn n :=
  match t with O => fun _ => s0 | S t => lift2 adagrad.adagrad_s (adagrad_s s0 g t) (g t) end.

Fixpoint adagrad {n : nat} (lo hi : Rn n) (lr s0 eps : R) (x0 : Rn n) (g : nat -> Rn n) (t : nat) : Rn n :=
  match t with
  | O => x0
  | S k => box_project lo hi (lift3 (fun x g s => adagrad.adagrad_x x g s lr eps)
             (adagrad lo hi lr s0 eps x0 g k) (g k) (adagrad_s s0 g t))
  end.

Definition adagrad_diag_statement : Prop :=
  forall (n : nat) (f : nat -> Rn n -> R) (g : nat -> Rn n) (lo hi x0 u : Rn n) (D lr s0 eps : R) (T : nat),
  let x := adagrad lo hi lr s0 eps x0 g in
  let A := sum_all (fun i => sqrt (adagrad_s s0 g T i)) in
  subgradients f x g -> box lo hi x0 -> box lo hi u -> (forall i, hi i - lo i <= D) -> 0 <= s0 ->
  adagrad_diag_domain (Z.of_nat n) A D lr eps ->
  regret f x u T <= adagrad_diag_bound (Z.of_nat n) A D lr eps.

(* From an accumulator of 0, A is the sum over the coordinates of the norm of their gradients. *)
Lemma adagrad_accumulator n (g : nat -> Rn n) T i : adagrad_s 0 g T i = sum_below (fun t => g t i ^ 2) T.
Proof.
  induction T as [| T IH]; simpl; [reflexivity |]. unfold lift2, adagrad.adagrad_s. rewrite IH. simpl. ring.
Qed.

(* The best lr, without eps. *)
Lemma adagrad_diag_best n A D : 0 < D -> adagrad_diag_bound n A D (D / sqrt 2) 0 = sqrt 2 * D * A.
Proof.
  intros pos. unfold adagrad_diag_bound. pose proof (sqrt_lt_R0 2 ltac:(lra)).
  pose proof (sqrt_sqrt 2 ltac:(lra)) as two.
  replace (D * D / (2 * (D / sqrt 2)) + D / sqrt 2) with (D * (sqrt 2 * sqrt 2 + 2) / (2 * sqrt 2)) by (field; lra).
  rewrite two. replace (D * (2 + 2) / (2 * sqrt 2)) with (sqrt 2 * sqrt 2 * D / sqrt 2) by (rewrite two; field; lra).
  field. lra.
Qed.

(* One coordinate. *)
Section Coordinate.
Variables (lo hi D lr s0 eps u : R) (x s g : nat -> R).
Hypothesis eps_pos : 0 <= eps.
Hypothesis s0_pos : 0 <= s0.
Hypothesis sides : hi - lo <= D.
Hypothesis inside : lo <= u <= hi.
Hypothesis start : lo <= x O <= hi.
Hypothesis s_first : s O = s0.
Hypothesis s_next : forall t, s (S t) = adagrad.adagrad_s (s t) (g t).
Hypothesis x_next : forall t, x (S t) = clamp lo hi (adagrad.adagrad_x (x t) (g t) (s (S t)) lr eps).

Lemma adagrad_s_pos t : 0 <= s t.
Proof.
  induction t as [| t IH]; [rewrite s_first; exact s0_pos |]. rewrite s_next. unfold adagrad.adagrad_s.
  pose proof (Rle_0_sqr (g t)) as square. unfold Rsqr in square. lra.
Qed.

Lemma adagrad_distance t : (x t - u) ^ 2 <= D ^ 2.
Proof.
  assert (lo <= x t <= hi) by (destruct t; [exact start | rewrite x_next; apply clamp_inside; lra]).
  assert (0 <= (D - (x t - u)) * (D + (x t - u))) by (apply Rmult_le_pos; lra). lra.
Qed.

(* One step, with the divisor h = sqrt(s) + eps. *)
Lemma adagrad_diag_step t : let h := sqrt (s (S t)) + eps in
  2 * lr * (g t * (x t - u)) <= h * ((x t - u) ^ 2 - (x (S t) - u) ^ 2) + 2 * lr ^ 2 * (sqrt (s (S t)) - sqrt (s t)).
Proof.
  intros h. pose proof (adagrad_s_pos t) as spos. pose proof (sqrt_pos (s (S t))) as root.
  pose proof (Rle_0_sqr (g t)) as square. unfold Rsqr in square.
  assert (s (S t) = s t + g t * g t) as next by (rewrite s_next; reflexivity).
  pose proof (adaptive_step (s t) (g t * g t) h spos square) as adaptive. rewrite <- next in adaptive.
  specialize (adaptive ltac:(unfold h; lra)).
  pose proof (clamp_closer lo hi (adagrad.adagrad_x (x t) (g t) (s (S t)) lr eps) u inside) as closer.
  rewrite <- x_next in closer. unfold adagrad.adagrad_x, adagrad.adagrad_update in closer. fold h in closer.
  assert (0 <= h) as hpos by (unfold h; lra).
  destruct (Req_dec h 0) as [null | some].
  - assert (g t = 0) as still.
    { assert (sqrt (s (S t)) = 0) by (unfold h in *; lra).
      assert (s (S t) = 0) by (apply sqrt_eq_0; [rewrite next |]; lra). nra. }
    rewrite null, still in *. unfold Rdiv in adaptive. rewrite !Rmult_0_l in *.
    apply Rmult_le_compat_l with (r := lr ^ 2) in adaptive; [| apply pow2_ge_0]. lra.
  - apply Rmult_le_compat_l with (r := h) in closer; [| exact hpos].
    apply Rmult_le_compat_l with (r := lr ^ 2) in adaptive; [| apply pow2_ge_0].
    replace (h * (x t - lr * g t / h - u) ^ 2)
      with (h * (x t - u) ^ 2 - 2 * lr * (g t * (x t - u)) + lr ^ 2 * (g t * g t / h)) in closer by (field; lra).
    lra.
Qed.

Lemma adagrad_coordinate T :
  2 * lr * sum_below (fun t => g t * (x t - u)) T
  <= (sqrt (s T) + eps) * (D ^ 2 - (x T - u) ^ 2) + 2 * lr ^ 2 * (sqrt (s T) - sqrt s0).
Proof.
  induction T as [| T IH]; simpl sum_below.
  - rewrite s_first. pose proof (adagrad_distance O). pose proof (sqrt_pos s0).
    assert (0 <= (sqrt s0 + eps) * (D ^ 2 - (x O - u) ^ 2)) by (apply Rmult_le_pos; lra). lra.
  - pose proof (adagrad_diag_step T) as step. simpl in step. pose proof (adagrad_distance T).
    assert (sqrt (s T) <= sqrt (s (S T))) as grows.
    { apply sqrt_le_1_alt. rewrite s_next. unfold adagrad.adagrad_s. pose proof (Rle_0_sqr (g T)) as square.
      unfold Rsqr in square. lra. }
    assert (0 <= (sqrt (s (S T)) - sqrt (s T)) * (D ^ 2 - (x T - u) ^ 2)) by (apply Rmult_le_pos; lra).
    simpl in *. lra.
Qed.
End Coordinate.

Theorem adagrad_diag : adagrad_diag_statement.
Proof.
  intros n f g lo hi x0 u D lr s0 eps T x A slopes start inside sides s0_pos [[lr_pos eps_pos] wide].
  eapply Rle_trans; [apply regret_linear, slopes |]. unfold inner at 1. simpl.
  rewrite (sum_all_below n (fun t i => g t i * (x t -: u) i)).
  unfold adagrad_diag_bound. rewrite <- INR_IZR_INZ.
  apply Rle_trans with (sum_all (fun i =>
    (D * D / (2 * lr) + lr) * sqrt (adagrad_s s0 g T i) + D * D * eps / (2 * lr))).
  - apply sum_all_le. intros i.
    pose proof (adagrad_coordinate (lo i) (hi i) D lr s0 eps (u i) (fun t => x t i) (fun t => adagrad_s s0 g t i)
      (fun t => g t i) eps_pos s0_pos (sides i) (inside i) (start i) eq_refl (fun _ => eq_refl)
      (fun _ => eq_refl) T) as bound.
    cbv beta in bound.
    rewrite (sum_below_ext _ (fun t => g t i * (x t i - u i))) by (intros; unfold sub; simpl; ring).
    set (a := sqrt (adagrad_s s0 g T i)) in *. pose proof (sqrt_pos s0). assert (0 <= a) by apply sqrt_pos.
    assert (0 <= (a + eps) * (x T i - u i) ^ 2) by (apply Rmult_le_pos; [lra | apply pow2_ge_0]).
    assert (0 <= lr ^ 2 * sqrt s0) by (apply Rmult_le_pos; [apply pow2_ge_0 | lra]).
    apply Rmult_le_reg_l with (2 * lr); [lra |].
    replace (2 * lr * ((D * D / (2 * lr) + lr) * a + D * D * eps / (2 * lr)))
      with ((a + eps) * D ^ 2 + 2 * lr ^ 2 * a) by (field; lra). lra.
  - rewrite sum_all_plus, sum_all_const, sum_all_scale. fold A. right. field. lra.
Qed.
