/* What MPFI does not have: powers, order and rounding to integers of intervals. */
#ifndef GOLDSTEP_INTERVAL_H
#define GOLDSTEP_INTERVAL_H

#include <stdbool.h>

#include <mpfi.h>

/* base^exponent for base >= 0. Returns false where it is undefined somewhere in the intervals: a negative base, or
 * a zero base with an exponent that is not positive. */
bool interval_pow(mpfi_t result, const mpfi_t base, const mpfi_t exponent);

void interval_min(mpfi_t result, const mpfi_t a, const mpfi_t b);
void interval_max(mpfi_t result, const mpfi_t a, const mpfi_t b);
void interval_floor(mpfi_t result, const mpfi_t a);

bool interval_is_point(const mpfi_t a);

#endif
