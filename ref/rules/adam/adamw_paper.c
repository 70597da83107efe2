#include "rules/adam/adamw_paper.h"

real_t adamw_paper_x(real_t x, real_t m_next, real_t v_next, uint64_t t, real_t lr, real_t beta1,
                     real_t beta2, real_t eps, real_t weight_decay, real_t eta)
{
    return x - eta * (adamw_update(m_next, v_next, t, lr, beta1, beta2, eps) + weight_decay * x);
}

void adamw_paper_step(size_t n, real_t *x, const real_t *g, real_t *m, real_t *v, uint64_t t,
                      struct adamw_paper h)
{
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant state:  \forall integer j; 0 <= j < n ==> 0 <= v[j];
        loop invariant range:  \forall integer j; 0 <= j < i ==>
          finite_in(x[j], -0x1p61, 0x1p61) && finite_in(m[j], -0x1p11, 0x1p11) && finite_in(v[j], 0, 0x1p21);
        loop invariant m: \forall integer j; 0 <= j < i ==>
          computes(m[j], adamw_m(\at(m[j], Pre), g[j], h.beta1), 2560);
        loop invariant v: \forall integer j; 0 <= j < i ==>
          computes(v[j], adamw_v(\at(v[j], Pre), g[j], h.beta2), 3.2e+6);
        loop invariant x: \forall integer j; 0 <= j < i ==>
          bounded(adamw_update(m[j], v[j], t, h.lr, h.beta1, h.beta2, h.eps), 8) ==>
          computes(x[j], adamw_paper_x(\at(x[j], Pre), m[j], v[j], t, h.lr, h.beta1, h.beta2, h.eps,
                                       h.weight_decay, h.eta), 1.15e+5);
        loop invariant todo: \forall integer j; i <= j < n ==>
          same(x[j], \at(x[j], Pre)) && same(m[j], \at(m[j], Pre)) && same(v[j], \at(v[j], Pre));
        loop assigns i, x[0 .. n - 1], m[0 .. n - 1], v[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        m[i] = adamw_m(m[i], g[i], h.beta1);
        v[i] = adamw_v(v[i], g[i], h.beta2);
        x[i] = adamw_paper_x(x[i], m[i], v[i], t, h.lr, h.beta1, h.beta2, h.eps, h.weight_decay,
                             h.eta);
    }
}
