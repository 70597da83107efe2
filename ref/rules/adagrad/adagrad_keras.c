#include "rules/adagrad/adagrad_keras.h"

real_t adagrad_keras_update(real_t g, real_t s_next, real_t lr, real_t eps)
{
    real_t scaled = lr * g;
    //@ assert cases: sign_cases(scaled) && square_cases(s_next);
    return scaled / real_sqrt(s_next + eps);
}

real_t adagrad_keras_x(real_t x, real_t g, real_t s_next, real_t lr, real_t eps)
{
    return x - adagrad_keras_update(g, s_next, lr, eps);
}

void adagrad_keras_step(size_t n, real_t *x, const real_t *g, real_t *s, struct adagrad_keras h)
{
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant state:  \forall integer j; 0 <= j < n ==> 0 <= s[j];
        loop invariant range:  \forall integer j; 0 <= j < i ==>
          finite_in(x[j], -0x1p61, 0x1p61) && finite_in(s[j], 0, 0x1p21);
        loop invariant s: \forall integer j; 0 <= j < i ==>
          computes(s[j], adagrad_s(\at(s[j], Pre), g[j]), 1.58e+6);
        loop invariant x: \forall integer j; 0 <= j < i ==>
          bounded(adagrad_keras_update(g[j], s[j], h.lr, h.eps), 8) ==>
          computes(x[j], adagrad_keras_x(\at(x[j], Pre), g[j], s[j], h.lr, h.eps), 1053);
        loop invariant todo: \forall integer j; i <= j < n ==>
          same(x[j], \at(x[j], Pre)) && same(s[j], \at(s[j], Pre));
        loop assigns i, x[0 .. n - 1], s[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        s[i] = adagrad_s(s[i], g[i]);
        x[i] = adagrad_keras_x(x[i], g[i], s[i], h.lr, h.eps);
    }
}
