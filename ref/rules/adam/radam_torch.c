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

real_t radam_torch_x(real_t x, real_t m_next, real_t v_next, uint64_t t, real_t lr, real_t beta1,
                     real_t beta2, real_t eps)
{
    real_t rho = radam_rho(t, beta2);
    if (rho > 5) {
        real_t r = radam_r(rho, radam_rho_inf(beta2));
        return x - radam_torch_rectified(m_next, v_next, t, r, lr, beta1, beta2, eps);
    }
    return x - radam_plain(m_next, t, lr, beta1);
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
