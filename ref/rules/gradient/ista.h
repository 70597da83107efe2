/* ISTA: proximal gradient with the l1 norm. */
#ifndef GOLDSTEP_ISTA_H
#define GOLDSTEP_ISTA_H

#include "real.h"
#include "rules/gradient/ista.acsl"

struct ista {
    real_t lr, l1;
};

/*@ requires domain: 0 <= threshold;
    requires range:  finite_in(z, -0x1p11, 0x1p11) && finite_in(threshold, 0, 1);
    assigns \nothing;
    ensures dead:    -threshold <= z <= threshold ==> \result == 0;
    ensures smaller: over_reals((0 <= z ==> 0 <= \result <= z) && (z <= 0 ==> z <= \result <= 0));
    ensures range:   finite_in(\result, -0x1p11, 0x1p11);
    ensures result:  computes(\result, ista_prox_l1(z, threshold), 1024); */
real_t ista_prox_l1(real_t z, real_t threshold);

/*@ requires domain: ista_domain(lr, l1);
    requires range:  finite_in(x, -0x1p10, 0x1p10) && finite_in(g, -0x1p10, 0x1p10) && finite_in(lr, 0, 1) &&
                     finite_in(l1, 0, 1);
    assigns \nothing;
    ensures range:   finite_in(\result, -0x1p11, 0x1p11);
    ensures result:  computes(\result, ista_x(x, g, lr, l1), 2561); */
real_t ista_x(real_t x, real_t g, real_t lr, real_t l1);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1));
    requires domain: ista_domain(h.lr, h.l1);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(x[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(g[i], -0x1p10, 0x1p10);
    requires range:  finite_in(h.lr, 0, 1) && finite_in(h.l1, 0, 1);
    assigns x[0 .. n - 1];
    ensures range:   \forall integer i; 0 <= i < n ==> finite_in(x[i], -0x1p11, 0x1p11);
    ensures x: \forall integer i; 0 <= i < n ==>
                 computes(x[i], ista_x(\old(x[i]), g[i], h.lr, h.l1), 2561); */
void ista_step(size_t n, real_t *x, const real_t *g, struct ista h);

#endif
