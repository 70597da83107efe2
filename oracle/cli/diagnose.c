/* goldstep diagnose TRACE */
#include "cli/command.h"
#include "verdict/diagnose.h"

#include <stdio.h>
#include <string.h>

struct options {
    struct specs specs;
    const char *trace, *rule;
    bool json;
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct options *options = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &options->specs;
        return 0;
    case 'r':
        options->rule = arg;
        return 0;
    case 'j':
        options->json = true;
        return 0;
    case ARGP_KEY_ARG:
        if (options->trace != NULL)
            argp_error(state, "expected one trace");
        options->trace = arg;
        return 0;
    case ARGP_KEY_NO_ARGS:
        argp_error(state, "expected a trace: a file, or - for standard input");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static void print_table(const goldstep_diagnosis *diagnosis)
{
    int width = 9;
    for (size_t i = 0; i < diagnosis->line_count; i++) {
        int length = (int)strlen(diagnosis->lines[i].name);
        width = length > width ? length : width;
    }
    printf("%-*s %11s %11s\n", width, "candidate", "explained", "coordinates");
    for (size_t i = 0; i < diagnosis->line_count; i++) {
        const struct diagnosis_line *line = &diagnosis->lines[i];
        printf("%-*s %11zu %11zu%s\n", width, line->name, line->explained, line->coordinates,
               line->explains ? "  all" : "");
    }
    printf("\n");
}

static int run(const goldstep_library *library, const struct options *options)
{
    goldstep_error error;
    goldstep_trace *trace;
    goldstep_diagnosis *diagnosis;
    if (goldstep_trace_read(&trace, options->trace, &error) != GOLDSTEP_OK)
        return fail(&error);
    goldstep_status status = goldstep_diagnose(library, trace, options->rule, &diagnosis, &error);
    goldstep_trace_free(trace);
    if (status != GOLDSTEP_OK)
        return fail(&error);
    if (options->json) {
        printf("%s\n", goldstep_diagnosis_json(diagnosis));
    } else {
        print_table(diagnosis);
        printf("%s", goldstep_diagnosis_text(diagnosis));
    }
    int explains = goldstep_diagnosis_explains(diagnosis);
    goldstep_diagnosis_free(diagnosis);
    return explains ? EXIT_CONFORMS : EXIT_DEVIATES;
}

int command_diagnose(int argc, char **argv)
{
    static const struct argp_child children[] = {{&specs_argp, 0, NULL, 0}, {0}};
    static const struct argp_option option_list[] = {
        {"rule", 'r', "RULE", 0, "Diagnose by RULE instead of the rule that the trace names", 0},
        {"json", 'j', NULL, 0, "Print the diagnosis as JSON", 0},
        {0}};
    static const struct argp argp = {
        .options = option_list,
        .parser = parse,
        .args_doc = "TRACE",
        .doc =
            "Say what a trace is, where it is not what it should be: judge it by the rule, by its "
            "relatives and by other rules, each as it is and with a single change of a "
            "hyperparameter or of the step number, with the state given.\v"
            "The table counts the coordinates that each explains. Exit status: 0 where something "
            "explains all coordinates, 1 where nothing does, 2 for bad usage or bad input.",
        .children = children};
    struct options options = {0};
    if (argp_parse(&argp, argc, argv, 0, NULL, &options) != 0)
        return EXIT_BAD;
    goldstep_library *library = specs_open(&options.specs);
    if (library == NULL)
        return EXIT_BAD;
    int status = run(library, &options);
    goldstep_library_free(library);
    return status;
}
