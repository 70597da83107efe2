/* ADADELTA (Zeiler 2012). */
#ifndef GOLDSTEP_ADADELTA_H
#define GOLDSTEP_ADADELTA_H

#include "real.h"
#include "rules/adadelta/adadelta.acsl"

struct adadelta {
    real_t lr, rho, eps;
};

/*@ requires range: finite_in(e, 0, 0x1p20) && finite_in(g, -0x1p10, 0x1p10) &&
                    finite_in(rho, 0, 0x1.fff8p-1);
    assigns \nothing;
    ensures sign:   0 <= e && 0 <= rho < 1 ==> 0 <= \result;
    ensures range:  finite_in(\result, 0, 0x1p21);
    ensures result: computes(\result, adadelta_e(e, g, rho), 3.15e+6); */
real_t adadelta_e(real_t e, real_t g, real_t rho);

/*@ requires domain: 0 < eps;
    requires state:  0 <= e_next && 0 <= u;
    requires range:  finite_in(g, -0x1p10, 0x1p10) && finite_in(e_next, 0, 0x1p21) &&
                     finite_in(u, 0, 0x1p20) && finite_in(eps, 0x1p-30, 1);
    assigns \nothing;
    ensures range:   finite_in(\result, -0x1p40, 0x1p40);
    ensures result:  bounded(adadelta_d(g, e_next, u, eps), 8) ==>
                     computes(\result, adadelta_d(g, e_next, u, eps), 41); */
real_t adadelta_d(real_t g, real_t e_next, real_t u, real_t eps);

/*@ requires domain: 0 < eps;
    requires state:  0 <= e_next && 0 <= u;
    requires range:  finite_in(x, -0x1p10, 0x1p10) && finite_in(g, -0x1p10, 0x1p10) &&
                     finite_in(e_next, 0, 0x1p21) && finite_in(u, 0, 0x1p20) && finite_in(lr, 0, 1) &&
                     finite_in(eps, 0x1p-30, 1);
    assigns \nothing;
    ensures range:   finite_in(\result, -0x1p41, 0x1p41);
    ensures result:  bounded(adadelta_d(g, e_next, u, eps), 8) ==>
                     computes(\result, adadelta_x(x, g, e_next, u, lr, eps), 1074); */
real_t adadelta_x(real_t x, real_t g, real_t e_next, real_t u, real_t lr, real_t eps);

/*@ requires domain: 0 <= rho < 1 && 0 < eps;
    requires state:  0 <= e_next && 0 <= u;
    requires range:  finite_in(u, 0, 0x1p20) && finite_in(g, -0x1p10, 0x1p10) &&
                     finite_in(e_next, 0, 0x1p21) && finite_in(rho, 0, 0x1.fff8p-1) &&
                     finite_in(eps, 0x1p-30, 1);
    assigns \nothing;
    ensures sign:    0 <= \result;
    ensures range:   finite_in(\result, 0, 0x1p81);
    ensures result:  bounded(adadelta_d(g, e_next, u, eps), 8) ==>
                     computes(\result, adadelta_u(u, g, e_next, rho, eps), 1.05e+6); */
real_t adadelta_u(real_t u, real_t g, real_t e_next, real_t rho, real_t eps);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) && \valid(e + (0 .. n - 1)) &&
                     \valid(u + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), e + (0 .. n - 1), u + (0 .. n - 1));
    requires domain: adadelta_domain(h.lr, h.rho, h.eps);
    requires state:  \forall integer i; 0 <= i < n ==> 0 <= e[i] && 0 <= u[i];
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(x[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(g[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(e[i], 0, 0x1p20);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(u[i], 0, 0x1p20);
    requires range:  finite_in(h.lr, 0, 1) && finite_in(h.rho, 0, 0x1.fff8p-1) &&
                     finite_in(h.eps, 0x1p-30, 1);
    assigns x[0 .. n - 1], e[0 .. n - 1], u[0 .. n - 1];
    ensures state:   \forall integer i; 0 <= i < n ==> 0 <= e[i] && 0 <= u[i];
    ensures range:   \forall integer i; 0 <= i < n ==>
                       finite_in(x[i], -0x1p41, 0x1p41) && finite_in(e[i], 0, 0x1p21) &&
                       finite_in(u[i], 0, 0x1p81);
    ensures e: \forall integer i; 0 <= i < n ==> computes(e[i], adadelta_e(\old(e[i]), g[i], h.rho), 3.15e+6);
    ensures x: \forall integer i; 0 <= i < n ==>
                 bounded(adadelta_d(g[i], e[i], \old(u[i]), h.eps), 8) ==>
                 computes(x[i], adadelta_x(\old(x[i]), g[i], e[i], \old(u[i]), h.lr, h.eps), 1074);
    ensures u: \forall integer i; 0 <= i < n ==>
                 bounded(adadelta_d(g[i], e[i], \old(u[i]), h.eps), 8) ==>
                 computes(u[i], adadelta_u(\old(u[i]), g[i], e[i], h.rho, h.eps), 1.05e+6); */
void adadelta_step(size_t n, real_t *x, const real_t *g, real_t *e, real_t *u, struct adadelta h);

#endif
