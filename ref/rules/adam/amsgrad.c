#include "rules/adam/amsgrad.h"

#include "compare.h"

real_t amsgrad_m(real_t m, real_t g, real_t beta1)
{
    return beta1 * m + (1 - beta1) * g;
}

real_t amsgrad_v(real_t v, real_t g, real_t beta2)
{
    return beta2 * v + (1 - beta2) * (g * g);
}

real_t amsgrad_v_max(real_t v_max, real_t v_next)
{
    return real_max(v_max, v_next);
}

real_t amsgrad_x(real_t x, real_t m_next, real_t v_max_next, real_t lr)
{
    return v_max_next > 0 ? x - lr * m_next / real_sqrt(v_max_next) : x;
}

void amsgrad_step(size_t n, real_t *x, const real_t *g, real_t *m, real_t *v, real_t *v_max,
                  struct amsgrad h)
{
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant state:  \forall integer j; 0 <= j < n ==> 0 <= v[j] && 0 <= v_max[j];
        loop invariant m: \forall integer j; 0 <= j < i ==>
          m[j] == amsgrad_m(\at(m[j], Pre), g[j], h.beta1);
        loop invariant v: \forall integer j; 0 <= j < i ==>
          v[j] == amsgrad_v(\at(v[j], Pre), g[j], h.beta2);
        loop invariant v_max: \forall integer j; 0 <= j < i ==>
          v_max[j] == amsgrad_v_max(\at(v_max[j], Pre), v[j]);
        loop invariant x: \forall integer j; 0 <= j < i ==>
          x[j] == amsgrad_x(\at(x[j], Pre), m[j], v_max[j], h.lr);
        loop invariant todo: \forall integer j; i <= j < n ==>
          x[j] == \at(x[j], Pre) && m[j] == \at(m[j], Pre) && v[j] == \at(v[j], Pre) && v_max[j] == \at(v_max[j], Pre);
        loop assigns i, x[0 .. n - 1], m[0 .. n - 1], v[0 .. n - 1], v_max[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        m[i] = amsgrad_m(m[i], g[i], h.beta1);
        v[i] = amsgrad_v(v[i], g[i], h.beta2);
        v_max[i] = amsgrad_v_max(v_max[i], v[i]);
        x[i] = amsgrad_x(x[i], m[i], v_max[i], h.lr);
    }
}
