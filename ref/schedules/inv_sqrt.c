#include "schedules/inv_sqrt.h"

real_t inv_sqrt_lr(uint64_t k, real_t lr)
{
    return lr / real_sqrt((real_t)k + 1);
}
