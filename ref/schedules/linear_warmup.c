#include "schedules/linear_warmup.h"

real_t linear_warmup_lr(uint64_t k, real_t lr, real_t start, real_t warmup_steps)
{
    return (real_t)k < warmup_steps ? start + (lr - start) * ((real_t)k / warmup_steps) : lr;
}
