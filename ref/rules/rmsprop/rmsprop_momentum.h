/* RMSProp with momentum. */
#ifndef GOLDSTEP_RMSPROP_MOMENTUM_H
#define GOLDSTEP_RMSPROP_MOMENTUM_H

#include "real.h"
#include "rules/rmsprop/rmsprop_momentum.acsl"

struct rmsprop_momentum {
    real_t lr, rho, eps, momentum;
};

/*@ requires range: finite_in(v, 0, 0x1p20) &&
                    finite_in(g, -0x1p10, 0x1p10) &&
                    finite_in(rho, 0, 1);
    assigns \nothing;
    ensures sign: 0 <= v && 0 <= rho < 1 ==> 0 <= \result;
    ensures result: computes(\result, rmsprop_momentum_v(v, g, rho), 0x1p22); */
real_t rmsprop_momentum_v(real_t v, real_t g, real_t rho);

/*@ requires domain: 0 < eps;
    requires state:  0 <= v_next;
    assigns \nothing;
    behavior reals:
      ensures result: \result == rmsprop_momentum_b(b, g, v_next, eps, momentum); */
real_t rmsprop_momentum_b(real_t b, real_t g, real_t v_next, real_t eps, real_t momentum);

/*@ requires range: finite_in(x, -0x1p20, 0x1p20) &&
                    finite_in(b_next, -0x1p10, 0x1p10) &&
                    finite_in(lr, 0, 1);
    assigns \nothing;
    ensures result: computes(\result, rmsprop_momentum_x(x, b_next, lr), 0x1p21); */
real_t rmsprop_momentum_x(real_t x, real_t b_next, real_t lr);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) && \valid(v + (0 .. n - 1)) &&
                     \valid(b + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), v + (0 .. n - 1), b + (0 .. n - 1));
    requires domain: rmsprop_momentum_domain(h.lr, h.rho, h.eps, h.momentum);
    requires state:   \forall integer i; 0 <= i < n ==> 0 <= v[i];
    assigns x[0 .. n - 1], v[0 .. n - 1], b[0 .. n - 1];
    ensures state:   \forall integer i; 0 <= i < n ==> 0 <= v[i];
    behavior reals:
      ensures v: \forall integer i; 0 <= i < n ==> v[i] == rmsprop_momentum_v(\old(v[i]), g[i], h.rho);
      ensures b: \forall integer i; 0 <= i < n ==>
          b[i] == rmsprop_momentum_b(\old(b[i]), g[i], v[i], h.eps, h.momentum);
      ensures x: \forall integer i; 0 <= i < n ==> x[i] == rmsprop_momentum_x(\old(x[i]), b[i], h.lr); */
void rmsprop_momentum_step(size_t n, real_t *x, const real_t *g, real_t *v, real_t *b,
                           struct rmsprop_momentum h);

#endif
