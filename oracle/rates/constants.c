#include "rates/constants.h"

#include "error.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* --- the theorem's --------------------------------------------------------------------------------------------- */

static goldstep_status compute_sourced(struct constants *constants, size_t h, enum problem *problem,
                                       goldstep_error *error)
{
    struct objective *objective = constants->objective;
    const struct instance *instance = objective->instance;
    const struct source *source = &constants->trial->sources[h];
    mpfi_ptr value = constants->values[h];
    *problem = PROBLEM_NONE;
    if (source->origin == ORIGIN_CLASS)
        return objective_constant(objective, source->constant, source->largest, value, problem,
                                  error);
    mpfi_t *x = intervals_new(instance->n, objective->precision);
    if (x == NULL)
        return error_memory(error);
    for (size_t i = 0; i < instance->n; i++)
        mpfi_set_d(x[i], instance->x[i]);
    if (source->origin == ORIGIN_R2)
        objective_distance(objective, x, value);
    else if (source->origin == ORIGIN_D0)
        *problem = objective_gap(objective, x, value);
    else if (instance->n == 1)
        mpfi_set(value, x[0]);
    else
        *problem = PROBLEM_UNDEFINED;
    intervals_free(x, instance->n);
    return GOLDSTEP_OK;
}

/* Sets the theorem's constants in an opened formula: all, or those that are known before one is chosen. */
static goldstep_status set_constants(const struct constants *constants, struct formula *formula,
                                     bool all, goldstep_error *error)
{
    const struct trial *trial = constants->trial;
    goldstep_status status = formula_precision(formula, constants->objective->precision, error);
    for (size_t h = 0; status == GOLDSTEP_OK && h < trial->theorem->hypers.count; h++)
        if (all || trial->sources[h].origin != ORIGIN_NONE)
            formula_set(formula, BIND_HYPER, h, constants->values[h]);
    return status;
}

/* A term's value over the constants that are known so far. */
static goldstep_status compute_term(const struct constants *constants, const struct node *term,
                                    mpfi_ptr value, enum problem *problem, goldstep_error *error)
{
    struct formula formula;
    goldstep_status status = formula_open_term(&formula, constants->trial->theorem, term, error);
    if (status == GOLDSTEP_OK)
        status = set_constants(constants, &formula, false, error);
    if (status == GOLDSTEP_OK)
        *problem = formula_value(&formula, value);
    formula_close(&formula);
    return status;
}

static const struct node *chosen_term(const struct trial *trial, size_t h)
{
    const struct choice *choice = trial->choice;
    return trial->set[h] != NULL                           ? trial->set[h]
           : choice->term != NULL && choice->constant == h ? choice->term
                                                           : NULL;
}

static bool is_exact(const struct trial *trial, size_t h)
{
    return trial->set[h] == NULL && trial->choice->exact;
}

static goldstep_status compute_chosen(struct constants *constants, size_t h, enum problem *problem,
                                      goldstep_error *error)
{
    const struct node *term = chosen_term(constants->trial, h);
    *problem = PROBLEM_NONE;
    if (constants->fixed[h]) {
        mpfi_set_d(constants->values[h], constants->fixed_at[h]);
        return GOLDSTEP_OK;
    }
    if (term == NULL) {
        *problem = PROBLEM_UNDEFINED;
        return GOLDSTEP_OK;
    }
    return compute_term(constants, term, constants->values[h], problem, error);
}

static goldstep_status compute_theorem(struct constants *constants, char reason[REASON_MAX],
                                       goldstep_error *error)
{
    const struct spec *theorem = constants->trial->theorem;
    for (int chosen = 0; chosen < 2; chosen++)
        for (size_t h = 0; h < theorem->hypers.count; h++) {
            if ((constants->trial->sources[h].origin == ORIGIN_NONE) != chosen)
                continue;
            enum problem problem;
            goldstep_status status = chosen ? compute_chosen(constants, h, &problem, error)
                                            : compute_sourced(constants, h, &problem, error);
            if (status != GOLDSTEP_OK)
                return status;
            if (problem == PROBLEM_NONE)
                continue;
            snprintf(reason, REASON_MAX, "its constant `%.60s` has no value: %s",
                     theorem->hypers.list[h].name, problem_text(problem));
            return GOLDSTEP_OK;
        }
    return GOLDSTEP_OK;
}

/* --- the rule's ------------------------------------------------------------------------------------------------ */

/* The theorem's name for a hyperparameter of the rule. */
static const char *theorems_name(const char *hyper)
{
    return strcmp(hyper, "lr") == 0 ? "gamma" : hyper;
}

static goldstep_status compute_hyper(struct constants *constants, size_t h, char reason[REASON_MAX],
                                     goldstep_error *error)
{
    const struct spec *theorem = constants->trial->theorem;
    const char *hyper = constants->trial->rule->hypers.list[h].name;
    const char *name = theorems_name(hyper);
    struct binding binding = spec_bind(theorem, name);
    if (binding.kind == BIND_HYPER) {
        mpfi_set(constants->hypers[h], constants->values[binding.index]);
        return GOLDSTEP_OK;
    }
    if (strcmp(hyper, "f_star") == 0) {
        objective_minimum(constants->objective, constants->hypers[h]);
        return GOLDSTEP_OK;
    }
    const struct function *function = spec_equation(theorem, name);
    if (function == NULL || function->result == TYPE_BOOLEAN) {
        snprintf(reason, REASON_MAX, "nothing says what the rule's `%.60s` is", hyper);
        return GOLDSTEP_OK;
    }
    struct formula formula;
    enum problem problem = PROBLEM_NONE;
    goldstep_status status = formula_open(&formula, theorem, function, error);
    if (status == GOLDSTEP_OK)
        status = set_constants(constants, &formula, true, error);
    if (status == GOLDSTEP_OK)
        problem = formula_value(&formula, constants->hypers[h]);
    if (status == GOLDSTEP_OK && problem != PROBLEM_NONE)
        snprintf(reason, REASON_MAX, "%.60s: %s", function->name, problem_text(problem));
    formula_close(&formula);
    return status;
}

static goldstep_status compute_all(struct constants *constants, bool of_rule,
                                   char reason[REASON_MAX], goldstep_error *error)
{
    const struct trial *trial = constants->trial;
    size_t count = trial->theorem->hypers.count, rules = trial->rule->hypers.count;
    intervals_free(constants->values, count);
    intervals_free(constants->hypers, rules);
    constants->values = intervals_new(count, constants->objective->precision);
    constants->hypers = intervals_new(rules, constants->objective->precision);
    if (constants->values == NULL || constants->hypers == NULL)
        return error_memory(error);
    goldstep_status status = compute_theorem(constants, reason, error);
    for (size_t h = 0; status == GOLDSTEP_OK && *reason == '\0' && of_rule && h < rules; h++)
        status = compute_hyper(constants, h, reason, error);
    return status;
}

goldstep_status constants_compute(struct constants *constants, char reason[REASON_MAX],
                                  goldstep_error *error)
{
    return compute_all(constants, true, reason, error);
}

/* --- fixing, and the domains ----------------------------------------------------------------------------------- */

static void fix(struct constants *constants)
{
    const struct trial *trial = constants->trial;
    for (size_t h = 0; h < trial->theorem->hypers.count; h++) {
        if (trial->sources[h].origin != ORIGIN_NONE || is_exact(trial, h))
            continue;
        double scale = trial->set[h] != NULL ? 1 : trial->choice->scale;
        mpfi_srcptr value = constants->values[h];
        constants->fixed[h] = true;
        constants->fixed_at[h] =
            scale *
            mpfr_get_d(mpfr_sgn(&value->left) >= 0 ? &value->left : &value->right, MPFR_RNDZ);
    }
}

/* Whether the condition asks for the value that was taken from it. */
static bool is_by_choice(const struct trial *trial, const struct node *node)
{
    return trial->choice->exact && trial->set[trial->choice->constant] == NULL &&
           node->kind == NODE_EQUAL && node->arg_count == 2 && node->args[1] == trial->choice->term;
}

static goldstep_status check_domain(const struct constants *constants, const struct spec *spec,
                                    mpfi_t *values, char reason[REASON_MAX], goldstep_error *error)
{
    struct formula formula;
    if (spec->domain == NULL)
        return GOLDSTEP_OK;
    goldstep_status status = formula_open_spec(&formula, spec, error);
    if (status == GOLDSTEP_OK)
        status = formula_precision(&formula, constants->objective->precision, error);
    for (size_t h = 0; status == GOLDSTEP_OK && h < spec->hypers.count; h++)
        formula_set(&formula, BIND_HYPER, h, values[h]);
    if (status == GOLDSTEP_OK)
        evaluator_new_step(formula.evaluator);
    for (int d = 0; status == GOLDSTEP_OK && *reason == '\0' && d < formula.program->domain_count;
         d++) {
        const struct conjunct *conjunct = &formula.program->domain[d];
        int truth = evaluator_truth(formula.evaluator, conjunct->instruction);
        if (truth == 1 || (truth < 0 && is_by_choice(constants->trial, conjunct->node)))
            continue;
        char text[160];
        node_print(conjunct->node, text, sizeof text);
        snprintf(reason, REASON_MAX, "%s: `%s` %s", spec->domain->name, text,
                 truth == 0 ? "does not hold" : "is not decided");
    }
    formula_close(&formula);
    return status;
}

static goldstep_status check_domains(struct constants *constants, char reason[REASON_MAX],
                                     goldstep_error *error)
{
    const struct trial *trial = constants->trial;
    size_t coordinate;
    goldstep_status status = objective_outside(constants->objective, &coordinate, error);
    if (status == GOLDSTEP_OK && coordinate < trial->instance->n)
        snprintf(reason, REASON_MAX, "the parameters of coordinate %zu are outside the domain",
                 coordinate + 1);
    if (status == GOLDSTEP_OK && *reason == '\0' && !trial->past_domain)
        status = check_domain(constants, trial->theorem, constants->values, reason, error);
    if (status == GOLDSTEP_OK && *reason == '\0' && !trial->past_domain)
        status = check_domain(constants, trial->rule, constants->hypers, reason, error);
    return status;
}

goldstep_status constants_open(struct constants *constants, const struct trial *trial,
                               struct objective *objective, char reason[REASON_MAX], bool *outside,
                               goldstep_error *error)
{
    *constants = (struct constants){.trial = trial, .objective = objective};
    *outside = false;
    goldstep_status status = compute_all(constants, false, reason, error);
    if (status != GOLDSTEP_OK || *reason != '\0')
        return status;
    fix(constants);
    status = constants_compute(constants, reason, error);
    if (status != GOLDSTEP_OK || *reason != '\0')
        return status;
    status = check_domains(constants, reason, error);
    *outside = *reason != '\0';
    return status;
}

void constants_close(struct constants *constants)
{
    intervals_free(constants->values, constants->trial->theorem->hypers.count);
    intervals_free(constants->hypers, constants->trial->rule->hypers.count);
}
