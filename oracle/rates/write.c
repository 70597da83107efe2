/* The outcomes as JSON, as CSV and as a plot. */
#include "rates/rates.h"

#include "error.h"

#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_PLOTTED = 8, NUMBER_MAX = 64 };

static json_t *number(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

static json_t *outcome_json(const struct outcome *outcome)
{
    json_t *object =
        json_pack("{s:s, s:s, s:s, s:I, s:s, s:o, s:s, s:I, s:I}", "theorem",
                  outcome->theorem->name, "rule", outcome->rule->name, "objective",
                  outcome->objective->name, "instance", (json_int_t)outcome->instance, "values",
                  outcome->objective->instances[outcome->instance - 1].text, "step_size",
                  number(outcome->step_size), "verdict", bound_verdict_name(outcome->verdict),
                  "steps", (json_int_t)(outcome->row_count > 0 ? outcome->row_count - 1 : 0),
                  "precision", (json_int_t)outcome->precision);
    if (outcome->verdict != BOUND_HOLDS)
        json_object_set_new(object, "step", json_integer((json_int_t)outcome->at));
    if (outcome->why != NULL)
        json_object_set_new(object, "reason", json_string(outcome->why));
    if (outcome->worst_at > 0)
        json_object_set_new(object, "worst",
                            json_pack("{s:o, s:I}", "ratio", number(outcome->worst), "step",
                                      (json_int_t)outcome->worst_at));
    if (outcome->rate.known)
        json_object_set_new(object, "rate",
                            json_pack("{s:s, s:o, s:o}", "form",
                                      outcome->rate.geometric ? "rate^t" : "t^rate", "measured",
                                      number(outcome->rate.measured), "bound",
                                      number(outcome->rate.bound)));
    return object;
}

static json_t *skipped_json(const struct skipped *skipped)
{
    json_t *object =
        json_pack("{s:s, s:s}", "theorem", skipped->theorem->name, "reason", skipped->reason);
    if (skipped->objective != NULL)
        json_object_set_new(object, "objective", json_string(skipped->objective->name));
    if (skipped->instance > 0)
        json_object_set_new(object, "instance", json_integer((json_int_t)skipped->instance));
    return object;
}

void rates_write_json(FILE *file, const struct rates *rates)
{
    json_t *checked = json_array(), *skipped = json_array();
    for (size_t i = 0; i < rates->count; i++)
        json_array_append_new(checked, outcome_json(&rates->outcomes[i]));
    for (size_t i = 0; i < rates->skipped_count; i++)
        json_array_append_new(skipped, skipped_json(&rates->skipped[i]));
    json_t *object = json_pack("{s:b, s:o, s:o}", "holds", rates_hold(rates), "checked", checked,
                               "not_checked", skipped);
    json_dumpf(object, file, JSON_INDENT(2) | JSON_REAL_PRECISION(6));
    fputc('\n', file);
    json_decref(object);
}

static const char *decimal(mpfr_srcptr value, char text[NUMBER_MAX])
{
    mpfr_snprintf(text, NUMBER_MAX, "%.9Re", value);
    return text;
}

void rates_write_csv(FILE *file, const struct rates *rates)
{
    char label[LABEL_MAX], measured[NUMBER_MAX], bound[NUMBER_MAX];
    fputs("theorem,problem,step_size,t,measured,bound\n", file);
    for (size_t i = 0; i < rates->count; i++) {
        const struct outcome *outcome = &rates->outcomes[i];
        rates_label(outcome->objective, outcome->instance, label);
        for (size_t t = 0; t < outcome->row_count; t++) {
            const struct row *row = &outcome->rows[t];
            if (!row->known)
                continue;
            fprintf(file, "%s,%s,", outcome->theorem->name, label);
            if (!isnan(outcome->step_size))
                fprintf(file, "%.17g", outcome->step_size);
            fprintf(file, ",%zu,%s,%s\n", t, decimal(row->measured, measured),
                    decimal(row->bound, bound));
        }
    }
}

/* --- the plot -------------------------------------------------------------------------------------------------- */

/* The points of one curve, as gnuplot reads them inline; those that binary64 or a logarithm has no room for, and those that are
 * not resolved, are left out. */
static void send_points(FILE *gnuplot, const struct outcome *outcome, bool bound)
{
    char text[NUMBER_MAX];
    size_t sent = 0;
    for (size_t t = 1; t < outcome->row_count; t++) {
        const struct row *row = &outcome->rows[t];
        mpfr_srcptr value = bound ? row->bound : row->measured;
        double size = mpfr_get_d(value, MPFR_RNDN);
        if (!row->known || (!bound && !row->resolved) || !isnormal(size) || size < 0)
            continue;
        fprintf(gnuplot, "%zu %s\n", t, decimal(value, text));
        sent++;
    }
    fputs(sent == 0 ? "NaN NaN\ne\n" : "e\n", gnuplot);
}

/* In a string of gnuplot's between single quotes, one of them is written twice. */
static void send_text(FILE *gnuplot, const char *text)
{
    for (; *text != '\0'; text++)
        fputs(*text == '\'' ? "''" : (char[]){*text, '\0'}, gnuplot);
}

static void send_title(FILE *gnuplot, const struct outcome *outcome, bool named, const char *what)
{
    char label[LABEL_MAX];
    rates_label(outcome->objective, outcome->instance, label);
    fprintf(gnuplot, "title '%s%s%s", named ? outcome->theorem->name : "", named ? ", " : "",
            label);
    if (!isnan(outcome->step_size))
        fprintf(gnuplot, ", step %.4g", outcome->step_size);
    fprintf(gnuplot, ": %s'", what);
}

static void send_plot(FILE *gnuplot, const struct rates *rates)
{
    bool several = false;
    for (size_t i = 1; i < rates->count; i++)
        several = several || rates->outcomes[i].theorem != rates->outcomes[0].theorem;
    fputs("set terminal svg size 900,700 background 'white' noenhanced\n"
          "set logscale xy\nset xlabel 't'\nset format y '%.0e'\nset key below\nset grid\n",
          gnuplot);
    if (rates->count > 0 && !several) {
        fprintf(gnuplot, "set title '%s'\nset ylabel '", rates->outcomes[0].theorem->name);
        send_text(gnuplot, spec_note(rates->outcomes[0].theorem, "quantity"));
        fputs("'\n", gnuplot);
    }
    fputs("plot ", gnuplot);
    for (size_t i = 0; i < rates->count; i++) {
        fprintf(gnuplot, "%s'-' with lines lw 2 lc %zu ", i > 0 ? ", " : "", i + 1);
        send_title(gnuplot, &rates->outcomes[i], several, "measured");
        fprintf(gnuplot, ", '-' with lines dt 2 lc %zu ", i + 1);
        send_title(gnuplot, &rates->outcomes[i], several, "bound");
    }
    fputs("\n", gnuplot);
    for (size_t i = 0; i < rates->count; i++) {
        send_points(gnuplot, &rates->outcomes[i], false);
        send_points(gnuplot, &rates->outcomes[i], true);
    }
}

goldstep_status rates_plot(const struct rates *rates, const char *path, goldstep_error *error)
{
    if (rates->count > MAX_PLOTTED)
        return error_set(error, GOLDSTEP_BAD_INPUT, NULL, 0, 0,
                         "a plot shows at most %d runs, and these are %zu: name a theorem, and use "
                         "--problem and --set",
                         MAX_PLOTTED, rates->count);
    if (system("command -v gnuplot >/dev/null 2>&1") != 0)
        return error_set(error, GOLDSTEP_SYSTEM_ERROR, NULL, 0, 0,
                         "--plot needs gnuplot, which is not installed (Debian: gnuplot-nox)");
    FILE *file = fopen(path, "w");
    if (file == NULL)
        return error_set(error, GOLDSTEP_SYSTEM_ERROR, path, 0, 0, "%s", strerror(errno));
    fclose(file);
    /* The path goes through the environment, so that no shell or gnuplot reads it as anything else. */
    setenv("GOLDSTEP_PLOT", path, 1);
    FILE *gnuplot = popen("gnuplot >\"$GOLDSTEP_PLOT\"", "w");
    if (gnuplot == NULL)
        return error_set(error, GOLDSTEP_SYSTEM_ERROR, "gnuplot", 0, 0, "%s", strerror(errno));
    /* A gnuplot that ends early is told by its exit status. */
    void (*handler)(int) = signal(SIGPIPE, SIG_IGN);
    send_plot(gnuplot, rates);
    int status = pclose(gnuplot);
    signal(SIGPIPE, handler);
    return status == 0 ? GOLDSTEP_OK
                       : error_set(error, GOLDSTEP_SYSTEM_ERROR, path, 0, 0,
                                   "gnuplot did not write the plot");
}
