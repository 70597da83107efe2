#include "rates/trial.h"

#include "error.h"
#include "eval/interval.h"
#include "rates/compare.h"
#include "rates/constants.h"
#include "rates/runner.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Enough to fix what is chosen and to decide the domains. */
enum { SETTING_PRECISION = 1024 };

/* What a pass at one precision works with. */
struct pass {
    const struct trial *trial;
    struct outcome *outcome;
    struct objective *objective;
    struct runner runner;
    struct formula bound;
    enum quantity quantity;
    mpfi_t *
        values; /* the quantity, the bound, the quantity of one iterate, and the least, or the sum, so far */
    bool lower;
};

enum { QUANTITY, BOUND, CURRENT, COLLECTED, VALUES };

/* --- measuring ------------------------------------------------------------------------------------------------- */

/* The quantity of this iterate alone. */
static enum problem measure_iterate(struct pass *pass, mpfi_ptr result)
{
    struct runner *runner = &pass->runner;
    switch (pass->quantity) {
    case QUANTITY_DISTANCE:
        objective_distance(pass->objective, runner->now, result);
        return PROBLEM_NONE;
    case QUANTITY_GRADIENT:
    case QUANTITY_LEAST_GRADIENT_BEFORE:
    case QUANTITY_LEAST_GRADIENT: {
        enum problem problem = objective_gradient(pass->objective, runner->now, runner->gradient);
        if (problem == PROBLEM_NONE)
            runner_reduce(runner, REDUCE_SUMSQ, result);
        return problem;
    }
    default:
        return objective_gap(pass->objective, runner->now, result);
    }
}

static void collect(struct pass *pass, size_t t)
{
    mpfi_ptr so_far = pass->values[COLLECTED], current = pass->values[CURRENT];
    if (t == 0)
        mpfi_set(so_far, current);
    else if (pass->quantity == QUANTITY_MEAN_GAP)
        mpfi_add(so_far, so_far, current);
    else
        interval_min(so_far, so_far, current);
}

/* The quantity after t steps; *known is false where it is over no iterates. */
static enum problem measure(struct pass *pass, size_t t, bool *known)
{
    mpfi_ptr result = pass->values[QUANTITY];
    bool before =
        pass->quantity == QUANTITY_LEAST_GRADIENT_BEFORE || pass->quantity == QUANTITY_MEAN_GAP;
    *known = !before || t > 0;
    if (before && t > 0)
        mpfi_set(result, pass->values[COLLECTED]);
    if (pass->quantity == QUANTITY_MEAN_GAP && t > 0)
        mpfi_div_ui(result, result, t);
    enum problem problem = measure_iterate(pass, pass->values[CURRENT]);
    if (problem != PROBLEM_NONE)
        return problem;
    collect(pass, t);
    if (!before)
        mpfi_set(result, pass->quantity == QUANTITY_LEAST_GRADIENT ? pass->values[COLLECTED]
                                                                   : pass->values[CURRENT]);
    return PROBLEM_NONE;
}

/* --- judging --------------------------------------------------------------------------------------------------- */

static void note(struct pass *pass, size_t t, enum comparison comparison)
{
    struct outcome *outcome = pass->outcome;
    struct row *row = &outcome->rows[t];
    mpfi_srcptr measured = pass->values[QUANTITY], bound = pass->values[BOUND];
    row->known = true;
    row->resolved = is_resolved(measured);
    mpfr_set(row->measured, pass->lower ? &measured->left : &measured->right,
             pass->lower ? MPFR_RNDD : MPFR_RNDU);
    mpfr_set(row->bound, pass->lower ? &bound->right : &bound->left,
             pass->lower ? MPFR_RNDU : MPFR_RNDD);
    if (comparison == BEYOND && outcome->verdict != BOUND_VIOLATED) {
        outcome->verdict = BOUND_VIOLATED;
        outcome->at = t;
    }
    if (t == 0)
        return;
    if (comparison == EQUAL && !mpfr_zero_p(row->bound) && outcome->attained++ == 0 &&
        outcome->verdict == BOUND_HOLDS) {
        outcome->verdict = BOUND_ATTAINED;
        outcome->at = t;
    }
    mpfr_srcptr small = pass->lower ? row->bound : row->measured;
    mpfr_srcptr large = pass->lower ? row->measured : row->bound;
    if (mpfr_zero_p(large)) /* then both are: that says nothing of how sharp the bound is */
        return;
    double value = quotient(small, large);
    if (outcome->worst_at == 0 || value > outcome->worst) {
        outcome->worst = value;
        outcome->worst_at = t;
    }
}

/* --- running --------------------------------------------------------------------------------------------------- */

/* Whether nothing more can come of this precision: then `problem` says why a higher one may help. */
static enum problem advance(struct pass *pass, size_t t)
{
    bool known;
    enum problem problem = measure(pass, t, &known);
    if (problem != PROBLEM_NONE)
        return problem;
    mpfi_set_ui(pass->values[BOUND], t);
    formula_set(&pass->bound, BIND_T, 0, pass->values[BOUND]);
    problem = formula_value(&pass->bound, pass->values[BOUND]);
    pass->outcome->rows[t].known = false;
    if (t == 0 && problem == PROBLEM_UNDEFINED)
        return PROBLEM_NONE;
    if (problem != PROBLEM_NONE || !known)
        return problem;
    enum comparison comparison = compare(pass->values[pass->lower ? BOUND : QUANTITY],
                                         pass->values[pass->lower ? QUANTITY : BOUND]);
    if (comparison == UNCERTAIN)
        return PROBLEM_PRECISION;
    note(pass, t, comparison);
    return PROBLEM_NONE;
}

/* Runs all steps; leaves the verdict in the outcome, and PROBLEM_PRECISION where a higher precision may decide more. */
static enum problem run(struct pass *pass)
{
    struct outcome *outcome = pass->outcome;
    enum problem problem = PROBLEM_NONE;
    const char *why = NULL;
    size_t t;
    outcome->verdict = BOUND_HOLDS;
    outcome->at = outcome->attained = outcome->worst_at = outcome->row_count = 0;
    outcome->worst = 0;
    for (t = 0; t <= pass->trial->steps; t++) {
        if (t > 0)
            problem = runner_step(&pass->runner, t);
        if (problem == PROBLEM_NONE && !runner_in_range(&pass->runner)) {
            why = "the iterates become too large";
            break;
        }
        if (problem == PROBLEM_NONE)
            problem = advance(pass, t);
        if (problem != PROBLEM_NONE)
            break;
        outcome->row_count = t + 1;
    }
    if (problem != PROBLEM_NONE)
        why = problem_text(problem);
    if (outcome->verdict == BOUND_VIOLATED || why == NULL)
        return PROBLEM_NONE;
    outcome->verdict = BOUND_UNDECIDED;
    outcome->at = t;
    outcome->why = why;
    return problem;
}

static goldstep_status pass_at(struct pass *pass, struct constants *constants,
                               mpfr_prec_t precision, enum problem *problem,
                               char reason[REASON_MAX], goldstep_error *error)
{
    const struct spec *theorem = pass->trial->theorem;
    pass->outcome->precision = precision;
    goldstep_status status = objective_precision(pass->objective, precision, problem, error);
    if (status != GOLDSTEP_OK)
        return status;
    if (*problem == PROBLEM_NONE)
        status = constants_compute(constants, reason, error);
    if (status != GOLDSTEP_OK || *problem != PROBLEM_NONE || *reason != '\0')
        return status;
    pass->values = intervals_new(VALUES, precision);
    if (pass->values == NULL)
        status = error_memory(error);
    if (status == GOLDSTEP_OK)
        status = formula_precision(&pass->bound, precision, error);
    for (size_t h = 0; status == GOLDSTEP_OK && h < theorem->hypers.count; h++)
        formula_set(&pass->bound, BIND_HYPER, h, constants->values[h]);
    if (status == GOLDSTEP_OK) {
        status = runner_open(&pass->runner, pass->trial->rule, pass->objective, constants->hypers,
                             problem, error);
        if (status == GOLDSTEP_OK && *problem == PROBLEM_NONE)
            *problem = run(pass);
        runner_close(&pass->runner);
    }
    intervals_free(pass->values, VALUES);
    return status;
}

static goldstep_status make_rows(struct outcome *outcome, size_t count, goldstep_error *error)
{
    outcome->rows = calloc(count, sizeof *outcome->rows);
    if (outcome->rows == NULL)
        return error_memory(error);
    for (size_t t = 0; t < count; t++)
        mpfr_inits2(64, outcome->rows[t].measured, outcome->rows[t].bound, (mpfr_ptr)0);
    return GOLDSTEP_OK;
}

static double step_size(const struct constants *constants)
{
    const struct items *hypers = &constants->trial->rule->hypers;
    for (size_t h = 0; h < hypers->count; h++) {
        if (strcmp(hypers->list[h].name, "lr") != 0)
            continue;
        return mpfi_get_d(constants->hypers[h]);
    }
    return NAN;
}

/* Doubles the precision as long as that may decide more. */
static goldstep_status passes(const struct trial *trial, struct objective *objective,
                              struct constants *constants, struct outcome *outcome,
                              char reason[REASON_MAX], goldstep_error *error)
{
    struct pass pass = {.trial = trial,
                        .outcome = outcome,
                        .objective = objective,
                        .quantity = statement_quantity(trial->theorem),
                        .lower = statement_is_lower(trial->theorem)};
    goldstep_status status = formula_open_spec(&pass.bound, trial->theorem, error);
    enum problem problem = PROBLEM_PRECISION;
    for (mpfr_prec_t precision = FIRST_PRECISION;
         status == GOLDSTEP_OK && problem == PROBLEM_PRECISION && precision <= LAST_PRECISION;
         precision *= 2) {
        *reason = '\0'; /* a constant may be undecided at the lower precision only */
        outcome->why = NULL;
        status = pass_at(&pass, constants, precision, &problem, reason, error);
        if (*reason != '\0')
            problem = PROBLEM_PRECISION;
    }
    if (problem != PROBLEM_NONE && outcome->why == NULL) {
        outcome->verdict = BOUND_UNDECIDED;
        outcome->why = problem_text(problem);
    }
    formula_close(&pass.bound);
    return status;
}

goldstep_status trial_run(const struct trial *trial, struct outcome *outcome,
                          char reason[REASON_MAX], bool *outside, goldstep_error *error)
{
    struct objective objective;
    struct constants constants = {.trial = trial};
    enum problem problem = PROBLEM_NONE;
    *reason = '\0';
    *outside = false;
    goldstep_status status =
        objective_open(&objective, trial->objective_spec, trial->instance, error);
    if (status == GOLDSTEP_OK)
        status = objective_precision(&objective, SETTING_PRECISION, &problem, error);
    if (status == GOLDSTEP_OK && problem != PROBLEM_NONE)
        snprintf(reason, REASON_MAX, "its minimum has no value: %s", problem_text(problem));
    if (status == GOLDSTEP_OK && *reason == '\0')
        status = constants_open(&constants, trial, &objective, reason, outside, error);
    if (status == GOLDSTEP_OK && *reason == '\0') {
        outcome->step_size = step_size(&constants);
        status = make_rows(outcome, trial->steps + 1, error);
        if (status == GOLDSTEP_OK)
            status = passes(trial, &objective, &constants, outcome, reason, error);
        if (status == GOLDSTEP_OK)
            outcome->rate = rate_fit(outcome->rows, outcome->row_count);
    }
    constants_close(&constants);
    objective_close(&objective);
    return status;
}
