/* Stochastic gradient descent. */
#ifndef GOLDSTEP_SGD_H
#define GOLDSTEP_SGD_H

#include "real.h"
#include "rules/gradient/sgd.acsl"

struct sgd {
    real_t lr;
};

/*@ requires domain: sgd_domain(lr);
    requires range:  finite_in(x, -0x1p10, 0x1p10) && finite_in(g, -0x1p10, 0x1p10) && finite_in(lr, 0, 1);
    assigns \nothing;
    ensures range:   finite_in(\result, -0x1p11, 0x1p11);
    ensures result:  computes(\result, sgd_x(x, g, lr), 1536); */
real_t sgd_x(real_t x, real_t g, real_t lr);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1));
    requires domain: sgd_domain(h.lr);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(x[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(g[i], -0x1p10, 0x1p10);
    requires range:  finite_in(h.lr, 0, 1);
    assigns x[0 .. n - 1];
    ensures range:   \forall integer i; 0 <= i < n ==> finite_in(x[i], -0x1p11, 0x1p11);
    ensures x: \forall integer i; 0 <= i < n ==> computes(x[i], sgd_x(\old(x[i]), g[i], h.lr), 1536); */
void sgd_step(size_t n, real_t *x, const real_t *g, struct sgd h);

#endif
