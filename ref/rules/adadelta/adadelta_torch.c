#include "rules/adadelta/adadelta_torch.h"

real_t adadelta_torch_g(real_t x, real_t g, real_t weight_decay)
{
    return g + weight_decay * x;
}

void adadelta_torch_step(size_t n, real_t *x, const real_t *g, real_t *e, real_t *u,
                         struct adadelta_torch h)
{
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant state:  \forall integer j; 0 <= j < n ==> 0 <= e[j] && 0 <= u[j];
        loop invariant e: \forall integer j; 0 <= j < i ==>
          e[j] == adadelta_torch_e(\at(x[j], Pre), \at(e[j], Pre), g[j], h.rho, h.weight_decay);
        loop invariant x: \forall integer j; 0 <= j < i ==>
          x[j] == adadelta_torch_x(\at(x[j], Pre), g[j], e[j], \at(u[j], Pre), h.lr, h.eps, h.weight_decay);
        loop invariant u: \forall integer j; 0 <= j < i ==>
          u[j] == adadelta_torch_u(\at(x[j], Pre), \at(u[j], Pre), g[j], e[j], h.rho, h.eps, h.weight_decay);
        loop invariant todo: \forall integer j; i <= j < n ==> x[j] == \at(x[j], Pre) && e[j] == \at(e[j], Pre) &&
                                                               u[j] == \at(u[j], Pre);
        loop assigns i, x[0 .. n - 1], e[0 .. n - 1], u[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        real_t d = adadelta_torch_g(x[i], g[i], h.weight_decay);
        e[i] = adadelta_e(e[i], d, h.rho);
        x[i] = adadelta_x(x[i], d, e[i], u[i], h.lr, h.eps);
        u[i] = adadelta_u(u[i], d, e[i], h.rho, h.eps);
    }
}
