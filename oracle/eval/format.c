#include "eval/format.h"

#include <float.h>
#include <math.h>

static const struct format formats[] = {
    [GOLDSTEP_BINARY64] = {"binary64", 53, -1022, 0x1p-53, DBL_MIN, 0x1p-1074, DBL_MAX},
    [GOLDSTEP_BINARY32] = {"binary32", 24, -126, 0x1p-24, (double)FLT_MIN, 0x1p-149,
                           (double)FLT_MAX},
};

const struct format *format_of(goldstep_format format)
{
    return &formats[format];
}

size_t format_count(void)
{
    return sizeof formats / sizeof *formats;
}

double format_round(const struct format *format, const mpfr_t value)
{
    if (format->precision == 24)
        return (double)mpfr_get_flt(value, MPFR_RNDN);
    return mpfr_get_d(value, MPFR_RNDN);
}

bool format_holds(const struct format *format, double value)
{
    return format->precision == 53 || (double)(float)value == value;
}

double format_ulp(const struct format *format, double value)
{
    if (fabs(value) > format->max_finite)
        value = format->max_finite;
    int exponent;
    frexp(value, &exponent); /* |value| = f * 2^exponent with 1/2 <= f < 1, so e = exponent - 1 */
    if (value == 0 || exponent - 1 < format->min_exponent)
        return format->min_subnormal;
    return ldexp(1.0, exponent - format->precision);
}
