/* Stochastic gradient descent. */
#ifndef GOLDSTEP_SGD_H
#define GOLDSTEP_SGD_H

#include "real.h"
#include "rules/gradient/sgd.acsl"

struct sgd {
    real_t lr;
};

/*@ requires domain: sgd_domain(lr);
    assigns \nothing;
    behavior reals:
      ensures result: \result == sgd_x(x, g, lr);
    behavior binary64:
      assumes range:  finite_in(x, -0x1p20, 0x1p20) &&
                      finite_in(g, -0x1p10, 0x1p10) &&
                      finite_in(lr, 0, 1);
      ensures finite: \is_finite(\result);
      ensures error:  within(\result, sgd_x(x, g, lr), 0x1p-32); */
real_t sgd_x(real_t x, real_t g, real_t lr);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1));
    requires domain: sgd_domain(h.lr);
    assigns x[0 .. n - 1];
    behavior reals:
      ensures x: \forall integer i; 0 <= i < n ==> x[i] == sgd_x(\old(x[i]), g[i], h.lr); */
void sgd_step(size_t n, real_t *x, const real_t *g, struct sgd h);

#endif
