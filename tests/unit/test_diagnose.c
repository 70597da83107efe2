/* The diagnosis: wrong optimizers written here, and the sentence that names what is wrong with each. */
#include "goldstep.h"
#include "verdict/invert.h"

#include <check.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Suite *diagnose_suite(void);

enum { COUNT = 6, STEPS = 8 };

static goldstep_error error;
static goldstep_library *library;
static goldstep_trace *trace;
static goldstep_diagnosis *diagnosis;

static void accepted(goldstep_status status)
{
    ck_assert_msg(status == GOLDSTEP_OK, "%s", error.message);
}

static void set_up(void)
{
    accepted(goldstep_library_open(&library, &error));
}

static void tear_down(void)
{
    goldstep_trace_free(trace);
    goldstep_diagnosis_free(diagnosis);
    goldstep_library_free(library);
    trace = NULL;
    diagnosis = NULL;
}

/* --- AdamW, right and wrong ------------------------------------------------------------------------------------ */

struct adamw {
    const char *bug;
    double lr, beta1, beta2, eps, decay, x[COUNT], m[COUNT], v[COUNT];
};

static bool has(const struct adamw *o, const char *bug)
{
    return strcmp(o->bug, bug) == 0;
}

static double gradient(size_t step, size_t i)
{
    static const double sizes[] = {0.3, -0.7, 0.05, -1.5, 3e-8, 1e-3};
    static const double course[] = {1, -0.7, 1.6, 0, 0.4, -2, 30, 1e-4};
    return sizes[i] * course[(step + i) % 8];
}

static void adamw_step(struct adamw *o, size_t step)
{
    double t = (double)step, lr = o->lr, beta2 = o->beta2, eps = o->eps, decay = o->decay;
    t = has(o, "late step") ? t + 1 : has(o, "no step") ? 1 : t;
    lr = has(o, "frozen") ? 0.01 : has(o, "ascent") ? -lr : lr;
    beta2 = has(o, "beta2") ? 0.98 : beta2;
    decay = has(o, "no decay") ? 0 : decay;
    for (size_t i = 0; i < COUNT; i++) {
        double g = gradient(step, i) + (has(o, "coupled") ? decay * o->x[i] : 0);
        double m = o->m[i] = o->beta1 * o->m[i] + (1 - o->beta1) * g;
        double v = o->v[i] = beta2 * o->v[i] + (1 - beta2) * g * g;
        double c1 = 1 - pow(o->beta1, t), c2 = 1 - pow(beta2, t);
        double root = has(o, "cube")      ? pow(v / c2, 3) + eps
                      : has(o, "no root") ? v / c2 + eps
                      : has(o, "keras")   ? (sqrt(v) + eps) / sqrt(c2)
                                          : sqrt(v / c2) + eps;
        double shrunk = has(o, "coupled") ? o->x[i] : o->x[i] - lr * decay * o->x[i];
        o->x[i] = shrunk - lr * (m / c1) / root;
    }
}

static void put(size_t step, const char *tensor, const char *quantity, const double *numbers)
{
    accepted(goldstep_trace_add(trace, step, tensor, quantity, COUNT, numbers, &error));
}

/* The run of one tensor, with lr halved from step 5 on; `states`: m and v are recorded. */
static void run(const char *tensor, const char *bug, size_t steps, bool states)
{
    static const double x[COUNT] = {1.25, -0.6, 0.3, 2, -0.01, 0.5};
    struct adamw o = {bug, 0.01, 0.9, 0.999, 1e-8, 0.1, {0}, {0}, {0}};
    memcpy(o.x, x, sizeof x);
    put(0, tensor, "x", o.x);
    for (size_t step = 1; step <= steps; step++) {
        double g[COUNT];
        for (size_t i = 0; i < COUNT; i++)
            g[i] = gradient(step, i);
        o.lr = step < 5 ? 0.01 : 0.005;
        adamw_step(&o, step);
        put(step, tensor, "g", g);
        put(step, tensor, "x", o.x);
        if (states) {
            put(step, tensor, "m", o.m);
            put(step, tensor, "v", o.v);
        }
    }
}

static void start(const char *rule)
{
    accepted(goldstep_trace_new(&trace, rule, GOLDSTEP_BINARY64, &error));
    accepted(goldstep_trace_set_hyper(trace, 0, "lr", 0.01, &error));
    accepted(goldstep_trace_set_hyper(trace, 0, "weight_decay", 0.1, &error));
    accepted(goldstep_trace_set_hyper(trace, 5, "lr", 0.005, &error));
}

static void diagnose(void)
{
    goldstep_diagnosis_free(diagnosis);
    accepted(goldstep_diagnose(library, trace, NULL, &diagnosis, &error));
}

/* Whether a sentence begins so. */
static bool says(const char *sentence)
{
    for (const char *line = goldstep_diagnosis_text(diagnosis); *line != '\0';) {
        if (strncmp(line, sentence, strlen(sentence)) == 0)
            return true;
        line = strchr(line, '\n') + 1;
    }
    return false;
}

#define ck_says(sentence)                                                                          \
    ck_assert_msg(says(sentence), "not said: %s\n%s", sentence, goldstep_diagnosis_text(diagnosis))

static const struct {
    const char *bug, *sentence;
    bool explains;
} cases[] = {
    {"", "this is adamw\n", true},
    {"beta2", "this is adamw with beta2 = 0.98 in place of 0.999\n", true},
    {"keras", "this is adamw.keras\n", true},
    {"late step", "this is adamw with t = t + 1\n", true},
    {"no step", "this is adamw with t = 1 at every step\n", true},
    {"frozen", "this is adamw with lr = 0.01 at every step: lr keeps its first value\n", true},
    {"ascent", "this is adamw with -lr in place of lr: the step goes the other way\n", true},
    {"no decay",
     "this is adamw with weight_decay = 0 in place of 0.1: weight decay is not applied\n", true},
    {"coupled", "this is adam.torch\n", true},
    {"no root",
     "this is adamw where `adamw_update` computes `lr * m_hat / (v_hat + eps)` for `lr * m_hat / "
     "(\\sqrt(v_hat) + eps)`\n",
     true},
    {"cube", "nothing known explains this trace; closest is adamw (", false},
};

START_TEST(test_wrong_adamw)
{
    start("adamw");
    run("w", cases[_i].bug, STEPS, true);
    diagnose();
    ck_assert_int_eq(goldstep_diagnosis_explains(diagnosis), cases[_i].explains);
    ck_assert_msg(strncmp(goldstep_diagnosis_text(diagnosis), cases[_i].sentence,
                          strlen(cases[_i].sentence)) == 0,
                  "expected %s, found %s", cases[_i].sentence, goldstep_diagnosis_text(diagnosis));
}
END_TEST

/* A trace without states is judged with states that are carried along. */
START_TEST(test_without_states)
{
    start("adamw");
    run("w", "beta2", STEPS, false);
    diagnose();
    ck_says("this is adamw with beta2 = 0.98 in place of 0.999\n");
}
END_TEST

START_TEST(test_quantities)
{
    start("adamw");
    run("w", "cube", STEPS, true);
    diagnose();
    ck_says("m and v conform to adamw; x does not\n");
}
END_TEST

START_TEST(test_separation)
{
    start("adamw");
    run("w", "beta2", STEPS, true);
    diagnose();
    ck_says("step 1, w.v[0] tells it from adamw: got ");
    json_t *root = json_loads(goldstep_diagnosis_json(diagnosis), 0, NULL);
    const json_t *separation = json_object_get(root, "separation");
    ck_assert_int_eq(json_integer_value(json_object_get(separation, "step")), 1);
    ck_assert_str_eq(json_string_value(json_object_get(separation, "quantity")), "v");
    double g = gradient(1, 0), got, best, other;
    got = strtod(json_string_value(json_object_get(separation, "got")), NULL);
    best = strtod(json_string_value(json_object_get(separation, "best_gives")), NULL);
    other = strtod(json_string_value(json_object_get(separation, "other_gives")), NULL);
    ck_assert_double_eq_tol(got, 0.02 * g * g, 1e-17);
    ck_assert_double_eq_tol(best, 0.02 * g * g, 1e-17);
    ck_assert_double_eq_tol(other, 0.001 * g * g, 1e-17);
    json_decref(root);
}
END_TEST

START_TEST(test_tensors_apart)
{
    start("adamw");
    static const char *const tensors[] = {"a", "b"}, *const bugs[] = {"", "no decay"};
    static const double x[COUNT] = {1.25, -0.6, 0.3, 2, -0.01, 0.5};
    struct adamw o[2];
    for (size_t i = 0; i < 2; i++) {
        o[i] = (struct adamw){bugs[i], 0.01, 0.9, 0.999, 1e-8, 0.1, {0}, {0}, {0}};
        memcpy(o[i].x, x, sizeof x);
        put(0, tensors[i], "x", x);
    }
    for (size_t step = 1; step < 5; step++) {
        for (size_t i = 0; i < 2; i++) {
            double g[COUNT];
            for (size_t j = 0; j < COUNT; j++)
                g[j] = gradient(step, j);
            adamw_step(&o[i], step);
            put(step, tensors[i], "g", g);
            put(step, tensors[i], "x", o[i].x);
        }
    }
    diagnose();
    ck_assert(goldstep_diagnosis_explains(diagnosis));
    ck_says("the tensors are not treated alike\n");
    ck_says("tensor a alone is adamw\n");
    ck_says("tensor b alone is adamw with weight_decay = 0 in place of 0.1\n");
}
END_TEST

/* --- what cannot be told apart ---------------------------------------------------------------------------------- */

/* Gradient descent with momentum as in PyTorch, with x alone recorded. */
static void run_momentum(double first, double second)
{
    double x[COUNT] = {1.25, -0.6, 0.3, 2, -0.01, 0.5}, b[COUNT] = {0};
    accepted(goldstep_trace_new(&trace, "sgdm_torch", GOLDSTEP_BINARY64, &error));
    accepted(goldstep_trace_set_hyper(trace, 0, "lr", first, &error));
    accepted(goldstep_trace_set_hyper(trace, 0, "momentum", 0.75, &error));
    accepted(goldstep_trace_set_hyper(trace, 3, "lr", second, &error));
    put(0, "w", "x", x);
    for (size_t step = 1; step <= 4; step++) {
        double g[COUNT];
        for (size_t i = 0; i < COUNT; i++) {
            g[i] = gradient(step, i);
            b[i] = step == 1 ? g[i] : 0.75 * b[i] + g[i];
            x[i] -= (step < 3 ? first : second) * b[i];
        }
        put(step, "w", "g", g);
        put(step, "w", "x", x);
    }
}

START_TEST(test_same_while_lr_is_constant)
{
    run_momentum(0.5, 0.5);
    diagnose();
    ck_says("this is sgdm_torch\n");
    ck_says("same as sgdm_keras while lr is constant");
}
END_TEST

START_TEST(test_told_apart_by_lr)
{
    run_momentum(0.5, 0.25);
    diagnose();
    ck_says("this is sgdm_torch\n");
    ck_assert(!says("same as sgdm_keras"));
}
END_TEST

/* A state that nothing reads does not hide what the rest is. */
START_TEST(test_state_unused)
{
    double x[COUNT] = {1.25, -0.6, 0.3, 2, -0.01, 0.5}, b[COUNT] = {1, 2, 3, 4, 5, 6};
    accepted(goldstep_trace_new(&trace, "sgdm_torch", GOLDSTEP_BINARY64, &error));
    accepted(goldstep_trace_set_hyper(trace, 0, "lr", 0.5, &error));
    accepted(goldstep_trace_set_hyper(trace, 0, "momentum", 0.75, &error));
    put(0, "w", "x", x);
    for (size_t step = 1; step <= 3; step++) {
        double g[COUNT];
        for (size_t i = 0; i < COUNT; i++) {
            g[i] = gradient(step, i);
            x[i] -= 0.5 * g[i];
        }
        put(step, "w", "g", g);
        put(step, "w", "x", x);
        put(step, "w", "b", b);
    }
    diagnose();
    ck_assert(!goldstep_diagnosis_explains(diagnosis));
    ck_says("x conforms to sgd, which has no b\n");
}
END_TEST

/* One large gradient does not show where eps stands; a tiny one does. */
START_TEST(test_names_the_input)
{
    const float x[] = {1.5F}, g[] = {2}, next[] = {1.499F};
    accepted(goldstep_trace_new(&trace, "adam", GOLDSTEP_BINARY32, &error));
    accepted(goldstep_trace_add(trace, 0, "w", "x", 1, x, &error));
    accepted(goldstep_trace_add(trace, 1, "w", "g", 1, g, &error));
    accepted(goldstep_trace_add(trace, 1, "w", "x", 1, next, &error));
    diagnose();
    ck_says("this is adam\n");
    ck_says("this trace cannot tell it from adam.keras; a tiny gradient would\n");
    ck_says("same as adam.torch while weight_decay = 0\n");
}
END_TEST

/* --- errors and helpers ----------------------------------------------------------------------------------------- */

START_TEST(test_bad_input)
{
    accepted(goldstep_trace_new(&trace, "adamw", GOLDSTEP_BINARY64, &error));
    const double one = 1;
    accepted(goldstep_trace_add(trace, 0, "w", "x", 1, &one, &error));
    ck_assert_int_eq(goldstep_diagnose(library, trace, NULL, &diagnosis, &error),
                     GOLDSTEP_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(error.message, "no result to judge"));
    accepted(goldstep_trace_add(trace, 1, "w", "x", 1, &one, &error));
    accepted(goldstep_trace_add(trace, 1, "w", "nonsense", 1, &one, &error));
    ck_assert_int_eq(goldstep_diagnose(library, trace, NULL, &diagnosis, &error),
                     GOLDSTEP_BAD_INPUT);
    ck_assert_msg(strstr(error.message, "no rule fits the trace; adamw: tensor `w`: `nonsense`") !=
                      NULL,
                  "%s", error.message);
    ck_assert_int_eq(goldstep_diagnose(library, trace, "none", &diagnosis, &error),
                     GOLDSTEP_BAD_INPUT);
}
END_TEST

START_TEST(test_simplest_decimal)
{
    ck_assert_double_eq(simplest_decimal(0.98999, 0.99001), 0.99);
    ck_assert_double_eq(simplest_decimal(-0.001, 0.2), 0);
    ck_assert_double_eq(simplest_decimal(0.12, 0.48), 0.3);
    ck_assert_double_eq(simplest_decimal(9.7e-9, 1.04e-8), 1e-8);
    ck_assert_double_eq(simplest_decimal(-0.0101, -0.0099), -0.01);
    ck_assert_double_eq(simplest_decimal(0.9960937, 0.9960938), 0.9960938);
    ck_assert_double_eq(simplest_decimal(M_PI, M_PI), M_PI);
}
END_TEST

Suite *diagnose_suite(void)
{
    Suite *suite = suite_create("diagnose");
    TCase *tests = tcase_create("diagnose");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, test_wrong_adamw, 0, (int)(sizeof cases / sizeof *cases));
    tcase_add_test(tests, test_without_states);
    tcase_add_test(tests, test_quantities);
    tcase_add_test(tests, test_separation);
    tcase_add_test(tests, test_tensors_apart);
    tcase_add_test(tests, test_same_while_lr_is_constant);
    tcase_add_test(tests, test_told_apart_by_lr);
    tcase_add_test(tests, test_state_unused);
    tcase_add_test(tests, test_names_the_input);
    tcase_add_test(tests, test_bad_input);
    tcase_add_test(tests, test_simplest_decimal);
    suite_add_tcase(suite, tests);
    return suite;
}
