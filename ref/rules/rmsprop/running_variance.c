#include "rules/rmsprop/running_variance.h"

#include "compare.h"

real_t running_variance(real_t v, real_t a)
{
    /* Rounding can leave v below a^2, though over the reals it never is. */
    return real_max(v - a * a, 0);
}

/*@ ghost
  /@ requires sign: 0 <= p && 0 <= q;
     assigns \nothing;
     ensures sign: 0 <= p * q; @/
  static void product_sign(real_t p, real_t q)
  {
  }

  void running_variance_step(real_t v, real_t a, real_t g, real_t rho)
  {
      /@ assert square: 0 <= (a - g) * (a - g); @/
      product_sign(rho, (a - g) * (a - g));
      product_sign(1 - rho, rho * ((a - g) * (a - g)));
      product_sign(rho, v - a * a);
  }
*/
