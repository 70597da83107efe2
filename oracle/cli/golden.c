/* goldstep golden RULE */
#include "cli/command.h"
#include "emit/golden.h"

struct options {
    struct specs specs;
    const char *rule;
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
            argp_error(state, "expected one rule");
        options->rule = arg;
        return 0;
    case ARGP_KEY_NO_ARGS:
        argp_error(state, "expected the name of a rule or schedule (`goldstep list` names them)");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static int write_golden(const goldstep_library *library, const struct spec *spec,
                        const void *options)
{
    goldstep_error error;
    (void)library;
    (void)options;
    return emit_golden(stdout, spec, &error) == GOLDSTEP_OK ? EXIT_CONFORMS : fail(&error);
}

int command_golden(int argc, char **argv)
{
    static const struct argp_child children[] = {{&specs_argp, 0, NULL, 0}, {0}};
    static const struct argp argp = {
        .parser = parse,
        .args_doc = "RULE",
        .doc = "Write a rule's golden vectors as JSON: chosen steps with their correctly rounded "
               "results, and how many ulps a conforming result may be from them. "
               "tests/golden/schema.json describes the file.",
        .children = children};
    struct options options = {0};
    if (argp_parse(&argp, argc, argv, 0, NULL, &options) != 0)
        return EXIT_BAD;
    return with_rule(&options.specs, options.rule, write_golden, NULL);
}
