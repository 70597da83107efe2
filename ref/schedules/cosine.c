#include "schedules/cosine.h"

real_t cosine_lr(uint64_t k, real_t lr, real_t lr_min, real_t period)
{
    return lr_min + (lr - lr_min) * (1 + real_cos_pi((real_t)k / period)) / 2;
}
