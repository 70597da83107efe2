#include "rates/compare.h"

#include "rates/rates.h"

enum { RESOLVED_BITS = 20 };

/* Whether high - low is at most 2^-bits of the larger one's size. */
static bool is_close(mpfr_srcptr low, mpfr_srcptr high, unsigned bits)
{
    mpfr_t width, size;
    mpfr_inits2(64, width, size, (mpfr_ptr)0);
    mpfr_sub(width, high, low, MPFR_RNDU);
    mpfr_abs(size, mpfr_cmpabs(low, high) > 0 ? low : high, MPFR_RNDD);
    mpfr_div_2ui(size, size, bits, MPFR_RNDD);
    bool close = mpfr_lessequal_p(width, size);
    mpfr_clears(width, size, (mpfr_ptr)0);
    return close;
}

static bool is_bounded(mpfi_srcptr a)
{
    return mpfr_number_p(&a->left) && mpfr_number_p(&a->right);
}

enum comparison compare(mpfi_srcptr small, mpfi_srcptr large)
{
    if (!is_bounded(small) || !is_bounded(large))
        return UNCERTAIN;
    mpfr_srcptr low = mpfr_less_p(&small->left, &large->left) ? &small->left : &large->left;
    mpfr_srcptr high = mpfr_greater_p(&small->right, &large->right) ? &small->right : &large->right;
    if (is_close(low, high, EQUAL_BITS))
        return EQUAL;
    if (mpfr_lessequal_p(&small->right, &large->left))
        return WITHIN;
    return mpfr_greater_p(&small->left, &large->right) ? BEYOND : UNCERTAIN;
}

bool is_resolved(mpfi_srcptr value)
{
    return is_close(&value->left, &value->right, RESOLVED_BITS);
}

double quotient(mpfr_srcptr a, mpfr_srcptr b)
{
    mpfr_t result;
    mpfr_init2(result, 64);
    mpfr_div(result, a, b, MPFR_RNDN);
    double value = mpfr_get_d(result, MPFR_RNDN) + 0.0; /* no -0 */
    mpfr_clear(result);
    return value;
}
