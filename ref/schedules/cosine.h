/* Cosine annealing from lr to lr_min over one period. */
#ifndef GOLDSTEP_COSINE_H
#define GOLDSTEP_COSINE_H

#include "real.h"
#include "schedules/cosine.acsl"

/*@ requires domain: cosine_domain(lr, lr_min, period);
    assigns \nothing;
    behavior reals:
      ensures result: \result == cosine_lr(k, lr, lr_min, period); */
real_t cosine_lr(uint64_t k, real_t lr, real_t lr_min, real_t period);

#endif
