#include "real.h"

#include <float.h>
#include <math.h>

#if defined __FAST_MATH__ || FLT_EVAL_METHOD != 0
#error "the proofs are about IEEE arithmetic: no -ffast-math, and double computed in double (SSE2)"
#endif

/* pow and cos are those of double: glibc's are within 0.55 ulp there, and their float ones are not. */

real_t real_sqrt(real_t x)
{
    return (real_t)sqrt(x);
}

real_t real_pow(real_t base, real_t y)
{
    return (real_t)pow(base, y);
}

real_t real_powi(real_t base, uint64_t n)
{
    return (real_t)pow(base, (double)n);
}

real_t real_cos_pi(real_t x)
{
    return (real_t)cos(0x1.921fb54442d18p+1 * x);
}

real_t real_floor(real_t x)
{
    return (real_t)floor(x);
}
