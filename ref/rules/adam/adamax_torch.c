#include "rules/adam/adamax_torch.h"

#include "compare.h"

real_t adamax_torch_g(real_t x, real_t g, real_t weight_decay)
{
    return g + weight_decay * x;
}

real_t adamax_torch_m(real_t x, real_t m, real_t g, real_t beta1, real_t weight_decay)
{
    return adamax_m(m, adamax_torch_g(x, g, weight_decay), beta1);
}

real_t adamax_torch_u(real_t x, real_t u, real_t g, real_t beta2, real_t eps, real_t weight_decay)
{
    return real_max(beta2 * u, real_abs(adamax_torch_g(x, g, weight_decay)) + eps);
}

void adamax_torch_step(size_t n, real_t *x, const real_t *g, real_t *m, real_t *u, uint64_t t,
                       struct adamax_torch h)
{
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant state:  \forall integer j; 0 <= j < n ==> 0 <= u[j];
        loop invariant m: \forall integer j; 0 <= j < i ==>
          m[j] == adamax_torch_m(\at(x[j], Pre), \at(m[j], Pre), g[j], h.beta1, h.weight_decay);
        loop invariant u: \forall integer j; 0 <= j < i ==>
          u[j] == adamax_torch_u(\at(x[j], Pre), \at(u[j], Pre), g[j], h.beta2, h.eps, h.weight_decay);
        loop invariant x: \forall integer j; 0 <= j < i ==>
          x[j] == adamax_x(\at(x[j], Pre), m[j], u[j], t, h.lr, h.beta1);
        loop invariant todo: \forall integer j; i <= j < n ==>
          x[j] == \at(x[j], Pre) && m[j] == \at(m[j], Pre) && u[j] == \at(u[j], Pre);
        loop assigns i, x[0 .. n - 1], m[0 .. n - 1], u[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        m[i] = adamax_torch_m(x[i], m[i], g[i], h.beta1, h.weight_decay);
        u[i] = adamax_torch_u(x[i], u[i], g[i], h.beta2, h.eps, h.weight_decay);
        x[i] = adamax_x(x[i], m[i], u[i], t, h.lr, h.beta1);
    }
}
