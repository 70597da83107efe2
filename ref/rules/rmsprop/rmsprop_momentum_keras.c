#include "rules/rmsprop/rmsprop_momentum_keras.h"

real_t rmsprop_momentum_keras_update(real_t g, real_t v_next, real_t lr, real_t eps)
{
    //@ assert cases: sign_cases(g) && square_cases(v_next) && size_cases(lr);
    return lr * g / real_sqrt(v_next + eps);
}

real_t rmsprop_momentum_keras_b(real_t b, real_t g, real_t v_next, real_t lr, real_t eps,
                                real_t momentum)
{
    return momentum * b + rmsprop_momentum_keras_update(g, v_next, lr, eps);
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
        loop invariant range:  \forall integer j; 0 <= j < i ==>
          finite_in(x[j], -0x1p62, 0x1p62) && finite_in(v[j], 0, 0x1p21) && finite_in(b[j], -0x1p61, 0x1p61);
        loop invariant v: \forall integer j; 0 <= j < i ==>
          computes(v[j], rmsprop_momentum_v(\at(v[j], Pre), g[j], h.rho), 3.15e+6);
        loop invariant b: \forall integer j; 0 <= j < i ==>
          bounded(rmsprop_momentum_keras_update(g[j], v[j], h.lr, h.eps), 8) ==>
          computes(b[j], rmsprop_momentum_keras_b(\at(b[j], Pre), g[j], v[j], h.lr, h.eps, h.momentum), 1566);
        loop invariant x: \forall integer j; 0 <= j < i ==>
          rounds(x[j], rmsprop_momentum_keras_x(\at(x[j], Pre), b[j]));
        loop invariant todo: \forall integer j; i <= j < n ==>
          same(x[j], \at(x[j], Pre)) && same(v[j], \at(v[j], Pre)) && same(b[j], \at(b[j], Pre));
        loop assigns i, x[0 .. n - 1], v[0 .. n - 1], b[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        v[i] = rmsprop_momentum_v(v[i], g[i], h.rho);
        b[i] = rmsprop_momentum_keras_b(b[i], g[i], v[i], h.lr, h.eps, h.momentum);
        x[i] = rmsprop_momentum_keras_x(x[i], b[i]);
    }
}
