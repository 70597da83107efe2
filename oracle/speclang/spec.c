/* A specification's file: comments, the first of them the front matter, one of them the annotation. */
#include "speclang/spec.h"

#include "error.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct place {
    const char *at, *end;
    size_t line, column;
};

static void move(struct place *place, const char *to)
{
    for (; place->at < to; place->at++) {
        if (*place->at == '\n') {
            place->line++;
            place->column = 1;
        } else {
            place->column++;
        }
    }
}

static void skip_space(struct place *place)
{
    const char *at = place->at;
    while (at < place->end && isspace((unsigned char)*at))
        at++;
    move(place, at);
}

/* Moves past the comment at `place`; `inside` is what stands between its delimiters. */
static goldstep_status take_comment(const struct spec *spec, struct place *place,
                                    struct place *inside, goldstep_error *error)
{
    skip_space(place);
    if (place->end - place->at < 2 || memcmp(place->at, "/*", 2) != 0)
        return error_set(error, GOLDSTEP_BAD_INPUT, spec->file, place->line, place->column,
                         "expected a comment: a specification holds nothing else");
    const char *close = memmem(place->at + 2, (size_t)(place->end - place->at - 2), "*/", 2);
    if (close == NULL)
        return error_set(error, GOLDSTEP_BAD_INPUT, spec->file, place->line, place->column,
                         "expected `*/`: this comment does not end");
    move(place, place->at + 2);
    *inside = *place;
    inside->end = close;
    move(place, close + 2);
    return GOLDSTEP_OK;
}

static goldstep_status parse_comments(struct spec *spec, size_t length, goldstep_error *error)
{
    struct place place = {spec->source, spec->source + length, 1, 1}, inside;
    bool annotated = false;
    goldstep_status status = take_comment(spec, &place, &inside, error);
    if (status == GOLDSTEP_OK)
        status = frontmatter_parse(spec, inside.at, (size_t)(inside.end - inside.at), inside.line,
                                   inside.column, error);
    for (skip_space(&place); status == GOLDSTEP_OK && place.at < place.end; skip_space(&place)) {
        status = take_comment(spec, &place, &inside, error);
        if (status != GOLDSTEP_OK || inside.at == inside.end || *inside.at != '@')
            continue;
        if (annotated)
            return error_set(error, GOLDSTEP_BAD_INPUT, spec->file, inside.line, inside.column,
                             "expected one annotation, found a second");
        annotated = true;
        move(&inside, inside.at + 1);
        status = annotation_parse(spec, inside.at, (size_t)(inside.end - inside.at), inside.line,
                                  inside.column, error);
    }
    if (status == GOLDSTEP_OK && !annotated)
        return error_set(error, GOLDSTEP_BAD_INPUT, spec->file, place.line, place.column,
                         "expected an annotation, /*@ … */, found the end of the file");
    return status;
}

const char *spec_kind_name(const struct spec *spec)
{
    static const char *const names[] = {"rule", "schedule", "theorem", "objective"};
    return names[spec->kind];
}

const char *spec_note(const struct spec *spec, const char *key)
{
    for (size_t i = 0; i < spec->note_count; i++)
        if (strcmp(spec->notes[i].key, key) == 0)
            return spec->notes[i].text;
    return NULL;
}

/* The first key that the specification's kind has not, or NULL. */
static const struct key *unfit_key(const struct spec *spec)
{
    static const bool has[][KEY_OWNERS] = {
        [SPEC_RULE] = {[OWNER_STEP] = true},
        [SPEC_SCHEDULE] = {[OWNER_STEP] = true},
        [SPEC_THEOREM] = {[OWNER_THEOREM] = true, [OWNER_STATEMENT] = true},
        [SPEC_OBJECTIVE] = {[OWNER_OBJECTIVE] = true, [OWNER_STATEMENT] = true},
    };
    const struct key *first = NULL;
    for (size_t i = 0; i < KEY_OWNERS; i++) {
        const struct key *key = &spec->owned[i];
        if (key->name != NULL && !has[spec->kind][i] && (first == NULL || key->line < first->line))
            first = key;
    }
    return first;
}

/* Each kind has its keys, and no other specification has them. */
static goldstep_status check_kind(const struct spec *spec, goldstep_error *error)
{
    static const char *const needed[] = {"class", "quantity", "expectation"};
    bool theorem = spec->kind == SPEC_THEOREM;
    const struct key *unfit = unfit_key(spec);
    if (unfit != NULL)
        return error_set(error, GOLDSTEP_BAD_INPUT, spec->file, unfit->line, unfit->column,
                         "%s %s has no key `%s`", spec->kind == SPEC_OBJECTIVE ? "an" : "a",
                         spec_kind_name(spec), unfit->name);
    if (spec->kind == SPEC_OBJECTIVE &&
        (spec_note(spec, "class") == NULL || spec->instance_count == 0))
        return error_set(error, GOLDSTEP_BAD_INPUT, spec->file, 1, 1,
                         "expected the key `%s`, as in every objective",
                         spec->instance_count == 0 ? "instance" : "class");
    const char *missing = theorem && !spec->rules.given ? "rules" : NULL;
    for (size_t i = 0; theorem && missing == NULL && i < sizeof needed / sizeof *needed; i++)
        if (spec_note(spec, needed[i]) == NULL)
            missing = needed[i];
    if (missing != NULL)
        return error_set(error, GOLDSTEP_BAD_INPUT, spec->file, 1, 1,
                         "expected the key `%s`, as in every theorem", missing);
    return GOLDSTEP_OK;
}

static goldstep_status check_front(const struct spec *spec, goldstep_error *error)
{
    if (spec->name == NULL)
        return error_set(
            error, GOLDSTEP_BAD_INPUT, spec->file, 1, 1,
            "expected the key `rule`, `schedule`, `theorem` or `objective` in the first "
            "comment");
    if (spec_note(spec, "source") == NULL)
        return error_set(error, GOLDSTEP_BAD_INPUT, spec->file, 1, 1,
                         "expected the key `source`: where do the equations stand?");
    const char *base = strrchr(spec->file, '/');
    base = base != NULL ? base + 1 : spec->file;
    size_t stem = strcspn(base, ".");
    if (strlen(spec->name) != stem || memcmp(base, spec->name, stem) != 0)
        return error_set(error, GOLDSTEP_BAD_INPUT, spec->file, 1, 1,
                         "expected `%.*s`, the file's name, as the %s's name, found `%s`",
                         (int)stem, base, spec_kind_name(spec), spec->name);
    return check_kind(spec, error);
}

goldstep_status spec_parse(struct spec **result, const char *file, const char *text, size_t length,
                           goldstep_error *error)
{
    if (length > SPEC_MAX_BYTES)
        return error_set(error, GOLDSTEP_BAD_INPUT, file, 0, 0,
                         "expected at most %d bytes in a specification, found %zu", SPEC_MAX_BYTES,
                         length);
    if (memchr(text, '\0', length) != NULL)
        return error_set(error, GOLDSTEP_BAD_INPUT, file, 0, 0, "expected text, found a NUL byte");
    struct spec *spec = calloc(1, sizeof *spec);
    if (spec == NULL)
        return error_memory(error);
    spec->file = arena_copy(&spec->arena, file, strlen(file));
    spec->source = arena_copy(&spec->arena, text, length);
    goldstep_status status;
    if (spec->file == NULL || spec->source == NULL)
        status = error_memory(error);
    else
        status = parse_comments(spec, length, error);
    if (status == GOLDSTEP_OK)
        status = check_front(spec, error);
    if (status == GOLDSTEP_OK)
        *result = spec;
    else
        spec_free(spec);
    return status;
}

void spec_free(struct spec *spec)
{
    if (spec == NULL)
        return;
    arena_free(&spec->arena);
    free(spec);
}

const struct function *spec_function(const struct spec *spec, const char *name, size_t length)
{
    for (; spec != NULL; spec = spec->parent)
        for (size_t i = 0; i < spec->function_count; i++)
            if (strlen(spec->functions[i].name) == length &&
                memcmp(spec->functions[i].name, name, length) == 0)
                return &spec->functions[i];
    return NULL;
}

const struct function *spec_equation(const struct spec *spec, const char *suffix)
{
    for (; spec != NULL; spec = spec->parent) {
        size_t prefix = strlen(spec->name);
        for (size_t i = 0; i < spec->function_count; i++) {
            const char *name = spec->functions[i].name;
            if (strncmp(name, spec->name, prefix) == 0 && name[prefix] == '_' &&
                strcmp(name + prefix + 1, suffix) == 0)
                return &spec->functions[i];
        }
    }
    return NULL;
}

/* The index of `name`'s first `length` bytes in `items`, or SIZE_MAX. */
static size_t find_item(const struct items *items, const char *name, size_t length)
{
    for (size_t i = 0; i < items->count; i++)
        if (strlen(items->list[i].name) == length && memcmp(items->list[i].name, name, length) == 0)
            return i;
    return SIZE_MAX;
}

struct binding spec_bind(const struct spec *spec, const char *name)
{
    const struct {
        const struct items *items;
        enum binding_kind now, next;
    } lists[] = {
        {&spec->inputs, BIND_INPUT, BIND_NONE},
        {&spec->scalar_inputs, BIND_SCALAR_INPUT, BIND_NONE},
        {&spec->states, BIND_STATE, BIND_STATE_NEXT},
        {&spec->scalar_states, BIND_SCALAR_STATE, BIND_SCALAR_STATE_NEXT},
        {&spec->hypers, BIND_HYPER, BIND_NONE},
        {&spec->reduce, BIND_REDUCTION, BIND_NONE},
    };
    static const struct {
        const char *name;
        enum binding_kind kind;
    } fixed[] = {{"x", BIND_X}, {"x_next", BIND_X_NEXT}, {"t", BIND_T}, {"k", BIND_K}};
    size_t length = strlen(name);
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        if (strcmp(name, fixed[i].name) == 0)
            return (struct binding){fixed[i].kind, 0};
    bool next = length > 5 && strcmp(name + length - 5, "_next") == 0;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        size_t index = find_item(lists[i].items, name, length);
        if (index != SIZE_MAX)
            return (struct binding){lists[i].now, index};
        if (!next || lists[i].next == BIND_NONE)
            continue;
        index = find_item(lists[i].items, name, length - 5);
        if (index != SIZE_MAX)
            return (struct binding){lists[i].next, index};
    }
    return (struct binding){BIND_NONE, 0};
}

const char *spec_binding_name(const struct spec *spec, struct binding binding)
{
    switch (binding.kind) {
    case BIND_X:
        return "x";
    case BIND_INPUT:
        return spec->inputs.list[binding.index].name;
    case BIND_SCALAR_INPUT:
        return spec->scalar_inputs.list[binding.index].name;
    case BIND_STATE:
        return spec->states.list[binding.index].name;
    case BIND_SCALAR_STATE:
        return spec->scalar_states.list[binding.index].name;
    case BIND_HYPER:
        return spec->hypers.list[binding.index].name;
    case BIND_REDUCTION:
        return spec->reductions[binding.index].name;
    case BIND_T:
        return "t";
    default:
        return "k";
    }
}

static bool reads_step(const struct function *function)
{
    for (size_t i = 0; i < function->parameter_count; i++)
        if (function->parameters[i].type == TYPE_INTEGER)
            return true;
    return false;
}

bool spec_uses_step(const struct spec *spec)
{
    bool uses = reads_step(spec->output);
    for (size_t i = 0; i < spec->states.count; i++)
        uses = uses || reads_step(spec->states.list[i].equation);
    for (size_t i = 0; i < spec->scalar_states.count; i++)
        uses = uses || reads_step(spec->scalar_states.list[i].equation);
    return uses;
}
