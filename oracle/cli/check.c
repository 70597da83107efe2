/* goldstep check TRACE */
#include "cli/command.h"
#include "trace/trace.h"
#include "verdict/diagnose.h"
#include "verdict/explain.h"
#include "verdict/report.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct options {
    struct specs specs;
    const char *trace, *rule;
    bool json, silent, explained;
    struct result_place place;
};

enum { KEY_NO_DIAGNOSIS = 256 };

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
    case 'e':
        options->explained = true;
        if (!result_place_read(arg, &options->place))
            argp_error(state, "--explain: expected STEP,TENSOR.QUANTITY[INDEX], found `%s`", arg);
        return 0;
    case KEY_NO_DIAGNOSIS:
        options->silent = true;
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

/* A number of ulps in 9 columns. */
static const char *ulps(double value, char *text)
{
    if (value < 1e5)
        snprintf(text, 16, "%9.3f", value);
    else
        snprintf(text, 16, "%9.2e", value);
    return text;
}

/* How wide the columns of names are. */
struct widths {
    int tensor, quantity;
};

enum { QUANTITY_MAX = 256 };

/* "x", or "x in bfloat16" where that is not what it is computed in. */
static const char *quantity_text(const goldstep_report *report, const struct row *row, char *text)
{
    bool other = row->format != report->format;
    snprintf(text, QUANTITY_MAX, "%.200s%s%s", row->quantity, other ? " in " : "",
             other ? row->format->name : "");
    return text;
}

static void print_row(const goldstep_report *report, const struct row *row, struct widths widths)
{
    const struct tally *tally = &row->tally;
    const struct sighting *worst = &tally->worst;
    char error[16], budget[16], mean[16], expected[32], got[32], quantity[QUANTITY_MAX];
    printf("  %-*s  %-*s %-9s %11zu", widths.tensor, row->tensor, widths.quantity,
           quantity_text(report, row, quantity), tally_verdict(tally), tally->coordinates);
    if (worst->seen)
        printf(" %s %s %s  %6zu %8zu  %-24s %-24s %s", ulps(worst->error_ulps, error),
               ulps(worst->budget_ulps, budget),
               ulps(tally->error_sum / (double)(tally->coordinates - tally->undecided), mean),
               worst->step, worst->index, double_hex(worst->got, got),
               double_hex(worst->expected, expected), worst->expected_decimal);
    printf("\n");
}

static void print_sighting(const struct row *row, const struct sighting *sighting, const char *what)
{
    char got[32], expected[32];
    if (!sighting->seen)
        return;
    printf("  %s: step %zu, %s.%s[%zu]: got %.17g (%s), expected %s (%s)", what, sighting->step,
           row->tensor, row->quantity, sighting->index, sighting->got,
           double_hex(sighting->got, got), sighting->expected_decimal,
           double_hex(sighting->expected, expected));
    if (sighting->problem != PROBLEM_NONE)
        printf(": %s\n", problem_text(sighting->problem));
    else
        printf(": %.4g ulps, budget %.4g\n", sighting->error_ulps, sighting->budget_ulps);
}

/* The earliest of the rows' sightings. */
static const struct row *earliest(const goldstep_report *report, enum mode mode, bool undecided)
{
    const struct row *first = NULL;
    size_t best = 0;
    for (size_t i = 0; i < report->row_count; i++) {
        const struct row *row = &report->rows[mode][i];
        const struct sighting *sighting =
            undecided ? &row->tally.first_undecided : &row->tally.first_deviation;
        if (sighting->seen && (first == NULL || sighting->step < best)) {
            first = row;
            best = sighting->step;
        }
    }
    return first;
}

/* How the sets of one quantity grew that start from carried values, over all tensors. */
static void print_growth(const goldstep_report *report, enum mode mode, const char *quantity)
{
    struct growth growth = {0};
    for (size_t i = 0; i < report->row_count; i++)
        if (strcmp(report->rows[mode][i].quantity, quantity) == 0)
            growth_add(&growth, &report->rows[mode][i].tally.growth);
    size_t silent = growth_silent_from(&growth);
    if (growth.last_asked == 0 || (growth.last_step <= growth.first_step && silent == 0))
        return;
    printf("  %s: ", quantity);
    if (growth.first_step > 0)
        printf("the largest budget %s from %.4g ulps at step %zu to %.4g at step %zu",
               growth.last_ulps < growth.first_ulps ? "shrank" : "grew", growth.first_ulps,
               growth.first_step, growth.last_ulps, growth.last_step);
    if (silent > 0)
        printf("%sfrom step %zu on %s, so the check says nothing",
               growth.first_step > 0 ? "; " : "", silent,
               growth.last_step < silent    ? "no set has a bound"
               : strcmp(quantity, "x") == 0 ? "every set admits a step that is not taken"
                                            : "every set admits 0");
    printf("\n");
}

static void print_growths(const goldstep_report *report, enum mode mode)
{
    const struct row *rows = report->rows[mode];
    for (size_t i = 0; i < report->row_count; i++) {
        size_t first = 0;
        while (strcmp(rows[first].quantity, rows[i].quantity) != 0)
            first++;
        if (first == i)
            print_growth(report, mode, rows[i].quantity);
    }
}

static void print_mode(const goldstep_report *report, enum mode mode, struct widths widths)
{
    printf("\n%s:\n", mode == MODE_STATE_GIVEN
                          ? "State given: each step from the implementation's own state"
                          : "Free-running: all steps from the initial state");
    printf("  %-*s  %-*s %-9s %11s %9s %9s %9s  %6s %8s  %-24s %s\n", widths.tensor, "tensor",
           widths.quantity, "quantity", "verdict", "coordinates", "worst ulp", "budget", "mean ulp",
           "step", "index", "got", "expected");
    size_t split = 0;
    for (size_t i = 0; i < report->row_count; i++) {
        print_row(report, &report->rows[mode][i], widths);
        split += report->rows[mode][i].tally.at_discontinuity;
    }
    print_growths(report, mode);
    const struct row *row = earliest(report, mode, false);
    if (row != NULL)
        print_sighting(row, &row->tally.first_deviation, "first deviation");
    row = earliest(report, mode, true);
    if (row != NULL)
        print_sighting(row, &row->tally.first_undecided, "first undecided");
    if (split > 0)
        printf("  %zu coordinates lie at a discontinuity, within the rounding error of its "
               "condition: either side is admitted\n",
               split);
}

static bool deviates(const goldstep_report *report)
{
    return earliest(report, MODE_STATE_GIVEN, false) != NULL ||
           earliest(report, MODE_FREE_RUNNING, false) != NULL;
}

/* How the errors of all coordinates that are not undecided are distributed, with the state given. */
static void print_histogram(const goldstep_report *report)
{
    size_t bins[HISTOGRAM_BINS] = {0}, most = 0, last = 0;
    for (size_t i = 0; i < report->row_count; i++)
        for (size_t b = 0; b < HISTOGRAM_BINS; b++)
            bins[b] += report->rows[MODE_STATE_GIVEN][i].tally.histogram[b];
    for (size_t b = 0; b < HISTOGRAM_BINS; b++) {
        most = bins[b] > most ? bins[b] : most;
        last = bins[b] > 0 ? b : last;
    }
    printf("\n  errors, in ulps:\n");
    for (size_t b = 0; b <= last; b++) {
        bool rest = b == HISTOGRAM_BINS - 1;
        int bar = most > 0 ? (int)ceil(50 * (double)bins[b] / (double)most) : 0;
        printf("  %s %-4g %11zu  %.*s\n", rest ? "more than" : "up to    ",
               ldexp(0.5, (int)b - rest), bins[b], bar,
               "##################################################");
    }
}

static void print_report(const goldstep_report *report)
{
    struct widths widths = {6, 10};
    char quantity[QUANTITY_MAX];
    for (size_t i = 0; i < report->row_count; i++) {
        const struct row *row = &report->rows[0][i];
        int tensor = (int)strlen(row->tensor);
        int label = (int)strlen(quantity_text(report, row, quantity));
        widths.tensor = tensor > widths.tensor ? tensor : widths.tensor;
        widths.quantity = label > widths.quantity ? label : widths.quantity;
    }
    printf("%s, %s, %zu steps\n", report->spec->shown, report->format->name, report->steps);
    for (enum mode mode = 0; mode < MODE_COUNT; mode++) {
        print_mode(report, mode, widths);
        if (mode == MODE_STATE_GIVEN)
            print_histogram(report);
    }
    bool conforms = goldstep_report_conforms(report);
    printf("\nVerdict: %s %s.\n",
           conforms ? "conforms to" : (deviates(report) ? "deviates from" : "undecided for"),
           report->spec->shown);
}

static goldstep_status print_diagnosis(const goldstep_library *library, const goldstep_trace *trace,
                                       const struct options *options, const goldstep_report *report,
                                       goldstep_error *error)
{
    goldstep_diagnosis *diagnosis;
    goldstep_status status = diagnose(library, trace, options->rule, report, &diagnosis, error);
    if (status != GOLDSTEP_OK)
        return status;
    printf("\nDiagnosis:\n%s", goldstep_diagnosis_text(diagnosis));
    goldstep_diagnosis_free(diagnosis);
    return GOLDSTEP_OK;
}

static int check(const goldstep_library *library, const struct options *options)
{
    goldstep_error error;
    goldstep_trace *trace;
    goldstep_report *report;
    if (goldstep_trace_read(&trace, options->trace, &error) != GOLDSTEP_OK)
        return fail(&error);
    char *explanation = NULL;
    goldstep_status status = goldstep_check(library, trace, options->rule, &report, &error);
    if (status == GOLDSTEP_OK && options->explained) {
        status = explain(library, trace, options->rule, &options->place, &explanation, &error);
        if (status != GOLDSTEP_OK)
            goldstep_report_free(report);
    }
    if (status != GOLDSTEP_OK) {
        goldstep_trace_free(trace);
        return fail(&error);
    }
    if (options->json)
        printf("%s\n", goldstep_report_json(report));
    else
        print_report(report);
    if (!options->json && !options->silent && deviates(report))
        status = print_diagnosis(library, trace, options, report, &error);
    if (explanation != NULL)
        printf("\n%s", explanation);
    free(explanation);
    int conforms = goldstep_report_conforms(report);
    goldstep_report_free(report);
    goldstep_trace_free(trace);
    if (status != GOLDSTEP_OK)
        return fail(&error);
    return conforms ? EXIT_CONFORMS : EXIT_DEVIATES;
}

int command_check(int argc, char **argv)
{
    static const struct argp_child children[] = {{&specs_argp, 0, NULL, 0}, {0}};
    static const struct argp_option option_list[] = {
        {"rule", 'r', "RULE", 0, "Judge by RULE instead of the rule that the trace names", 0},
        {"json", 'j', NULL, 0, "Print the report as JSON, without a diagnosis", 0},
        {"explain", 'e', "STEP,TENSOR.QUANTITY[INDEX]", 0,
         "Print the expression of one result, node by node: value, error and set", 0},
        {"no-diagnosis", KEY_NO_DIAGNOSIS, NULL, 0,
         "Do not say what a deviating trace is (see goldstep diagnose)", 0},
        {0}};
    static const struct argp argp = {
        .options = option_list,
        .parser = parse,
        .args_doc = "TRACE",
        .doc = "Judge a trace: a .safetensors or JSON lines file, or - for JSON lines from "
               "standard input.\v"
               "Errors are in ulps of the format in which a result is recorded. Exit status: 0 "
               "where every coordinate "
               "conforms, 1 where one deviates or is undecided, 2 for bad usage or bad input.",
        .children = children};
    struct options options = {0};
    if (argp_parse(&argp, argc, argv, 0, NULL, &options) != 0)
        return EXIT_BAD;
    goldstep_library *library = specs_open(&options.specs);
    if (library == NULL)
        return EXIT_BAD;
    int status = check(library, &options);
    goldstep_library_free(library);
    return status;
}
