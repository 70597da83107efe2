/* The reference's libm against MPFR, in the number type that this file is compiled for: how far each wrapper of
 * ref/real.h is from the real number, and the contracts that the proofs admit. Then compare.h and vector.h. */
#include "compare.h"
#include "real.h"
#include "vector.h"

#include <check.h>
#include <float.h>
#include <math.h>
#include <mpfr.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#ifdef GOLDSTEP_REAL_FLOAT
#define NAME "real, binary32"
#define PRECISION FLT_MANT_DIG
#define LEAST_EXPONENT (FLT_MIN_EXP - FLT_MANT_DIG)
#define GREATEST_EXPONENT FLT_MAX_EXP
#define LARGEST FLT_MAX
#define LEAST 0x1p-149F
#define LEAST_NORMAL FLT_MIN
#define next nextafterf
#else
#define NAME "real, binary64"
#define PRECISION DBL_MANT_DIG
#define LEAST_EXPONENT (DBL_MIN_EXP - DBL_MANT_DIG)
#define GREATEST_EXPONENT DBL_MAX_EXP
#define LARGEST DBL_MAX
#define LEAST 0x1p-1074
#define LEAST_NORMAL DBL_MIN
#define next nextafter
#endif

#define LENGTH(array) (sizeof(array) / sizeof *(array))

/* Check's own assertions write to a file each time that they hold. */
#define require(condition, ...)                                                                    \
    do {                                                                                           \
        if (!(condition))                                                                          \
            ck_abort_msg(__VA_ARGS__);                                                             \
    } while (false)

enum { POINTS = 1000000, WORK_PRECISION = 112 };

static mpfr_t exact, other;
static uint64_t random_state;

static void set_up(void)
{
    mpfr_inits2(WORK_PRECISION, exact, other, (mpfr_ptr)0);
    random_state = 1;
}

static void tear_down(void)
{
    mpfr_clears(exact, other, (mpfr_ptr)0);
    mpfr_free_cache();
}

/* --- numbers --------------------------------------------------------------------------------------------------- */

/* SplitMix64, as in oracle/cli/gen.c. */
static uint64_t next_random(void)
{
    uint64_t z = random_state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/* Uniform on [0, 1). */
static real_t uniform(void)
{
    return (real_t)ldexp((double)(next_random() >> (64 - PRECISION)), -PRECISION);
}

/* Every positive finite number is as likely as any other within its binade, and every binade from 2^`low` to 2^`high`
 * as likely as any other; below the normal range rounded. */
static real_t positive(int low, int high)
{
    int exponent = low + (int)(next_random() % (uint64_t)(high - low));
    real_t number = (real_t)ldexp(1 + (double)uniform(), exponent);
    return number > LARGEST ? LARGEST : number;
}

static real_t positive_any(void)
{
    real_t number = positive(LEAST_EXPONENT, GREATEST_EXPONENT);
    return number > 0 ? number : LEAST;
}

static void set_real(mpfr_ptr to, real_t number)
{
    mpfr_set_d(to, (double)number, MPFR_RNDN);
}

/* The distance of neighbouring numbers at `exact` is two to this power. */
static int ulp_exponent(void)
{
    long exponent = mpfr_zero_p(exact) ? LEAST_EXPONENT : mpfr_get_exp(exact) - PRECISION;
    return (int)(exponent > LEAST_EXPONENT ? exponent : LEAST_EXPONENT);
}

/* |got - exact|, in ulps of `exact`. An infinity stands for the number that follows the largest. */
static double error_ulps(real_t got)
{
    if (isinf(got)) {
        mpfr_set_ui_2exp(other, 1, GREATEST_EXPONENT, MPFR_RNDN);
        if (got < 0)
            mpfr_neg(other, other, MPFR_RNDN);
    } else {
        set_real(other, got);
    }
    bool beyond =
        mpfr_inf_p(exact) || (mpfr_regular_p(exact) && mpfr_get_exp(exact) > GREATEST_EXPONENT);
    if (beyond && isinf(got))
        return 0;
    mpfr_sub(other, other, exact, MPFR_RNDA);
    mpfr_mul_2si(other, other, -ulp_exponent(), MPFR_RNDA);
    return fabs(mpfr_get_d(other, MPFR_RNDA));
}

/* The largest error seen, printed where GOLDSTEP_SHOW_ERRORS is set. */
static void show(const char *what, double worst)
{
    if (getenv("GOLDSTEP_SHOW_ERRORS") != NULL)
        printf("%s: %s: %.4f ulps\n", NAME, what, worst);
}

/* --- real_sqrt ------------------------------------------------------------------------------------------------- */

/* Correctly rounded: no number is nearer, and of two as near the even one is taken. MPFR rounds once to the format's
 * precision, which is enough as no root of a number is subnormal. */
static void check_sqrt(real_t x)
{
    MPFR_DECL_INIT(root, PRECISION);
    set_real(other, x);
    mpfr_sqrt(root, other, MPFR_RNDN);
    real_t got = real_sqrt(x), expected = (real_t)mpfr_get_d(root, MPFR_RNDN);
    require(got == expected, "sqrt(%a) = %a, not %a", (double)x, (double)got, (double)expected);
    require(0 <= got && (x == 0 || 0 < got), "sqrt(%a) = %a: sign", (double)x, (double)got);
}

static void check_sqrt_around(real_t x)
{
    check_sqrt(x);
    check_sqrt(next(x, 0));
    check_sqrt(next(x, LARGEST));
}

START_TEST(test_sqrt)
{
    const real_t edges[] = {0, LEAST, LEAST_NORMAL, 1, 2, 4, LARGEST};
    for (size_t i = 0; i < LENGTH(edges); i++)
        check_sqrt_around(edges[i]);
    for (int i = 0; i < POINTS; i++) {
        check_sqrt(positive_any());
        check_sqrt((real_t)(next_random() % 1000000) * LEAST);
    }
    for (int i = 0; i < POINTS / 4; i++) {
        real_t half = (real_t)(next_random() >> (64 - PRECISION / 2)); /* its square is exact */
        check_sqrt_around(half * half);
        require(real_sqrt(half * half) == half, "sqrt(%a^2)", (double)half);
        real_t root = positive(LEAST_EXPONENT / 2, GREATEST_EXPONENT / 2 - 1);
        check_sqrt_around(root * root);
        real_t middle = root + root * (real_t)0x1p-12; /* near the middle of two roots */
        check_sqrt_around(middle * next(middle, LARGEST));
    }
    require(isinf(real_sqrt((real_t)INFINITY)), "isinf(real_sqrt((real_t)INFINITY))");
}
END_TEST

/* --- real_pow and real_powi ------------------------------------------------------------------------------------ */

/* glibc 2.36 documents 1 ulp for pow and for powf on x86-64 (Library Reference, "Errors in Math Functions"). */
static const double POW_ULPS = 1;

static double check_pow(real_t base, real_t y)
{
    real_t got = real_pow(base, y);
    set_real(exact, base);
    set_real(other, y);
    mpfr_pow(exact, exact, other, MPFR_RNDN);
    double error = error_ulps(got);
    require(error <= POW_ULPS, "pow(%a, %a) = %a: %g ulps", (double)base, (double)y, (double)got,
            error);
    require(0 <= got, "pow(%a, %a) = %a: sign", (double)base, (double)y, (double)got);
    require(!(base <= 1 && 0 <= y) || got <= 1, "pow(%a, %a) = %a: contraction", (double)base,
            (double)y, (double)got);
    return error;
}

START_TEST(test_pow)
{
    const real_t below = next(1, 0), above = next(1, 2);
    const real_t bases[] = {LEAST, LEAST_NORMAL, (real_t)0.5, (real_t)0.96, below,
                            1,     above,        2,           LARGEST};
    const real_t exponents[] = {0,     LEAST, LEAST_NORMAL, below,       1,
                                above, 2,     (real_t)0.5,  (real_t)1e9, LARGEST};
    double worst = 0;
    for (size_t i = 0; i < LENGTH(bases); i++) {
        for (size_t k = 0; k < LENGTH(exponents); k++) {
            worst = fmax(worst, check_pow(bases[i], exponents[k]));
            worst = fmax(worst, check_pow(bases[i], -exponents[k]));
            if (exponents[k] > 0)
                require(real_pow(0, exponents[k]) == 0, "pow(0, %a)", (double)exponents[k]);
        }
    }
    for (int i = 0; i < POINTS / 2; i++) {
        real_t base = positive_any(), bound = (real_t)(1100 / fmax(fabs(log2((double)base)), 1));
        worst = fmax(worst, check_pow(base, (2 * uniform() - 1) * bound)); /* most are finite */
        real_t decay = 1 - positive(-PRECISION, 0);
        if (decay > 0)
            worst = fmax(worst, check_pow(decay, positive(-20, 20)));
    }
    show("real_pow", worst);
}
END_TEST

/* A count up to 2^PRECISION is exact in the format. A larger one is rounded first, by at most one part in 2^PRECISION;
 * the power then errs by that part of |n log(base)| of itself, and twice that in ulps, at most. */
static double check_powi(real_t base, uint64_t n)
{
    real_t got = real_powi(base, n);
    set_real(exact, base);
    mpfr_set_uj(other, n, MPFR_RNDN);
    mpfr_pow(exact, exact, other, MPFR_RNDN);
    double error = error_ulps(got), bound = POW_ULPS;
    if (n >> PRECISION != 0 && base > 0)
        bound += 2 * fabs((double)n * log((double)base));
    require(error <= bound, "powi(%a, %ju) = %a: %g ulps", (double)base, (uintmax_t)n, (double)got,
            error);
    require(0 <= got, "powi(%a, %ju) = %a: sign", (double)base, (uintmax_t)n, (double)got);
    require(!(base < 1 && 1 <= n) || got < 1, "powi(%a, %ju) = %a: contraction", (double)base,
            (uintmax_t)n, (double)got);
    return n >> PRECISION == 0 ? error : 0;
}

START_TEST(test_powi)
{
    const real_t below = next(1, 0);
    const real_t bases[] = {LEAST,          LEAST_NORMAL, (real_t)0.5, (real_t)0.9, (real_t)0.999,
                            next(below, 0), below,        1,           next(1, 2),  2};
    const uint64_t counts[] = {1,
                               2,
                               3,
                               10,
                               1000,
                               1000000,
                               (1u << 24) - 1,
                               1u << 24,
                               (1u << 24) + 1,
                               UINT64_C(1) << 53,
                               (UINT64_C(1) << 53) + 1,
                               UINT64_MAX};
    double worst = 0;
    for (size_t i = 0; i < LENGTH(bases); i++) {
        require(real_powi(bases[i], 0) == 1, "real_powi(bases[i], 0) == 1");
        for (size_t k = 0; k < LENGTH(counts); k++) {
            worst = fmax(worst, check_powi(bases[i], counts[k]));
            require(real_powi(0, counts[k]) == 0, "real_powi(0, counts[k]) == 0");
        }
    }
    for (int i = 0; i < POINTS / 2; i++) {
        real_t decay = 1 - positive(-PRECISION, 0);
        if (decay > 0)
            worst = fmax(worst, check_powi(decay, 1 + (next_random() >> (next_random() % 64))));
        worst = fmax(worst, check_powi(next(1, 0) - uniform(), 1 + next_random() % 4));
    }
    show("real_powi (counts that the format holds)", worst);
}
END_TEST

/* --- real_cos_pi ----------------------------------------------------------------------------------------------- */

/* glibc 2.36 documents 1 ulp for cos and for cosf on x86-64. The argument pi * x errs before that: pi rounded (at most
 * half an ulp of a number between 2 and 4: 2^(1 - p), less than u = 2^-p of itself) and the product rounded (u), which
 * together move it by less than 2 u |pi x| (1 + u), and the cosine, whose slope is at most 1, by no more; where the
 * product is subnormal the cosine is 1. So near a zero of the cosine the error is large in ulps and small
 * in itself. */
static double check_cos_pi(real_t x)
{
    real_t got = real_cos_pi(x);
    set_real(other, x);
    mpfr_const_pi(exact, MPFR_RNDN);
    mpfr_mul(exact, exact, other, MPFR_RNDN);
    mpfr_cos(exact, exact, MPFR_RNDN);
    double ulp = ldexp(1, ulp_exponent()), error = error_ulps(got);
    double argument = 2.001 * 3.1416 * fabs((double)x) * ldexp(1, -PRECISION);
    require(error * ulp <= ulp + argument, "cos_pi(%a) = %a: %g ulps", (double)x, (double)got,
            error);
    require(-1 <= got && got <= 1, "cos_pi(%a) = %a: range", (double)x, (double)got);
    return error * ulp / (ulp + argument);
}

START_TEST(test_cos_pi)
{
    const real_t edges[] = {0,           LEAST, LEAST_NORMAL, (real_t)0.25, (real_t)0.5, 1,
                            (real_t)1.5, 2,     1000,         (real_t)1e6};
    double worst = 0, at_quarter = 0;
    for (size_t i = 0; i < LENGTH(edges); i++) {
        worst = fmax(worst, check_cos_pi(edges[i]));
        worst = fmax(worst, check_cos_pi(-edges[i]));
        worst = fmax(worst, check_cos_pi(next(edges[i], 0)));
        worst = fmax(worst, check_cos_pi(next(edges[i], LARGEST)));
    }
    for (int i = 0; i < POINTS / 4; i++) {
        real_t x = uniform();
        worst = fmax(worst, check_cos_pi(x));
        worst = fmax(worst, check_cos_pi(-100 * x));
        worst = fmax(worst, check_cos_pi(positive(LEAST_EXPONENT, PRECISION)));
        worst = fmax(worst, check_cos_pi((real_t)(next_random() % 1000) /
                                         (real_t)(1 + next_random() % 1000)));
        check_cos_pi(x / 4);
        at_quarter = fmax(at_quarter, error_ulps(real_cos_pi(x / 4)));
    }
    require(real_cos_pi(0) == 1 && real_cos_pi(1) == -1 && real_cos_pi(2) == 1,
            "real_cos_pi(0) == 1 && real_cos_pi(1) == -1 && real_cos_pi(2) == 1");
    show("real_cos_pi, as a part of its bound", worst);
    show("real_cos_pi on [0, 1/4]", at_quarter);
    for (int i = 0; i < POINTS; i++) { /* the range alone, over all that is finite */
        real_t got = real_cos_pi(positive(LEAST_EXPONENT, GREATEST_EXPONENT - 2));
        require(-1 <= got && got <= 1, "cos_pi = %a: range", (double)got);
    }
}
END_TEST

/* --- real_floor ------------------------------------------------------------------------------------------------ */

static void check_floor(real_t x)
{
    set_real(exact, x);
    mpfr_floor(exact, exact);
    require(mpfr_cmp_d(exact, (double)real_floor(x)) == 0, "floor(%a) = %a", (double)x,
            (double)real_floor(x));
}

START_TEST(test_floor)
{
    const real_t edges[] = {0, LEAST,   LEAST_NORMAL, (real_t)0.5,    1,
                            2, 8388608, 16777216,     (real_t)0x1p52, LARGEST};
    for (size_t i = 0; i < LENGTH(edges); i++) {
        const real_t points[] = {edges[i], next(edges[i], 0), next(edges[i], LARGEST)};
        for (size_t k = 0; k < LENGTH(points); k++) {
            check_floor(points[k]);
            check_floor(-points[k]);
        }
    }
    for (int i = 0; i < POINTS / 2; i++) {
        real_t x = positive(-3, PRECISION + 3), whole = (real_t)(next_random() % 10000);
        check_floor(x);
        check_floor(-x);
        check_floor(next(whole, 0));
        require(real_floor(whole) == whole && real_floor(-whole) == -whole,
                "real_floor(whole) == whole && real_floor(-whole) == -whole");
    }
}
END_TEST

/* --- compare.h and vector.h ------------------------------------------------------------------------------------ */

START_TEST(test_compare)
{
    const real_t numbers[] = {-LARGEST,     -1, -LEAST_NORMAL, -LEAST, 0, LEAST,
                              LEAST_NORMAL, 1,  next(1, 2),    LARGEST};
    const size_t zero = 4;
    for (size_t i = 0; i < LENGTH(numbers); i++) {
        real_t x = numbers[i];
        require(real_abs(x) == (i < zero ? -x : x), "real_abs(x) == (i < zero ? -x : x)");
        require(real_sign(x) == (i < zero ? -1 : (i > zero ? 1 : 0)),
                "real_sign(x) == (i < zero ? -1 : (i > zero ? 1 : 0))");
        for (size_t k = 0; k < LENGTH(numbers); k++) {
            require(real_max(x, numbers[k]) == numbers[i > k ? i : k],
                    "real_max(x, numbers[k]) == numbers[i > k ? i : k]");
            require(real_min(x, numbers[k]) == numbers[i < k ? i : k],
                    "real_min(x, numbers[k]) == numbers[i < k ? i : k]");
        }
    }
    require(real_sign((real_t)-0.0) == 0 && real_abs((real_t)-0.0) == 0,
            "real_sign((real_t)-0.0) == 0 && real_abs((real_t)-0.0) == 0");
}
END_TEST

/* Summed in order: every product and every sum is rounded once. */
static void check_sums(size_t n, const real_t *a)
{
    real_t expected = 0;
    mpfr_set_ui(exact, 0, MPFR_RNDN);
    for (size_t i = 0; i < n; i++) {
        volatile real_t square = a[i] * a[i]; /* not kept in a wider register */
        expected = (real_t)(expected + square);
        set_real(other, a[i]);
        mpfr_sqr(other, other, MPFR_RNDN);
        mpfr_add(exact, exact, other, MPFR_RNDN);
    }
    real_t sum = vector_sumsq(n, a);
    require(sum == expected, "sumsq of %zu: %a, not %a", n, (double)sum, (double)expected);
    require(error_ulps(sum) <= (double)n + 1, "sumsq of %zu: %g ulps", n, error_ulps(sum));
    require(vector_norm2(n, a) == real_sqrt(sum), "vector_norm2(n, a) == real_sqrt(sum)");
}

START_TEST(test_vector)
{
    real_t a[64] = {0};
    const real_t three_four[] = {3, -4}, tiny[] = {LEAST, -LEAST}, large[] = {LARGEST, 1};
    require(vector_sumsq(0, a) == 0 && vector_norm2(0, a) == 0,
            "vector_sumsq(0, a) == 0 && vector_norm2(0, a) == 0");
    require(vector_sumsq(2, three_four) == 25 && vector_norm2(2, three_four) == 5,
            "vector_sumsq(2, three_four) == 25 && vector_norm2(2, three_four) == 5");
    require(vector_sumsq(2, tiny) == 0 && vector_norm2(2, tiny) == 0,
            "vector_sumsq(2, tiny) == 0 && vector_norm2(2, tiny) == 0");
    require(isinf(vector_sumsq(2, large)) && isinf(vector_norm2(2, large)),
            "isinf(vector_sumsq(2, large)) && isinf(vector_norm2(2, large))");
    for (size_t n = 0; n <= LENGTH(a); n++) {
        for (int round = 0; round < 100; round++) {
            for (size_t i = 0; i < n; i++)
                a[i] = positive(-20, 20) * (next_random() & 1 ? 1 : -1);
            check_sums(n, a);
        }
    }
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {test_sqrt,  test_pow,     test_powi,  test_cos_pi,
                                  test_floor, test_compare, test_vector};
    Suite *suite = suite_create(NAME);
    TCase *group = tcase_create("real");
    tcase_set_timeout(group, 300);
    tcase_add_checked_fixture(group, set_up, tear_down);
    for (size_t i = 0; i < LENGTH(tests); i++)
        tcase_add_test(group, tests[i]);
    suite_add_tcase(suite, group);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
