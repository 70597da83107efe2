#include "rules/adagrad/adagrad_torch.h"

real_t adagrad_torch_g(real_t x, real_t g, real_t weight_decay)
{
    return g + weight_decay * x;
}

real_t adagrad_torch_rate(uint64_t t, real_t lr, real_t lr_decay)
{
    return lr / (1 + (real_t)(t - 1) * lr_decay);
}

void adagrad_torch_step(size_t n, real_t *x, const real_t *g, real_t *s, uint64_t t,
                        struct adagrad_torch h)
{
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant state:  \forall integer j; 0 <= j < n ==> 0 <= s[j];
        loop invariant s: \forall integer j; 0 <= j < i ==>
          s[j] == adagrad_torch_s(\at(x[j], Pre), \at(s[j], Pre), g[j], h.weight_decay);
        loop invariant x: \forall integer j; 0 <= j < i ==>
          x[j] == adagrad_torch_x(\at(x[j], Pre), g[j], s[j], t, h.lr, h.lr_decay, h.weight_decay, h.eps);
        loop invariant todo: \forall integer j; i <= j < n ==> x[j] == \at(x[j], Pre) && s[j] == \at(s[j], Pre);
        loop assigns i, x[0 .. n - 1], s[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        real_t d = adagrad_torch_g(x[i], g[i], h.weight_decay);
        s[i] = adagrad_s(s[i], d);
        x[i] = adagrad_x(x[i], d, s[i], adagrad_torch_rate(t, h.lr, h.lr_decay), h.eps);
    }
}
