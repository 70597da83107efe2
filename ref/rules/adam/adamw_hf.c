#include "rules/adam/adamw_hf.h"

real_t adamw_hf_update(real_t m_next, real_t v_next, uint64_t t, real_t lr, real_t beta1,
                       real_t beta2, real_t eps)
{
    //@ assert cases: sign_cases(m_next) && square_cases(v_next) && size_cases(lr);
    real_t alpha = lr * real_sqrt(1 - real_powi(beta2, t)) / (1 - real_powi(beta1, t));
    return alpha * m_next / (real_sqrt(v_next) + eps);
}

real_t adamw_hf_x(real_t x, real_t m_next, real_t v_next, uint64_t t, real_t lr, real_t beta1,
                  real_t beta2, real_t eps, real_t weight_decay)
{
    real_t stepped = x - adamw_hf_update(m_next, v_next, t, lr, beta1, beta2, eps);
    real_t x_next = stepped - lr * weight_decay * stepped;
    /*@ assert shrunk:  bounded(adamw_hf_update(m_next, v_next, t, lr, beta1, beta2, eps), 8) ==>
          computes((1 - lr * weight_decay) *
                   (stepped - adamw_hf_stepped(x, m_next, v_next, t, lr, beta1, beta2, eps)), 0, 1.12e+5); */
    /*@ assert decayed: bounded(adamw_hf_update(m_next, v_next, t, lr, beta1, beta2, eps), 8) ==>
          computes(x_next, stepped - lr * weight_decay * stepped, 3000); */
    return x_next;
}

void adamw_hf_step(size_t n, real_t *x, const real_t *g, real_t *m, real_t *v, uint64_t t,
                   struct adamw_hf h)
{
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant state:  \forall integer j; 0 <= j < n ==> 0 <= v[j];
        loop invariant range:  \forall integer j; 0 <= j < i ==>
          finite_in(x[j], -0x1p62, 0x1p62) && finite_in(m[j], -0x1p11, 0x1p11) && finite_in(v[j], 0, 0x1p21);
        loop invariant m: \forall integer j; 0 <= j < i ==>
          computes(m[j], adamw_m(\at(m[j], Pre), g[j], h.beta1), 2560);
        loop invariant v: \forall integer j; 0 <= j < i ==>
          computes(v[j], adamw_v(\at(v[j], Pre), g[j], h.beta2), 3.2e+6);
        loop invariant x: \forall integer j; 0 <= j < i ==>
          bounded(adamw_hf_update(m[j], v[j], t, h.lr, h.beta1, h.beta2, h.eps), 8) ==>
          computes(x[j], adamw_hf_x(\at(x[j], Pre), m[j], v[j], t, h.lr, h.beta1, h.beta2, h.eps,
                                    h.weight_decay), 1.15e+5);
        loop invariant todo: \forall integer j; i <= j < n ==>
          same(x[j], \at(x[j], Pre)) && same(m[j], \at(m[j], Pre)) && same(v[j], \at(v[j], Pre));
        loop assigns i, x[0 .. n - 1], m[0 .. n - 1], v[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        m[i] = adamw_m(m[i], g[i], h.beta1);
        v[i] = adamw_v(v[i], g[i], h.beta2);
        x[i] = adamw_hf_x(x[i], m[i], v[i], t, h.lr, h.beta1, h.beta2, h.eps, h.weight_decay);
    }
}
