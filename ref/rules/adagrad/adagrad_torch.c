#include "rules/adagrad/adagrad_torch.h"

real_t adagrad_torch_g(real_t x, real_t g, real_t weight_decay)
{
    return g + weight_decay * x;
}

real_t adagrad_torch_decayed(uint64_t past, real_t lr, real_t lr_decay)
{
    //@ assert cases: counts(past) && size_cases((real_t)past);
    real_t decay = (real_t)past * lr_decay;
    //@ assert product: size_cases(decay);
    return lr / (1 + decay);
}

real_t adagrad_torch_rate(uint64_t t, real_t lr, real_t lr_decay)
{
    return adagrad_torch_decayed(t - 1, lr, lr_decay);
}

real_t adagrad_torch_s(real_t x, real_t s, real_t g, real_t weight_decay)
{
    return adagrad_s(s, adagrad_torch_g(x, g, weight_decay));
}

real_t adagrad_torch_update(real_t x, real_t g, real_t s_next, uint64_t t, real_t lr,
                            real_t lr_decay, real_t weight_decay, real_t eps)
{
    real_t d = adagrad_torch_g(x, g, weight_decay);
    real_t rate = adagrad_torch_rate(t, lr, lr_decay);
    /*@ assert moved: bounded(0x1p-6, adagrad_torch_root(s_next, eps)) ==>
                      computes(adagrad_update(d, s_next, adagrad_torch_rate(t, lr, lr_decay), eps),
                               adagrad_torch_update(x, g, s_next, t, lr, lr_decay, weight_decay, eps), 49152); */
    real_t scaled = rate * d;
    //@ assert cases: sign_cases(scaled) && square_cases(s_next);
    real_t update = scaled / (real_sqrt(s_next) + eps);
    /*@ assert near: bounded(adagrad_update(d, s_next, adagrad_torch_rate(t, lr, lr_decay), eps), 9) ==>
                     computes(update, adagrad_update(d, s_next, adagrad_torch_rate(t, lr, lr_decay), eps), 72); */
    return update;
}

real_t adagrad_torch_x(real_t x, real_t g, real_t s_next, uint64_t t, real_t lr, real_t lr_decay,
                       real_t weight_decay, real_t eps)
{
    return x - adagrad_torch_update(x, g, s_next, t, lr, lr_decay, weight_decay, eps);
}

void adagrad_torch_step(size_t n, real_t *x, const real_t *g, real_t *s, uint64_t t,
                        struct adagrad_torch h)
{
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant state:  \forall integer j; 0 <= j < n ==> 0 <= s[j];
        loop invariant range:  \forall integer j; 0 <= j < i ==>
          finite_in(x[j], -0x1p61, 0x1p61) && finite_in(s[j], 0, 0x1p21);
        loop invariant s: \forall integer j; 0 <= j < i ==>
          computes(s[j], adagrad_torch_s(\at(x[j], Pre), \at(s[j], Pre), g[j], h.weight_decay), 3.16e+6);
        loop invariant x: \forall integer j; 0 <= j < i ==>
          bounded(0x1p-6, adagrad_torch_root(s[j], h.eps)) ==>
          bounded(adagrad_torch_update(\at(x[j], Pre), g[j], s[j], t, h.lr, h.lr_decay, h.weight_decay, h.eps),
                  8) ==>
          computes(x[j], adagrad_torch_x(\at(x[j], Pre), g[j], s[j], t, h.lr, h.lr_decay, h.weight_decay, h.eps),
                   50255);
        loop invariant todo: \forall integer j; i <= j < n ==>
          same(x[j], \at(x[j], Pre)) && same(s[j], \at(s[j], Pre));
        loop assigns i, x[0 .. n - 1], s[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        s[i] = adagrad_torch_s(x[i], s[i], g[i], h.weight_decay);
        x[i] = adagrad_torch_x(x[i], g[i], s[i], t, h.lr, h.lr_decay, h.weight_decay, h.eps);
    }
}
