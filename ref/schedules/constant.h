/* A constant step size. */
#ifndef GOLDSTEP_CONSTANT_H
#define GOLDSTEP_CONSTANT_H

#include "real.h"
#include "schedules/constant.acsl"

/*@ requires domain: constant_domain(lr);
    requires range:  finite_in(lr, 0, 1);
    assigns \nothing;
    ensures sign:    0 <= \result;
    ensures range:   finite_in(\result, 0, 1);
    ensures result:  \result == constant_lr(k, lr); */
real_t constant_lr(uint64_t k, real_t lr);

#endif
