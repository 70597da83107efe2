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

/*@ requires domain: step_decay_domain(lr, gamma, period);
    requires range:  finite_in(lr, 0, 1) && finite_in(gamma, 0, 1) && finite_in(period, 1, 0x1p60);
    assigns \nothing;
    ensures sign:    0 <= \result;
    ensures fall:    over_reals(gamma <= 1 ==> \result <= lr);
    ensures range:   finite_in(\result, 0, 1);
    ensures result:  over_reals(\result == step_decay_lr(k, lr, gamma, period)); */
real_t step_decay_lr(uint64_t k, real_t lr, real_t gamma, real_t period);

#endif
