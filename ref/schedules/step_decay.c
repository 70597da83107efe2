#include "schedules/step_decay.h"

real_t step_decay_lr(uint64_t k, real_t lr, real_t gamma, real_t period)
{
    return lr * real_pow(gamma, real_floor((real_t)k / period));
}
