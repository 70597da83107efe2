#include "schedules/exponential.h"

real_t exponential_lr(uint64_t k, real_t lr, real_t gamma)
{
    return lr * real_powi(gamma, k);
}
