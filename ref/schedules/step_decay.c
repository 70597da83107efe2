#include "schedules/step_decay.h"

real_t step_decay_after(real_t drops, real_t lr, real_t gamma)
{
    real_t power = real_pow(gamma, drops);
    return lr * power;
}

real_t step_decay_lr(uint64_t k, real_t lr, real_t gamma, real_t period)
{
    //@ assert cases: counts(k);
    real_t count = (real_t)k;
    real_t share = count / period;
    //@ assert rounding: rounds(count, k) && rounds(share, count / period);
    //@ assert quotient: whole_quotient(k, period);
    real_t drops = real_floor(share);
    //@ assert drops: drops == \floor(k / period);
    //@ assert split: step_decay_lr(k, lr, gamma, period) == step_decay_after(\floor(k / period), lr, gamma);
    return step_decay_after(drops, lr, gamma);
}
