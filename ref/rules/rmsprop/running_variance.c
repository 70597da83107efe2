#include "rules/rmsprop/running_variance.h"

#include "compare.h"

real_t running_variance(real_t v, real_t a)
{
    /* Rounding can leave v below a^2, though over the reals it never is. */
    return real_max(v - a * a, 0);
}

/*@ ghost
  void running_variance_step(real_t v, real_t a, real_t g, real_t rho)
  {
      /@ assert square: 0 <= (a - g) * (a - g); @/
      /@ assert scaled: 0 <= rho * ((a - g) * (a - g)); @/
      /@ assert convex: 0 <= (1 - rho) * (rho * ((a - g) * (a - g))); @/
      /@ assert mean: rho * (a * a) <= rho * v; @/
  }
*/
