#include "schedules/inv_sqrt.h"

real_t inv_sqrt_lr(uint64_t k, real_t lr)
{
    //@ assert cases: counts(k);
    real_t root = real_sqrt((real_t)k + 1);
    //@ assert root: over_reals(1 <= root && root * root == k + 1);
    real_t rate = lr / root;
    //@ assert rate: over_reals(0 <= rate && rate * root == lr);
    return rate;
}
