/* A constant step size. */
#ifndef GOLDSTEP_CONSTANT_H
#define GOLDSTEP_CONSTANT_H

#include "real.h"
#include "schedules/constant.acsl"

/*@ requires domain: constant_domain(lr);
    assigns \nothing;
    behavior reals:
      ensures result: \result == constant_lr(k, lr); */
real_t constant_lr(uint64_t k, real_t lr);

#endif
