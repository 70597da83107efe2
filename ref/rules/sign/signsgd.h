/* signSGD. */
#ifndef GOLDSTEP_SIGNSGD_H
#define GOLDSTEP_SIGNSGD_H

#include "real.h"
#include "rules/sign/signsgd.acsl"

struct signsgd {
    real_t lr;
};

/*@ requires domain: signsgd_domain(lr);
    assigns \nothing;
    behavior reals:
      ensures result: \result == signsgd_x(x, g, lr); */
real_t signsgd_x(real_t x, real_t g, real_t lr);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1));
    requires domain: signsgd_domain(h.lr);
    assigns x[0 .. n - 1];
    behavior reals:
      ensures x: \forall integer i; 0 <= i < n ==> x[i] == signsgd_x(\old(x[i]), g[i], h.lr); */
void signsgd_step(size_t n, real_t *x, const real_t *g, struct signsgd h);

#endif
