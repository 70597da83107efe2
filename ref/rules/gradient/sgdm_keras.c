#include "rules/gradient/sgdm_keras.h"

real_t sgdm_keras_v(real_t g, real_t v, real_t lr, real_t momentum)
{
    return momentum * v - lr * g;
}

real_t sgdm_keras_x(real_t x, real_t g, real_t v_next, real_t lr, real_t momentum, real_t nesterov)
{
    real_t ahead = momentum * v_next - lr * g;
    real_t step = nesterov == 1 ? ahead : v_next;
    // The provers do not see the branches of ?: by themselves.
    //@ assert step: nesterov == 1 && step == ahead || nesterov != 1 && step == v_next;
    return x + step;
}

void sgdm_keras_step(size_t n, real_t *x, const real_t *g, real_t *v, struct sgdm_keras h)
{
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant range: \forall integer j; 0 <= j < i ==>
          finite_in(x[j], -0x1p12, 0x1p12) && finite_in(v[j], -0x1p11, 0x1p11);
        loop invariant v: \forall integer j; 0 <= j < i ==>
          computes(v[j], sgdm_keras_v(g[j], \at(v[j], Pre), h.lr, h.momentum), 2048);
        loop invariant x: \forall integer j; 0 <= j < i ==>
          computes(x[j], sgdm_keras_x(\at(x[j], Pre), g[j], v[j], h.lr, h.momentum, h.nesterov), 5632);
        loop invariant todo: \forall integer j; i <= j < n ==>
          same(x[j], \at(x[j], Pre)) && same(v[j], \at(v[j], Pre));
        loop assigns i, x[0 .. n - 1], v[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        v[i] = sgdm_keras_v(g[i], v[i], h.lr, h.momentum);
        x[i] = sgdm_keras_x(x[i], g[i], v[i], h.lr, h.momentum, h.nesterov);
    }
}
