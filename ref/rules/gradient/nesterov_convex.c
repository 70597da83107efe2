#include "rules/gradient/nesterov_convex.h"

real_t nesterov_convex_s(real_t s)
{
    real_t root = real_sqrt(1 + 4 * (s * s));
    //@ assert root: 1 <= root;
    return (1 + root) / 2;
}

real_t nesterov_convex_x(real_t y, real_t g, real_t lr)
{
    return y - lr * g;
}

real_t nesterov_convex_y(real_t x, real_t x_next, real_t s, real_t s_next)
{
    return x_next + (s - 1) / s_next * (x_next - x);
}

void nesterov_convex_step(size_t n, real_t *x, const real_t *g, real_t *y, real_t *s,
                          struct nesterov_convex h)
{
    real_t s_next = nesterov_convex_s(*s);
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant x: \forall integer j; 0 <= j < i ==>
          x[j] == nesterov_convex_x(\at(y[j], Pre), g[j], h.lr);
        loop invariant y: \forall integer j; 0 <= j < i ==>
          y[j] == nesterov_convex_y(\at(x[j], Pre), x[j], \at(*s, Pre), s_next);
        loop invariant todo: \forall integer j; i <= j < n ==>
          x[j] == \at(x[j], Pre) && y[j] == \at(y[j], Pre);
        loop assigns i, x[0 .. n - 1], y[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        real_t x_next = nesterov_convex_x(y[i], g[i], h.lr);
        y[i] = nesterov_convex_y(x[i], x_next, *s, s_next);
        x[i] = x_next;
    }
    *s = s_next;
}
