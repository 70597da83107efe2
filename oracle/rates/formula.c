#include "rates/formula.h"

#include "error.h"

#include <stdlib.h>

goldstep_status formula_open(struct formula *formula, const struct spec *spec,
                             const struct function *function, goldstep_error *error)
{
    *formula = (struct formula){0};
    return program_compile_function(spec, function, &formula->program, error);
}

goldstep_status formula_open_term(struct formula *formula, const struct spec *spec,
                                  const struct node *term, goldstep_error *error)
{
    *formula = (struct formula){0};
    return program_compile_term(spec, term, &formula->program, error);
}

goldstep_status formula_open_spec(struct formula *formula, const struct spec *spec,
                                  goldstep_error *error)
{
    *formula = (struct formula){0};
    return program_compile(spec, &formula->program, error);
}

void formula_close(struct formula *formula)
{
    evaluator_free(formula->evaluator);
    program_free(formula->program);
    *formula = (struct formula){0};
}

goldstep_status formula_precision(struct formula *formula, mpfr_prec_t precision,
                                  goldstep_error *error)
{
    evaluator_free(formula->evaluator);
    formula->evaluator = evaluator_new(formula->program, NULL, precision);
    return formula->evaluator != NULL ? GOLDSTEP_OK : error_memory(error);
}

void formula_set(const struct formula *formula, enum binding_kind kind, size_t index,
                 mpfi_srcptr value)
{
    evaluator_set_interval(formula->evaluator, program_leaf(formula->program, kind, index), value);
}

enum problem formula_value(const struct formula *formula, mpfi_ptr result)
{
    enum problem problem;
    evaluator_new_step(formula->evaluator);
    mpfi_srcptr value = evaluator_value(formula->evaluator, formula->program->output, &problem);
    if (problem != PROBLEM_NONE)
        return problem;
    if (mpfi_nan_p(value))
        return PROBLEM_UNDEFINED;
    mpfi_set(result, value);
    return PROBLEM_NONE;
}

mpfi_t *intervals_new(size_t count, mpfr_prec_t precision)
{
    mpfi_t *list = calloc(count + 1, sizeof *list);
    for (size_t i = 0; list != NULL && i < count; i++)
        mpfi_init2(list[i], precision);
    return list;
}

void intervals_free(mpfi_t *list, size_t count)
{
    for (size_t i = 0; list != NULL && i < count; i++)
        mpfi_clear(list[i]);
    free(list);
}
