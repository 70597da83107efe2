#include "compare.h"

real_t real_abs(real_t x)
{
    return x < 0 ? -x : x;
}

real_t real_max(real_t x, real_t y)
{
    return x < y ? y : x;
}

real_t real_min(real_t x, real_t y)
{
    return x < y ? x : y;
}

real_t real_sign(real_t x)
{
    if (x > 0) {
        return 1;
    }
    if (x < 0) {
        return -1;
    }
    return 0;
}
