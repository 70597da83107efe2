/* The set of specifications: those compiled in, and those added from files. */
#include "c_locale.h"
#include "error.h"
#include "speclang/spec.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct goldstep_library {
    struct spec **
        specs; /* the rules and schedules, sorted by name, then so the theorems, then the objectives */
    size_t count, theorems, objectives;
};

/* 0 for what makes steps, 1 for a theorem, 2 for an objective. */
static int part(const struct spec *spec)
{
    return spec->kind == SPEC_OBJECTIVE ? 2 : spec->kind == SPEC_THEOREM;
}

static int by_name(const void *a, const void *b)
{
    const struct spec *const *left = a, *const *right = b;
    int parts = part(*left) - part(*right);
    return parts != 0 ? parts : strcmp((*left)->name, (*right)->name);
}

static struct spec *find_exactly(const goldstep_library *library, const char *name)
{
    for (size_t i = 0; i < library->count; i++)
        if (strcmp(library->specs[i]->name, name) == 0)
            return library->specs[i];
    return NULL;
}

static goldstep_status link_one(goldstep_library *library, struct spec *spec, goldstep_error *error)
{
    if (spec->linked)
        return GOLDSTEP_OK;
    if (spec->parent_name == NULL)
        return spec_link(spec, NULL, error);
    struct spec *parent = find_exactly(library, spec->parent_name);
    if (parent == NULL || spec->linking)
        return error_set(error, GOLDSTEP_BAD_INPUT, spec->file, spec->parent_line,
                         spec->parent_column,
                         parent == NULL ? "no rule is called `%s`" : "`%s` is a variant of itself",
                         spec->parent_name);
    spec->linking = true;
    goldstep_status status = link_one(library, parent, error);
    spec->linking = false;
    return status == GOLDSTEP_OK ? spec_link(spec, parent, error) : status;
}

static goldstep_status link_all(goldstep_library *library, goldstep_error *error)
{
    goldstep_status status = GOLDSTEP_OK;
    for (size_t i = 0; i < library->count; i++)
        library->specs[i]->linked = false;
    for (size_t i = 0; i < library->count && status == GOLDSTEP_OK; i++)
        status = link_one(library, library->specs[i], error);
    return status;
}

/* Appends; the caller sorts. */
static goldstep_status append(goldstep_library *library, struct spec *spec, goldstep_error *error)
{
    struct spec **specs = reallocarray(library->specs, library->count + 1, sizeof *library->specs);
    if (specs == NULL)
        return error_memory(error);
    library->specs = specs;
    library->specs[library->count++] = spec;
    return GOLDSTEP_OK;
}

static void sort(goldstep_library *library)
{
    qsort(library->specs, library->count, sizeof *library->specs, by_name);
    library->theorems = library->objectives = 0;
    for (size_t i = 0; i < library->count; i++) {
        library->theorems += library->specs[i]->kind == SPEC_THEOREM;
        library->objectives += library->specs[i]->kind == SPEC_OBJECTIVE;
    }
}

static goldstep_status add_builtin(goldstep_library *library, const struct builtin_spec *builtin,
                                   goldstep_error *error)
{
    struct spec *spec;
    goldstep_status status =
        spec_parse(&spec, builtin->file, builtin->text, strlen(builtin->text), error);
    if (status != GOLDSTEP_OK)
        return status;
    for (size_t i = 0; i < library->count && status == GOLDSTEP_OK; i++)
        if (strcmp(library->specs[i]->name, spec->name) == 0)
            status =
                error_set(error, GOLDSTEP_BAD_INPUT, spec->file, 1, 1,
                          "`%s` is specified in %s already", spec->name, library->specs[i]->file);
    if (status == GOLDSTEP_OK)
        status = append(library, spec, error);
    if (status != GOLDSTEP_OK)
        spec_free(spec);
    return status;
}

static goldstep_status library_open(goldstep_library **result, goldstep_error *error)
{
    goldstep_library *library = calloc(1, sizeof *library);
    if (library == NULL)
        return error_memory(error);
    goldstep_status status = GOLDSTEP_OK;
    for (const struct builtin_spec *builtin = builtin_specs;
         builtin->file != NULL && status == GOLDSTEP_OK; builtin++)
        status = add_builtin(library, builtin, error);
    if (status == GOLDSTEP_OK) {
        sort(library);
        status = link_all(library, error);
    }
    if (status == GOLDSTEP_OK)
        *result = library;
    else
        goldstep_library_free(library);
    return status;
}

goldstep_status goldstep_library_open(goldstep_library **library, goldstep_error *error)
{
    locale_t outer = c_locale_enter();
    goldstep_status status = library_open(library, error);
    c_locale_leave(outer);
    return status;
}

void goldstep_library_free(goldstep_library *library)
{
    if (library == NULL)
        return;
    for (size_t i = 0; i < library->count; i++)
        spec_free(library->specs[i]);
    free(library->specs);
    free(library);
}

static goldstep_status read_file(const char *path, char *text, size_t size, size_t *length,
                                 goldstep_error *error)
{
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return error_set(error, GOLDSTEP_SYSTEM_ERROR, path, 0, 0, "%s", strerror(errno));
    *length = fread(text, 1, size, file);
    bool failed = ferror(file) != 0;
    int saved = errno;
    fclose(file);
    return failed ? error_set(error, GOLDSTEP_SYSTEM_ERROR, path, 0, 0, "%s", strerror(saved))
                  : GOLDSTEP_OK;
}

/* Puts `spec` into the library and links all; on failure the library is as before and `spec` is freed. */
static goldstep_status insert(goldstep_library *library, struct spec *spec, goldstep_error *error)
{
    struct spec *replaced = NULL;
    for (size_t i = 0; i < library->count; i++) {
        if (strcmp(library->specs[i]->name, spec->name) == 0) {
            replaced = library->specs[i];
            library->specs[i] = spec;
        }
    }
    goldstep_status status = GOLDSTEP_OK;
    if (replaced == NULL) {
        status = append(library, spec, error);
        if (status != GOLDSTEP_OK) {
            spec_free(spec);
            return status;
        }
    }
    sort(library); /* one that is replaced may be of another kind */
    status = link_all(library, error);
    if (status == GOLDSTEP_OK) {
        spec_free(replaced);
        return status;
    }
    size_t at = 0;
    while (library->specs[at] != spec)
        at++;
    if (replaced != NULL)
        library->specs[at] = replaced;
    else
        memmove(&library->specs[at], &library->specs[at + 1],
                (--library->count - at) * sizeof *library->specs);
    sort(library);
    spec_free(spec);
    link_all(library, NULL);
    return status;
}

static goldstep_status library_add(goldstep_library *library, const char *path,
                                   goldstep_error *error)
{
    char *text = malloc(SPEC_MAX_BYTES + 1);
    if (text == NULL)
        return error_memory(error);
    size_t length = 0;
    struct spec *spec = NULL;
    goldstep_status status = read_file(path, text, SPEC_MAX_BYTES + 1, &length, error);
    if (status == GOLDSTEP_OK)
        status = spec_parse(&spec, path, text, length, error);
    free(text);
    return status == GOLDSTEP_OK ? insert(library, spec, error) : status;
}

goldstep_status goldstep_library_add(goldstep_library *library, const char *path,
                                     goldstep_error *error)
{
    locale_t outer = c_locale_enter();
    goldstep_status status = library_add(library, path, error);
    c_locale_leave(outer);
    return status;
}

size_t library_count(const goldstep_library *library)
{
    return library->count - library->theorems - library->objectives;
}

const struct spec *library_spec(const goldstep_library *library, size_t index)
{
    return library->specs[index];
}

size_t library_theorem_count(const goldstep_library *library)
{
    return library->theorems;
}

const struct spec *library_theorem(const goldstep_library *library, size_t index)
{
    return library->specs[library_count(library) + index];
}

size_t library_objective_count(const goldstep_library *library)
{
    return library->objectives;
}

const struct spec *library_objective(const goldstep_library *library, size_t index)
{
    return library->specs[library->count - library->objectives + index];
}

static bool has_alias(const struct spec *spec, const char *name)
{
    for (size_t i = 0; i < spec->also.count; i++)
        if (strcmp(spec->also.list[i].name, name) == 0)
            return true;
    return false;
}

/* A rule's own name goes before another's alias. */
static const struct spec *find_called(const goldstep_library *library, const char *name)
{
    const struct spec *found = find_exactly(library, name);
    for (size_t i = 0; found == NULL && i < library->count; i++)
        if (has_alias(library->specs[i], name))
            found = library->specs[i];
    return found;
}

/* Among the first `count`; `kinds` says what they are. */
static const struct spec *find_or_suggest(const goldstep_library *library, const char *name,
                                          size_t count, const char *kinds, goldstep_error *error)
{
    char plain[256], near[512] = "";
    snprintf(plain, sizeof plain, "%s", name);
    for (char *at = plain; *at != '\0'; at++)
        if (*at == '.')
            *at = '_';
    const struct spec *found = find_called(library, plain);
    if (found != NULL)
        return found;
    size_t length = 0;
    for (size_t i = 0; i < count && length + 64 < sizeof near; i++) {
        const char *candidate = library->specs[i]->name;
        if (strcasestr(candidate, plain) != NULL || strcasestr(plain, candidate) != NULL)
            length +=
                (size_t)snprintf(near + length, sizeof near - length, "%s%.60s",
                                 length > 0 ? ", " : "; near to it: ", library->specs[i]->shown);
    }
    error_set(error, GOLDSTEP_BAD_INPUT, NULL, 0, 0, "no %s is called `%.200s`%s", kinds, name,
              near);
    return NULL;
}

const struct spec *library_find(const goldstep_library *library, const char *name,
                                goldstep_error *error)
{
    const struct spec *found =
        find_or_suggest(library, name, library_count(library), "rule or schedule", error);
    if (found == NULL || part(found) == 0)
        return found;
    error_set(error, GOLDSTEP_BAD_INPUT, NULL, 0, 0, "`%s` is %s %s: expected a rule or schedule",
              found->name, found->kind == SPEC_OBJECTIVE ? "an" : "a", spec_kind_name(found));
    return NULL;
}

const struct spec *library_find_any(const goldstep_library *library, const char *name,
                                    goldstep_error *error)
{
    return find_or_suggest(library, name, library->count, "rule, schedule, theorem or objective",
                           error);
}
