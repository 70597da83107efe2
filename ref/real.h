/* The number type of the reference, the words of its contracts, and its libm.
 *
 * real_t is double, or float where GOLDSTEP_REAL_FLOAT is defined. */
#ifndef GOLDSTEP_REAL_H
#define GOLDSTEP_REAL_H

#include <stddef.h>
#include <stdint.h>

#ifdef GOLDSTEP_REAL_FLOAT
typedef float real_t;
#else
typedef double real_t;
#endif

/* A contract is read three times: over the real numbers, in IEEE 754 binary64, and in binary32 (proofs/README.md).
 *
 *                            over the reals    in IEEE arithmetic; u is 2^-53, or 2^-24
 *   computes(a, exact, k)    a == exact        |a - exact| <= k u
 *   rounds(a, exact)         a == exact        a is exact, rounded to nearest
 *   finite_in(a, low, high)  true              a is finite, and low <= a <= high
 *   bounded(a, b)            true              |a| <= b
 *   same(a, b)               a == b            a and b are the same number, bit by bit
 *   over_reals(p)            p                 true
 *   ulps(k)                  0                 k u
 *   whole(a)                 true              a is a whole number
 *   counts(k)                true              0 <= k <= 2^64
 *   sign_cases(a)            true              a is below -tiny, between -tiny and tiny, or above, a case at a time
 *   size_cases(a)            true              a is below tiny or above
 *   square_cases(a)          true              a is below tiny^2 or above
 *
 * The last three are always true: they lead Gappa to where a relative error makes sense, and where it does not. It knows
 * no integers: counts(k), for a step count k, tells it what the type of k says. cosine_moves, phases_move, base_moves,
 * exponent_moves, whole_quotient, one_less and rounded_share are true as well, and bring in a fact each
 * (proofs/analysis.why; binary64.why and binary32.why). */
#ifdef GOLDSTEP_OVER_REALS
#define computes(a, exact, k) ((a) == (exact))
#define rounds(a, exact) ((a) == (exact))
#define finite_in(a, low, high) \true
#define bounded(a, b) \true
#define same(a, b) ((a) == (b))
#define over_reals(p) (p)
#define counts(k) \true
#define sign_cases(a) \true
#define size_cases(a) \true
#define square_cases(a) \true
#define cosine_moves(a, b, d) \true
#define phases_move(k, p, t, a, b, e, a2, b2, e2, c, d) \true
#define base_moves(a, b, d, y) \true
#define exponent_moves(c, y, z, d) \true
#define whole_quotient(k, p) \true
#define one_less(a, one) \true
#define rounded_share(k, s, t) \true
#define ulps(k) 0
#define whole(a) \true
#else
#define over_reals(p) \true
/*@ axiomatic Ieee {
      predicate computes(real a, real exact, real k);
      predicate rounds(real_t a, real exact);
      predicate finite_in(real_t a, real low, real high);
      predicate bounded(real a, real b);
      predicate same(real_t a, real_t b);
      predicate counts(real k);
      predicate sign_cases(real_t a);
      predicate size_cases(real_t a);
      predicate square_cases(real_t a);
      predicate cosine_moves(real a, real b, real d);
      predicate phases_move(real k, real p, real t, real a, real b, real e, real a2, real b2, real e2, real c, real d);
      predicate base_moves(real a, real b, real d, real y);
      predicate exponent_moves(real c, real y, real z, real d);
      predicate whole_quotient(integer k, real p);
      predicate one_less(real_t a, real_t one);
      predicate rounded_share(real_t k, real_t s, real_t t);
      logic real ulps(real k);
      predicate whole(real a);
    } */
#endif

/* Each function of libm that a rule needs has one wrapper here. Their contracts are admitted, not proved: they are part
 * of the trusted base (proofs/README.md), and tests/reference/test_real.c compares each with MPFR. */

/*@ requires domain: 0 <= x;
    requires range:  finite_in(x, 0, 0x1p100);
    assigns \nothing;
    ensures sign:    0 <= \result;
    ensures zero:    0 < x ==> 0 < \result;
    ensures range:   finite_in(\result, 0, 0x1p50);
    ensures result:  rounds(\result, \sqrt(x)); */
real_t real_sqrt(real_t x);

/*@ requires domain: 0 <= base && (0 < base || 0 < y);
    requires range:  finite_in(base, 0, 1) && finite_in(y, 0, 0x1p64);
    assigns \nothing;
    ensures sign:    0 <= \result;
    ensures contraction: base <= 1 && 0 <= y ==> \result <= 1;
    ensures power:   0 <= base <= 1 && 0 <= y ==> 0 <= \pow(base, y) <= 1;
    ensures range:   finite_in(\result, 0, 1);
    ensures result:  computes(\result, \pow(base, y), 0.55); */
real_t real_pow(real_t base, real_t y);

/*@ requires domain: 0 <= base && (0 < base || 1 <= n);
    requires range:  finite_in(base, 0, 1);
    assigns \nothing;
    ensures sign:    0 <= \result;
    ensures contraction: base < 1 && 1 <= n ==> \result < 1;
    ensures power:   0 <= base <= 1 && 1 <= n ==> 0 <= \pow(base, n) <= base && \result <= base;
    ensures range:   finite_in(\result, 0, 1);
    ensures far:     computes(\result, \pow(base, n), 0.65);
    ensures result:  base <= 0x1.fff8p-1 ==> computes(\result, \pow(base, n), 0.55); */
real_t real_powi(real_t base, uint64_t n);

/*@ requires range:  finite_in(x, 0, 1);
    assigns \nothing;
    ensures sign:    -1 <= \result <= 1;
    ensures cosine:  -1 <= \cos(\pi * x) <= 1;
    ensures range:   finite_in(\result, -1, 1);
    ensures result:  computes(\result, \cos(\pi * x), 3); */
real_t real_cos_pi(real_t x);

/*@ requires range:  finite_in(x, 0, 0x1p64);
    assigns \nothing;
    ensures range:   finite_in(\result, 0, 0x1p64);
    ensures result:  \result == \floor(x); */
real_t real_floor(real_t x);

#endif
