/* PyTorch's SGD. */
#ifndef GOLDSTEP_SGDM_TORCH_H
#define GOLDSTEP_SGDM_TORCH_H

#include "real.h"
#include "rules/gradient/sgdm_torch.acsl"

struct sgdm_torch {
    real_t lr, momentum, dampening, weight_decay, nesterov;
};

/*@ requires range: finite_in(x, -0x1p10, 0x1p10) && finite_in(g, -0x1p10, 0x1p10) &&
                    finite_in(weight_decay, 0, 1);
    assigns \nothing;
    ensures range:  finite_in(\result, -0x1p11, 0x1p11);
    ensures result: computes(\result, sgdm_torch_g(x, g, weight_decay), 1536); */
real_t sgdm_torch_g(real_t x, real_t g, real_t weight_decay);

/*@ requires step:  1 <= t;
    requires range: finite_in(x, -0x1p10, 0x1p10) && finite_in(g, -0x1p10, 0x1p10) &&
                    finite_in(b, -0x1p10, 0x1p10) && finite_in(momentum, 0, 1) &&
                    finite_in(dampening, 0, 1) && finite_in(weight_decay, 0, 1);
    assigns \nothing;
    ensures range:  finite_in(\result, -0x1p12, 0x1p12);
    ensures result: computes(\result, sgdm_torch_b(x, g, b, t, momentum, dampening, weight_decay), 6144); */
real_t sgdm_torch_b(real_t x, real_t g, real_t b, uint64_t t, real_t momentum, real_t dampening,
                    real_t weight_decay);

/*@ requires range: finite_in(x, -0x1p10, 0x1p10) && finite_in(g, -0x1p10, 0x1p10) &&
                    finite_in(b_next, -0x1p12, 0x1p12) && finite_in(lr, 0, 1) && finite_in(momentum, 0, 1) &&
                    finite_in(weight_decay, 0, 1) && finite_in(nesterov, 0, 1);
    assigns \nothing;
    ensures range:  finite_in(\result, -0x1p13, 0x1p13);
    ensures result: computes(\result, sgdm_torch_x(x, g, b_next, lr, momentum, weight_decay, nesterov),
                             15872); */
real_t sgdm_torch_x(real_t x, real_t g, real_t b_next, real_t lr, real_t momentum,
                    real_t weight_decay, real_t nesterov);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) &&
                     \valid(b + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), b + (0 .. n - 1));
    requires domain: sgdm_torch_domain(h.lr, h.momentum, h.dampening, h.weight_decay, h.nesterov);
    requires step:   1 <= t;
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(x[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(g[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(b[i], -0x1p10, 0x1p10);
    requires range:  finite_in(h.lr, 0, 1) && finite_in(h.momentum, 0, 1) && finite_in(h.dampening, 0, 1) &&
                     finite_in(h.weight_decay, 0, 1) && finite_in(h.nesterov, 0, 1);
    assigns x[0 .. n - 1], b[0 .. n - 1];
    ensures range:   \forall integer i; 0 <= i < n ==>
                       finite_in(x[i], -0x1p13, 0x1p13) && finite_in(b[i], -0x1p12, 0x1p12);
    ensures b: \forall integer i; 0 <= i < n ==>
                 computes(b[i], sgdm_torch_b(\old(x[i]), g[i], \old(b[i]), t, h.momentum, h.dampening,
                                             h.weight_decay), 6144);
    ensures x: \forall integer i; 0 <= i < n ==>
                 computes(x[i], sgdm_torch_x(\old(x[i]), g[i], b[i], h.lr, h.momentum, h.weight_decay,
                                             h.nesterov), 15872); */
void sgdm_torch_step(size_t n, real_t *x, const real_t *g, real_t *b, uint64_t t,
                     struct sgdm_torch h);

#endif
