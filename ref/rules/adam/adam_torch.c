#include "rules/adam/adam_torch.h"

real_t adam_torch_g(real_t x, real_t g, real_t weight_decay)
{
    return g + weight_decay * x;
}

real_t adam_torch_m(real_t x, real_t m, real_t g, real_t beta1, real_t weight_decay)
{
    return adam_m(m, adam_torch_g(x, g, weight_decay), beta1);
}

real_t adam_torch_v(real_t x, real_t v, real_t g, real_t beta2, real_t weight_decay)
{
    return adam_v(v, adam_torch_g(x, g, weight_decay), beta2);
}

void adam_torch_step(size_t n, real_t *x, const real_t *g, real_t *m, real_t *v, uint64_t t,
                     struct adam_torch h)
{
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant state:  \forall integer j; 0 <= j < n ==> 0 <= v[j];
        loop invariant range:  \forall integer j; 0 <= j < i ==>
          finite_in(x[j], -0x1p61, 0x1p61) && finite_in(m[j], -0x1p11, 0x1p11) && finite_in(v[j], 0, 0x1p21);
        loop invariant m: \forall integer j; 0 <= j < i ==>
          computes(m[j], adam_torch_m(\at(x[j], Pre), \at(m[j], Pre), g[j], h.beta1, h.weight_decay), 3330);
        loop invariant v: \forall integer j; 0 <= j < i ==>
          computes(v[j], adam_torch_v(\at(x[j], Pre), \at(v[j], Pre), g[j], h.beta2, h.weight_decay), 4.8e+6);
        loop invariant x: \forall integer j; 0 <= j < i ==>
          bounded(adam_update(m[j], v[j], t, h.lr, h.beta1, h.beta2, h.eps), 8) ==>
          computes(x[j], adam_x(\at(x[j], Pre), m[j], v[j], t, h.lr, h.beta1, h.beta2, h.eps), 1.12e+5);
        loop invariant todo: \forall integer j; i <= j < n ==>
          same(x[j], \at(x[j], Pre)) && same(m[j], \at(m[j], Pre)) && same(v[j], \at(v[j], Pre));
        loop assigns i, x[0 .. n - 1], m[0 .. n - 1], v[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        m[i] = adam_torch_m(x[i], m[i], g[i], h.beta1, h.weight_decay);
        v[i] = adam_torch_v(x[i], v[i], g[i], h.beta2, h.weight_decay);
        x[i] = adam_x(x[i], m[i], v[i], t, h.lr, h.beta1, h.beta2, h.eps);
    }
}
