#include "rules/gradient/sgdm_torch.h"

real_t sgdm_torch_g(real_t x, real_t g, real_t weight_decay)
{
    return g + weight_decay * x;
}

real_t sgdm_torch_b(real_t x, real_t g, real_t b, uint64_t t, real_t momentum, real_t dampening,
                    real_t weight_decay)
{
    real_t d = sgdm_torch_g(x, g, weight_decay);
    return t == 1 ? d : momentum * b + (1 - dampening) * d;
}

real_t sgdm_torch_x(real_t x, real_t g, real_t b_next, real_t lr, real_t momentum,
                    real_t weight_decay, real_t nesterov)
{
    real_t d = sgdm_torch_g(x, g, weight_decay);
    real_t ahead = d + momentum * b_next;
    real_t step = momentum == 0 ? d : (nesterov == 1 ? ahead : b_next);
    // The provers do not see the branches of ?: by themselves.
    /*@ assert step: momentum == 0 && step == d || momentum != 0 && nesterov == 1 && step == ahead ||
                     momentum != 0 && nesterov != 1 && step == b_next; */
    return x - lr * step;
}

void sgdm_torch_step(size_t n, real_t *x, const real_t *g, real_t *b, uint64_t t,
                     struct sgdm_torch h)
{
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant range: \forall integer j; 0 <= j < i ==>
          finite_in(x[j], -0x1p13, 0x1p13) && finite_in(b[j], -0x1p12, 0x1p12);
        loop invariant b: \forall integer j; 0 <= j < i ==>
          computes(b[j], sgdm_torch_b(\at(x[j], Pre), g[j], \at(b[j], Pre), t, h.momentum, h.dampening,
                                      h.weight_decay), 6144);
        loop invariant x: \forall integer j; 0 <= j < i ==>
          computes(x[j], sgdm_torch_x(\at(x[j], Pre), g[j], b[j], h.lr, h.momentum, h.weight_decay,
                                      h.nesterov), 15872);
        loop invariant todo: \forall integer j; i <= j < n ==>
          same(x[j], \at(x[j], Pre)) && same(b[j], \at(b[j], Pre));
        loop assigns i, x[0 .. n - 1], b[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        b[i] = sgdm_torch_b(x[i], g[i], b[i], t, h.momentum, h.dampening, h.weight_decay);
        x[i] = sgdm_torch_x(x[i], g[i], b[i], h.lr, h.momentum, h.weight_decay, h.nesterov);
    }
}
