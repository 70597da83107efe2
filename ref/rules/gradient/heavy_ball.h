/* Polyak's heavy ball. */
#ifndef GOLDSTEP_HEAVY_BALL_H
#define GOLDSTEP_HEAVY_BALL_H

#include "real.h"
#include "rules/gradient/heavy_ball.acsl"

struct heavy_ball {
    real_t lr, beta;
};

/*@ requires domain: heavy_ball_domain(lr, beta);
    assigns \nothing;
    behavior reals:
      ensures result: \result == heavy_ball_x(x, g, x_prev, lr, beta);
    behavior binary64:
      assumes range:  finite_in(x, -0x1p20, 0x1p20) &&
                      finite_in(g, -0x1p10, 0x1p10) &&
                      finite_in(x_prev, -0x1p20, 0x1p20) &&
                      finite_in(lr, 0, 1) &&
                      finite_in(beta, 0, 1);
      ensures finite: \is_finite(\result);
      ensures error:  within(\result, heavy_ball_x(x, g, x_prev, lr, beta), 0x1p-29); */
real_t heavy_ball_x(real_t x, real_t g, real_t x_prev, real_t lr, real_t beta);

/*@ assigns \nothing;
    ensures result: \result == heavy_ball_x_prev(x); */
real_t heavy_ball_x_prev(real_t x);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) &&
                     \valid(x_prev + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), x_prev + (0 .. n - 1));
    requires domain: heavy_ball_domain(h.lr, h.beta);
    assigns x[0 .. n - 1], x_prev[0 .. n - 1];
    behavior reals:
      ensures x: \forall integer i; 0 <= i < n ==>
                   x[i] == heavy_ball_x(\old(x[i]), g[i], \old(x_prev[i]), h.lr, h.beta);
      ensures x_prev: \forall integer i; 0 <= i < n ==> x_prev[i] == heavy_ball_x_prev(\old(x[i])); */
void heavy_ball_step(size_t n, real_t *x, const real_t *g, real_t *x_prev, struct heavy_ball h);

#endif
