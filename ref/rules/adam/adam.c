#include "rules/adam/adam.h"

#include "rules/adam/bias_correction.h"

real_t adam_m(real_t m, real_t g, real_t beta1)
{
    return beta1 * m + (1 - beta1) * g;
}

real_t adam_v(real_t v, real_t g, real_t beta2)
{
    return beta2 * v + (1 - beta2) * (g * g);
}

real_t adam_x(real_t x, real_t m_next, real_t v_next, uint64_t t, real_t lr, real_t beta1,
              real_t beta2, real_t eps)
{
    real_t m_hat = m_next / bias_correction(beta1, t);
    real_t root = corrected_root(v_next, bias_correction(beta2, t));
    return x - lr * m_hat / (root + eps);
}

void adam_step(size_t n, real_t *x, const real_t *g, real_t *m, real_t *v, uint64_t t,
               struct adam h)
{
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant state:  \forall integer j; 0 <= j < n ==> 0 <= v[j];
        loop invariant m: \forall integer j; 0 <= j < i ==>
          m[j] == adam_m(\at(m[j], Pre), g[j], h.beta1);
        loop invariant v: \forall integer j; 0 <= j < i ==>
          v[j] == adam_v(\at(v[j], Pre), g[j], h.beta2);
        loop invariant x: \forall integer j; 0 <= j < i ==>
          x[j] == adam_x(\at(x[j], Pre), m[j], v[j], t, h.lr, h.beta1, h.beta2, h.eps);
        loop invariant todo: \forall integer j; i <= j < n ==>
          x[j] == \at(x[j], Pre) && m[j] == \at(m[j], Pre) && v[j] == \at(v[j], Pre);
        loop assigns i, x[0 .. n - 1], m[0 .. n - 1], v[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        m[i] = adam_m(m[i], g[i], h.beta1);
        v[i] = adam_v(v[i], g[i], h.beta2);
        x[i] = adam_x(x[i], m[i], v[i], t, h.lr, h.beta1, h.beta2, h.eps);
    }
}
