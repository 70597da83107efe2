/* How two rules that explain the same trace part on other inputs. */
#ifndef GOLDSTEP_PROBE_H
#define GOLDSTEP_PROBE_H

#include "verdict/suspect.h"

struct parting {
    bool possible;     /* the rules could be compared */
    const char *input; /* the first input on which they part: "a gradient of zero", or NULL */
    char conditions
        [512]; /* else what keeps them the same: "lr is constant and momentum = 0", or "" */
};

/* Compares two changed rules on made-up inputs, with the hyperparameters and the recorded quantities of `trace`. */
goldstep_status tell_apart(const goldstep_trace *trace, const struct suspect *a,
                           const struct change *change_a, const struct suspect *b,
                           const struct change *change_b, struct parting *parting,
                           goldstep_error *error);

#endif
