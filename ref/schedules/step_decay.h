/* The step size is multiplied by gamma once every period. */
#ifndef GOLDSTEP_STEP_DECAY_H
#define GOLDSTEP_STEP_DECAY_H

#include "real.h"
#include "schedules/step_decay.acsl"

/*@ requires domain: 0 <= lr && (0 < gamma || (0 == gamma && 0 < drops)) && 0 <= drops;
    requires range:  finite_in(lr, 0, 1) && finite_in(gamma, 0, 1) && finite_in(drops, 0, 0x1p64);
    assigns \nothing;
    ensures sign:    0 <= \result;
    ensures fall:    over_reals(gamma <= 1 ==> \result <= lr);
    ensures range:   finite_in(\result, 0, 1);
    ensures result:  computes(\result, step_decay_after(drops, lr, gamma), 1.06); */
real_t step_decay_after(real_t drops, real_t lr, real_t gamma);

/* In IEEE arithmetic the period is a whole number, as it is in PyTorch: the rounded quotient k / period then lies between
 * the same whole numbers as the exact one. Up to 2^24 the steps are numbers of binary32. */
/*@ requires domain: step_decay_domain(lr, gamma, period);
    requires range:  finite_in(lr, 0, 1) && finite_in(gamma, 0, 1) && finite_in(period, 1, 0x1p24);
    requires steps:  bounded(k, 0x1.fffffep23) && whole(period);
    assigns \nothing;
    ensures sign:    0 <= \result;
    ensures fall:    over_reals(gamma <= 1 ==> \result <= lr);
    ensures range:   finite_in(\result, 0, 1);
    ensures result:  computes(\result, step_decay_lr(k, lr, gamma, period), 1.06); */
real_t step_decay_lr(uint64_t k, real_t lr, real_t gamma, real_t period);

#endif
