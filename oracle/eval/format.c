#include "eval/format.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

static const struct format formats[FORMAT_COUNT] = {
    [GOLDSTEP_BINARY64] = {"binary64", "F64", 8, 53, -1022, 0x1p-53, DBL_MIN, 0x1p-1074, DBL_MAX},
    [GOLDSTEP_BINARY32] = {"binary32", "F32", 4, 24, -126, 0x1p-24, (double)FLT_MIN, 0x1p-149,
                           (double)FLT_MAX},
    [GOLDSTEP_BINARY16] = {"binary16", "F16", 2, 11, -14, 0x1p-11, 0x1p-14, 0x1p-24, 65504},
    [GOLDSTEP_BFLOAT16] = {"bfloat16", "BF16", 2, 8, -126, 0x1p-8, 0x1p-126, 0x1p-133, 0x1.fep127},
};

const struct format *format_of(goldstep_format format)
{
    return &formats[format];
}

bool format_named(const char *name, goldstep_format *format)
{
    for (*format = 0; *format < FORMAT_COUNT; (*format)++)
        if (strcmp(formats[*format].name, name) == 0)
            return true;
    return false;
}

bool format_of_dtype(const char *dtype, goldstep_format *format)
{
    for (*format = 0; *format < FORMAT_COUNT; (*format)++)
        if (strcmp(formats[*format].dtype, dtype) == 0)
            return true;
    return false;
}

goldstep_format format_join(goldstep_format a, goldstep_format b)
{
    if (a == b)
        return a;
    if (formats[a].size == formats[b].size)
        return GOLDSTEP_BINARY32;
    return formats[a].size > formats[b].size ? a : b;
}

/* --- numbers of 16 bits: a sign, 16 - p bits of exponent and p - 1 of the fraction ------------------------------ */

static double decode(const struct format *format, uint16_t bits)
{
    int fraction_bits = format->precision - 1, least = format->min_exponent - fraction_bits;
    int exponent = (bits & 0x7fff) >> fraction_bits, fraction = bits & ((1 << fraction_bits) - 1);
    double magnitude;
    if (exponent == (1 << (16 - format->precision)) - 1)
        magnitude = fraction == 0 ? INFINITY : NAN;
    else if (exponent == 0)
        magnitude = ldexp(fraction, least);
    else
        magnitude = ldexp(fraction + (1 << fraction_bits), exponent - 1 + least);
    return bits & 0x8000 ? -magnitude : magnitude;
}

/* The patterns of the numbers from 0 to infinity follow each other as the numbers do. */
static uint16_t encode(const struct format *format, double value)
{
    int fraction_bits = format->precision - 1, sign = signbit(value) ? 0x8000 : 0;
    int infinity = ((1 << (16 - format->precision)) - 1) << fraction_bits;
    double magnitude = fabs(value);
    if (isnan(value))
        return (uint16_t)(sign | infinity | 1 << (fraction_bits - 1));
    if (isinf(value))
        return (uint16_t)(sign | infinity);
    if (magnitude < format->min_normal)
        return (uint16_t)(sign | (int)(magnitude / format->min_subnormal));
    int exponent = ilogb(magnitude);
    int significand = (int)ldexp(magnitude, fraction_bits - exponent);
    return (uint16_t)(sign | (((exponent - format->min_exponent) << fraction_bits) + significand));
}

double format_load(const struct format *format, const void *from)
{
    double number;
    float single;
    uint16_t half;
    switch (format->size) {
    case sizeof number:
        memcpy(&number, from, sizeof number);
        return number;
    case sizeof single:
        memcpy(&single, from, sizeof single);
        return (double)single;
    default:
        memcpy(&half, from, sizeof half);
        return decode(format, half);
    }
}

void format_store(const struct format *format, double value, void *to)
{
    float single = (float)value;
    uint16_t half;
    switch (format->size) {
    case sizeof value:
        memcpy(to, &value, sizeof value);
        break;
    case sizeof single:
        memcpy(to, &single, sizeof single);
        break;
    default:
        half = encode(format, value);
        memcpy(to, &half, sizeof half);
    }
}

/* --- rounding --------------------------------------------------------------------------------------------------- */

/* Rounds to as many bits as the format has at this exponent: fewer below the normal range, down to none. */
static double round_narrow(const struct format *format, const mpfr_t value)
{
    if (!mpfr_regular_p(value))
        return mpfr_get_d(value, MPFR_RNDN);
    mpfr_exp_t exponent = mpfr_get_exp(value); /* 2^(exponent - 1) <= |value| < 2^exponent */
    mpfr_exp_t bits = exponent - (format->min_exponent - format->precision + 1);
    double sign = mpfr_sgn(value) < 0 ? -1.0 : 1.0;
    if (bits < 0)
        return sign * 0;
    if (bits == 0) /* half the least number, a tie, is rounded to the even 0 */
        return sign * (mpfr_cmp_d(value, sign * format->min_subnormal / 2) != 0
                           ? format->min_subnormal
                           : 0);
    mpfr_t rounded;
    mpfr_init2(rounded, bits < format->precision ? bits : format->precision);
    mpfr_set(rounded, value, MPFR_RNDN);
    double result = mpfr_get_d(rounded, MPFR_RNDN);
    mpfr_clear(rounded);
    return fabs(result) > format->max_finite ? sign * INFINITY : result;
}

double format_round(const struct format *format, const mpfr_t value)
{
    switch (format->size) {
    case sizeof(double):
        return mpfr_get_d(value, MPFR_RNDN);
    case sizeof(float):
        return (double)mpfr_get_flt(value, MPFR_RNDN);
    default:
        return round_narrow(format, value);
    }
}

double format_round_double(const struct format *format, double value)
{
    MPFR_DECL_INIT(number, 53);
    mpfr_set_d(number, value, MPFR_RNDN);
    return format_round(format, number);
}

bool format_holds(const struct format *format, double value)
{
    return format->size == sizeof value || format_round_double(format, value) == value;
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
