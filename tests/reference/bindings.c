/* Writes C source to standard output: for every specification compiled into the oracle, an adapter from the signature
 * of reference.h to the reference, and the table of them.
 *
 * The source compiles only where each reference is there, is called as CONTRIBUTING.md says, has exactly the type that
 * it says, and where its struct has the hyperparameters and nothing else, in their order. */
#include "speclang/spec.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void write_include(const struct spec *spec)
{
    static const char folder[] = "spec/";
    const char *file = spec->file, *end = strrchr(file, '.');
    if (strncmp(file, folder, strlen(folder)) != 0 || end == NULL) {
        fprintf(stderr, "bindings: %s: expected a path under %s\n", file, folder);
        exit(1);
    }
    file += strlen(folder);
    printf("#include \"%.*s.h\"\n", (int)(end - file), file);
}

/* The struct's fields, one after the other and no more. */
static void write_layout(const struct spec *spec)
{
    const struct items *hypers = &spec->hypers;
    for (size_t i = 0; i < hypers->count; i++)
        printf(
            "_Static_assert(offsetof(struct %s, %s) == %zu * sizeof(real_t), \"hyper's order\");\n",
            spec->name, hypers->list[i].name, i);
    printf("_Static_assert(sizeof(struct %s) == %zu * sizeof(real_t), \"hyper's fields\");\n",
           spec->name, hypers->count);
}

/* ", TYPE", or ", a->LIST[i]", for each item. */
static void write_types(const struct items *items, const char *type)
{
    for (size_t i = 0; i < items->count; i++)
        printf(", %s", type);
}

static void write_elements(const struct items *items, const char *list)
{
    for (size_t i = 0; i < items->count; i++)
        printf(", a->%s[%zu]", list, i);
}

static void write_rule(const struct spec *spec)
{
    bool steps = spec_uses_step(spec), hypers = spec->hypers.count > 0;
    printf("static void call_%s(const struct arguments *a)\n{\n", spec->name);
    printf("    void (*const step)(size_t, real_t *");
    write_types(&spec->inputs, "const real_t *");
    write_types(&spec->scalar_inputs, "real_t");
    write_types(&spec->states, "real_t *");
    write_types(&spec->scalar_states, "real_t *");
    printf("%s", steps ? ", uint64_t" : "");
    if (hypers)
        printf(", struct %s", spec->name);
    printf(") = %s_step;\n    step(a->n, a->x", spec->name);
    write_elements(&spec->inputs, "inputs");
    write_elements(&spec->scalar_inputs, "scalar_inputs");
    write_elements(&spec->states, "states");
    write_elements(&spec->scalar_states, "scalar_states");
    printf("%s", steps ? ", a->t" : "");
    if (hypers)
        printf(", (struct %s){", spec->name);
    for (size_t i = 0; i < spec->hypers.count; i++)
        printf("%s.%s = a->hypers[%zu]", i > 0 ? ", " : "", spec->hypers.list[i].name, i);
    printf("%s);\n}\n\n", hypers ? "}" : "");
}

static void write_schedule(const struct spec *spec)
{
    const struct function *lr = spec->output;
    printf("static void call_%s(const struct arguments *a)\n{\n    real_t (*const rate)(",
           spec->name);
    for (size_t i = 0; i < lr->parameter_count; i++) {
        bool hyper = spec_bind(spec, lr->parameters[i].name).kind == BIND_HYPER;
        printf("%s%s", i > 0 ? ", " : "", hyper ? "real_t" : "uint64_t");
    }
    printf(") = %s_lr;\n    a->x[0] = rate(", spec->name);
    for (size_t i = 0; i < lr->parameter_count; i++) {
        struct binding binding = spec_bind(spec, lr->parameters[i].name);
        printf("%s", i > 0 ? ", " : "");
        if (binding.kind == BIND_HYPER)
            printf("a->hypers[%zu]", binding.index);
        else
            printf("%s", binding.kind == BIND_K ? "a->t - 1" : "a->t");
    }
    printf(");\n}\n\n");
}

int main(void)
{
    goldstep_library *library;
    goldstep_error error;
    if (goldstep_library_open(&library, &error) != GOLDSTEP_OK) {
        fprintf(stderr, "bindings: %s\n", error.message);
        return 1;
    }
    size_t count = library_count(library);
    printf("/* Written by tests/reference/bindings.c. */\n#include \"reference.h\"\n\n");
    for (size_t i = 0; i < count; i++)
        write_include(library_spec(library, i));
    printf("\n#include <stddef.h>\n\n");
    for (size_t i = 0; i < count; i++) {
        const struct spec *spec = library_spec(library, i);
        if (spec->kind == SPEC_RULE && spec->hypers.count > 0)
            write_layout(spec);
        if (spec->kind == SPEC_SCHEDULE)
            write_schedule(spec);
        else
            write_rule(spec);
    }
    printf("const struct reference references[] = {\n");
    for (size_t i = 0; i < count; i++)
        printf("    {\"%s\", call_%s},\n", library_spec(library, i)->name,
               library_spec(library, i)->name);
    printf("    {NULL, NULL},\n};\n");
    goldstep_library_free(library);
    return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
