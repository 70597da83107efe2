#include "emit/vectors.h"

#include "error.h"
#include "verdict/report.h"

#include <math.h>
#include <sha2.h>
#include <stdlib.h>
#include <string.h>

/* --- a test as JSON -------------------------------------------------------------------------------------------- */

static json_t *json_hex(double value)
{
    char text[32];
    return json_string(double_hex(value, text));
}

/* Budgets are rounded up to 4 digits. */
static json_t *json_budget(double value)
{
    char text[32];
    if (!isfinite(value))
        return json_null();
    mpfr_t exact;
    mpfr_init2(exact, 53);
    mpfr_set_d(exact, value, MPFR_RNDU);
    mpfr_snprintf(text, sizeof text, "%.4RUg", exact);
    mpfr_clear(exact);
    double up = strtod(text, NULL);
    return isfinite(up) ? json_real(up) : json_null();
}

static json_t *json_vector(const double *values, size_t width, json_t *(*number)(double))
{
    json_t *list = json_array();
    for (size_t i = 0; i < width; i++)
        json_array_append_new(list, number(values[i]));
    return list;
}

static void set_vectors(json_t *object, const struct items *items, const double *rows, size_t width,
                        json_t *(*number)(double))
{
    for (size_t s = 0; s < items->count; s++)
        json_object_set_new(object, items->list[s].name,
                            json_vector(rows + s * MAX_WIDTH, width, number));
}

static void set_scalars(json_t *object, const struct items *items, const double *values,
                        json_t *(*number)(double))
{
    for (size_t s = 0; s < items->count; s++)
        json_object_set_new(object, items->list[s].name, number(values[s]));
}

static json_t *json_values(const struct spec *spec, const struct values *values, size_t width,
                           json_t *(*number)(double))
{
    json_t *object = json_object();
    if (spec->kind == SPEC_SCHEDULE) {
        json_object_set_new(object, "lr", number(values->x[0]));
        return object;
    }
    json_object_set_new(object, "x", json_vector(values->x, width, number));
    set_vectors(object, &spec->states, values->states[0], width, number);
    set_scalars(object, &spec->scalar_states, values->scalar_states, number);
    return object;
}

static void set_given(const struct spec *spec, const struct given *given, json_t *test)
{
    if (spec_uses_step(spec))
        json_object_set_new(test, spec->kind == SPEC_SCHEDULE ? "k" : "t",
                            json_integer((json_int_t)given->t - (spec->kind == SPEC_SCHEDULE)));
    if (spec->kind == SPEC_SCHEDULE)
        return;
    json_t *inputs = json_object();
    set_vectors(inputs, &spec->inputs, given->inputs[0], given->width, json_hex);
    set_scalars(inputs, &spec->scalar_inputs, given->scalar_inputs, json_hex);
    json_object_set_new(test, "inputs", inputs);
    json_object_set_new(test, "before", json_values(spec, &given->before, given->width, json_hex));
}

static void set_answer(const struct spec *spec, size_t width, const struct answer *answer,
                       json_t *test)
{
    if (answer->undefined != NULL) {
        char reason[256];
        snprintf(reason, sizeof reason, "%s: %s", answer->undefined, problem_text(answer->problem));
        json_object_set_new(test, "result", json_string("undefined"));
        json_object_set_new(test, "reason", json_string(reason));
        return;
    }
    json_object_set_new(test, "result", json_string("defined"));
    json_object_set_new(test, "after", json_values(spec, &answer->after, width, json_hex));
    json_object_set_new(test, "budget", json_values(spec, &answer->budget, width, json_budget));
}

json_t *vector_json(const struct spec *spec, json_int_t id, const char *comment, json_t *flags,
                    const struct given *given, const struct answer *answer)
{
    json_t *test = json_pack("{s:I, s:s, s:o}", "id", id, "comment", comment, "flags", flags);
    set_given(spec, given, test);
    set_answer(spec, given->width, answer, test);
    return test;
}

/* --- the file -------------------------------------------------------------------------------------------------- */

static json_t *json_names(const struct items *items)
{
    json_t *list = json_array();
    for (size_t i = 0; i < items->count; i++)
        json_array_append_new(list, json_string(items->list[i].name));
    return list;
}

/* NULL where one is not UTF-8. */
static json_t *json_notes(const struct spec *spec, const char *key)
{
    json_t *list = json_array();
    for (size_t i = 0; i < spec->note_count; i++) {
        if (strcmp(spec->notes[i].key, key) == 0 &&
            json_array_append_new(list, json_string(spec->notes[i].text)) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

/* The files that the rule's meaning stands in, its own first, each with its SHA-256. NULL where a path is not UTF-8. */
static json_t *json_specification(const struct spec *spec)
{
    json_t *list = json_array();
    for (; spec != NULL; spec = spec->parent) {
        char hash[SHA256_DIGEST_STRING_LENGTH];
        SHA256Data((const uint8_t *)spec->source, strlen(spec->source), hash);
        json_t *row = json_pack("{s:s, s:s}", "file", spec->file, "sha256", hash);
        if (json_array_append_new(list, row) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static json_t *make_head(const struct spec *spec, json_t *flags, json_int_t count)
{
    char command[300];
    snprintf(command, sizeof command, "goldstep golden %s", spec->name);
    json_t *head =
        json_pack("{s:s, s:s, s:s, s:s, s:s, s:o, s:o, s:o}", "suite", "goldstep golden vectors",
                  "schema", "schema.json", "made_by", command, spec_kind_name(spec), spec->name,
                  "title", spec->title, "source", json_notes(spec, "source"), "checked",
                  json_notes(spec, "checked"), "specification", json_specification(spec));
    if (spec->kind == SPEC_RULE) {
        json_object_set_new(head, "inputs", json_names(&spec->inputs));
        json_object_set_new(head, "scalar_inputs", json_names(&spec->scalar_inputs));
        json_object_set_new(head, "states", json_names(&spec->states));
        json_object_set_new(head, "scalar_states", json_names(&spec->scalar_states));
    }
    json_object_set_new(head, "test_count", json_integer(count));
    json_object_set_new(head, "flags", flags);
    return head;
}

/* Members of an object, one a line. */
static void write_members(FILE *out, const char *indent, json_t *object, size_t digits)
{
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value)
    {
        fprintf(out, "%s\"%s\": ", indent, key);
        json_dumpf(value, out, JSON_ENCODE_ANY | JSON_REAL_PRECISION(digits));
        fprintf(out, ",\n");
    }
}

/* The fewest digits that tell each of the numbers from its neighbours. */
static size_t hyper_digits(json_t *hyper)
{
    size_t digits = 15;
    const char *name;
    json_t *value;
    json_object_foreach(hyper, name, value)
    {
        char text[64];
        do
            snprintf(text, sizeof text, "%.*g", (int)digits, json_real_value(value));
        while (strtod(text, NULL) != json_real_value(value) && ++digits < 17);
    }
    return digits;
}

static void write_group(FILE *out, json_t *group)
{
    json_t *tests = json_incref(json_object_get(group, "tests"));
    size_t count = json_array_size(tests);
    json_object_del(group, "tests");
    fprintf(out, "  {\n");
    write_members(out, "   ", group, hyper_digits(json_object_get(group, "hyper")));
    fprintf(out, "   \"tests\": [\n");
    for (size_t i = 0; i < count; i++) {
        fprintf(out, "    ");
        json_dumpf(json_array_get(tests, i), out, JSON_COMPACT | JSON_REAL_PRECISION(4));
        fprintf(out, i + 1 < count ? ",\n" : "\n");
    }
    fprintf(out, "   ]\n  }");
    json_decref(tests);
}

goldstep_status vectors_write(FILE *out, const struct spec *spec, json_t *flags, json_t *groups,
                              goldstep_error *error)
{
    size_t count = json_array_size(groups), i;
    json_int_t tests = 0;
    json_t *group;
    json_array_foreach(groups, i, group) tests +=
        (json_int_t)json_array_size(json_object_get(group, "tests"));
    json_t *head = make_head(spec, flags, tests);
    if (head == NULL)
        return error_set(error, GOLDSTEP_BAD_INPUT, spec->file, 0, 0,
                         "the text, or a path, of the specification is not UTF-8");
    fprintf(out, "{\n");
    write_members(out, " ", head, 17);
    fprintf(out, " \"groups\": [\n");
    json_array_foreach(groups, i, group)
    {
        write_group(out, group);
        fprintf(out, i + 1 < count ? ",\n" : "\n");
    }
    fprintf(out, " ]\n}\n");
    json_decref(head);
    return GOLDSTEP_OK;
}
