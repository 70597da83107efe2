/* AdaMax as in PyTorch. */
#ifndef GOLDSTEP_ADAMAX_TORCH_H
#define GOLDSTEP_ADAMAX_TORCH_H

#include "real.h"
#include "rules/adam/adamax.h"
#include "rules/adam/adamax_torch.acsl"

struct adamax_torch {
    real_t lr, beta1, beta2, eps, weight_decay;
};

/*@ requires range: finite_in(x, -0x1p10, 0x1p10) && finite_in(g, -0x1p9, 0x1p9) &&
                    finite_in(weight_decay, 0, 0.5);
    assigns \nothing;
    ensures range:  finite_in(\result, -0x1p10, 0x1p10);
    ensures result: computes(\result, adamax_torch_g(x, g, weight_decay), 768); */
real_t adamax_torch_g(real_t x, real_t g, real_t weight_decay);

/*@ requires range: finite_in(x, -0x1p10, 0x1p10) && finite_in(m, -0x1p10, 0x1p10) &&
                    finite_in(g, -0x1p9, 0x1p9) && finite_in(beta1, 0, 0x1.fff8p-1) &&
                    finite_in(weight_decay, 0, 0.5);
    assigns \nothing;
    ensures range:  finite_in(\result, -0x1p11, 0x1p11);
    ensures result: computes(\result, adamax_torch_m(x, m, g, beta1, weight_decay), 3330); */
real_t adamax_torch_m(real_t x, real_t m, real_t g, real_t beta1, real_t weight_decay);

/*@ requires range: finite_in(x, -0x1p10, 0x1p10) && finite_in(u, 0, 0x1p10) &&
                    finite_in(g, -0x1p9, 0x1p9) && finite_in(beta2, 0, 0x1.fff8p-1) &&
                    finite_in(eps, 0x1p-30, 1) && finite_in(weight_decay, 0, 0.5);
    assigns \nothing;
    ensures sign:   0 <= eps ==> 0 <= \result;
    ensures floor:  over_reals(eps <= \result);
    ensures range:  finite_in(\result, 0, 0x1p11) && finite_in(\result, 0x1p-31, 0x1p11);
    ensures result: computes(\result, adamax_torch_u(x, u, g, beta2, eps, weight_decay), 1792); */
real_t adamax_torch_u(real_t x, real_t u, real_t g, real_t beta2, real_t eps, real_t weight_decay);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) &&
                     \valid(m + (0 .. n - 1)) && \valid(u + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), m + (0 .. n - 1), u + (0 .. n - 1));
    requires domain: adamax_torch_domain(h.lr, h.beta1, h.beta2, h.eps, h.weight_decay);
    requires state:  \forall integer i; 0 <= i < n ==> 0 <= u[i];
    requires step:   1 <= t;
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(x[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(g[i], -0x1p9, 0x1p9);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(m[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(u[i], 0, 0x1p10);
    requires range:  finite_in(h.lr, 0, 1) && finite_in(h.beta1, 0, 0x1.fff8p-1) &&
                     finite_in(h.beta2, 0, 0x1.fff8p-1) && finite_in(h.eps, 0x1p-30, 1) &&
                     finite_in(h.weight_decay, 0, 0.5);
    assigns x[0 .. n - 1], m[0 .. n - 1], u[0 .. n - 1];
    ensures state:   \forall integer i; 0 <= i < n ==> 0 <= u[i];
    ensures range:   \forall integer i; 0 <= i < n ==>
                       finite_in(x[i], -0x1p61, 0x1p61) && finite_in(m[i], -0x1p11, 0x1p11) &&
                       finite_in(u[i], 0, 0x1p11) && finite_in(u[i], 0x1p-31, 0x1p11);
    ensures m: \forall integer i; 0 <= i < n ==>
                 computes(m[i], adamax_torch_m(\old(x[i]), \old(m[i]), g[i], h.beta1, h.weight_decay), 3330);
    ensures u: \forall integer i; 0 <= i < n ==>
                 computes(u[i], adamax_torch_u(\old(x[i]), \old(u[i]), g[i], h.beta2, h.eps, h.weight_decay), 1792);
    ensures x: \forall integer i; 0 <= i < n ==>
                 (0 < u[i] ==> bounded(adamax_update(m[i], u[i], t, h.lr, h.beta1), 8)) ==>
                 computes(x[i], adamax_x(\old(x[i]), m[i], u[i], t, h.lr, h.beta1), 7.34e+4); */
void adamax_torch_step(size_t n, real_t *x, const real_t *g, real_t *m, real_t *u, uint64_t t,
                       struct adamax_torch h);

#endif
