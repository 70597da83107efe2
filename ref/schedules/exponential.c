#include "schedules/exponential.h"

real_t exponential_lr(uint64_t k, real_t lr, real_t gamma)
{
    real_t power = real_powi(gamma, k);
    //@ assert first: k == 0 ==> \pow(gamma, k) == 1;
    //@ assert power: gamma <= 1 ==> 0 <= \pow(gamma, k) <= 1;
    return lr * power;
}
