/* goldstep emit why3|driver|coq RULE */
#include "cli/command.h"
#include "emit/emit.h"
#include "error.h"

#include <stdio.h>
#include <string.h>

struct options {
    struct specs specs;
    const char *form, *rule;
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct options *options = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &options->specs;
        return 0;
    case ARGP_KEY_ARG:
        if (options->rule != NULL)
            argp_error(state, "expected a form and one name");
        if (options->form != NULL)
            options->rule = arg;
        else if (strcmp(arg, "why3") == 0 || strcmp(arg, "driver") == 0 || strcmp(arg, "coq") == 0)
            options->form = arg;
        else
            argp_error(state, "expected why3, driver or coq, found `%s`", arg);
        return 0;
    case ARGP_KEY_END:
        if (options->rule == NULL)
            argp_error(state,
                       "expected a form and the name of a rule, schedule, theorem or objective");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static int emit(const goldstep_library *library, const struct spec *spec, const void *data)
{
    const struct options *options = data;
    (void)library;
    bool steps = spec->kind == SPEC_RULE || spec->kind == SPEC_SCHEDULE;
    if (!steps && strcmp(options->form, "coq") != 0) {
        goldstep_error error;
        error_set(&error, GOLDSTEP_BAD_INPUT, NULL, 0, 0,
                  "`%s` is %s %s, which is emitted as coq only", spec->name,
                  spec->kind == SPEC_OBJECTIVE ? "an" : "a", spec_kind_name(spec));
        return fail(&error);
    }
    if (strcmp(options->form, "why3") == 0) {
        emit_why3(stdout, spec);
    } else if (strcmp(options->form, "coq") == 0) {
        emit_coq(stdout, spec);
    } else {
        char file[256];
        snprintf(file, sizeof file, "%s.why", spec->name);
        emit_driver(stdout, spec, file);
    }
    return EXIT_CONFORMS;
}

int command_emit(int argc, char **argv)
{
    static const struct argp_child children[] = {{&specs_argp, 0, NULL, 0}, {0}};
    static const struct argp argp = {
        .parser = parse,
        .args_doc = "why3|driver RULE\ncoq RULE|THEOREM|OBJECTIVE",
        .doc = "Write a specification's equations for a proof tool: as Why3 theories, as the WP "
               "driver that links them with the ACSL (it names the file RULE.why), or as Coq "
               "definitions over the standard library's reals. Theorems and objectives are written "
               "as Coq definitions only.",
        .children = children};
    struct options options = {0};
    if (argp_parse(&argp, argc, argv, 0, NULL, &options) != 0)
        return EXIT_BAD;
    return with_any(&options.specs, options.rule, emit, &options);
}
