#include "rules/rmsprop/rmsprop.h"

real_t rmsprop_v(real_t v, real_t g, real_t rho)
{
    return rho * v + (1 - rho) * (g * g);
}

real_t rmsprop_update(real_t g, real_t v_next, real_t lr, real_t eps)
{
    //@ assert cases: sign_cases(g) && square_cases(v_next) && size_cases(lr);
    return lr * g / (real_sqrt(v_next) + eps);
}

real_t rmsprop_x(real_t x, real_t g, real_t v_next, real_t lr, real_t eps)
{
    return x - rmsprop_update(g, v_next, lr, eps);
}

void rmsprop_step(size_t n, real_t *x, const real_t *g, real_t *v, struct rmsprop h)
{
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant state:  \forall integer j; 0 <= j < n ==> 0 <= v[j];
        loop invariant range:  \forall integer j; 0 <= j < i ==>
          finite_in(x[j], -0x1p61, 0x1p61) && finite_in(v[j], 0, 0x1p21);
        loop invariant v: \forall integer j; 0 <= j < i ==>
          computes(v[j], rmsprop_v(\at(v[j], Pre), g[j], h.rho), 3.15e+6);
        loop invariant x: \forall integer j; 0 <= j < i ==>
          bounded(rmsprop_update(g[j], v[j], h.lr, h.eps), 8) ==>
          computes(x[j], rmsprop_x(\at(x[j], Pre), g[j], v[j], h.lr, h.eps), 1057);
        loop invariant todo: \forall integer j; i <= j < n ==>
          same(x[j], \at(x[j], Pre)) && same(v[j], \at(v[j], Pre));
        loop assigns i, x[0 .. n - 1], v[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        v[i] = rmsprop_v(v[i], g[i], h.rho);
        x[i] = rmsprop_x(x[i], g[i], v[i], h.lr, h.eps);
    }
}
