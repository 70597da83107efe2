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
