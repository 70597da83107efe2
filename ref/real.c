#include "real.h"

#include <tgmath.h>

real_t real_sqrt(real_t x)
{
    return sqrt(x);
}

real_t real_pow(real_t base, real_t y)
{
    return pow(base, y);
}

real_t real_powi(real_t base, uint64_t n)
{
    return pow(base, (real_t)n);
}

real_t real_cos_pi(real_t x)
{
    return cos((real_t)0x1.921fb54442d18p+1 * x);
}

real_t real_floor(real_t x)
{
    return floor(x);
}
