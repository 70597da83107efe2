/* False statements about update rules. */
#include "real.h"
#include "rules/adam/adam.acsl"
#include "rules/gradient/sgd.acsl"

/* open: binary64 tight ensures_false
   open: binary32 tight ensures_false
   The bound of sgd_x, halved. */
/*@ requires range: finite_in(x, -0x1p10, 0x1p10) && finite_in(g, -0x1p10, 0x1p10) && finite_in(lr, 0, 1);
    assigns \nothing;
    ensures false: computes(\result, sgd_x(x, g, lr), 0x1p10); */
real_t tight(real_t x, real_t g, real_t lr)
{
    return x - lr * g;
}

/* open: reals still ensures_false
   open: binary64 still ensures_false
   open: binary32 still ensures_false
   A step that moves nothing. */
/*@ requires range: finite_in(x, -0x1p10, 0x1p10) && finite_in(g, -0x1p10, 0x1p10) && finite_in(lr, 0, 1);
    assigns \nothing;
    ensures false: \result == x; */
real_t still(real_t x, real_t g, real_t lr)
{
    return x - lr * g;
}

/* open: reals ascent ensures_false
   Ascent. */
/*@ requires range: finite_in(x, -0x1p10, 0x1p10) && finite_in(g, -0x1p10, 0x1p10) && finite_in(lr, 0, 1);
    assigns \nothing;
    ensures false: computes(\result, sgd_x(x, g, lr), 0x1p12); */
real_t ascent(real_t x, real_t g, real_t lr)
{
    return x + lr * g;
}

/* open: reals published ensures_false
   Kingma and Ba's bound on Adam's step (proofs/rules/adam/adam.c) needs m^2 <= k v for their k, at every step. */
/*@ requires domain: 0 <= beta1 < 1 && 0 <= beta2 < 1 && beta1 * beta1 < beta2 && 0 <= v;
    requires k:      k == \max(1, (1 - beta1) * (1 - beta1) / (1 - beta2));
    requires before: m * m <= k * v;
    assigns \nothing;
    ensures false: adam_m(m, g, beta1) * adam_m(m, g, beta1) <= k * adam_v(v, g, beta2); */
void published(real_t m, real_t v, real_t g, real_t beta1, real_t beta2, real_t k)
{
}
