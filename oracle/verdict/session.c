#include "verdict/session.h"

#include "error.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

double session_hyper(const struct session *session, size_t step, size_t hyper)
{
    return session->hypers[step * session->spec->hypers.count + hyper];
}

double session_t(const struct session *session, size_t step)
{
    return session->step_factor * (double)step + session->step_shift;
}

const struct reduced *session_reduced(const struct session *session, size_t step, size_t reduction)
{
    return &session->reduced[step * session->spec->reduce.count + reduction];
}

const char *session_result(const struct session *session)
{
    return session->spec->kind == SPEC_SCHEDULE ? "lr" : "x";
}

/* --- hyperparameters ------------------------------------------------------------------------------------------- */

static goldstep_status check_hyper_names(const struct session *session, goldstep_error *error)
{
    for (size_t i = 0; i < trace_hypers(session->trace) && session->owner == NULL; i++) {
        const char *name = trace_hyper_name(session->trace, i);
        if (spec_bind(session->spec, name).kind != BIND_HYPER)
            return error_set(error, GOLDSTEP_BAD_INPUT, trace_file(session->trace), 0, 0,
                             "`%s` is not a hyperparameter of %s", name, session->spec->shown);
    }
    return GOLDSTEP_OK;
}

/* The hyperparameters that a formula reads, in its order. */
struct reads {
    size_t list[MAX_ITEMS];
    size_t count;
};

static void find_reads(const struct program *program, int instruction, struct reads *reads)
{
    const struct instruction *code = &program->code[instruction];
    if (code->op == NODE_NAME && code->leaf.kind == BIND_HYPER) {
        for (size_t i = 0; i < reads->count; i++)
            if (reads->list[i] == code->leaf.index)
                return;
        reads->list[reads->count++] = code->leaf.index;
    }
    for (int i = 0; i < 3 && code->args[i] != NO_INSTRUCTION; i++)
        find_reads(program, code->args[i], reads);
}

/* "lr = 0.001, beta1 = 1.5" of the names that the formula reads. */
static void print_values(const struct program *program, int instruction, const double *hypers,
                         char *text, size_t size)
{
    struct reads reads = {.count = 0};
    find_reads(program, instruction, &reads);
    for (size_t i = 0; i < reads.count; i++) {
        size_t used = strlen(text), hyper = reads.list[i];
        snprintf(text + used, size - used, "%s%s = %.17g", used > 0 ? ", " : "",
                 program->spec->hypers.list[hyper].name, hypers[hyper]);
    }
}

goldstep_status domain_check(const struct program *program, const double *hypers, const char *where,
                             goldstep_error *error)
{
    if (program->domain_count == 0)
        return GOLDSTEP_OK;
    struct evaluator *evaluator = evaluator_new(program, NULL, 256);
    if (evaluator == NULL)
        return error_memory(error);
    for (size_t i = 0; i < program->spec->hypers.count; i++)
        evaluator_set(evaluator, program_leaf(program, BIND_HYPER, i), hypers[i], false);
    goldstep_status status = GOLDSTEP_OK;
    for (int i = 0; i < program->domain_count && status == GOLDSTEP_OK; i++) {
        const struct conjunct *conjunct = &program->domain[i];
        if (evaluator_truth(evaluator, conjunct->instruction) == 1)
            continue;
        char formula[256], values[256] = "";
        node_print(conjunct->node, formula, sizeof formula);
        print_values(program, conjunct->instruction, hypers, values, sizeof values);
        status = error_set(error, GOLDSTEP_BAD_INPUT, NULL, 0, 0,
                           "%s: outside the domain of %s: expected %s, found %s", where,
                           program->spec->shown, formula, values);
    }
    evaluator_free(evaluator);
    return status;
}

static double default_of(const struct session *session, const struct item *hyper)
{
    if (session->owner != NULL) {
        struct binding binding = spec_bind(session->owner, hyper->name);
        if (binding.kind == BIND_HYPER)
            return session->owner->hypers.list[binding.index].value;
    }
    return hyper->value;
}

static goldstep_status read_hypers(struct session *session, goldstep_error *error)
{
    size_t count = session->spec->hypers.count;
    goldstep_status status = check_hyper_names(session, error);
    session->hypers = calloc((session->steps + 1) * count + 1, sizeof *session->hypers);
    if (session->hypers == NULL)
        return error_memory(error);
    for (size_t step = 0; step <= session->steps && status == GOLDSTEP_OK; step++) {
        double *row = &session->hypers[step * count];
        for (size_t i = 0; i < count; i++) {
            const struct item *hyper = &session->spec->hypers.list[i];
            if (!trace_hyper(session->trace, step, hyper->name, &row[i]))
                row[i] = default_of(session, hyper);
        }
        if (step == 0 || memcmp(row, row - count, count * sizeof *row) != 0) {
            char where[64];
            snprintf(where, sizeof where, "step %zu", step);
            status = domain_check(session->program, row, where, error);
        }
    }
    return status;
}

/* --- tensors --------------------------------------------------------------------------------------------------- */

enum shape { SHAPE_NONE, SHAPE_VECTOR, SHAPE_SCALAR };

static enum shape shape_of(const struct session *session, const char *quantity)
{
    if (session->spec->kind == SPEC_SCHEDULE)
        return strcmp(quantity, "lr") == 0 ? SHAPE_SCALAR : SHAPE_NONE;
    if (strcmp(quantity, LOW_COPY) == 0)
        return SHAPE_VECTOR;
    switch (spec_bind(session->spec, quantity).kind) {
    case BIND_X:
    case BIND_INPUT:
    case BIND_STATE:
        return SHAPE_VECTOR;
    case BIND_SCALAR_INPUT:
    case BIND_SCALAR_STATE:
        return SHAPE_SCALAR;
    default:
        return SHAPE_NONE;
    }
}

static void list_names(char *text, size_t size, const struct items *items)
{
    for (size_t i = 0; i < items->count; i++) {
        size_t used = strlen(text);
        snprintf(text + used, size - used, "%s%s", used > 0 ? ", " : "", items->list[i].name);
    }
}

static goldstep_status unknown_quantity(const struct session *session, const char *tensor,
                                        const char *quantity, goldstep_error *error)
{
    char names[512] = "";
    snprintf(names, sizeof names, "%s", session_result(session));
    list_names(names, sizeof names, &session->spec->inputs);
    list_names(names, sizeof names, &session->spec->scalar_inputs);
    list_names(names, sizeof names, &session->spec->states);
    list_names(names, sizeof names, &session->spec->scalar_states);
    return error_set(error, GOLDSTEP_BAD_INPUT, trace_file(session->trace), 0, 0,
                     "tensor `%s`: `%s` is not a quantity of %s: expected one of %s", tensor,
                     quantity, session->spec->shown, names);
}

/* The tensor's length, from its initial x. */
static goldstep_status tensor_length(const struct session *session, size_t tensor, size_t *length,
                                     goldstep_error *error)
{
    *length = 1;
    if (session->spec->kind == SPEC_SCHEDULE)
        return GOLDSTEP_OK;
    const struct trace_array *x = trace_find(session->trace, 0, tensor, "x");
    if (x == NULL)
        return error_set(error, GOLDSTEP_BAD_INPUT, trace_file(session->trace), 0, 0,
                         "step 0: tensor `%s` has no `x`: expected the iterate that the run starts "
                         "from",
                         trace_tensor_name(session->trace, tensor));
    *length = x->count;
    return GOLDSTEP_OK;
}

static bool is_state(const struct spec *spec, const char *quantity)
{
    enum binding_kind kind = spec_bind(spec, quantity).kind;
    return kind == BIND_STATE || kind == BIND_SCALAR_STATE;
}

static goldstep_status check_quantity(const struct session *session, size_t tensor, size_t length,
                                      const char *quantity, goldstep_error *error)
{
    const char *name = trace_tensor_name(session->trace, tensor);
    enum shape shape = shape_of(session, quantity);
    if (shape == SHAPE_NONE && session->partial && is_state(session->owner, quantity))
        return GOLDSTEP_OK;
    if (shape == SHAPE_NONE)
        return unknown_quantity(session, name, quantity, error);
    size_t want = shape == SHAPE_VECTOR ? length : 1;
    bool low = strcmp(quantity, LOW_COPY) == 0;
    for (size_t step = 0; step <= session->steps; step++) {
        const struct trace_array *array = trace_find(session->trace, step, tensor, quantity);
        if (low && array != NULL && trace_find(session->trace, step, tensor, "x") == NULL)
            return error_set(error, GOLDSTEP_BAD_INPUT, trace_file(session->trace), 0, 0,
                             "step %zu: tensor `%s` has `%s` without the `x` that it is a copy of",
                             step, name, quantity);
        if (array != NULL && array->count != want)
            return error_set(error, GOLDSTEP_BAD_INPUT, trace_file(session->trace), 0, 0,
                             "step %zu: tensor `%s`: expected %zu number%s in `%s`, found %zu",
                             step, name, want, want == 1 ? "" : "s", quantity, array->count);
    }
    return GOLDSTEP_OK;
}

static goldstep_status check_inputs(const struct session *session, size_t tensor,
                                    const struct items *inputs, goldstep_error *error)
{
    for (size_t step = 1; step <= session->steps; step++)
        for (size_t i = 0; i < inputs->count; i++)
            if (trace_find(session->trace, step, tensor, inputs->list[i].name) == NULL)
                return error_set(error, GOLDSTEP_BAD_INPUT, trace_file(session->trace), 0, 0,
                                 "step %zu: tensor `%s` has no `%s`, an input of %s", step,
                                 trace_tensor_name(session->trace, tensor), inputs->list[i].name,
                                 session->spec->shown);
    return GOLDSTEP_OK;
}

static goldstep_status check_tensor(const struct session *session, size_t tensor,
                                    goldstep_error *error)
{
    size_t length;
    goldstep_status status = tensor_length(session, tensor, &length, error);
    size_t quantities = trace_quantities(session->trace, tensor);
    for (size_t i = 0; i < quantities && status == GOLDSTEP_OK; i++)
        status = check_quantity(session, tensor, length,
                                trace_quantity_name(session->trace, tensor, i), error);
    if (status == GOLDSTEP_OK)
        status = check_inputs(session, tensor, &session->spec->inputs, error);
    if (status == GOLDSTEP_OK)
        status = check_inputs(session, tensor, &session->spec->scalar_inputs, error);
    return status;
}

static goldstep_status check_tensors(const struct session *session, goldstep_error *error)
{
    goldstep_status status = GOLDSTEP_OK;
    for (size_t i = 0; i < trace_tensors(session->trace) && status == GOLDSTEP_OK; i++)
        status = check_tensor(session, i, error);
    return status;
}

/* --- reductions ------------------------------------------------------------------------------------------------ */

/* Adds the tensor's terms to `sum`, their absolute values to `absolute`; false where one is not finite. */
static bool add_terms(const struct reduction *reduction, const struct trace_array *const *inputs,
                      mpfi_ptr sum, mpfi_ptr absolute, mpfi_ptr term)
{
    const struct trace_array *a = inputs[0], *b = inputs[1];
    for (size_t i = 0; i < a->count; i++) {
        double first = array_get(a, i);
        double second = reduction->kind == REDUCE_SUM ? 1.0 : array_get(b, i);
        if (!isfinite(first) || !isfinite(second))
            return false;
        mpfi_set_d(term, first);
        mpfi_mul_d(term, term, second);
        mpfi_add(sum, sum, term);
        mpfi_abs(term, term);
        mpfi_add(absolute, absolute, term);
    }
    return true;
}

/* A sum, of squares too, may overflow where the root of it would not. */
static void reach_infinity(const struct format *format, mpfi_ptr set)
{
    if (mpfr_cmp_d(&set->right, format->max_finite) > 0)
        mpfr_set_inf(&set->right, 1);
    if (mpfr_cmp_d(&set->left, -format->max_finite) < 0)
        mpfr_set_inf(&set->left, -1);
}

/* The set: n terms summed in any order, each product and sum rounded (n + 4 roundings, doubled as elsewhere). */
static void finish_reduction(const struct session *session, const struct reduction *reduction,
                             struct reduced *reduced, mpfi_ptr absolute, size_t count)
{
    const struct format *format = session->format;
    double roundings = 2 * ((double)count + 4);
    mpfi_mul_d(absolute, absolute, roundings * format->unit);
    mpfi_add_d(absolute, absolute, roundings * format->min_subnormal);
    mpfi_set(reduced->set, reduced->exact);
    mpfr_sub(&reduced->set->left, &reduced->set->left, &absolute->right, MPFR_RNDD);
    mpfr_add(&reduced->set->right, &reduced->set->right, &absolute->right, MPFR_RNDU);
    if (reduction->kind == REDUCE_SUMSQ || reduction->kind == REDUCE_NORM2) {
        if (mpfr_sgn(&reduced->set->left) < 0)
            mpfr_set_zero(&reduced->set->left, 1);
        if (mpfr_zero_p(&reduced->exact->right)) /* squares that are all zero sum to zero */
            mpfi_set_ui(reduced->set, 0);
    }
    reach_infinity(format, reduced->set);
    if (reduction->kind == REDUCE_NORM2) {
        mpfi_sqrt(reduced->exact, reduced->exact);
        mpfi_sqrt(reduced->set, reduced->set);
    }
}

static void reduce(const struct session *session, size_t step, size_t index,
                   struct reduced *reduced)
{
    const struct reduction *reduction = &session->spec->reductions[index];
    mpfi_t absolute, term;
    mpfi_init2(absolute, REDUCTION_PRECISION);
    mpfi_init2(term, REDUCTION_PRECISION);
    mpfi_set_ui(reduced->exact, 0);
    mpfi_set_ui(absolute, 0);
    size_t count = 0;
    for (size_t tensor = 0; tensor < trace_tensors(session->trace); tensor++) {
        const struct trace_array *inputs[2];
        size_t second = reduction->kind == REDUCE_DOT ? 1 : 0;
        inputs[0] = trace_find(session->trace, step, tensor,
                               session->spec->inputs.list[reduction->inputs[0]].name);
        inputs[1] = trace_find(session->trace, step, tensor,
                               session->spec->inputs.list[reduction->inputs[second]].name);
        if (!add_terms(reduction, inputs, reduced->exact, absolute, term))
            reduced->problem = PROBLEM_NOT_FINITE;
        count += inputs[0]->count;
    }
    finish_reduction(session, reduction, reduced, absolute, count);
    mpfi_clear(absolute);
    mpfi_clear(term);
}

static goldstep_status read_reductions(struct session *session, goldstep_error *error)
{
    size_t count = session->spec->reduce.count, all = (session->steps + 1) * count;
    if (count == 0)
        return GOLDSTEP_OK;
    session->reduced = calloc(all, sizeof *session->reduced);
    if (session->reduced == NULL)
        return error_memory(error);
    for (size_t i = 0; i < all; i++) {
        mpfi_init2(session->reduced[i].exact, REDUCTION_PRECISION);
        mpfi_init2(session->reduced[i].set, REDUCTION_PRECISION);
    }
    for (size_t step = 1; step <= session->steps; step++)
        for (size_t i = 0; i < count; i++)
            reduce(session, step, i, &session->reduced[step * count + i]);
    return GOLDSTEP_OK;
}

/* --- opening --------------------------------------------------------------------------------------------------- */

static int *find_leaves(const struct program *program, enum binding_kind kind, size_t count)
{
    int *list = calloc(count + 1, sizeof *list);
    for (size_t i = 0; list != NULL && i < count; i++)
        list[i] = program_leaf(program, kind, i);
    return list;
}

static goldstep_status find_all_leaves(struct session *session, goldstep_error *error)
{
    const struct program *program = session->program;
    const struct spec *spec = session->spec;
    session->leaves = (struct leaves){
        .t = program_leaf(program, BIND_T, 0),
        .k = program_leaf(program, BIND_K, 0),
        .x = program_leaf(program, BIND_X, 0),
        .inputs = find_leaves(program, BIND_INPUT, spec->inputs.count),
        .scalar_inputs = find_leaves(program, BIND_SCALAR_INPUT, spec->scalar_inputs.count),
        .states = find_leaves(program, BIND_STATE, spec->states.count),
        .scalar_states = find_leaves(program, BIND_SCALAR_STATE, spec->scalar_states.count),
        .hypers = find_leaves(program, BIND_HYPER, spec->hypers.count),
        .reductions = find_leaves(program, BIND_REDUCTION, spec->reduce.count),
    };
    const struct leaves *leaves = &session->leaves;
    if (leaves->inputs == NULL || leaves->scalar_inputs == NULL || leaves->states == NULL ||
        leaves->scalar_states == NULL || leaves->hypers == NULL || leaves->reductions == NULL)
        return error_memory(error);
    return GOLDSTEP_OK;
}

static void free_leaves(struct leaves *leaves)
{
    free(leaves->inputs);
    free(leaves->scalar_inputs);
    free(leaves->states);
    free(leaves->scalar_states);
    free(leaves->hypers);
    free(leaves->reductions);
}

goldstep_status session_edit(struct session *session, const struct edit *edit,
                             goldstep_error *error)
{
    struct program *program = session->program, *edited;
    struct leaves leaves = session->leaves;
    goldstep_status status = program_compile_edited(session->spec, edit, &edited, error);
    if (status != GOLDSTEP_OK)
        return status;
    session->program = edited;
    status = find_all_leaves(session, error);
    if (status != GOLDSTEP_OK) {
        free_leaves(&session->leaves);
        session->program = program;
        session->leaves = leaves;
        program = edited;
    } else {
        free_leaves(&leaves);
    }
    program_free(program);
    return status;
}

static goldstep_status open(struct session **result, const struct spec *spec,
                            const goldstep_trace *trace, const struct spec *owner, bool partial,
                            goldstep_error *error)
{
    struct session *session = calloc(1, sizeof *session);
    if (session == NULL)
        return error_memory(error);
    session->spec = spec;
    session->trace = trace;
    session->owner = owner;
    session->partial = partial;
    session->step_factor = 1;
    session->format = format_of(trace_format(trace));
    session->steps = trace_steps(trace);
    goldstep_status status = program_compile(spec, &session->program, error);
    if (status == GOLDSTEP_OK)
        status = find_all_leaves(session, error);
    if (status == GOLDSTEP_OK)
        status = read_hypers(session, error);
    if (status == GOLDSTEP_OK)
        status = check_tensors(session, error);
    if (status == GOLDSTEP_OK)
        status = read_reductions(session, error);
    if (status == GOLDSTEP_OK)
        *result = session;
    else
        session_close(session);
    return status;
}

goldstep_status session_open(struct session **session, const struct spec *spec,
                             const goldstep_trace *trace, goldstep_error *error)
{
    return open(session, spec, trace, NULL, false, error);
}

goldstep_status session_open_other(struct session **session, const struct spec *spec,
                                   const goldstep_trace *trace, const struct spec *owner,
                                   bool partial, goldstep_error *error)
{
    return open(session, spec, trace, owner, partial, error);
}

void session_close(struct session *session)
{
    if (session == NULL)
        return;
    size_t all = (session->steps + 1) * session->spec->reduce.count;
    for (size_t i = 0; session->reduced != NULL && i < all; i++) {
        mpfi_clear(session->reduced[i].exact);
        mpfi_clear(session->reduced[i].set);
    }
    free(session->reduced);
    free(session->hypers);
    free_leaves(&session->leaves);
    program_free(session->program);
    free(session);
}
