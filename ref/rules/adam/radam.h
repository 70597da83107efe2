/* RAdam. */
#ifndef GOLDSTEP_RADAM_H
#define GOLDSTEP_RADAM_H

#include "real.h"
#include "rules/adam/radam.acsl"

struct radam {
    real_t lr, beta1, beta2;
};

/*@ requires range: finite_in(m, -0x1p10, 0x1p10) &&
                    finite_in(g, -0x1p10, 0x1p10) &&
                    finite_in(beta1, 0, 1);
    assigns \nothing;
    ensures result: computes(\result, radam_m(m, g, beta1), 0x1p12); */
real_t radam_m(real_t m, real_t g, real_t beta1);

/*@ requires range: finite_in(v, 0, 0x1p20) &&
                    finite_in(g, -0x1p10, 0x1p10) &&
                    finite_in(beta2, 0, 1);
    assigns \nothing;
    ensures sign: 0 <= v && 0 <= beta2 < 1 ==> 0 <= \result;
    ensures result: computes(\result, radam_v(v, g, beta2), 0x1p22); */
real_t radam_v(real_t v, real_t g, real_t beta2);

/*@ requires domain: 0 <= beta2 < 1;
    assigns \nothing;
    behavior reals:
      ensures result: \result == radam_rho_inf(beta2); */
real_t radam_rho_inf(real_t beta2);

/*@ requires domain: 0 <= power < 1;
    assigns \nothing;
    ensures sign: 0 <= \result;
    behavior reals:
      ensures result: \result == 2 * t * power / (1 - power); */
real_t radam_shortfall(real_t power, uint64_t t);

/*@ requires domain: 0 <= beta2 < 1;
    requires step:   1 <= t;
    assigns \nothing;
    behavior reals:
      ensures result: \result == radam_rho(t, beta2);
      ensures bound:  \result <= radam_rho_inf(beta2); */
real_t radam_rho(uint64_t t, real_t beta2);

/*@ requires domain: 4 < rho <= rho_inf;
    assigns \nothing;
    behavior reals:
      ensures result: \result == radam_r(rho, rho_inf); */
real_t radam_r(real_t rho, real_t rho_inf);

/*@ requires domain: 0 <= beta2 < 1;
    requires step:   1 <= t;
    assigns \nothing;
    behavior reals:
      ensures result: \result == radam_l(v_next, t, beta2); */
real_t radam_l(real_t v_next, uint64_t t, real_t beta2);

/*@ requires domain: radam_domain(lr, beta1, beta2);
    requires state:  0 <= v_next;
    requires step:   1 <= t;
    assigns \nothing;
    behavior reals:
      ensures result: \result == radam_x(x, m_next, v_next, t, lr, beta1, beta2); */
real_t radam_x(real_t x, real_t m_next, real_t v_next, uint64_t t, real_t lr, real_t beta1,
               real_t beta2);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) &&
                     \valid(m + (0 .. n - 1)) && \valid(v + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), m + (0 .. n - 1), v + (0 .. n - 1));
    requires domain: radam_domain(h.lr, h.beta1, h.beta2);
    requires state:  \forall integer i; 0 <= i < n ==> 0 <= v[i];
    requires step:   1 <= t;
    assigns x[0 .. n - 1], m[0 .. n - 1], v[0 .. n - 1];
    ensures state:   \forall integer i; 0 <= i < n ==> 0 <= v[i];
    behavior reals:
      ensures m: \forall integer i; 0 <= i < n ==> m[i] == radam_m(\old(m[i]), g[i], h.beta1);
      ensures v: \forall integer i; 0 <= i < n ==> v[i] == radam_v(\old(v[i]), g[i], h.beta2);
      ensures x: \forall integer i; 0 <= i < n ==>
                   x[i] == radam_x(\old(x[i]), m[i], v[i], t, h.lr, h.beta1, h.beta2); */
void radam_step(size_t n, real_t *x, const real_t *g, real_t *m, real_t *v, uint64_t t,
                struct radam h);

#endif
