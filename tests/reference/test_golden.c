/* Every rule's reference and every schedule's against every golden vector (tests/golden), in the number type that this
 * file is compiled for: each result is within the vector's budget. */
#include "eval/format.h"
#include "reference.h"
#include "speclang/spec.h"

#include <check.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef GOLDSTEP_REAL_FLOAT
#define FORMAT GOLDSTEP_BINARY32
#else
#define FORMAT GOLDSTEP_BINARY64
#endif

enum { MAX_ARRAYS = 16, MAX_WIDTH = 8 };

static goldstep_library *library; /* opened once; each test's process has its own copy */

/* A rule, and the arrays of the vector at hand. */
struct vector {
    const struct spec *spec;
    const struct reference *reference;
    json_t *hyper, *test;
    size_t width;
    real_t x[MAX_WIDTH], inputs[MAX_ARRAYS][MAX_WIDTH], states[MAX_ARRAYS][MAX_WIDTH];
    real_t scalar_inputs[MAX_ARRAYS], scalar_states[MAX_ARRAYS], hypers[MAX_ARRAYS];
    size_t judged; /* results */
};

/* --- reading --------------------------------------------------------------------------------------------------- */

static json_t *member(const json_t *object, const char *name)
{
    json_t *value = json_object_get(object, name);
    if (value == NULL)
        ck_abort_msg("expected `%s` in the vector", name);
    return value;
}

static double number(const json_t *text)
{
    return strtod(json_string_value(text), NULL);
}

static void read_vector(const struct vector *vector, const json_t *list, real_t *values)
{
    ck_assert_uint_eq(json_array_size(list), vector->width);
    for (size_t i = 0; i < vector->width; i++)
        values[i] = (real_t)number(json_array_get(list, i));
}

static void read_vectors(const struct vector *vector, const json_t *object,
                         const struct items *items, real_t (*rows)[MAX_WIDTH])
{
    ck_assert_uint_le(items->count, MAX_ARRAYS);
    for (size_t i = 0; i < items->count; i++)
        read_vector(vector, member(object, items->list[i].name), rows[i]);
}

static void read_scalars(const json_t *object, const struct items *items, real_t *values)
{
    ck_assert_uint_le(items->count, MAX_ARRAYS);
    for (size_t i = 0; i < items->count; i++)
        values[i] = (real_t)number(member(object, items->list[i].name));
}

static void read_hypers(struct vector *vector)
{
    const struct items *hypers = &vector->spec->hypers;
    ck_assert_uint_le(hypers->count, MAX_ARRAYS);
    for (size_t i = 0; i < hypers->count; i++)
        vector->hypers[i] = (real_t)json_number_value(member(vector->hyper, hypers->list[i].name));
}

static void read_given(struct vector *vector)
{
    const struct spec *spec = vector->spec;
    vector->width = 1;
    read_hypers(vector);
    if (spec->kind == SPEC_SCHEDULE)
        return;
    json_t *before = member(vector->test, "before"), *inputs = member(vector->test, "inputs");
    vector->width = json_array_size(member(before, "x"));
    ck_assert_uint_le(vector->width, MAX_WIDTH);
    read_vector(vector, member(before, "x"), vector->x);
    read_vectors(vector, inputs, &spec->inputs, vector->inputs);
    read_vectors(vector, before, &spec->states, vector->states);
    read_scalars(inputs, &spec->scalar_inputs, vector->scalar_inputs);
    read_scalars(before, &spec->scalar_states, vector->scalar_states);
}

/* --- stepping and comparing ------------------------------------------------------------------------------------ */

static void call_reference(struct vector *vector)
{
    real_t *inputs[MAX_ARRAYS], *states[MAX_ARRAYS], *scalar_states[MAX_ARRAYS];
    for (size_t i = 0; i < MAX_ARRAYS; i++) {
        inputs[i] = vector->inputs[i];
        states[i] = vector->states[i];
        scalar_states[i] = &vector->scalar_states[i];
    }
    bool schedule = vector->spec->kind == SPEC_SCHEDULE;
    json_int_t t = 1;
    if (spec_uses_step(vector->spec))
        t = json_integer_value(member(vector->test, schedule ? "k" : "t")) + schedule;
    vector->reference->call(&(struct arguments){.n = vector->width,
                                                .x = vector->x,
                                                .inputs = inputs,
                                                .scalar_inputs = vector->scalar_inputs,
                                                .states = states,
                                                .scalar_states = scalar_states,
                                                .t = (uint64_t)t,
                                                .hypers = vector->hypers});
}

/* A budget of null admits every result. */
static void expect_within(struct vector *vector, const char *name, real_t got,
                          const json_t *expected_text, const json_t *budget)
{
    double expected = number(expected_text), error = 0;
    if ((double)got != expected)
        error = fabs((double)got - expected) / format_ulp(format_of(FORMAT), expected);
    vector->judged++;
    if (!json_is_null(budget) && !(error <= json_number_value(budget)))
        ck_abort_msg("%s: %s: got %a, expected %a, %g ulps, in %s", vector->spec->name, name,
                     (double)got, expected, error, json_dumps(vector->test, JSON_COMPACT));
}

static void expect_vector(struct vector *vector, const char *name, const real_t *got)
{
    const json_t *after = member(member(vector->test, "after"), name);
    const json_t *budget = member(member(vector->test, "budget"), name);
    for (size_t i = 0; i < vector->width; i++)
        expect_within(vector, name, got[i], json_array_get(after, i), json_array_get(budget, i));
}

static void expect_scalar(struct vector *vector, const char *name, real_t got)
{
    expect_within(vector, name, got, member(member(vector->test, "after"), name),
                  member(member(vector->test, "budget"), name));
}

static void expect_after(struct vector *vector)
{
    const struct spec *spec = vector->spec;
    if (spec->kind == SPEC_SCHEDULE)
        expect_scalar(vector, "lr", vector->x[0]);
    else
        expect_vector(vector, "x", vector->x);
    for (size_t i = 0; i < spec->states.count; i++)
        expect_vector(vector, spec->states.list[i].name, vector->states[i]);
    for (size_t i = 0; i < spec->scalar_states.count; i++)
        expect_scalar(vector, spec->scalar_states.list[i].name, vector->scalar_states[i]);
}

/* What is undefined is stepped through too: nothing may crash. */
static void try_vector(struct vector *vector)
{
    read_given(vector);
    call_reference(vector);
    if (strcmp(json_string_value(member(vector->test, "result")), "defined") == 0)
        expect_after(vector);
}

/* --- the suite ------------------------------------------------------------------------------------------------- */

/* tests/golden/rules/adam/adamw.json for spec/rules/adam/adamw.acsl. */
static json_t *load_vectors(const struct spec *spec)
{
    char path[512];
    json_error_t error;
    const char *file = strchr(spec->file, '/'), *end = strrchr(spec->file, '.');
    ck_assert(file != NULL && end != NULL);
    snprintf(path, sizeof path, "tests/golden%.*s.json", (int)(end - file), file);
    json_t *root = json_load_file(path, 0, &error);
    if (root == NULL)
        ck_abort_msg("%s: %s: run make golden", path, error.text);
    return root;
}

START_TEST(test_vectors)
{
    struct vector vector = {.spec = library_spec(library, (size_t)_i), .reference = references};
    while (vector.reference->name != NULL && strcmp(vector.reference->name, vector.spec->name) != 0)
        vector.reference++;
    ck_assert_ptr_nonnull(vector.reference->name);
    json_t *root = load_vectors(vector.spec), *groups = member(root, "groups");
    for (size_t i = 0; i < json_array_size(groups); i++) {
        json_t *group = json_array_get(groups, i);
        if (strcmp(json_string_value(member(group, "format")), format_of(FORMAT)->name) != 0)
            continue;
        vector.hyper = member(group, "hyper");
        json_t *tests = member(group, "tests");
        for (size_t k = 0; k < json_array_size(tests); k++) {
            vector.test = json_array_get(tests, k);
            try_vector(&vector);
        }
    }
    ck_assert_msg(vector.judged > 0, "%s: no vector judges it", vector.spec->name);
    json_decref(root);
}
END_TEST

int main(void)
{
    goldstep_error error;
    if (goldstep_library_open(&library, &error) != GOLDSTEP_OK) {
        fprintf(stderr, "%s\n", error.message);
        return EXIT_FAILURE;
    }
    int rules = (int)library_count(library);
    Suite *suite = suite_create(FORMAT == GOLDSTEP_BINARY64 ? "golden vectors, binary64"
                                                            : "golden vectors, binary32");
    TCase *group = tcase_create("every rule");
    tcase_set_timeout(group, 60);
    tcase_add_loop_test(group, test_vectors, 0, rules);
    suite_add_tcase(suite, group);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    goldstep_library_free(library);
    return failed == 0 && rules > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
