/* Interval evaluation of a compiled rule, in one of two readings:
 *
 * - exact: each value is an enclosure of the specification's real number;
 * - rounded: each value is the set of results that a conforming evaluation in a floating-point format may have
 *   (eval/rounding.h). A condition that this set does not decide splits it: evaluator_next_path goes through
 *   the admissible sides one by one. */
#ifndef GOLDSTEP_EVALUATOR_H
#define GOLDSTEP_EVALUATOR_H

#include "eval/format.h"
#include "eval/program.h"

#include <mpfi.h>

enum { MAX_CHOICES = 8 };

/* Why a value is not known. In the order of severity: the first reason met stays. */
enum problem {
    PROBLEM_NONE,
    PROBLEM_NOT_FINITE, /* an input that the value depends on is NaN or infinite */
    PROBLEM_UNDEFINED,  /* division by zero, or the root or power of a negative number */
    PROBLEM_PRECISION,  /* not decided at this precision */
    PROBLEM_UNBOUNDED,  /* rounded: the set has no bound, as a denominator may be zero */
    PROBLEM_BRANCHES,   /* rounded: more than MAX_CHOICES conditions are undecided */
    PROBLEM_OVERFLOW, /* rounded: an intermediate result may overflow, by the order of evaluation */
};

const char *problem_text(enum problem problem);

struct evaluator;

/* `format` is NULL for the exact reading. NULL where memory is out. */
struct evaluator *evaluator_new(const struct program *program, const struct format *format,
                                mpfr_prec_t precision);
void evaluator_free(struct evaluator *evaluator);

/* Sets a leaf (nothing happens for NO_INSTRUCTION). `rounded`: the implementation may hold the value rounded to its
 * format, as a hyperparameter. */
void evaluator_set(struct evaluator *evaluator, int leaf, double value, bool rounded);
void evaluator_set_interval(struct evaluator *evaluator, int leaf, mpfi_srcptr value);

/* Marks a leaf as unknown, for this reason. */
void evaluator_set_problem(struct evaluator *evaluator, int leaf, enum problem problem);

/* Forgets what was computed: for all, or for the per-coordinate values only. Call it after setting leaves. */
void evaluator_new_step(struct evaluator *evaluator);
void evaluator_new_coordinate(struct evaluator *evaluator);

/* The value of an instruction, valid until the next call; *problem says whether it is known. */
mpfi_srcptr evaluator_value(struct evaluator *evaluator, int instruction, enum problem *problem);

/* Rounded: whether that value, known as it is, may be infinity or NaN in another order of evaluation. */
bool evaluator_overflows(const struct evaluator *evaluator, int instruction);

/* A formula's truth: 1, 0, or -1 where it is not decided. Exact reading. */
int evaluator_truth(struct evaluator *evaluator, int instruction);

/* After evaluator_value in the rounded reading: moves on to the next admissible side of the undecided conditions that
 * it met, or returns false where there is none. */
bool evaluator_next_path(struct evaluator *evaluator);

#endif
