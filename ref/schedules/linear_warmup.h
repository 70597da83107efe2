/* The step size rises on a straight line from start to lr, and stays there. */
#ifndef GOLDSTEP_LINEAR_WARMUP_H
#define GOLDSTEP_LINEAR_WARMUP_H

#include "real.h"
#include "schedules/linear_warmup.acsl"

/*@ requires domain: linear_warmup_domain(lr, start, warmup_steps) && 0 < warmup_steps;
    requires rising: (real_t)k == k && k <= warmup_steps;
    requires range:  finite_in(lr, 0, 1) && finite_in(start, 0, 1) && finite_in(warmup_steps, 1, 0x1p30);
    assigns \nothing;
    ensures range:   finite_in(\result, -1, 2);
    ensures bound:   over_reals(\min(start, lr) <= \result <= \max(start, lr));
    ensures result:  computes(\result, linear_warmup_rise(k, lr, start, warmup_steps), 2.5); */
real_t linear_warmup_rise(uint64_t k, real_t lr, real_t start, real_t warmup_steps);

/*@ requires domain: linear_warmup_domain(lr, start, warmup_steps);
    requires count:  (real_t)k == k;
    requires range:  finite_in(lr, 0, 1) && finite_in(start, 0, 1) && finite_in(warmup_steps, 1, 0x1p30);
    assigns \nothing;
    ensures range:   finite_in(\result, -1, 2);
    ensures bound:   over_reals(\min(start, lr) <= \result <= \max(start, lr));
    ensures after:   warmup_steps <= k ==> \result == lr;
    ensures result:  computes(\result, linear_warmup_lr(k, lr, start, warmup_steps), 2.5); */
real_t linear_warmup_lr(uint64_t k, real_t lr, real_t start, real_t warmup_steps);

#endif
