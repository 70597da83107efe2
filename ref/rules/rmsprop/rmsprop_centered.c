#include "rules/rmsprop/rmsprop_centered.h"

#include "rules/rmsprop/running_variance.h"

real_t rmsprop_centered_v(real_t v, real_t g, real_t rho)
{
    return rho * v + (1 - rho) * (g * g);
}

real_t rmsprop_centered_a(real_t a, real_t g, real_t rho)
{
    return rho * a + (1 - rho) * g;
}

real_t rmsprop_centered_x(real_t x, real_t g, real_t v_next, real_t a_next, real_t lr, real_t eps)
{
    return x - lr * g / (real_sqrt(running_variance(v_next, a_next)) + eps);
}

void rmsprop_centered_step(size_t n, real_t *x, const real_t *g, real_t *v, real_t *a,
                           struct rmsprop_centered h)
{
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant state:  \forall integer j; 0 <= j < n ==> a[j] * a[j] <= v[j];
        loop invariant v: \forall integer j; 0 <= j < i ==>
          v[j] == rmsprop_centered_v(\at(v[j], Pre), g[j], h.rho);
        loop invariant a: \forall integer j; 0 <= j < i ==>
          a[j] == rmsprop_centered_a(\at(a[j], Pre), g[j], h.rho);
        loop invariant x: \forall integer j; 0 <= j < i ==>
          x[j] == rmsprop_centered_x(\at(x[j], Pre), g[j], v[j], a[j], h.lr, h.eps);
        loop invariant todo: \forall integer j; i <= j < n ==> x[j] == \at(x[j], Pre) && v[j] == \at(v[j], Pre) &&
                                                               a[j] == \at(a[j], Pre);
        loop assigns i, x[0 .. n - 1], v[0 .. n - 1], a[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        //@ ghost running_variance_step(v[i], a[i], g[i], h.rho);
        v[i] = rmsprop_centered_v(v[i], g[i], h.rho);
        a[i] = rmsprop_centered_a(a[i], g[i], h.rho);
        x[i] = rmsprop_centered_x(x[i], g[i], v[i], a[i], h.lr, h.eps);
    }
}
