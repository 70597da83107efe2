/* The 1cycle policy in two phases. */
#ifndef GOLDSTEP_ONE_CYCLE_H
#define GOLDSTEP_ONE_CYCLE_H

#include "real.h"
#include "schedules/one_cycle.acsl"

/*@ requires range:  finite_in(u, 0, 1) && finite_in(start, 0, 1) && finite_in(end, 0, 1);
    assigns \nothing;
    ensures bound:   over_reals(\min(start, end) <= \result <= \max(start, end));
    ensures range:   finite_in(\result, -4, 4);
    ensures result:  computes(\result, one_cycle_at(u, start, end), 4.5); */
real_t one_cycle_at(real_t u, real_t start, real_t end);

/* The share of a phase that is over, where k is a number of the format (in binary32, each k up to 2^24 is). */
/*@ requires range:  finite_in(start_step, 0, 0x1p40) && finite_in(end_step, 0, 0x1p40);
    requires range:  computes((real_t)k, k, 0) && finite_in((real_t)(end_step - start_step), 0x1p-20, 0x1p40);
    requires range:  bounded(start_step, k) && bounded(k, end_step);
    assigns \nothing;
    ensures range:   finite_in(\result, 0, 1);
    ensures result:  computes(\result, one_cycle_share(k, start_step, end_step), 3.01); */
real_t one_cycle_share(uint64_t k, real_t start_step, real_t end_step);

/*@ requires range:  finite_in(start, 0, 1) && finite_in(end, 0, 1);
    requires range:  finite_in(start_step, 0, 0x1p40) && finite_in(end_step, 0, 0x1p40);
    requires range:  computes((real_t)k, k, 0) && finite_in((real_t)(end_step - start_step), 0x1p-20, 0x1p40);
    requires range:  bounded(start_step, k) && bounded(k, end_step);
    assigns \nothing;
    ensures bound:   over_reals(\min(start, end) <= \result <= \max(start, end));
    ensures range:   finite_in(\result, -4, 4);
    ensures result:  computes(\result, one_cycle_phase(k, start, end, start_step, end_step), 9.32); */
real_t one_cycle_phase(uint64_t k, real_t start, real_t end, real_t start_step, real_t end_step);

/*@ requires range: finite_in(initial, 0, 1) && finite_in(peak, 0, 1) && finite_in(final, 0, 1) &&
                    finite_in(e1, 0, 0x1p40) && finite_in(e2, 0, 0x1p40) && computes((real_t)k, k, 0);
    requires range: k <= e1 ==> finite_in(e1, 0x1p-20, 0x1p40);
    requires range: e1 < k ==> finite_in((real_t)(e2 - e1), 0x1p-20, 0x1p40);
    requires range: e1 < k ==> bounded(k, e2);
    assigns \nothing;
    ensures bound:  over_reals(\min(initial, \min(peak, final)) <= \result <=
                               \max(initial, \max(peak, final)));
    ensures range:  finite_in(\result, -4, 4);
    ensures result: computes(\result, one_cycle_phases(k, initial, peak, final, e1, e2), 9.32); */
real_t one_cycle_phases(uint64_t k, real_t initial, real_t peak, real_t final, real_t e1,
                        real_t e2);

/* The steps that the rise takes, and one more. */
/*@ requires range: finite_in(total_steps, 2, 0x1p24) && finite_in(pct_start, 0x1p-23, 0.75);
    requires range: bounded(2, pct_start * total_steps);
    assigns \nothing;
    ensures range:  finite_in(\result, 2, 0x1p24);
    ensures error:  bounded(\result - pct_start * total_steps, ulps(1) * (pct_start * total_steps));
    ensures result: computes(\result, pct_start * total_steps, 0x1p23); */
real_t one_cycle_rise(real_t total_steps, real_t pct_start);

/* k may be on one side of the exact end of the rise and on the other of the computed one: k = 29 is, in binary64, with the
 * default hyperparameters (0.3 is a number below 3/10). Both values are near the peak then. In IEEE arithmetic the rise
 * takes at least 2 and at most 3/4 of all steps, the last of which is total_steps - 1. */
/*@ requires domain: one_cycle_domain(lr, total_steps, pct_start, div_factor, final_div_factor);
    requires range:  finite_in(lr, 0, 1) && finite_in(total_steps, 2, 0x1p24) && finite_in(pct_start, 0x1p-23, 0.75) &&
                     finite_in(div_factor, 1, 0x1p40) && finite_in(final_div_factor, 1, 0x1p40);
    requires range:  bounded(2, pct_start * total_steps) && bounded(k, total_steps - 1);
    requires range:  computes((real_t)k, k, 0);
    assigns \nothing;
    ensures sign:    over_reals(0 <= \result);
    ensures bound:   over_reals(1 <= div_factor && 1 <= final_div_factor ==> \result <= lr);
    ensures range:   finite_in(\result, -4, 4);
    ensures result:  computes(\result, one_cycle_lr(k, lr, total_steps, pct_start, div_factor, final_div_factor),
                              15.2); */
real_t one_cycle_lr(uint64_t k, real_t lr, real_t total_steps, real_t pct_start, real_t div_factor,
                    real_t final_div_factor);

#endif
