/* goldstep show RULE */
#include "cli/command.h"

#include <stdio.h>
#include <string.h>

struct options {
    struct specs specs;
    const char *name;
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct options *options = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &options->specs;
        return 0;
    case ARGP_KEY_ARG:
        if (options->name != NULL)
            argp_error(state, "expected one name");
        options->name = arg;
        return 0;
    case ARGP_KEY_NO_ARGS:
        argp_error(state, "expected the name of a rule, schedule, theorem or objective "
                          "(`goldstep list` names them)");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static void print_items(const char *label, const struct items *items)
{
    if (items->count == 0)
        return;
    printf("%-14s", label);
    for (size_t i = 0; i < items->count; i++) {
        printf("%s%s", i > 0 ? ", " : "", items->list[i].name);
        if (items->list[i].text != NULL)
            printf(" = %s", items->list[i].text);
    }
    printf("\n");
}

/* Words, broken before column 100, with a hanging indent of 14. */
static void print_wrapped(const char *label, const char *text)
{
    size_t column = 14;
    printf("%-14s", label);
    while (*text != '\0') {
        size_t length = strcspn(text, " ");
        if (column > 14 && column + 1 + length > 100) {
            printf("\n%14s", "");
            column = 14;
        } else if (column > 14) {
            printf(" ");
            column++;
        }
        printf("%.*s", (int)length, text);
        column += length;
        text += length;
        text += strspn(text, " ");
    }
    printf("\n");
}

/* The annotation as it stands in the file: all that follows the front matter. */
static void print_equations(const struct spec *spec)
{
    const char *end = strstr(spec->source, "*/");
    const char *start = end != NULL ? strstr(end, "/*@") : NULL;
    if (start != NULL)
        printf("\n%s:\n%s", spec->file, start);
}

static void print_variants(const goldstep_library *library, const struct spec *spec)
{
    bool any = false;
    for (size_t i = 0; i < library_count(library); i++) {
        const struct spec *variant = library_spec(library, i);
        if (variant->parent != spec)
            continue;
        if (!any)
            printf("\nVariants:\n");
        any = true;
        printf("  %-24s  %s\n", variant->shown, variant->title);
    }
}

static void print_node(const char *label, const struct function *function)
{
    char text[1024];
    node_print(function->body, text, sizeof text);
    print_wrapped(label, text);
}

static void print_notes(const struct spec *spec, bool of_theorems)
{
    static const char *const all[] = {"source", "checked", "note"};
    for (size_t i = 0; i < spec->note_count; i++) {
        bool common = false;
        for (size_t k = 0; k < sizeof all / sizeof *all; k++)
            common = common || strcmp(spec->notes[i].key, all[k]) == 0;
        if (common != of_theorems)
            print_wrapped(spec->notes[i].key, spec->notes[i].text);
    }
}

static void print_theorem(const struct spec *spec)
{
    printf("%s\n\n%-14s%s\n", spec->title, "theorem", spec->name);
    print_items("rules", &spec->rules);
    print_notes(spec, true);
    if (spec->problem != NULL)
        printf("%-14s%s\n", "problem", spec->problem);
    print_items("constants", &spec->hypers);
    print_items("try", &spec->tries);
    print_node("domain", spec->domain);
    bool lower = spec->bound != NULL && strcmp(spec->bound, "lower") == 0;
    print_node(lower ? "lower bound" : "bound", spec->output);
    print_notes(spec, false);
    printf("%-14s%s\n", "proof", is_proved(spec) ? "proved" : "open");
    print_equations(spec);
}

static void print_objective(const struct spec *spec)
{
    printf("%s\n\n%-14s%s\n%-14s%s\n", spec->title, "objective", spec->name, "class",
           spec_note(spec, "class"));
    print_items("parameters", &spec->hypers);
    if (spec->domain != NULL)
        print_node("domain", spec->domain);
    for (size_t i = 0; i < spec->instance_count; i++)
        print_wrapped(i == 0 ? "instances" : "", spec->instances[i].text);
    print_notes(spec, false);
    print_equations(spec);
}

static int print_spec(const goldstep_library *library, const struct spec *spec, const void *options)
{
    (void)options;
    if (spec->kind == SPEC_THEOREM) {
        print_theorem(spec);
        return EXIT_CONFORMS;
    }
    if (spec->kind == SPEC_OBJECTIVE) {
        print_objective(spec);
        return EXIT_CONFORMS;
    }
    printf("%s\n\n", spec->title);
    printf("%-14s%s\n", spec_kind_name(spec), spec->shown);
    if (spec->parent != NULL)
        printf("%-14s%s\n", "variant of", spec->parent->shown);
    print_items("also", &spec->also);
    print_items("inputs", &spec->inputs);
    print_items("scalar inputs", &spec->scalar_inputs);
    print_items("state", &spec->states);
    print_items("scalar state", &spec->scalar_states);
    print_items("hyper", &spec->hypers);
    print_items("reduce", &spec->reduce);
    if (spec->domain != NULL)
        print_node("domain", spec->domain);
    print_notes(spec, false);
    if (proved_levels(spec) != NULL)
        print_wrapped("proved", proved_levels(spec));
    print_equations(spec);
    for (const struct spec *parent = spec->parent; parent != NULL; parent = parent->parent)
        print_equations(parent);
    print_variants(library, spec);
    return EXIT_CONFORMS;
}

int command_show(int argc, char **argv)
{
    static const struct argp_child children[] = {{&specs_argp, 0, NULL, 0}, {0}};
    static const struct argp argp = {
        .parser = parse,
        .args_doc = "RULE|THEOREM|OBJECTIVE",
        .doc =
            "Print a specification: what it takes and keeps, its domain, its sources, its "
            "equations and its variants; of a theorem, what it is about, its constants, its "
            "domain and bound, its sources, and whether it is proved; of an objective, its class "
            "and the instances that theorems are run on.",
        .children = children};
    struct options options = {0};
    if (argp_parse(&argp, argc, argv, 0, NULL, &options) != 0)
        return EXIT_BAD;
    return with_any(&options.specs, options.name, print_spec, NULL);
}
