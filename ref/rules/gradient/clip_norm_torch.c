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
    return x - lr * (clip_norm_torch_scale(gnorm, max_norm) * g);
}

void clip_norm_torch_step(size_t n, real_t *x, const real_t *g, struct clip_norm_torch h)
{
    real_t gnorm = vector_norm2(n, g);
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant x: \forall integer j; 0 <= j < i ==>
          x[j] == clip_norm_torch_x(\at(x[j], Pre), g[j], gnorm, h.lr, h.max_norm);
        loop invariant todo: \forall integer j; i <= j < n ==> x[j] == \at(x[j], Pre);
        loop assigns i, x[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        x[i] = clip_norm_torch_x(x[i], g[i], gnorm, h.lr, h.max_norm);
    }
}
