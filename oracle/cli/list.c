/* goldstep list */
#include "cli/command.h"

#include <stdio.h>
#include <string.h>

static error_t parse(int key, char *arg, struct argp_state *state)
{
    (void)arg;
    if (key == ARGP_KEY_INIT) {
        state->child_inputs[0] = state->input;
        return 0;
    }
    return ARGP_ERR_UNKNOWN;
}

static void print_kind(const goldstep_library *library, bool schedule, int width)
{
    printf("%s:\n", schedule ? "Schedules" : "Rules");
    for (size_t i = 0; i < library_count(library); i++) {
        const struct spec *spec = library_spec(library, i);
        if (spec->schedule == schedule)
            printf("  %-*s  %s\n", width, spec->shown, spec->title);
    }
}

int command_list(int argc, char **argv)
{
    static const struct argp_child children[] = {{&specs_argp, 0, NULL, 0}, {0}};
    static const struct argp argp = {
        .parser = parse, .doc = "Name the rules and schedules.", .children = children};
    struct specs specs = {0};
    if (argp_parse(&argp, argc, argv, 0, NULL, &specs) != 0)
        return EXIT_BAD;
    goldstep_library *library = specs_open(&specs);
    if (library == NULL)
        return EXIT_BAD;
    int width = 0;
    for (size_t i = 0; i < library_count(library); i++) {
        int length = (int)strlen(library_spec(library, i)->shown);
        width = length > width ? length : width;
    }
    print_kind(library, false, width);
    printf("\n");
    print_kind(library, true, width);
    goldstep_library_free(library);
    return EXIT_CONFORMS;
}
