/* Centered RMSProp (Graves 2013). */
#ifndef GOLDSTEP_RMSPROP_CENTERED_H
#define GOLDSTEP_RMSPROP_CENTERED_H

#include "real.h"
#include "rules/rmsprop/rmsprop_centered.acsl"

struct rmsprop_centered {
    real_t lr, rho, eps;
};

/*@ assigns \nothing;
    behavior reals:
      ensures result: \result == rmsprop_centered_v(v, g, rho);
    behavior binary64:
      assumes range:  finite_in(v, 0, 0x1p20) &&
                      finite_in(g, -0x1p10, 0x1p10) &&
                      finite_in(rho, 0, 1);
      ensures finite: \is_finite(\result);
      ensures error:  within(\result, rmsprop_centered_v(v, g, rho), 0x1p-31); */
real_t rmsprop_centered_v(real_t v, real_t g, real_t rho);

/*@ assigns \nothing;
    behavior reals:
      ensures result: \result == rmsprop_centered_a(a, g, rho);
    behavior binary64:
      assumes range:  finite_in(a, -0x1p10, 0x1p10) &&
                      finite_in(g, -0x1p10, 0x1p10) &&
                      finite_in(rho, 0, 1);
      ensures finite: \is_finite(\result);
      ensures error:  within(\result, rmsprop_centered_a(a, g, rho), 0x1p-41); */
real_t rmsprop_centered_a(real_t a, real_t g, real_t rho);

/*@ requires domain: 0 < eps;
    requires state:  a_next * a_next <= v_next;
    assigns \nothing;
    behavior reals:
      ensures result: \result == rmsprop_centered_x(x, g, v_next, a_next, lr, eps); */
real_t rmsprop_centered_x(real_t x, real_t g, real_t v_next, real_t a_next, real_t lr, real_t eps);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) && \valid(v + (0 .. n - 1)) &&
                     \valid(a + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), v + (0 .. n - 1), a + (0 .. n - 1));
    requires domain: rmsprop_centered_domain(h.lr, h.rho, h.eps);
    requires state:   \forall integer i; 0 <= i < n ==> a[i] * a[i] <= v[i];
    assigns x[0 .. n - 1], v[0 .. n - 1], a[0 .. n - 1];
    ensures state:   \forall integer i; 0 <= i < n ==> a[i] * a[i] <= v[i];
    behavior reals:
      ensures v: \forall integer i; 0 <= i < n ==> v[i] == rmsprop_centered_v(\old(v[i]), g[i], h.rho);
      ensures a: \forall integer i; 0 <= i < n ==> a[i] == rmsprop_centered_a(\old(a[i]), g[i], h.rho);
      ensures x: \forall integer i; 0 <= i < n ==>
          x[i] == rmsprop_centered_x(\old(x[i]), g[i], v[i], a[i], h.lr, h.eps); */
void rmsprop_centered_step(size_t n, real_t *x, const real_t *g, real_t *v, real_t *a,
                           struct rmsprop_centered h);

#endif
