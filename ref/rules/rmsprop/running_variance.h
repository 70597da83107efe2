/* The variance that a running mean a and a running mean square v of the same numbers leave: v - a^2. */
#ifndef GOLDSTEP_RUNNING_VARIANCE_H
#define GOLDSTEP_RUNNING_VARIANCE_H

#include "real.h"

/*@ logic real variance(real v, real a) = v - a * a; */

/* Where v - a^2 cancels, rounding may leave nothing of it. It has a bound where it is not tiny, and
 * the mean is less than four standard deviations from 0. Over the reals this is always true. */
/*@ predicate spread(real v, real a) =
      bounded(0x1p-40, variance(v, a)) && bounded(a * a / variance(v, a), 15); */

/*@ requires state:   over_reals(0 <= variance(v, a));
    requires range:   finite_in(v, 0, 0x1p21) && finite_in(a, -0x1p11, 0x1p11);
    assigns \nothing;
    ensures sign:     0 <= \result;
    ensures range:    finite_in(\result, 0, 0x1p21);
    ensures result:   0 <= variance(v, a) ==> computes(\result, variance(v, a), 2.1e+6);
    ensures relative: spread(v, a) && 0 < variance(v, a) ==>
                      computes((\result - variance(v, a)) / variance(v, a), 0, 16.1); */
real_t running_variance(real_t v, real_t a);

/* A lemma: one more number keeps a^2 <= v, as squaring is convex. */
/*@ ghost
  /@ requires domain: 0 <= rho < 1;
     requires state:  over_reals(0 <= variance(v, a));
     requires range:  finite_in(v, 0, 0x1p20) && finite_in(a, -0x1p10, 0x1p10) &&
                      finite_in(g, -0x1p10, 0x1p10) && finite_in(rho, 0, 0x1.fff8p-1);
     assigns \nothing;
     ensures state: over_reals(0 <= variance(rho * v + (1 - rho) * (g * g), rho * a + (1 - rho) * g)); @/
  void running_variance_step(real_t v, real_t a, real_t g, real_t rho);
*/

#endif
