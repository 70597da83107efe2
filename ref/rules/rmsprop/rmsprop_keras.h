/* RMSProp as in Keras: eps inside the root. */
#ifndef GOLDSTEP_RMSPROP_KERAS_H
#define GOLDSTEP_RMSPROP_KERAS_H

#include "rules/rmsprop/rmsprop.h"
#include "rules/rmsprop/rmsprop_keras.acsl"

struct rmsprop_keras {
    real_t lr, rho, eps;
};

/*@ requires domain: 0 < eps;
    requires state:  0 <= v_next;
    assigns \nothing;
    behavior reals:
      ensures result: \result == rmsprop_keras_x(x, g, v_next, lr, eps); */
real_t rmsprop_keras_x(real_t x, real_t g, real_t v_next, real_t lr, real_t eps);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) && \valid(v + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), v + (0 .. n - 1));
    requires domain: rmsprop_keras_domain(h.lr, h.rho, h.eps);
    requires state:   \forall integer i; 0 <= i < n ==> 0 <= v[i];
    assigns x[0 .. n - 1], v[0 .. n - 1];
    ensures state:   \forall integer i; 0 <= i < n ==> 0 <= v[i];
    behavior reals:
      ensures v: \forall integer i; 0 <= i < n ==> v[i] == rmsprop_v(\old(v[i]), g[i], h.rho);
      ensures x: \forall integer i; 0 <= i < n ==> x[i] == rmsprop_keras_x(\old(x[i]), g[i], v[i], h.lr, h.eps); */
void rmsprop_keras_step(size_t n, real_t *x, const real_t *g, real_t *v, struct rmsprop_keras h);

#endif
