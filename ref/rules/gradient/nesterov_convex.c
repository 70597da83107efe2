#include "rules/gradient/nesterov_convex.h"

real_t nesterov_convex_s(real_t s)
{
    //@ assert whole: \sqrt(s * s) == s;
    //@ assert slope: bounded(s, \sqrt(1 + 4 * (s * s)));
    real_t root = real_sqrt(1 + 4 * (s * s));
    //@ assert root: 1 <= root;
    real_t s_next = (1 + root) / 2;
    //@ assert above: bounded(1 + s, 2 * nesterov_convex_s(s));
    //@ assert near: computes(s_next, nesterov_convex_s(s), 2.2e+6);
    //@ assert slower: bounded(s - 1, 2 * s_next);
    return s_next;
}

real_t nesterov_convex_x(real_t y, real_t g, real_t lr)
{
    return y - lr * g;
}

real_t nesterov_convex_y(real_t x, real_t x_next, real_t s, real_t s_next)
{
    //@ assert small: s <= 1 + 0x1p-60 || 1 + 0x1p-60 <= s;
    return x_next + (s - 1) / s_next * (x_next - x);
}

void nesterov_convex_step(size_t n, real_t *x, const real_t *g, real_t *y, real_t *s,
                          struct nesterov_convex h)
{
    real_t s_next = nesterov_convex_s(*s);
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant range: \forall integer j; 0 <= j < i ==>
          finite_in(x[j], -0x1p11, 0x1p11) && finite_in(y[j], -0x1p14, 0x1p14);
        loop invariant x: \forall integer j; 0 <= j < i ==>
          computes(x[j], nesterov_convex_x(\at(y[j], Pre), g[j], h.lr), 1536);
        loop invariant y: \forall integer j; 0 <= j < i ==>
          computes(y[j], nesterov_convex_y(\at(x[j], Pre), x[j], \at(*s, Pre), s_next), 2.87e+4);
        loop invariant todo: \forall integer j; i <= j < n ==>
          same(x[j], \at(x[j], Pre)) && same(y[j], \at(y[j], Pre));
        loop assigns i, x[0 .. n - 1], y[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        real_t x_next = nesterov_convex_x(y[i], g[i], h.lr);
        y[i] = nesterov_convex_y(x[i], x_next, *s, s_next);
        x[i] = x_next;
    }
    *s = s_next;
}
