/* Absolute value, minimum, maximum and sign: exact in any format. */
#ifndef GOLDSTEP_COMPARE_H
#define GOLDSTEP_COMPARE_H

#include "real.h"

/*@ requires range: finite_in(x, -0x1p100, 0x1p100);
    assigns \nothing;
    ensures range:  finite_in(\result, 0, 0x1p100);
    ensures result: \result == \abs(x); */
real_t real_abs(real_t x);

/*@ requires range: finite_in(x, -0x1p100, 0x1p100) && finite_in(y, -0x1p100, 0x1p100);
    assigns \nothing;
    ensures range:  finite_in(\result, -0x1p100, 0x1p100);
    ensures result: \result == \max(x, y); */
real_t real_max(real_t x, real_t y);

/*@ requires range: finite_in(x, -0x1p100, 0x1p100) && finite_in(y, -0x1p100, 0x1p100);
    assigns \nothing;
    ensures range:  finite_in(\result, -0x1p100, 0x1p100);
    ensures result: \result == \min(x, y); */
real_t real_min(real_t x, real_t y);

/*@ requires range: finite_in(x, -0x1p100, 0x1p100);
    assigns \nothing;
    ensures range:  finite_in(\result, -1, 1);
    ensures result: \result == (0 < x ? 1 : (x < 0 ? -1 : 0)); */
real_t real_sign(real_t x);

#endif
