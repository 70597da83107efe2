/* The constants of a trial: of the theorem, and what they make of the rule's hyperparameters. */
#ifndef GOLDSTEP_CONSTANTS_H
#define GOLDSTEP_CONSTANTS_H

#include "rates/trial.h"

struct constants {
    const struct trial *trial;
    struct objective *objective;
    mpfi_t *values;        /* of each constant, at the objective's precision */
    bool fixed[MAX_ITEMS]; /* those that are set or chosen, rounded to binary64 */
    double fixed_at[MAX_ITEMS];
    mpfi_t *hypers; /* of the rule */
};

/* After this, even where it fails, the caller closes the constants. Fixes what is chosen, at the objective's precision;
 * where that cannot be, or is outside a domain, `reason` says why. */
goldstep_status constants_open(struct constants *constants, const struct trial *trial,
                               struct objective *objective, char reason[REASON_MAX], bool *outside,
                               goldstep_error *error);
void constants_close(struct constants *constants);

/* Computes all anew at the objective's precision. */
goldstep_status constants_compute(struct constants *constants, char reason[REASON_MAX],
                                  goldstep_error *error);

#endif
