#include "rules/adadelta/adadelta.h"

real_t adadelta_e(real_t e, real_t g, real_t rho)
{
    return rho * e + (1 - rho) * (g * g);
}

real_t adadelta_d(real_t g, real_t e_next, real_t u, real_t eps)
{
    //@ assert cases: sign_cases(g);
    return real_sqrt(u + eps) / real_sqrt(e_next + eps) * g;
}

real_t adadelta_x(real_t x, real_t g, real_t e_next, real_t u, real_t lr, real_t eps)
{
    return x - lr * adadelta_d(g, e_next, u, eps);
}

real_t adadelta_u(real_t u, real_t g, real_t e_next, real_t rho, real_t eps)
{
    real_t d = adadelta_d(g, e_next, u, eps);
    return rho * u + (1 - rho) * (d * d);
}

void adadelta_step(size_t n, real_t *x, const real_t *g, real_t *e, real_t *u, struct adadelta h)
{
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant state:  \forall integer j; 0 <= j < n ==> 0 <= e[j] && 0 <= u[j];
        loop invariant range:  \forall integer j; 0 <= j < i ==>
          finite_in(x[j], -0x1p41, 0x1p41) && finite_in(e[j], 0, 0x1p21) && finite_in(u[j], 0, 0x1p81);
        loop invariant e: \forall integer j; 0 <= j < i ==>
          computes(e[j], adadelta_e(\at(e[j], Pre), g[j], h.rho), 3.15e+6);
        loop invariant x: \forall integer j; 0 <= j < i ==>
          bounded(adadelta_d(g[j], e[j], \at(u[j], Pre), h.eps), 8) ==>
          computes(x[j], adadelta_x(\at(x[j], Pre), g[j], e[j], \at(u[j], Pre), h.lr, h.eps), 1074);
        loop invariant u: \forall integer j; 0 <= j < i ==>
          bounded(adadelta_d(g[j], e[j], \at(u[j], Pre), h.eps), 8) ==>
          computes(u[j], adadelta_u(\at(u[j], Pre), g[j], e[j], h.rho, h.eps), 1.05e+6);
        loop invariant todo: \forall integer j; i <= j < n ==>
          same(x[j], \at(x[j], Pre)) && same(e[j], \at(e[j], Pre)) && same(u[j], \at(u[j], Pre));
        loop assigns i, x[0 .. n - 1], e[0 .. n - 1], u[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        e[i] = adadelta_e(e[i], g[i], h.rho);
        x[i] = adadelta_x(x[i], g[i], e[i], u[i], h.lr, h.eps);
        u[i] = adadelta_u(u[i], g[i], e[i], h.rho, h.eps);
    }
}
