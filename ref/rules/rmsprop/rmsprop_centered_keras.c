#include "rules/rmsprop/rmsprop_centered_keras.h"

real_t rmsprop_centered_keras_update(real_t g, real_t v_next, real_t a_next, real_t lr, real_t eps)
{
    real_t scaled = lr * g;
    real_t variance = running_variance(v_next, a_next);
    //@ assert cases: sign_cases(scaled);
    return scaled / real_sqrt(variance + eps);
}

real_t rmsprop_centered_keras_x(real_t x, real_t g, real_t v_next, real_t a_next, real_t lr,
                                real_t eps)
{
    return x - rmsprop_centered_keras_update(g, v_next, a_next, lr, eps);
}

void rmsprop_centered_keras_step(size_t n, real_t *x, const real_t *g, real_t *v, real_t *a,
                                 struct rmsprop_centered_keras h)
{
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant state:  \forall integer j; 0 <= j < n ==> over_reals(0 <= variance(v[j], a[j]));
        loop invariant range:  \forall integer j; 0 <= j < i ==>
          finite_in(x[j], -0x1p61, 0x1p61) && finite_in(v[j], 0, 0x1p21) && finite_in(a[j], -0x1p11, 0x1p11);
        loop invariant v: \forall integer j; 0 <= j < i ==>
          computes(v[j], rmsprop_centered_v(\at(v[j], Pre), g[j], h.rho), 3.15e+6);
        loop invariant a: \forall integer j; 0 <= j < i ==>
          computes(a[j], rmsprop_centered_a(\at(a[j], Pre), g[j], h.rho), 2560);
        loop invariant x: \forall integer j; 0 <= j < i ==>
          spread(v[j], a[j]) ==>
          bounded(rmsprop_centered_keras_update(g[j], v[j], a[j], h.lr, h.eps), 8) ==>
          computes(x[j], rmsprop_centered_keras_x(\at(x[j], Pre), g[j], v[j], a[j], h.lr, h.eps), 1117);
        loop invariant todo: \forall integer j; i <= j < n ==>
          same(x[j], \at(x[j], Pre)) && same(v[j], \at(v[j], Pre)) && same(a[j], \at(a[j], Pre));
        loop assigns i, x[0 .. n - 1], v[0 .. n - 1], a[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        //@ ghost rmsprop_centered_variance(v[i], a[i], g[i], h.rho);
        real_t v_next = rmsprop_centered_v(v[i], g[i], h.rho);
        real_t a_next = rmsprop_centered_a(a[i], g[i], h.rho);
        x[i] = rmsprop_centered_keras_x(x[i], g[i], v_next, a_next, h.lr, h.eps);
        v[i] = v_next;
        a[i] = a_next;
    }
}
