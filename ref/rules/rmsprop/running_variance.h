/* The variance that a running mean a and a running mean square v of the same numbers leave: v - a^2. */
#ifndef GOLDSTEP_RUNNING_VARIANCE_H
#define GOLDSTEP_RUNNING_VARIANCE_H

#include "real.h"

/*@ requires state: a * a <= v;
    assigns \nothing;
    ensures sign: 0 <= \result;
    behavior reals:
      ensures result: \result == v - a * a; */
real_t running_variance(real_t v, real_t a);

/* A lemma: one more number keeps a^2 <= v, as squaring is convex. */
/*@ ghost
  /@ requires domain: 0 <= rho < 1;
     requires state:  a * a <= v;
     assigns \nothing;
     ensures state: (rho * a + (1 - rho) * g) * (rho * a + (1 - rho) * g) <= rho * v + (1 - rho) * (g * g); @/
  void running_variance_step(real_t v, real_t a, real_t g, real_t rho);
*/

#endif
