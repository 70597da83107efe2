/* Centered RMSProp (Graves 2013). */
#ifndef GOLDSTEP_RMSPROP_CENTERED_H
#define GOLDSTEP_RMSPROP_CENTERED_H

#include "real.h"
#include "rules/rmsprop/rmsprop_centered.acsl"
#include "rules/rmsprop/running_variance.h"

struct rmsprop_centered {
    real_t lr, rho, eps;
};

/*@ requires range: finite_in(v, 0, 0x1p20) && finite_in(g, -0x1p10, 0x1p10) &&
                    finite_in(rho, 0, 0x1.fff8p-1);
    assigns \nothing;
    ensures sign:   0 <= v && 0 <= rho < 1 ==> 0 <= \result;
    ensures range:  finite_in(\result, 0, 0x1p21);
    ensures result: computes(\result, rmsprop_centered_v(v, g, rho), 3.15e+6); */
real_t rmsprop_centered_v(real_t v, real_t g, real_t rho);

/*@ requires range: finite_in(a, -0x1p10, 0x1p10) && finite_in(g, -0x1p10, 0x1p10) &&
                    finite_in(rho, 0, 0x1.fff8p-1);
    assigns \nothing;
    ensures range:  finite_in(\result, -0x1p11, 0x1p11);
    ensures result: computes(\result, rmsprop_centered_a(a, g, rho), 2560); */
real_t rmsprop_centered_a(real_t a, real_t g, real_t rho);

/*@ requires domain: 0 < eps;
    requires state:  over_reals(0 <= variance(v_next, a_next));
    requires range:  finite_in(g, -0x1p10, 0x1p10) && finite_in(v_next, 0, 0x1p21) &&
                     finite_in(a_next, -0x1p11, 0x1p11) && finite_in(lr, 0, 1) && finite_in(eps, 0x1p-30, 1);
    assigns \nothing;
    ensures range:   finite_in(\result, -0x1p60, 0x1p60);
    ensures result:  spread(v_next, a_next) ==>
                     bounded(rmsprop_centered_update(g, v_next, a_next, lr, eps), 8) ==>
                     computes(\result, rmsprop_centered_update(g, v_next, a_next, lr, eps), 97); */
real_t rmsprop_centered_update(real_t g, real_t v_next, real_t a_next, real_t lr, real_t eps);

/*@ requires domain: 0 < eps;
    requires state:  over_reals(0 <= variance(v_next, a_next));
    requires range:  finite_in(x, -0x1p10, 0x1p10) && finite_in(g, -0x1p10, 0x1p10) &&
                     finite_in(v_next, 0, 0x1p21) && finite_in(a_next, -0x1p11, 0x1p11) &&
                     finite_in(lr, 0, 1) && finite_in(eps, 0x1p-30, 1);
    assigns \nothing;
    ensures range:   finite_in(\result, -0x1p61, 0x1p61);
    ensures result:  spread(v_next, a_next) ==>
                     bounded(rmsprop_centered_update(g, v_next, a_next, lr, eps), 8) ==>
                     computes(\result, rmsprop_centered_x(x, g, v_next, a_next, lr, eps), 1121); */
real_t rmsprop_centered_x(real_t x, real_t g, real_t v_next, real_t a_next, real_t lr, real_t eps);

/* The lemma of running_variance.h, said of this rule's own equations. */
/*@ ghost
  /@ requires domain: 0 <= rho < 1;
     requires state:  over_reals(0 <= variance(v, a));
     requires range:  finite_in(v, 0, 0x1p20) && finite_in(a, -0x1p10, 0x1p10) &&
                      finite_in(g, -0x1p10, 0x1p10) && finite_in(rho, 0, 0x1.fff8p-1);
     assigns \nothing;
     ensures state: over_reals(0 <= variance(rmsprop_centered_v(v, g, rho), rmsprop_centered_a(a, g, rho))); @/
  void rmsprop_centered_variance(real_t v, real_t a, real_t g, real_t rho);
*/

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) && \valid(v + (0 .. n - 1)) &&
                     \valid(a + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), v + (0 .. n - 1), a + (0 .. n - 1));
    requires domain: rmsprop_centered_domain(h.lr, h.rho, h.eps);
    requires state:  \forall integer i; 0 <= i < n ==> over_reals(0 <= variance(v[i], a[i]));
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(x[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(g[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(v[i], 0, 0x1p20);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(a[i], -0x1p10, 0x1p10);
    requires range:  finite_in(h.lr, 0, 1) && finite_in(h.rho, 0, 0x1.fff8p-1) &&
                     finite_in(h.eps, 0x1p-30, 1);
    assigns x[0 .. n - 1], v[0 .. n - 1], a[0 .. n - 1];
    ensures state:   \forall integer i; 0 <= i < n ==> over_reals(0 <= variance(v[i], a[i]));
    ensures range:   \forall integer i; 0 <= i < n ==>
                       finite_in(x[i], -0x1p61, 0x1p61) && finite_in(v[i], 0, 0x1p21) &&
                       finite_in(a[i], -0x1p11, 0x1p11);
    ensures v: \forall integer i; 0 <= i < n ==>
                 computes(v[i], rmsprop_centered_v(\old(v[i]), g[i], h.rho), 3.15e+6);
    ensures a: \forall integer i; 0 <= i < n ==>
                 computes(a[i], rmsprop_centered_a(\old(a[i]), g[i], h.rho), 2560);
    ensures x: \forall integer i; 0 <= i < n ==>
                 spread(v[i], a[i]) ==>
                 bounded(rmsprop_centered_update(g[i], v[i], a[i], h.lr, h.eps), 8) ==>
                 computes(x[i], rmsprop_centered_x(\old(x[i]), g[i], v[i], a[i], h.lr, h.eps), 1121); */
void rmsprop_centered_step(size_t n, real_t *x, const real_t *g, real_t *v, real_t *a,
                           struct rmsprop_centered h);

#endif
