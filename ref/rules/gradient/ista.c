#include "rules/gradient/ista.h"

real_t ista_prox_l1(real_t z, real_t threshold)
{
    return z > threshold ? z - threshold : (z < -threshold ? z + threshold : 0);
}

real_t ista_x(real_t x, real_t g, real_t lr, real_t l1)
{
    return ista_prox_l1(x - lr * g, lr * l1);
}

void ista_step(size_t n, real_t *x, const real_t *g, struct ista h)
{
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant x: \forall integer j; 0 <= j < i ==>
          x[j] == ista_x(\at(x[j], Pre), g[j], h.lr, h.l1);
        loop invariant todo: \forall integer j; i <= j < n ==> x[j] == \at(x[j], Pre);
        loop assigns i, x[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        x[i] = ista_x(x[i], g[i], h.lr, h.l1);
    }
}
