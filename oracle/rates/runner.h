/* A rule on an objective, step by step, in intervals. */
#ifndef GOLDSTEP_RUNNER_H
#define GOLDSTEP_RUNNER_H

#include "rates/objective.h"

struct runner {
    const struct spec *rule;
    struct objective *objective;
    struct formula formula;
    size_t n, vectors;  /* x and the states */
    size_t point;       /* the vector at which the gradient is taken */
    mpfi_t *now, *next; /* vectors * n values */
    mpfi_t *scalars_now, *scalars_next;
    mpfi_t *gradient;
    mpfi_t value, sum;
};

/* Why the rule cannot be run, or NULL. */
const char *runner_refuses(const struct spec *rule);

/* After this, even where it fails, the caller closes the runner. The objective has the precision of the run. `hypers`
 * holds a value for each hyperparameter of the rule. */
goldstep_status runner_open(struct runner *runner, const struct spec *rule,
                            struct objective *objective, mpfi_t *hypers, enum problem *problem,
                            goldstep_error *error);
void runner_close(struct runner *runner);

/* Whether the iterate is of a size that a step may be taken from: functions of one too large take too long. */
bool runner_in_range(const struct runner *runner);

/* The reduction over runner->gradient, the one input that there is. */
void runner_reduce(struct runner *runner, enum reduction_kind kind, mpfi_ptr result);

/* Takes step t, the first being 1: x is then runner->now. */
enum problem runner_step(struct runner *runner, unsigned long t);

#endif
