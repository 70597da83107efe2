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
    real_t length = end_step - start_step;
    real_t share = done / length;
    //@ assert length: finite_in(length, 0x1p-20, 0x1p40);
    //@ assert order: rounded_share((real_t)k, start_step, end_step);
    //@ assert share: finite_in(share, 0, 1);
    return share;
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
        return one_cycle_phase(k, initial, peak, 0, e1);
    }
    return one_cycle_phase(k, peak, final, e1, e2);
}

real_t one_cycle_rise(real_t total_steps, real_t pct_start)
{
    real_t rise = pct_start * total_steps;
    //@ assert error: bounded((rise - pct_start * total_steps) / (pct_start * total_steps), ulps(1));
    return rise;
}

real_t one_cycle_lr(uint64_t k, real_t lr, real_t total_steps, real_t pct_start, real_t div_factor,
                    real_t final_div_factor)
{
    //@ assert cases: counts(k);
    real_t initial = lr / div_factor;
    real_t final = initial / final_div_factor;
    //@ assert signs: 0 <= lr / div_factor && 0 <= lr / div_factor / final_div_factor;
    //@ assert most: bounded(lr / div_factor, 1) && bounded(lr / div_factor / final_div_factor, 1);
    //@ assert range: finite_in(initial, 0, 1) && finite_in(final, 0, 1);
    //@ assert ends: computes(initial, lr / div_factor, 1) && computes(final, lr / div_factor / final_div_factor, 1);
    real_t rise = one_cycle_rise(total_steps, pct_start);
    //@ assert most: bounded(pct_start * total_steps, 0.75 * total_steps);
    real_t e1 = rise - 1;
    real_t e2 = total_steps - 1;
    //@ assert exact: one_less(rise, (real_t)1) && one_less(total_steps, (real_t)1);
    //@ assert exact: e1 == rise - 1 && e2 == total_steps - 1;
    //@ assert order: 0 < pct_start * total_steps - 1 < e2 && 0 < e1 < e2;
    //@ assert fall: bounded(0.5, e2 - e1) && bounded(e2 - e1, 0x1p24);
    //@ assert near: bounded(e1 - (pct_start * total_steps - 1), ulps(3) * (pct_start * total_steps - 1));
    //@ assert near: bounded(e1 - (pct_start * total_steps - 1), ulps(3) * (e2 - (pct_start * total_steps - 1)));
    /*@ assert moves: phases_move(k, lr, e2, initial, final, e1, lr / div_factor, lr / div_factor / final_div_factor,
                                  pct_start * total_steps - 1, ulps(1), ulps(3)); */
    /*@ assert phases: computes(one_cycle_phases(k, initial, lr, final, e1, e2),
                                one_cycle_phases(k, lr / div_factor, lr, lr / div_factor / final_div_factor,
                                                 pct_start * total_steps - 1, e2), 5.8); */
    return one_cycle_phases(k, initial, lr, final, e1, e2);
}
