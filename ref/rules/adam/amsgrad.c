#include "rules/adam/amsgrad.h"

#include "compare.h"

real_t amsgrad_m(real_t m, real_t g, real_t beta1)
{
    return beta1 * m + (1 - beta1) * g;
}

real_t amsgrad_v(real_t v, real_t g, real_t beta2)
{
    real_t next = beta2 * v + (1 - beta2) * (g * g);
    //@ assert range: finite_in(v, 0, 0) && finite_in(g, 0, 0) ==> finite_in(next, 0, 0);
    /*@ assert range: finite_in(v, 0x1p-80, 0x1p20) && finite_in(beta2, 0x1p-1, 0x1.fff8p-1) ==>
                      finite_in(next, 0x1p-81, 0x1p21); */
    //@ assert range: finite_in(g, -0x1p10, -0x1p-30) ==> finite_in(next, 0x1p-81, 0x1p21);
    //@ assert range: finite_in(g, 0x1p-30, 0x1p10) ==> finite_in(next, 0x1p-81, 0x1p21);
    return next;
}

real_t amsgrad_v_max(real_t v_max, real_t v_next)
{
    return real_max(v_max, v_next);
}

real_t amsgrad_update(real_t m_next, real_t v_max_next, real_t lr)
{
    //@ assert cases: sign_cases(m_next) && size_cases(lr);
    return lr * m_next / real_sqrt(v_max_next);
}

real_t amsgrad_x(real_t x, real_t m_next, real_t v_max_next, real_t lr)
{
    if (v_max_next > 0) {
        return x - amsgrad_update(m_next, v_max_next, lr);
    }
    return x;
}

void amsgrad_step(size_t n, real_t *x, const real_t *g, real_t *m, real_t *v, real_t *v_max,
                  struct amsgrad h)
{
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant input:  \forall integer j; 0 <= j < n ==> same(g[j], \at(g[j], Pre));
        loop invariant state:  \forall integer j; 0 <= j < n ==> 0 <= v[j] && 0 <= v_max[j];
        loop invariant monotone: \forall integer j; 0 <= j < i ==> \at(v_max[j], Pre) <= v_max[j];
        loop invariant range:  \forall integer j; 0 <= j < i ==>
          finite_in(x[j], -0x1p61, 0x1p61) && finite_in(m[j], -0x1p11, 0x1p11) &&
          finite_in(v[j], 0, 0x1p21) && finite_in(v_max[j], 0, 0x1p21);
        loop invariant m: \forall integer j; 0 <= j < i ==>
          computes(m[j], amsgrad_m(\at(m[j], Pre), g[j], h.beta1), 2560);
        loop invariant v: \forall integer j; 0 <= j < i ==>
          computes(v[j], amsgrad_v(\at(v[j], Pre), g[j], h.beta2), 3.2e+6);
        loop invariant v_max: \forall integer j; 0 <= j < i ==>
          v_max[j] == amsgrad_v_max(\at(v_max[j], Pre), v[j]);
        loop invariant x: \forall integer j; 0 <= j < i ==>
          (0 < v_max[j] ==> bounded(amsgrad_update(m[j], v_max[j], h.lr), 8)) ==>
          computes(x[j], amsgrad_x(\at(x[j], Pre), m[j], v_max[j], h.lr), 1049);
        loop invariant todo: \forall integer j; i <= j < n ==>
          same(x[j], \at(x[j], Pre)) && same(m[j], \at(m[j], Pre)) && same(v[j], \at(v[j], Pre)) &&
          same(v_max[j], \at(v_max[j], Pre));
        loop assigns i, x[0 .. n - 1], m[0 .. n - 1], v[0 .. n - 1], v_max[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        m[i] = amsgrad_m(m[i], g[i], h.beta1);
        v[i] = amsgrad_v(v[i], g[i], h.beta2);
        v_max[i] = amsgrad_v_max(v_max[i], v[i]);
        x[i] = amsgrad_x(x[i], m[i], v_max[i], h.lr);
    }
}
