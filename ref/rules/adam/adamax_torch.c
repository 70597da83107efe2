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
    real_t decayed = beta2 * u;
    real_t size = real_abs(adamax_torch_g(x, g, weight_decay));
    //@ assert range: finite_in(decayed, 0, 0x1p10) && finite_in(size, 0, 0x1p10);
    real_t raised = eps + size;
    //@ assert decayed: computes(decayed, beta2 * u, 512);
    //@ assert raised:  computes(raised, size + eps, 1024);
    //@ assert range:   finite_in(raised, 0x1p-30, 0x1p11);
    return real_max(decayed, raised);
}

void adamax_torch_step(size_t n, real_t *x, const real_t *g, real_t *m, real_t *u, uint64_t t,
                       struct adamax_torch h)
{
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant input:  \forall integer j; 0 <= j < n ==> same(g[j], \at(g[j], Pre));
        loop invariant state:  \forall integer j; 0 <= j < n ==> 0 <= u[j];
        loop invariant range:  \forall integer j; 0 <= j < i ==>
          finite_in(x[j], -0x1p61, 0x1p61) && finite_in(m[j], -0x1p11, 0x1p11) &&
          finite_in(u[j], 0, 0x1p11) && finite_in(u[j], 0x1p-31, 0x1p11);
        loop invariant m: \forall integer j; 0 <= j < i ==>
          computes(m[j], adamax_torch_m(\at(x[j], Pre), \at(m[j], Pre), g[j], h.beta1, h.weight_decay), 3330);
        loop invariant u: \forall integer j; 0 <= j < i ==>
          computes(u[j], adamax_torch_u(\at(x[j], Pre), \at(u[j], Pre), g[j], h.beta2, h.eps, h.weight_decay), 1792);
        loop invariant x: \forall integer j; 0 <= j < i ==>
          (0 < u[j] ==> bounded(adamax_update(m[j], u[j], t, h.lr, h.beta1), 8)) ==>
          computes(x[j], adamax_x(\at(x[j], Pre), m[j], u[j], t, h.lr, h.beta1), 7.34e+4);
        loop invariant todo: \forall integer j; i <= j < n ==>
          same(x[j], \at(x[j], Pre)) && same(m[j], \at(m[j], Pre)) && same(u[j], \at(u[j], Pre));
        loop assigns i, x[0 .. n - 1], m[0 .. n - 1], u[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        m[i] = adamax_torch_m(x[i], m[i], g[i], h.beta1, h.weight_decay);
        u[i] = adamax_torch_u(x[i], u[i], g[i], h.beta2, h.eps, h.weight_decay);
        x[i] = adamax_x(x[i], m[i], u[i], t, h.lr, h.beta1);
    }
}
