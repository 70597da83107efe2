#include "rates/runner.h"

#include "error.h"

#include <string.h>

enum { MAX_EXPONENT = 4096 };

/* Where the gradient is taken: the specification says it in words. */
static const struct {
    const char *rule, *point;
} known[] = {{"gd", "x"}, {"polyak", "x"}, {"heavy_ball", "x"}, {"nesterov_convex", "y"}};

static const char *point_of(const struct spec *rule)
{
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(rule->name, known[i].rule) == 0)
            return known[i].point;
    return NULL;
}

static bool only(const struct items *items, const char *name)
{
    return items->count == 0 || (items->count == 1 && strcmp(items->list[0].name, name) == 0);
}

const char *runner_refuses(const struct spec *rule)
{
    const char *point = rule->kind == SPEC_RULE ? point_of(rule) : NULL;
    if (point == NULL)
        return "this rule is not run yet";
    enum binding_kind kind = spec_bind(rule, point).kind;
    if (kind != BIND_X && kind != BIND_STATE)
        return "the rule has not the state at which its gradient is taken";
    return only(&rule->inputs, "g") && only(&rule->scalar_inputs, "f")
               ? NULL
               : "the rule takes other inputs than a gradient g and a value f";
}

static enum problem set_initial(struct runner *runner, const int *initial, size_t count, mpfi_t *to,
                                size_t stride)
{
    for (size_t s = 0; s < count; s++) {
        enum problem problem;
        mpfi_srcptr value = evaluator_value(runner->formula.evaluator, initial[s], &problem);
        if (problem != PROBLEM_NONE)
            return problem;
        mpfi_set(to[s * stride], value);
    }
    return PROBLEM_NONE;
}

static enum problem start(struct runner *runner)
{
    const struct program *program = runner->formula.program;
    enum problem problem = PROBLEM_NONE;
    for (size_t i = 0; i < runner->n && problem == PROBLEM_NONE; i++) {
        mpfi_set_d(runner->now[i], runner->objective->instance->x[i]);
        formula_set(&runner->formula, BIND_X, 0, runner->now[i]);
        evaluator_new_step(runner->formula.evaluator);
        problem = set_initial(runner, program->initial_states, runner->vectors - 1,
                              runner->now + runner->n + i, runner->n);
    }
    if (problem == PROBLEM_NONE)
        problem = set_initial(runner, program->initial_scalars, runner->rule->scalar_states.count,
                              runner->scalars_now, 1);
    return problem;
}

goldstep_status runner_open(struct runner *runner, const struct spec *rule,
                            struct objective *objective, mpfi_t *hypers, enum problem *problem,
                            goldstep_error *error)
{
    mpfr_prec_t precision = objective->precision;
    struct binding point = spec_bind(rule, point_of(rule));
    *runner = (struct runner){.rule = rule,
                              .objective = objective,
                              .n = objective->instance->n,
                              .vectors = 1 + rule->states.count,
                              .point = point.kind == BIND_X ? 0 : 1 + point.index};
    mpfi_init2(runner->value, precision);
    mpfi_init2(runner->sum, precision);
    runner->now = intervals_new(runner->vectors * runner->n, precision);
    runner->next = intervals_new(runner->vectors * runner->n, precision);
    runner->scalars_now = intervals_new(rule->scalar_states.count, precision);
    runner->scalars_next = intervals_new(rule->scalar_states.count, precision);
    runner->gradient = intervals_new(runner->n, precision);
    if (runner->now == NULL || runner->next == NULL || runner->scalars_now == NULL ||
        runner->scalars_next == NULL || runner->gradient == NULL)
        return error_memory(error);
    goldstep_status status = formula_open_spec(&runner->formula, rule, error);
    if (status == GOLDSTEP_OK)
        status = formula_precision(&runner->formula, precision, error);
    if (status != GOLDSTEP_OK)
        return status;
    for (size_t h = 0; h < rule->hypers.count; h++)
        formula_set(&runner->formula, BIND_HYPER, h, hypers[h]);
    *problem = start(runner);
    return GOLDSTEP_OK;
}

void runner_close(struct runner *runner)
{
    formula_close(&runner->formula);
    intervals_free(runner->now, runner->vectors * runner->n);
    intervals_free(runner->next, runner->vectors * runner->n);
    intervals_free(runner->scalars_now, runner->rule->scalar_states.count);
    intervals_free(runner->scalars_next, runner->rule->scalar_states.count);
    intervals_free(runner->gradient, runner->n);
    mpfi_clear(runner->value);
    mpfi_clear(runner->sum);
}

bool runner_in_range(const struct runner *runner)
{
    for (size_t i = 0; i < runner->vectors * runner->n; i++) {
        mpfr_srcptr ends[] = {&runner->now[i]->left, &runner->now[i]->right};
        for (int e = 0; e < 2; e++)
            if (!mpfr_number_p(ends[e]) ||
                (mpfr_regular_p(ends[e]) && mpfr_get_exp(ends[e]) > MAX_EXPONENT))
                return false;
    }
    return true;
}

void runner_reduce(struct runner *runner, enum reduction_kind kind, mpfi_ptr result)
{
    mpfi_set_ui(result, 0);
    for (size_t i = 0; i < runner->n; i++) {
        if (kind == REDUCE_SUM)
            mpfi_set(runner->value, runner->gradient[i]);
        else
            mpfi_sqr(runner->value, runner->gradient[i]);
        mpfi_add(result, result, runner->value);
    }
    if (kind == REDUCE_NORM2)
        mpfi_sqrt(result, result);
}

static enum problem set_step(struct runner *runner, unsigned long t)
{
    const struct formula *formula = &runner->formula;
    enum problem problem = objective_gradient(
        runner->objective, runner->now + runner->point * runner->n, runner->gradient);
    if (problem != PROBLEM_NONE)
        return problem;
    for (size_t r = 0; r < runner->rule->reduce.count; r++) {
        runner_reduce(runner, runner->rule->reductions[r].kind, runner->sum);
        formula_set(formula, BIND_REDUCTION, r, runner->sum);
    }
    if (runner->rule->scalar_inputs.count > 0) {
        problem = objective_value(runner->objective, runner->now, runner->sum);
        formula_set(formula, BIND_SCALAR_INPUT, 0, runner->sum);
    }
    for (size_t s = 0; s < runner->rule->scalar_states.count; s++)
        formula_set(formula, BIND_SCALAR_STATE, s, runner->scalars_now[s]);
    mpfi_set_ui(runner->sum, t);
    formula_set(formula, BIND_T, 0, runner->sum);
    mpfi_set_ui(runner->sum, t - 1);
    formula_set(formula, BIND_K, 0, runner->sum);
    return problem;
}

static enum problem take(struct runner *runner, int instruction, mpfi_ptr result)
{
    enum problem problem;
    mpfi_srcptr value = evaluator_value(runner->formula.evaluator, instruction, &problem);
    if (problem == PROBLEM_NONE)
        mpfi_set(result, value);
    return problem;
}

enum problem runner_step(struct runner *runner, unsigned long t)
{
    const struct formula *formula = &runner->formula;
    const struct program *program = formula->program;
    enum problem problem = set_step(runner, t);
    evaluator_new_step(formula->evaluator);
    for (size_t i = 0; i < runner->n; i++) {
        if (problem != PROBLEM_NONE)
            return problem;
        formula_set(formula, BIND_X, 0, runner->now[i]);
        for (size_t s = 1; s < runner->vectors; s++)
            formula_set(formula, BIND_STATE, s - 1, runner->now[s * runner->n + i]);
        if (runner->rule->inputs.count > 0)
            formula_set(formula, BIND_INPUT, 0, runner->gradient[i]);
        evaluator_new_coordinate(formula->evaluator);
        for (size_t s = 0; s < runner->vectors && problem == PROBLEM_NONE; s++)
            problem = take(runner, program_result(program, s), runner->next[s * runner->n + i]);
    }
    for (size_t s = 0; s < runner->rule->scalar_states.count && problem == PROBLEM_NONE; s++)
        problem = take(runner, program->scalar_states[s], runner->scalars_next[s]);
    mpfi_t *now = runner->now, *scalars = runner->scalars_now;
    runner->now = runner->next;
    runner->next = now;
    runner->scalars_now = runner->scalars_next;
    runner->scalars_next = scalars;
    return problem;
}
