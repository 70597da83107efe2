/* Adam with epsilon-hat, as in Keras. */
#ifndef GOLDSTEP_ADAM_KERAS_H
#define GOLDSTEP_ADAM_KERAS_H

#include "real.h"
#include "rules/adam/adam.h"
#include "rules/adam/adam_keras.acsl"

struct adam_keras {
    real_t lr, beta1, beta2, eps;
};

/*@ requires domain: adam_domain(lr, beta1, beta2, eps);
    requires state:  0 <= v_next;
    requires step:   1 <= t;
    assigns \nothing;
    behavior reals:
      ensures result: \result == adam_keras_x(x, m_next, v_next, t, lr, beta1, beta2, eps); */
real_t adam_keras_x(real_t x, real_t m_next, real_t v_next, uint64_t t, real_t lr, real_t beta1,
                    real_t beta2, real_t eps);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) &&
                     \valid(m + (0 .. n - 1)) && \valid(v + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), m + (0 .. n - 1), v + (0 .. n - 1));
    requires domain: adam_domain(h.lr, h.beta1, h.beta2, h.eps);
    requires state:  \forall integer i; 0 <= i < n ==> 0 <= v[i];
    requires step:   1 <= t;
    assigns x[0 .. n - 1], m[0 .. n - 1], v[0 .. n - 1];
    ensures state:   \forall integer i; 0 <= i < n ==> 0 <= v[i];
    behavior reals:
      ensures m: \forall integer i; 0 <= i < n ==> m[i] == adam_m(\old(m[i]), g[i], h.beta1);
      ensures v: \forall integer i; 0 <= i < n ==> v[i] == adam_v(\old(v[i]), g[i], h.beta2);
      ensures x: \forall integer i; 0 <= i < n ==>
                   x[i] == adam_keras_x(\old(x[i]), m[i], v[i], t, h.lr, h.beta1, h.beta2, h.eps); */
void adam_keras_step(size_t n, real_t *x, const real_t *g, real_t *m, real_t *v, uint64_t t,
                     struct adam_keras h);

#endif
