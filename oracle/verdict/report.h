/* What a check found. */
#ifndef GOLDSTEP_REPORT_H
#define GOLDSTEP_REPORT_H

#include "eval/evaluator.h"
#include "goldstep.h"

#include <stdint.h>

/* One coordinate of one step. */
struct sighting {
    bool seen;
    size_t step, index;
    double got;
    double expected;           /* the specification's value, correctly rounded to the format */
    char expected_decimal[40]; /* the value itself, to 17 digits */
    double error_ulps;         /* |got - value|, in ulps of the value */
    double budget_ulps;        /* how far a conforming result may be from the value */
    enum problem problem;      /* why it is undecided */
};

enum { HISTOGRAM_BINS = 12 };

/* The bin of an error in ulps. */
size_t histogram_bin(double ulps);

/* How wide the sets of results are that start from carried values. */
struct growth {
    size_t first_step, last_step; /* of those with a bound; 0: there is none */
    double first_ulps, last_ulps; /* the largest budget at these steps */
    size_t last_asked,
        last_telling; /* the last step that had anything to tell, that told anything */
};

struct tally {
    size_t coordinates;
    size_t exact, faithful, within_budget, deviates, undecided; /* their sum is `coordinates` */
    size_t by_mpfr; /* of them: judged in MPFR, the others by the rule's kernel alone */
    size_t unbounded,
        vague; /* of those within budget: the budget is infinite, or says nothing (growth) */
    size_t
        at_discontinuity; /* of them: a condition lies within its rounding error; either side is admitted */
    size_t
        histogram[HISTOGRAM_BINS]; /* of errors up to 1/2, 1, 2, 4, … ulps; the last has the rest */
    double error_sum;              /* over coordinates that are not undecided, in ulps */
    double worst_share;    /* the largest part of its budget that a result within budget takes */
    struct sighting worst; /* the largest error of a coordinate that is not undecided */
    struct sighting first_deviation, first_undecided;
    struct growth growth;
};

/* Makes `sum` that of both. */
void growth_add(struct growth *sum, const struct growth *growth);

/* The first step from which on the check says nothing of any coordinate, or 0. */
size_t growth_silent_from(const struct growth *growth);

/* One quantity of one tensor. */
struct row {
    const char *tensor, *quantity;
    const struct format *format; /* in which it is recorded */
    struct tally tally;
};

enum mode { MODE_STATE_GIVEN, MODE_FREE_RUNNING, MODE_COUNT };

const char *mode_name(enum mode mode);

struct goldstep_report {
    const struct spec *spec;
    const struct format *format;
    size_t steps;
    struct row *rows[MODE_COUNT];
    size_t row_count;
    char *names; /* the tensors' names, which outlive the trace */
    char *json;
};

/* Whether nothing deviates and, with the state given, nothing is undecided. A free run's bound may grow until it says
 * nothing; that is reported, and no fault of the implementation. */
bool report_mode_conforms(const goldstep_report *report, enum mode mode);

/* "conforms", "deviates" or "undecided". */
const char *tally_verdict(const struct tally *tally);

/* Writes report->json. */
goldstep_status report_write_json(goldstep_report *report, goldstep_error *error);

/* `value` as a hex float, "NaN" or "Infinity", into a buffer of at least 32 bytes; returns it. */
const char *double_hex(double value, char *text);

#endif
