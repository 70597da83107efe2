/* The step size is multiplied by gamma at every step. */
#ifndef GOLDSTEP_EXPONENTIAL_H
#define GOLDSTEP_EXPONENTIAL_H

#include "real.h"
#include "schedules/exponential.acsl"

/*@ requires domain: exponential_domain(lr, gamma);
    requires range:  finite_in(lr, 0, 1) && finite_in(gamma, 0, 0x1.fff8p-1);
    assigns \nothing;
    ensures sign:    0 <= \result;
    ensures fall:    over_reals(gamma <= 1 ==> \result <= lr);
    ensures range:   finite_in(\result, 0, 1);
    ensures result:  computes(\result, exponential_lr(k, lr, gamma), 1.06); */
real_t exponential_lr(uint64_t k, real_t lr, real_t gamma);

#endif
