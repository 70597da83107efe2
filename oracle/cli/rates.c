/* goldstep rates [THEOREM...] */
#include "cli/command.h"
#include "rates/rates.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { KEY_PAST_DOMAIN = 256, KEY_STEPS, KEY_SET, KEY_CSV, KEY_PLOT, DEFAULT_STEPS = 100 };

struct options {
    struct specs specs;
    struct rates_options rates;
    const char *csv, *plot;
    bool json;
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct options *options = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &options->specs;
        return 0;
    case 'j':
        options->json = true;
        return 0;
    case 'p':
        options->rates.objective = arg;
        return 0;
    case KEY_PAST_DOMAIN:
        options->rates.past_domain = true;
        return 0;
    case KEY_STEPS:
        options->rates.steps = (size_t)read_count(arg, 1, RATES_MAX_STEPS, "--steps", state);
        return 0;
    case KEY_SET:
        if (options->rates.setting_count == RATES_MAX_SETTINGS)
            argp_error(state, "expected at most %d --set options", RATES_MAX_SETTINGS);
        options->rates.settings[options->rates.setting_count++] = arg;
        return 0;
    case KEY_CSV:
        options->csv = arg;
        return 0;
    case KEY_PLOT:
        options->plot = arg;
        return 0;
    case ARGP_KEY_ARGS:
        options->rates.theorems = (const char *const *)state->argv + state->next;
        options->rates.theorem_count = (size_t)(state->argc - state->next);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* --- the table ------------------------------------------------------------------------------------------------- */

enum { CELL_MAX = 64 };

static const char *step_size_text(const struct outcome *outcome, char text[CELL_MAX])
{
    if (isnan(outcome->step_size))
        snprintf(text, CELL_MAX, "-");
    else
        snprintf(text, CELL_MAX, "%.4g", outcome->step_size);
    return text;
}

static const char *verdict_text(const struct outcome *outcome, char text[CELL_MAX])
{
    const char *name = bound_verdict_name(outcome->verdict);
    if (outcome->verdict == BOUND_HOLDS)
        snprintf(text, CELL_MAX, "%s", name);
    else if (outcome->verdict == BOUND_ATTAINED && outcome->attained > 1)
        snprintf(text, CELL_MAX, "%s from %zu, %zu times", name, outcome->at, outcome->attained);
    else
        snprintf(text, CELL_MAX, "%s at %zu", name, outcome->at);
    return text;
}

static const char *rate_text(const struct rate *rate, double value, char text[CELL_MAX])
{
    if (!rate->known)
        snprintf(text, CELL_MAX, "-");
    else if (rate->geometric)
        snprintf(text, CELL_MAX, "%.4g^t", value);
    else
        snprintf(text, CELL_MAX, "t^%.3f", fabs(value) < 5e-4 ? 0 : value);
    return text;
}

static void print_outcome(const struct outcome *outcome, int theorems, int problems)
{
    char label[LABEL_MAX], size[CELL_MAX], verdict[CELL_MAX], measured[CELL_MAX], bound[CELL_MAX],
        worst[CELL_MAX] = "-";
    if (outcome->worst_at > 0)
        snprintf(worst, sizeof worst, "%.6f at %zu", outcome->worst, outcome->worst_at);
    if (outcome->worst_at > 0 && !(outcome->worst < 1e4))
        snprintf(worst, sizeof worst, "%.2e at %zu", outcome->worst, outcome->worst_at);
    printf("%-*s  %-*s  %9s %6zu  %-26s  %-16s  %-11s  %s\n", theorems, outcome->theorem->name,
           problems, rates_label(outcome->objective, outcome->instance, label),
           step_size_text(outcome, size), outcome->row_count > 0 ? outcome->row_count - 1 : 0,
           verdict_text(outcome, verdict), worst,
           rate_text(&outcome->rate, outcome->rate.measured, measured),
           rate_text(&outcome->rate, outcome->rate.bound, bound));
}

static void print_skipped(const struct skipped *skipped)
{
    char label[LABEL_MAX];
    printf("not checked: %s", skipped->theorem->name);
    if (skipped->instance > 0)
        printf(" on %s", rates_label(skipped->objective, skipped->instance, label));
    else if (skipped->objective != NULL)
        printf(" on %s", skipped->objective->name);
    printf(": %s\n", skipped->reason);
}

static void print_summary(const struct rates *rates)
{
    size_t counts[BOUND_UNDECIDED + 1] = {0}, theorems = 0;
    for (size_t i = 0; i < rates->count; i++) {
        counts[rates->outcomes[i].verdict]++;
        theorems += i == 0 || rates->outcomes[i].theorem != rates->outcomes[i - 1].theorem;
    }
    printf("\n%zu theorem%s, %zu run%s: ", theorems, theorems == 1 ? "" : "s", rates->count,
           rates->count == 1 ? "" : "s");
    for (enum bound_verdict verdict = 0; verdict <= BOUND_UNDECIDED; verdict++)
        printf("%s%zu %s", verdict > 0 ? ", " : "", counts[verdict], bound_verdict_name(verdict));
    printf("\n");
}

static void print_table(const struct rates *rates)
{
    int theorems = 7, problems = 7;
    char label[LABEL_MAX];
    for (size_t i = 0; i < rates->count; i++) {
        const struct outcome *outcome = &rates->outcomes[i];
        int theorem = (int)strlen(outcome->theorem->name);
        int problem = (int)strlen(rates_label(outcome->objective, outcome->instance, label));
        theorems = theorem > theorems ? theorem : theorems;
        problems = problem > problems ? problem : problems;
    }
    printf("%-*s  %-*s  %9s %6s  %-26s  %-16s  %-11s  %s\n", theorems, "theorem", problems,
           "problem", "step size", "steps", "bound", "worst ratio", "rate", "bound's rate");
    for (size_t i = 0; i < rates->count; i++)
        print_outcome(&rates->outcomes[i], theorems, problems);
    for (size_t i = 0; i < rates->count; i++) {
        const struct outcome *outcome = &rates->outcomes[i];
        if (outcome->verdict == BOUND_UNDECIDED)
            printf("undecided: %s on %s at step %zu: %s\n", outcome->theorem->name,
                   rates_label(outcome->objective, outcome->instance, label), outcome->at,
                   outcome->why);
    }
    print_summary(rates);
    for (size_t i = 0; i < rates->skipped_count; i++)
        print_skipped(&rates->skipped[i]);
}

/* --- the command ----------------------------------------------------------------------------------------------- */

static goldstep_status write_csv(const struct rates *rates, const char *path)
{
    FILE *file = fopen(path, "w");
    if (file != NULL) {
        rates_write_csv(file, rates);
        bool failed = ferror(file) != 0;
        if (fclose(file) == 0 && !failed)
            return GOLDSTEP_OK;
    }
    fprintf(stderr, "goldstep: %s: %s\n", path, strerror(errno));
    return GOLDSTEP_SYSTEM_ERROR;
}

static int run(const goldstep_library *library, const struct options *options)
{
    struct rates rates;
    goldstep_error error;
    if (rates_run(library, &options->rates, &rates, &error) != GOLDSTEP_OK)
        return fail(&error);
    int status = rates_hold(&rates) ? EXIT_CONFORMS : EXIT_DEVIATES;
    if (options->csv != NULL && write_csv(&rates, options->csv) != GOLDSTEP_OK)
        status = EXIT_BAD;
    else if (options->plot != NULL && rates_plot(&rates, options->plot, &error) != GOLDSTEP_OK)
        status = fail(&error);
    else if (options->json)
        rates_write_json(stdout, &rates);
    else
        print_table(&rates);
    rates_free(&rates);
    return status;
}

int command_rates(int argc, char **argv)
{
    static const struct argp_child children[] = {{&specs_argp, 0, NULL, 0}, {0}};
    static const struct argp_option option_list[] = {
        {"steps", KEY_STEPS, "N", 0, "Take N steps (default: 100)", 0},
        {"problem", 'p', "OBJECTIVE", 0, "Only on the instances of OBJECTIVE", 0},
        {"set", KEY_SET, "NAME=TERM", 0,
         "Give the theorem's constant NAME a value, over its other constants: gamma=1.5/L", 0},
        {"past-domain", KEY_PAST_DOMAIN, NULL, 0,
         "Run with constants outside the domain too: there the bound may be violated", 0},
        {"json", 'j', NULL, 0, "Print the outcomes as JSON", 0},
        {"csv", KEY_CSV, "FILE", 0, "Write each step's measured value and bound to FILE", 0},
        {"plot", KEY_PLOT, "FILE", 0, "Plot measured values and bounds as SVG, by gnuplot", 0},
        {0}};
    static const struct argp argp = {
        .options = option_list,
        .parser = parse,
        .args_doc = "[THEOREM...]",
        .doc = "Run each theorem's rule on the objectives of its class, whose constants are known "
               "exactly, in interval arithmetic, and compare the theorem's quantity with its bound "
               "after every step.\v"
               "A bound holds, is attained (equal to within 2^-100), is violated, or is undecided. "
               "The worst ratio is the largest measured / bound (of a lower bound bound / "
               "measured), t = 0 left out; the rates are fits over the last half of the steps. "
               "`goldstep show OBJECTIVE` prints the instances. Exit status: 0 where every bound "
               "holds, 1 where one is violated or undecided, 2 for bad usage.",
        .children = children};
    struct options options = {.rates = {.steps = DEFAULT_STEPS}};
    if (argp_parse(&argp, argc, argv, 0, NULL, &options) != 0)
        return EXIT_BAD;
    goldstep_library *library = specs_open(&options.specs);
    if (library == NULL)
        return EXIT_BAD;
    int status = run(library, &options);
    goldstep_library_free(library);
    return status;
}
