#include "ratio.h"

real_t ratio(real_t a, real_t b)
{
    return a / b;
}
