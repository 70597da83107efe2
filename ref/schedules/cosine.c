#include "schedules/cosine.h"

real_t cosine_at(real_t u, real_t lr, real_t lr_min)
{
    real_t wave = real_cos_pi(u);
    return lr_min + (lr - lr_min) * (1 + wave) / 2;
}

real_t cosine_lr(uint64_t k, real_t lr, real_t lr_min, real_t period)
{
    //@ assert cases: counts(k);
    return cosine_at((real_t)k / period, lr, lr_min);
}
