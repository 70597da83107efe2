/* ISTA: proximal gradient with the l1 norm. */
#ifndef GOLDSTEP_ISTA_H
#define GOLDSTEP_ISTA_H

#include "real.h"
#include "rules/gradient/ista.acsl"

struct ista {
    real_t lr, l1;
};

/*@ requires domain: 0 <= threshold;
    assigns \nothing;
    behavior reals:
      ensures result: \result == ista_prox_l1(z, threshold); */
real_t ista_prox_l1(real_t z, real_t threshold);

/*@ requires domain: ista_domain(lr, l1);
    assigns \nothing;
    behavior reals:
      ensures result: \result == ista_x(x, g, lr, l1); */
real_t ista_x(real_t x, real_t g, real_t lr, real_t l1);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1));
    requires domain: ista_domain(h.lr, h.l1);
    assigns x[0 .. n - 1];
    behavior reals:
      ensures x: \forall integer i; 0 <= i < n ==> x[i] == ista_x(\old(x[i]), g[i], h.lr, h.l1); */
void ista_step(size_t n, real_t *x, const real_t *g, struct ista h);

#endif
