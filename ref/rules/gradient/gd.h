/* Gradient descent. */
#ifndef GOLDSTEP_GD_H
#define GOLDSTEP_GD_H

#include "real.h"
#include "rules/gradient/gd.acsl"

struct gd {
    real_t lr;
};

/*@ requires domain: gd_domain(lr);
    assigns \nothing;
    behavior reals:
      ensures result: \result == gd_x(x, g, lr);
    behavior binary64:
      assumes range:  finite_in(x, -0x1p20, 0x1p20) &&
                      finite_in(g, -0x1p10, 0x1p10) &&
                      finite_in(lr, 0, 1);
      ensures finite: \is_finite(\result);
      ensures error:  within(\result, gd_x(x, g, lr), 0x1p-32); */
real_t gd_x(real_t x, real_t g, real_t lr);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1));
    requires domain: gd_domain(h.lr);
    assigns x[0 .. n - 1];
    behavior reals:
      ensures x: \forall integer i; 0 <= i < n ==> x[i] == gd_x(\old(x[i]), g[i], h.lr); */
void gd_step(size_t n, real_t *x, const real_t *g, struct gd h);

#endif
