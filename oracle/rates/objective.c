#include "rates/objective.h"

#include "error.h"
#include "eval/interval.h"

goldstep_status objective_open(struct objective *objective, const struct spec *spec,
                               const struct instance *instance, goldstep_error *error)
{
    *objective = (struct objective){.spec = spec, .instance = instance, .precision = 64};
    mpfi_init2(objective->term, 64);
    mpfi_init2(objective->parameter, 64);
    const struct {
        struct formula *formula;
        const char *suffix;
    } parts[] = {{&objective->f, "f"},
                 {&objective->g, "g"},
                 {&objective->xstar, "xstar"},
                 {&objective->least, "min"}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        goldstep_status status =
            formula_open(parts[i].formula, spec, spec_equation(spec, parts[i].suffix), error);
        if (status != GOLDSTEP_OK)
            return status;
    }
    return GOLDSTEP_OK;
}

void objective_close(struct objective *objective)
{
    formula_close(&objective->f);
    formula_close(&objective->g);
    formula_close(&objective->xstar);
    formula_close(&objective->least);
    mpfi_clear(objective->term);
    mpfi_clear(objective->parameter);
    intervals_free(objective->minimiser, objective->instance->n);
    intervals_free(objective->minimum, objective->instance->n);
}

/* The parameters of coordinate `i`. */
static void set_parameters(struct objective *objective, const struct formula *formula, size_t i)
{
    const struct instance *instance = objective->instance;
    for (size_t h = 0; h < objective->spec->hypers.count; h++) {
        mpfi_set_d(objective->parameter, instance->hypers[h * instance->n + i]);
        formula_set(formula, BIND_HYPER, h, objective->parameter);
    }
}

static enum problem value_at(struct objective *objective, const struct formula *formula, size_t i,
                             mpfi_ptr result)
{
    set_parameters(objective, formula, i);
    return formula_value(formula, result);
}

static enum problem find_minimum(struct objective *objective)
{
    for (size_t i = 0; i < objective->instance->n; i++) {
        enum problem problem = value_at(objective, &objective->xstar, i, objective->minimiser[i]);
        if (problem == PROBLEM_NONE)
            problem = value_at(objective, &objective->least, i, objective->minimum[i]);
        if (problem != PROBLEM_NONE)
            return problem;
    }
    return PROBLEM_NONE;
}

goldstep_status objective_precision(struct objective *objective, mpfr_prec_t precision,
                                    enum problem *problem, goldstep_error *error)
{
    size_t n = objective->instance->n;
    intervals_free(objective->minimiser, n);
    intervals_free(objective->minimum, n);
    objective->minimiser = intervals_new(n, precision);
    objective->minimum = intervals_new(n, precision);
    if (objective->minimiser == NULL || objective->minimum == NULL)
        return error_memory(error);
    objective->precision = precision;
    mpfi_set_prec(objective->term, precision);
    struct formula *const formulas[] = {&objective->f, &objective->g, &objective->xstar,
                                        &objective->least};
    for (size_t i = 0; i < sizeof formulas / sizeof *formulas; i++) {
        goldstep_status status = formula_precision(formulas[i], precision, error);
        if (status != GOLDSTEP_OK)
            return status;
    }
    *problem = find_minimum(objective);
    return GOLDSTEP_OK;
}

/* The sum of f, or of f - min f, whose terms lose less of the precision when subtracted one by one. */
static enum problem sum(struct objective *objective, mpfi_t *x, bool gap, mpfi_ptr result)
{
    mpfi_set_ui(result, 0);
    for (size_t i = 0; i < objective->instance->n; i++) {
        formula_set(&objective->f, BIND_X, 0, x[i]);
        enum problem problem = value_at(objective, &objective->f, i, objective->term);
        if (problem != PROBLEM_NONE)
            return problem;
        if (gap)
            mpfi_sub(objective->term, objective->term, objective->minimum[i]);
        mpfi_add(result, result, objective->term);
    }
    return PROBLEM_NONE;
}

enum problem objective_gap(struct objective *objective, mpfi_t *x, mpfi_ptr result)
{
    return sum(objective, x, true, result);
}

enum problem objective_value(struct objective *objective, mpfi_t *x, mpfi_ptr result)
{
    return sum(objective, x, false, result);
}

enum problem objective_gradient(struct objective *objective, mpfi_t *x, mpfi_t *result)
{
    for (size_t i = 0; i < objective->instance->n; i++) {
        formula_set(&objective->g, BIND_X, 0, x[i]);
        enum problem problem = value_at(objective, &objective->g, i, result[i]);
        if (problem != PROBLEM_NONE)
            return problem;
    }
    return PROBLEM_NONE;
}

void objective_distance(struct objective *objective, mpfi_t *x, mpfi_ptr result)
{
    mpfi_set_ui(result, 0);
    for (size_t i = 0; i < objective->instance->n; i++) {
        mpfi_sub(objective->term, x[i], objective->minimiser[i]);
        mpfi_sqr(objective->term, objective->term);
        mpfi_add(result, result, objective->term);
    }
}

void objective_minimum(const struct objective *objective, mpfi_ptr result)
{
    mpfi_set_ui(result, 0);
    for (size_t i = 0; i < objective->instance->n; i++)
        mpfi_add(result, result, objective->minimum[i]);
}

goldstep_status objective_constant(struct objective *objective, const char *name, bool largest,
                                   mpfi_ptr result, enum problem *problem, goldstep_error *error)
{
    struct formula formula;
    goldstep_status status =
        formula_open(&formula, objective->spec, spec_equation(objective->spec, name), error);
    if (status == GOLDSTEP_OK)
        status = formula_precision(&formula, objective->precision, error);
    *problem = PROBLEM_NONE;
    for (size_t i = 0;
         status == GOLDSTEP_OK && *problem == PROBLEM_NONE && i < objective->instance->n; i++) {
        *problem = value_at(objective, &formula, i, objective->term);
        if (*problem != PROBLEM_NONE)
            break;
        if (i == 0)
            mpfi_set(result, objective->term);
        else if (largest)
            interval_max(result, result, objective->term);
        else
            interval_min(result, result, objective->term);
    }
    formula_close(&formula);
    return status;
}

goldstep_status objective_outside(struct objective *objective, size_t *coordinate,
                                  goldstep_error *error)
{
    struct formula formula;
    *coordinate = objective->instance->n;
    if (objective->spec->domain == NULL)
        return GOLDSTEP_OK;
    goldstep_status status = formula_open_spec(&formula, objective->spec, error);
    if (status == GOLDSTEP_OK)
        status = formula_precision(&formula, objective->precision, error);
    for (size_t i = objective->instance->n; status == GOLDSTEP_OK && i-- > 0;) {
        set_parameters(objective, &formula, i);
        evaluator_new_step(formula.evaluator);
        for (int d = 0; d < formula.program->domain_count; d++)
            if (evaluator_truth(formula.evaluator, formula.program->domain[d].instruction) != 1)
                *coordinate = i;
    }
    formula_close(&formula);
    return status;
}
