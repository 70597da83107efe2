/* Enclosures compared. */
#ifndef GOLDSTEP_COMPARE_H
#define GOLDSTEP_COMPARE_H

#include <stdbool.h>

#include <mpfi.h>

/* EQUAL: the enclosures together are no wider than 2^-EQUAL_BITS of their size, on whichever side the values lie. */
enum comparison { WITHIN, EQUAL, BEYOND, UNCERTAIN };

/* Whether `small` is at most `large`. */
enum comparison compare(mpfi_srcptr small, mpfi_srcptr large);

/* Whether the enclosure says what its value is to six digits. */
bool is_resolved(mpfi_srcptr value);

/* In binary64; infinite where it is too large. */
double quotient(mpfr_srcptr a, mpfr_srcptr b);

#endif
