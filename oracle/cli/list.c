/* goldstep list */
#include "cli/command.h"

#include <stdio.h>
#include <string.h>

enum { KINDS = 4 };
static const char *const names[KINDS] = {"rules", "schedules", "theorems", "objectives"};

struct options {
    struct specs specs;
    size_t kind; /* of enum spec_kind; KINDS: all */
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct options *options = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &options->specs;
        return 0;
    case ARGP_KEY_ARG:
        if (options->kind != KINDS)
            argp_error(state, "expected one kind");
        for (options->kind = 0; options->kind < KINDS; options->kind++)
            if (strcmp(arg, names[options->kind]) == 0)
                return 0;
        argp_error(state, "expected rules, schedules, theorems or objectives, found `%s`", arg);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static void print_steps(const goldstep_library *library, enum spec_kind kind, int width)
{
    for (size_t i = 0; i < library_count(library); i++) {
        const struct spec *spec = library_spec(library, i);
        if (spec->kind == kind)
            printf("  %-*s  %s\n", width, spec->shown, spec->title);
    }
}

static void print_theorems(const goldstep_library *library, int width)
{
    for (size_t i = 0; i < library_theorem_count(library); i++) {
        const struct spec *spec = library_theorem(library, i);
        printf("  %-*s  %-6s  %s\n", width, spec->shown, is_proved(spec) ? "proved" : "open",
               spec->title);
    }
}

static void print_objectives(const goldstep_library *library, int width)
{
    for (size_t i = 0; i < library_objective_count(library); i++) {
        const struct spec *spec = library_objective(library, i);
        printf("  %-*s  %s\n", width, spec->shown, spec->title);
    }
}

static void print_kind(const goldstep_library *library, enum spec_kind kind, int width)
{
    static const char *const headings[KINDS] = {"Rules", "Schedules", "Theorems", "Objectives"};
    printf("%s:\n", headings[kind]);
    if (kind == SPEC_THEOREM)
        print_theorems(library, width);
    else if (kind == SPEC_OBJECTIVE)
        print_objectives(library, width);
    else
        print_steps(library, kind, width);
}

static int wider(int width, const struct spec *spec)
{
    int length = (int)strlen(spec->shown);
    return length > width ? length : width;
}

int command_list(int argc, char **argv)
{
    static const struct argp_child children[] = {{&specs_argp, 0, NULL, 0}, {0}};
    static const struct argp argp = {
        .parser = parse,
        .args_doc = "[rules|schedules|theorems|objectives]",
        .doc =
            "Name the rules, schedules, theorems and objectives, or one kind of them. A theorem is "
            "proved (in Coq) or open; objectives are what `goldstep rates` runs theorems on.",
        .children = children};
    struct options options = {.kind = KINDS};
    if (argp_parse(&argp, argc, argv, 0, NULL, &options) != 0)
        return EXIT_BAD;
    goldstep_library *library = specs_open(&options.specs);
    if (library == NULL)
        return EXIT_BAD;
    int width = 0;
    for (size_t i = 0; i < library_count(library); i++)
        width = wider(width, library_spec(library, i));
    for (size_t i = 0; i < library_theorem_count(library); i++)
        width = wider(width, library_theorem(library, i));
    for (size_t i = 0; i < library_objective_count(library); i++)
        width = wider(width, library_objective(library, i));
    for (size_t kind = 0; kind < KINDS; kind++) {
        if (options.kind != KINDS && options.kind != kind)
            continue;
        if (options.kind == KINDS && kind > 0)
            printf("\n");
        print_kind(library, (enum spec_kind)kind, width);
    }
    goldstep_library_free(library);
    return EXIT_CONFORMS;
}
