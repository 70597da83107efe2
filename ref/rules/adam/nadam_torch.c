#include "rules/adam/nadam_torch.h"

real_t nadam_torch_g(real_t x, real_t g, real_t weight_decay)
{
    return g + weight_decay * x;
}

real_t nadam_torch_m(real_t x, real_t m, real_t g, real_t beta1, real_t weight_decay)
{
    return nadam_m(m, nadam_torch_g(x, g, weight_decay), beta1);
}

real_t nadam_torch_v(real_t x, real_t v, real_t g, real_t beta2, real_t weight_decay)
{
    return nadam_v(v, nadam_torch_g(x, g, weight_decay), beta2);
}

real_t nadam_torch_x(real_t x, real_t g, real_t m_next, real_t v_next, real_t mu_product_next,
                     uint64_t t, real_t lr, real_t beta1, real_t beta2, real_t eps,
                     real_t weight_decay, real_t momentum_decay)
{
    real_t decayed = nadam_torch_g(x, g, weight_decay);
    real_t next = nadam_x(x, decayed, m_next, v_next, mu_product_next, t, lr, beta1, beta2, eps,
                          momentum_decay);
    /*@ assert moved: bounded(mu_product_next, 0.52) && bounded(nadam_torch_g(x, g, weight_decay), 1) &&
                      bounded(0x1p-8, nadam_root(v_next, t, beta2, eps)) ==>
          computes(nadam_change(decayed, m_next, v_next, mu_product_next, t, lr, beta1, beta2, eps,
                                momentum_decay),
                   nadam_change(nadam_torch_g(x, g, weight_decay), m_next, v_next, mu_product_next, t, lr,
                                beta1, beta2, eps, momentum_decay), 1.38e+5); */
    /*@ assert near: bounded(mu_product_next, 0.52) && bounded(nadam_torch_g(x, g, weight_decay), 1) &&
                     bounded(m_next, 2) && bounded(0x1p-8, nadam_root(v_next, t, beta2, eps)) &&
                     bounded(nadam_change(nadam_torch_g(x, g, weight_decay), m_next, v_next, mu_product_next,
                                          t, lr, beta1, beta2, eps, momentum_decay), 8) ==>
                     computes(next, nadam_x(x, decayed, m_next, v_next, mu_product_next, t, lr, beta1, beta2,
                                            eps, momentum_decay), 6.92e+4); */
    return next;
}

void nadam_torch_step(size_t n, real_t *x, const real_t *g, real_t *m, real_t *v,
                      real_t *mu_product, uint64_t t, struct nadam_torch h)
{
    real_t product = nadam_mu_product(*mu_product, t, h.beta1, h.momentum_decay);
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant state:  \forall integer j; 0 <= j < n ==> 0 <= v[j];
        loop invariant range:  \forall integer j; 0 <= j < i ==>
          finite_in(x[j], -0x1p61, 0x1p61) && finite_in(m[j], -0x1p11, 0x1p11) && finite_in(v[j], 0, 0x1p21);
        loop invariant m: \forall integer j; 0 <= j < i ==>
          computes(m[j], nadam_torch_m(\at(x[j], Pre), \at(m[j], Pre), g[j], h.beta1, h.weight_decay), 3330);
        loop invariant v: \forall integer j; 0 <= j < i ==>
          computes(v[j], nadam_torch_v(\at(x[j], Pre), \at(v[j], Pre), g[j], h.beta2, h.weight_decay),
                   4.8e+6);
        loop invariant x: \forall integer j; 0 <= j < i ==>
          bounded(product, 0.52) && bounded(nadam_torch_g(\at(x[j], Pre), g[j], h.weight_decay), 1) &&
          bounded(m[j], 2) && bounded(0x1p-8, nadam_root(v[j], t, h.beta2, h.eps)) &&
          bounded(nadam_change(nadam_torch_g(\at(x[j], Pre), g[j], h.weight_decay), m[j], v[j], product, t,
                               h.lr, h.beta1, h.beta2, h.eps, h.momentum_decay), 8) ==>
          computes(x[j], nadam_torch_x(\at(x[j], Pre), g[j], m[j], v[j], product, t, h.lr, h.beta1, h.beta2,
                                       h.eps, h.weight_decay, h.momentum_decay), 2.08e+5);
        loop invariant todo: \forall integer j; i <= j < n ==>
          same(x[j], \at(x[j], Pre)) && same(m[j], \at(m[j], Pre)) && same(v[j], \at(v[j], Pre));
        loop assigns i, x[0 .. n - 1], m[0 .. n - 1], v[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        m[i] = nadam_torch_m(x[i], m[i], g[i], h.beta1, h.weight_decay);
        v[i] = nadam_torch_v(x[i], v[i], g[i], h.beta2, h.weight_decay);
        x[i] = nadam_torch_x(x[i], g[i], m[i], v[i], product, t, h.lr, h.beta1, h.beta2, h.eps,
                             h.weight_decay, h.momentum_decay);
    }
    *mu_product = product;
}
