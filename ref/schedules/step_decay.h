/* The step size is multiplied by gamma once every period. */
#ifndef GOLDSTEP_STEP_DECAY_H
#define GOLDSTEP_STEP_DECAY_H

#include "real.h"
#include "schedules/step_decay.acsl"

/*@ requires domain: step_decay_domain(lr, gamma, period);
    assigns \nothing;
    behavior reals:
      ensures result: \result == step_decay_lr(k, lr, gamma, period); */
real_t step_decay_lr(uint64_t k, real_t lr, real_t gamma, real_t period);

#endif
