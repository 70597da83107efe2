/* RAdam as in PyTorch. */
#ifndef GOLDSTEP_RADAM_TORCH_H
#define GOLDSTEP_RADAM_TORCH_H

#include "real.h"
#include "rules/adam/radam.h"
#include "rules/adam/radam_torch.acsl"

struct radam_torch {
    real_t lr, beta1, beta2, eps, weight_decay;
};

/*@ requires range: finite_in(x, -0x1p20, 0x1p20) &&
                    finite_in(g, -0x1p10, 0x1p10) &&
                    finite_in(weight_decay, 0, 1);
    assigns \nothing;
    ensures result: computes(\result, radam_torch_g(x, g, weight_decay), 0x1p22); */
real_t radam_torch_g(real_t x, real_t g, real_t weight_decay);

/*@ assigns \nothing;
    behavior reals:
      ensures result: \result == radam_torch_m(x, m, g, beta1, weight_decay); */
real_t radam_torch_m(real_t x, real_t m, real_t g, real_t beta1, real_t weight_decay);

/*@ assigns \nothing;
    ensures sign: 0 <= v && 0 <= beta2 < 1 ==> 0 <= \result;
    behavior reals:
      ensures result: \result == radam_torch_v(x, v, g, beta2, weight_decay); */
real_t radam_torch_v(real_t x, real_t v, real_t g, real_t beta2, real_t weight_decay);

/*@ requires domain: 0 <= beta2 < 1 && 0 < eps;
    requires state:  0 <= v_next;
    requires step:   1 <= t;
    assigns \nothing;
    behavior reals:
      ensures result: \result == radam_torch_l(v_next, t, beta2, eps); */
real_t radam_torch_l(real_t v_next, uint64_t t, real_t beta2, real_t eps);

/*@ requires domain: radam_domain(lr, beta1, beta2) && 0 < eps;
    requires state:  0 <= v_next;
    requires step:   1 <= t;
    assigns \nothing;
    behavior reals:
      ensures result: \result == radam_torch_x(x, m_next, v_next, t, lr, beta1, beta2, eps); */
real_t radam_torch_x(real_t x, real_t m_next, real_t v_next, uint64_t t, real_t lr, real_t beta1,
                     real_t beta2, real_t eps);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) &&
                     \valid(m + (0 .. n - 1)) && \valid(v + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), m + (0 .. n - 1), v + (0 .. n - 1));
    requires domain: radam_torch_domain(h.lr, h.beta1, h.beta2, h.eps, h.weight_decay);
    requires state:  \forall integer i; 0 <= i < n ==> 0 <= v[i];
    requires step:   1 <= t;
    assigns x[0 .. n - 1], m[0 .. n - 1], v[0 .. n - 1];
    ensures state:   \forall integer i; 0 <= i < n ==> 0 <= v[i];
    behavior reals:
      ensures m: \forall integer i; 0 <= i < n ==>
                   m[i] == radam_torch_m(\old(x[i]), \old(m[i]), g[i], h.beta1, h.weight_decay);
      ensures v: \forall integer i; 0 <= i < n ==>
                   v[i] == radam_torch_v(\old(x[i]), \old(v[i]), g[i], h.beta2, h.weight_decay);
      ensures x: \forall integer i; 0 <= i < n ==>
                   x[i] == radam_torch_x(\old(x[i]), m[i], v[i], t, h.lr, h.beta1, h.beta2, h.eps); */
void radam_torch_step(size_t n, real_t *x, const real_t *g, real_t *m, real_t *v, uint64_t t,
                      struct radam_torch h);

#endif
