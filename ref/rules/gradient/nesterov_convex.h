/* Nesterov's accelerated gradient for convex functions. */
#ifndef GOLDSTEP_NESTEROV_CONVEX_H
#define GOLDSTEP_NESTEROV_CONVEX_H

#include "real.h"
#include "rules/gradient/nesterov_convex.acsl"

struct nesterov_convex {
    real_t lr;
};

/*@ requires state: 1 <= s;
    assigns \nothing;
    ensures sign: 1 <= \result;
    behavior reals:
      ensures result: \result == nesterov_convex_s(s); */
real_t nesterov_convex_s(real_t s);

/*@ requires domain: nesterov_convex_domain(lr);
    requires range: finite_in(y, -0x1p20, 0x1p20) &&
                    finite_in(g, -0x1p10, 0x1p10) &&
                    finite_in(lr, 0, 1);
    assigns \nothing;
    ensures result: computes(\result, nesterov_convex_x(y, g, lr), 0x1p21); */
real_t nesterov_convex_x(real_t y, real_t g, real_t lr);

/*@ requires state: 1 <= s && 1 <= s_next;
    assigns \nothing;
    behavior reals:
      ensures result: \result == nesterov_convex_y(x, x_next, s, s_next); */
real_t nesterov_convex_y(real_t x, real_t x_next, real_t s, real_t s_next);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) &&
                     \valid(y + (0 .. n - 1)) && \valid(s);
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), y + (0 .. n - 1), s);
    requires domain: nesterov_convex_domain(h.lr);
    requires state:  1 <= *s;
    assigns x[0 .. n - 1], y[0 .. n - 1], *s;
    ensures state:   1 <= *s;
    behavior reals:
      ensures s: *s == nesterov_convex_s(\old(*s));
      ensures x: \forall integer i; 0 <= i < n ==>
                   x[i] == nesterov_convex_x(\old(y[i]), g[i], h.lr);
      ensures y: \forall integer i; 0 <= i < n ==>
                   y[i] == nesterov_convex_y(\old(x[i]), x[i], \old(*s), *s); */
void nesterov_convex_step(size_t n, real_t *x, const real_t *g, real_t *y, real_t *s,
                          struct nesterov_convex h);

#endif
