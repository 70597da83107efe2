#include "rules/gradient/clip_norm_torch.h"

#include "compare.h"

real_t clip_norm_torch_scale(real_t gnorm, real_t max_norm)
{
    real_t coefficient = max_norm / (gnorm + (real_t)1.0e-6);
    //@ assert sign: 0 <= coefficient;
    /*@ assert near: bounded(clip_norm_torch_coefficient(gnorm, max_norm), 1.01) ==>
          computes(coefficient, clip_norm_torch_coefficient(gnorm, max_norm), 3.5); */
    //@ assert far: 1.01 <= clip_norm_torch_coefficient(gnorm, max_norm) ==> 1 <= coefficient;
    return real_min(1, coefficient);
}

real_t clip_norm_torch_x(real_t x, real_t g, real_t gnorm, real_t lr, real_t max_norm)
{
    real_t scale = clip_norm_torch_scale(gnorm, max_norm);
    real_t next = x - lr * (scale * g);
    //@ assert bound: bounded(clip_norm_torch_scale(gnorm, max_norm), 1);
    /*@ assert any: \forall real exact; bounded(exact, 1) && computes(scale, exact, 3.5) ==>
          computes(next, clip_norm_torch_scaled(x, g, exact, lr), 5632); */
    return next;
}

void clip_norm_torch_descend(size_t n, real_t *x, const real_t *g, real_t gnorm, real_t lr,
                             real_t max_norm)
{
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant range: \forall integer j; 0 <= j < i ==> finite_in(x[j], -0x1p11, 0x1p11);
        loop invariant x: \forall integer j; 0 <= j < i ==>
          computes(x[j], clip_norm_torch_x(\at(x[j], Pre), g[j], gnorm, lr, max_norm), 5632);
        loop invariant todo: \forall integer j; i <= j < n ==> same(x[j], \at(x[j], Pre));
        loop assigns i, x[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        x[i] = clip_norm_torch_x(x[i], g[i], gnorm, lr, max_norm);
    }
}

void clip_norm_torch_step(size_t n, real_t *x, const real_t *g, struct clip_norm_torch h)
{
    clip_norm_torch_descend(n, x, g, vector_norm2(n, g), h.lr, h.max_norm);
}
