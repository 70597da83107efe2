#include "rules/adadelta/adadelta_torch.h"

real_t adadelta_torch_g(real_t x, real_t g, real_t weight_decay)
{
    return g + weight_decay * x;
}

real_t adadelta_torch_e(real_t x, real_t e, real_t g, real_t rho, real_t weight_decay)
{
    return adadelta_e(e, adadelta_torch_g(x, g, weight_decay), rho);
}

real_t adadelta_torch_x(real_t x, real_t g, real_t e_next, real_t u, real_t lr, real_t eps,
                        real_t weight_decay)
{
    real_t d = adadelta_torch_g(x, g, weight_decay);
    /*@ assert moved: bounded(adadelta_ratio(e_next, u, eps), 64) ==>
                      computes(adadelta_d(d, e_next, u, eps),
                               adadelta_d(adadelta_torch_g(x, g, weight_decay), e_next, u, eps), 49153); */
    real_t x_next = adadelta_x(x, d, e_next, u, lr, eps);
    return x_next;
}

real_t adadelta_torch_u(real_t x, real_t u, real_t g, real_t e_next, real_t rho, real_t eps,
                        real_t weight_decay)
{
    real_t d = adadelta_torch_g(x, g, weight_decay);
    /*@ assert moved: bounded(adadelta_ratio(e_next, u, eps), 64) ==>
                      computes(adadelta_d(d, e_next, u, eps),
                               adadelta_d(adadelta_torch_g(x, g, weight_decay), e_next, u, eps), 49153); */
    real_t u_next = adadelta_u(u, d, e_next, rho, eps);
    return u_next;
}

void adadelta_torch_step(size_t n, real_t *x, const real_t *g, real_t *e, real_t *u,
                         struct adadelta_torch h)
{
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant state:  \forall integer j; 0 <= j < n ==> 0 <= e[j] && 0 <= u[j];
        loop invariant range:  \forall integer j; 0 <= j < i ==>
          finite_in(x[j], -0x1p41, 0x1p41) && finite_in(e[j], 0, 0x1p21) && finite_in(u[j], 0, 0x1p81);
        loop invariant e: \forall integer j; 0 <= j < i ==>
          computes(e[j],
                   adadelta_torch_e(\at(x[j], Pre), \at(e[j], Pre), g[j], h.rho, h.weight_decay), 4.73e+6);
        loop invariant x: \forall integer j; 0 <= j < i ==>
          bounded(adadelta_ratio(e[j], \at(u[j], Pre), h.eps), 64) ==>
          bounded(adadelta_d(adadelta_torch_g(\at(x[j], Pre), g[j], h.weight_decay), e[j], \at(u[j], Pre),
                             h.eps), 4) ==>
          computes(x[j], adadelta_torch_x(\at(x[j], Pre), g[j], e[j], \at(u[j], Pre), h.lr, h.eps,
                                           h.weight_decay), 50228);
        loop invariant u: \forall integer j; 0 <= j < i ==>
          bounded(adadelta_ratio(e[j], \at(u[j], Pre), h.eps), 64) ==>
          bounded(adadelta_d(adadelta_torch_g(\at(x[j], Pre), g[j], h.weight_decay), e[j], \at(u[j], Pre),
                             h.eps), 4) ==>
          computes(u[j], adadelta_torch_u(\at(x[j], Pre), \at(u[j], Pre), g[j], e[j], h.rho, h.eps,
                                          h.weight_decay), 1.45e+6);
        loop invariant todo: \forall integer j; i <= j < n ==>
          same(x[j], \at(x[j], Pre)) && same(e[j], \at(e[j], Pre)) && same(u[j], \at(u[j], Pre));
        loop assigns i, x[0 .. n - 1], e[0 .. n - 1], u[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        real_t e_next = adadelta_torch_e(x[i], e[i], g[i], h.rho, h.weight_decay);
        real_t u_next = adadelta_torch_u(x[i], u[i], g[i], e_next, h.rho, h.eps, h.weight_decay);
        x[i] = adadelta_torch_x(x[i], g[i], e_next, u[i], h.lr, h.eps, h.weight_decay);
        e[i] = e_next;
        u[i] = u_next;
    }
}
