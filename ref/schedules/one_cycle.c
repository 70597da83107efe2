#include "schedules/one_cycle.h"

real_t one_cycle_at(real_t u, real_t start, real_t end)
{
    real_t wave = real_cos_pi(u);
    return end + (start - end) / 2 * (1 + wave);
}

real_t one_cycle_share(uint64_t k, real_t start_step, real_t end_step)
{
    //@ assert cases: counts(k);
    real_t done = (real_t)k - start_step;
    //@ assert cases: sign_cases(done);
    return done / (end_step - start_step);
}

real_t one_cycle_phase(uint64_t k, real_t start, real_t end, real_t start_step, real_t end_step)
{
    real_t u = one_cycle_share(k, start_step, end_step);
    //@ assert slope: cosine_moves(u, one_cycle_share(k, start_step, end_step), ulps(3.01));
    //@ assert wave:  computes(\cos(\pi * u), \cos(\pi * one_cycle_share(k, start_step, end_step)), 9.632);
    return one_cycle_at(u, start, end);
}

real_t one_cycle_phases(uint64_t k, real_t initial, real_t peak, real_t final, real_t e1, real_t e2)
{
    //@ assert cases: counts(k);
    if ((real_t)k <= e1) {
        //@ assert share: bounded((real_t)k / e1, 1);
        return one_cycle_phase(k, initial, peak, 0, e1);
    }
    return one_cycle_phase(k, peak, final, e1, e2);
}

real_t one_cycle_lr(uint64_t k, real_t lr, real_t total_steps, real_t pct_start, real_t div_factor,
                    real_t final_div_factor)
{
    real_t initial = lr / div_factor;
    return one_cycle_phases(k, initial, lr, initial / final_div_factor, pct_start * total_steps - 1,
                            total_steps - 1);
}
