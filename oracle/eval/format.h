/* The formats in which implementations compute. */
#ifndef GOLDSTEP_FORMAT_H
#define GOLDSTEP_FORMAT_H

#include "goldstep.h"

#include <mpfr.h>

struct format {
    const char *name;     /* binary64 */
    int precision;        /* p: bits of the significand, the hidden one included */
    int min_exponent;     /* the least normal number is 2^min_exponent */
    double unit;          /* u = 2^-p: one rounding to nearest is at most u relative, … */
    double min_normal;    /* … where the result is at least this, … */
    double min_subnormal; /* … and at most half of this below */
    double max_finite;
};

const struct format *format_of(goldstep_format format);

/* The formats are those of the numbers below this. */
size_t format_count(void);

/* `value` rounded to nearest, ties to even, with the format's overflow and gradual underflow; exact as a double. */
double format_round(const struct format *format, const mpfr_t value);

bool format_holds(const struct format *format, double value);

/* The distance between neighbours at `value` (finite or infinite): 2^(e - p + 1), at least min_subnormal. */
double format_ulp(const struct format *format, double value);

#endif
