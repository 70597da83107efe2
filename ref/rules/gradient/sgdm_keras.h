/* Keras' SGD. */
#ifndef GOLDSTEP_SGDM_KERAS_H
#define GOLDSTEP_SGDM_KERAS_H

#include "real.h"
#include "rules/gradient/sgdm_keras.acsl"

struct sgdm_keras {
    real_t lr, momentum, nesterov;
};

/*@ requires range: finite_in(g, -0x1p10, 0x1p10) && finite_in(v, -0x1p10, 0x1p10) && finite_in(lr, 0, 1) &&
                    finite_in(momentum, 0, 1);
    assigns \nothing;
    ensures range:  finite_in(\result, -0x1p11, 0x1p11);
    ensures result: computes(\result, sgdm_keras_v(g, v, lr, momentum), 2048); */
real_t sgdm_keras_v(real_t g, real_t v, real_t lr, real_t momentum);

/*@ requires domain: sgdm_keras_domain(lr, momentum, nesterov);
    requires range:  finite_in(x, -0x1p10, 0x1p10) && finite_in(g, -0x1p10, 0x1p10) &&
                     finite_in(v_next, -0x1p11, 0x1p11) && finite_in(lr, 0, 1) && finite_in(momentum, 0, 1) &&
                     finite_in(nesterov, 0, 1);
    assigns \nothing;
    ensures range:   finite_in(\result, -0x1p12, 0x1p12);
    ensures result:  computes(\result, sgdm_keras_x(x, g, v_next, lr, momentum, nesterov), 5632); */
real_t sgdm_keras_x(real_t x, real_t g, real_t v_next, real_t lr, real_t momentum, real_t nesterov);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) &&
                     \valid(v + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), v + (0 .. n - 1));
    requires domain: sgdm_keras_domain(h.lr, h.momentum, h.nesterov);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(x[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(g[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(v[i], -0x1p10, 0x1p10);
    requires range:  finite_in(h.lr, 0, 1) && finite_in(h.momentum, 0, 1) && finite_in(h.nesterov, 0, 1);
    assigns x[0 .. n - 1], v[0 .. n - 1];
    ensures range:   \forall integer i; 0 <= i < n ==>
                       finite_in(x[i], -0x1p12, 0x1p12) && finite_in(v[i], -0x1p11, 0x1p11);
    ensures v: \forall integer i; 0 <= i < n ==>
                 computes(v[i], sgdm_keras_v(g[i], \old(v[i]), h.lr, h.momentum), 2048);
    ensures x: \forall integer i; 0 <= i < n ==>
                 computes(x[i], sgdm_keras_x(\old(x[i]), g[i], v[i], h.lr, h.momentum, h.nesterov), 5632); */
void sgdm_keras_step(size_t n, real_t *x, const real_t *g, real_t *v, struct sgdm_keras h);

#endif
