/* Evaluation: intervals, formats, and the two readings of a rule. */
#include "eval/evaluator.h"
#include "eval/interval.h"

#include <check.h>
#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

Suite *eval_suite(void);

/* --- helpers -------------------------------------------------------------------------------------------------- */

#define LENGTH(array) (sizeof(array) / sizeof *(array))

static goldstep_error error;
static goldstep_library *library;
static struct spec *own;
static struct program *program;
static struct evaluator *evaluator;
static uint64_t state;

static void set_up(void)
{
    ck_assert_int_eq(goldstep_library_open(&library, &error), GOLDSTEP_OK);
    own = NULL;
    program = NULL;
    evaluator = NULL;
    state = 1;
}

static void close_rule(void)
{
    evaluator_free(evaluator);
    program_free(program);
    evaluator = NULL;
    program = NULL;
}

static void tear_down(void)
{
    close_rule();
    spec_free(own);
    goldstep_library_free(library);
}

static const struct format *binary64(void)
{
    return format_of(GOLDSTEP_BINARY64);
}

static const struct format *binary32(void)
{
    return format_of(GOLDSTEP_BINARY32);
}

static double random_unit(void)
{
    uint64_t z = state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

/* Of either sign, its magnitude spread over `decades` on either side of 1. */
static double random_number(double decades)
{
    double magnitude = pow(10, decades * (2 * random_unit() - 1));
    return random_unit() < 0.5 ? -magnitude : magnitude;
}

static int leaf(const char *name)
{
    struct binding binding = spec_bind(program->spec, name);
    ck_assert_msg(binding.kind != BIND_NONE, "no %s", name);
    return program_leaf(program, binding.kind, binding.index);
}

static void set(const char *name, double value)
{
    evaluator_set(evaluator, leaf(name), value, false);
}

/* Everything is as it is until a test sets it. */
static void open_evaluator(const struct format *format, mpfr_prec_t precision)
{
    evaluator_free(evaluator);
    evaluator = evaluator_new(program, format, precision);
    ck_assert_ptr_nonnull(evaluator);
    for (size_t i = 0; i < program->spec->hypers.count; i++)
        evaluator_set(evaluator, program_leaf(program, BIND_HYPER, i),
                      program->spec->hypers.list[i].value, true);
}

static void open_rule(const char *name, const struct format *format, mpfr_prec_t precision)
{
    close_rule();
    const struct spec *spec = library_find(library, name, &error);
    ck_assert_msg(spec != NULL, "%s", error.message);
    ck_assert_int_eq(program_compile(spec, &program, &error), GOLDSTEP_OK);
    open_evaluator(format, precision);
}

/* A rule of this one equation, over x, g, m, h and t. */
static void open_term(const char *term, const struct format *format, mpfr_prec_t precision)
{
    static const char frame[] =
        "/* T\n * rule: r\n * source: s\n * inputs: g\n * state: m = 0\n"
        " * hyper: h = 0.1\n */\n/*@ logic real r_m(real m) = m;\n"
        "logic real r_x(real x, real g, real m, real h, integer t) = %s; */";
    char text[4096];
    int length = snprintf(text, sizeof text, frame, term);
    close_rule();
    spec_free(own);
    ck_assert_msg(spec_parse(&own, "r.acsl", text, (size_t)length, &error) == GOLDSTEP_OK &&
                      spec_link(own, NULL, &error) == GOLDSTEP_OK &&
                      program_compile(own, &program, &error) == GOLDSTEP_OK,
                  "%s", error.message);
    open_evaluator(format, precision);
}

static mpfi_srcptr value_of(int root, enum problem expected)
{
    enum problem problem;
    evaluator_new_step(evaluator);
    mpfi_srcptr value = evaluator_value(evaluator, root, &problem);
    ck_assert_msg(problem == expected, "%s", problem_text(problem));
    return value;
}

static mpfi_srcptr output(void)
{
    return value_of(program->output, PROBLEM_NONE);
}

static void fails(enum problem problem)
{
    value_of(program->output, problem);
}

/* The interval holds `decimal`, a number to some 25 digits, and is as narrow as its precision promises. */
static void expect_digits(mpfi_srcptr value, const char *decimal)
{
    mpfr_t want, distance;
    mpfr_inits2(200, want, distance, (mpfr_ptr)0);
    mpfr_set_str(want, decimal, 10, MPFR_RNDN);
    mpfr_sub(distance, &value->left, want, MPFR_RNDN);
    ck_assert_msg(fabs(mpfr_get_d(distance, MPFR_RNDN)) < 1e-23, "%.25g, not %s", mpfi_get_d(value),
                  decimal);
    mpfr_sub(distance, &value->right, &value->left, MPFR_RNDN);
    ck_assert_double_lt(mpfr_get_d(distance, MPFR_RNDN), 1e-30);
    mpfr_clears(want, distance, (mpfr_ptr)0);
}

static void expect_ends(mpfi_srcptr value, double low, double high)
{
    ck_assert_msg(mpfr_cmp_d(&value->left, low) == 0 && mpfr_cmp_d(&value->right, high) == 0,
                  "[%.17g, %.17g], not [%.17g, %.17g]", mpfr_get_d(&value->left, MPFR_RNDN),
                  mpfr_get_d(&value->right, MPFR_RNDN), low, high);
}

static bool holds(mpfi_srcptr value, double number)
{
    return mpfr_cmp_d(&value->left, number) <= 0 && mpfr_cmp_d(&value->right, number) >= 0;
}

/* --- intervals ------------------------------------------------------------------------------------------------ */

START_TEST(test_interval_pow)
{
    static const struct {
        double base[2], exponent[2];
        bool defined;
        double result[2];
    } cases[] = {
        {{2, 3}, {2, 3}, true, {4, 27}},
        {{0.5, 2}, {-1, 2}, true, {0.25, 4}},
        {{0.25, 0.5}, {1, 2}, true, {0.0625, 0.5}},
        {{0.25, 0.5}, {-2, -1}, true, {2, 16}},
        {{4, 4}, {0.5, 0.5}, true, {2, 2}},
        {{1, 1}, {-7, 7}, true, {1, 1}},
        {{3, 5}, {0, 0}, true, {1, 1}},
        {{0, 2}, {1, 2}, true, {0, 4}},
        {{0, 0}, {3, 3}, true, {0, 0}},
        {{0, 1}, {0, 1}, false, {0, 0}},
        {{0, 0}, {0, 0}, false, {0, 0}},
        {{0, 2}, {-1, 1}, false, {0, 0}},
        {{-1, 2}, {2, 2}, false, {0, 0}},
        {{-2, -1}, {2, 2}, false, {0, 0}},
        {{NAN, NAN}, {2, 2}, false, {0, 0}},
        {{2, 2}, {NAN, NAN}, false, {0, 0}},
    };
    mpfi_t base, exponent, result;
    mpfi_init2(base, 64);
    mpfi_init2(exponent, 64);
    mpfi_init2(result, 64);
    for (size_t i = 0; i < LENGTH(cases); i++) {
        mpfi_interv_d(base, cases[i].base[0], cases[i].base[1]);
        mpfi_interv_d(exponent, cases[i].exponent[0], cases[i].exponent[1]);
        ck_assert_msg(interval_pow(result, base, exponent) == cases[i].defined, "case %zu", i);
        if (cases[i].defined)
            expect_ends(result, cases[i].result[0], cases[i].result[1]);
    }
    mpfi_clear(base);
    mpfi_clear(exponent);
    mpfi_clear(result);
}
END_TEST

START_TEST(test_interval_pow_holds_its_points)
{
    mpfi_t base, exponent, result, point;
    mpfr_t value;
    mpfi_init2(base, 64);
    mpfi_init2(exponent, 64);
    mpfi_init2(result, 64);
    mpfi_init2(point, 64);
    mpfr_init2(value, 400);
    for (int i = 0; i < 5000; i++) {
        double b = fabs(random_number(1)), e = random_number(1);
        double wide_b = b * (1 + random_unit()), wide_e = e + random_unit();
        mpfi_interv_d(base, b, wide_b);
        mpfi_interv_d(exponent, e, wide_e);
        ck_assert(interval_pow(result, base, exponent));
        mpfr_set_d(value, e + (wide_e - e) * random_unit(), MPFR_RNDN);
        mpfi_set_d(point, b + (wide_b - b) * random_unit());
        mpfr_pow(value, &point->left, value, MPFR_RNDN);
        ck_assert(mpfr_cmp(&result->left, value) <= 0 && mpfr_cmp(&result->right, value) >= 0);
    }
    mpfi_clear(base);
    mpfi_clear(exponent);
    mpfi_clear(result);
    mpfi_clear(point);
    mpfr_clear(value);
}
END_TEST

START_TEST(test_interval_order_and_floor)
{
    static const struct {
        double a[2], b[2], min[2], max[2], floor[2]; /* floor of a */
        bool point;                                  /* a is one */
    } cases[] = {
        {{1, 2}, {3, 4}, {1, 2}, {3, 4}, {1, 2}, false},
        {{1, 3}, {2, 4}, {1, 3}, {2, 4}, {1, 3}, false},
        {{1, 4}, {2, 3}, {1, 3}, {2, 4}, {1, 4}, false},
        {{-2.5, 0.5}, {-1.5, -1.5}, {-2.5, -1.5}, {-1.5, 0.5}, {-3, 0}, false},
        {{0.75, 0.75}, {0.75, 0.75}, {0.75, 0.75}, {0.75, 0.75}, {0, 0}, true},
        {{-0.25, -0.25}, {-INFINITY, 1}, {-INFINITY, -0.25}, {-0.25, 1}, {-1, -1}, true},
        {{0.5, INFINITY}, {0, 1}, {0, 1}, {0.5, INFINITY}, {0, INFINITY}, false},
        {{7, 7}, {7, 8}, {7, 7}, {7, 8}, {7, 7}, true},
    };
    mpfi_t a, b, result;
    mpfi_init2(a, 64);
    mpfi_init2(b, 64);
    mpfi_init2(result, 64);
    for (size_t i = 0; i < LENGTH(cases); i++) {
        mpfi_interv_d(a, cases[i].a[0], cases[i].a[1]);
        mpfi_interv_d(b, cases[i].b[0], cases[i].b[1]);
        interval_min(result, a, b);
        expect_ends(result, cases[i].min[0], cases[i].min[1]);
        interval_min(result, b, a);
        expect_ends(result, cases[i].min[0], cases[i].min[1]);
        interval_max(result, a, b);
        expect_ends(result, cases[i].max[0], cases[i].max[1]);
        interval_max(result, b, a);
        expect_ends(result, cases[i].max[0], cases[i].max[1]);
        interval_floor(result, a);
        expect_ends(result, cases[i].floor[0], cases[i].floor[1]);
        ck_assert(interval_is_point(a) == cases[i].point);
    }
    mpfi_clear(a);
    mpfi_clear(b);
    mpfi_clear(result);
}
END_TEST

/* --- formats -------------------------------------------------------------------------------------------------- */

START_TEST(test_format_round)
{
    /* The value is base + offset, exactly. */
    static const struct {
        goldstep_format format;
        double base, offset, rounded;
    } cases[] = {
        {GOLDSTEP_BINARY64, 1, 0x1p-53, 1},                     /* a tie goes to even, down … */
        {GOLDSTEP_BINARY64, 1 + 0x1p-52, 0x1p-53, 1 + 0x1p-51}, /* … and up */
        {GOLDSTEP_BINARY64, 1, 0x1.8p-53, 1 + 0x1p-52},
        {GOLDSTEP_BINARY64, 0, 0x1p-1074, 0x1p-1074},
        {GOLDSTEP_BINARY64, DBL_MIN, -0x1p-1074, DBL_MIN - 0x1p-1074},
        {GOLDSTEP_BINARY64, DBL_MAX, 0x1p969, DBL_MAX},  /* below half an ulp */
        {GOLDSTEP_BINARY64, DBL_MAX, 0x1p970, INFINITY}, /* the threshold, a tie */
        {GOLDSTEP_BINARY64, -DBL_MAX, -0x1p970, -INFINITY},
        {GOLDSTEP_BINARY64, INFINITY, 0, INFINITY},
        {GOLDSTEP_BINARY64, -INFINITY, 0, -INFINITY},
        {GOLDSTEP_BINARY64, 0, 0, 0},
        {GOLDSTEP_BINARY32, 1, 0x1p-24, 1},
        {GOLDSTEP_BINARY32, 1 + 0x1p-23, 0x1p-24, 1 + 0x1p-22},
        {GOLDSTEP_BINARY32, 1 + 0x1p-24, 0x1p-80, 1 + 0x1p-23}, /* rounded once, not twice */
        {GOLDSTEP_BINARY32, 0, 0x1p-150, 0},
        {GOLDSTEP_BINARY32, 0x1p-150, 0x1p-300, 0x1p-149},
        {GOLDSTEP_BINARY32, 0x1p-149, 0x1p-150, 0x1p-148},
        {GOLDSTEP_BINARY32, (double)FLT_MIN, -0x1p-149, (double)FLT_MIN - 0x1p-149},
        {GOLDSTEP_BINARY32, (double)FLT_MIN, -0x1p-150, (double)FLT_MIN},
        {GOLDSTEP_BINARY32, (double)FLT_MAX, 0x1p102, (double)FLT_MAX},
        {GOLDSTEP_BINARY32, (double)FLT_MAX, 0x1p103, INFINITY},
        {GOLDSTEP_BINARY32, -(double)FLT_MAX, -0x1p103, -INFINITY},
        {GOLDSTEP_BINARY32, 1e300, 0, INFINITY},
        {GOLDSTEP_BINARY32, -INFINITY, 0, -INFINITY},
    };
    mpfr_t value;
    mpfr_init2(value, 2200);
    for (size_t i = 0; i < LENGTH(cases); i++) {
        mpfr_set_d(value, cases[i].base, MPFR_RNDN);
        ck_assert_int_eq(mpfr_add_d(value, value, cases[i].offset, MPFR_RNDN), 0);
        double rounded = format_round(format_of(cases[i].format), value);
        ck_assert_msg(rounded == cases[i].rounded, "case %zu: %a, not %a", i, rounded,
                      cases[i].rounded);
    }
    mpfr_set_ui_2exp(value, 3, -1075, MPFR_RNDN); /* 1.5 least subnormals: a tie */
    ck_assert_double_eq(format_round(binary64(), value), 0x1p-1073);
    mpfr_set_ui_2exp(value, 1, -1075, MPFR_RNDN);
    ck_assert_double_eq(format_round(binary64(), value), 0);
    mpfr_clear(value);
}
END_TEST

/* The reference: MPFR's own rounding, with the exponents of IEEE 754 and its subnormal numbers. */
static double mpfr_rounded(const struct format *format, mpfr_srcptr value)
{
    mpfr_t rounded;
    mpfr_exp_t least = mpfr_get_emin(), most = mpfr_get_emax();
    mpfr_init2(rounded, format->precision);
    mpfr_set_emin(format->min_exponent - format->precision + 2);
    mpfr_set_emax(1 - format->min_exponent + 1);
    int inexact = mpfr_set(rounded, value, MPFR_RNDN);
    inexact = mpfr_check_range(rounded, inexact, MPFR_RNDN);
    mpfr_subnormalize(rounded, inexact, MPFR_RNDN);
    double result = mpfr_get_d(rounded, MPFR_RNDN);
    mpfr_set_emin(least);
    mpfr_set_emax(most);
    mpfr_clear(rounded);
    return result;
}

/* Every number of the formats of 16 bits, the middle to its successor, and what is just beside that. */
START_TEST(test_formats_of_16_bits)
{
    const struct format *format = format_of(_i == 0 ? GOLDSTEP_BINARY16 : GOLDSTEP_BFLOAT16);
    mpfr_t value;
    mpfr_init2(value, 200);
    for (unsigned bits = 0; bits < 0x10000; bits++) {
        uint16_t pattern = (uint16_t)bits, again;
        double number = format_load(format, &pattern);
        format_store(format, number, &again);
        if (isnan(number))
            continue;
        ck_assert_uint_eq(again, pattern);
        if (isinf(number))
            continue;
        double half = copysign(format_ulp(format, number) / 2, number);
        for (int beside = -1; beside <= 1; beside++) {
            mpfr_set_d(value, number, MPFR_RNDN);
            ck_assert(format_round(format, value) == number && format_holds(format, number));
            mpfr_add_d(value, value, half + beside * half * 0x1p-40, MPFR_RNDN);
            double expected = mpfr_rounded(format, value);
            ck_assert_msg(format_round(format, value) == expected, "%s, %a + %d", format->name,
                          number, beside);
        }
        ck_assert(!format_holds(format, number + half));
    }
    mpfr_clear(value);
}
END_TEST

START_TEST(test_format_ulp)
{
    static const struct {
        goldstep_format format;
        double value, ulp;
    } cases[] = {
        {GOLDSTEP_BINARY64, 0, 0x1p-1074},
        {GOLDSTEP_BINARY64, 1, 0x1p-52},
        {GOLDSTEP_BINARY64, -1, 0x1p-52},
        {GOLDSTEP_BINARY64, 1 - 0x1p-53, 0x1p-53},
        {GOLDSTEP_BINARY64, 2, 0x1p-51},
        {GOLDSTEP_BINARY64, DBL_MIN, 0x1p-1074},
        {GOLDSTEP_BINARY64, 2 * DBL_MIN, 0x1p-1073},
        {GOLDSTEP_BINARY64, 0x1p-1074, 0x1p-1074},
        {GOLDSTEP_BINARY64, DBL_MAX, 0x1p971},
        {GOLDSTEP_BINARY64, INFINITY, 0x1p971},
        {GOLDSTEP_BINARY64, -INFINITY, 0x1p971},
        {GOLDSTEP_BINARY32, 0, 0x1p-149},
        {GOLDSTEP_BINARY32, 1, 0x1p-23},
        {GOLDSTEP_BINARY32, -1.5, 0x1p-23},
        {GOLDSTEP_BINARY32, 0.99, 0x1p-24},
        {GOLDSTEP_BINARY32, (double)FLT_MIN, 0x1p-149},
        {GOLDSTEP_BINARY32, 1e-40, 0x1p-149},
        {GOLDSTEP_BINARY32, (double)FLT_MAX, 0x1p104},
        {GOLDSTEP_BINARY32, 1e300, 0x1p104},
        {GOLDSTEP_BINARY32, -INFINITY, 0x1p104},
        {GOLDSTEP_BINARY16, 1, 0x1p-10},
        {GOLDSTEP_BINARY16, 0x1p-14, 0x1p-24},
        {GOLDSTEP_BINARY16, 0, 0x1p-24},
        {GOLDSTEP_BINARY16, INFINITY, 32},
        {GOLDSTEP_BFLOAT16, 1, 0x1p-7},
        {GOLDSTEP_BFLOAT16, 0x1p-126, 0x1p-133},
        {GOLDSTEP_BFLOAT16, 1e300, 0x1p120},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        double ulp = format_ulp(format_of(cases[i].format), cases[i].value);
        ck_assert_msg(ulp == cases[i].ulp, "case %zu: %a, not %a", i, ulp, cases[i].ulp);
    }
}
END_TEST

START_TEST(test_format_holds)
{
    ck_assert(format_holds(binary64(), 0.1));
    ck_assert(!format_holds(binary32(), 0.1));
    ck_assert(format_holds(binary32(), 0.1f));
    ck_assert(format_holds(binary32(), 0x1p-149));
    ck_assert(!format_holds(binary32(), 0x1p-150));
    ck_assert(!format_holds(binary32(), 1e300));
    ck_assert_str_eq(binary64()->name, "binary64");
    ck_assert_str_eq(binary32()->name, "binary32");
}
END_TEST

/* --- the exact reading ---------------------------------------------------------------------------------------- */

struct setting {
    const char *name;
    double value;
};

/* The decimals are of formulas other than the specification's: the first step of Adam is g / (|g| + eps), … */
static const struct known {
    const char *rule, *quantity, *decimal;
    struct setting settings[12];
} known_values[] = {
    {"adamw",
     "x",
     "1.810554474708171206225681",
     {{"x", 1.5},
      {"g", -0.25},
      {"m", 0},
      {"v", 0},
      {"t", 1},
      {"lr", 0.5},
      {"eps", 0x1p-10},
      {"weight_decay", 0.25},
      {"beta1", 0.9},
      {"beta2", 0.999}}},
    {"adam.keras",
     "x",
     "1.996124031007751937984496",
     {{"x", 1.5},
      {"g", -0.25},
      {"m", 0},
      {"v", 0},
      {"t", 1},
      {"lr", 0.5},
      {"eps", 0x1p-10},
      {"beta1", 0.5},
      {"beta2", 0.75}}},
    {"adamw", "v", "4", {{"g", 4}, {"v", 0}, {"beta2", 0.75}}},
    {"sgd", "x", "-1", {{"x", 0.5}, {"g", 3}, {"lr", 0.5}}},
    {"lion", "x", "1.25", {{"x", 1}, {"g", -3}, {"m", 1}, {"lr", 0.25}, {"beta1", 0.5}}},
    {"cosine",
     "lr",
     "0.4809698831278216890320458",
     {{"k", 1}, {"lr", 0.5}, {"lr_min", 0}, {"period", 8}}},
    {"exponential",
     "lr",
     "0.001585605969466996612027287",
     {{"k", 20}, {"lr", 0.5}, {"gamma", 0.75}}},
    {"nesterov_convex", "s", "1.618033988749894848204587", {{"s", 1}}},
    {"step_decay", "lr", "0.25", {{"k", 59}, {"lr", 0.5}, {"gamma", 0.5}, {"period", 30}}},
    {"polyak", "x", "1.5", {{"x", 2}, {"g", 2}, {"f", 1}, {"gsq", 4}}},
    {"polyak", "x", "2", {{"x", 2}, {"g", 2}, {"f", 1}, {"gsq", 0}}},
};

static int root_of(const char *quantity)
{
    struct binding binding = spec_bind(program->spec, quantity);
    if (binding.kind == BIND_STATE)
        return program->states[binding.index];
    return binding.kind == BIND_SCALAR_STATE ? program->scalar_states[binding.index]
                                             : program->output;
}

START_TEST(test_known_values)
{
    const struct known *known = &known_values[_i];
    open_rule(known->rule, NULL, 160);
    for (const struct setting *setting = known->settings; setting->name != NULL; setting++)
        set(setting->name, setting->value);
    expect_digits(value_of(root_of(known->quantity), PROBLEM_NONE), known->decimal);
}
END_TEST

/* A random question: states are taken as not negative half of the time, as sums of squares are. */
static void set_random(struct evaluator *evaluators[2])
{
    bool positive = random_unit() < 0.5;
    double t = floor(1 + 1000 * random_unit() * random_unit());
    for (int i = 0; i < program->count; i++) {
        const struct instruction *code = &program->code[i];
        if (code->op != NODE_NAME || code->leaf.kind == BIND_HYPER)
            continue;
        double value = random_number(3);
        if (positive && code->leaf.kind != BIND_X && code->leaf.kind != BIND_INPUT)
            value = fabs(value);
        if (code->leaf.kind == BIND_T || code->leaf.kind == BIND_K)
            value = code->leaf.kind == BIND_T ? t : t - 1;
        for (int e = 0; e < 2; e++)
            evaluator_set(evaluators[e], i, value, false);
    }
    for (int e = 0; e < 2; e++)
        evaluator_new_step(evaluators[e]);
}

/* What 64 bits enclose, 1024 bits enclose within it; the rounded reading's set holds both. Returns what was decided. */
static size_t compare_readings(int root, struct evaluator *evaluators[2], struct evaluator *rounded)
{
    enum problem problems[2], problem;
    mpfr_t middle;
    mpfi_srcptr rough = evaluator_value(evaluators[0], root, &problems[0]);
    mpfi_srcptr fine = evaluator_value(evaluators[1], root, &problems[1]);
    if (problems[0] != PROBLEM_NONE) {
        ck_assert_int_ne(problems[0], PROBLEM_NOT_FINITE);
        return 0;
    }
    ck_assert_int_eq(problems[1], PROBLEM_NONE);
    mpfr_init2(middle, 1100);
    mpfi_mid(middle, fine);
    ck_assert(mpfr_cmp(&rough->left, middle) <= 0 && mpfr_cmp(&rough->right, middle) >= 0);
    bool held = false;
    do {
        mpfi_srcptr side = evaluator_value(rounded, root, &problem);
        held = held || problem != PROBLEM_NONE ||
               (mpfr_cmp(&side->left, middle) <= 0 && mpfr_cmp(&side->right, middle) >= 0);
    } while (evaluator_next_path(rounded));
    ck_assert(held);
    mpfr_clear(middle);
    return 1;
}

START_TEST(test_precisions_and_readings_agree)
{
    enum { TRIALS = 60 };
    for (size_t i = 0; i < library_count(library); i++) {
        close_rule();
        const struct spec *spec = library_spec(library, i);
        ck_assert_int_eq(program_compile(spec, &program, &error), GOLDSTEP_OK);
        size_t decided = 0, roots = 1 + spec->states.count;
        open_evaluator(i % 2 == 0 ? binary64() : binary32(), 96);
        struct evaluator *rounded = evaluator;
        evaluator = NULL;
        open_evaluator(NULL, 64);
        struct evaluator *pair[2] = {evaluator, evaluator_new(program, NULL, 1024)};
        for (size_t h = 0; h < spec->hypers.count; h++)
            for (int e = 0; e < 2; e++)
                evaluator_set(pair[e], program_leaf(program, BIND_HYPER, h),
                              spec->hypers.list[h].value, false);
        for (int trial = 0; trial < TRIALS; trial++) {
            uint64_t before = state;
            set_random(pair);
            state = before;
            set_random((struct evaluator *[2]){rounded, rounded});
            decided += compare_readings(program->output, pair, rounded);
            for (size_t s = 0; s < spec->states.count; s++)
                decided += compare_readings(program->states[s], pair, rounded);
        }
        ck_assert_msg(decided >= roots * TRIALS / 4, "%s: %zu decided", spec->name, decided);
        evaluator_free(pair[1]);
        evaluator_free(rounded);
    }
}
END_TEST

/* --- what is not known ---------------------------------------------------------------------------------------- */

static const struct unknown {
    const char *term;
    enum problem exact, rounded; /* x = 2, g = 0, m = -3, h = 0.1 and t = 1 */
} unknown_values[] = {
    {"x / g", PROBLEM_UNDEFINED, PROBLEM_UNDEFINED},
    {"x / (\\sqrt(x) * \\sqrt(x) - 2)", PROBLEM_PRECISION, PROBLEM_UNBOUNDED},
    {"x / (h * 10 - 1.0)", PROBLEM_NONE, PROBLEM_UNBOUNDED},
    {"\\sqrt(m)", PROBLEM_UNDEFINED, PROBLEM_UNDEFINED},
    {"\\sqrt(\\sqrt(x) * \\sqrt(x) - 2)", PROBLEM_PRECISION, PROBLEM_NONE},
    {"\\log(m)", PROBLEM_UNDEFINED, PROBLEM_UNDEFINED},
    {"\\log(g)", PROBLEM_UNDEFINED, PROBLEM_UNDEFINED},
    {"\\log(\\sqrt(x) * \\sqrt(x) - 2)", PROBLEM_PRECISION, PROBLEM_PRECISION},
    {"\\pow(m, 2)", PROBLEM_UNDEFINED, PROBLEM_UNDEFINED},
    {"\\pow(g, m)", PROBLEM_UNDEFINED, PROBLEM_UNDEFINED},
    {"\\pow((x + 1.0e60) - 1.0e60, 2.0)", PROBLEM_PRECISION, PROBLEM_UNBOUNDED},
    {"\\sqrt(x) * \\sqrt(x) >= 2 ? 1 : 0", PROBLEM_PRECISION, PROBLEM_NONE},
    {"1 + (x / g > 1 ? 1 : 0)", PROBLEM_UNDEFINED, PROBLEM_UNDEFINED},
    {"x > 1 || x / g > 1 ? 1 : 0", PROBLEM_NONE, PROBLEM_NONE},
    {"x / g > 1 || x > 1 ? 1 : 0", PROBLEM_UNDEFINED, PROBLEM_UNDEFINED},
    {"x > 1 ? x : x / g", PROBLEM_NONE, PROBLEM_NONE},
    {"x < 1 ? x : x / g", PROBLEM_UNDEFINED, PROBLEM_UNDEFINED},
    {"\\exp(1000 * x)", PROBLEM_NONE, PROBLEM_NONE}, /* [a large number, infinity] */
    {"\\exp(1000 * x) - \\exp(1001 * x)", PROBLEM_NONE, PROBLEM_UNBOUNDED},
    {"\\exp(1000 * x) / \\exp(1001 * x)", PROBLEM_NONE, PROBLEM_NONE},
    {"\\cos(\\exp(1000 * x))", PROBLEM_NONE, PROBLEM_NONE},
};

static void set_all(void)
{
    set("x", 2);
    set("g", 0);
    set("m", -3);
    set("t", 1);
}

START_TEST(test_unknown_values)
{
    const struct unknown *unknown = &unknown_values[_i];
    open_term(unknown->term, NULL, 128);
    evaluator_set(evaluator, leaf("h"), 0.1, false);
    set_all();
    fails(unknown->exact);
    open_term(unknown->term, binary64(), 96);
    set_all();
    fails(unknown->rounded);
}
END_TEST

START_TEST(test_leaves_that_are_not_finite)
{
    static const double values[] = {NAN, INFINITY, -INFINITY};
    for (size_t i = 0; i < LENGTH(values); i++) {
        open_term("x + (g > 0 ? 1 : 2)", NULL, 64);
        set("x", values[i]);
        set("g", 1);
        fails(PROBLEM_NOT_FINITE);
        set("x", 1);
        set("g", values[i]);
        fails(PROBLEM_NOT_FINITE);
        set("g", 1);
        expect_ends(output(), 2, 2);
    }
    open_term("x + 1", NULL, 64);
    evaluator_set_problem(evaluator, leaf("x"), PROBLEM_BRANCHES);
    fails(PROBLEM_BRANCHES);
    mpfi_t interval;
    mpfi_init2(interval, 64);
    mpfi_interv_d(interval, 1, 2);
    evaluator_set_interval(evaluator, leaf("x"), interval);
    expect_ends(output(), 2, 3);
    mpfi_clear(interval);
    evaluator_set(evaluator, NO_INSTRUCTION, 1, true); /* nothing happens */
    evaluator_set_interval(evaluator, NO_INSTRUCTION, NULL);
    evaluator_set_problem(evaluator, NO_INSTRUCTION, PROBLEM_UNDEFINED);
    expect_ends(output(), 2, 3);
    evaluator_free(NULL);
    program_free(NULL);
}
END_TEST

START_TEST(test_problem_texts)
{
    for (enum problem a = PROBLEM_NONE; a <= PROBLEM_BRANCHES; a++)
        for (enum problem b = PROBLEM_NONE; b < a; b++)
            ck_assert_str_ne(problem_text(a), problem_text(b));
}
END_TEST

START_TEST(test_truth)
{
    static const struct {
        const char *formula;
        int truth; /* x = 2, g = 0, m = -3 */
    } cases[] = {
        {"x > 1", 1},
        {"x < 1", 0},
        {"\\sqrt(x) * \\sqrt(x) <= 2", -1},
        {"x / g > 1", -1},
        {"x < 1 && x / g > 1", 0},
        {"x > 1 ==> \\sqrt(x) * \\sqrt(x) == 2", -1},
        {"\\sqrt(x) * \\sqrt(x) == 3", 0},
        {"x == 2 && !(m == 2)", 1},
        {"!(\\sqrt(x) * \\sqrt(x) < 2)", -1},
        {"\\sqrt(x) * \\sqrt(x) < 2 && x < 1", 0},
        {"\\sqrt(x) * \\sqrt(x) < 2 || x > 1", 1},
        {"\\sqrt(x) * \\sqrt(x) < 2 ==> x > 1", 1},
        {"\\sqrt(x) * \\sqrt(x) < 2 || x < 1", -1},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        char term[128];
        snprintf(term, sizeof term, "(%s) ? 1 : 0", cases[i].formula);
        open_term(term, NULL, 96);
        set_all();
        evaluator_new_step(evaluator);
        int truth = evaluator_truth(evaluator, program->code[program->output].args[0]);
        ck_assert_msg(truth == cases[i].truth, "%s: %d", cases[i].formula, truth);
    }
}
END_TEST

/* --- the rounded reading -------------------------------------------------------------------------------------- */

/* The sides of the output, in the order in which they come. */
static size_t sides(double middles[], size_t room)
{
    size_t count = 0;
    enum problem problem;
    evaluator_new_step(evaluator);
    do {
        mpfi_srcptr side = evaluator_value(evaluator, program->output, &problem);
        ck_assert_int_eq(problem, PROBLEM_NONE);
        ck_assert_uint_lt(count, room);
        middles[count++] = round(mpfi_get_d(side));
    } while (evaluator_next_path(evaluator));
    return count;
}

static void expect_sides(const char *term, double m, size_t count, const double *expected)
{
    double found[300];
    open_term(term, binary64(), 96);
    evaluator_set(evaluator, leaf("h"), 0.9, true);
    set("x", 0);
    set("g", 0.9);
    set("m", m);
    set("t", 1);
    ck_assert_uint_eq(sides(found, LENGTH(found)), count);
    for (size_t i = 0; i < count; i++)
        ck_assert_msg(found[i] == expected[i], "%s: side %zu is %g, not %g", term, i, found[i],
                      expected[i]);
}

#define C "(h * m + (1 - h) * g)" /* zero within its rounding error for m = -0.1, h = g = 0.9 */

START_TEST(test_sides)
{
    static const char sign[] = C " > 0 ? 1 : (" C " < 0 ? -1 : 0)";
    expect_sides(sign, -0.1, 3, (const double[]){1, -1, 0});
    expect_sides(sign, 0.1, 1, (const double[]){1});
    expect_sides(sign, -0.2, 1, (const double[]){-1});
    /* One condition, read twice, has one side at a time. */
    expect_sides("(" C " > 0 ? 1 : 2) + 10 * (" C " > 0 ? 1 : 2)", -0.1, 2,
                 (const double[]){11, 22});
    expect_sides("(" C " > 0 ? 1 : 2) + 10 * (" C " >= 0 ? 1 : 2)", -0.1, 4,
                 (const double[]){11, 21, 12, 22});
    expect_sides(C " != 0 ? 1 : 2", -0.1, 2, (const double[]){1, 2});
    expect_sides(C " == 0 && m < 0 ? 1 : 2", -0.1, 2, (const double[]){1, 2});
    expect_sides(C " == 0 && m > 0 ? 1 : 2", -0.1, 1, (const double[]){2});
}
END_TEST

/* A condition over the step's scalars alone; what is computed from it is computed anew on each path. */
START_TEST(test_sides_of_a_uniform_condition)
{
    open_term("x - (\\let c = h > 0.1 ? 1 : 2; c * g + (c + 1) * m)", binary32(), 96);
    evaluator_set(evaluator, leaf("h"), 0.1, true);
    set("x", 0);
    set("g", 10);
    set("m", 100);
    double found[4];
    ck_assert_uint_eq(sides(found, LENGTH(found)), 2);
    ck_assert_double_eq(found[0], -210);
    ck_assert_double_eq(found[1], -320);
}
END_TEST

START_TEST(test_most_choices)
{
    char term[2048] = "0";
    for (int i = 0; i < MAX_CHOICES; i++)
        sprintf(term + strlen(term), " + (" C " > %d.0e-30 ? %d : 0)", i, 1 << i);
    double found[300];
    open_term(term, binary64(), 96);
    evaluator_set(evaluator, leaf("h"), 0.9, true);
    set("g", 0.9);
    set("m", -0.1);
    ck_assert_uint_eq(sides(found, LENGTH(found)), 1 << MAX_CHOICES);
    for (int i = 0; i < 1 << MAX_CHOICES; i++)
        ck_assert_double_eq(found[i], 0x1p8 - 1 -
                                          (double)((i & 1) << 7 | (i & 2) << 5 | (i & 4) << 3 |
                                                   (i & 8) << 1 | (i & 16) >> 1 | (i & 32) >> 3 |
                                                   (i & 64) >> 5 | (i & 128) >> 7));
    strcat(term, " + (" C " > 9.0e-30 ? 1000 : 0)");
    open_term(term, binary64(), 96);
    evaluator_set(evaluator, leaf("h"), 0.9, true);
    set("g", 0.9);
    set("m", -0.1);
    fails(PROBLEM_BRANCHES);
    size_t paths = 1;
    while (evaluator_next_path(evaluator)) {
        enum problem problem;
        evaluator_value(evaluator, program->output, &problem);
        paths++;
        ck_assert_uint_le(paths, 1 << MAX_CHOICES);
    }
    ck_assert_uint_eq(paths, 1 << MAX_CHOICES);
}
END_TEST

/* Each operation's charge, at its exact size: so many u of the result, with nothing to spare for a wider set. A factor
 * can be taken out of `x - h * x`; three terms can be added in three orders. */
START_TEST(test_charges)
{
    static const struct {
        const char *term;
        double result, units;
    } cases[] = {
        {"x + g", 4, 1},
        {"x - g", -2, 1},
        {"x + g * x", 4, (2 * 3 + 2 * 4) / 4.0},
        {"x - g * x", -2, (2 * 3 + 1 * 2 + 1 * 4) / 2.0},
        {"x + g + 4", 8, (1 * 4 + 2 * 8) / 8.0},
        {"x + g - 5", -1, 1 * 4 + 2 * 9},
        {"(x - g) * g", -6, (1 * 2 * 3 + 2 * 12) / 6.0},
        {"x * g", 3, 2},
        {"x / g", 1 / 3.0, 2},
        {"x / (\\sqrt(g / t) + 1)", 0.36602540378443865,
         2 + 4 + (4 * 1.7320508 + 2.7320508) / 2.7320508},
        {"\\sqrt(g)", 1.7320508075688772, 3},
        {"\\pow(g, 2)", 9, 5}, /* or a product, kept from step to step */
        {"\\exp(x)", M_E, 4},
        {"\\log(g)", 1.0986122886681098, 4},
        {"\\cos(x)", 0.54030230586813977, 4},
        {"\\sin(x)", 0.8414709848078965, 4},
        {"-x", -1, 0},
        {"\\abs(x)", 1, 0},
        {"\\min(x, g)", 1, 0},
        {"\\max(x, g)", 3, 0},
        {"\\floor(x)", 1, 0},
        {"x > 0 ? g : x", 3, 0},
        {"0.1", 0.1, 1},
        {"0.5", 0.5, 0},
        {"\\pi", M_PI, 1},
        {"h", 0.1, 1},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        open_term(cases[i].term, binary32(), 96);
        set("x", 1);
        set("g", 3);
        set("t", 1);
        mpfi_srcptr value = output();
        double low = mpfr_get_d(&value->left, MPFR_RNDN),
               high = mpfr_get_d(&value->right, MPFR_RNDN);
        double units = (high - low) / (2 * fabs(cases[i].result) * 0x1p-24);
        ck_assert_msg(fabs((low + high) / 2 - cases[i].result) < 1e-12, "%s", cases[i].term);
        ck_assert_msg(fabs(units - cases[i].units) < 1e-4, "%s: %g units", cases[i].term, units);
    }
}
END_TEST

START_TEST(test_underflow_and_overflow)
{
    open_term("x * g", binary32(), 96);
    set("x", 0x1p-100);
    set("g", 0x1p-40); /* 2^-140: subnormal, errs by a least subnormal more; its sign is kept */
    mpfi_srcptr value = output();
    ck_assert(holds(value, 0x1p-140 + 0x1p-149) && !holds(value, 0x1p-140 + 0x1.8p-149));
    set("g", 0x1p-60);
    value = output();
    ck_assert(holds(value, 0) && holds(value, 0x1p-149) && !holds(value, -0x1p-200));
    set("g", -0x1p-60);
    value = output();
    ck_assert(holds(value, 0) && holds(value, -0x1p-149) && !holds(value, 0x1p-200));
    set("g", 0);
    expect_ends(output(), 0, 0);
    set("x", (double)FLT_MAX);
    set("g", 1.5);
    value = output();
    ck_assert(!evaluator_overflows(evaluator, program->output));
    ck_assert(mpfr_inf_p(&value->right) && mpfr_cmp_d(&value->left, (double)FLT_MAX) > 0);
    set("g", -1.5);
    value = output();
    ck_assert(mpfr_inf_p(&value->left) && mpfr_cmp_d(&value->right, -(double)FLT_MAX) < 0);
}
END_TEST

/* A product that is kept for so many steps is 0 but for a few least subnormals. */
START_TEST(test_power_of_a_huge_step)
{
    open_term("\\pow(h, t)", binary32(), 96);
    evaluator_set(evaluator, leaf("h"), 0.9, true);
    set("t", 0x1p32 + 1);
    mpfi_srcptr value = output();
    ck_assert(holds(value, 0) && holds(value, 0x5p-149) && !holds(value, 0x1p-144));
}
END_TEST

/* What an order of evaluation that the specification does not show may lose. */
START_TEST(test_other_orders)
{
    open_term("x / g * m", binary32(), 96);
    set("x", 0x1p-100);
    set("g", 0x1p-40);
    set("m", 0x1p-40); /* x * m is 2^-140, of 10 bits */
    mpfi_srcptr value = output();
    ck_assert(holds(value, 0x1p-100 + 0x1p-109) && !holds(value, 0x1p-100 + 0x1p-107));
    set("x", 0x1p100);
    set("g", 0x1p40);
    set("m", 0x1p40); /* x * m is 2^140 */
    ck_assert(holds(output(), 0x1p100) && evaluator_overflows(evaluator, program->output));
    set("m", 1);
    ck_assert(holds(output(), 0x1p60) && !evaluator_overflows(evaluator, program->output));
    open_term("x / g", binary32(), 96);
    set("x", 0x1p-100);
    set("g", 0x1p-140); /* whose reciprocal is 2^140 */
    ck_assert(holds(output(), 0x1p40) && evaluator_overflows(evaluator, program->output));
    open_term("(x * g) * h", binary32(), 96);
    set("x", 0x1p100);
    set("g", 0x1p100);
    set("h", 0);
    output();
    ck_assert(evaluator_overflows(evaluator, program->output)); /* infinity times 0 */
    open_term("x / g * m + 1", binary32(), 96);
    set("x", 0x1p100);
    set("g", 0x1p40);
    set("m", 0x1p40);
    output();
    ck_assert(evaluator_overflows(evaluator, program->output));
}
END_TEST

/* At a multiple of the period k / period is an integer, computed exactly: the step is down. */
START_TEST(test_step_decay_at_a_multiple)
{
    for (int format = 0; format < 2; format++) {
        for (int k = 29; k <= 91; k++) {
            open_rule("step_decay", format_of((goldstep_format)format), 96);
            set("k", k);
            evaluator_set(evaluator, leaf("lr"), 1, true);
            evaluator_set(evaluator, leaf("gamma"), 0.5, true);
            mpfi_srcptr value = output();
            double expected = pow(0.5, floor(k / 30.0));
            ck_assert(holds(value, expected) && !holds(value, expected * 1.001) &&
                      !holds(value, expected * 0.999));
        }
    }
    open_rule("step_decay", binary32(), 96);
    evaluator_set(evaluator, leaf("lr"), 1, true);
    evaluator_set(evaluator, leaf("gamma"), 0.5, true);
    evaluator_set(evaluator, leaf("period"), 30.1,
                  true); /* binary32 does not hold it: both sides */
    set("k", 301);
    mpfi_srcptr value = output();
    ck_assert(holds(value, 0x1p-9) && holds(value, 0x1p-10));
}
END_TEST

/* --- plain C, in several orders ------------------------------------------------------------------------------- */

struct question {
    double x, g, m, v, lr, beta1, beta2, eps, decay;
    int t;
};

/* AdamW as the specification has it, as PyTorch has it, and with each scalar computed beforehand; Lion in two forms;
 * heavy ball in three. Hyperparameters are rounded to the format, as an implementation holds them. */
#define IMPLEMENTATIONS(real, f)                                                                   \
    static real adamw_##real(const struct question *q, int order)                                  \
    {                                                                                              \
        real x = (real)q->x, g = (real)q->g, m = (real)q->m, v = (real)q->v, lr = (real)q->lr;     \
        real b1 = (real)q->beta1, b2 = (real)q->beta2, eps = (real)q->eps, wd = (real)q->decay;    \
        real one = 1, t = (real)q->t;                                                              \
        real c1 = one - pow##f(b1, t), c2 = one - pow##f(b2, t);                                   \
        real v_plain = b2 * v + (one - b2) * (g * g), m_plain = b1 * m + (one - b1) * g;           \
        real v_other = v * b2 + (one - b2) * g * g;                                                \
        real m_lerp = one - b1 < (real)0.5 ? m + (one - b1) * (g - m) : g - (g - m) * b1;          \
        switch (order) {                                                                           \
        case 0:                                                                                    \
            return x - lr * wd * x - lr * (m_plain / c1) / (sqrt##f(v_plain / c2) + eps);          \
        case 1: {                                                                                  \
            real decayed = x * (one - lr * wd);                                                    \
            return decayed - (lr / c1) * (m_lerp / (sqrt##f(v_other) / sqrt##f(c2) + eps));        \
        }                                                                                          \
        case 2: {                                                                                  \
            real i1 = one / c1, i2 = one / c2;                                                     \
            return x - lr * (wd * x + m_plain * i1 / (sqrt##f(v_other * i2) + eps));               \
        }                                                                                          \
        default: {                                                                                 \
            real step = lr / c1, root = one / sqrt##f(c2);                                         \
            return x - (lr * wd) * x - m_plain * step / (sqrt##f(v_plain) * root + eps);           \
        }                                                                                          \
        }                                                                                          \
    }                                                                                              \
    static real lion_##real(const struct question *q, int order)                                   \
    {                                                                                              \
        real x = (real)q->x, g = (real)q->g, m = (real)q->m, lr = (real)q->lr;                     \
        real b1 = (real)q->beta1, wd = (real)q->decay, one = 1;                                    \
        real c = order % 2 == 0 ? b1 * m + (one - b1) * g : m * b1 + g * (one - b1);               \
        real sign = (real)((c > 0) - (c < 0));                                                     \
        return order < 2 ? x - lr * (sign + wd * x) : x * (one - lr * wd) - lr * sign;             \
    }                                                                                              \
    static real heavy_ball_##real(const struct question *q, int order)                             \
    {                                                                                              \
        real x = (real)q->x, g = (real)q->g, before = (real)q->m, lr = (real)q->lr;                \
        real beta = (real)q->beta1;                                                                \
        if (order == 0)                                                                            \
            return x - lr * g + beta * (x - before);                                               \
        return order == 1 ? x + (beta * (x - before) - lr * g)                                     \
                          : (x + beta * (x - before)) - g * lr;                                    \
    }

IMPLEMENTATIONS(double, )
IMPLEMENTATIONS(float, f)

static const struct implementation {
    const char *rule, *before; /* the state that `m` is */
    int orders;
    double (*in_double)(const struct question *, int);
    float (*in_float)(const struct question *, int);
} implementations[] = {
    {"adamw", "m", 4, adamw_double, adamw_float},
    {"lion", "m", 4, lion_double, lion_float},
    {"heavy_ball", "x_prev", 3, heavy_ball_double, heavy_ball_float},
};

static void set_question(const struct implementation *one, const struct question *q)
{
    const struct setting settings[] = {{"lr", q->lr},      {"beta1", q->beta1},
                                       {"beta", q->beta1}, {"beta2", q->beta2},
                                       {"eps", q->eps},    {"weight_decay", q->decay}};
    for (size_t i = 0; i < LENGTH(settings); i++)
        if (spec_bind(program->spec, settings[i].name).kind == BIND_HYPER)
            evaluator_set(evaluator, leaf(settings[i].name), settings[i].value, true);
    set("x", q->x);
    set("g", q->g);
    set(one->before, q->m);
    if (spec_bind(program->spec, "v").kind == BIND_STATE)
        set("v", q->v);
    set("t", q->t);
    evaluator_new_step(evaluator);
}

static bool in_set(double result)
{
    bool found = false;
    enum problem problem;
    do {
        mpfi_srcptr side = evaluator_value(evaluator, program->output, &problem);
        found = found || (problem == PROBLEM_NONE && holds(side, result));
    } while (evaluator_next_path(evaluator));
    return found;
}

static double in_format(bool single, double value)
{
    return single ? (double)(float)value : value;
}

START_TEST(test_plain_c_is_in_the_set)
{
    const struct implementation *one = &implementations[_i / 2];
    bool single = _i % 2 == 1;
    size_t different = 0;
    open_rule(one->rule, single ? binary32() : binary64(), 96);
    for (int trial = 0; trial < 3000; trial++) {
        struct question q = {.x = in_format(single, random_number(1)),
                             .g = in_format(single, random_number(trial % 5 == 0 ? 8 : 1)),
                             .m = in_format(single, random_number(1)),
                             .v = in_format(single, fabs(random_number(trial % 7 == 0 ? 12 : 1))),
                             .lr = fabs(random_number(3)),
                             .beta1 = random_unit(),
                             .beta2 = 1 - pow(10, -3 * random_unit()),
                             .eps = 1e-8,
                             .decay = random_unit(),
                             .t = 1 + (int)(1000 * random_unit() * random_unit())};
        if (trial % 4 == 0) /* the momentum cancels the gradient, nearly */
            q.m = in_format(single, -(1 - q.beta1) * q.g / q.beta1);
        if (trial % 100 == 0)
            q.g = q.m = 0;
        set_question(one, &q);
        double first = 0;
        for (int order = 0; order < one->orders; order++) {
            double result = single ? (double)one->in_float(&q, order) : one->in_double(&q, order);
            if (order == 0)
                first = result;
            different += result != first;
            ck_assert_msg(in_set(result), "%s, order %d, trial %d: %a", one->rule, order, trial,
                          result);
            evaluator_new_coordinate(evaluator);
        }
        double wrong = first + (single ? 1e-3 : 1e-9) * (fabs(first) + fabs(q.x) + q.lr);
        ck_assert_msg(trial % 4 == 0 || fabs(q.lr * q.g) > 10 || !in_set(wrong), "%s, trial %d: %a",
                      one->rule, trial, wrong);
        evaluator_new_coordinate(evaluator);
    }
    ck_assert_uint_gt(different, 100); /* the orders do differ */
}
END_TEST

Suite *eval_suite(void)
{
    const TTest *const tests[] = {test_interval_pow,
                                  test_interval_pow_holds_its_points,
                                  test_interval_order_and_floor,
                                  test_format_round,
                                  test_format_ulp,
                                  test_format_holds,
                                  test_precisions_and_readings_agree,
                                  test_leaves_that_are_not_finite,
                                  test_problem_texts,
                                  test_truth,
                                  test_sides,
                                  test_sides_of_a_uniform_condition,
                                  test_most_choices,
                                  test_charges,
                                  test_underflow_and_overflow,
                                  test_other_orders,
                                  test_power_of_a_huge_step,
                                  test_step_decay_at_a_multiple};
    Suite *suite = suite_create("eval");
    TCase *group = tcase_create("eval");
    tcase_add_checked_fixture(group, set_up, tear_down);
    tcase_set_timeout(group, 120);
    for (size_t i = 0; i < LENGTH(tests); i++)
        tcase_add_test(group, tests[i]);
    tcase_add_loop_test(group, test_formats_of_16_bits, 0, 2);
    tcase_add_loop_test(group, test_known_values, 0, LENGTH(known_values));
    tcase_add_loop_test(group, test_unknown_values, 0, LENGTH(unknown_values));
    tcase_add_loop_test(group, test_plain_c_is_in_the_set, 0, 2 * LENGTH(implementations));
    suite_add_tcase(suite, group);
    return suite;
}
