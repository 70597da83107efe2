/* The formats in which implementations compute. */
#ifndef GOLDSTEP_FORMAT_H
#define GOLDSTEP_FORMAT_H

#include "goldstep.h"

#include <mpfr.h>

struct format {
    const char *name;     /* binary64 */
    const char *dtype;    /* F64: what .safetensors files call it */
    size_t size;          /* bytes of a number */
    int precision;        /* p: bits of the significand, the hidden one included */
    int min_exponent;     /* the least normal number is 2^min_exponent */
    double unit;          /* u = 2^-p: one rounding to nearest is at most u relative, … */
    double min_normal;    /* … where the result is at least this, … */
    double min_subnormal; /* … and at most half of this below */
    double max_finite;
};

#define FORMAT_COUNT (GOLDSTEP_BFLOAT16 + 1)

/* The names of all, for messages. */
#define FORMAT_NAMES "\"binary64\", \"binary32\", \"binary16\" or \"bfloat16\""

const struct format *format_of(goldstep_format format);

/* The format of this name, or that .safetensors files call so; false where there is none. */
bool format_named(const char *name, goldstep_format *format);
bool format_of_dtype(const char *dtype, goldstep_format *format);

/* The narrowest format that holds all numbers of both: of binary16 and bfloat16, binary32. */
goldstep_format format_join(goldstep_format a, goldstep_format b);

/* Reads a number from memory, which may be unaligned; writes one that the format holds. */
double format_load(const struct format *format, const void *from);
void format_store(const struct format *format, double value, void *to);

/* `value` rounded to nearest, ties to even, with the format's overflow and gradual underflow; exact as a double. */
double format_round(const struct format *format, const mpfr_t value);

double format_round_double(const struct format *format, double value);

bool format_holds(const struct format *format, double value);

/* The distance between neighbours at `value` (finite or infinite): 2^(e - p + 1), at least min_subnormal. */
double format_ulp(const struct format *format, double value);

#endif
