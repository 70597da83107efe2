#include "rules/gradient/gd.h"

real_t gd_x(real_t x, real_t g, real_t lr)
{
    return x - lr * g;
}

void gd_step(size_t n, real_t *x, const real_t *g, struct gd h)
{
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant range: \forall integer j; 0 <= j < i ==> finite_in(x[j], -0x1p11, 0x1p11);
        loop invariant x: \forall integer j; 0 <= j < i ==>
          computes(x[j], gd_x(\at(x[j], Pre), g[j], h.lr), 1536);
        loop invariant todo: \forall integer j; i <= j < n ==> same(x[j], \at(x[j], Pre));
        loop assigns i, x[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        x[i] = gd_x(x[i], g[i], h.lr);
    }
}
