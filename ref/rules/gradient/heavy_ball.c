#include "rules/gradient/heavy_ball.h"

real_t heavy_ball_x(real_t x, real_t g, real_t x_prev, real_t lr, real_t beta)
{
    return x - lr * g + beta * (x - x_prev);
}

real_t heavy_ball_x_prev(real_t x)
{
    return x;
}

void heavy_ball_step(size_t n, real_t *x, const real_t *g, real_t *x_prev, struct heavy_ball h)
{
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant range: \forall integer j; 0 <= j < i ==>
          finite_in(x[j], -0x1p12, 0x1p12) && finite_in(x_prev[j], -0x1p10, 0x1p10);
        loop invariant x: \forall integer j; 0 <= j < i ==>
          computes(x[j], heavy_ball_x(\at(x[j], Pre), g[j], \at(x_prev[j], Pre), h.lr, h.beta), 5632);
        loop invariant x_prev: \forall integer j; 0 <= j < i ==>
          x_prev[j] == heavy_ball_x_prev(\at(x[j], Pre));
        loop invariant todo: \forall integer j; i <= j < n ==>
          same(x[j], \at(x[j], Pre)) && same(x_prev[j], \at(x_prev[j], Pre));
        loop assigns i, x[0 .. n - 1], x_prev[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        real_t x_old = x[i];
        x[i] = heavy_ball_x(x_old, g[i], x_prev[i], h.lr, h.beta);
        x_prev[i] = heavy_ball_x_prev(x_old);
    }
}
