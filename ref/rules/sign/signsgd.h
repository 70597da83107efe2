/* signSGD. */
#ifndef GOLDSTEP_SIGNSGD_H
#define GOLDSTEP_SIGNSGD_H

#include "real.h"
#include "rules/sign/signsgd.acsl"

struct signsgd {
    real_t lr;
};

/*@ requires domain: signsgd_domain(lr);
    requires range:  finite_in(x, -0x1p10, 0x1p10) && finite_in(g, -0x1p10, 0x1p10) && finite_in(lr, 0, 1);
    assigns \nothing;
    ensures length:  over_reals(g < 0 || 0 < g ==> \result == x - lr || \result == x + lr);
    ensures range:   finite_in(\result, -0x1p11, 0x1p11);
    ensures result:  computes(\result, signsgd_x(x, g, lr), 1025); */
real_t signsgd_x(real_t x, real_t g, real_t lr);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1));
    requires domain: signsgd_domain(h.lr);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(x[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(g[i], -0x1p10, 0x1p10);
    requires range:  finite_in(h.lr, 0, 1);
    assigns x[0 .. n - 1];
    ensures range:   \forall integer i; 0 <= i < n ==> finite_in(x[i], -0x1p11, 0x1p11);
    ensures x: \forall integer i; 0 <= i < n ==> computes(x[i], signsgd_x(\old(x[i]), g[i], h.lr), 1025); */
void signsgd_step(size_t n, real_t *x, const real_t *g, struct signsgd h);

#endif
