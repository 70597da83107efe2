/* RMSProp with momentum. */
#ifndef GOLDSTEP_RMSPROP_MOMENTUM_H
#define GOLDSTEP_RMSPROP_MOMENTUM_H

#include "real.h"
#include "rules/rmsprop/rmsprop_momentum.acsl"

struct rmsprop_momentum {
    real_t lr, rho, eps, momentum;
};

/*@ requires range: finite_in(v, 0, 0x1p20) && finite_in(g, -0x1p10, 0x1p10) &&
                    finite_in(rho, 0, 0x1.fff8p-1);
    assigns \nothing;
    ensures sign:   0 <= v && 0 <= rho < 1 ==> 0 <= \result;
    ensures range:  finite_in(\result, 0, 0x1p21);
    ensures result: computes(\result, rmsprop_momentum_v(v, g, rho), 3.15e+6); */
real_t rmsprop_momentum_v(real_t v, real_t g, real_t rho);

/*@ requires domain: 0 < eps;
    requires state:  0 <= v_next;
    requires range:  finite_in(g, -0x1p10, 0x1p10) && finite_in(v_next, 0, 0x1p21) &&
                     finite_in(eps, 0x1p-30, 1);
    assigns \nothing;
    ensures range:   finite_in(\result, -0x1p60, 0x1p60);
    ensures result:  bounded(rmsprop_momentum_update(g, v_next, eps), 16) ==>
                     computes(\result, rmsprop_momentum_update(g, v_next, eps), 49); */
real_t rmsprop_momentum_update(real_t g, real_t v_next, real_t eps);

/*@ requires domain: 0 < eps;
    requires state:  0 <= v_next;
    requires range:  finite_in(b, -0x1p10, 0x1p10) && finite_in(g, -0x1p10, 0x1p10) &&
                     finite_in(v_next, 0, 0x1p21) && finite_in(eps, 0x1p-30, 1) &&
                     finite_in(momentum, 0, 0x1.fff8p-1);
    assigns \nothing;
    ensures range:   finite_in(\result, -0x1p61, 0x1p61);
    ensures result:  bounded(rmsprop_momentum_update(g, v_next, eps), 16) ==>
                     computes(\result, rmsprop_momentum_b(b, g, v_next, eps, momentum), 1586); */
real_t rmsprop_momentum_b(real_t b, real_t g, real_t v_next, real_t eps, real_t momentum);

/*@ requires range: finite_in(x, -0x1p10, 0x1p10) && finite_in(b_next, -0x1p61, 0x1p61) &&
                    finite_in(lr, 0, 1);
    assigns \nothing;
    ensures range:  finite_in(\result, -0x1p62, 0x1p62);
    ensures result: bounded(b_next, 0x1p11) ==> computes(\result, rmsprop_momentum_x(x, b_next, lr), 3072); */
real_t rmsprop_momentum_x(real_t x, real_t b_next, real_t lr);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) && \valid(v + (0 .. n - 1)) &&
                     \valid(b + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), v + (0 .. n - 1), b + (0 .. n - 1));
    requires domain: rmsprop_momentum_domain(h.lr, h.rho, h.eps, h.momentum);
    requires state:  \forall integer i; 0 <= i < n ==> 0 <= v[i];
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(x[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(g[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(v[i], 0, 0x1p20);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(b[i], -0x1p10, 0x1p10);
    requires range:  finite_in(h.lr, 0, 1) && finite_in(h.rho, 0, 0x1.fff8p-1) &&
                     finite_in(h.eps, 0x1p-30, 1) && finite_in(h.momentum, 0, 0x1.fff8p-1);
    assigns x[0 .. n - 1], v[0 .. n - 1], b[0 .. n - 1];
    ensures state:   \forall integer i; 0 <= i < n ==> 0 <= v[i];
    ensures range:   \forall integer i; 0 <= i < n ==>
                       finite_in(x[i], -0x1p62, 0x1p62) && finite_in(v[i], 0, 0x1p21) &&
                       finite_in(b[i], -0x1p61, 0x1p61);
    ensures v: \forall integer i; 0 <= i < n ==>
                 computes(v[i], rmsprop_momentum_v(\old(v[i]), g[i], h.rho), 3.15e+6);
    ensures b: \forall integer i; 0 <= i < n ==>
                 bounded(rmsprop_momentum_update(g[i], v[i], h.eps), 16) ==>
                 computes(b[i], rmsprop_momentum_b(\old(b[i]), g[i], v[i], h.eps, h.momentum), 1586);
    ensures x: \forall integer i; 0 <= i < n ==>
                 bounded(b[i], 0x1p11) ==> computes(x[i], rmsprop_momentum_x(\old(x[i]), b[i], h.lr), 3072); */
void rmsprop_momentum_step(size_t n, real_t *x, const real_t *g, real_t *v, real_t *b,
                           struct rmsprop_momentum h);

#endif
