#include "verdict/report.h"

#include "error.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

const char *mode_name(enum mode mode)
{
    return mode == MODE_STATE_GIVEN ? "state given" : "free-running";
}

bool report_mode_conforms(const goldstep_report *report, enum mode mode)
{
    for (size_t i = 0; i < report->row_count; i++) {
        const struct tally *tally = &report->rows[mode][i].tally;
        if (tally->deviates > 0 || (mode == MODE_STATE_GIVEN && tally->undecided > 0))
            return false;
    }
    return true;
}

bool goldstep_report_conforms(const goldstep_report *report)
{
    return report_mode_conforms(report, MODE_STATE_GIVEN) &&
           report_mode_conforms(report, MODE_FREE_RUNNING);
}

const char *tally_verdict(const struct tally *tally)
{
    if (tally->deviates > 0)
        return "deviates";
    return tally->undecided > 0 ? "undecided" : "conforms";
}

const char *double_hex(double value, char *text)
{
    if (isnan(value))
        snprintf(text, 32, "NaN");
    else if (isinf(value))
        snprintf(text, 32, value < 0 ? "-Infinity" : "Infinity");
    else
        snprintf(text, 32, "%a", value);
    return text;
}

/* A number of ulps; JSON has no infinity, so that becomes null. */
static json_t *json_ulps(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

static json_t *json_sighting(const struct sighting *sighting)
{
    if (!sighting->seen)
        return json_null();
    char got[32], expected[32], decimal[32];
    snprintf(decimal, sizeof decimal, "%.17g", sighting->got);
    json_t *object =
        json_pack("{s:I, s:I, s:s, s:s, s:s, s:s, s:o, s:o}", "step", (json_int_t)sighting->step,
                  "index", (json_int_t)sighting->index, "got", double_hex(sighting->got, got),
                  "got_decimal", decimal, "expected", double_hex(sighting->expected, expected),
                  "expected_decimal", sighting->expected_decimal, "error_ulps",
                  json_ulps(sighting->error_ulps), "budget_ulps", json_ulps(sighting->budget_ulps));
    if (object != NULL && sighting->problem != PROBLEM_NONE)
        json_object_set_new(object, "reason", json_string(problem_text(sighting->problem)));
    return object;
}

size_t histogram_bin(double ulps)
{
    size_t bin = 0;
    for (double most = 0.5; bin < HISTOGRAM_BINS - 1 && ulps > most; most *= 2)
        bin++;
    return bin;
}

static json_t *json_histogram(const struct tally *tally)
{
    json_t *bins = json_array();
    for (size_t i = 0; i < HISTOGRAM_BINS; i++)
        json_array_append_new(bins, json_integer((json_int_t)tally->histogram[i]));
    return bins;
}

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

void growth_add(struct growth *sum, const struct growth *growth)
{
    if (growth->first_step > 0 && (sum->first_step == 0 || growth->first_step < sum->first_step)) {
        sum->first_step = growth->first_step;
        sum->first_ulps = growth->first_ulps;
    } else if (growth->first_step == sum->first_step) {
        sum->first_ulps = fmax(sum->first_ulps, growth->first_ulps);
    }
    if (growth->last_step > sum->last_step) {
        sum->last_step = growth->last_step;
        sum->last_ulps = growth->last_ulps;
    } else if (growth->last_step == sum->last_step) {
        sum->last_ulps = fmax(sum->last_ulps, growth->last_ulps);
    }
    sum->last_asked = larger(sum->last_asked, growth->last_asked);
    sum->last_telling = larger(sum->last_telling, growth->last_telling);
}

size_t growth_silent_from(const struct growth *growth)
{
    return growth->last_telling < growth->last_asked ? growth->last_telling + 1 : 0;
}

static json_t *json_bound(size_t step, double ulps)
{
    if (step == 0)
        return json_null();
    return json_pack("{s:I, s:f}", "step", (json_int_t)step, "budget_ulps", ulps);
}

/* null where nothing was carried. */
static json_t *json_growth(const struct growth *growth)
{
    size_t silent = growth_silent_from(growth);
    if (growth->last_asked == 0)
        return json_null();
    return json_pack("{s:o, s:o, s:o}", "first", json_bound(growth->first_step, growth->first_ulps),
                     "last", json_bound(growth->last_step, growth->last_ulps), "says_nothing_from",
                     silent > 0 ? json_integer((json_int_t)silent) : json_null());
}

static json_t *json_row(const struct row *row)
{
    const struct tally *tally = &row->tally;
    size_t decided = tally->coordinates - tally->undecided;
    double mean = decided > 0 ? tally->error_sum / (double)decided : 0;
    return json_pack("{s:s, s:s, s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:o, s:o, s:o, "
                     "s:o, s:o, s:o, s:o}",
                     "tensor", row->tensor, "quantity", row->quantity, "format", row->format->name,
                     "verdict", tally_verdict(tally), "coordinates", (json_int_t)tally->coordinates,
                     "exact", (json_int_t)tally->exact, "faithful", (json_int_t)tally->faithful,
                     "within_budget", (json_int_t)tally->within_budget, "deviates",
                     (json_int_t)tally->deviates, "undecided", (json_int_t)tally->undecided,
                     "at_discontinuity", (json_int_t)tally->at_discontinuity, "by_mpfr",
                     (json_int_t)tally->by_mpfr, "histogram", json_histogram(tally), "worst_ulps",
                     json_ulps(tally->worst.seen ? tally->worst.error_ulps : 0), "mean_ulps",
                     json_ulps(mean), "worst", json_sighting(&tally->worst), "first_deviation",
                     json_sighting(&tally->first_deviation), "first_undecided",
                     json_sighting(&tally->first_undecided), "growth", json_growth(&tally->growth));
}

static json_t *json_mode(const goldstep_report *report, enum mode mode)
{
    json_t *rows = json_array();
    for (size_t i = 0; i < report->row_count; i++)
        json_array_append_new(rows, json_row(&report->rows[mode][i]));
    return json_pack("{s:s, s:b, s:o}", "mode", mode_name(mode), "conforms",
                     report_mode_conforms(report, mode), "tensors", rows);
}

goldstep_status report_write_json(goldstep_report *report, goldstep_error *error)
{
    json_t *modes = json_array();
    for (enum mode mode = 0; mode < MODE_COUNT; mode++)
        json_array_append_new(modes, json_mode(report, mode));
    json_t *root =
        json_pack("{s:i, s:s, s:s, s:I, s:b, s:o}", "goldstep", 1, "rule", report->spec->name,
                  "format", report->format->name, "steps", (json_int_t)report->steps, "conforms",
                  goldstep_report_conforms(report), "modes", modes);
    report->json = root != NULL ? json_dumps(root, JSON_INDENT(1)) : NULL;
    json_decref(root);
    return report->json != NULL ? GOLDSTEP_OK : error_memory(error);
}

const char *goldstep_report_json(const goldstep_report *report)
{
    return report->json;
}

void goldstep_report_free(goldstep_report *report)
{
    if (report == NULL)
        return;
    for (enum mode mode = 0; mode < MODE_COUNT; mode++)
        free(report->rows[mode]);
    free(report->names);
    free(report->json);
    free(report);
}
