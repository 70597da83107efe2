#include "rules/adam/radam.h"

#include "rules/adam/bias_correction.h"

real_t radam_m(real_t m, real_t g, real_t beta1)
{
    return beta1 * m + (1 - beta1) * g;
}

real_t radam_v(real_t v, real_t g, real_t beta2)
{
    return beta2 * v + (1 - beta2) * (g * g);
}

real_t radam_rho_inf(real_t beta2)
{
    return 2 / (1 - beta2) - 1;
}

real_t radam_shortfall(real_t power, uint64_t t)
{
    return 2 * (real_t)t * power / (1 - power);
}

real_t radam_rho(uint64_t t, real_t beta2)
{
    return radam_rho_inf(beta2) - radam_shortfall(real_powi(beta2, t), t);
}

real_t radam_r(real_t rho, real_t rho_inf)
{
    real_t now = (rho - 4) * (rho - 2) * rho_inf;
    real_t limit = (rho_inf - 4) * (rho_inf - 2) * rho;
    return corrected_root(now, limit);
}

real_t radam_l(real_t v_next, uint64_t t, real_t beta2)
{
    if (v_next > 0) {
        real_t l = corrected_root(bias_correction(beta2, t), v_next);
        //@ for reals: assert seen: l == radam_l(v_next, t, beta2);
        return l;
    }
    //@ for reals: assert unseen: 0 == radam_l(v_next, t, beta2);
    return 0;
}

real_t radam_x(real_t x, real_t m_next, real_t v_next, uint64_t t, real_t lr, real_t beta1,
               real_t beta2)
{
    real_t m_hat = m_next / bias_correction(beta1, t);
    real_t rho = radam_rho(t, beta2);
    if (rho > 4) {
        real_t r = radam_r(rho, radam_rho_inf(beta2));
        real_t rectified = x - lr * r * m_hat * radam_l(v_next, t, beta2);
        //@ for reals: assert rectified: rectified == radam_x(x, m_next, v_next, t, lr, beta1, beta2);
        return rectified;
    }
    real_t plain = x - lr * m_hat;
    //@ for reals: assert plain: plain == radam_x(x, m_next, v_next, t, lr, beta1, beta2);
    return plain;
}

void radam_step(size_t n, real_t *x, const real_t *g, real_t *m, real_t *v, uint64_t t,
                struct radam h)
{
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant state:  \forall integer j; 0 <= j < n ==> 0 <= v[j];
        loop invariant m: \forall integer j; 0 <= j < i ==>
          m[j] == radam_m(\at(m[j], Pre), g[j], h.beta1);
        loop invariant v: \forall integer j; 0 <= j < i ==>
          v[j] == radam_v(\at(v[j], Pre), g[j], h.beta2);
        loop invariant x: \forall integer j; 0 <= j < i ==>
          x[j] == radam_x(\at(x[j], Pre), m[j], v[j], t, h.lr, h.beta1, h.beta2);
        loop invariant todo: \forall integer j; i <= j < n ==>
          x[j] == \at(x[j], Pre) && m[j] == \at(m[j], Pre) && v[j] == \at(v[j], Pre);
        loop assigns i, x[0 .. n - 1], m[0 .. n - 1], v[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        m[i] = radam_m(m[i], g[i], h.beta1);
        v[i] = radam_v(v[i], g[i], h.beta2);
        x[i] = radam_x(x[i], m[i], v[i], t, h.lr, h.beta1, h.beta2);
    }
}
