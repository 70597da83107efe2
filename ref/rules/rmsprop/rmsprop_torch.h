/* RMSProp as in PyTorch: coupled weight decay, momentum, centering. */
#ifndef GOLDSTEP_RMSPROP_TORCH_H
#define GOLDSTEP_RMSPROP_TORCH_H

#include "rules/rmsprop/rmsprop.h"
#include "rules/rmsprop/rmsprop_torch.acsl"

struct rmsprop_torch {
    real_t lr, alpha, eps, weight_decay, momentum, centered;
};

/*@ predicate rmsprop_torch_centered(real v, real a, real centered) = centered == 1 ==> a * a <= v; */

/*@ requires range: finite_in(x, -0x1p20, 0x1p20) &&
                    finite_in(g, -0x1p10, 0x1p10) &&
                    finite_in(weight_decay, 0, 1);
    assigns \nothing;
    ensures result: computes(\result, rmsprop_torch_g(x, g, weight_decay), 0x1p22); */
real_t rmsprop_torch_g(real_t x, real_t g, real_t weight_decay);

/*@ assigns \nothing;
    behavior reals:
      ensures result: \result == rmsprop_torch_a(x, a, g, alpha, weight_decay, centered); */
real_t rmsprop_torch_a(real_t x, real_t a, real_t g, real_t alpha, real_t weight_decay,
                       real_t centered);

/*@ requires state: 0 <= v_next && rmsprop_torch_centered(v_next, a_next, centered);
    assigns \nothing;
    ensures sign: 0 <= \result;
    behavior reals:
      ensures result: \result == rmsprop_torch_variance(v_next, a_next, centered); */
real_t rmsprop_torch_variance(real_t v_next, real_t a_next, real_t centered);

/*@ requires domain: 0 < eps;
    requires state:  0 <= v_next && rmsprop_torch_centered(v_next, a_next, centered);
    assigns \nothing;
    behavior reals:
      ensures result: \result == rmsprop_torch_d(x, g, v_next, a_next, eps, weight_decay, centered); */
real_t rmsprop_torch_d(real_t x, real_t g, real_t v_next, real_t a_next, real_t eps,
                       real_t weight_decay, real_t centered);

/*@ requires domain: 0 < eps;
    requires state:  0 <= v_next && rmsprop_torch_centered(v_next, a_next, centered);
    assigns \nothing;
    behavior reals:
      ensures result: \result == rmsprop_torch_b(x, b, g, v_next, a_next, eps, weight_decay, momentum, centered); */
real_t rmsprop_torch_b(real_t x, real_t b, real_t g, real_t v_next, real_t a_next, real_t eps,
                       real_t weight_decay, real_t momentum, real_t centered);

/*@ requires domain: 0 < eps;
    requires state:  0 <= v_next && rmsprop_torch_centered(v_next, a_next, centered);
    assigns \nothing;
    behavior reals:
      ensures result: \result == rmsprop_torch_x(x, g, v_next, a_next, b_next, lr, eps, weight_decay, momentum,
                                 centered); */
real_t rmsprop_torch_x(real_t x, real_t g, real_t v_next, real_t a_next, real_t b_next, real_t lr,
                       real_t eps, real_t weight_decay, real_t momentum, real_t centered);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) && \valid(v + (0 .. n - 1)) &&
                     \valid(a + (0 .. n - 1)) && \valid(b + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), v + (0 .. n - 1), a + (0 .. n - 1),
                                b + (0 .. n - 1));
    requires domain: rmsprop_torch_domain(h.lr, h.alpha, h.eps, h.weight_decay, h.momentum, h.centered);
    requires state:   \forall integer i; 0 <= i < n ==> 0 <= v[i];
    requires centered: \forall integer i; 0 <= i < n ==> rmsprop_torch_centered(v[i], a[i], h.centered);
    assigns x[0 .. n - 1], v[0 .. n - 1], a[0 .. n - 1], b[0 .. n - 1];
    ensures state:   \forall integer i; 0 <= i < n ==> 0 <= v[i];
    ensures centered: \forall integer i; 0 <= i < n ==> rmsprop_torch_centered(v[i], a[i], h.centered);
    behavior reals:
      ensures v: \forall integer i; 0 <= i < n ==>
          v[i] == rmsprop_torch_v(\old(x[i]), \old(v[i]), g[i], h.alpha, h.weight_decay);
      ensures a: \forall integer i; 0 <= i < n ==>
          a[i] == rmsprop_torch_a(\old(x[i]), \old(a[i]), g[i], h.alpha, h.weight_decay, h.centered);
      ensures b: \forall integer i; 0 <= i < n ==>
          b[i] == rmsprop_torch_b(\old(x[i]), \old(b[i]), g[i], v[i], a[i], h.eps, h.weight_decay, h.momentum,
          h.centered);
      ensures x: \forall integer i; 0 <= i < n ==>
          x[i] == rmsprop_torch_x(\old(x[i]), g[i], v[i], a[i], b[i], h.lr, h.eps, h.weight_decay, h.momentum,
          h.centered); */
void rmsprop_torch_step(size_t n, real_t *x, const real_t *g, real_t *v, real_t *a, real_t *b,
                        struct rmsprop_torch h);

#endif
