/* RMSProp with momentum as in Keras: lr inside the buffer, eps inside the root. */
#ifndef GOLDSTEP_RMSPROP_MOMENTUM_KERAS_H
#define GOLDSTEP_RMSPROP_MOMENTUM_KERAS_H

#include "rules/rmsprop/rmsprop_momentum.h"
#include "rules/rmsprop/rmsprop_momentum_keras.acsl"

struct rmsprop_momentum_keras {
    real_t lr, rho, eps, momentum;
};

/*@ requires domain: 0 < eps;
    requires state:  0 <= v_next;
    requires range:  finite_in(g, -0x1p10, 0x1p10) && finite_in(v_next, 0, 0x1p21) &&
                     finite_in(lr, 0, 1) && finite_in(eps, 0x1p-30, 1);
    assigns \nothing;
    ensures range:   finite_in(\result, -0x1p60, 0x1p60);
    ensures result:  bounded(rmsprop_momentum_keras_update(g, v_next, lr, eps), 8) ==>
                     computes(\result, rmsprop_momentum_keras_update(g, v_next, lr, eps), 29); */
real_t rmsprop_momentum_keras_update(real_t g, real_t v_next, real_t lr, real_t eps);

/*@ requires domain: 0 < eps;
    requires state:  0 <= v_next;
    requires range:  finite_in(b, -0x1p10, 0x1p10) && finite_in(g, -0x1p10, 0x1p10) &&
                     finite_in(v_next, 0, 0x1p21) && finite_in(lr, 0, 1) &&
                     finite_in(eps, 0x1p-30, 1) && finite_in(momentum, 0, 0x1.fff8p-1);
    assigns \nothing;
    ensures range:   finite_in(\result, -0x1p61, 0x1p61);
    ensures result:  bounded(rmsprop_momentum_keras_update(g, v_next, lr, eps), 8) ==>
                     computes(\result, rmsprop_momentum_keras_b(b, g, v_next, lr, eps, momentum), 1566); */
real_t rmsprop_momentum_keras_b(real_t b, real_t g, real_t v_next, real_t lr, real_t eps,
                                real_t momentum);

/*@ requires range: finite_in(x, -0x1p10, 0x1p10) && finite_in(b_next, -0x1p61, 0x1p61);
    assigns \nothing;
    ensures range:  finite_in(\result, -0x1p62, 0x1p62);
    ensures result: rounds(\result, rmsprop_momentum_keras_x(x, b_next)); */
real_t rmsprop_momentum_keras_x(real_t x, real_t b_next);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) && \valid(v + (0 .. n - 1)) &&
                     \valid(b + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), v + (0 .. n - 1), b + (0 .. n - 1));
    requires domain: rmsprop_momentum_keras_domain(h.lr, h.rho, h.eps, h.momentum);
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
                 bounded(rmsprop_momentum_keras_update(g[i], v[i], h.lr, h.eps), 8) ==>
                 computes(b[i], rmsprop_momentum_keras_b(\old(b[i]), g[i], v[i], h.lr, h.eps, h.momentum), 1566);
    ensures x: \forall integer i; 0 <= i < n ==> rounds(x[i], rmsprop_momentum_keras_x(\old(x[i]), b[i])); */
void rmsprop_momentum_keras_step(size_t n, real_t *x, const real_t *g, real_t *v, real_t *b,
                                 struct rmsprop_momentum_keras h);

#endif
