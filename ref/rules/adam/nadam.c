#include "rules/adam/nadam.h"

#include "ratio.h"

real_t nadam_decay(uint64_t t, real_t momentum_decay)
{
    real_t exponent = (real_t)t * momentum_decay;
    //@ assert sign: 0 <= exponent;
    return real_pow((real_t)0.96, exponent);
}

real_t nadam_shrink(real_t a, real_t b)
{
    return a * b;
}

real_t nadam_mu(uint64_t t, real_t beta1, real_t momentum_decay)
{
    return nadam_shrink(1 - (real_t)0.5 * nadam_decay(t, momentum_decay), beta1);
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
    //@ assert ahead: mu_t1 == nadam_mu(t + 1, beta1, momentum_decay);
    return nadam_average(g, m_next, mu_t, mu_t1, mu_product_next,
                         nadam_shrink(mu_product_next, mu_t1));
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
    return x - nadam_update(m_hat, v_next, t, lr, beta2, eps);
}

void nadam_step(size_t n, real_t *x, const real_t *g, real_t *m, real_t *v, real_t *mu_product,
                uint64_t t, struct nadam h)
{
    real_t product = nadam_mu_product(*mu_product, t, h.beta1, h.momentum_decay);
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant state:  \forall integer j; 0 <= j < n ==> 0 <= v[j];
        loop invariant m: \forall integer j; 0 <= j < i ==>
          m[j] == nadam_m(\at(m[j], Pre), g[j], h.beta1);
        loop invariant v: \forall integer j; 0 <= j < i ==>
          v[j] == nadam_v(\at(v[j], Pre), g[j], h.beta2);
        loop invariant x: \forall integer j; 0 <= j < i ==>
          x[j] == nadam_x(\at(x[j], Pre), g[j], m[j], v[j], product, t, h.lr, h.beta1, h.beta2, h.eps,
                          h.momentum_decay);
        loop invariant todo: \forall integer j; i <= j < n ==>
          x[j] == \at(x[j], Pre) && m[j] == \at(m[j], Pre) && v[j] == \at(v[j], Pre);
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
