/* Polyak's heavy ball. */
#ifndef GOLDSTEP_HEAVY_BALL_H
#define GOLDSTEP_HEAVY_BALL_H

#include "real.h"
#include "rules/gradient/heavy_ball.acsl"

struct heavy_ball {
    real_t lr, beta;
};

/*@ requires domain: heavy_ball_domain(lr, beta);
    requires range:  finite_in(x, -0x1p10, 0x1p10) && finite_in(g, -0x1p10, 0x1p10) &&
                     finite_in(x_prev, -0x1p10, 0x1p10) && finite_in(lr, 0, 1) && finite_in(beta, 0, 1);
    assigns \nothing;
    ensures range:   finite_in(\result, -0x1p12, 0x1p12);
    ensures result:  computes(\result, heavy_ball_x(x, g, x_prev, lr, beta), 5632); */
real_t heavy_ball_x(real_t x, real_t g, real_t x_prev, real_t lr, real_t beta);

/*@ requires range: finite_in(x, -0x1p10, 0x1p10);
    assigns \nothing;
    ensures range:  finite_in(\result, -0x1p10, 0x1p10);
    ensures result: \result == heavy_ball_x_prev(x); */
real_t heavy_ball_x_prev(real_t x);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) &&
                     \valid(x_prev + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), x_prev + (0 .. n - 1));
    requires domain: heavy_ball_domain(h.lr, h.beta);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(x[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(g[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(x_prev[i], -0x1p10, 0x1p10);
    requires range:  finite_in(h.lr, 0, 1) && finite_in(h.beta, 0, 1);
    assigns x[0 .. n - 1], x_prev[0 .. n - 1];
    ensures range:   \forall integer i; 0 <= i < n ==>
                       finite_in(x[i], -0x1p12, 0x1p12) && finite_in(x_prev[i], -0x1p10, 0x1p10);
    ensures x: \forall integer i; 0 <= i < n ==>
                 computes(x[i], heavy_ball_x(\old(x[i]), g[i], \old(x_prev[i]), h.lr, h.beta), 5632);
    ensures x_prev: \forall integer i; 0 <= i < n ==> x_prev[i] == heavy_ball_x_prev(\old(x[i])); */
void heavy_ball_step(size_t n, real_t *x, const real_t *g, real_t *x_prev, struct heavy_ball h);

#endif
