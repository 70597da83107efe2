/* One compiled equation or term, evaluated in intervals at a precision that can change. */
#ifndef GOLDSTEP_FORMULA_H
#define GOLDSTEP_FORMULA_H

#include "eval/evaluator.h"

struct formula {
    struct program *program;
    struct evaluator *evaluator;
};

/* After each of these, even one that fails, the caller closes the formula. */
goldstep_status formula_open(struct formula *formula, const struct spec *spec,
                             const struct function *function, goldstep_error *error);
goldstep_status formula_open_term(struct formula *formula, const struct spec *spec,
                                  const struct node *term, goldstep_error *error);
/* All equations of the specification, and its domain. */
goldstep_status formula_open_spec(struct formula *formula, const struct spec *spec,
                                  goldstep_error *error);
void formula_close(struct formula *formula);

/* Forgets all leaves. */
goldstep_status formula_precision(struct formula *formula, mpfr_prec_t precision,
                                  goldstep_error *error);

void formula_set(const struct formula *formula, enum binding_kind kind, size_t index,
                 mpfi_srcptr value);

/* The output's value with the leaves as they are set. */
enum problem formula_value(const struct formula *formula, mpfi_ptr result);

mpfi_t *intervals_new(size_t count, mpfr_prec_t precision);
void intervals_free(mpfi_t *list, size_t count);

#endif
