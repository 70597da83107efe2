/* The step size falls with the square root of the number of steps. */
#ifndef GOLDSTEP_INV_SQRT_H
#define GOLDSTEP_INV_SQRT_H

#include "real.h"
#include "schedules/inv_sqrt.acsl"

/*@ requires domain: inv_sqrt_domain(lr);
    assigns \nothing;
    behavior reals:
      ensures result: \result == inv_sqrt_lr(k, lr); */
real_t inv_sqrt_lr(uint64_t k, real_t lr);

#endif
