/* The verdict, through the public interface: what a trace must be, and what is found of it. */
#include "goldstep.h"

#include <check.h>
#include <float.h>
#include <jansson.h>
#include <locale.h>
#include <math.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Suite *verdict_suite(void);

/* --- helpers -------------------------------------------------------------------------------------------------- */

#define LENGTH(array) (sizeof(array) / sizeof *(array))

static goldstep_error error;
static goldstep_library *library;
static goldstep_trace *trace;
static goldstep_report *report;
static json_t *root; /* of the last report */
static goldstep_format format;

static void clear(void)
{
    goldstep_trace_free(trace);
    goldstep_report_free(report);
    json_decref(root);
    trace = NULL;
    report = NULL;
    root = NULL;
}

static void set_up(void)
{
    memset(&error, 0xa5, sizeof error);
    ck_assert_int_eq(goldstep_library_open(&library, &error), GOLDSTEP_OK);
}

static void tear_down(void)
{
    clear();
    goldstep_library_free(library);
}

static void accepted(goldstep_status status)
{
    ck_assert_msg(status == GOLDSTEP_OK, "%s", error.message);
}

static void add_rule(const char *name)
{
    char path[256];
    const char *file = __FILE__;
    const char *slash = strrchr(file, '/');
    snprintf(path, sizeof path, "%.*sspecs/%s.acsl", slash == NULL ? 0 : (int)(slash - file + 1),
             file, name);
    accepted(goldstep_library_add(library, path, &error));
}

static void start(const char *rule, goldstep_format in)
{
    clear();
    format = in;
    accepted(goldstep_trace_new(&trace, rule, in, &error));
}

/* Numbers that stand in the trace's format. */
static void put(size_t step, const char *tensor, const char *quantity, size_t count,
                const double *numbers)
{
    float *singles = calloc(count + 1, sizeof *singles);
    ck_assert_ptr_nonnull(singles);
    for (size_t i = 0; i < count; i++)
        singles[i] = (float)numbers[i];
    accepted(goldstep_trace_add(trace, step, tensor, quantity, count,
                                format == GOLDSTEP_BINARY32 ? (const void *)singles : numbers,
                                &error));
    free(singles);
}

#define NUMBERS(...)                                                                               \
    (sizeof((double[]){__VA_ARGS__}) / sizeof(double)), (const double[])                           \
    {                                                                                              \
        __VA_ARGS__                                                                                \
    }
#define PUT(step, quantity, ...) put(step, "w", quantity, NUMBERS(__VA_ARGS__))

static void hyper(size_t step, const char *name, double value)
{
    accepted(goldstep_trace_set_hyper(trace, step, name, value, &error));
}

static void judge(const char *rule)
{
    accepted(goldstep_check(library, trace, rule, &report, &error));
    root = json_loads(goldstep_report_json(report), 0, NULL);
    ck_assert_ptr_nonnull(root);
    ck_assert(json_is_true(json_object_get(root, "conforms")) == goldstep_report_conforms(report));
}

static void refused_by(const char *rule, const char *message)
{
    ck_assert_int_eq(goldstep_check(library, trace, rule, &report, &error), GOLDSTEP_BAD_INPUT);
    ck_assert_str_eq(error.message, message);
    ck_assert_int_eq(error.status, GOLDSTEP_BAD_INPUT);
    ck_assert_ptr_null(report);
    ck_assert_int_eq(goldstep_check(library, trace, rule, &report, NULL), GOLDSTEP_BAD_INPUT);
}

static void refused(const char *message)
{
    refused_by(NULL, message);
}

enum mode { GIVEN, FREE };

/* The row of a quantity, or NULL. */
static json_t *row_of(enum mode mode, const char *tensor, const char *quantity)
{
    json_t *rows = json_object_get(json_array_get(json_object_get(root, "modes"), mode), "tensors");
    for (size_t i = 0; i < json_array_size(rows); i++) {
        json_t *row = json_array_get(rows, i);
        if (strcmp(json_string_value(json_object_get(row, "tensor")), tensor) == 0 &&
            strcmp(json_string_value(json_object_get(row, "quantity")), quantity) == 0)
            return row;
    }
    return NULL;
}

static const char *const counts[] = {"exact", "faithful", "within_budget", "deviates", "undecided"};

struct tally {
    int counts[5];
};

#define TALLY(...)                                                                                 \
    (struct tally)                                                                                 \
    {                                                                                              \
        {                                                                                          \
            __VA_ARGS__                                                                            \
        }                                                                                          \
    }

static void expect_of(enum mode mode, const char *tensor, const char *quantity,
                      struct tally expected)
{
    json_t *row = row_of(mode, tensor, quantity);
    int sum = 0;
    ck_assert_msg(row != NULL, "no row for %s.%s", tensor, quantity);
    for (size_t i = 0; i < LENGTH(counts); i++) {
        json_int_t found = json_integer_value(json_object_get(row, counts[i]));
        ck_assert_msg(found == expected.counts[i], "mode %d, %s.%s: %s is %d, not %d", mode, tensor,
                      quantity, counts[i], (int)found, expected.counts[i]);
        sum += expected.counts[i];
    }
    ck_assert_int_eq(json_integer_value(json_object_get(row, "coordinates")), sum);
    ck_assert_str_eq(json_string_value(json_object_get(row, "verdict")),
                     expected.counts[3] > 0   ? "deviates"
                     : expected.counts[4] > 0 ? "undecided"
                                              : "conforms");
}

static void expect(enum mode mode, const char *quantity, struct tally expected)
{
    expect_of(mode, "w", quantity, expected);
}

static void expect_both(const char *quantity, struct tally expected)
{
    expect(GIVEN, quantity, expected);
    expect(FREE, quantity, expected);
}

static void conforms(bool expected)
{
    ck_assert_msg(goldstep_report_conforms(report) == expected, "%s", goldstep_report_json(report));
}

static json_t *sighting(enum mode mode, const char *quantity, const char *which)
{
    json_t *found = json_object_get(row_of(mode, "w", quantity), which);
    ck_assert_msg(json_is_object(found), "no %s", which);
    return found;
}

static void expect_sighting(json_t *found, int step, int index, const char *got, const char *value)
{
    ck_assert_int_eq(json_integer_value(json_object_get(found, "step")), step);
    ck_assert_int_eq(json_integer_value(json_object_get(found, "index")), index);
    ck_assert_str_eq(json_string_value(json_object_get(found, "got")), got);
    ck_assert_str_eq(json_string_value(json_object_get(found, "expected")), value);
}

static const char *reason(enum mode mode, const char *quantity)
{
    return json_string_value(
        json_object_get(sighting(mode, quantity, "first_undecided"), "reason"));
}

/* --- one result ----------------------------------------------------------------------------------------------- */

enum { EXACT, FAITHFUL, WITHIN, DEVIATES, UNDECIDED };

/* sgd's x - lr * g in one step. */
static const struct single {
    goldstep_format format;
    double x, g, lr, got;
    int verdict;
} singles[] = {
    {GOLDSTEP_BINARY64, 1, 1, 0.5, 0.5, EXACT},
    {GOLDSTEP_BINARY64, 1, 0x1p-53, 0.5, 1, EXACT},
    {GOLDSTEP_BINARY64, 1, 0x1p-53, 0.5, 1 - 0x1p-53, FAITHFUL},
    {GOLDSTEP_BINARY64, 1, 0x1p-53, 0.5, 1 + 0x1p-52, DEVIATES}, /* 1.25 ulps */
    {GOLDSTEP_BINARY64, 1, 3, 0.1, 0.7, EXACT},
    {GOLDSTEP_BINARY64, 1, 3, 0.1, 0.7 - 0x1p-53, WITHIN},
    {GOLDSTEP_BINARY64, 1, 3, 0.1, 0.7 - 0x8p-53, DEVIATES},
    {GOLDSTEP_BINARY64, 1, 3, 0.1, 0.7 + 0x8p-53, DEVIATES},
    {GOLDSTEP_BINARY32, 1, 3, 0.1, (double)0.7f, EXACT},
    {GOLDSTEP_BINARY32, 1, 3, 0.1, (double)0.7f - 0x1p-24, WITHIN},
    {GOLDSTEP_BINARY32, 1, 3, 0.1, (double)0.7f - 0x2p-24, DEVIATES},
    {GOLDSTEP_BINARY32, 1, 3, 0.1, (double)0.7f + 0x8p-24, DEVIATES},
    {GOLDSTEP_BINARY64, 1, 1, 0.5, NAN, DEVIATES},
    {GOLDSTEP_BINARY64, 1, 1, 0.5, INFINITY, DEVIATES},
    {GOLDSTEP_BINARY64, DBL_MAX, -DBL_MAX, 1, INFINITY, EXACT},
    {GOLDSTEP_BINARY64, -DBL_MAX, DBL_MAX, 1, -INFINITY, EXACT},
    {GOLDSTEP_BINARY64, DBL_MAX, -DBL_MAX, 1, -INFINITY, DEVIATES},
    {GOLDSTEP_BINARY64, DBL_MAX, -DBL_MAX, 1, DBL_MAX, DEVIATES},
    {GOLDSTEP_BINARY64, DBL_MAX, -0x1p969, 1, DBL_MAX, EXACT},
    {GOLDSTEP_BINARY64, DBL_MAX, -0x1p969, 1, INFINITY, FAITHFUL},
    {GOLDSTEP_BINARY32, FLT_MAX, -FLT_MAX, 1, INFINITY, EXACT},
    {GOLDSTEP_BINARY32, 0x1p127, -0x1p126, 1, INFINITY, DEVIATES},
    {GOLDSTEP_BINARY64, 1, 1, 1, -0.0, EXACT},
    {GOLDSTEP_BINARY64, -0.0, 0, 1, 0, EXACT},
    {GOLDSTEP_BINARY64, 0x3p-1074, 0x1p-1074, 1, 0x2p-1074, EXACT},
    {GOLDSTEP_BINARY64, 0x9p-1074, 0x1p-1074, 1, 0, DEVIATES},        /* flushed to zero */
    {GOLDSTEP_BINARY64, 0x3p-1074, 0x1p-1074, 0.5, 0x2p-1074, EXACT}, /* 2.5: a tie, to even */
    {GOLDSTEP_BINARY64, 0x3p-1074, 0x1p-1074, 0.5, 0x3p-1074, FAITHFUL},
    {GOLDSTEP_BINARY64, 0, 0x1p-1074, 0.25, 0, EXACT},
    {GOLDSTEP_BINARY64, 0, 0x1p-1074, 0.25, -0x1p-1074, FAITHFUL},
    {GOLDSTEP_BINARY32, 0x3p-149, 0x1p-149, 1, 0x2p-149, EXACT},
    {GOLDSTEP_BINARY32, 0x3p-149, 0x1p-149, 1, 0x4p-149, DEVIATES},
    {GOLDSTEP_BINARY64, NAN, 1, 1, 1, UNDECIDED},
    {GOLDSTEP_BINARY64, 1, INFINITY, 1, -INFINITY, UNDECIDED},
};

/* sgd's 1 - 2^-10 in binary32, recorded in bfloat16. */
START_TEST(test_recorded_in_another_format)
{
    static const struct {
        uint16_t got; /* 0x3f80 is 1, 0x3f7f the number below it */
        int verdict;
    } cases[] = {{0x3f80, EXACT}, {0x3f7f, FAITHFUL}, {0x3f7d, DEVIATES}, {0x3f81, DEVIATES}};
    const uint16_t one = 0x3f80;
    const float gradient = 0x1p-10F;
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct tally expected = {{0}};
        expected.counts[cases[i].verdict] = 1;
        start("sgd", GOLDSTEP_BINARY32);
        hyper(0, "lr", 1);
        accepted(goldstep_trace_add_as(trace, 0, "w", "x", GOLDSTEP_BFLOAT16, 1, &one, &error));
        accepted(goldstep_trace_add(trace, 1, "w", "g", 1, &gradient, &error));
        accepted(
            goldstep_trace_add_as(trace, 1, "w", "x", GOLDSTEP_BFLOAT16, 1, &cases[i].got, &error));
        judge(NULL);
        expect_both("x", expected);
    }
}
END_TEST

/* x = 1 - 2^-10 in binary32, and its copy in bfloat16, where 1 - 2^-8 is the number below 1. */
START_TEST(test_low_copy)
{
    static const struct {
        uint16_t got;
        int verdict;
    } cases[] = {{0x3f80, EXACT},
                 {0x3f7f, FAITHFUL},
                 {0x3f7d, DEVIATES},
                 {0x3f81, DEVIATES},
                 {0x7fc0, DEVIATES}};
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct tally expected = {{0}};
        expected.counts[cases[i].verdict] = 1;
        start("sgd", GOLDSTEP_BINARY32);
        hyper(0, "lr", 1);
        PUT(0, "x", 1);
        PUT(1, "g", 0x1p-10);
        PUT(1, "x", 1 - 0x1p-10);
        accepted(goldstep_trace_add_as(trace, 1, "w", "x_low", GOLDSTEP_BFLOAT16, 1, &cases[i].got,
                                       &error));
        judge(NULL);
        expect_both("x", TALLY(1, 0, 0, 0, 0));
        expect_both("x_low", expected);
        conforms(cases[i].verdict < DEVIATES);
    }
}
END_TEST

/* Past the largest finite number a copy is infinite; of an x that is no number there is nothing to say. */
START_TEST(test_low_copy_of_unusual_numbers)
{
    const uint16_t patterns[] = {0x7c00, 0xfc00, 0x7bff, 0x7e00};
    start("sgd", GOLDSTEP_BINARY32);
    hyper(0, "lr", 1);
    PUT(0, "x", 65520, -65536, 65519, 1);
    PUT(1, "g", 0, 0, 0, NAN);
    PUT(1, "x", 65520, -65536, 65519, NAN);
    accepted(goldstep_trace_add_as(trace, 1, "w", "x_low", GOLDSTEP_BINARY16, 4, patterns, &error));
    judge(NULL);
    expect_both("x_low", TALLY(3, 0, 0, 0, 1));
}
END_TEST

START_TEST(test_one_result)
{
    const struct single *one = &singles[_i];
    struct tally expected = {{0}};
    expected.counts[one->verdict] = 1;
    start("sgd", one->format);
    hyper(0, "lr", one->lr);
    PUT(0, "x", one->x);
    PUT(1, "g", one->g);
    PUT(1, "x", one->got);
    judge(NULL);
    expect_both("x", expected);
    conforms(one->verdict < DEVIATES);
}
END_TEST

/* Just below a tie, by 2^-157: 128 bits do not see it. A free run does not ask for more. */
START_TEST(test_next_to_a_tie)
{
    start("sgd", GOLDSTEP_BINARY64);
    hyper(0, "lr", 0x1p-53 * (1 - 0x1p-52));
    PUT(0, "x", 1 + 0x1p-52, 1 + 0x1p-52);
    PUT(1, "g", -(1 + 0x1p-52), -(1 + 0x1p-52));
    PUT(1, "x", 1 + 0x1p-52, 1 + 0x1p-51);
    judge(NULL);
    expect(GIVEN, "x", TALLY(1, 1, 0, 0, 0));
    expect(FREE, "x", TALLY(1, 1, 0, 0, 0)); /* the only step starts from what is given */
    conforms(true);
}
END_TEST

START_TEST(test_report)
{
    start("sgd", GOLDSTEP_BINARY64);
    hyper(0, "lr", 0.5);
    PUT(0, "x", 1, 2, 3);
    PUT(1, "g", 1, 1, 1);
    PUT(1, "x", 0.5, 1.5 + 0x1p-40, NAN);
    judge(NULL);
    ck_assert_str_eq(json_string_value(json_object_get(root, "rule")), "sgd");
    ck_assert_str_eq(json_string_value(json_object_get(root, "format")), "binary64");
    ck_assert_int_eq(json_integer_value(json_object_get(root, "goldstep")), 1);
    ck_assert_int_eq(json_integer_value(json_object_get(root, "steps")), 1);
    json_t *mode = json_array_get(json_object_get(root, "modes"), 1);
    ck_assert_str_eq(json_string_value(json_object_get(mode, "mode")), "free-running");
    ck_assert(json_is_false(json_object_get(mode, "conforms")));
    expect_both("x", TALLY(1, 0, 0, 2, 0));
    json_t *first = sighting(GIVEN, "x", "first_deviation");
    expect_sighting(first, 1, 1, "0x1.8000000001p+0", "0x1.8p+0");
    ck_assert_str_eq(json_string_value(json_object_get(first, "expected_decimal")), "1.5");
    ck_assert_str_eq(json_string_value(json_object_get(first, "got_decimal")),
                     "1.5000000000009095");
    ck_assert_double_eq(json_real_value(json_object_get(first, "error_ulps")), 4096);
    ck_assert_double_lt(json_real_value(json_object_get(first, "budget_ulps")), 4);
    json_t *worst = sighting(GIVEN, "x", "worst");
    expect_sighting(worst, 1, 2, "NaN", "0x1.4p+1");
    ck_assert(json_is_null(json_object_get(worst, "error_ulps")));
    ck_assert(json_is_null(json_object_get(row_of(GIVEN, "w", "x"), "worst_ulps")));
    ck_assert(json_is_null(json_object_get(row_of(GIVEN, "w", "x"), "first_undecided")));
}
END_TEST

/* A report lives on without its trace and library. */
START_TEST(test_lifetimes)
{
    start("sgd", GOLDSTEP_BINARY64);
    PUT(0, "x", 1);
    PUT(1, "g", 0);
    PUT(1, "x", 1);
    judge(NULL);
    goldstep_trace_free(trace);
    goldstep_library_free(library);
    trace = NULL;
    library = NULL;
    conforms(true);
    ck_assert_ptr_nonnull(strstr(goldstep_report_json(report), "\"w\""));
    goldstep_report_free(NULL);
    goldstep_trace_free(NULL);
    int major, minor, patch, end;
    ck_assert_int_eq(sscanf(goldstep_version(), "%d.%d.%d%n", &major, &minor, &patch, &end), 3);
    ck_assert_int_eq(goldstep_version()[end], '\0');
}
END_TEST

/* One wrong number among many, in each block of coordinates and in the last step. */
START_TEST(test_one_wrong_number)
{
    enum { COUNT = 1300, STEPS = 3 };
    static double x[COUNT], g[COUNT];
    static const int wrong[] = {0, 511, 512, 1037, 1299};
    for (size_t w = 0; w < LENGTH(wrong); w++) {
        start("sgd", GOLDSTEP_BINARY64);
        hyper(0, "lr", 0.5);
        for (int i = 0; i < COUNT; i++)
            x[i] = i;
        put(0, "w", "x", COUNT, x);
        for (size_t step = 1; step <= STEPS; step++) {
            for (int i = 0; i < COUNT; i++) {
                g[i] = i % 7;
                x[i] -= 0.5 * g[i];
            }
            put(step, "w", "g", COUNT, g);
            if (step == 2)
                x[wrong[w]] += 1000;
            put(step, "w", "x", COUNT, x);
        }
        char got[32], value[32];
        snprintf(got, sizeof got, "%a", wrong[w] - (wrong[w] % 7) + 1000.0);
        snprintf(value, sizeof value, "%a", wrong[w] - (wrong[w] % 7) + 0.0);
        judge(NULL);
        expect(GIVEN, "x", TALLY(COUNT * STEPS - 1, 0, 0, 1, 0));
        expect_sighting(sighting(GIVEN, "x", "first_deviation"), 2, wrong[w], got, value);
        expect(FREE, "x", TALLY(COUNT * STEPS - 2, 0, 0, 2, 0)); /* step 3 goes on from there */
        conforms(false);
    }
}
END_TEST

/* --- steps and states ----------------------------------------------------------------------------------------- */

/* PyTorch's SGD with momentum 0.5 and lr 0.5, from x = 8 with g = 4: all its numbers are short. */
static const double momentum_b[] = {0, 4, 6, 7, 7.5}, momentum_x[] = {8, 6, 3, -0.5, -4.25};

/* Records b where `with_b` has the step's bit. */
static void put_momentum(unsigned with_b, const double *b, const double *x)
{
    start("sgdm_torch", GOLDSTEP_BINARY64);
    hyper(0, "lr", 0.5);
    hyper(0, "momentum", 0.5);
    for (size_t step = 0; step < 5; step++) {
        if (step > 0)
            PUT(step, "g", 4);
        PUT(step, "x", x[step]);
        if (with_b >> step & 1)
            PUT(step, "b", b[step]);
    }
    judge(NULL);
}

START_TEST(test_states)
{
    for (unsigned with_b = 0; with_b < 32; with_b++) {
        int recorded = __builtin_popcount(with_b >> 1);
        put_momentum(with_b, momentum_b, momentum_x);
        conforms(true);
        expect_both("x", TALLY(4, 0, 0, 0, 0));
        ck_assert((row_of(GIVEN, "w", "b") != NULL) == (recorded > 0));
        if (recorded > 0)
            expect_both("b", TALLY(recorded, 0, 0, 0, 0));
    }
}
END_TEST

/* b was replaced between steps 3 and 4, and the run went on from there. */
START_TEST(test_state_replaced)
{
    static const double b[] = {0, 4, 6, 100, 54}, x[] = {8, 6, 3, -0.5, -27.5};
    put_momentum(31, b, x);
    expect(GIVEN, "b", TALLY(3, 0, 0, 1, 0));
    expect_sighting(sighting(GIVEN, "b", "first_deviation"), 3, 0, "0x1.9p+6", "0x1.cp+2");
    expect(GIVEN, "x", TALLY(4, 0, 0, 0, 0));
    expect(FREE, "b", TALLY(2, 0, 0, 2, 0));
    expect(FREE, "x", TALLY(3, 0, 0, 1, 0));
    expect_sighting(sighting(FREE, "x", "first_deviation"), 4, 0, "-0x1.b8p+4", "-0x1.1p+2");
    conforms(false);
}
END_TEST

/* Only what was recorded of b is wrong: the run did not go on from there. */
START_TEST(test_state_recorded_wrong)
{
    static const double b[] = {0, 4, 6, 100, 7.5};
    put_momentum(31, b, momentum_x);
    expect(GIVEN, "b", TALLY(2, 0, 0, 2, 0));
    expect(GIVEN, "x", TALLY(3, 0, 0, 1, 0));
    expect(FREE, "b", TALLY(3, 0, 0, 1, 0));
    expect(FREE, "x", TALLY(4, 0, 0, 0, 0));
    conforms(false);
}
END_TEST

/* Without b, a wrong x is still seen; the state is carried on. */
START_TEST(test_states_not_recorded)
{
    static const double x[] = {8, 6, 3, -0.5, -4};
    put_momentum(0, momentum_b, x);
    expect_both("x", TALLY(3, 0, 0, 1, 0));
    expect_sighting(sighting(GIVEN, "x", "first_deviation"), 4, 0, "-0x1p+2", "-0x1.1p+2");
}
END_TEST

START_TEST(test_results_not_recorded)
{
    start("sgd", GOLDSTEP_BINARY64);
    hyper(0, "lr", 0.5);
    PUT(0, "x", 8);
    for (size_t step = 1; step <= 4; step++) {
        PUT(step, "g", 4);
        if (step % 2 == 0)
            PUT(step, "x", 8 - 2 * (double)step);
    }
    judge(NULL);
    expect_both("x", TALLY(2, 0, 0, 0, 0));
}
END_TEST

START_TEST(test_not_finite)
{
    start("sgd", GOLDSTEP_BINARY64);
    hyper(0, "lr", 0.5);
    PUT(0, "x", 1, 1, 1);
    PUT(1, "g", 1, NAN, 1);
    PUT(1, "x", 0.5, NAN, 0.5);
    PUT(2, "g", 1, 1, 1);
    PUT(2, "x", 0, NAN, 0); /* from a NaN */
    PUT(3, "g", 1, 1, INFINITY);
    PUT(3, "x", -0.5, 7, -INFINITY);
    PUT(4, "g", 1, 1, 1);
    PUT(4, "x", -1, 6.5, -INFINITY); /* coordinate 1 starts anew from what is recorded */
    judge(NULL);
    expect(GIVEN, "x", TALLY(7, 0, 0, 0, 5));
    expect(FREE, "x", TALLY(6, 0, 0, 0, 6));
    expect_sighting(sighting(GIVEN, "x", "first_undecided"), 1, 1, "NaN", "NaN");
    ck_assert_str_eq(reason(GIVEN, "x"), "an input is NaN or infinite");
    conforms(false);
}
END_TEST

/* A free run that says nothing is no fault of the implementation: after step 2 m is zero, but for its roundings. */
START_TEST(test_undecided_free_run_conforms)
{
    double x = 1.9, quotient = nextafter(nextafter(x / 0x1p-60, 0), 0);
    add_rule("ratio");
    start("ratio", GOLDSTEP_BINARY64);
    PUT(0, "x", x);
    PUT(1, "g", 0.1);
    PUT(1, "h", 1);
    PUT(1, "x", x);
    PUT(1, "m", 0.1);
    PUT(2, "g", -0.1);
    PUT(2, "h", 0.9);
    PUT(2, "x", x);
    PUT(2, "m", 0);
    PUT(3, "g", 0);
    PUT(3, "h", 0x1p-60);
    PUT(3, "x", quotient);
    judge(NULL);
    expect(GIVEN, "x", TALLY(2, 0, 1, 0, 0));
    expect(FREE, "x", TALLY(2, 0, 0, 0, 1));
    ck_assert_str_eq(reason(FREE, "x"), "the rounding errors have no bound here");
    conforms(true);
}
END_TEST

START_TEST(test_scalar_states)
{
    static const double golden = 0x1.9e3779b97f4a8p+0; /* (1 + sqrt 5) / 2, rounded */
    for (int wrong = 0; wrong < 2; wrong++) {
        start("nesterov_convex", GOLDSTEP_BINARY64);
        hyper(0, "lr", 0.5);
        for (int i = 0; i < 2; i++) {
            const char *tensor = i == 0 ? "w" : "b";
            put(0, tensor, "x", NUMBERS(1, 2));
            put(0, tensor, "y", NUMBERS(1, 2));
            put(0, tensor, "s", NUMBERS(1));
        }
        for (int i = 0; i < 2; i++) {
            const char *tensor = i == 0 ? "w" : "b";
            put(1, tensor, "g", NUMBERS(2, 2));
            put(1, tensor, "x", NUMBERS(0, 1));
            put(1, tensor, "y", NUMBERS(0, 1));
            put(1, tensor, "s", NUMBERS(i == wrong ? golden : 2));
        }
        judge(NULL);
        expect_of(GIVEN, wrong == 0 ? "w" : "b", "s", TALLY(1, 0, 0, 0, 0));
        expect_of(GIVEN, wrong == 0 ? "b" : "w", "s", TALLY(0, 0, 0, 1, 0));
        expect_of(FREE, wrong == 0 ? "w" : "b", "s", TALLY(1, 0, 0, 0, 0));
        expect(GIVEN, "x", TALLY(2, 0, 0, 0, 0));
        expect(GIVEN, "y", TALLY(2, 0, 0, 0, 0));
    }
}
END_TEST

/* A scalar state is judged once, not once a block of coordinates. */
START_TEST(test_scalar_state_of_a_long_tensor)
{
    enum { COUNT = 1025 };
    static double x[COUNT];
    start("nesterov_convex", GOLDSTEP_BINARY64);
    put(0, "w", "x", COUNT, x);
    for (size_t step = 1; step <= 2; step++) {
        put(step, "w", "g", COUNT, x);
        put(step, "w", "x", COUNT, x);
        PUT(step, "s", step == 1 ? 0x1.9e3779b97f4a8p+0 : 3);
    }
    judge(NULL);
    expect_both("x", TALLY(2 * COUNT, 0, 0, 0, 0));
    expect_both("s", TALLY(1, 0, 0, 1, 0));
}
END_TEST

/* --- hyperparameters ------------------------------------------------------------------------------------------ */

START_TEST(test_hyperparameters_per_step)
{
    static const double lr[] = {0.5, 0.5, 0.5, 0.25, 0.25, 2};
    for (int wrong = 0; wrong < 2; wrong++) {
        double x = 8;
        start("sgd", GOLDSTEP_BINARY64);
        hyper(0, "lr", 0.5);
        PUT(0, "x", x);
        for (size_t step = 1; step <= 5; step++) {
            if (step == 3 || step == 5)
                hyper(step, "lr", lr[step]);
            x -= lr[wrong ? step - 1 : step] * 4; /* wrong: one step late */
            PUT(step, "g", 4);
            PUT(step, "x", x);
        }
        judge(NULL);
        expect(GIVEN, "x", wrong ? TALLY(3, 0, 0, 2, 0) : TALLY(5, 0, 0, 0, 0));
        conforms(!wrong);
    }
}
END_TEST

static void put_sgd(const char *rule)
{
    start(rule, GOLDSTEP_BINARY64);
    PUT(0, "x", 1);
    PUT(1, "g", 0);
    PUT(1, "x", 1);
    PUT(2, "g", 0);
    PUT(2, "x", 1);
}

START_TEST(test_domain)
{
    static const struct {
        const char *rule, *name;
        size_t step;
        double value;
        const char *message;
    } cases[] = {
        {"sgd", "lr", 0, -1, "step 0: outside the domain of sgd: expected 0 <= lr, found lr = -1"},
        {"sgd", "lr", 2, -0.5,
         "step 2: outside the domain of sgd: expected 0 <= lr, found lr = -0.5"},
        {"adamw", "beta1", 1, 1,
         "step 1: outside the domain of adamw: expected beta1 < 1, found beta1 = 1"},
        {"adamw", "eps", 0, 0,
         "step 0: outside the domain of adamw: expected 0 < eps, found eps = 0"},
        {"adam.keras", "beta2", 0, 1.5,
         "step 0: outside the domain of adam.keras: expected beta2 < 1, found beta2 = 1.5"},
        {"sgdm_torch", "nesterov", 0, 1,
         "step 0: outside the domain of sgdm_torch: expected nesterov == 1 ==> 0 < momentum && "
         "dampening == 0, found nesterov = 1, momentum = 0, dampening = 0"},
        {"sgdm_torch", "nesterov", 0, 0.1,
         "step 0: outside the domain of sgdm_torch: expected nesterov == 0 || nesterov == 1, found "
         "nesterov = 0.10000000000000001"},
        {"sgd", "beta3", 0, 1, "`beta3` is not a hyperparameter of sgd"},
        {"sgd", "x", 1, 1, "`x` is not a hyperparameter of sgd"},
        {"adam.keras", "weight_decay", 0, 1,
         "`weight_decay` is not a hyperparameter of adam.keras"},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        put_sgd(cases[i].rule);
        hyper(cases[i].step, cases[i].name, cases[i].value);
        refused(cases[i].message);
    }
}
END_TEST

/* Each name that the condition reads is shown, though the text of one holds that of the other: "lr = 1" "r = 1". */
START_TEST(test_domain_shows_every_value)
{
    add_rule("hard");
    put_sgd("hard");
    hyper(0, "lr", 2);
    hyper(0, "r", 2);
    refused("step 0: outside the domain of hard: expected \\abs(lr) + r <= 2, found lr = 2, r = 2");
}
END_TEST

/* --- what a trace must be ------------------------------------------------------------------------------------- */

START_TEST(test_rule_names)
{
    put_sgd(NULL);
    refused("the trace names no rule: expected one in it or in the call");
    judge("sgd");
    conforms(true);
    put_sgd("adam");
    judge("sgd");
    conforms(true);
    ck_assert_str_eq(json_string_value(json_object_get(root, "rule")), "sgd");
    put_sgd("lions");
    refused("no rule or schedule is called `lions`; near to it: lion");
    put_sgd("sgd");
    refused_by("lions", "no rule or schedule is called `lions`; near to it: lion");
    put_sgd("adamw_torch"); /* another name */
    judge(NULL);
    ck_assert_str_eq(json_string_value(json_object_get(root, "rule")), "adamw");
}
END_TEST

START_TEST(test_tensors)
{
    start("adamw", GOLDSTEP_BINARY64);
    PUT(0, "x", 1, 2);
    PUT(1, "x", 1, 2);
    refused("step 1: tensor `w` has no `g`, an input of adamw");
    PUT(1, "g", 0, 0, 0);
    refused("step 1: tensor `w`: expected 2 numbers in `g`, found 3");
    start("adamw", GOLDSTEP_BINARY64);
    PUT(0, "x", 1);
    PUT(0, "m", 1, 2);
    refused("step 0: tensor `w`: expected 1 number in `m`, found 2");
    start("adamw", GOLDSTEP_BINARY64);
    PUT(0, "x", 1);
    PUT(0, "u", 1);
    refused("tensor `w`: `u` is not a quantity of adamw: expected one of x, g, m, v");
    start("nadam", GOLDSTEP_BINARY64);
    PUT(0, "x", 1);
    PUT(0, "lr", 1);
    refused("tensor `w`: `lr` is not a quantity of nadam: expected one of x, g, m, v, mu_product");
    start("adamw", GOLDSTEP_BINARY64);
    PUT(0, "m", 1);
    refused("step 0: tensor `w` has no `x`: expected the iterate that the run starts from");
    start("adamw", GOLDSTEP_BINARY64);
    PUT(0, "x", 1);
    put(1, "late", "x", NUMBERS(1));
    PUT(1, "g", 1);
    refused("step 0: tensor `late` has no `x`: expected the iterate that the run starts from");
    start("polyak", GOLDSTEP_BINARY64);
    PUT(0, "x", 1, 2);
    PUT(1, "g", 1, 1);
    refused("step 1: tensor `w` has no `f`, an input of polyak");
    PUT(1, "f", 1, 1);
    refused("step 1: tensor `w`: expected 1 number in `f`, found 2");
}
END_TEST

START_TEST(test_nothing_to_judge)
{
    static const char message[] =
        "the trace holds no result to judge: expected `x` at step 1 or later";
    start("sgd", GOLDSTEP_BINARY64);
    PUT(0, "x", 1);
    refused(message);
    PUT(1, "g", 1);
    refused(message);
    start("sgd", GOLDSTEP_BINARY64);
    put(0, "w", "x", 0, NULL);
    put(1, "w", "g", 0, NULL);
    put(1, "w", "x", 0, NULL);
    refused(message);
}
END_TEST

START_TEST(test_empty_tensor_beside_another)
{
    start("clip_norm", GOLDSTEP_BINARY64);
    put(0, "empty", "x", 0, NULL);
    PUT(0, "x", 1);
    put(1, "empty", "g", 0, NULL);
    PUT(1, "g", 0);
    put(1, "empty", "x", 0, NULL);
    PUT(1, "x", 1);
    judge(NULL);
    conforms(true);
    expect_both("x", TALLY(1, 0, 0, 0, 0));
    ck_assert_ptr_null(row_of(GIVEN, "empty", "x"));
}
END_TEST

/* --- reductions and conditions -------------------------------------------------------------------------------- */

/* The norm is 5 over both tensors, so the gradient is halved; over one alone, it would be less or not at all. */
START_TEST(test_norm_over_all_tensors)
{
    for (int format_index = 0; format_index < 2; format_index++) {
        for (int wrong = 0; wrong < 2; wrong++) {
            start("clip_norm", (goldstep_format)format_index);
            hyper(0, "lr", 0.5);
            hyper(0, "max_norm", 2.5);
            put(0, "b", "x", NUMBERS(1));
            PUT(0, "x", 1, 7);
            put(1, "b", "g", NUMBERS(3));
            PUT(1, "g", 4, 0);
            put(1, "b", "x", NUMBERS(wrong ? -0.25 : 0.25));
            PUT(1, "x", 0, 7);
            judge(NULL);
            expect_both("x", TALLY(2, 0, 0, 0, 0));
            expect_of(GIVEN, "b", "x", wrong ? TALLY(0, 0, 0, 1, 0) : TALLY(1, 0, 0, 0, 0));
            conforms(!wrong);
        }
    }
}
END_TEST

/* g = (3, 4 | 0), h = (1, 2 | 9), f = 0.5: s = 7, q = 25, n = 5, d = 11. */
START_TEST(test_every_reduction)
{
    double step = 0.5 + 70 + 2500 + 5000 + 110000;
    add_rule("sums");
    start("sums", GOLDSTEP_BINARY64);
    PUT(0, "x", 0, 0);
    put(0, "b", "x", NUMBERS(0));
    PUT(1, "g", 3, 4);
    PUT(1, "h", 1, 2);
    PUT(1, "f", 0.5);
    put(1, "b", "g", NUMBERS(0));
    put(1, "b", "h", NUMBERS(9));
    put(1, "b", "f", NUMBERS(0.5));
    PUT(1, "x", -3 - step, -4 - step - 1);
    put(1, "b", "x", NUMBERS(-step));
    judge(NULL);
    expect_both("x", TALLY(1, 0, 0, 1, 0));
    expect_of(GIVEN, "b", "x", TALLY(1, 0, 0, 0, 0));
    /* One number that is not finite leaves all coordinates undecided. */
    start("sums", GOLDSTEP_BINARY64);
    PUT(0, "x", 0, 0);
    PUT(1, "g", 3, 4);
    PUT(1, "h", 1, INFINITY);
    PUT(1, "f", 0.5);
    PUT(1, "x", 1, 1);
    judge(NULL);
    expect_both("x", TALLY(0, 0, 0, 0, 2));
    ck_assert_str_eq(reason(FREE, "x"), "an input is NaN or infinite");
    /* A sum of squares past the largest number. */
    start("sums", GOLDSTEP_BINARY64);
    PUT(0, "x", 0);
    PUT(1, "g", 1e200);
    PUT(1, "h", 0);
    PUT(1, "f", 0);
    PUT(1, "x", -INFINITY);
    judge(NULL);
    expect_both("x", TALLY(1, 0, 0, 0, 0));
    /* A sum below the least number. */
    start("sums", GOLDSTEP_BINARY64);
    PUT(0, "x", 0, 0);
    PUT(1, "g", -DBL_MAX, -DBL_MAX);
    PUT(1, "h", DBL_MAX, DBL_MAX);
    PUT(1, "f", 0);
    PUT(1, "x", -INFINITY, INFINITY);
    judge(NULL);
    ck_assert_int_eq(json_integer_value(json_object_get(row_of(GIVEN, "w", "x"), "coordinates")),
                     2);
    conforms(false);
}
END_TEST

/* The momentum cancels the gradient but for rounding: Lion's step may be of either sign, or none. */
START_TEST(test_discontinuity)
{
    start("lion", GOLDSTEP_BINARY64);
    hyper(0, "lr", 0.5);
    PUT(0, "x", 1, 1, 1, 1, 1);
    PUT(0, "m", -0.1, -0.1, -0.1, -0.1, -0.2);
    PUT(1, "g", 0.9, 0.9, 0.9, 0.9, 0.9);
    PUT(1, "x", 0.5, 1, 1.5, 2, 0.5);
    judge(NULL);
    json_t *row = row_of(GIVEN, "w", "x");
    ck_assert_int_eq(json_integer_value(json_object_get(row, "deviates")), 2);
    ck_assert_int_eq(json_integer_value(json_object_get(row, "at_discontinuity")), 4);
    expect_sighting(sighting(GIVEN, "x", "first_deviation"), 1, 3, "0x1p+1", "0x1.8p+0");
}
END_TEST

/* In binary32 `a` may be held above 0.1, or not: c is 1 or 2, and x - (c * g + (c + 1) * x) goes with it. */
START_TEST(test_both_sides_of_a_uniform_condition_conform)
{
    add_rule("scales");
    start("scales", GOLDSTEP_BINARY32);
    PUT(0, "x", 1, 1, 1, 1);
    PUT(1, "g", 10, 10, 10, 10);
    PUT(1, "x", 1 - 10 - 2, 1 - 20 - 3, 1 - 10 - 3, 1 - 20 - 2); /* c = 1, c = 2, and neither */
    judge(NULL);
    json_t *row = row_of(GIVEN, "w", "x");
    ck_assert_int_eq(json_integer_value(json_object_get(row, "at_discontinuity")), 4);
    ck_assert_int_eq(json_integer_value(json_object_get(row, "deviates")), 2);
    expect_sighting(sighting(GIVEN, "x", "first_deviation"), 1, 2, "-0x1.8p+3", "-0x1.6p+3");
}
END_TEST

START_TEST(test_never_decided)
{
    add_rule("hard");
    start("hard", GOLDSTEP_BINARY64);
    PUT(0, "x", 1, 1, 1, 0);
    PUT(1, "g", 0x1p-53, 0x1p-53, 0x1p-53, 2);
    PUT(1, "x", 1, 1 + 0x1p-52, 1.5, 1); /* the value is a tie */
    judge(NULL);
    expect(GIVEN, "x", TALLY(0, 2, 0, 1, 1));
    expect_sighting(sighting(GIVEN, "x", "first_undecided"), 1, 3, "0x1p+0", "NaN");
    ck_assert_str_eq(reason(GIVEN, "x"), "not decided at the highest precision");
    ck_assert_str_eq(json_string_value(json_object_get(sighting(GIVEN, "x", "first_undecided"),
                                                       "expected_decimal")),
                     "undefined");
    conforms(false);
}
END_TEST

/* beta1 rounds to 1 in binary32, so that 1 - beta1^t may be zero: what is within an ulp is right, all else undecided. */
START_TEST(test_set_without_bound)
{
    double value = 1 - 0.5 / (1 + 0x1p-20);
    start("adamw", GOLDSTEP_BINARY32);
    hyper(0, "beta1", 1 - 0x1p-30);
    hyper(0, "weight_decay", 0);
    hyper(0, "lr", 0.5);
    hyper(0, "eps", 0x1p-20);
    PUT(0, "x", 1, 1, 1);
    PUT(1, "g", 1, 1, 1);
    PUT(1, "x", value, 2, NAN);
    judge(NULL);
    json_t *row = row_of(GIVEN, "w", "x");
    ck_assert_int_eq(json_integer_value(json_object_get(row, "undecided")), 2);
    ck_assert_int_eq(json_integer_value(json_object_get(row, "deviates")), 0);
    ck_assert_str_eq(reason(GIVEN, "x"), "the rounding errors have no bound here");
    ck_assert(json_is_null(json_object_get(sighting(GIVEN, "x", "worst"), "budget_ulps")));
}
END_TEST

/* --- schedules ------------------------------------------------------------------------------------------------ */

START_TEST(test_schedule)
{
    start("step_decay", GOLDSTEP_BINARY64);
    hyper(0, "lr", 1);
    hyper(0, "gamma", 0.5);
    hyper(0, "period", 2);
    put(0, "schedule", "lr", NUMBERS(7)); /* says nothing: steps count from 1 */
    static const double lr[] = {1, 1, 0.5, 0.5, 0.25, 0.5};
    for (size_t step = 1; step <= LENGTH(lr); step++)
        put(step, "schedule", "lr", NUMBERS(lr[step - 1]));
    judge(NULL);
    expect_of(GIVEN, "schedule", "lr", TALLY(5, 0, 0, 1, 0));
    expect_of(FREE, "schedule", "lr", TALLY(5, 0, 0, 1, 0));
    conforms(false);
    start("cosine", GOLDSTEP_BINARY64);
    put(0, "schedule", "x", NUMBERS(1));
    refused("tensor `schedule`: `x` is not a quantity of cosine: expected one of lr");
    start("cosine", GOLDSTEP_BINARY64);
    put(0, "schedule", "lr", NUMBERS(1));
    refused("the trace holds no result to judge: expected `lr` at step 1 or later");
    put(1, "schedule", "lr", NUMBERS(1));
    judge(NULL);
    conforms(false);
}
END_TEST

/* --- the program around it ------------------------------------------------------------------------------------ */

/* Where the program's locale writes 0,5 for 0.5, defaults and reports are what they are elsewhere. */
START_TEST(test_locale)
{
    char folder[] = "/tmp/test_verdict.XXXXXX", command[256];
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(command, sizeof command,
             "cd %s && printf 'LC_NUMERIC\\ndecimal_point \",\"\\nthousands_sep \"\"\\ngrouping "
             "-1\\nEND LC_NUMERIC\\n' >source && localedef -c -f ANSI_X3.4-1968 -i source "
             "./comma >log 2>&1",
             folder);
    ck_assert_int_ne(system(command), -1); /* its status tells of the categories left out */
    setenv("LOCPATH", folder, 1);
    ck_assert_ptr_nonnull(setlocale(LC_NUMERIC, "comma"));
    char number[8];
    snprintf(number, sizeof number, "%.1f", 0.5);
    ck_assert_str_eq(number, "0,5");
    snprintf(command, sizeof command, "rm -r %s", folder);
    ck_assert_int_eq(system(command), 0);
    goldstep_library_free(library);
    accepted(goldstep_library_open(&library, &error));
    put_sgd("sgd"); /* lr = 1.0e-2 */
    PUT(3, "g", 50);
    PUT(3, "x", 0.75);
    judge(NULL);
    expect(GIVEN, "x", TALLY(2, 0, 0, 1, 0));
    json_t *first = sighting(GIVEN, "x", "first_deviation");
    expect_sighting(first, 3, 0, "0x1.8p-1", "0x1p-1");
    ck_assert_str_eq(json_string_value(json_object_get(first, "got_decimal")), "0.75");
    ck_assert_str_eq(json_string_value(json_object_get(first, "expected_decimal")),
                     "0.49999999999999999");
}
END_TEST

/* --- threads -------------------------------------------------------------------------------------------------- */

struct work {
    const char *rule, *quantity, *text; /* the report's text */
};

static void *check_often(void *argument)
{
    struct work *work = argument;
    for (int i = 0; i < 20; i++) {
        goldstep_trace *own;
        goldstep_report *found;
        double number = 0.5;
        goldstep_error problem;
        if (goldstep_trace_new(&own, work->rule, GOLDSTEP_BINARY64, &problem) != GOLDSTEP_OK)
            return NULL;
        for (size_t step = 0; step <= 10; step++) {
            goldstep_trace_add(own, step, "w", work->quantity, 1, &number, &problem);
            if (step > 0 && strcmp(work->quantity, "x") == 0)
                goldstep_trace_add(own, step, "w", "g", 1, &number, &problem);
        }
        if (goldstep_check(library, own, NULL, &found, &problem) != GOLDSTEP_OK)
            return NULL;
        goldstep_trace_free(own);
        bool same = work->text == NULL || strcmp(goldstep_report_json(found), work->text) == 0;
        if (work->text == NULL)
            work->text = strdup(goldstep_report_json(found));
        goldstep_report_free(found);
        if (!same)
            return NULL;
    }
    return work;
}

START_TEST(test_threads)
{
    struct work works[] = {{"adamw", "x", NULL}, {"cosine", "lr", NULL}};
    pthread_t threads[6];
    for (size_t i = 0; i < LENGTH(works); i++)
        ck_assert_ptr_nonnull(check_often(&works[i]));
    for (size_t i = 0; i < LENGTH(threads); i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, check_often, &works[i % 2]), 0);
    for (size_t i = 0; i < LENGTH(threads); i++) {
        void *result = NULL;
        ck_assert_int_eq(pthread_join(threads[i], &result), 0);
        ck_assert_ptr_nonnull(result);
    }
    for (size_t i = 0; i < LENGTH(works); i++)
        free((char *)works[i].text);
}
END_TEST

Suite *verdict_suite(void)
{
    const TTest *const tests[] = {test_next_to_a_tie,
                                  test_report,
                                  test_lifetimes,
                                  test_one_wrong_number,
                                  test_states,
                                  test_state_replaced,
                                  test_state_recorded_wrong,
                                  test_states_not_recorded,
                                  test_results_not_recorded,
                                  test_not_finite,
                                  test_undecided_free_run_conforms,
                                  test_scalar_states,
                                  test_scalar_state_of_a_long_tensor,
                                  test_hyperparameters_per_step,
                                  test_domain,
                                  test_domain_shows_every_value,
                                  test_rule_names,
                                  test_tensors,
                                  test_nothing_to_judge,
                                  test_empty_tensor_beside_another,
                                  test_norm_over_all_tensors,
                                  test_every_reduction,
                                  test_discontinuity,
                                  test_both_sides_of_a_uniform_condition_conform,
                                  test_never_decided,
                                  test_set_without_bound,
                                  test_schedule,
                                  test_locale,
                                  test_threads};
    Suite *suite = suite_create("verdict");
    TCase *group = tcase_create("verdict");
    tcase_add_checked_fixture(group, set_up, tear_down);
    tcase_set_timeout(group, 120);
    tcase_add_test(group, test_recorded_in_another_format);
    tcase_add_test(group, test_low_copy);
    tcase_add_test(group, test_low_copy_of_unusual_numbers);
    tcase_add_loop_test(group, test_one_result, 0, LENGTH(singles));
    for (size_t i = 0; i < LENGTH(tests); i++)
        tcase_add_test(group, tests[i]);
    suite_add_tcase(suite, group);
    return suite;
}
