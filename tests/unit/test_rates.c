/* The theorem checks: verdicts that are known on paper, and fits. */
#include "rates/compare.h"
#include "rates/objective.h"
#include "rates/rates.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

Suite *rates_suite(void);

static goldstep_library *library;
static goldstep_error error;
static struct rates rates;

static void set_up(void)
{
    ck_assert_int_eq(goldstep_library_open(&library, &error), GOLDSTEP_OK);
    rates = (struct rates){0};
}

static void tear_down(void)
{
    rates_free(&rates);
    goldstep_library_free(library);
}

static goldstep_status run(const char *theorem, const char *objective, const char *setting,
                           size_t steps, bool past_domain)
{
    struct rates_options options = {.theorems = &theorem,
                                    .theorem_count = 1,
                                    .objective = objective,
                                    .settings = {setting},
                                    .setting_count = setting != NULL,
                                    .steps = steps,
                                    .past_domain = past_domain};
    rates_free(&rates);
    return rates_run(library, &options, &rates, &error);
}

static const struct outcome *find(size_t instance, double step_size)
{
    for (size_t i = 0; i < rates.count; i++)
        if (rates.outcomes[i].instance == instance && rates.outcomes[i].step_size == step_size)
            return &rates.outcomes[i];
    ck_abort_msg("no run has this step size");
}

/* Where the bounds are attained is proved in proofs/theorems/. */
static const struct {
    const char *theorem, *objective;
    size_t instance;
    double step_size;
    size_t at, times;
} attained[] = {
    {"gd_convex_tight", "huber", 1, 1, 20, 1},
    {"gd_convex_tight", "huber", 1, 0.5, 40, 1},
    {"gd_convex_gradnorm", "huber", 1, 1, 40, 1},
    {"gd_convex_gradnorm", "huber", 1, 0.5, 80, 1},
    {"gd_nonconvex_tight", "sawtooth", 1, 1, 20, 1},
    {"gd_nonconvex", "quadratic", 1, 0.25, 1, 1},
    {"gd_pl", "quadratic", 1, 0.375, 1, 90},
    {"gd_sc_contract", "quadratic", 1, 0.5625, 1, 90},
    {"gd_sc_2muL", "quadratic", 2, 0.25, 1, 90},
};

START_TEST(test_attained)
{
    ck_assert_int_eq(run(attained[_i].theorem, attained[_i].objective, NULL, 90, false),
                     GOLDSTEP_OK);
    const struct outcome *outcome = find(attained[_i].instance, attained[_i].step_size);
    ck_assert_int_eq(outcome->verdict, BOUND_ATTAINED);
    ck_assert_uint_eq(outcome->at, attained[_i].at);
    ck_assert_uint_eq(outcome->attained, attained[_i].times);
    ck_assert_double_eq(outcome->worst, 1);
    ck_assert(rates_hold(&rates));
}
END_TEST

/* The gap of huber's worst case is 20 / 41 of gd_convex's bound, and stays below. */
START_TEST(test_holds)
{
    ck_assert_int_eq(run("gd_convex", "huber", "gamma=1/L", 50, false), GOLDSTEP_OK);
    const struct outcome *outcome = find(1, 1);
    ck_assert_int_eq(outcome->verdict, BOUND_HOLDS);
    ck_assert_uint_eq(outcome->worst_at, 20);
    ck_assert_double_eq_tol(outcome->worst, 20.0 / 41, 1e-15);
    ck_assert_uint_eq(outcome->row_count, 51);
    ck_assert(!outcome->rows[0].known && outcome->rows[1].known);
    ck_assert_double_eq(mpfr_get_d(outcome->rows[20].measured, MPFR_RNDN), 20.5);
    ck_assert_double_eq(mpfr_get_d(outcome->rows[20].bound, MPFR_RNDN), 41 * 41 / 40.0);
}
END_TEST

START_TEST(test_violated)
{
    ck_assert_int_eq(run("gd_convex", "quadratic", "gamma=2.5/L", 30, true), GOLDSTEP_OK);
    ck_assert_uint_eq(rates.count, 4);
    for (size_t i = 0; i < rates.count; i++) {
        ck_assert_int_eq(rates.outcomes[i].verdict, BOUND_VIOLATED);
        ck_assert_uint_eq(rates.outcomes[i].at, 1);
    }
    ck_assert(!rates_hold(&rates));
}
END_TEST

static const struct {
    const char *theorem, *objective, *setting, *message;
} refused[] = {
    {"gd_convex", "huber", "gamma=3",
     "gd_convex on huber[1]: gd_convex_domain: `gamma <= 1 / L` does not hold (--past-domain runs "
     "it all the same)"},
    {"gd_convex", "huber", "gamma=-1",
     "gd_convex on huber[1]: gd_convex_domain: `0 < gamma` does not hold (--past-domain runs it "
     "all the same)"},
    {"gd_convex", "huber", "L=1", "gd_convex: the problem gives `L` its value, so --set cannot"},
    {"gd_convex", "huber", "beta=1",
     "--set beta=1: expected NAME=TERM, with one of the constants of gd_convex"},
    {"gd_convex", "huber", "gamma",
     "--set gamma: expected NAME=TERM, with one of the constants of gd_convex"},
    {"gd_convex", "huber", "gamma=", "--set:1:7: expected a term, found the end of the annotation"},
    {"gd_convex", "huber", "gamma=1/M",
     "--set:1:9: `M`: expected `x` or a hyperparameter (a scalar state has no `x`)"},
    {"gd_convex", "huber", "gamma=1/0.0",
     "nothing is checked: gd_convex: its constant `gamma` has no value: the specification is "
     "undefined here"},
    {"gd_convex", "sawtooth", NULL, "nothing is checked: gd_convex: no objective is of its class"},
    {"gd_convex", "gd", NULL, "`gd` is a rule: expected an objective"},
    {"huber", NULL, NULL, "`huber` is an objective: expected a theorem"},
    {"none", NULL, NULL, "no rule, schedule, theorem or objective is called `none`"},
    {"sgd_convex", NULL, NULL,
     "nothing is checked: sgd_convex: its expectation is not computed yet (over the indices, "
     "uniform and independent)"},
};

START_TEST(test_refused)
{
    ck_assert_int_eq(run(refused[_i].theorem, refused[_i].objective, refused[_i].setting, 5, false),
                     GOLDSTEP_BAD_INPUT);
    ck_assert_str_eq(error.message, refused[_i].message);
}
END_TEST

/* Every theorem is run, or it is said why not; nothing is violated or undecided. */
START_TEST(test_all)
{
    struct rates_options options = {.steps = 12};
    ck_assert_int_eq(rates_run(library, &options, &rates, &error), GOLDSTEP_OK);
    ck_assert(rates_hold(&rates));
    for (size_t i = 0; i < library_theorem_count(library); i++) {
        bool told = false;
        for (size_t o = 0; o < rates.count; o++)
            told = told || rates.outcomes[o].theorem == library_theorem(library, i);
        for (size_t s = 0; s < rates.skipped_count; s++)
            told = told || rates.skipped[s].theorem == library_theorem(library, i);
        ck_assert_msg(told, "%s", library_theorem(library, i)->name);
    }
}
END_TEST

static char *written(void (*write)(FILE *, const struct rates *))
{
    char *text = NULL;
    size_t size;
    FILE *file = open_memstream(&text, &size);
    write(file, &rates);
    fclose(file);
    return text;
}

START_TEST(test_write)
{
    ck_assert_int_eq(run("hb_cycle", "lyap_cycle", NULL, 2, false), GOLDSTEP_OK);
    char *csv = written(rates_write_csv), *json = written(rates_write_json);
    ck_assert_ptr_nonnull(strstr(csv, "theorem,problem,step_size,t,measured,bound\n"
                                      "hb_cycle,lyap_cycle[1],0.1111111111111111"));
    ck_assert_ptr_nonnull(strstr(csv, ",0,1.056250000e+01,1.111111111e-01\n"));
    ck_assert_ptr_nonnull(strstr(json, "\"holds\": true"));
    ck_assert_ptr_nonnull(strstr(json, "hb_cycle_domain: `3.25 <= x0` does not hold"));
    free(csv);
    free(json);
    ck_assert_int_eq(run("gd_polyak", "huber", NULL, 2, false), GOLDSTEP_OK);
    csv = written(rates_write_csv);
    ck_assert_ptr_nonnull(strstr(csv, "\ngd_polyak,huber[1],,1,"));
    free(csv);
}
END_TEST

START_TEST(test_plot)
{
    char path[] = "/tmp/goldstep-plot-XXXXXX", text[2048] = "";
    int file = mkstemp(path);
    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(run("gd_polyak", "huber", NULL, 5, false), GOLDSTEP_OK);
    ck_assert_msg(rates_plot(&rates, path, &error) == GOLDSTEP_OK, "%s", error.message);
    ck_assert_int_gt(read(file, text, sizeof text - 1), 0);
    ck_assert_ptr_nonnull(strstr(text, "<svg"));
    close(file);
    unlink(path);
    ck_assert_int_eq(rates_plot(&rates, "/none/x", &error), GOLDSTEP_SYSTEM_ERROR);
    ck_assert_int_eq(run("gd_polyak", NULL, NULL, 1, false), GOLDSTEP_OK);
    ck_assert_int_eq(rates_plot(&rates, path, &error), GOLDSTEP_BAD_INPUT);
}
END_TEST

/* --- the objectives' constants ---------------------------------------------------------------------------------- */

enum { POINTS = 23, POINT_PRECISION = 128 };

/* An objective at one point. */
struct point {
    mpfi_t *x, *gradient, *values; /* values: f, f - min f */
};

static struct point point_at(struct objective *objective, double scale)
{
    size_t n = objective->instance->n;
    struct point point = {intervals_new(n, POINT_PRECISION), intervals_new(n, POINT_PRECISION),
                          intervals_new(2, POINT_PRECISION)};
    for (size_t i = 0; i < n; i++)
        mpfi_set_d(point.x[i], objective->instance->x[i] * scale);
    ck_assert_int_eq(objective_value(objective, point.x, point.values[0]), PROBLEM_NONE);
    ck_assert_int_eq(objective_gap(objective, point.x, point.values[1]), PROBLEM_NONE);
    ck_assert_int_eq(objective_gradient(objective, point.x, point.gradient), PROBLEM_NONE);
    return point;
}

static void point_free(struct point *point, size_t n)
{
    intervals_free(point->x, n);
    intervals_free(point->gradient, n);
    intervals_free(point->values, 2);
}

/* f(b) - f(a) - <grad f(a), b - a>, and ||b - a||^2, in binary64: the intervals are narrow. */
static double excess(const struct point *a, const struct point *b, size_t n, double *square)
{
    mpfi_t sum, term;
    mpfi_init2(sum, POINT_PRECISION);
    mpfi_init2(term, POINT_PRECISION);
    mpfi_sub(sum, b->values[0], a->values[0]);
    *square = 0;
    for (size_t i = 0; i < n; i++) {
        mpfi_sub(term, b->x[i], a->x[i]);
        *square += mpfi_get_d(term) * mpfi_get_d(term);
        mpfi_mul(term, term, a->gradient[i]);
        mpfi_sub(sum, sum, term);
    }
    double value = mpfi_get_d(sum);
    mpfi_clear(sum);
    mpfi_clear(term);
    return value;
}

static double norm2(const struct point *point, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += mpfi_get_d(point->gradient[i]) * mpfi_get_d(point->gradient[i]);
    return sum;
}

static double constant(struct objective *objective, const char *name, bool largest)
{
    mpfi_t value;
    enum problem problem;
    mpfi_init2(value, POINT_PRECISION);
    ck_assert_int_eq(objective_constant(objective, name, largest, value, &problem, &error),
                     GOLDSTEP_OK);
    double result = mpfi_get_d(value);
    mpfi_clear(value);
    return result;
}

/* What the class says, at pairs of points on a line: |excess| <= L / 2 ||b - a||^2, which ties f to its gradient too; excess
 * >= mu / 2 ||b - a||^2 where it is strongly convex, or 0 where it is convex; ||grad f||^2 >= 2 mu (f - min f). */
static void check_class(struct objective *objective, const struct point *points)
{
    const double slack = 1 + 1e-12;
    size_t n = objective->instance->n;
    const char *class = spec_note(objective->spec, "class");
    double smooth = constant(objective, "L", true);
    double mu = spec_equation(objective->spec, "mu") != NULL ? constant(objective, "mu", false) : 0;
    bool convex = strstr(class, "convex") != NULL || strstr(class, "quadratic") != NULL;
    for (size_t a = 0; a < POINTS; a++) {
        for (size_t b = 0; b < POINTS; b++) {
            double square, over = excess(&points[a], &points[b], n, &square);
            ck_assert_double_le(fabs(over), smooth / 2 * square * slack);
            ck_assert(!convex || over * slack >= mu / 2 * square);
        }
        double gap = mpfi_get_d(points[a].values[1]);
        ck_assert_double_ge(gap, 0);
        ck_assert_double_ge(norm2(&points[a], n) * slack, 2 * mu * gap);
    }
}

START_TEST(test_objectives)
{
    for (size_t o = 0; o < library_objective_count(library); o++) {
        const struct spec *spec = library_objective(library, o);
        for (size_t i = 0; i < spec->instance_count; i++) {
            struct objective objective;
            struct point points[POINTS];
            enum problem problem;
            ck_assert_int_eq(objective_open(&objective, spec, &spec->instances[i], &error),
                             GOLDSTEP_OK);
            ck_assert_int_eq(objective_precision(&objective, POINT_PRECISION, &problem, &error),
                             GOLDSTEP_OK);
            ck_assert_int_eq(problem, PROBLEM_NONE);
            for (int p = 0; p < POINTS; p++)
                points[p] = point_at(&objective, (p - 11) * 0.1);
            check_class(&objective, points);
            ck_assert_double_eq_tol(mpfi_get_d(points[11].values[1]), 0, 1e-30);
            for (int p = 0; p < POINTS; p++)
                point_free(&points[p], objective.instance->n);
            objective_close(&objective);
        }
    }
}
END_TEST

/* --- comparisons and fits --------------------------------------------------------------------------------------- */

static const struct {
    double small[2], large[2];
    enum comparison expected;
} pairs[] = {
    {{1, 2}, {3, 4}, WITHIN},
    {{1, 3}, {3, 4}, WITHIN},
    {{1, 3}, {2, 4}, UNCERTAIN},
    {{5, 6}, {3, 4}, BEYOND},
    {{4, 6}, {3, 4}, UNCERTAIN},
    {{3, 3}, {3, 3}, EQUAL},
    {{0, 0}, {0, 0}, EQUAL},
    {{-1, 1}, {0, 0}, UNCERTAIN},
    {{1, INFINITY}, {3, 4}, UNCERTAIN},
    {{1, 2}, {3, INFINITY}, UNCERTAIN},
    {{3, 3}, {3, 3 + 0x1p-50}, WITHIN},
    {{-2, -2}, {-1, -1}, WITHIN},
};

START_TEST(test_compare)
{
    mpfi_t small, large;
    mpfi_init2(small, 256);
    mpfi_init2(large, 256);
    mpfi_interv_d(small, pairs[_i].small[0], pairs[_i].small[1]);
    mpfi_interv_d(large, pairs[_i].large[0], pairs[_i].large[1]);
    ck_assert_int_eq(compare(small, large), pairs[_i].expected);
    mpfi_set_ui(small, 1); /* on both sides of it */
    mpfi_set_ui(large, 1);
    mpfr_nextabove(&small->right);
    mpfr_nextbelow(&large->left);
    ck_assert_int_eq(compare(small, large), EQUAL);
    mpfi_clear(small);
    mpfi_clear(large);
}
END_TEST

static struct row *rows_new(size_t count)
{
    struct row *rows = calloc(count, sizeof *rows);
    ck_assert_ptr_nonnull(rows);
    for (size_t t = 0; t < count; t++) {
        mpfr_inits2(64, rows[t].measured, rows[t].bound, (mpfr_ptr)0);
        rows[t].known = rows[t].resolved = true;
    }
    return rows;
}

START_TEST(test_fit)
{
    enum { COUNT = 40 };
    struct row *rows = rows_new(COUNT);
    for (size_t t = 0; t < COUNT; t++) {
        mpfr_set_d(rows[t].measured, 3 * pow((double)t + 1e-9, -1.5), MPFR_RNDN);
        mpfr_set_d(rows[t].bound, 5 * pow((double)t + 1e-9, -1), MPFR_RNDN);
    }
    struct rate rate = rate_fit(rows, COUNT);
    ck_assert(rate.known && !rate.geometric);
    ck_assert_double_eq_tol(rate.measured, -1.5, 1e-9);
    ck_assert_double_eq_tol(rate.bound, -1, 1e-9);
    for (size_t t = 0; t < COUNT; t++) {
        mpfr_set_d(rows[t].measured, pow(0.25, (double)t), MPFR_RNDN);
        mpfr_set_d(rows[t].bound, 7 * pow(0.5, (double)t), MPFR_RNDN);
    }
    rate = rate_fit(rows, COUNT);
    ck_assert(rate.known && rate.geometric);
    ck_assert_double_eq_tol(rate.measured, 0.25, 1e-9);
    ck_assert_double_eq_tol(rate.bound, 0.5, 1e-9);
    for (size_t t = 0; t < COUNT - 2; t++)
        rows[t].resolved = false;
    ck_assert(!rate_fit(rows, COUNT).known);
    ck_assert(!rate_fit(rows, 0).known);
    for (size_t t = 0; t < COUNT; t++)
        mpfr_clears(rows[t].measured, rows[t].bound, (mpfr_ptr)0);
    free(rows);
}
END_TEST

#define LENGTH(array) (sizeof(array) / sizeof *(array))

Suite *rates_suite(void)
{
    Suite *suite = suite_create("rates");
    TCase *group = tcase_create("rates");
    tcase_add_checked_fixture(group, set_up, tear_down);
    tcase_set_timeout(group, 300);
    tcase_add_loop_test(group, test_attained, 0, LENGTH(attained));
    tcase_add_loop_test(group, test_refused, 0, LENGTH(refused));
    tcase_add_loop_test(group, test_compare, 0, LENGTH(pairs));
    tcase_add_test(group, test_holds);
    tcase_add_test(group, test_violated);
    tcase_add_test(group, test_all);
    tcase_add_test(group, test_write);
    tcase_add_test(group, test_plot);
    tcase_add_test(group, test_objectives);
    tcase_add_test(group, test_fit);
    suite_add_tcase(suite, group);
    return suite;
}
