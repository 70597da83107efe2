/* Cosine annealing from lr to lr_min over one period. */
#ifndef GOLDSTEP_COSINE_H
#define GOLDSTEP_COSINE_H

#include "real.h"
#include "schedules/cosine.acsl"

/*@ requires domain: 0 <= lr_min <= lr;
    requires range:  finite_in(u, 0, 1) && finite_in(lr, 0, 1) && finite_in(lr_min, 0, 1);
    assigns \nothing;
    ensures bound:   over_reals(lr_min <= \result <= lr);
    ensures range:   finite_in(\result, -4, 4);
    ensures result:  computes(\result, cosine_at(u, lr, lr_min), 4.5); */
real_t cosine_at(real_t u, real_t lr, real_t lr_min);

/*@ requires domain: cosine_domain(lr, lr_min, period);
    requires range:  finite_in(lr, 0, 1) && finite_in(lr_min, 0, 1) && finite_in(period, 1, 0x1p40);
    requires range:  bounded(k / period, 1);
    assigns \nothing;
    ensures bound:   over_reals(lr_min <= \result <= lr);
    ensures range:   finite_in(\result, -4, 4);
    ensures result:  computes(\result, cosine_lr(k, lr, lr_min, period), 7.71); */
real_t cosine_lr(uint64_t k, real_t lr, real_t lr_min, real_t period);

#endif
