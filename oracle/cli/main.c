/* goldstep: the command. */
#include "cli/command.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct command {
    const char *name;
    int (*run)(int argc, char **argv);
} commands[] = {{"list", command_list},     {"show", command_show},         {"gen", command_gen},
                {"check", command_check},   {"diagnose", command_diagnose}, {"emit", command_emit},
                {"golden", command_golden}, {"rates", command_rates}};

int fail(const goldstep_error *error)
{
    fprintf(stderr, "goldstep: %s\n", error->message);
    return EXIT_BAD;
}

int finish(int status)
{
    if (fflush(stdout) != 0) {
        fprintf(stderr, "goldstep: standard output: %s\n", strerror(errno));
        return EXIT_BAD;
    }
    return status;
}

uint64_t read_count(const char *text, uint64_t least, uint64_t most, const char *option,
                    const struct argp_state *state)
{
    char *end;
    errno = 0;
    uint64_t value = strtoumax(text, &end, 10);
    if (*text < '0' || *text > '9' || *end != '\0' || errno != 0 || value < least || value > most)
        argp_error(state, "%s: expected a number from %" PRIu64 " to %" PRIu64 ", found `%s`",
                   option, least, most, text);
    return value;
}

static error_t parse_specs(int key, char *arg, struct argp_state *state)
{
    struct specs *specs = state->input;
    if (key != 's')
        return ARGP_ERR_UNKNOWN;
    if (specs->count == MAX_SPEC_FILES)
        argp_error(state, "expected at most %d --spec options", MAX_SPEC_FILES);
    specs->files[specs->count++] = arg;
    return 0;
}

static const struct argp_option specs_options[] = {
    {"spec", 's', "FILE", 0, "Add the specification in FILE (may be repeated)", 0}, {0}};

const struct argp specs_argp = {.options = specs_options, .parser = parse_specs};

goldstep_library *specs_open(const struct specs *specs)
{
    goldstep_library *library;
    goldstep_error error;
    if (goldstep_library_open(&library, &error) != GOLDSTEP_OK) {
        fail(&error);
        return NULL;
    }
    for (size_t i = 0; i < specs->count; i++) {
        if (goldstep_library_add(library, specs->files[i], &error) != GOLDSTEP_OK) {
            fail(&error);
            goldstep_library_free(library);
            return NULL;
        }
    }
    return library;
}

typedef const struct spec *finder(const goldstep_library *library, const char *name,
                                  goldstep_error *error);

static int with(const struct specs *specs, finder *find, const char *name, user *use,
                const void *options)
{
    goldstep_error error;
    goldstep_library *library = specs_open(specs);
    if (library == NULL)
        return EXIT_BAD;
    const struct spec *spec = find(library, name, &error);
    int status = spec != NULL ? use(library, spec, options) : fail(&error);
    goldstep_library_free(library);
    return status;
}

int with_rule(const struct specs *specs, const char *rule, user *use, const void *options)
{
    return with(specs, library_find, rule, use, options);
}

int with_any(const struct specs *specs, const char *name, user *use, const void *options)
{
    return with(specs, library_find_any, name, use, options);
}

const char *proved_levels(const struct spec *spec)
{
    for (const struct proved *row = proved; row->name != NULL; row++)
        if (strcmp(row->name, spec->name) == 0)
            return row->levels;
    return NULL;
}

bool is_proved(const struct spec *theorem)
{
    const char *levels = proved_levels(theorem);
    return levels != NULL && strcmp(levels, "theorem 1/1") == 0;
}

/* The command's place in argv, where the options of `goldstep` itself end. */
static error_t parse_main(int key, char *arg, struct argp_state *state)
{
    int *command = state->input;
    (void)arg;
    if (key == ARGP_KEY_ARG) {
        *command = state->next - 1;
        state->next = state->argc;
        return 0;
    }
    if (key == ARGP_KEY_NO_ARGS)
        argp_error(state, "expected a command");
    return ARGP_ERR_UNKNOWN;
}

static void print_version(FILE *stream, struct argp_state *state)
{
    (void)state;
    fprintf(stream, "goldstep %s\n", goldstep_version());
}

static int run(int argc, char **argv)
{
    char name[64];
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        if (strcmp(argv[0], commands[i].name) == 0) {
            snprintf(name, sizeof name, "goldstep %s", commands[i].name);
            argv[0] = name;
            return finish(commands[i].run(argc, argv));
        }
    }
    fprintf(stderr,
            "goldstep: no command is called `%s`: expected list, show, gen, check, diagnose, emit, "
            "golden or rates\n",
            argv[0]);
    return EXIT_BAD;
}

int main(int argc, char **argv)
{
    static const struct argp argp = {
        .parser = parse_main,
        .args_doc = "COMMAND [ARGUMENT...]",
        .doc = "Judge an implementation of a gradient-method update rule or step-size schedule "
               "against its specification.\v"
               "Commands:\n"
               "  list      name the rules, schedules, theorems and objectives\n"
               "  show      print a specification\n"
               "  gen       write a trace's questions: inputs and hyperparameters\n"
               "  check     judge a trace\n"
               "  diagnose  say what a deviating trace is\n"
               "  emit      write a specification for a proof tool\n"
               "  golden    write chosen steps with their correctly rounded results\n"
               "  rates     run theorems on test problems and compare with their bounds\n\n"
               "`goldstep COMMAND --help` tells more. Exit status: 0 conforms, 1 deviates, "
               "2 bad usage or bad input."};
    int command = 0;
    argp_program_version_hook = print_version;
    argp_err_exit_status = EXIT_BAD;
    if (argp_parse(&argp, argc, argv, ARGP_IN_ORDER, NULL, &command) != 0 || command == 0)
        return EXIT_BAD;
    return run(argc - command, argv + command);
}
