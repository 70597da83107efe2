/* The oracle's answer to one step: the correctly rounded results, and how far a conforming result may be from them. */
#ifndef GOLDSTEP_ANSWER_H
#define GOLDSTEP_ANSWER_H

#include "eval/evaluator.h"

#include <stdint.h>

enum { MAX_WIDTH = 4 };

/* What a step starts from and returns: x (or a schedule's lr), and the states in the specification's order. */
struct values {
    double x[MAX_WIDTH], states[MAX_ITEMS][MAX_WIDTH], scalar_states[MAX_ITEMS];
};

struct given {
    uint64_t t;   /* at most 2^53 */
    size_t width; /* coordinates */
    struct values before;
    double inputs[MAX_ITEMS][MAX_WIDTH], scalar_inputs[MAX_ITEMS];
};

struct answer {
    const char *undefined; /* the first result that has no value, or NULL */
    enum problem problem;  /* why it has none */
    struct values after;
    struct values
        budget; /* in ulps of the rounded result, from there; infinite where there is no bound */
};

/* Answers one step of `spec` in `format`. The numbers given are the format's, the hyperparameters in the domain. */
goldstep_status answer_step(const struct spec *spec, goldstep_format format, const double *hypers,
                            const struct given *given, struct answer *answer,
                            goldstep_error *error);

#endif
