/* AdaGrad as in PyTorch: with a decaying step size and coupled weight decay. */
#ifndef GOLDSTEP_ADAGRAD_TORCH_H
#define GOLDSTEP_ADAGRAD_TORCH_H

#include "rules/adagrad/adagrad.h"
#include "rules/adagrad/adagrad_torch.acsl"

struct adagrad_torch {
    real_t lr, lr_decay, weight_decay, initial_accumulator, eps;
};

/*@ requires range: finite_in(x, -0x1p20, 0x1p20) &&
                    finite_in(g, -0x1p10, 0x1p10) &&
                    finite_in(weight_decay, 0, 1);
    assigns \nothing;
    ensures result: computes(\result, adagrad_torch_g(x, g, weight_decay), 0x1p22); */
real_t adagrad_torch_g(real_t x, real_t g, real_t weight_decay);

/*@ requires domain: 0 <= lr_decay;
    requires step:  1 <= t;
    assigns \nothing;
    behavior reals:
      ensures result: \result == adagrad_torch_rate(t, lr, lr_decay); */
real_t adagrad_torch_rate(uint64_t t, real_t lr, real_t lr_decay);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) && \valid(s + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), s + (0 .. n - 1));
    requires domain: adagrad_torch_domain(h.lr, h.lr_decay, h.weight_decay, h.initial_accumulator, h.eps);
    requires state:   \forall integer i; 0 <= i < n ==> 0 <= s[i];
    requires step:   1 <= t;
    assigns x[0 .. n - 1], s[0 .. n - 1];
    ensures state:   \forall integer i; 0 <= i < n ==> 0 <= s[i];
    behavior reals:
      ensures s: \forall integer i; 0 <= i < n ==>
          s[i] == adagrad_torch_s(\old(x[i]), \old(s[i]), g[i], h.weight_decay);
      ensures x: \forall integer i; 0 <= i < n ==>
          x[i] == adagrad_torch_x(\old(x[i]), g[i], s[i], t, h.lr, h.lr_decay, h.weight_decay, h.eps); */
void adagrad_torch_step(size_t n, real_t *x, const real_t *g, real_t *s, uint64_t t,
                        struct adagrad_torch h);

#endif
