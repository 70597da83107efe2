#include "rules/gradient/ista.h"

real_t ista_prox_l1(real_t z, real_t threshold)
{
    real_t down = z - threshold;
    real_t up = threshold + z;
    //@ assert down: 0 <= z ==> finite_in(down, -1, 0x1p11) && computes(down, z - threshold, 1024);
    //@ assert up: z <= 0 ==> finite_in(up, -0x1p11, 1) && computes(up, threshold + z, 1024);
    return z > threshold ? down : (z < -threshold ? up : 0);
}

real_t ista_x(real_t x, real_t g, real_t lr, real_t l1)
{
    real_t z = x - lr * g;
    real_t threshold = lr * l1;
    //@ assert z: computes(z, ista_z(x, g, lr), 1536);
    //@ assert threshold: computes(threshold, ista_threshold(lr, l1), 1);
    return ista_prox_l1(z, threshold);
}

void ista_step(size_t n, real_t *x, const real_t *g, struct ista h)
{
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant range: \forall integer j; 0 <= j < i ==> finite_in(x[j], -0x1p11, 0x1p11);
        loop invariant x: \forall integer j; 0 <= j < i ==>
          computes(x[j], ista_x(\at(x[j], Pre), g[j], h.lr, h.l1), 2561);
        loop invariant todo: \forall integer j; i <= j < n ==> same(x[j], \at(x[j], Pre));
        loop assigns i, x[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        x[i] = ista_x(x[i], g[i], h.lr, h.l1);
    }
}
