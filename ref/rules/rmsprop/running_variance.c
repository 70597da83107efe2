#include "rules/rmsprop/running_variance.h"

#include "compare.h"

real_t running_variance(real_t v, real_t a)
{
    //@ assert cases: sign_cases(a);
    real_t rest = v - a * a;
    //@ assert range: finite_in(rest, -0x1p23, 0x1p21);
    //@ assert close: 0 <= variance(v, a) ==> computes(rest, variance(v, a), 2.1e+6);
    /*@ assert relative: spread(v, a) && 0 < variance(v, a) ==>
                         computes((rest - variance(v, a)) / variance(v, a), 0, 16.1); */
    //@ assert positive: spread(v, a) && 0 < variance(v, a) ==> 0 <= rest;
    /* Rounding can leave v below a^2, though over the reals it never is. */
    real_t kept = real_max(rest, 0);
    //@ assert kept: spread(v, a) && 0 < variance(v, a) ==> kept == rest;
    return kept;
}

/*@ ghost
  /@ requires sign: over_reals(0 <= p && 0 <= q);
     assigns \nothing;
     ensures sign: over_reals(0 <= p * q); @/
  static void product_sign(real_t p, real_t q)
  {
  }

  void running_variance_step(real_t v, real_t a, real_t g, real_t rho)
  {
      /@ assert square: over_reals(0 <= (a - g) * (a - g)); @/
      product_sign(rho, (a - g) * (a - g));
      product_sign(1 - rho, rho * ((a - g) * (a - g)));
      product_sign(rho, v - a * a);
  }
*/
