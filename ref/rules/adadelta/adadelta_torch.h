/* ADADELTA as in PyTorch: with coupled weight decay. */
#ifndef GOLDSTEP_ADADELTA_TORCH_H
#define GOLDSTEP_ADADELTA_TORCH_H

#include "rules/adadelta/adadelta.h"
#include "rules/adadelta/adadelta_torch.acsl"

struct adadelta_torch {
    real_t lr, rho, eps, weight_decay;
};

/*@ requires range: finite_in(x, -0x1p20, 0x1p20) &&
                    finite_in(g, -0x1p10, 0x1p10) &&
                    finite_in(weight_decay, 0, 1);
    assigns \nothing;
    ensures result: computes(\result, adadelta_torch_g(x, g, weight_decay), 0x1p22); */
real_t adadelta_torch_g(real_t x, real_t g, real_t weight_decay);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) && \valid(e + (0 .. n - 1)) &&
                     \valid(u + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), e + (0 .. n - 1), u + (0 .. n - 1));
    requires domain: adadelta_torch_domain(h.lr, h.rho, h.eps, h.weight_decay);
    requires state:   \forall integer i; 0 <= i < n ==> 0 <= e[i] && 0 <= u[i];
    assigns x[0 .. n - 1], e[0 .. n - 1], u[0 .. n - 1];
    ensures state:   \forall integer i; 0 <= i < n ==> 0 <= e[i] && 0 <= u[i];
    behavior reals:
      ensures e: \forall integer i; 0 <= i < n ==>
          e[i] == adadelta_torch_e(\old(x[i]), \old(e[i]), g[i], h.rho, h.weight_decay);
      ensures x: \forall integer i; 0 <= i < n ==>
          x[i] == adadelta_torch_x(\old(x[i]), g[i], e[i], \old(u[i]), h.lr, h.eps, h.weight_decay);
      ensures u: \forall integer i; 0 <= i < n ==>
          u[i] == adadelta_torch_u(\old(x[i]), \old(u[i]), g[i], e[i], h.rho, h.eps, h.weight_decay); */
void adadelta_torch_step(size_t n, real_t *x, const real_t *g, real_t *e, real_t *u,
                         struct adadelta_torch h);

#endif
