#include "rules/adam/nadam.h"

#include "ratio.h"

real_t nadam_decay(uint64_t t, real_t momentum_decay)
{
    //@ assert range: counts(t);
    real_t exponent = (real_t)t * momentum_decay;
    //@ assert sign: 0 <= exponent;
    //@ assert range: finite_in(exponent, 0, 0x1p64);
    /*@ assert share: 0 < t * momentum_decay ==> bounded(1, t) ==>
          -ulps(2.01) <= (exponent - t * momentum_decay) / (t * momentum_decay) <= ulps(2.01); */
    //@ assert none: t == 0 ==> bounded(t, 0) ==> exponent <= 0;
    /*@ assert near: -(ulps(2.01) * (t * momentum_decay)) <= exponent - t * momentum_decay <=
                     ulps(2.01) * (t * momentum_decay); */
    //@ assert slope: exponent_moves(0.96, t * momentum_decay, exponent, ulps(2.01));
    //@ assert moved: computes(\pow(0.96, exponent), nadam_decay(t, momentum_decay), 0.805);
    //@ assert base: computes((real_t)0.96, 0.96, 0.37);
    //@ assert slope: base_moves((real_t)0.96, 0.96, ulps(0.37), exponent);
    //@ assert moved: computes(\pow((real_t)0.96, exponent), \pow(0.96, exponent), 3.69);
    return real_pow((real_t)0.96, exponent);
}

real_t nadam_shrink(real_t a, real_t b)
{
    return a * b;
}

real_t nadam_mu(uint64_t t, real_t beta1, real_t momentum_decay)
{
    return nadam_shrink(beta1, 1 - (real_t)0.5 * nadam_decay(t, momentum_decay));
}

real_t nadam_m(real_t m, real_t g, real_t beta1)
{
    return beta1 * m + (1 - beta1) * g;
}

real_t nadam_v(real_t v, real_t g, real_t beta2)
{
    return beta2 * v + (1 - beta2) * (g * g);
}

real_t nadam_mu_product(real_t mu_product, uint64_t t, real_t beta1, real_t momentum_decay)
{
    return nadam_shrink(mu_product, nadam_mu(t, beta1, momentum_decay));
}

real_t nadam_average(real_t g, real_t m, real_t mu_t, real_t mu_t1, real_t product_t,
                     real_t product_t1)
{
    //@ assert cases: sign_cases(m) && sign_cases(g) && size_cases(mu_t1);
    return mu_t1 * m / (1 - product_t1) + (1 - mu_t) * g / (1 - product_t);
}

real_t nadam_m_hat(real_t g, real_t m_next, real_t mu_product_next, uint64_t t, real_t beta1,
                   real_t momentum_decay)
{
    real_t mu_t = nadam_mu(t, beta1, momentum_decay);
    real_t mu_t1 = nadam_mu(t + 1, beta1, momentum_decay);
    //@ assert ahead: computes(mu_t1, nadam_mu(t + 1, beta1, momentum_decay), 3.78);
    real_t product_t1 = nadam_shrink(mu_product_next, mu_t1);
    real_t m_hat = nadam_average(g, m_next, mu_t, mu_t1, mu_product_next, product_t1);
    /*@ assert value: bounded(mu_product_next, 0.52) && bounded(g, 2) && bounded(m_next, 2) ==>
          computes(m_hat, nadam_average(g, m_next, nadam_mu(t, beta1, momentum_decay),
                                        nadam_mu(t + 1, beta1, momentum_decay), mu_product_next,
                                        mu_product_next * nadam_mu(t + 1, beta1, momentum_decay)), 88.8); */
    return m_hat;
}

real_t nadam_update(real_t m_hat, real_t v_next, uint64_t t, real_t lr, real_t beta2, real_t eps)
{
    //@ assert cases: sign_cases(m_hat) && square_cases(v_next) && size_cases(lr);
    real_t v_hat = ratio(v_next, 1 - real_powi(beta2, t));
    return lr * m_hat / (real_sqrt(v_hat) + eps);
}

real_t nadam_x(real_t x, real_t g, real_t m_next, real_t v_next, real_t mu_product_next, uint64_t t,
               real_t lr, real_t beta1, real_t beta2, real_t eps, real_t momentum_decay)
{
    real_t m_hat = nadam_m_hat(g, m_next, mu_product_next, t, beta1, momentum_decay);
    real_t change = nadam_update(m_hat, v_next, t, lr, beta2, eps);
    /*@ assert moved: bounded(mu_product_next, 0.52) && bounded(g, 2) && bounded(m_next, 2) &&
                      bounded(0x1p-8, nadam_root(v_next, t, beta2, eps)) ==>
          computes(nadam_update(m_hat, v_next, t, lr, beta2, eps),
                   nadam_change(g, m_next, v_next, mu_product_next, t, lr, beta1, beta2, eps, momentum_decay),
                   2.28e+4); */
    return x - change;
}

void nadam_step(size_t n, real_t *x, const real_t *g, real_t *m, real_t *v, real_t *mu_product,
                uint64_t t, struct nadam h)
{
    real_t product = nadam_mu_product(*mu_product, t, h.beta1, h.momentum_decay);
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant state:  \forall integer j; 0 <= j < n ==> 0 <= v[j];
        loop invariant range:  \forall integer j; 0 <= j < i ==>
          finite_in(x[j], -0x1p61, 0x1p61) && finite_in(m[j], -0x1p11, 0x1p11) && finite_in(v[j], 0, 0x1p21);
        loop invariant m: \forall integer j; 0 <= j < i ==>
          computes(m[j], nadam_m(\at(m[j], Pre), g[j], h.beta1), 2560);
        loop invariant v: \forall integer j; 0 <= j < i ==>
          computes(v[j], nadam_v(\at(v[j], Pre), g[j], h.beta2), 3.2e+6);
        loop invariant x: \forall integer j; 0 <= j < i ==>
          bounded(product, 0.52) && bounded(g[j], 2) && bounded(m[j], 2) &&
          bounded(0x1p-8, nadam_root(v[j], t, h.beta2, h.eps)) &&
          bounded(nadam_change(g[j], m[j], v[j], product, t, h.lr, h.beta1, h.beta2, h.eps,
                               h.momentum_decay), 9) ==>
          computes(x[j], nadam_x(\at(x[j], Pre), g[j], m[j], v[j], product, t, h.lr, h.beta1, h.beta2, h.eps,
                                 h.momentum_decay), 6.92e+4);
        loop invariant todo: \forall integer j; i <= j < n ==>
          same(x[j], \at(x[j], Pre)) && same(m[j], \at(m[j], Pre)) && same(v[j], \at(v[j], Pre));
        loop assigns i, x[0 .. n - 1], m[0 .. n - 1], v[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        m[i] = nadam_m(m[i], g[i], h.beta1);
        v[i] = nadam_v(v[i], g[i], h.beta2);
        x[i] = nadam_x(x[i], g[i], m[i], v[i], product, t, h.lr, h.beta1, h.beta2, h.eps,
                       h.momentum_decay);
    }
    *mu_product = product;
}
