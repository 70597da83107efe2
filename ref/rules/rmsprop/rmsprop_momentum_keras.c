#include "rules/rmsprop/rmsprop_momentum_keras.h"

real_t rmsprop_momentum_keras_b(real_t b, real_t g, real_t v_next, real_t lr, real_t eps,
                                real_t momentum)
{
    return momentum * b + lr * g / real_sqrt(v_next + eps);
}

real_t rmsprop_momentum_keras_x(real_t x, real_t b_next)
{
    return x - b_next;
}

void rmsprop_momentum_keras_step(size_t n, real_t *x, const real_t *g, real_t *v, real_t *b,
                                 struct rmsprop_momentum_keras h)
{
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant state:  \forall integer j; 0 <= j < n ==> 0 <= v[j];
        loop invariant v: \forall integer j; 0 <= j < i ==>
          v[j] == rmsprop_momentum_v(\at(v[j], Pre), g[j], h.rho);
        loop invariant b: \forall integer j; 0 <= j < i ==>
          b[j] == rmsprop_momentum_keras_b(\at(b[j], Pre), g[j], v[j], h.lr, h.eps, h.momentum);
        loop invariant x: \forall integer j; 0 <= j < i ==> x[j] == rmsprop_momentum_keras_x(\at(x[j], Pre), b[j]);
        loop invariant todo: \forall integer j; i <= j < n ==> x[j] == \at(x[j], Pre) && v[j] == \at(v[j], Pre) &&
                                                               b[j] == \at(b[j], Pre);
        loop assigns i, x[0 .. n - 1], v[0 .. n - 1], b[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        v[i] = rmsprop_momentum_v(v[i], g[i], h.rho);
        b[i] = rmsprop_momentum_keras_b(b[i], g[i], v[i], h.lr, h.eps, h.momentum);
        x[i] = rmsprop_momentum_keras_x(x[i], b[i]);
    }
}
