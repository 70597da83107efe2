/* How two rules that explain the same trace part on other inputs. */
#ifndef GOLDSTEP_PROBE_H
#define GOLDSTEP_PROBE_H

#include "verdict/suspect.h"

/* What tells two rules apart, or what keeps them the same. */
struct parting {
    bool possible;        /* the rules could be compared */
    char input[160];      /* the first thing on which they part, or "": "a gradient of zero" */
    char conditions[512]; /* if no input parts them: "lr is constant and momentum = 0" */
};

/* Compares two changed rules on made-up inputs, with the hyperparameters and the recorded quantities of `trace`. */
goldstep_status tell_apart(const goldstep_trace *trace, const struct suspect *a,
                           const struct change *change_a, const struct suspect *b,
                           const struct change *change_b, struct parting *parting,
                           goldstep_error *error);

#endif
