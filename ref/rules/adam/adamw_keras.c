#include "rules/adam/adamw_keras.h"

#include "rules/adam/epsilon_hat.h"

real_t adamw_keras_x(real_t x, real_t m_next, real_t v_next, uint64_t t, real_t lr, real_t beta1,
                     real_t beta2, real_t eps, real_t weight_decay)
{
    return x - lr * weight_decay * x - epsilon_hat_step(m_next, v_next, t, lr, beta1, beta2, eps);
}

void adamw_keras_step(size_t n, real_t *x, const real_t *g, real_t *m, real_t *v, uint64_t t,
                      struct adamw_keras h)
{
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant state:  \forall integer j; 0 <= j < n ==> 0 <= v[j];
        loop invariant m: \forall integer j; 0 <= j < i ==>
          m[j] == adamw_m(\at(m[j], Pre), g[j], h.beta1);
        loop invariant v: \forall integer j; 0 <= j < i ==>
          v[j] == adamw_v(\at(v[j], Pre), g[j], h.beta2);
        loop invariant x: \forall integer j; 0 <= j < i ==>
          x[j] == adamw_keras_x(\at(x[j], Pre), m[j], v[j], t, h.lr, h.beta1, h.beta2, h.eps, h.weight_decay);
        loop invariant todo: \forall integer j; i <= j < n ==>
          x[j] == \at(x[j], Pre) && m[j] == \at(m[j], Pre) && v[j] == \at(v[j], Pre);
        loop assigns i, x[0 .. n - 1], m[0 .. n - 1], v[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        m[i] = adamw_m(m[i], g[i], h.beta1);
        v[i] = adamw_v(v[i], g[i], h.beta2);
        x[i] = adamw_keras_x(x[i], m[i], v[i], t, h.lr, h.beta1, h.beta2, h.eps, h.weight_decay);
    }
}
