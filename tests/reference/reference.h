/* Every rule's reference and every schedule's behind one signature. bindings.c writes the table from the
 * specifications. */
#ifndef GOLDSTEP_TEST_REFERENCE_H
#define GOLDSTEP_TEST_REFERENCE_H

#include "real.h"

/* One call's arguments; each list is in the specification's order. A schedule's rate goes to x[0], and its k is
 * t - 1. */
struct arguments {
    size_t n;
    real_t *x;
    real_t *const *inputs;
    const real_t *scalar_inputs;
    real_t *const *states;
    real_t *const *scalar_states;
    uint64_t t;
    const real_t *hypers;
};

struct reference {
    const char *name;
    void (*call)(const struct arguments *a);
};

extern const struct reference references[]; /* ended by a NULL name */

#endif
