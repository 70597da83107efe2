/* RMSProp (Tieleman and Hinton 2012). */
#ifndef GOLDSTEP_RMSPROP_H
#define GOLDSTEP_RMSPROP_H

#include "real.h"
#include "rules/rmsprop/rmsprop.acsl"

struct rmsprop {
    real_t lr, rho, eps;
};

/*@ assigns \nothing;
    ensures sign: 0 <= v && 0 <= rho < 1 ==> 0 <= \result;
    behavior reals:
      ensures result: \result == rmsprop_v(v, g, rho);
    behavior binary64:
      assumes range:  finite_in(v, 0, 0x1p20) &&
                      finite_in(g, -0x1p10, 0x1p10) &&
                      finite_in(rho, 0, 1);
      ensures finite: \is_finite(\result);
      ensures error:  within(\result, rmsprop_v(v, g, rho), 0x1p-31); */
real_t rmsprop_v(real_t v, real_t g, real_t rho);

/*@ requires domain: 0 < eps;
    requires state:  0 <= v_next;
    assigns \nothing;
    behavior reals:
      ensures result: \result == rmsprop_x(x, g, v_next, lr, eps); */
real_t rmsprop_x(real_t x, real_t g, real_t v_next, real_t lr, real_t eps);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) && \valid(v + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), v + (0 .. n - 1));
    requires domain: rmsprop_domain(h.lr, h.rho, h.eps);
    requires state:   \forall integer i; 0 <= i < n ==> 0 <= v[i];
    assigns x[0 .. n - 1], v[0 .. n - 1];
    ensures state:   \forall integer i; 0 <= i < n ==> 0 <= v[i];
    behavior reals:
      ensures v: \forall integer i; 0 <= i < n ==> v[i] == rmsprop_v(\old(v[i]), g[i], h.rho);
      ensures x: \forall integer i; 0 <= i < n ==> x[i] == rmsprop_x(\old(x[i]), g[i], v[i], h.lr, h.eps); */
void rmsprop_step(size_t n, real_t *x, const real_t *g, real_t *v, struct rmsprop h);

#endif
