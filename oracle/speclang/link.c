/* Names, types and inheritance. */
#include "error.h"
#include "speclang/spec.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Names in scope inside a function's body, innermost first. */
struct scope {
    const struct scope *outer;
    const char *name;
    enum type type;
};

struct checker {
    const struct spec *spec;
    const struct function *function; /* NULL in a front-matter term */
    goldstep_error *error;
};

static goldstep_status fail_at(const struct checker *checker, const struct node *node,
                               const char *message)
{
    return error_set(checker->error, GOLDSTEP_BAD_INPUT, checker->spec->file, node->line,
                     node->column, "`%.*s`: %s", (int)node->length, node->start, message);
}

static goldstep_status check(const struct checker *checker, struct node *node,
                             const struct scope *scope);

static goldstep_status check_args(const struct checker *checker, struct node *node,
                                  const struct scope *scope)
{
    for (size_t i = 0; i < node->arg_count; i++) {
        goldstep_status status = check(checker, node->args[i], scope);
        if (status != GOLDSTEP_OK)
            return status;
    }
    return GOLDSTEP_OK;
}

static goldstep_status check_name(const struct checker *checker, struct node *node,
                                  const struct scope *scope)
{
    for (; scope != NULL; scope = scope->outer) {
        if (strcmp(scope->name, node->text) == 0) {
            node->type = scope->type;
            return GOLDSTEP_OK;
        }
    }
    return fail_at(checker, node,
                   checker->function != NULL
                       ? "this name is neither a parameter nor bound by \\let"
                       : "expected `x` or a hyperparameter (a scalar state has no `x`)");
}

static goldstep_status check_call(const struct checker *checker, struct node *node)
{
    const struct function *callee = spec_function(checker->spec, node->text, strlen(node->text));
    const struct spec *spec = checker->spec;
    bool own = callee != NULL && callee >= spec->functions &&
               callee < spec->functions + spec->function_count;
    if (callee == NULL ||
        (own && checker->function != NULL && callee->order >= checker->function->order))
        return fail_at(checker, node, "no function of this name stands above or in a parent");
    if (callee->parameter_count != node->arg_count)
        return error_set(checker->error, GOLDSTEP_BAD_INPUT, spec->file, node->line, node->column,
                         "`%s` takes %zu arguments, found %zu", callee->name,
                         callee->parameter_count, node->arg_count);
    for (size_t i = 0; i < node->arg_count; i++) {
        enum type got = node->args[i]->type, want = callee->parameters[i].type;
        if (got == TYPE_BOOLEAN || (want == TYPE_INTEGER && got != TYPE_INTEGER))
            return fail_at(checker, node->args[i],
                           want == TYPE_INTEGER ? "expected an integer" : "expected a number");
    }
    node->callee = callee;
    node->type = callee->result;
    return GOLDSTEP_OK;
}

/* What a node's arguments must be, and what it is then. */
static goldstep_status check_operation(const struct checker *checker, struct node *node)
{
    bool formulas = node->kind >= NODE_AND;
    for (size_t i = 0; i < node->arg_count; i++) {
        bool boolean = node->args[i]->type == TYPE_BOOLEAN;
        bool want = formulas || (node->kind == NODE_IF && i == 0);
        if (boolean != want)
            return fail_at(checker, node->args[i],
                           want ? "expected a formula, found a term"
                                : "expected a term, found a formula");
    }
    if (node->kind >= NODE_LESS) {
        node->type = TYPE_BOOLEAN;
        return GOLDSTEP_OK;
    }
    bool integer = true;
    for (size_t i = node->kind == NODE_IF ? 1 : 0; i < node->arg_count; i++)
        integer = integer && node->args[i]->type == TYPE_INTEGER;
    switch (node->kind) {
    case NODE_DIVIDE:
        if (integer)
            return fail_at(
                checker, node,
                "a quotient of two integers, which ACSL truncates: make one of them real");
        node->type = TYPE_REAL;
        break;
    case NODE_NEGATE:
    case NODE_ADD:
    case NODE_SUBTRACT:
    case NODE_MULTIPLY:
    case NODE_ABS:
    case NODE_MIN:
    case NODE_MAX:
    case NODE_IF:
        node->type = integer ? TYPE_INTEGER : TYPE_REAL;
        break;
    case NODE_FLOOR:
        node->type = TYPE_INTEGER;
        break;
    default:
        node->type = TYPE_REAL;
    }
    return GOLDSTEP_OK;
}

static goldstep_status check(const struct checker *checker, struct node *node,
                             const struct scope *scope)
{
    if (node->kind == NODE_NAME)
        return check_name(checker, node, scope);
    if (node->kind == NODE_NUMBER) {
        node->type =
            strspn(node->text, "0123456789") == strlen(node->text) ? TYPE_INTEGER : TYPE_REAL;
        return GOLDSTEP_OK;
    }
    if (node->kind == NODE_LET) {
        goldstep_status status = check(checker, node->args[0], scope);
        if (status != GOLDSTEP_OK)
            return status;
        struct scope inner = {scope, node->text, node->args[0]->type};
        status = check(checker, node->args[1], &inner);
        node->type = node->args[1]->type;
        return status;
    }
    goldstep_status status = check_args(checker, node, scope);
    if (status != GOLDSTEP_OK)
        return status;
    return node->kind == NODE_CALL ? check_call(checker, node) : check_operation(checker, node);
}

static goldstep_status check_function(const struct spec *spec, struct function *function,
                                      goldstep_error *error)
{
    size_t prefix = strlen(spec->name);
    if (strncmp(function->name, spec->name, prefix) != 0 || function->name[prefix] != '_')
        return error_set(error, GOLDSTEP_BAD_INPUT, spec->file, function->line, function->column,
                         "expected a name that begins with `%s_`, found `%s`", spec->name,
                         function->name);
    struct scope scopes[64], *scope = NULL;
    for (size_t i = 0; i < function->parameter_count; i++) {
        scopes[i] =
            (struct scope){scope, function->parameters[i].name, function->parameters[i].type};
        scope = &scopes[i];
    }
    struct checker checker = {spec, function, error};
    goldstep_status status = check(&checker, function->body, scope);
    if (status != GOLDSTEP_OK)
        return status;
    if ((function->result == TYPE_BOOLEAN) != (function->body->type == TYPE_BOOLEAN))
        return fail_at(&checker, function->body,
                       function->result == TYPE_BOOLEAN
                           ? "expected a formula as the predicate's body"
                           : "expected a term as the function's body");
    return GOLDSTEP_OK;
}

/* Fails at an equation of `spec`: at its place, or, where it is inherited, in the variant that it does not fit. */
static goldstep_status fail_equation(const struct spec *spec, const struct function *function,
                                     goldstep_error *error, const char *what)
{
    if (function->file == spec->file)
        return error_set(error, GOLDSTEP_BAD_INPUT, spec->file, function->line, function->column,
                         "%s: %s", function->name, what);
    return error_set(error, GOLDSTEP_BAD_INPUT, spec->file, 0, 0, "%s, inherited from %s:%zu: %s",
                     function->name, function->file, function->line, what);
}

/* An equation's parameters bind by name, with the right type. */
static goldstep_status check_equation(const struct spec *spec, const struct function *function,
                                      goldstep_error *error)
{
    char what[512];
    for (size_t i = 0; i < function->parameter_count; i++) {
        const struct parameter *parameter = &function->parameters[i];
        enum binding_kind kind = spec_bind(spec, parameter->name).kind;
        bool step = kind == BIND_T || kind == BIND_K;
        if (spec->kind == SPEC_THEOREM && kind != BIND_T && kind != BIND_HYPER) {
            snprintf(what, sizeof what,
                     "expected constants of `hyper` and `integer t` only, found `%.100s`",
                     parameter->name);
            return fail_equation(spec, function, error, what);
        }
        if (spec->kind == SPEC_THEOREM && kind == BIND_HYPER)
            continue; /* check_constants looks at it */
        if (spec->kind == SPEC_OBJECTIVE && kind != BIND_X && kind != BIND_HYPER) {
            snprintf(what, sizeof what,
                     "expected `x` and parameters of `hyper` only, found `%.100s`",
                     parameter->name);
            return fail_equation(spec, function, error, what);
        }
        if (kind == BIND_NONE || (spec->kind == SPEC_SCHEDULE && !step && kind != BIND_HYPER)) {
            snprintf(what, sizeof what,
                     "the parameter `%.100s` names no iterate, input, state, hyperparameter, "
                     "reduction or step of `%.100s`",
                     parameter->name, spec->name);
            return fail_equation(spec, function, error, what);
        }
        if (step != (parameter->type == TYPE_INTEGER)) {
            snprintf(what, sizeof what, "expected `%s %.100s`", step ? "integer" : "real",
                     parameter->name);
            return fail_equation(spec, function, error, what);
        }
    }
    return GOLDSTEP_OK;
}

/* A theorem's constant may be an integer, where its example is one; it is so in the domain and in the bound. */
static goldstep_status check_constants(const struct spec *spec, const struct function *function,
                                       goldstep_error *error)
{
    char what[512];
    for (size_t i = 0; i < function->parameter_count; i++) {
        const struct parameter *parameter = &function->parameters[i];
        struct binding binding = spec_bind(spec, parameter->name);
        if (binding.kind != BIND_HYPER)
            continue;
        double value = spec->hypers.list[binding.index].value;
        enum type type = parameter->type;
        for (size_t b = 0; b < spec->output->parameter_count; b++)
            if (strcmp(spec->output->parameters[b].name, parameter->name) == 0)
                type = spec->output->parameters[b].type;
        if (type == parameter->type && (type == TYPE_REAL || value == floor(value)))
            continue;
        snprintf(what, sizeof what,
                 type != parameter->type ? "expected `%s %.100s`, as in the bound"
                                         : "expected `%s %.100s`: its example is no integer",
                 parameter->type == TYPE_INTEGER ? "real" : "integer", parameter->name);
        return fail_equation(spec, function, error, what);
    }
    return GOLDSTEP_OK;
}

goldstep_status spec_need_equation(const struct spec *spec, const char *suffix,
                                   const struct function **equation, goldstep_error *error)
{
    *equation = spec_equation(spec, suffix);
    if (*equation == NULL || (*equation)->result == TYPE_BOOLEAN)
        return error_set(error, GOLDSTEP_BAD_INPUT, spec->file, 0, 0,
                         "expected the equation `logic real %s_%s(…)`", spec->name, suffix);
    return check_equation(spec, *equation, error);
}

static goldstep_status link_equations(struct spec *spec, goldstep_error *error)
{
    static const char *const outputs[] = {"x", "lr", "bound", "f"};
    goldstep_status status = spec_need_equation(spec, outputs[spec->kind], &spec->output, error);
    struct items *lists[] = {&spec->states, &spec->scalar_states};
    for (size_t l = 0; l < 2; l++)
        for (size_t i = 0; i < lists[l]->count && status == GOLDSTEP_OK; i++)
            status = spec_need_equation(spec, lists[l]->list[i].name, &lists[l]->list[i].equation,
                                        error);
    return status;
}

static goldstep_status link_domain(struct spec *spec, goldstep_error *error)
{
    spec->domain = spec_equation(spec, "domain");
    if (spec->domain == NULL && spec->kind == SPEC_THEOREM)
        return error_set(error, GOLDSTEP_BAD_INPUT, spec->file, 0, 0,
                         "expected `predicate %s_domain(…)`: which constants does it hold for?",
                         spec->name);
    if (spec->domain == NULL)
        return GOLDSTEP_OK;
    if (spec->domain->result != TYPE_BOOLEAN)
        return error_set(error, GOLDSTEP_BAD_INPUT, spec->domain->file, spec->domain->line,
                         spec->domain->column, "expected `predicate %s`", spec->domain->name);
    for (size_t i = 0; i < spec->domain->parameter_count; i++)
        if (spec_bind(spec, spec->domain->parameters[i].name).kind != BIND_HYPER) {
            char what[256];
            snprintf(what, sizeof what, "expected hyperparameters only, found `%.100s`",
                     spec->domain->parameters[i].name);
            return fail_equation(spec, spec->domain, error, what);
        }
    if (spec->kind != SPEC_THEOREM)
        return GOLDSTEP_OK;
    goldstep_status status = check_constants(spec, spec->output, error);
    return status == GOLDSTEP_OK ? check_constants(spec, spec->domain, error) : status;
}

/* Each name once, and none that means something else. */
static goldstep_status check_names(const struct spec *spec, goldstep_error *error)
{
    const struct items *lists[] = {&spec->inputs,        &spec->scalar_inputs, &spec->states,
                                   &spec->scalar_states, &spec->hypers,        &spec->reduce};
    const size_t count = sizeof lists / sizeof *lists;
    for (size_t l = 0; l < count; l++) {
        for (size_t i = 0; i < lists[l]->count; i++) {
            const struct item *item = &lists[l]->list[i];
            size_t length = strlen(item->name), same = 0;
            bool reserved = strcmp(item->name, "x") == 0 || strcmp(item->name, "t") == 0 ||
                            strcmp(item->name, "k") == 0 || strcmp(item->name, "domain") == 0 ||
                            strcmp(item->name, "x_low") == 0 ||
                            (length > 5 && strcmp(item->name + length - 5, "_next") == 0);
            for (size_t m = 0; m < count; m++)
                for (size_t j = 0; j < lists[m]->count; j++)
                    same += strcmp(lists[m]->list[j].name, item->name) == 0;
            if (reserved || same > 1)
                return error_set(error, GOLDSTEP_BAD_INPUT, spec->file, item->line, item->column,
                                 reserved ? "`%s` has a meaning of its own" : "`%s` stands twice",
                                 item->name);
        }
    }
    return GOLDSTEP_OK;
}

static goldstep_status link_initial(const struct spec *spec, struct items *states, bool scalar,
                                    goldstep_error *error)
{
    struct scope scopes[65], *scope = NULL;
    size_t count = 0;
    for (; count < spec->hypers.count; count++) {
        scopes[count] = (struct scope){scope, spec->hypers.list[count].name, TYPE_REAL};
        scope = &scopes[count];
    }
    if (!scalar) {
        scopes[count] = (struct scope){scope, "x", TYPE_REAL};
        scope = &scopes[count];
    }
    struct checker checker = {spec, NULL, error};
    for (size_t i = 0; i < states->count; i++) {
        goldstep_status status = check(&checker, states->list[i].term, scope);
        if (status != GOLDSTEP_OK)
            return status;
        if (states->list[i].term->type == TYPE_BOOLEAN)
            return fail_at(&checker, states->list[i].term, "expected a term as the initial value");
    }
    return GOLDSTEP_OK;
}

goldstep_status term_link(const struct spec *spec, struct node *term, goldstep_error *error)
{
    struct item item = {.term = term};
    struct items items = {.list = &item, .count = 1};
    return link_initial(spec, &items, true, error);
}

/* The values that a theorem's check takes: terms over its constants. */
static goldstep_status link_tries(const struct spec *spec, goldstep_error *error)
{
    for (size_t i = 0; i < spec->tries.count; i++) {
        const struct item *item = &spec->tries.list[i];
        if (spec_bind(spec, item->name).kind != BIND_HYPER)
            return error_set(error, GOLDSTEP_BAD_INPUT, spec->file, item->line, item->column,
                             "expected a constant of `hyper`, found `%s`", item->name);
        goldstep_status status = term_link(spec, item->term, error);
        if (status != GOLDSTEP_OK)
            return status;
    }
    return GOLDSTEP_OK;
}

static goldstep_status link_reduction(const struct spec *spec, const struct item *item,
                                      struct reduction *reduction, goldstep_error *error)
{
    static const struct {
        const char *name;
        enum reduction_kind kind;
        size_t arguments;
    } kinds[] = {{"sum", REDUCE_SUM, 1},
                 {"sumsq", REDUCE_SUMSQ, 1},
                 {"norm2", REDUCE_NORM2, 1},
                 {"dot", REDUCE_DOT, 2}};
    const struct node *call = item->term;
    for (size_t k = 0; call->kind == NODE_CALL && k < sizeof kinds / sizeof *kinds; k++) {
        if (strcmp(call->text, kinds[k].name) != 0 || call->arg_count != kinds[k].arguments)
            continue;
        *reduction = (struct reduction){item->name, kinds[k].kind, {0, 0}};
        for (size_t i = 0; i < call->arg_count; i++) {
            const struct node *arg = call->args[i];
            struct binding binding = {BIND_NONE, 0};
            if (arg->kind == NODE_NAME)
                binding = spec_bind(spec, arg->text);
            if (binding.kind != BIND_INPUT)
                return error_set(error, GOLDSTEP_BAD_INPUT, spec->file, arg->line, arg->column,
                                 "expected an input: a reduction is over the step's inputs");
            reduction->inputs[i] = binding.index;
        }
        return GOLDSTEP_OK;
    }
    return error_set(error, GOLDSTEP_BAD_INPUT, spec->file, item->text_line, item->text_column,
                     "expected sum(a), sumsq(a), norm2(a) or dot(a, b), found `%s`", item->text);
}

static goldstep_status link_reductions(struct spec *spec, goldstep_error *error)
{
    spec->reductions = arena_alloc(&spec->arena, spec->reduce.count, sizeof *spec->reductions);
    if (spec->reductions == NULL)
        return error_memory(error);
    for (size_t i = 0; i < spec->reduce.count; i++) {
        goldstep_status status =
            link_reduction(spec, &spec->reduce.list[i], &spec->reductions[i], error);
        if (status != GOLDSTEP_OK)
            return status;
    }
    return GOLDSTEP_OK;
}

/* Takes over each list that the variant does not give; equations differ, so the lists are copied. */
static goldstep_status inherit(struct spec *spec, const struct spec *parent, goldstep_error *error)
{
    struct {
        struct items *own;
        const struct items *parents;
    } lists[] = {{&spec->inputs, &parent->inputs}, {&spec->scalar_inputs, &parent->scalar_inputs},
                 {&spec->states, &parent->states}, {&spec->scalar_states, &parent->scalar_states},
                 {&spec->hypers, &parent->hypers}, {&spec->reduce, &parent->reduce}};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        if (lists[i].own->given)
            continue;
        size_t count = lists[i].parents->count;
        lists[i].own->list = arena_alloc(&spec->arena, count, sizeof *lists[i].own->list);
        if (lists[i].own->list == NULL)
            return error_memory(error);
        if (count > 0)
            memcpy(lists[i].own->list, lists[i].parents->list, count * sizeof *lists[i].own->list);
        lists[i].own->count = count;
    }
    return GOLDSTEP_OK;
}

static goldstep_status link_parent(struct spec *spec, const struct spec *parent,
                                   goldstep_error *error)
{
    spec->parent = parent;
    spec->shown = spec->name;
    if (parent == NULL)
        return GOLDSTEP_OK;
    size_t prefix = strlen(parent->name);
    if (strncmp(spec->name, parent->name, prefix) != 0 || spec->name[prefix] != '_' ||
        spec->name[prefix + 1] == '\0' || spec->kind != parent->kind)
        return error_set(
            error, GOLDSTEP_BAD_INPUT, spec->file, spec->parent_line, spec->parent_column,
            "expected the name of a variant of `%s`: `%s_DIALECT`", parent->name, parent->name);
    char shown[512];
    int length = snprintf(shown, sizeof shown, "%s.%s", parent->shown, spec->name + prefix + 1);
    spec->shown = length > 0 && (size_t)length < sizeof shown
                      ? arena_copy(&spec->arena, shown, (size_t)length)
                      : spec->name;
    if (spec->shown == NULL)
        return error_memory(error);
    return inherit(spec, parent, error);
}

static goldstep_status check_schedule(const struct spec *spec, goldstep_error *error)
{
    if (spec->kind == SPEC_SCHEDULE && spec->inputs.count + spec->scalar_inputs.count +
                                               spec->states.count + spec->scalar_states.count +
                                               spec->reduce.count >
                                           0)
        return error_set(error, GOLDSTEP_BAD_INPUT, spec->file, 1, 1,
                         "a schedule has hyperparameters only: no inputs, state or reductions");
    return GOLDSTEP_OK;
}

goldstep_status spec_link(struct spec *spec, const struct spec *parent, goldstep_error *error)
{
    goldstep_status status = link_parent(spec, parent, error);
    if (status == GOLDSTEP_OK)
        status = check_names(spec, error);
    if (status == GOLDSTEP_OK)
        status = check_schedule(spec, error);
    for (size_t i = 0; i < spec->function_count && status == GOLDSTEP_OK; i++)
        status = check_function(spec, &spec->functions[i], error);
    if (status == GOLDSTEP_OK)
        status = link_initial(spec, &spec->states, false, error);
    if (status == GOLDSTEP_OK)
        status = link_initial(spec, &spec->scalar_states, true, error);
    if (status == GOLDSTEP_OK)
        status = link_equations(spec, error);
    if (status == GOLDSTEP_OK)
        status = link_domain(spec, error);
    if (status == GOLDSTEP_OK)
        status = link_reductions(spec, error);
    if (status == GOLDSTEP_OK)
        status = link_tries(spec, error);
    if (status == GOLDSTEP_OK && spec->kind == SPEC_OBJECTIVE)
        status = objective_link(spec, error);
    spec->linked = status == GOLDSTEP_OK;
    return status;
}
