/* Theorems against what their rules do on problems whose constants are known exactly, in interval arithmetic. */
#ifndef GOLDSTEP_RATES_H
#define GOLDSTEP_RATES_H

#include "speclang/spec.h"

#include <mpfr.h>
#include <stdio.h>

enum { RATES_MAX_STEPS = 10000, RATES_MAX_SETTINGS = 16 };

/* Two values are taken for equal where their enclosures overlap and are together no wider than 2^-EQUAL_BITS of them. */
enum { EQUAL_BITS = 100, FIRST_PRECISION = 256, LAST_PRECISION = 8192 };

enum bound_verdict { BOUND_HOLDS, BOUND_ATTAINED, BOUND_VIOLATED, BOUND_UNDECIDED };

const char *bound_verdict_name(enum bound_verdict verdict);

/* After t steps. `known` is false where the bound says nothing, as at t = 0 where it divides by t; `resolved`, whether the
 * enclosure of what is measured is narrow: that of an iterate that has all but arrived may be little else than width. */
struct row {
    bool known, resolved;
    mpfr_t measured,
        bound; /* the upper end and the lower end of the enclosures; for a lower bound the other ends */
};

/* The decay over the last half of the steps: t^rate, or rate^t where that fits the bound better. */
struct rate {
    bool known, geometric;
    double measured, bound;
};

struct outcome {
    const struct spec *theorem, *rule, *objective;
    size_t instance;  /* from 1 */
    double step_size; /* of the first step; NaN where the rule has none of its own */
    enum bound_verdict verdict;
    size_t
        at; /* the step of the violation, of what is undecided, or where the bound is first attained */
    const char *why; /* undecided */
    size_t attained; /* in how many steps, t = 0 left out */
    double
        worst; /* the largest measured / bound, of a lower bound bound / measured, t = 0 left out */
    size_t worst_at;
    struct rate rate;
    long precision;
    struct row *rows;
    size_t row_count;
};

struct skipped {
    const struct spec *theorem, *objective; /* NULL: on no objective */
    size_t instance;
    char *reason;
};

struct rates {
    struct outcome *outcomes;
    struct skipped *skipped;
    size_t count, skipped_count, steps;
};

struct rates_options {
    const char *const *theorems; /* none: all */
    size_t theorem_count;
    const char *objective;                    /* NULL: all that fit */
    const char *settings[RATES_MAX_SETTINGS]; /* "NAME=TERM" */
    size_t setting_count, steps;
    bool past_domain;
};

goldstep_status rates_run(const goldstep_library *library, const struct rates_options *options,
                          struct rates *rates, goldstep_error *error);
void rates_free(struct rates *rates);

/* Whether no bound is violated. */
bool rates_hold(const struct rates *rates);

struct rate rate_fit(const struct row *rows, size_t count);

/* "huber[1]", the problem's instance; `text` has room for LABEL_MAX bytes. */
enum { LABEL_MAX = 128 };
const char *rates_label(const struct spec *objective, size_t instance, char *text);

void rates_write_json(FILE *file, const struct rates *rates);
void rates_write_csv(FILE *file, const struct rates *rates);

/* Through gnuplot, as SVG. */
goldstep_status rates_plot(const struct rates *rates, const char *path, goldstep_error *error);

#endif
