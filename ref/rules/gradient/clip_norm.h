/* Stochastic gradient descent with the gradient clipped to a largest norm. */
#ifndef GOLDSTEP_CLIP_NORM_H
#define GOLDSTEP_CLIP_NORM_H

#include "real.h"
#include "vector.h"
#include "rules/gradient/clip_norm.acsl"

struct clip_norm {
    real_t lr, max_norm;
};

/*@ requires domain: 0 < max_norm;
    requires range:  finite_in(gnorm, 0, 0x1p40) && finite_in(max_norm, 0x1p-30, 0x1p20);
    assigns \nothing;
    ensures bound:   0 <= gnorm ==> 0 <= \result <= 1;
    ensures range:   finite_in(\result, 0, 1);
    ensures result:  computes(\result, clip_norm_scale(gnorm, max_norm), 0.5); */
real_t clip_norm_scale(real_t gnorm, real_t max_norm);

/*@ requires domain: clip_norm_domain(lr, max_norm);
    requires range:  finite_in(x, -0x1p10, 0x1p10) && finite_in(g, -0x1p10, 0x1p10) &&
                     finite_in(gnorm, 0, 0x1p40) && finite_in(lr, 0, 1) &&
                     finite_in(max_norm, 0x1p-30, 0x1p20);
    assigns \nothing;
    ensures range:   finite_in(\result, -0x1p11, 0x1p11);
    ensures result:  computes(\result, clip_norm_x(x, g, gnorm, lr, max_norm), 2560); */
real_t clip_norm_x(real_t x, real_t g, real_t gnorm, real_t lr, real_t max_norm);

/* The step, once the norm is known: gnorm. */
/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1));
    requires domain: clip_norm_domain(lr, max_norm);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(x[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(g[i], -0x1p10, 0x1p10);
    requires range:  finite_in(gnorm, 0, 0x1p40) && finite_in(lr, 0, 1) &&
                     finite_in(max_norm, 0x1p-30, 0x1p20);
    assigns x[0 .. n - 1];
    ensures range:   \forall integer i; 0 <= i < n ==> finite_in(x[i], -0x1p11, 0x1p11);
    ensures x: \forall integer i; 0 <= i < n ==>
                 computes(x[i], clip_norm_x(\old(x[i]), g[i], gnorm, lr, max_norm), 2560); */
void clip_norm_descend(size_t n, real_t *x, const real_t *g, real_t gnorm, real_t lr,
                       real_t max_norm);

/* `near`: all coordinates are computed with one gnorm that is near the exact one. */
/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1));
    requires domain: clip_norm_domain(h.lr, h.max_norm);
    requires size:   bounded(n, 0x1p20);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(x[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(g[i], -0x1p10, 0x1p10);
    requires range:  finite_in(h.lr, 0, 1) && finite_in(h.max_norm, 0x1p-30, 0x1p20);
    assigns x[0 .. n - 1];
    ensures range:   \forall integer i; 0 <= i < n ==> finite_in(x[i], -0x1p11, 0x1p11);
    ensures x: \forall integer i; 0 <= i < n ==> over_reals(
                 x[i] == clip_norm_x(\old(x[i]), g[i], \old(norm2(g, n)), h.lr, h.max_norm));
    ensures near: \exists real_t gnorm; norm_near{Old}(gnorm, g, n) &&
                    (\forall integer i; 0 <= i < n ==>
                       computes(x[i], clip_norm_x(\old(x[i]), g[i], gnorm, h.lr, h.max_norm), 2560)); */
void clip_norm_step(size_t n, real_t *x, const real_t *g, struct clip_norm h);

#endif
