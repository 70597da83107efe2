#include "rules/adam/amsgrad_torch.h"

#include "ratio.h"

real_t amsgrad_torch_g(real_t x, real_t g, real_t weight_decay)
{
    return g + weight_decay * x;
}

real_t amsgrad_torch_m(real_t x, real_t m, real_t g, real_t beta1, real_t weight_decay)
{
    return amsgrad_m(m, amsgrad_torch_g(x, g, weight_decay), beta1);
}

real_t amsgrad_torch_v(real_t x, real_t v, real_t g, real_t beta2, real_t weight_decay)
{
    return amsgrad_v(v, amsgrad_torch_g(x, g, weight_decay), beta2);
}

real_t amsgrad_torch_update(real_t m_next, real_t v_max_next, uint64_t t, real_t lr, real_t beta1,
                            real_t beta2, real_t eps)
{
    //@ assert cases: sign_cases(m_next) && square_cases(v_max_next) && size_cases(lr);
    real_t m_hat = m_next / (1 - real_powi(beta1, t));
    real_t v_hat = ratio(v_max_next, 1 - real_powi(beta2, t));
    return lr * m_hat / (real_sqrt(v_hat) + eps);
}

real_t amsgrad_torch_x(real_t x, real_t m_next, real_t v_max_next, uint64_t t, real_t lr,
                       real_t beta1, real_t beta2, real_t eps)
{
    return x - amsgrad_torch_update(m_next, v_max_next, t, lr, beta1, beta2, eps);
}

void amsgrad_torch_step(size_t n, real_t *x, const real_t *g, real_t *m, real_t *v, real_t *v_max,
                        uint64_t t, struct amsgrad_torch h)
{
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant input:  \forall integer j; 0 <= j < n ==> same(g[j], \at(g[j], Pre));
        loop invariant state:  \forall integer j; 0 <= j < n ==> 0 <= v[j] && 0 <= v_max[j];
        loop invariant monotone: \forall integer j; 0 <= j < i ==> \at(v_max[j], Pre) <= v_max[j];
        loop invariant range:  \forall integer j; 0 <= j < i ==>
          finite_in(x[j], -0x1p61, 0x1p61) && finite_in(m[j], -0x1p11, 0x1p11) &&
          finite_in(v[j], 0, 0x1p21) && finite_in(v_max[j], 0, 0x1p21);
        loop invariant m: \forall integer j; 0 <= j < i ==>
          computes(m[j], amsgrad_torch_m(\at(x[j], Pre), \at(m[j], Pre), g[j], h.beta1, h.weight_decay), 3330);
        loop invariant v: \forall integer j; 0 <= j < i ==>
          computes(v[j], amsgrad_torch_v(\at(x[j], Pre), \at(v[j], Pre), g[j], h.beta2, h.weight_decay), 4.8e+6);
        loop invariant v_max: \forall integer j; 0 <= j < i ==>
          v_max[j] == amsgrad_v_max(\at(v_max[j], Pre), v[j]);
        loop invariant x: \forall integer j; 0 <= j < i ==>
          bounded(amsgrad_torch_update(m[j], v_max[j], t, h.lr, h.beta1, h.beta2, h.eps), 8) ==>
          computes(x[j], amsgrad_torch_x(\at(x[j], Pre), m[j], v_max[j], t, h.lr, h.beta1, h.beta2, h.eps), 1.12e+5);
        loop invariant todo: \forall integer j; i <= j < n ==>
          same(x[j], \at(x[j], Pre)) && same(m[j], \at(m[j], Pre)) && same(v[j], \at(v[j], Pre)) &&
          same(v_max[j], \at(v_max[j], Pre));
        loop assigns i, x[0 .. n - 1], m[0 .. n - 1], v[0 .. n - 1], v_max[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        m[i] = amsgrad_torch_m(x[i], m[i], g[i], h.beta1, h.weight_decay);
        v[i] = amsgrad_torch_v(x[i], v[i], g[i], h.beta2, h.weight_decay);
        v_max[i] = amsgrad_v_max(v_max[i], v[i]);
        x[i] = amsgrad_torch_x(x[i], m[i], v_max[i], t, h.lr, h.beta1, h.beta2, h.eps);
    }
}
