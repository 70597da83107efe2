/* What only an objective has: the words of its class, and its instances. */
#include "error.h"
#include "speclang/spec.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_COORDINATES = 64 };

/* --- classes --------------------------------------------------------------------------------------------------- */

static const char *skip_space(const char *at)
{
    return at + strspn(at, " ");
}

/* Copies the name at *at and moves behind it; false where none stands there, or too long a one. */
static bool take_name(const char **at, char name[CLASS_NAME_MAX])
{
    size_t length = 0;
    while (isalnum((unsigned char)(*at)[length]) || (*at)[length] == '_')
        length++;
    if (length == 0 || length >= CLASS_NAME_MAX)
        return false;
    memcpy(name, *at, length);
    name[length] = '\0';
    *at = skip_space(*at + length);
    return true;
}

int class_next(const char **text, struct class_word *word)
{
    const char *at = skip_space(*text);
    *word = (struct class_word){0};
    if (*at == '\0')
        return 0;
    if (!take_name(&at, word->name))
        return -1;
    if (*at == '(') {
        do {
            at = skip_space(at + 1);
            if (word->count == CLASS_NAMES || !take_name(&at, word->constants[word->count++]))
                return -1;
        } while (*at == ',');
        if (*at != ')')
            return -1;
        at = skip_space(at + 1);
    }
    if (*at != ',' && *at != '\0')
        return -1;
    *text = *at == ',' ? at + 1 : at;
    return 1;
}

/* --- instances ------------------------------------------------------------------------------------------------- */

struct reader {
    struct spec *spec;
    struct instance *instance;
    goldstep_error *error;
};

static goldstep_status refuse(const struct reader *reader, const char *what, const char *found)
{
    return error_set(reader->error, GOLDSTEP_BAD_INPUT, reader->spec->file, reader->instance->line,
                     reader->instance->column, "expected %s, found `%.40s`", what,
                     *found != '\0' ? found : "the end of the instance");
}

/* Numbers up to a comma or the end. */
static goldstep_status take_numbers(const struct reader *reader, const char **at,
                                    double values[MAX_COORDINATES], size_t *count)
{
    for (*count = 0; **at != ',' && **at != '\0';) {
        char *end;
        double value = strtod(*at, &end);
        if (end == *at || !isfinite(value) || (*end != ' ' && *end != ',' && *end != '\0'))
            return refuse(reader, "a number", *at);
        if (*count == MAX_COORDINATES)
            return refuse(reader, "at most 64 coordinates", *at);
        values[(*count)++] = value;
        *at = skip_space(end);
    }
    return *count > 0 ? GOLDSTEP_OK : refuse(reader, "a number", *at);
}

/* `x = …` comes first, as it says how many coordinates there are; a single number then stands for them all. */
static goldstep_status take_values(const struct reader *reader, const char **at, bool *given)
{
    const struct items *hypers = &reader->spec->hypers;
    struct instance *instance = reader->instance;
    const char *start = *at;
    char name[CLASS_NAME_MAX];
    double values[MAX_COORDINATES];
    size_t count;
    if (!take_name(at, name) || **at != '=')
        return refuse(reader, "`NAME = NUMBERS`", start);
    *at = skip_space(*at + 1);
    goldstep_status status = take_numbers(reader, at, values, &count);
    if (status != GOLDSTEP_OK)
        return status;
    struct binding binding = spec_bind(reader->spec, name);
    if (instance->x == NULL) {
        if (binding.kind != BIND_X)
            return refuse(reader, "`x` first", start);
        instance->n = count;
        instance->x = arena_alloc(&reader->spec->arena, count, sizeof *instance->x);
        instance->hypers =
            arena_alloc(&reader->spec->arena, count * hypers->count + 1, sizeof *instance->hypers);
        if (instance->x == NULL || instance->hypers == NULL)
            return error_memory(reader->error);
        memcpy(instance->x, values, count * sizeof *values);
        return GOLDSTEP_OK;
    }
    if (binding.kind != BIND_HYPER || given[binding.index])
        return refuse(reader, "each parameter once", start);
    if (count != 1 && count != instance->n)
        return refuse(reader, "one value, or one for each coordinate", start);
    given[binding.index] = true;
    for (size_t i = 0; i < instance->n; i++)
        instance->hypers[binding.index * instance->n + i] = values[count == 1 ? 0 : i];
    return GOLDSTEP_OK;
}

static goldstep_status link_instance(const struct reader *reader)
{
    const struct items *hypers = &reader->spec->hypers;
    struct instance *instance = reader->instance;
    bool given[MAX_ITEMS] = {false};
    instance->x = NULL; /* linked again with each added specification */
    const char *at = instance->text;
    while (true) {
        goldstep_status status = take_values(reader, &at, given);
        if (status != GOLDSTEP_OK)
            return status;
        if (*at == '\0')
            break;
        at = skip_space(at + 1);
    }
    for (size_t h = 0; h < hypers->count; h++)
        for (size_t i = 0; !given[h] && i < instance->n; i++)
            instance->hypers[h * instance->n + i] = hypers->list[h].value;
    return GOLDSTEP_OK;
}

/* --- the whole ------------------------------------------------------------------------------------------------- */

/* What is of one coordinate's parameters alone. */
static goldstep_status need_constant(const struct spec *spec, const char *suffix,
                                     goldstep_error *error)
{
    const struct function *function;
    goldstep_status status = spec_need_equation(spec, suffix, &function, error);
    for (size_t i = 0; status == GOLDSTEP_OK && i < function->parameter_count; i++)
        if (spec_bind(spec, function->parameters[i].name).kind == BIND_X)
            return error_set(error, GOLDSTEP_BAD_INPUT, spec->file, function->line,
                             function->column, "%s: expected parameters of `hyper` only, found `x`",
                             function->name);
    return status;
}

static goldstep_status link_class(const struct spec *spec, goldstep_error *error)
{
    const char *at = spec_note(spec, "class");
    struct class_word word;
    int found;
    while ((found = class_next(&at, &word)) > 0)
        for (size_t i = 0; i < word.count; i++) {
            goldstep_status status = need_constant(spec, word.constants[i], error);
            if (status != GOLDSTEP_OK)
                return status;
        }
    if (found < 0)
        return error_set(error, GOLDSTEP_BAD_INPUT, spec->file, 0, 0,
                         "expected words such as `convex` or `smooth(L)` as the class, found `%s`",
                         at);
    return GOLDSTEP_OK;
}

goldstep_status objective_link(struct spec *spec, goldstep_error *error)
{
    const struct function *gradient;
    goldstep_status status = spec_need_equation(spec, "g", &gradient, error);
    if (status == GOLDSTEP_OK)
        status = need_constant(spec, "xstar", error);
    if (status == GOLDSTEP_OK)
        status = need_constant(spec, "min", error);
    if (status == GOLDSTEP_OK)
        status = link_class(spec, error);
    for (size_t i = 0; status == GOLDSTEP_OK && i < spec->instance_count; i++) {
        struct reader reader = {spec, &spec->instances[i], error};
        status = link_instance(&reader);
    }
    return status;
}
