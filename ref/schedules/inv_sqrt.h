/* The step size falls with the square root of the number of steps. */
#ifndef GOLDSTEP_INV_SQRT_H
#define GOLDSTEP_INV_SQRT_H

#include "real.h"
#include "schedules/inv_sqrt.acsl"

/*@ requires domain: inv_sqrt_domain(lr);
    requires range:  finite_in(lr, 0, 1);
    assigns \nothing;
    ensures bound:   over_reals(0 <= \result <= lr);
    ensures first:   k == 0 ==> over_reals(\result == lr);
    ensures range:   finite_in(\result, 0, 1);
    ensures result:  computes(\result, inv_sqrt_lr(k, lr), 2.01); */
real_t inv_sqrt_lr(uint64_t k, real_t lr);

#endif
