/* Nesterov's accelerated gradient for convex functions. */
#ifndef GOLDSTEP_NESTEROV_CONVEX_H
#define GOLDSTEP_NESTEROV_CONVEX_H

#include "real.h"
#include "rules/gradient/nesterov_convex.acsl"

struct nesterov_convex {
    real_t lr;
};

/*@ requires state: 1 <= s;
    requires range: finite_in(s, 1, 1.0e+6);
    assigns \nothing;
    ensures sign:   1 <= \result;
    ensures golden: over_reals(\result * \result - \result == s * s);
    ensures range:  finite_in(\result, 1, 0x1p20) && bounded(nesterov_convex_coefficient(s, \result), 2);
    ensures result: computes(\result, nesterov_convex_s(s), 2.2e+6); */
real_t nesterov_convex_s(real_t s);

/*@ requires domain: nesterov_convex_domain(lr);
    requires range:  finite_in(y, -0x1p10, 0x1p10) && finite_in(g, -0x1p10, 0x1p10) && finite_in(lr, 0, 1);
    assigns \nothing;
    ensures range:   finite_in(\result, -0x1p11, 0x1p11);
    ensures result:  computes(\result, nesterov_convex_x(y, g, lr), 1536); */
real_t nesterov_convex_x(real_t y, real_t g, real_t lr);

/*@ requires state:  1 <= s && 1 <= s_next;
    requires range:  finite_in(x, -0x1p10, 0x1p10) && finite_in(x_next, -0x1p11, 0x1p11) &&
                     finite_in(s, 1, 1.0e+6) && finite_in(s_next, 1, 0x1p20) &&
                     bounded(nesterov_convex_coefficient(s, s_next), 2);
    assigns \nothing;
    ensures first:   over_reals(s == 1 ==> \result == x_next);
    ensures range:   finite_in(\result, -0x1p14, 0x1p14);
    ensures result:  computes(\result, nesterov_convex_y(x, x_next, s, s_next), 2.87e+4); */
real_t nesterov_convex_y(real_t x, real_t x_next, real_t s, real_t s_next);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) &&
                     \valid(y + (0 .. n - 1)) && \valid(s);
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), y + (0 .. n - 1), s);
    requires domain: nesterov_convex_domain(h.lr);
    requires state:  1 <= *s;
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(x[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(g[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(y[i], -0x1p10, 0x1p10);
    requires range:  finite_in(*s, 1, 1.0e+6) && finite_in(h.lr, 0, 1);
    assigns x[0 .. n - 1], y[0 .. n - 1], *s;
    ensures state:   1 <= *s;
    ensures range:   finite_in(*s, 1, 0x1p20);
    ensures range:   \forall integer i; 0 <= i < n ==>
                       finite_in(x[i], -0x1p11, 0x1p11) && finite_in(y[i], -0x1p14, 0x1p14);
    ensures s: computes(*s, nesterov_convex_s(\old(*s)), 2.2e+6);
    ensures x: \forall integer i; 0 <= i < n ==>
                 computes(x[i], nesterov_convex_x(\old(y[i]), g[i], h.lr), 1536);
    ensures y: \forall integer i; 0 <= i < n ==>
                 computes(y[i], nesterov_convex_y(\old(x[i]), x[i], \old(*s), *s), 2.87e+4); */
void nesterov_convex_step(size_t n, real_t *x, const real_t *g, real_t *y, real_t *s,
                          struct nesterov_convex h);

#endif
