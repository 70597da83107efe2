/* The step size is multiplied by gamma at every step. */
#ifndef GOLDSTEP_EXPONENTIAL_H
#define GOLDSTEP_EXPONENTIAL_H

#include "real.h"
#include "schedules/exponential.acsl"

/*@ requires domain: exponential_domain(lr, gamma);
    assigns \nothing;
    behavior reals:
      ensures result: \result == exponential_lr(k, lr, gamma); */
real_t exponential_lr(uint64_t k, real_t lr, real_t gamma);

#endif
