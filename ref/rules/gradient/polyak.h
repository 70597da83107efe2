/* Gradient descent with Polyak's step size. */
#ifndef GOLDSTEP_POLYAK_H
#define GOLDSTEP_POLYAK_H

#include "real.h"
#include "vector.h"
#include "rules/gradient/polyak.acsl"

struct polyak {
    real_t f_star;
};

/*@ assigns \nothing;
    behavior reals:
      ensures result: \result == polyak_step_size(f, gsq, f_star); */
real_t polyak_step_size(real_t f, real_t gsq, real_t f_star);

/*@ assigns \nothing;
    behavior reals:
      ensures result: \result == polyak_x(x, g, f, gsq, f_star); */
real_t polyak_x(real_t x, real_t g, real_t f, real_t gsq, real_t f_star);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1));
    assigns x[0 .. n - 1];
    behavior reals:
      ensures x: \forall integer i; 0 <= i < n ==>
                   x[i] == polyak_x(\old(x[i]), g[i], f, \old(sumsq(g, n)), h.f_star); */
void polyak_step(size_t n, real_t *x, const real_t *g, real_t f, struct polyak h);

#endif
