/* Absolute value, minimum, maximum and sign: exact in any format. */
#ifndef GOLDSTEP_COMPARE_H
#define GOLDSTEP_COMPARE_H

#include "real.h"

/*@ assigns \nothing;
    ensures result: \result == \abs(x); */
real_t real_abs(real_t x);

/*@ assigns \nothing;
    ensures result: \result == \max(x, y); */
real_t real_max(real_t x, real_t y);

/*@ assigns \nothing;
    ensures result: \result == \min(x, y); */
real_t real_min(real_t x, real_t y);

/*@ assigns \nothing;
    ensures result: \result == (0 < x ? 1 : (x < 0 ? -1 : 0)); */
real_t real_sign(real_t x);

#endif
