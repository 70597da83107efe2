#include "rules/adam/adamax.h"

#include "compare.h"
#include "rules/adam/bias_correction.h"

real_t adamax_m(real_t m, real_t g, real_t beta1)
{
    return beta1 * m + (1 - beta1) * g;
}

real_t adamax_u(real_t u, real_t g, real_t beta2)
{
    return real_max(beta2 * u, real_abs(g));
}

real_t adamax_x(real_t x, real_t m_next, real_t u_next, uint64_t t, real_t lr, real_t beta1)
{
    if (u_next > 0) {
        real_t moved = x - lr / bias_correction(beta1, t) * m_next / u_next;
        //@ for reals: assert moved: moved == adamax_x(x, m_next, u_next, t, lr, beta1);
        return moved;
    }
    //@ for reals: assert still: x == adamax_x(x, m_next, u_next, t, lr, beta1);
    return x;
}

void adamax_step(size_t n, real_t *x, const real_t *g, real_t *m, real_t *u, uint64_t t,
                 struct adamax h)
{
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant state:  \forall integer j; 0 <= j < n ==> 0 <= u[j];
        loop invariant m: \forall integer j; 0 <= j < i ==>
          m[j] == adamax_m(\at(m[j], Pre), g[j], h.beta1);
        loop invariant u: \forall integer j; 0 <= j < i ==>
          u[j] == adamax_u(\at(u[j], Pre), g[j], h.beta2);
        loop invariant x: \forall integer j; 0 <= j < i ==>
          x[j] == adamax_x(\at(x[j], Pre), m[j], u[j], t, h.lr, h.beta1);
        loop invariant todo: \forall integer j; i <= j < n ==>
          x[j] == \at(x[j], Pre) && m[j] == \at(m[j], Pre) && u[j] == \at(u[j], Pre);
        loop assigns i, x[0 .. n - 1], m[0 .. n - 1], u[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        m[i] = adamax_m(m[i], g[i], h.beta1);
        u[i] = adamax_u(u[i], g[i], h.beta2);
        x[i] = adamax_x(x[i], m[i], u[i], t, h.lr, h.beta1);
    }
}
