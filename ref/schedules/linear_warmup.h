/* The step size rises on a straight line from start to lr, and stays there. */
#ifndef GOLDSTEP_LINEAR_WARMUP_H
#define GOLDSTEP_LINEAR_WARMUP_H

#include "real.h"
#include "schedules/linear_warmup.acsl"

/*@ requires domain: linear_warmup_domain(lr, start, warmup_steps);
    assigns \nothing;
    behavior reals:
      ensures result: \result == linear_warmup_lr(k, lr, start, warmup_steps); */
real_t linear_warmup_lr(uint64_t k, real_t lr, real_t start, real_t warmup_steps);

#endif
