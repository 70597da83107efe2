/* The 1cycle policy in two phases. */
#ifndef GOLDSTEP_ONE_CYCLE_H
#define GOLDSTEP_ONE_CYCLE_H

#include "real.h"
#include "schedules/one_cycle.acsl"

/*@ assigns \nothing;
    behavior reals:
      ensures result: \result == one_cycle_phase(k, start, end, start_step, end_step); */
real_t one_cycle_phase(uint64_t k, real_t start, real_t end, real_t start_step, real_t end_step);

/*@ assigns \nothing;
    behavior reals:
      ensures result: \result == one_cycle_phases(k, initial, peak, final, e1, e2); */
real_t one_cycle_phases(uint64_t k, real_t initial, real_t peak, real_t final, real_t e1,
                        real_t e2);

/*@ requires domain: one_cycle_domain(lr, total_steps, pct_start, div_factor, final_div_factor);
    assigns \nothing;
    behavior reals:
      ensures result: \result == one_cycle_lr(k, lr, total_steps, pct_start, div_factor, final_div_factor); */
real_t one_cycle_lr(uint64_t k, real_t lr, real_t total_steps, real_t pct_start, real_t div_factor,
                    real_t final_div_factor);

#endif
