/* AdaGrad as in Keras: eps inside the root. */
#ifndef GOLDSTEP_ADAGRAD_KERAS_H
#define GOLDSTEP_ADAGRAD_KERAS_H

#include "rules/adagrad/adagrad.h"
#include "rules/adagrad/adagrad_keras.acsl"

struct adagrad_keras {
    real_t lr, initial_accumulator, eps;
};

/*@ requires domain: 0 < eps;
    requires state:  0 <= s_next;
    assigns \nothing;
    behavior reals:
      ensures result: \result == adagrad_keras_x(x, g, s_next, lr, eps); */
real_t adagrad_keras_x(real_t x, real_t g, real_t s_next, real_t lr, real_t eps);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) && \valid(s + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), s + (0 .. n - 1));
    requires domain: adagrad_keras_domain(h.lr, h.initial_accumulator, h.eps);
    requires state:   \forall integer i; 0 <= i < n ==> 0 <= s[i];
    assigns x[0 .. n - 1], s[0 .. n - 1];
    ensures state:   \forall integer i; 0 <= i < n ==> 0 <= s[i];
    behavior reals:
      ensures s: \forall integer i; 0 <= i < n ==> s[i] == adagrad_s(\old(s[i]), g[i]);
      ensures x: \forall integer i; 0 <= i < n ==> x[i] == adagrad_keras_x(\old(x[i]), g[i], s[i], h.lr, h.eps); */
void adagrad_keras_step(size_t n, real_t *x, const real_t *g, real_t *s, struct adagrad_keras h);

#endif
