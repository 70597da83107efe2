#include "schedules/linear_warmup.h"

real_t linear_warmup_rise(uint64_t k, real_t lr, real_t start, real_t warmup_steps)
{
    //@ assert cases: counts(k);
    //@ assert share: 0 <= k / warmup_steps <= 1;
    return start + (lr - start) * ((real_t)k / warmup_steps);
}

real_t linear_warmup_lr(uint64_t k, real_t lr, real_t start, real_t warmup_steps)
{
    return (real_t)k < warmup_steps ? linear_warmup_rise(k, lr, start, warmup_steps) : lr;
}
