/* Reductions over a vector, summed in the order of its coordinates.
 *
 * All squares and all sums are rounded, and the first square takes part in all sums: so the sum of n squares
 * is within (n + 1) u of the exact one, relatively, or a little more (1.07 times), for sums with errors are
 * rounded. In IEEE arithmetic n is at most 2^20: there (n + 1) u is about 1 / 16, in binary32. */
#ifndef GOLDSTEP_VECTOR_H
#define GOLDSTEP_VECTOR_H

#include "real.h"
#include "../spec/vector.h"

/*@ logic real relative_error(real a, real exact) = (a - exact) / exact;

    predicate adds_up(real_t sum, real s, real square) =
      computes(sum, s + square, 1.001 * (s + 2 * square) + 0x1p-98);

    predicate sum_near(real_t s, real exact, integer n) =
      computes(s, exact, 1.07 * (n + 1) * exact + n * 0x1p-97);

    predicate sums_up(real_t s, real exact, integer n) =
      0 <= s && finite_in(s, 0, 0x1.2p40) && bounded(s, n * 0x1.2p20) &&
      0 <= exact && bounded(exact, n * 0x1p20) && sum_near(s, exact, n);

    predicate norm_near{L}(real_t norm, real_t *a, integer n) =
      \exists real_t s; sum_near(s, sumsq(a, n), n) && rounds(norm, \sqrt(s)); */

/* s + a * a, for sums of squares s. What is tiny has no relative error. */
/*@ requires sign:  0 <= s;
    requires range: finite_in(s, 0, 0x1.2p40) && finite_in(a, -0x1p10, 0x1p10);
    assigns \nothing;
    ensures sign:   0 <= \result;
    ensures grows:  bounded(\result - s, 0x1.2p20);
    ensures range:  finite_in(\result, 0, 0x1p41);
    ensures small:  s + a * a <= 0x1p-100 ==> computes(\result, s + a * a, 0x1p-100);
    ensures large:  0x1p-100 <= s + a * a ==> computes(relative_error(\result, s + a * a), 0, 2.01);
    ensures result: adds_up(\result, s, a * a); */
real_t vector_add_square(real_t s, real_t a);

/* The sum of i + 1 squares, where s is that of the first i. */
/*@ requires valid: \valid_read(a + i);
    requires size:  \exists integer n; i < n && bounded(n, 0x1p20);
    requires range: finite_in(a[i], -0x1p10, 0x1p10);
    requires sum:   sums_up(s, sumsq(a, i), i);
    assigns \nothing;
    ensures result: sums_up(\result, sumsq(a, i + 1), i + 1); */
real_t vector_sumsq_next(real_t s, const real_t *a, size_t i);

/* The loop of vector_sumsq: s is 0. */
/*@ requires valid: \valid_read(a + (0 .. n - 1));
    requires size:  bounded(n, 0x1p20);
    requires range: \forall integer i; 0 <= i < n ==> finite_in(a[i], -0x1p10, 0x1p10);
    requires start: sums_up(s, 0, 0);
    assigns \nothing;
    ensures result: sums_up(\result, sumsq(a, n), n); */
real_t vector_add_squares(real_t s, size_t n, const real_t *a);

/*@ requires valid: \valid_read(a + (0 .. n - 1));
    requires size:  bounded(n, 0x1p20);
    requires range: \forall integer i; 0 <= i < n ==> finite_in(a[i], -0x1p10, 0x1p10);
    assigns \nothing;
    ensures sign:   0 <= \result;
    ensures range:  finite_in(\result, 0, 0x1.2p40);
    ensures least:  bounded(1, 0x1p59 * sumsq(a, n)) ==> finite_in(\result, 0x1p-60, 0x1.2p40);
    ensures near:   sum_near(\result, sumsq(a, n), n);
    ensures result: computes(\result, sumsq(a, n), 1.07 * (n + 1) * sumsq(a, n) + n * 0x1p-97); */
real_t vector_sumsq(size_t n, const real_t *a);

/* `near`: the norm is the root, rounded once, of a number near the exact sum; `named` says so in a word. */
/*@ requires valid: \valid_read(a + (0 .. n - 1));
    requires size:  bounded(n, 0x1p20);
    requires range: \forall integer i; 0 <= i < n ==> finite_in(a[i], -0x1p10, 0x1p10);
    assigns \nothing;
    ensures sign:   0 <= \result;
    ensures range:  finite_in(\result, 0, 0x1p21);
    ensures result: over_reals(\result == norm2(a, n));
    ensures named:  norm_near(\result, a, n);
    ensures near:   \exists real_t s; sum_near(s, sumsq(a, n), n) && rounds(\result, \sqrt(s)); */
real_t vector_norm2(size_t n, const real_t *a);

#endif
