#include "rules/adam/adamax.h"

#include "compare.h"

real_t adamax_m(real_t m, real_t g, real_t beta1)
{
    return beta1 * m + (1 - beta1) * g;
}

real_t adamax_u(real_t u, real_t g, real_t beta2)
{
    real_t decayed = beta2 * u;
    real_t size = real_abs(g);
    //@ assert decayed: computes(decayed, beta2 * u, 512);
    //@ assert range: finite_in(decayed, 0, 0x1p10) && finite_in(size, 0, 0x1p10);
    //@ assert range: finite_in(u, 0, 0) ==> finite_in(decayed, 0, 0);
    //@ assert range: finite_in(u, 0x1p-30, 0x1p10) ==> finite_in(decayed, 0x1p-31, 0x1p10);
    return real_max(decayed, size);
}

real_t adamax_update(real_t m_next, real_t u_next, uint64_t t, real_t lr, real_t beta1)
{
    //@ assert cases: sign_cases(m_next) && size_cases(lr);
    return lr / (1 - real_powi(beta1, t)) * m_next / u_next;
}

real_t adamax_x(real_t x, real_t m_next, real_t u_next, uint64_t t, real_t lr, real_t beta1)
{
    if (u_next > 0) {
        real_t moved = x - adamax_update(m_next, u_next, t, lr, beta1);
        return moved;
    }
    return x;
}

void adamax_step(size_t n, real_t *x, const real_t *g, real_t *m, real_t *u, uint64_t t,
                 struct adamax h)
{
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant input:  \forall integer j; 0 <= j < n ==> same(g[j], \at(g[j], Pre));
        loop invariant state:  \forall integer j; 0 <= j < n ==> 0 <= u[j];
        loop invariant covers: \forall integer j; 0 <= j < i ==> g[j] <= u[j] && -g[j] <= u[j];
        loop invariant range:  \forall integer j; 0 <= j < i ==>
          finite_in(x[j], -0x1p61, 0x1p61) && finite_in(m[j], -0x1p11, 0x1p11) && finite_in(u[j], 0, 0x1p11);
        loop invariant m: \forall integer j; 0 <= j < i ==>
          computes(m[j], adamax_m(\at(m[j], Pre), g[j], h.beta1), 2560);
        loop invariant u: \forall integer j; 0 <= j < i ==>
          computes(u[j], adamax_u(\at(u[j], Pre), g[j], h.beta2), 512);
        loop invariant x: \forall integer j; 0 <= j < i ==>
          (0 < u[j] ==> bounded(adamax_update(m[j], u[j], t, h.lr, h.beta1), 8)) ==>
          computes(x[j], adamax_x(\at(x[j], Pre), m[j], u[j], t, h.lr, h.beta1), 7.34e+4);
        loop invariant todo: \forall integer j; i <= j < n ==>
          same(x[j], \at(x[j], Pre)) && same(m[j], \at(m[j], Pre)) && same(u[j], \at(u[j], Pre));
        loop assigns i, x[0 .. n - 1], m[0 .. n - 1], u[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        m[i] = adamax_m(m[i], g[i], h.beta1);
        u[i] = adamax_u(u[i], g[i], h.beta2);
        x[i] = adamax_x(x[i], m[i], u[i], t, h.lr, h.beta1);
    }
}
