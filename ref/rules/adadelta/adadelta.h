/* ADADELTA (Zeiler 2012). */
#ifndef GOLDSTEP_ADADELTA_H
#define GOLDSTEP_ADADELTA_H

#include "real.h"
#include "rules/adadelta/adadelta.acsl"

struct adadelta {
    real_t lr, rho, eps;
};

/*@ requires range: finite_in(e, 0, 0x1p20) &&
                    finite_in(g, -0x1p10, 0x1p10) &&
                    finite_in(rho, 0, 1);
    assigns \nothing;
    ensures sign: 0 <= e && 0 <= rho < 1 ==> 0 <= \result;
    ensures result: computes(\result, adadelta_e(e, g, rho), 0x1p22); */
real_t adadelta_e(real_t e, real_t g, real_t rho);

/*@ requires domain: 0 < eps;
    requires state:  0 <= e_next && 0 <= u;
    assigns \nothing;
    behavior reals:
      ensures result: \result == adadelta_d(g, e_next, u, eps); */
real_t adadelta_d(real_t g, real_t e_next, real_t u, real_t eps);

/*@ requires domain: 0 < eps;
    requires state:  0 <= e_next && 0 <= u;
    assigns \nothing;
    behavior reals:
      ensures result: \result == adadelta_x(x, g, e_next, u, lr, eps); */
real_t adadelta_x(real_t x, real_t g, real_t e_next, real_t u, real_t lr, real_t eps);

/*@ requires domain: 0 <= rho < 1 && 0 < eps;
    requires state:  0 <= e_next && 0 <= u;
    assigns \nothing;
    ensures sign: 0 <= \result;
    behavior reals:
      ensures result: \result == adadelta_u(u, g, e_next, rho, eps); */
real_t adadelta_u(real_t u, real_t g, real_t e_next, real_t rho, real_t eps);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) && \valid(e + (0 .. n - 1)) &&
                     \valid(u + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), e + (0 .. n - 1), u + (0 .. n - 1));
    requires domain: adadelta_domain(h.lr, h.rho, h.eps);
    requires state:   \forall integer i; 0 <= i < n ==> 0 <= e[i] && 0 <= u[i];
    assigns x[0 .. n - 1], e[0 .. n - 1], u[0 .. n - 1];
    ensures state:   \forall integer i; 0 <= i < n ==> 0 <= e[i] && 0 <= u[i];
    behavior reals:
      ensures e: \forall integer i; 0 <= i < n ==> e[i] == adadelta_e(\old(e[i]), g[i], h.rho);
      ensures x: \forall integer i; 0 <= i < n ==>
          x[i] == adadelta_x(\old(x[i]), g[i], e[i], \old(u[i]), h.lr, h.eps);
      ensures u: \forall integer i; 0 <= i < n ==> u[i] == adadelta_u(\old(u[i]), g[i], e[i], h.rho, h.eps); */
void adadelta_step(size_t n, real_t *x, const real_t *g, real_t *e, real_t *u, struct adadelta h);

#endif
