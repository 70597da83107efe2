#include "rules/gradient/clip_norm.h"

real_t clip_norm_scale(real_t gnorm, real_t max_norm)
{
    if (gnorm <= max_norm) {
        return 1;
    }
    //@ assert range: finite_in(gnorm, 0x1p-30, 0x1p40) && bounded(max_norm / gnorm, 1);
    return max_norm / gnorm;
}

real_t clip_norm_x(real_t x, real_t g, real_t gnorm, real_t lr, real_t max_norm)
{
    real_t clipped = g; // times 1, which the provers do not see to be exact
    if (gnorm > max_norm) {
        real_t scale = clip_norm_scale(gnorm, max_norm);
        //@ assert scale: computes(scale, max_norm / gnorm, 0.5);
        clipped = scale * g;
    }
    return x - lr * clipped;
}

void clip_norm_descend(size_t n, real_t *x, const real_t *g, real_t gnorm, real_t lr,
                       real_t max_norm)
{
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant range: \forall integer j; 0 <= j < i ==> finite_in(x[j], -0x1p11, 0x1p11);
        loop invariant x: \forall integer j; 0 <= j < i ==>
          computes(x[j], clip_norm_x(\at(x[j], Pre), g[j], gnorm, lr, max_norm), 2560);
        loop invariant todo: \forall integer j; i <= j < n ==> same(x[j], \at(x[j], Pre));
        loop assigns i, x[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        x[i] = clip_norm_x(x[i], g[i], gnorm, lr, max_norm);
    }
}

void clip_norm_step(size_t n, real_t *x, const real_t *g, struct clip_norm h)
{
    clip_norm_descend(n, x, g, vector_norm2(n, g), h.lr, h.max_norm);
}
