/* AdaMax as in PyTorch. */
#ifndef GOLDSTEP_ADAMAX_TORCH_H
#define GOLDSTEP_ADAMAX_TORCH_H

#include "real.h"
#include "rules/adam/adamax.h"
#include "rules/adam/adamax_torch.acsl"

struct adamax_torch {
    real_t lr, beta1, beta2, eps, weight_decay;
};

/*@ assigns \nothing;
    behavior reals:
      ensures result: \result == adamax_torch_g(x, g, weight_decay);
    behavior binary64:
      assumes range:  finite_in(x, -0x1p20, 0x1p20) &&
                      finite_in(g, -0x1p10, 0x1p10) &&
                      finite_in(weight_decay, 0, 1);
      ensures finite: \is_finite(\result);
      ensures error:  within(\result, adamax_torch_g(x, g, weight_decay), 0x1p-31); */
real_t adamax_torch_g(real_t x, real_t g, real_t weight_decay);

/*@ assigns \nothing;
    behavior reals:
      ensures result: \result == adamax_torch_m(x, m, g, beta1, weight_decay); */
real_t adamax_torch_m(real_t x, real_t m, real_t g, real_t beta1, real_t weight_decay);

/*@ assigns \nothing;
    ensures floor: eps <= \result;
    behavior reals:
      ensures result: \result == adamax_torch_u(x, u, g, beta2, eps, weight_decay); */
real_t adamax_torch_u(real_t x, real_t u, real_t g, real_t beta2, real_t eps, real_t weight_decay);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) &&
                     \valid(m + (0 .. n - 1)) && \valid(u + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), m + (0 .. n - 1), u + (0 .. n - 1));
    requires domain: adamax_torch_domain(h.lr, h.beta1, h.beta2, h.eps, h.weight_decay);
    requires state:  \forall integer i; 0 <= i < n ==> 0 <= u[i];
    requires step:   1 <= t;
    assigns x[0 .. n - 1], m[0 .. n - 1], u[0 .. n - 1];
    ensures state:   \forall integer i; 0 <= i < n ==> 0 <= u[i];
    behavior reals:
      ensures m: \forall integer i; 0 <= i < n ==>
                   m[i] == adamax_torch_m(\old(x[i]), \old(m[i]), g[i], h.beta1, h.weight_decay);
      ensures u: \forall integer i; 0 <= i < n ==>
                   u[i] == adamax_torch_u(\old(x[i]), \old(u[i]), g[i], h.beta2, h.eps, h.weight_decay);
      ensures x: \forall integer i; 0 <= i < n ==>
                   x[i] == adamax_x(\old(x[i]), m[i], u[i], t, h.lr, h.beta1); */
void adamax_torch_step(size_t n, real_t *x, const real_t *g, real_t *m, real_t *u, uint64_t t,
                       struct adamax_torch h);

#endif
