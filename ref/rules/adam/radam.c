#include "rules/adam/radam.h"

real_t radam_m(real_t m, real_t g, real_t beta1)
{
    return beta1 * m + (1 - beta1) * g;
}

real_t radam_v(real_t v, real_t g, real_t beta2)
{
    real_t next = beta2 * v + (1 - beta2) * (g * g);
    //@ assert range: finite_in(v, 0, 0) && finite_in(g, 0, 0) ==> finite_in(next, 0, 0);
    /*@ assert range: finite_in(v, 0x1p-70, 0x1p20) && finite_in(beta2, 0.75, 0x1.fff4p-1) ==>
                      finite_in(next, 0x1p-71, 0x1p21); */
    //@ assert range: finite_in(g, -0x1p10, -0x1p-28) ==> finite_in(next, 0x1p-71, 0x1p21);
    //@ assert range: finite_in(g, 0x1p-28, 0x1p10) ==> finite_in(next, 0x1p-71, 0x1p21);
    return next;
}

real_t radam_rho_inf(real_t beta2)
{
    return 2 / (1 - beta2) - 1;
}

real_t radam_shortfall(uint64_t t, real_t beta2)
{
    //@ assert cases: counts(t);
    real_t power = real_powi(beta2, t);
    real_t shorter = 2 * (real_t)t * power;
    real_t rest = 1 - power;
    //@ assert shorter: 0 <= shorter;
    //@ assert rest: 0 < rest;
    real_t shortfall = shorter / rest;
    //@ assert quotient: over_reals(shortfall * rest == shorter);
    return shortfall;
}

real_t radam_rho(uint64_t t, real_t beta2)
{
    return radam_rho_inf(beta2) - radam_shortfall(t, beta2);
}

real_t radam_r(real_t rho, real_t rho_inf)
{
    real_t now = (rho - 4) * (rho - 2) * rho_inf;
    real_t limit = (rho_inf - 4) * (rho_inf - 2) * rho;
    //@ assert signs: 0 <= now && 0 < limit;
    //@ assert growth: over_reals(limit - now == (rho_inf - rho) * (rho * rho_inf - 8));
    //@ assert order: over_reals(now <= limit);
    real_t square = now / limit;
    //@ assert sign: 0 <= square && over_reals(square <= 1);
    return real_sqrt(square);
}

real_t radam_l_square(real_t v_next, real_t correction)
{
    return correction / v_next;
}

real_t radam_rectified(real_t m_next, real_t v_next, uint64_t t, real_t r, real_t lr, real_t beta1,
                       real_t beta2)
{
    //@ assert cases: sign_cases(m_next);
    real_t m_hat = m_next / (1 - real_powi(beta1, t));
    real_t square = radam_l_square(v_next, 1 - real_powi(beta2, t));
    return lr * r * m_hat * real_sqrt(square);
}

real_t radam_rectify(real_t m_next, real_t v_next, uint64_t t, real_t rho, real_t lr, real_t beta1,
                     real_t beta2)
{
    real_t rho_inf = radam_rho_inf(beta2);
    /*@ assert square: radam_adapts(t, beta2, 4.75) && computes(rho, radam_rho(t, beta2), 3.2e+5) ==>
                       bounded(radam_r(rho, rho_inf), 1.0625); */
    real_t r = radam_r(rho, rho_inf);
    /*@ assert r: radam_adapts(t, beta2, 4.75) && computes(rho, radam_rho(t, beta2), 3.2e+5) ==>
                  bounded((r - radam_rate(t, beta2)) / radam_rate(t, beta2), ulps(3.1e+5)); */
    /*@ assert sizes: radam_adapts(t, beta2, 4.75) && computes(rho, radam_rho(t, beta2), 3.2e+5) ==>
                      bounded(0x1p-20, r) && bounded(r, 1.125); */
    /*@ assert step: radam_adapts(t, beta2, 4.75) && computes(rho, radam_rho(t, beta2), 3.2e+5) &&
                     bounded(0x1p-30, lr) &&
                     bounded(radam_rectified(m_next, v_next, t, radam_rate(t, beta2), lr, beta1, beta2), 8) ==>
                     bounded(radam_rectified(m_next, v_next, t, r, lr, beta1, beta2), 8.25); */
    return radam_rectified(m_next, v_next, t, r, lr, beta1, beta2);
}

real_t radam_plain(real_t m_next, uint64_t t, real_t lr, real_t beta1)
{
    //@ assert cases: sign_cases(m_next) && size_cases(lr);
    real_t m_hat = m_next / (1 - real_powi(beta1, t));
    return lr * m_hat;
}

real_t radam_adaptive(real_t x, real_t m_next, real_t v_next, uint64_t t, real_t rho, real_t lr,
                      real_t beta1, real_t beta2)
{
    if (v_next > 0) {
        real_t next = x - radam_rectify(m_next, v_next, t, rho, lr, beta1, beta2);
        //@ assert range: finite_in(next, -0x1p101, 0x1p101);
        /*@ assert step: radam_adapts(t, beta2, 4.75) && computes(rho, radam_rho(t, beta2), 3.2e+5) &&
                         bounded(0x1p-30, lr) &&
                         bounded(radam_rectified(m_next, v_next, t, radam_rate(t, beta2), lr, beta1, beta2), 8) ==>
                         computes(next, x - radam_rectified(m_next, v_next, t, radam_rate(t, beta2), lr, beta1, beta2),
                                  2.71e+6); */
        return next;
    }
    return x;
}

real_t radam_x(real_t x, real_t m_next, real_t v_next, uint64_t t, real_t lr, real_t beta1,
               real_t beta2)
{
    real_t rho = radam_rho(t, beta2);
    //@ assert early: radam_early(t, beta2) && radam_rho(t, beta2) <= 4 - ulps(1.21e+6) ==> rho <= 4;
    /*@ assert settled: radam_settled(t, beta2, 0.9951) && radam_adapts(t, beta2, 4.75) ==>
                        bounded(4.5, radam_rho(t, beta2)) && bounded(4.5, rho) &&
                        computes(rho, radam_rho(t, beta2), 3.2e+5); */
    if (rho > 4) {
        return radam_adaptive(x, m_next, v_next, t, rho, lr, beta1, beta2);
    }
    real_t next = x - radam_plain(m_next, t, lr, beta1);
    /*@ assert plain: bounded(radam_plain(m_next, t, lr, beta1), 8) ==>
                      computes(next, x - radam_plain(m_next, t, lr, beta1), 7.33e+4); */
    return next;
}

void radam_step(size_t n, real_t *x, const real_t *g, real_t *m, real_t *v, uint64_t t,
                struct radam h)
{
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant input:  \forall integer j; 0 <= j < n ==> same(g[j], \at(g[j], Pre));
        loop invariant state:  \forall integer j; 0 <= j < n ==> 0 <= v[j];
        loop invariant range:  \forall integer j; 0 <= j < i ==>
          finite_in(x[j], -0x1p101, 0x1p101) && finite_in(m[j], -0x1p11, 0x1p11) && finite_in(v[j], 0, 0x1p21);
        loop invariant m: \forall integer j; 0 <= j < i ==>
          computes(m[j], radam_m(\at(m[j], Pre), g[j], h.beta1), 2560);
        loop invariant v: \forall integer j; 0 <= j < i ==>
          computes(v[j], radam_v(\at(v[j], Pre), g[j], h.beta2), 3.2e+6);
        loop invariant early: \forall integer j; 0 <= j < i ==>
          radam_early(t, h.beta2) && radam_rho(t, h.beta2) <= 4 - ulps(1.21e+6) &&
          bounded(radam_plain(m[j], t, h.lr, h.beta1), 8) ==>
          computes(x[j], radam_x(\at(x[j], Pre), m[j], v[j], t, h.lr, h.beta1, h.beta2), 7.33e+4);
        loop invariant settled: \forall integer j; 0 <= j < i ==>
          radam_settled(t, h.beta2, 0.9951) && radam_adapts(t, h.beta2, 4.75) && bounded(0x1p-30, h.lr) &&
          (0 < v[j] ==>
           bounded(radam_rectified(m[j], v[j], t, radam_rate(t, h.beta2), h.lr, h.beta1, h.beta2), 8)) ==>
          computes(x[j], radam_x(\at(x[j], Pre), m[j], v[j], t, h.lr, h.beta1, h.beta2), 2.71e+6);
        loop invariant x: \forall integer j; 0 <= j < i ==>
          over_reals(x[j] == radam_x(\at(x[j], Pre), m[j], v[j], t, h.lr, h.beta1, h.beta2));
        loop invariant todo: \forall integer j; i <= j < n ==>
          same(x[j], \at(x[j], Pre)) && same(m[j], \at(m[j], Pre)) && same(v[j], \at(v[j], Pre));
        loop assigns i, x[0 .. n - 1], m[0 .. n - 1], v[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        m[i] = radam_m(m[i], g[i], h.beta1);
        v[i] = radam_v(v[i], g[i], h.beta2);
        x[i] = radam_x(x[i], m[i], v[i], t, h.lr, h.beta1, h.beta2);
    }
}
