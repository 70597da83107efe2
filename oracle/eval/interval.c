#include "eval/interval.h"

/* Of `a`'s and `b`'s ends the smaller (want < 0) or larger ones. */
static void select_ends(mpfi_t result, const mpfi_t a, const mpfi_t b, int want)
{
    mpfr_srcptr left = mpfr_cmp(&a->left, &b->left) * want > 0 ? &a->left : &b->left;
    mpfr_srcptr right = mpfr_cmp(&a->right, &b->right) * want > 0 ? &a->right : &b->right;
    mpfr_set(&result->left, left, MPFR_RNDD);
    mpfr_set(&result->right, right, MPFR_RNDU);
}

void interval_min(mpfi_t result, const mpfi_t a, const mpfi_t b)
{
    select_ends(result, a, b, -1);
}

void interval_max(mpfi_t result, const mpfi_t a, const mpfi_t b)
{
    select_ends(result, a, b, 1);
}

void interval_floor(mpfi_t result, const mpfi_t a)
{
    mpfr_rint_floor(&result->left, &a->left, MPFR_RNDD);
    mpfr_rint_floor(&result->right, &a->right, MPFR_RNDU);
}

bool interval_is_point(const mpfi_t a)
{
    return mpfr_equal_p(&a->left, &a->right) != 0;
}

/* For base > 0 the power is monotone in each argument, so the extremes are at the corners. */
static void pow_corners(mpfi_t result, const mpfi_t base, const mpfi_t exponent)
{
    mpfr_t low, high, value;
    mpfr_prec_t precision = mpfi_get_prec(result);
    mpfr_inits2(precision, low, high, value, (mpfr_ptr)0);
    mpfr_srcptr bases[] = {&base->left, &base->right};
    mpfr_srcptr exponents[] = {&exponent->left, &exponent->right};
    for (int b = 0; b < 2; b++) {
        for (int e = 0; e < 2; e++) {
            mpfr_pow(value, bases[b], exponents[e], MPFR_RNDD);
            if (b + e == 0 || mpfr_less_p(value, low))
                mpfr_set(low, value, MPFR_RNDD);
            mpfr_pow(value, bases[b], exponents[e], MPFR_RNDU);
            if (b + e == 0 || mpfr_greater_p(value, high))
                mpfr_set(high, value, MPFR_RNDU);
        }
    }
    mpfi_interv_fr(result, low, high);
    mpfr_clears(low, high, value, (mpfr_ptr)0);
}

bool interval_pow(mpfi_t result, const mpfi_t base, const mpfi_t exponent)
{
    if (mpfr_sgn(&base->left) < 0 || mpfi_nan_p(base) || mpfi_nan_p(exponent) ||
        (mpfr_zero_p(&base->left) && mpfr_sgn(&exponent->left) <= 0))
        return false;
    pow_corners(result, base, exponent);
    return true;
}
