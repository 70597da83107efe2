/* The number type of the reference, and its libm.
 *
 * real_t is double, or float where GOLDSTEP_REAL_FLOAT is defined. Each function of libm that a rule needs has one
 * wrapper here. Their contracts are admitted, not proved: they are part of the trusted base (proofs/README.md) and
 * tests/reference/test_real.c compares each with MPFR. */
#ifndef GOLDSTEP_REAL_H
#define GOLDSTEP_REAL_H

#include <stddef.h>
#include <stdint.h>

#ifdef GOLDSTEP_REAL_FLOAT
typedef float real_t;
#else
typedef double real_t;
#endif

/*@ predicate finite_in(real_t a, real low, real high) = \is_finite(a) && low <= a <= high;

    predicate within(real a, real b, real bound) = -bound <= a - b <= bound; */

/*@ requires domain: 0 <= x;
    assigns \nothing;
    ensures sign: 0 <= \result;
    ensures zero: 0 < x ==> 0 < \result;
    behavior reals:
      ensures result: \result == \sqrt(x); */
real_t real_sqrt(real_t x);

/*@ requires domain: 0 <= base && (0 < base || 0 < y);
    assigns \nothing;
    ensures sign: 0 <= \result;
    ensures contraction: base <= 1 && 0 <= y ==> \result <= 1;
    behavior reals:
      ensures result: \result == \pow(base, y); */
real_t real_pow(real_t base, real_t y);

/*@ requires domain: 0 <= base && (0 < base || 1 <= n);
    assigns \nothing;
    ensures sign: 0 <= \result;
    ensures contraction: base < 1 && 1 <= n ==> \result < 1;
    behavior reals:
      ensures result: \result == \pow(base, n); */
real_t real_powi(real_t base, uint64_t n);

/*@ assigns \nothing;
    ensures range: -1 <= \result <= 1;
    behavior reals:
      ensures result: \result == \cos(\pi * x); */
real_t real_cos_pi(real_t x);

/*@ assigns \nothing;
    ensures result: \result == \floor(x); */
real_t real_floor(real_t x);

#endif
