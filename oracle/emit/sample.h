/* What questions are made from: numbers that are the same anywhere, and a rule's initial states. */
#ifndef GOLDSTEP_SAMPLE_H
#define GOLDSTEP_SAMPLE_H

#include "eval/evaluator.h"

#include <stdint.h>

/* SplitMix64 (Steele, Lea and Flood 2014): the same numbers for the same seed. */
uint64_t sample_next(uint64_t *random);

/* Uniform on [0, 1). */
double sample_uniform(uint64_t *random);

/* `value` rounded to the format, and finite: JSON has no infinity. */
double sample_round(const struct format *format, double value);

/* A state's initial value at a given x, correctly rounded; NaN where it has none. `root` is its term's instruction in
 * the program, which `evaluator` evaluates in the exact reading. */
double sample_initial(const struct program *program, struct evaluator *evaluator,
                      const struct format *format, const double *hypers, int root, double x);

#endif
