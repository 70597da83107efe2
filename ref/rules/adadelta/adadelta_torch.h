/* ADADELTA as in PyTorch: with coupled weight decay. */
#ifndef GOLDSTEP_ADADELTA_TORCH_H
#define GOLDSTEP_ADADELTA_TORCH_H

#include "rules/adadelta/adadelta.h"
#include "rules/adadelta/adadelta_torch.acsl"

struct adadelta_torch {
    real_t lr, rho, eps, weight_decay;
};

/*@ requires range: finite_in(x, -0x1p10, 0x1p10) && finite_in(g, -0x1p9, 0x1p9) &&
                    finite_in(weight_decay, 0, 0.5);
    assigns \nothing;
    ensures range:  finite_in(\result, -0x1p10, 0x1p10);
    ensures result: computes(\result, adadelta_torch_g(x, g, weight_decay), 768); */
real_t adadelta_torch_g(real_t x, real_t g, real_t weight_decay);

/*@ requires range: finite_in(x, -0x1p10, 0x1p10) && finite_in(e, 0, 0x1p20) &&
                    finite_in(g, -0x1p9, 0x1p9) && finite_in(rho, 0, 0x1.fff8p-1) &&
                    finite_in(weight_decay, 0, 0.5);
    assigns \nothing;
    ensures sign:   0 <= e && 0 <= rho < 1 ==> 0 <= \result;
    ensures range:  finite_in(\result, 0, 0x1p21);
    ensures result: computes(\result, adadelta_torch_e(x, e, g, rho, weight_decay), 4.73e+6); */
real_t adadelta_torch_e(real_t x, real_t e, real_t g, real_t rho, real_t weight_decay);

/* The rounding of g + weight_decay * x, which may cancel, is multiplied by the ratio: there are bounds where that is
 * at most 64. */
/*@ requires domain: 0 < eps;
    requires state:  0 <= e_next && 0 <= u;
    requires range:  finite_in(x, -0x1p10, 0x1p10) && finite_in(g, -0x1p9, 0x1p9) &&
                     finite_in(e_next, 0, 0x1p21) && finite_in(u, 0, 0x1p20) && finite_in(lr, 0, 1) &&
                     finite_in(eps, 0x1p-30, 1) && finite_in(weight_decay, 0, 0.5);
    assigns \nothing;
    ensures range:   finite_in(\result, -0x1p41, 0x1p41);
    ensures result:  bounded(adadelta_ratio(e_next, u, eps), 64) ==>
                     bounded(adadelta_d(adadelta_torch_g(x, g, weight_decay), e_next, u, eps), 4) ==>
                     computes(\result, adadelta_torch_x(x, g, e_next, u, lr, eps, weight_decay), 50228); */
real_t adadelta_torch_x(real_t x, real_t g, real_t e_next, real_t u, real_t lr, real_t eps,
                        real_t weight_decay);

/*@ requires domain: 0 <= rho < 1 && 0 < eps;
    requires state:  0 <= e_next && 0 <= u;
    requires range:  finite_in(x, -0x1p10, 0x1p10) && finite_in(u, 0, 0x1p20) &&
                     finite_in(g, -0x1p9, 0x1p9) && finite_in(e_next, 0, 0x1p21) &&
                     finite_in(rho, 0, 0x1.fff8p-1) && finite_in(eps, 0x1p-30, 1) &&
                     finite_in(weight_decay, 0, 0.5);
    assigns \nothing;
    ensures sign:    0 <= \result;
    ensures range:   finite_in(\result, 0, 0x1p81);
    ensures result:  bounded(adadelta_ratio(e_next, u, eps), 64) ==>
                     bounded(adadelta_d(adadelta_torch_g(x, g, weight_decay), e_next, u, eps), 4) ==>
                     computes(\result, adadelta_torch_u(x, u, g, e_next, rho, eps, weight_decay), 1.45e+6); */
real_t adadelta_torch_u(real_t x, real_t u, real_t g, real_t e_next, real_t rho, real_t eps,
                        real_t weight_decay);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) && \valid(e + (0 .. n - 1)) &&
                     \valid(u + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), e + (0 .. n - 1), u + (0 .. n - 1));
    requires domain: adadelta_torch_domain(h.lr, h.rho, h.eps, h.weight_decay);
    requires state:  \forall integer i; 0 <= i < n ==> 0 <= e[i] && 0 <= u[i];
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(x[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(g[i], -0x1p9, 0x1p9);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(e[i], 0, 0x1p20);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(u[i], 0, 0x1p20);
    requires range:  finite_in(h.lr, 0, 1) && finite_in(h.rho, 0, 0x1.fff8p-1) &&
                     finite_in(h.eps, 0x1p-30, 1) && finite_in(h.weight_decay, 0, 0.5);
    assigns x[0 .. n - 1], e[0 .. n - 1], u[0 .. n - 1];
    ensures state:   \forall integer i; 0 <= i < n ==> 0 <= e[i] && 0 <= u[i];
    ensures range:   \forall integer i; 0 <= i < n ==>
                       finite_in(x[i], -0x1p41, 0x1p41) && finite_in(e[i], 0, 0x1p21) &&
                       finite_in(u[i], 0, 0x1p81);
    ensures e: \forall integer i; 0 <= i < n ==>
                 computes(e[i],
                          adadelta_torch_e(\old(x[i]), \old(e[i]), g[i], h.rho, h.weight_decay), 4.73e+6);
    ensures x: \forall integer i; 0 <= i < n ==>
                 bounded(adadelta_ratio(e[i], \old(u[i]), h.eps), 64) ==>
                 bounded(adadelta_d(adadelta_torch_g(\old(x[i]), g[i], h.weight_decay), e[i], \old(u[i]),
                                    h.eps), 4) ==>
                 computes(x[i], adadelta_torch_x(\old(x[i]), g[i], e[i], \old(u[i]), h.lr, h.eps,
                                                  h.weight_decay), 50228);
    ensures u: \forall integer i; 0 <= i < n ==>
                 bounded(adadelta_ratio(e[i], \old(u[i]), h.eps), 64) ==>
                 bounded(adadelta_d(adadelta_torch_g(\old(x[i]), g[i], h.weight_decay), e[i], \old(u[i]),
                                    h.eps), 4) ==>
                 computes(u[i], adadelta_torch_u(\old(x[i]), \old(u[i]), g[i], e[i], h.rho, h.eps,
                                                 h.weight_decay), 1.45e+6); */
void adadelta_torch_step(size_t n, real_t *x, const real_t *g, real_t *e, real_t *u,
                         struct adadelta_torch h);

#endif
