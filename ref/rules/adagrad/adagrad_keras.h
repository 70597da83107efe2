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
    requires range:  finite_in(g, -0x1p10, 0x1p10) && finite_in(s_next, 0, 0x1p21) &&
                     finite_in(lr, 0, 1) && finite_in(eps, 0x1p-34, 1);
    assigns \nothing;
    ensures range:   finite_in(\result, -0x1p60, 0x1p60);
    ensures result:  bounded(adagrad_keras_update(g, s_next, lr, eps), 8) ==>
                     computes(\result, adagrad_keras_update(g, s_next, lr, eps), 29); */
real_t adagrad_keras_update(real_t g, real_t s_next, real_t lr, real_t eps);

/*@ requires domain: 0 < eps;
    requires state:  0 <= s_next;
    requires range:  finite_in(x, -0x1p10, 0x1p10) && finite_in(g, -0x1p10, 0x1p10) &&
                     finite_in(s_next, 0, 0x1p21) && finite_in(lr, 0, 1) && finite_in(eps, 0x1p-34, 1);
    assigns \nothing;
    ensures range:   finite_in(\result, -0x1p61, 0x1p61);
    ensures result:  bounded(adagrad_keras_update(g, s_next, lr, eps), 8) ==>
                     computes(\result, adagrad_keras_x(x, g, s_next, lr, eps), 1053); */
real_t adagrad_keras_x(real_t x, real_t g, real_t s_next, real_t lr, real_t eps);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) && \valid(s + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), s + (0 .. n - 1));
    requires domain: adagrad_keras_domain(h.lr, h.initial_accumulator, h.eps);
    requires state:  \forall integer i; 0 <= i < n ==> 0 <= s[i];
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(x[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(g[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(s[i], 0, 0x1p20);
    requires range:  finite_in(h.lr, 0, 1) && finite_in(h.eps, 0x1p-34, 1);
    assigns x[0 .. n - 1], s[0 .. n - 1];
    ensures state:   \forall integer i; 0 <= i < n ==> 0 <= s[i];
    ensures range:   \forall integer i; 0 <= i < n ==>
                       finite_in(x[i], -0x1p61, 0x1p61) && finite_in(s[i], 0, 0x1p21);
    ensures s: \forall integer i; 0 <= i < n ==> computes(s[i], adagrad_s(\old(s[i]), g[i]), 1.58e+6);
    ensures x: \forall integer i; 0 <= i < n ==>
                 bounded(adagrad_keras_update(g[i], s[i], h.lr, h.eps), 8) ==>
                 computes(x[i], adagrad_keras_x(\old(x[i]), g[i], s[i], h.lr, h.eps), 1053); */
void adagrad_keras_step(size_t n, real_t *x, const real_t *g, real_t *s, struct adagrad_keras h);

#endif
