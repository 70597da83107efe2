/* PyTorch's SGD. */
#ifndef GOLDSTEP_SGDM_TORCH_H
#define GOLDSTEP_SGDM_TORCH_H

#include "real.h"
#include "rules/gradient/sgdm_torch.acsl"

struct sgdm_torch {
    real_t lr, momentum, dampening, weight_decay, nesterov;
};

/*@ assigns \nothing;
    behavior reals:
      ensures result: \result == sgdm_torch_g(x, g, weight_decay);
    behavior binary64:
      assumes range:  finite_in(x, -0x1p20, 0x1p20) &&
                      finite_in(g, -0x1p10, 0x1p10) &&
                      finite_in(weight_decay, 0, 1);
      ensures finite: \is_finite(\result);
      ensures error:  within(\result, sgdm_torch_g(x, g, weight_decay), 0x1p-31); */
real_t sgdm_torch_g(real_t x, real_t g, real_t weight_decay);

/*@ requires step: 1 <= t;
    assigns \nothing;
    behavior reals:
      ensures result: \result == sgdm_torch_b(x, g, b, t, momentum, dampening, weight_decay); */
real_t sgdm_torch_b(real_t x, real_t g, real_t b, uint64_t t, real_t momentum, real_t dampening,
                    real_t weight_decay);

/*@ assigns \nothing;
    behavior reals:
      ensures result: \result == sgdm_torch_x(x, g, b_next, lr, momentum, weight_decay, nesterov); */
real_t sgdm_torch_x(real_t x, real_t g, real_t b_next, real_t lr, real_t momentum,
                    real_t weight_decay, real_t nesterov);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) &&
                     \valid(b + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), b + (0 .. n - 1));
    requires domain: sgdm_torch_domain(h.lr, h.momentum, h.dampening, h.weight_decay, h.nesterov);
    requires step:   1 <= t;
    assigns x[0 .. n - 1], b[0 .. n - 1];
    behavior reals:
      ensures b: \forall integer i; 0 <= i < n ==>
                   b[i] == sgdm_torch_b(\old(x[i]), g[i], \old(b[i]), t, h.momentum, h.dampening,
                                        h.weight_decay);
      ensures x: \forall integer i; 0 <= i < n ==>
                   x[i] == sgdm_torch_x(\old(x[i]), g[i], b[i], h.lr, h.momentum, h.weight_decay,
                                        h.nesterov); */
void sgdm_torch_step(size_t n, real_t *x, const real_t *g, real_t *b, uint64_t t,
                     struct sgdm_torch h);

#endif
