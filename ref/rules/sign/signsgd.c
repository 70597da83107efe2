#include "rules/sign/signsgd.h"

#include "compare.h"

real_t signsgd_x(real_t x, real_t g, real_t lr)
{
    real_t direction = real_sign(g);
    real_t step = direction * lr;
    //@ assert step: computes(step, direction * lr, 1);
    real_t x_next = x - step;
    //@ assert x: computes(x_next, x - step, 1024);
    return x_next;
}

void signsgd_step(size_t n, real_t *x, const real_t *g, struct signsgd h)
{
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant range: \forall integer j; 0 <= j < i ==> finite_in(x[j], -0x1p11, 0x1p11);
        loop invariant x: \forall integer j; 0 <= j < i ==>
          computes(x[j], signsgd_x(\at(x[j], Pre), g[j], h.lr), 1025);
        loop invariant todo: \forall integer j; i <= j < n ==> same(x[j], \at(x[j], Pre));
        loop assigns i, x[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        x[i] = signsgd_x(x[i], g[i], h.lr);
    }
}
