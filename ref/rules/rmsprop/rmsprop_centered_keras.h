/* Centered RMSProp as in Keras: eps inside the root. */
#ifndef GOLDSTEP_RMSPROP_CENTERED_KERAS_H
#define GOLDSTEP_RMSPROP_CENTERED_KERAS_H

#include "rules/rmsprop/rmsprop_centered.h"
#include "rules/rmsprop/rmsprop_centered_keras.acsl"

struct rmsprop_centered_keras {
    real_t lr, rho, eps;
};

/*@ requires domain: 0 < eps;
    requires state:  over_reals(0 <= variance(v_next, a_next));
    requires range:  finite_in(g, -0x1p10, 0x1p10) && finite_in(v_next, 0, 0x1p21) &&
                     finite_in(a_next, -0x1p11, 0x1p11) && finite_in(lr, 0, 1) && finite_in(eps, 0x1p-30, 1);
    assigns \nothing;
    ensures range:   finite_in(\result, -0x1p60, 0x1p60);
    ensures result:  spread(v_next, a_next) ==>
                     bounded(rmsprop_centered_keras_update(g, v_next, a_next, lr, eps), 8) ==>
                     computes(\result, rmsprop_centered_keras_update(g, v_next, a_next, lr, eps), 93); */
real_t rmsprop_centered_keras_update(real_t g, real_t v_next, real_t a_next, real_t lr, real_t eps);

/*@ requires domain: 0 < eps;
    requires state:  over_reals(0 <= variance(v_next, a_next));
    requires range:  finite_in(x, -0x1p10, 0x1p10) && finite_in(g, -0x1p10, 0x1p10) &&
                     finite_in(v_next, 0, 0x1p21) && finite_in(a_next, -0x1p11, 0x1p11) &&
                     finite_in(lr, 0, 1) && finite_in(eps, 0x1p-30, 1);
    assigns \nothing;
    ensures range:   finite_in(\result, -0x1p61, 0x1p61);
    ensures result:  spread(v_next, a_next) ==>
                     bounded(rmsprop_centered_keras_update(g, v_next, a_next, lr, eps), 8) ==>
                     computes(\result, rmsprop_centered_keras_x(x, g, v_next, a_next, lr, eps), 1117); */
real_t rmsprop_centered_keras_x(real_t x, real_t g, real_t v_next, real_t a_next, real_t lr,
                                real_t eps);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) && \valid(v + (0 .. n - 1)) &&
                     \valid(a + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), v + (0 .. n - 1), a + (0 .. n - 1));
    requires domain: rmsprop_centered_keras_domain(h.lr, h.rho, h.eps);
    requires state:  \forall integer i; 0 <= i < n ==> over_reals(0 <= variance(v[i], a[i]));
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(x[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(g[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(v[i], 0, 0x1p20);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(a[i], -0x1p10, 0x1p10);
    requires range:  finite_in(h.lr, 0, 1) && finite_in(h.rho, 0, 0x1.fff8p-1) &&
                     finite_in(h.eps, 0x1p-30, 1);
    assigns x[0 .. n - 1], v[0 .. n - 1], a[0 .. n - 1];
    ensures state:   \forall integer i; 0 <= i < n ==> over_reals(0 <= variance(v[i], a[i]));
    ensures range:   \forall integer i; 0 <= i < n ==>
                       finite_in(x[i], -0x1p61, 0x1p61) && finite_in(v[i], 0, 0x1p21) &&
                       finite_in(a[i], -0x1p11, 0x1p11);
    ensures v: \forall integer i; 0 <= i < n ==>
                 computes(v[i], rmsprop_centered_v(\old(v[i]), g[i], h.rho), 3.15e+6);
    ensures a: \forall integer i; 0 <= i < n ==>
                 computes(a[i], rmsprop_centered_a(\old(a[i]), g[i], h.rho), 2560);
    ensures x: \forall integer i; 0 <= i < n ==>
                 spread(v[i], a[i]) ==>
                 bounded(rmsprop_centered_keras_update(g[i], v[i], a[i], h.lr, h.eps), 8) ==>
                 computes(x[i], rmsprop_centered_keras_x(\old(x[i]), g[i], v[i], a[i], h.lr, h.eps), 1117); */
void rmsprop_centered_keras_step(size_t n, real_t *x, const real_t *g, real_t *v, real_t *a,
                                 struct rmsprop_centered_keras h);

#endif
