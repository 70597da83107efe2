#include "rules/rmsprop/rmsprop.h"

real_t rmsprop_v(real_t v, real_t g, real_t rho)
{
    return rho * v + (1 - rho) * (g * g);
}

real_t rmsprop_x(real_t x, real_t g, real_t v_next, real_t lr, real_t eps)
{
    return x - lr * g / (real_sqrt(v_next) + eps);
}

void rmsprop_step(size_t n, real_t *x, const real_t *g, real_t *v, struct rmsprop h)
{
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant state:  \forall integer j; 0 <= j < n ==> 0 <= v[j];
        loop invariant v: \forall integer j; 0 <= j < i ==> v[j] == rmsprop_v(\at(v[j], Pre), g[j], h.rho);
        loop invariant x: \forall integer j; 0 <= j < i ==>
          x[j] == rmsprop_x(\at(x[j], Pre), g[j], v[j], h.lr, h.eps);
        loop invariant todo: \forall integer j; i <= j < n ==> x[j] == \at(x[j], Pre) && v[j] == \at(v[j], Pre);
        loop assigns i, x[0 .. n - 1], v[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        v[i] = rmsprop_v(v[i], g[i], h.rho);
        x[i] = rmsprop_x(x[i], g[i], v[i], h.lr, h.eps);
    }
}
