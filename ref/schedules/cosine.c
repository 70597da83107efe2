#include "schedules/cosine.h"

real_t cosine_at(real_t u, real_t lr, real_t lr_min)
{
    real_t wave = real_cos_pi(u);
    return lr_min + (lr - lr_min) * (1 + wave) / 2;
}

real_t cosine_lr(uint64_t k, real_t lr, real_t lr_min, real_t period)
{
    //@ assert cases: counts(k);
    //@ assert whole: k == 0 || 1 <= k;
    real_t u = (real_t)k / period;
    //@ assert share: computes(u, k / period, 2);
    //@ assert slope: cosine_moves(u, k / period, ulps(2));
    //@ assert wave:  computes(\cos(\pi * u), \cos(\pi * (k / period)), 6.4);
    return cosine_at(u, lr, lr_min);
}
