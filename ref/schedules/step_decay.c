#include "schedules/step_decay.h"

real_t step_decay_after(real_t drops, real_t lr, real_t gamma)
{
    real_t power = real_pow(gamma, drops);
    return lr * power;
}

real_t step_decay_lr(uint64_t k, real_t lr, real_t gamma, real_t period)
{
    //@ assert cases: counts(k);
    return step_decay_after(real_floor((real_t)k / period), lr, gamma);
}
