/* False statements about arithmetic, which no prover may prove in the readings named. */
#include "real.h"

/* open: reals sum ensures_false
   open: binary64 sum ensures_false
   open: binary32 sum ensures_false
   One and one. */
/*@ assigns \nothing;
    ensures range: finite_in(\result, 0, 4);
    ensures false: \result == 3; */
real_t sum(void)
{
    real_t one = 1;
    return one + one;
}

/* open: reals growth ensures_false
   open: binary64 growth ensures_false
   open: binary32 growth ensures_false
   False for x below 1 over the reals, and in IEEE arithmetic also wherever 1 is lost in the rounding. */
/*@ requires range: finite_in(x, 0, 0x1p100);
    assigns \nothing;
    ensures false: \result > 1 && \result > x + 1; */
real_t growth(real_t x)
{
    return x + 1;
}

/* open: binary64 exact ensures_false
   open: binary32 exact ensures_false
   A product is rounded. */
/*@ requires range: finite_in(a, 0, 1) && finite_in(b, 0, 1);
    assigns \nothing;
    ensures false: computes(\result, a * b, 0); */
real_t exact(real_t a, real_t b)
{
    return a * b;
}

/* open: binary64 power ensures_false
   open: binary32 power ensures_false
   What holds over the reals of a function that is called is not known in IEEE arithmetic. */
/*@ requires range: finite_in(a, 0, 0x1.fff8p-1);
    requires domain: 0 <= a < 1;
    assigns \nothing;
    ensures false: \result == \pow(a, 3); */
real_t power(real_t a)
{
    return real_powi(a, 3);
}

/* open: binary64 overflow assert_rte_is_nan_or_infinite
   open: binary32 overflow assert_rte_is_nan_or_infinite
   The square of a large number is infinite. */
/*@ requires range: finite_in(a, 0, 0x1p1000);
    assigns \nothing; */
real_t overflow(real_t a)
{
    return a * a;
}

/* open: binary64 quotient assert_rte_is_nan_or_infinite
   open: binary32 quotient assert_rte_is_nan_or_infinite
   The divisor may be zero. */
/*@ requires range: finite_in(a, -1, 1) && finite_in(b, -1, 1);
    assigns \nothing; */
real_t quotient(real_t a, real_t b)
{
    return a / b;
}

/* open: reals root ensures_false
   open: binary64 root ensures_false
   open: binary32 root ensures_false
   Between 0 and 1 the root is the greater one. */
/*@ requires domain: 0 <= x <= 4;
    requires range: finite_in(x, 0, 4);
    assigns \nothing;
    ensures false: \result <= x; */
real_t root(real_t x)
{
    return real_sqrt(x);
}

/* open: binary64 cases ensures_false
   open: binary32 cases ensures_false
   True for a below -tiny and above tiny, false between. */
/*@ requires range: finite_in(a, -1, 1);
    assigns \nothing;
    ensures false: !bounded(\result, 0x1p-300); */
real_t cases(real_t a)
{
    //@ assert cases: sign_cases(a);
    return a;
}

/* open: binary64 waves assert_false
   open: binary32 waves assert_false
   The cosine of pi a moves by pi times what a does: more than 3 times. */
/*@ requires range: finite_in(a, 0, 1) && finite_in(b, 0, 1);
    requires near: computes(a, b, 1);
    assigns \nothing; */
void waves(real_t a, real_t b)
{
    //@ assert slope: cosine_moves(a, b, ulps(1));
    //@ assert false: computes(\cos(\pi * a), \cos(\pi * b), 3);
}

/* open: binary64 powers assert_false
   open: binary32 powers assert_false
   Some power of a number near 0.96 moves by more than 9 times what the number does. */
/*@ requires range: finite_in(a, 0.95, 0.961) && finite_in(b, 0.95, 0.961) && finite_in(y, 0, 0x1p50);
    requires near: computes(a, b, 1);
    assigns \nothing; */
void powers(real_t a, real_t b, real_t y)
{
    //@ assert slope: base_moves(a, b, ulps(1), y);
    //@ assert false: computes(\pow(a, y), \pow(b, y), 9);
}

/* open: binary64 exponents assert_false
   open: binary32 exponents assert_false
   A power moves by up to 0.37 times the relative change of its exponent. */
/*@ requires range: finite_in(a, 0x1p-10, 1) && finite_in(y, 0, 0x1p50) && finite_in(z, 0, 0x1p50);
    requires near: -ulps(1) * y <= z - y <= ulps(1) * y;
    assigns \nothing; */
void exponents(real_t a, real_t y, real_t z)
{
    //@ assert slope: exponent_moves(a, y, z, ulps(1));
    //@ assert false: computes(\pow(a, z), \pow(a, y), 0.3);
}

/* open: binary64 floors assert_false
   open: binary32 floors assert_false
   The quotient of a number that is not whole may be rounded up to the next whole number. */
/*@ requires range: finite_in(p, 1, 0x1p24) && bounded(k, 0x1p23);
    assigns \nothing; */
void floors(uint64_t k, real_t p)
{
    real_t count = (real_t)k;
    real_t share = count / p;
    //@ assert rounding: rounds(count, k) && rounds(share, count / p);
    //@ assert quotient: whole_quotient(k, p);
    real_t floor = real_floor(share);
    //@ assert false: floor == \floor(k / p);
}

/* open: binary64 phases assert_false
   open: binary32 phases assert_false
   Half a cosine up to e moves by up to 0.91 times the relative change of e, its cosine by twice that. */
/*@ requires range: finite_in(k, 1, 0x1p10) && finite_in(e, 1, 0x1p10) && finite_in(e2, 1, 0x1p10);
    requires order: k <= e && k <= e2;
    requires near: -ulps(1) * e2 <= e - e2 <= ulps(1) * e2;
    assigns \nothing; */
void phases(real_t k, real_t e, real_t e2)
{
    //@ assert moves: phases_move(k, 1, 0x1p11, 0, 0, e, 0, 0, e2, 0, ulps(1));
    //@ assert false: computes(\cos(\pi * (k / e)), \cos(\pi * (k / e2)), 1.7);
}

/* open: binary64 below_one assert_false
   open: binary32 below_one assert_false
   One less than a number below 1 may need more digits. */
/*@ requires range: finite_in(a, 0, 1);
    assigns \nothing; */
void below_one(real_t a)
{
    real_t less = a - 1;
    //@ assert exact: one_less(a, (real_t)1);
    //@ assert false: less == a - 1;
}

/* open: binary64 shares assert_false
   open: binary32 shares assert_false
   The share is 1 at the end. */
/*@ requires range: finite_in(s, 0, 0x1p20) && finite_in(k, 0, 0x1p20) && finite_in(t, 0, 0x1p20);
    requires order: s <= k <= t;
    assigns \nothing; */
void shares(real_t k, real_t s, real_t t)
{
    real_t length = t - s;
    if (length >= 1) {
        real_t share = (k - s) / length;
        //@ assert order: rounded_share(k, s, t);
        //@ assert false: finite_in(share, 0, 0x1.fffffep-1);
    }
}
