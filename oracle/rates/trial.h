/* One theorem on one instance of an objective, with one choice of constants. */
#ifndef GOLDSTEP_TRIAL_H
#define GOLDSTEP_TRIAL_H

#include "rates/rates.h"
#include "rates/statement.h"

struct trial {
    const struct spec *theorem, *rule, *objective_spec;
    const struct instance *instance;
    const struct source *sources;
    const struct choice *choice;
    const struct node *const *set; /* for each constant the term that --set gives it, or NULL */
    bool past_domain;
    size_t steps;
};

/* Runs the trial. Where it cannot be run, `reason` says why; `outside` then, whether the constants are outside a domain. */
goldstep_status trial_run(const struct trial *trial, struct outcome *outcome,
                          char reason[REASON_MAX], bool *outside, goldstep_error *error);

#endif
