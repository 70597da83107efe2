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
    assigns \nothing;
    behavior reals:
      ensures result: \result == rmsprop_momentum_keras_b(b, g, v_next, lr, eps, momentum); */
real_t rmsprop_momentum_keras_b(real_t b, real_t g, real_t v_next, real_t lr, real_t eps,
                                real_t momentum);

/*@ requires range: finite_in(x, -0x1p20, 0x1p20) &&
                    finite_in(b_next, -0x1p10, 0x1p10);
    assigns \nothing;
    ensures result: computes(\result, rmsprop_momentum_keras_x(x, b_next), 0x1p21); */
real_t rmsprop_momentum_keras_x(real_t x, real_t b_next);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) && \valid(v + (0 .. n - 1)) &&
                     \valid(b + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), v + (0 .. n - 1), b + (0 .. n - 1));
    requires domain: rmsprop_momentum_keras_domain(h.lr, h.rho, h.eps, h.momentum);
    requires state:   \forall integer i; 0 <= i < n ==> 0 <= v[i];
    assigns x[0 .. n - 1], v[0 .. n - 1], b[0 .. n - 1];
    ensures state:   \forall integer i; 0 <= i < n ==> 0 <= v[i];
    behavior reals:
      ensures v: \forall integer i; 0 <= i < n ==> v[i] == rmsprop_momentum_v(\old(v[i]), g[i], h.rho);
      ensures b: \forall integer i; 0 <= i < n ==>
          b[i] == rmsprop_momentum_keras_b(\old(b[i]), g[i], v[i], h.lr, h.eps, h.momentum);
      ensures x: \forall integer i; 0 <= i < n ==> x[i] == rmsprop_momentum_keras_x(\old(x[i]), b[i]); */
void rmsprop_momentum_keras_step(size_t n, real_t *x, const real_t *g, real_t *v, real_t *b,
                                 struct rmsprop_momentum_keras h);

#endif
