#include "rules/adam/radam_torch.h"

real_t radam_torch_g(real_t x, real_t g, real_t weight_decay)
{
    return g + weight_decay * x;
}

real_t radam_torch_m(real_t x, real_t m, real_t g, real_t beta1, real_t weight_decay)
{
    return radam_m(m, radam_torch_g(x, g, weight_decay), beta1);
}

real_t radam_torch_v(real_t x, real_t v, real_t g, real_t beta2, real_t weight_decay)
{
    return radam_v(v, radam_torch_g(x, g, weight_decay), beta2);
}

real_t radam_torch_rectified(real_t m_next, real_t v_next, uint64_t t, real_t r, real_t lr,
                             real_t beta1, real_t beta2, real_t eps)
{
    //@ assert cases: sign_cases(m_next) && square_cases(v_next);
    real_t m_hat = m_next / (1 - real_powi(beta1, t));
    real_t l = real_sqrt(1 - real_powi(beta2, t)) / (real_sqrt(v_next) + eps);
    return lr * r * m_hat * l;
}

real_t radam_torch_rectify(real_t m_next, real_t v_next, uint64_t t, real_t rho, real_t lr,
                           real_t beta1, real_t beta2, real_t eps)
{
    real_t rho_inf = radam_rho_inf(beta2);
    /*@ assert square: radam_adapts(t, beta2, 5.75) && computes(rho, radam_rho(t, beta2), 2.62e+5) ==>
                       bounded(radam_r(rho, rho_inf), 1.0625); */
    real_t r = radam_r(rho, rho_inf);
    /*@ assert r: radam_adapts(t, beta2, 5.75) && computes(rho, radam_rho(t, beta2), 2.62e+5) ==>
                  bounded((r - radam_rate(t, beta2)) / radam_rate(t, beta2), ulps(1.36e+5)); */
    /*@ assert sizes: radam_adapts(t, beta2, 5.75) && computes(rho, radam_rho(t, beta2), 2.62e+5) ==>
                      bounded(0x1p-20, r) && bounded(r, 1.125); */
    /*@ assert step: radam_adapts(t, beta2, 5.75) && computes(rho, radam_rho(t, beta2), 2.62e+5) &&
                     bounded(0x1p-30, lr) &&
                     bounded(radam_torch_rectified(m_next, v_next, t, radam_rate(t, beta2),
                                                   lr, beta1, beta2, eps), 8) ==>
                     bounded(radam_torch_rectified(m_next, v_next, t, r, lr, beta1, beta2, eps), 8.25); */
    return radam_torch_rectified(m_next, v_next, t, r, lr, beta1, beta2, eps);
}

real_t radam_torch_x(real_t x, real_t m_next, real_t v_next, uint64_t t, real_t lr, real_t beta1,
                     real_t beta2, real_t eps)
{
    real_t rho = radam_rho(t, beta2);
    //@ assert early: radam_early(t, beta2) && radam_rho(t, beta2) <= 5 - ulps(1.21e+6) ==> rho <= 5;
    /*@ assert settled: radam_settled(t, beta2, 0.9941) && radam_adapts(t, beta2, 5.75) ==>
                        bounded(5.5, radam_rho(t, beta2)) && bounded(5.5, rho) &&
                        computes(rho, radam_rho(t, beta2), 2.62e+5); */
    if (rho > 5) {
        real_t next = x - radam_torch_rectify(m_next, v_next, t, rho, lr, beta1, beta2, eps);
        /*@ assert step: radam_adapts(t, beta2, 5.75) && computes(rho, radam_rho(t, beta2), 2.62e+5) &&
                         bounded(0x1p-30, lr) &&
                         bounded(radam_torch_rectified(m_next, v_next, t, radam_rate(t, beta2),
                                                       lr, beta1, beta2, eps), 8) ==>
                         computes(next, x - radam_torch_rectified(m_next, v_next, t, radam_rate(t, beta2),
                                                                  lr, beta1, beta2, eps), 1.2e+6); */
        //@ assert range: finite_in(next, -0x1p101, 0x1p101);
        return next;
    }
    real_t next = x - radam_plain(m_next, t, lr, beta1);
    /*@ assert plain: bounded(radam_plain(m_next, t, lr, beta1), 8) ==>
                      computes(next, x - radam_plain(m_next, t, lr, beta1), 7.33e+4); */
    return next;
}

void radam_torch_step(size_t n, real_t *x, const real_t *g, real_t *m, real_t *v, uint64_t t,
                      struct radam_torch h)
{
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant state:  \forall integer j; 0 <= j < n ==> 0 <= v[j];
        loop invariant range:  \forall integer j; 0 <= j < i ==>
          finite_in(x[j], -0x1p101, 0x1p101) && finite_in(m[j], -0x1p11, 0x1p11) && finite_in(v[j], 0, 0x1p21);
        loop invariant m: \forall integer j; 0 <= j < i ==>
          computes(m[j], radam_torch_m(\at(x[j], Pre), \at(m[j], Pre), g[j], h.beta1, h.weight_decay), 3330);
        loop invariant v: \forall integer j; 0 <= j < i ==>
          computes(v[j], radam_torch_v(\at(x[j], Pre), \at(v[j], Pre), g[j], h.beta2, h.weight_decay), 4.8e+6);
        loop invariant early: \forall integer j; 0 <= j < i ==>
          radam_early(t, h.beta2) && radam_rho(t, h.beta2) <= 5 - ulps(1.21e+6) &&
          bounded(radam_plain(m[j], t, h.lr, h.beta1), 8) ==>
          computes(x[j], radam_torch_x(\at(x[j], Pre), m[j], v[j], t, h.lr, h.beta1, h.beta2, h.eps), 7.33e+4);
        loop invariant settled: \forall integer j; 0 <= j < i ==>
          radam_settled(t, h.beta2, 0.9941) && radam_adapts(t, h.beta2, 5.75) && bounded(0x1p-30, h.lr) &&
          bounded(radam_torch_rectified(m[j], v[j], t, radam_rate(t, h.beta2), h.lr, h.beta1, h.beta2, h.eps), 8) ==>
          computes(x[j], radam_torch_x(\at(x[j], Pre), m[j], v[j], t, h.lr, h.beta1, h.beta2, h.eps), 1.2e+6);
        loop invariant x: \forall integer j; 0 <= j < i ==>
          over_reals(x[j] == radam_torch_x(\at(x[j], Pre), m[j], v[j], t, h.lr, h.beta1, h.beta2, h.eps));
        loop invariant todo: \forall integer j; i <= j < n ==>
          same(x[j], \at(x[j], Pre)) && same(m[j], \at(m[j], Pre)) && same(v[j], \at(v[j], Pre));
        loop assigns i, x[0 .. n - 1], m[0 .. n - 1], v[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        m[i] = radam_torch_m(x[i], m[i], g[i], h.beta1, h.weight_decay);
        v[i] = radam_torch_v(x[i], v[i], g[i], h.beta2, h.weight_decay);
        x[i] = radam_torch_x(x[i], m[i], v[i], t, h.lr, h.beta1, h.beta2, h.eps);
    }
}
