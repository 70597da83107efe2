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
#define FORMAT(binary32, binary64) binary32
#else
#define NAME "real, binary64"
#define PRECISION DBL_MANT_DIG
#define LEAST_EXPONENT (DBL_MIN_EXP - DBL_MANT_DIG)
#define GREATEST_EXPONENT DBL_MAX_EXP
#define LARGEST DBL_MAX
#define LEAST 0x1p-1074
#define LEAST_NORMAL DBL_MIN
#define next nextafter
#define FORMAT(binary32, binary64) binary64
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

/* |got - exact|, in u = 2^-PRECISION: the unit of the contracts, and the ulp of the numbers between 1/2 and 1. */
static double error_units(real_t got)
{
    return ldexp(error_ulps(got), ulp_exponent() + PRECISION);
}

/* The largest error seen, and what is claimed of it, printed where GOLDSTEP_SHOW_ERRORS is set. */
static void show(const char *what, double worst, double claimed)
{
    if (getenv("GOLDSTEP_SHOW_ERRORS") != NULL)
        printf("%s: %s: %.5f, claimed %g\n", NAME, what, worst, claimed);
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

/* The hardest points, x where the root is nearest to the middle m of two numbers: there m^2 = x 2^s + d for a small d,
 * with x and m whole, x of PRECISION bits and m of one more, odd. A root of d modulo 2^s, for d = 1 mod 8, is found bit
 * by bit; with it go its negative, and both plus 2^(s - 1). So the root of x is |d| / 2^(PRECISION + 2) ulps from the
 * middle, or less. */
static int check_sqrt_hard(int64_t d, int s)
{
    uint64_t m = 1, one = 1;
    int found = 0;
    for (int bit = 3; bit < s; bit++) {
        if (((m * m - (uint64_t)d) >> bit & 1) != 0)
            m += one << (bit - 1);
    }
    for (uint64_t i = 0; i < 4; i++) {
        uint64_t middle = ((i & 1 ? -m : m) + (i >> 1 << (s - 1))) & ((one << s) - 1);
        mpfr_set_uj(exact, middle, MPFR_RNDN);
        mpfr_sqr(exact, exact, MPFR_RNDN);
        mpfr_sub_si(exact, exact, (long)d, MPFR_RNDN);
        if (middle >> PRECISION != 1 || mpfr_get_exp(exact) != s + PRECISION)
            continue;
        mpfr_div_2si(exact, exact, s - s % 2,
                     MPFR_RNDN); /* exact, as are the square and the difference */
        require(mpfr_min_prec(exact) <= PRECISION, "a hard point has %ld bits",
                (long)mpfr_min_prec(exact));
        check_sqrt((real_t)mpfr_get_d(exact, MPFR_RNDN));
        found++;
    }
    return found;
}

START_TEST(test_sqrt)
{
    const real_t edges[] = {0, LEAST, LEAST_NORMAL, 1, 2, 4, 0x1p100, LARGEST};
    int hard = 0;
    for (int64_t d = -8 * 2000 + 1; d < 8 * 2000; d += 8)
        hard += check_sqrt_hard(d, PRECISION + 1) + check_sqrt_hard(d, PRECISION + 2);
    require(hard > 4000, "%d hard points", hard);
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

/* In ulps. glibc states 0.54 for pow from 2.28 on (sysdeps/ieee754/dbl-64/e_pow.c, also without FMA); a float is that
 * double rounded once more, where the first error is 2^-29 of what it was. */
static const double POW_ULPS = FORMAT(0.51, 0.55);

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

/* A number below 1, or 1: of any size, near 1, or what decays are in practice. */
static real_t decay(void)
{
    const real_t common[] = {(real_t)0.5,   (real_t)0.9,    (real_t)0.95,
                             (real_t)0.96,  (real_t)0.98,   (real_t)0.99,
                             (real_t)0.999, (real_t)0.9999, (real_t)0.99999};
    switch (next_random() % 4) {
    case 0:
        return uniform();
    case 1:
        return positive(LEAST_EXPONENT, 0);
    case 2:
        return common[next_random() % LENGTH(common)];
    default:
        return 1 - positive(-PRECISION, 0);
    }
}

/* The power of `base` with this exponent is the least number, or less. */
static double vanishing(real_t base)
{
    return fmin((1 - LEAST_EXPONENT) / fabs(log2((double)base)), 0x1p60);
}

static const struct {
    real_t base, exponent;
} HARD_POWERS[] = {
#ifdef GOLDSTEP_REAL_FLOAT
    /* The power is a middle of two floats, but for one part in 2^68 or less: CORE-MATH, src/binary32/pow/powf.wc. */
    {0x1.2e9178p-119F, 0x1.023178p+0F},
    {0x1.aa25fp-122F, 0x1.04d8e4p+0F},
    {0x1.49b684p-69F, 0x1.1509f6p+0F},
    {0x1.f4ff26p-81F, 0x1.2a584p+0F},
    {0x1.4ec09p-72F, 0x1.27766ep+0F},
    {0x1.c1243cp-1F, 0x1.26ef18p+0F},
    {0x1.dc62aap-3F, 0x1.2a7a1ep+0F},
    {0x1.ccf582p-1F, 0x1.0695aep+0F},
    /* Where glibc's powf errs by 0.8 ulps, the most of 4 * 10^8 random points. */
    {0x1.fba9a2p-1F, 0x1.3e44dp+13F},
    {0x1.fbc3acp-1F, 0x1.45f49p+13F},
#else
    /* The power is a middle of two doubles, but for one part in 2^155 or less: CORE-MATH, src/binary64/pow/pow.wc. */
    {0x1.ffffffffffffcp-1, 0x1.fffffffffffffp-2},
    {0x1.ffffffffffffcp-1, -0x1.ffffffffffffdp-2},
    {0x1.ffffffffffffp-1, -0x1.ffffffffffff6p-3},
    {0x1.ffffffffffff8p-1, -0x1.ffffffffffffbp-3},
    /* Where glibc 2.36 errs most, found by a random search of 10^8 points and near the worst of them, first with any
     * exponent, then with a whole one: 0.5240, 0.5353 without FMA; 0.5227, 0.5292 without; 0.5082 for powers above
     * 2^-9. */
    {0x1.fd7c2a64aa26fp-1, 0x1.10bc089f7b261p+17},
    {0x1.fd5b1bdd65039p-1, 0x1.06cb926209256p+17},
    {0x1.fd93fb93ee427p-1, 0x1.0d8b8p+17},
    {0x1.fd6504f08dd25p-1, 0x1.fe0cp+16},
    {0x1.ffffffffffffap-1, 0x1.e17d5ae0ca1d5p+50},
#endif
};

START_TEST(test_pow)
{
    const real_t below = next(1, 0), above = next(1, 2);
    const real_t bases[] = {LEAST, LEAST_NORMAL, (real_t)0.5, (real_t)0.96, below,
                            1,     above,        2,           LARGEST};
    const real_t exponents[] = {0, LEAST,       LEAST_NORMAL, below,  1,      above,
                                2, (real_t)0.5, (real_t)1e9,  0x1p60, LARGEST};
    double worst = 0;
    for (size_t i = 0; i < LENGTH(bases); i++) {
        for (size_t k = 0; k < LENGTH(exponents); k++) {
            worst = fmax(worst, check_pow(bases[i], exponents[k]));
            worst = fmax(worst, check_pow(bases[i], -exponents[k]));
            if (exponents[k] > 0)
                require(real_pow(0, exponents[k]) == 0, "pow(0, %a)", (double)exponents[k]);
        }
    }
    for (size_t i = 0; i < LENGTH(HARD_POWERS); i++)
        worst = fmax(worst, check_pow(HARD_POWERS[i].base, HARD_POWERS[i].exponent));
    for (int i = 0; i < POINTS / 2; i++) {
        real_t base = decay();
        worst = fmax(worst, check_pow(base, (real_t)(vanishing(base) * (double)uniform())));
        worst = fmax(worst, check_pow(decay(), positive(-20, 60)));
        require(real_pow(base, 0) == 1, "pow(%a, 0)", (double)base);
        require(real_pow(base, 1) == base, "pow(%a, 1)", (double)base);
    }
    for (int i = 0; i < POINTS / 20; i++) { /* no rule has such a base; most are finite */
        real_t base = positive_any(), bound = (real_t)(1100 / fmax(fabs(log2((double)base)), 1));
        worst = fmax(worst, check_pow(base, (2 * uniform() - 1) * bound));
    }
    show("real_pow, ulps", worst, POW_ULPS);
}
END_TEST

/* A count above 2^53 is rounded to double first, by one part in 2^53 at most, and the power then errs by z e^-z 2^-53
 * more, where z = -n log(base). In binary32 that power vanishes; in binary64, z is above 1 for every base below 1, so
 * that the power is below 1/e: half of POW_ULPS is left of its own error, and with 1/e it is below 0.65 u. For a base
 * that is not as near to 1 such a power vanishes, too. */
static const double POWI_FAR_UNITS = FORMAT(0.51, 0.65);
static const real_t POWI_NEAR = (real_t)0x1.fff8p-1;

typedef struct {
    double ulps, far_units;
} PowiErrors;

static void check_powi(real_t base, uint64_t n, PowiErrors *worst)
{
    real_t got = real_powi(base, n);
    set_real(exact, base);
    mpfr_set_uj(other, n, MPFR_RNDN);
    mpfr_pow(exact, exact, other, MPFR_RNDN);
    double ulps = error_ulps(got), units = error_units(got);
    bool far = n >> 53 != 0 && base > POWI_NEAR;
    require(far || ulps <= POW_ULPS, "powi(%a, %ju) = %a: %g ulps", (double)base, (uintmax_t)n,
            (double)got, ulps);
    require(units <= POWI_FAR_UNITS || base > 1, "powi(%a, %ju) = %a: %g u", (double)base,
            (uintmax_t)n, (double)got, units);
    require(0 <= got, "powi(%a, %ju) = %a: sign", (double)base, (uintmax_t)n, (double)got);
    require(!(base <= 1 && 1 <= n) || got <= base, "powi(%a, %ju) = %a: contraction", (double)base,
            (uintmax_t)n, (double)got);
    require(n > 1 || got == (n == 0 ? 1 : base), "powi(%a, %ju) = %a", (double)base, (uintmax_t)n,
            (double)got);
    if (!far)
        worst->ulps = fmax(worst->ulps, ulps);
    else
        worst->far_units = fmax(worst->far_units, units);
}

START_TEST(test_powi)
{
    const real_t below = next(1, 0);
    const real_t bases[] = {0,
                            LEAST,
                            LEAST_NORMAL,
                            (real_t)0.5,
                            POWI_NEAR,
                            (real_t)0.9,
                            (real_t)0.999,
                            (real_t)0.9999,
                            below,
                            next(below, 0),
                            1};
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
    PowiErrors worst = {0};
    for (size_t i = 0; i < LENGTH(bases); i++) {
        require(real_powi(bases[i], 0) == 1, "powi(%a, 0)", (double)bases[i]);
        for (size_t k = 0; k < LENGTH(counts); k++)
            check_powi(bases[i], counts[k], &worst);
    }
    for (size_t i = 0; i < LENGTH(HARD_POWERS); i++) {
        if (HARD_POWERS[i].exponent >= 1)
            check_powi(HARD_POWERS[i].base, (uint64_t)HARD_POWERS[i].exponent, &worst);
    }
    for (int i = 0; i < POINTS / 2; i++) {
        real_t base = decay();
        check_powi(base, (uint64_t)(vanishing(base) * (double)uniform()), &worst);
        base = decay();
        if (base > 0)
            check_powi(base, next_random() >> (next_random() % 64), &worst);
    }
    for (int i = 0; i < POINTS / 10;
         i++) { /* counts that are rounded, and powers that do not vanish */
        real_t base = 1 - (real_t)ldexp((double)(1 + next_random() % 64), -PRECISION);
        check_powi(base, (UINT64_C(1) << 53) + (next_random() >> (8 + next_random() % 56)), &worst);
    }
    show("real_powi, ulps", worst.ulps, POW_ULPS);
    show("real_powi with a count above 2^53, u", worst.far_units, POWI_FAR_UNITS);
}
END_TEST

/* --- real_cos_pi ----------------------------------------------------------------------------------------------- */

/* In u. For doubles: pi is rounded by 1.103 u; the product, between 2^k and 2^(k + 1), by 2^k u; the slope of the
 * cosine is sin(pi x); and glibc states 0.55 ulps for cos itself (sysdeps/ieee754/dbl-64/s_sin.c). On [0, 1] the sum is
 * largest where pi x is 2 pi / 3, from where on the cosine's ulp is u: sin(2 pi / 3) (2 + 1.103 * 2 / 3) + 0.55 < 2.92.
 * Beyond 1 it is below pi x + 1.103 x + 0.55, where pi x is above 4, and smaller before: below 4.7 x. A float is
 * such a double, rounded once more: half a u, and 2^-29 of all that. */
static const double COS_PI_UNITS = FORMAT(0.51, 3), COS_PI_FAR_UNITS = FORMAT(0.51, 4.7);

typedef struct {
    double units, far_units;
} CosErrors;

static void check_cos_pi(real_t x, CosErrors *worst)
{
    real_t got = real_cos_pi(x);
    double size = fmax(fabs((double)x), 1);
    set_real(other, x);
    mpfr_const_pi(exact, MPFR_RNDN);
    mpfr_mul(exact, exact, other, MPFR_RNDN);
    mpfr_cos(exact, exact, MPFR_RNDN);
    double units = error_units(got) / size;
    require(units <= (size > 1 ? COS_PI_FAR_UNITS : COS_PI_UNITS), "cos_pi(%a) = %a: %g u",
            (double)x, (double)got, units);
    require(-1 <= got && got <= 1, "cos_pi(%a) = %a: range", (double)x, (double)got);
    if (size > 1)
        worst->far_units = fmax(worst->far_units, units);
    else
        worst->units = fmax(worst->units, units);
}

static const real_t HARD_COSINES[] = {
#ifdef GOLDSTEP_REAL_FLOAT
    /* Where a float errs most of all from 0 to 1, in u and in ulps, and cos of float errs by more than 3 u. */
    0x1.0e434ep-12F,
    0x1.814054p-2F,
    0x1.55ec84p-1F,
#else
    /* The cosine is nearly a middle of two doubles: CORE-MATH, src/binary64/cospi/cospi.wc. */
    0x1.ccf6429be6621p-29,
    0x1.ccf6429be67eep-29,
    0x1.45f306dc9c7ep-28,
    0x1.45f306dc9c8ep-28,
    0x1.0d49991ac5fabp+8,
    /* The largest errors of a random search of 10^9 points, the first two of them close above 2/3: 2.869 u. */
    0x1.55556dfd59f55p-1,
    0x1.555572ab07f34p-1,
    0x1.558035810a2fcp-1,
    0x1.55c5d9cc019d8p-1,
    0x1.561766aef0036p-1,
    0x1.566e653e6bdb9p-1,
#endif
};

START_TEST(test_cos_pi)
{
    const real_t edges[] = {0,           LEAST, LEAST_NORMAL, (real_t)0.25, (real_t)0.5, 1,
                            (real_t)1.5, 2,     1000,         (real_t)1e6};
    CosErrors worst = {0};
    for (size_t i = 0; i < LENGTH(edges); i++) {
        check_cos_pi(edges[i], &worst);
        check_cos_pi(-edges[i], &worst);
        check_cos_pi(next(edges[i], 0), &worst);
        check_cos_pi(next(edges[i], LARGEST), &worst);
    }
    for (size_t i = 0; i < LENGTH(HARD_COSINES); i++)
        check_cos_pi(HARD_COSINES[i], &worst);
    for (int i = 0; i < POINTS / 4; i++) {
        check_cos_pi(uniform(), &worst);
        check_cos_pi((real_t)(2.0 / 3) + uniform() / 64, &worst); /* the worst are here */
        check_cos_pi(positive(LEAST_EXPONENT, 0), &worst);
        uint64_t steps = 1 + next_random() % 1000;
        check_cos_pi((real_t)(next_random() % (steps + 1)) / (real_t)steps, &worst);
        check_cos_pi(positive(0, 10), &worst);
        check_cos_pi(-positive(0, 20), &worst);
    }
    require(real_cos_pi(0) == 1 && real_cos_pi(1) == -1 && real_cos_pi(2) == 1,
            "real_cos_pi(0) == 1 && real_cos_pi(1) == -1 && real_cos_pi(2) == 1");
    show("real_cos_pi on [0, 1], u", worst.units, COS_PI_UNITS);
    show("real_cos_pi(x) beyond, |x| u", worst.far_units, COS_PI_FAR_UNITS);
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

/* The build keeps a * a + b in two roundings, and what is below the least normal number. */
START_TEST(test_arithmetic)
{
    real_t fused[] = {FORMAT(0x1p-13F, 0x1.4p-27), FORMAT(1 + 0x1p-12F, 1 + 0x1p-27)};
    real_t tiny[] = {FORMAT(0x1p-70F, 0x1p-530)};
    ck_assert(vector_sumsq(2, fused) == FORMAT(1 + 0x1p-11F, 1 + 0x1p-26));
    ck_assert(vector_sumsq(1, tiny) == FORMAT(0x1p-140F, 0x1p-1060));
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {test_sqrt,  test_pow,     test_powi,   test_cos_pi,
                                  test_floor, test_compare, test_vector, test_arithmetic};
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
