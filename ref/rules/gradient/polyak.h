/* Gradient descent with Polyak's step size. */
#ifndef GOLDSTEP_POLYAK_H
#define GOLDSTEP_POLYAK_H

#include "real.h"
#include "vector.h"
#include "rules/gradient/polyak.acsl"

struct polyak {
    real_t f_star;
};

/*@ requires range: finite_in(f, -0x1p20, 0x1p20) && finite_in(gsq, 0x1p-60, 0x1p60) &&
                    finite_in(f_star, -0x1p20, 0x1p20);
    assigns \nothing;
    ensures range:  finite_in(\result, -0x1p81, 0x1p81);
    ensures sign:   f_star <= f && 0 < gsq ==> 0 <= \result;
    ensures ratio:  over_reals(gsq != 0) && bounded(polyak_ratio(f, gsq, f_star), 8) ==>
                    computes(\result, polyak_ratio(f, gsq, f_star), 16);
    ensures result: bounded(polyak_ratio(f, gsq, f_star), 8) ==>
                    computes(\result, polyak_step_size(f, gsq, f_star), 16); */
real_t polyak_step_size(real_t f, real_t gsq, real_t f_star);

/*@ requires range: finite_in(x, -0x1p10, 0x1p10) && finite_in(g, -0x1p10, 0x1p10) &&
                    finite_in(f, -0x1p20, 0x1p20) && finite_in(gsq, 0x1p-60, 0x1p60) &&
                    finite_in(f_star, -0x1p20, 0x1p20);
    assigns \nothing;
    ensures still:  over_reals(gsq == 0 ==> \result - x == 0);
    ensures range:  finite_in(\result, -0x1p92, 0x1p92);
    ensures result: bounded(polyak_ratio(f, gsq, f_star), 8) ==>
                    computes(\result, polyak_x(x, g, f, gsq, f_star), 3.28e+4); */
real_t polyak_x(real_t x, real_t g, real_t f, real_t gsq, real_t f_star);

/* The step, once the sum of squares is known: gsq. */
/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1));
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(x[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(g[i], -0x1p10, 0x1p10);
    requires range:  finite_in(f, -0x1p20, 0x1p20) && finite_in(gsq, 0x1p-60, 0x1p60) &&
                     finite_in(f_star, -0x1p20, 0x1p20);
    assigns x[0 .. n - 1];
    ensures range:   \forall integer i; 0 <= i < n ==> finite_in(x[i], -0x1p92, 0x1p92);
    ensures x: \forall integer i; 0 <= i < n ==> bounded(polyak_ratio(f, gsq, f_star), 8) ==>
                 computes(x[i], polyak_x(\old(x[i]), g[i], f, gsq, f_star), 3.28e+4); */
void polyak_descend(size_t n, real_t *x, const real_t *g, real_t f, real_t gsq, real_t f_star);

/* `near`: all coordinates are computed with one gsq that is near the exact one.
 * In IEEE arithmetic the gradient must not be tiny: its sum of squares is 2^-59 at least. */
/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1));
    requires size:   bounded(n, 0x1p20);
    requires least:  bounded(1, 0x1p59 * sumsq(g, n));
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(x[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(g[i], -0x1p10, 0x1p10);
    requires range:  finite_in(f, -0x1p20, 0x1p20) && finite_in(h.f_star, -0x1p20, 0x1p20);
    assigns x[0 .. n - 1];
    ensures range:   \forall integer i; 0 <= i < n ==> finite_in(x[i], -0x1p92, 0x1p92);
    ensures x: \forall integer i; 0 <= i < n ==> over_reals(
                 x[i] == polyak_x(\old(x[i]), g[i], f, \old(sumsq(g, n)), h.f_star));
    ensures near: \exists real_t gsq; sum_near(gsq, \old(sumsq(g, n)), n) &&
                    (\forall integer i; 0 <= i < n ==> bounded(polyak_ratio(f, gsq, h.f_star), 8) ==>
                       computes(x[i], polyak_x(\old(x[i]), g[i], f, gsq, h.f_star), 3.28e+4)); */
void polyak_step(size_t n, real_t *x, const real_t *g, real_t f, struct polyak h);

#endif
