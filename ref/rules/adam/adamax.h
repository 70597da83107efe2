/* AdaMax. */
#ifndef GOLDSTEP_ADAMAX_H
#define GOLDSTEP_ADAMAX_H

#include "real.h"
#include "rules/adam/adamax.acsl"

struct adamax {
    real_t lr, beta1, beta2;
};

/*@ assigns \nothing;
    behavior reals:
      ensures result: \result == adamax_m(m, g, beta1);
    behavior binary64:
      assumes range:  finite_in(m, -0x1p10, 0x1p10) &&
                      finite_in(g, -0x1p10, 0x1p10) &&
                      finite_in(beta1, 0, 1);
      ensures finite: \is_finite(\result);
      ensures error:  within(\result, adamax_m(m, g, beta1), 0x1p-41); */
real_t adamax_m(real_t m, real_t g, real_t beta1);

/*@ assigns \nothing;
    ensures sign: 0 <= \result;
    behavior reals:
      ensures result: \result == adamax_u(u, g, beta2); */
real_t adamax_u(real_t u, real_t g, real_t beta2);

/*@ requires domain: 0 <= beta1 < 1;
    requires state:  0 <= u_next;
    requires step:   1 <= t;
    assigns \nothing;
    behavior reals:
      ensures result: \result == adamax_x(x, m_next, u_next, t, lr, beta1); */
real_t adamax_x(real_t x, real_t m_next, real_t u_next, uint64_t t, real_t lr, real_t beta1);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) &&
                     \valid(m + (0 .. n - 1)) && \valid(u + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), m + (0 .. n - 1), u + (0 .. n - 1));
    requires domain: adamax_domain(h.lr, h.beta1, h.beta2);
    requires state:  \forall integer i; 0 <= i < n ==> 0 <= u[i];
    requires step:   1 <= t;
    assigns x[0 .. n - 1], m[0 .. n - 1], u[0 .. n - 1];
    ensures state:   \forall integer i; 0 <= i < n ==> 0 <= u[i];
    behavior reals:
      ensures m: \forall integer i; 0 <= i < n ==> m[i] == adamax_m(\old(m[i]), g[i], h.beta1);
      ensures u: \forall integer i; 0 <= i < n ==> u[i] == adamax_u(\old(u[i]), g[i], h.beta2);
      ensures x: \forall integer i; 0 <= i < n ==>
                   x[i] == adamax_x(\old(x[i]), m[i], u[i], t, h.lr, h.beta1); */
void adamax_step(size_t n, real_t *x, const real_t *g, real_t *m, real_t *u, uint64_t t,
                 struct adamax h);

#endif
