#include "eval/program.h"

#include "error.h"

#include <stdlib.h>
#include <string.h>

enum {
    MAX_INSTRUCTIONS = 4000,
    MAX_EXPANSION = 100000, /* nodes visited: nested calls could visit exponentially many */
    MAX_DEPTH = 5000,       /* of nodes below one another: the stack has an end */
    MAX_CONJUNCTS = 64,
    UNCOMPILED = -2,
    COMPILING = -3,
};

struct environment {
    const struct environment *outer;
    const char *name;
    int value;
};

struct compiler {
    struct program *program;
    const struct edit *edit;
    goldstep_error *error;
    int visited, depth;
};

static goldstep_status compile(struct compiler *compiler, const struct node *node,
                               const struct environment *environment, int *result);

static bool same(const struct instruction *a, const struct instruction *b)
{
    return a->op == b->op && memcmp(a->args, b->args, sizeof a->args) == 0 && a->type == b->type &&
           a->leaf.kind == b->leaf.kind && a->leaf.index == b->leaf.index &&
           (a->text == b->text ||
            (a->text != NULL && b->text != NULL && strcmp(a->text, b->text) == 0));
}

/* The instruction, appended unless the program has it already. */
static goldstep_status emit(struct compiler *compiler, struct instruction instruction, int *result)
{
    struct program *program = compiler->program;
    for (int i = 0; i < program->count; i++) {
        if (same(&program->code[i], &instruction)) {
            *result = i;
            return GOLDSTEP_OK;
        }
    }
    if (program->count == MAX_INSTRUCTIONS)
        return error_set(compiler->error, GOLDSTEP_BAD_INPUT, program->spec->file, 0, 0,
                         "the equations are too large: more than %d operations", MAX_INSTRUCTIONS);
    bool uniform = true;
    for (int i = 0; i < 3; i++)
        if (instruction.args[i] != NO_INSTRUCTION)
            uniform = uniform && program->code[instruction.args[i]].uniform;
    enum binding_kind leaf = instruction.leaf.kind;
    if (leaf == BIND_X || leaf == BIND_INPUT || leaf == BIND_STATE)
        uniform = false;
    instruction.uniform = uniform;
    program->code[program->count] = instruction;
    *result = program->count++;
    return GOLDSTEP_OK;
}

static struct instruction instruction_of(const struct node *node)
{
    return (struct instruction){.op = node->kind,
                                .args = {NO_INSTRUCTION, NO_INSTRUCTION, NO_INSTRUCTION},
                                .type = node->type};
}

/* The body of `function`, its parameters bound to instructions. */
static goldstep_status compile_body(struct compiler *compiler, const struct function *function,
                                    const int *arguments, int *result)
{
    struct environment environments[64], *environment = NULL;
    for (size_t i = 0; i < function->parameter_count; i++) {
        environments[i] =
            (struct environment){environment, function->parameters[i].name, arguments[i]};
        environment = &environments[i];
    }
    return compile(compiler, function->body, environment, result);
}

static goldstep_status compile_call(struct compiler *compiler, const struct node *node,
                                    const struct environment *environment, int *result)
{
    int arguments[64];
    for (size_t i = 0; i < node->arg_count; i++) {
        goldstep_status status = compile(compiler, node->args[i], environment, &arguments[i]);
        if (status != GOLDSTEP_OK)
            return status;
    }
    return compile_body(compiler, node->callee, arguments, result);
}

static goldstep_status compile_parameter(struct compiler *compiler,
                                         const struct parameter *parameter, int *result);

/* A parameter's or \let's name; an edited tree may have one that the equation does not pass on. */
static goldstep_status compile_name(struct compiler *compiler, const struct node *node,
                                    const struct environment *environment, int *result)
{
    while (environment != NULL && strcmp(environment->name, node->text) != 0)
        environment = environment->outer;
    if (environment == NULL) {
        if (spec_bind(compiler->program->spec, node->text).kind == BIND_NONE)
            return error_set(compiler->error, GOLDSTEP_BAD_INPUT, compiler->program->spec->file, 0,
                             0, "`%s` names nothing of the rule", node->text);
        struct parameter parameter = {node->text, node->type};
        return compile_parameter(compiler, &parameter, result);
    }
    *result = environment->value;
    return GOLDSTEP_OK;
}

static goldstep_status compile_node(struct compiler *compiler, const struct node *node,
                                    const struct environment *environment, int *result)
{
    struct instruction instruction = instruction_of(node);
    goldstep_status status;
    switch (node->kind) {
    case NODE_NAME:
        return compile_name(compiler, node, environment, result);
    case NODE_LET: {
        struct environment inner = {environment, node->text, NO_INSTRUCTION};
        status = compile(compiler, node->args[0], environment, &inner.value);
        return status == GOLDSTEP_OK ? compile(compiler, node->args[1], &inner, result) : status;
    }
    case NODE_CALL:
        return compile_call(compiler, node, environment, result);
    case NODE_NUMBER:
        instruction.text = node->text;
        return emit(compiler, instruction, result);
    default:
        for (size_t i = 0; i < node->arg_count; i++) {
            status = compile(compiler, node->args[i], environment, &instruction.args[i]);
            if (status != GOLDSTEP_OK)
                return status;
        }
        return emit(compiler, instruction, result);
    }
}

static goldstep_status compile(struct compiler *compiler, const struct node *node,
                               const struct environment *environment, int *result)
{
    if (++compiler->visited > MAX_EXPANSION || compiler->depth == MAX_DEPTH)
        return error_set(
            compiler->error, GOLDSTEP_BAD_INPUT, compiler->program->spec->file, 0, 0,
            "the equations are too large when expanded (at most %d operations, %d deep)",
            MAX_EXPANSION, MAX_DEPTH);
    for (const struct edit *edit = compiler->edit; edit != NULL; edit = edit->more)
        if (node == edit->at) {
            node = edit->by;
            break;
        }
    compiler->depth++;
    goldstep_status status = compile_node(compiler, node, environment, result);
    compiler->depth--;
    return status;
}

static goldstep_status compile_output(struct compiler *compiler, const struct function *equation,
                                      int *slot);

/* The equation, and the place of its value, that a `NAME_next` parameter reads; false for any other. */
static bool next_value(struct program *program, struct binding binding,
                       const struct function **equation, int **slot)
{
    const struct spec *spec = program->spec;
    switch (binding.kind) {
    case BIND_X_NEXT:
        *equation = spec->output;
        *slot = &program->output;
        return true;
    case BIND_STATE_NEXT:
        *equation = spec->states.list[binding.index].equation;
        *slot = &program->states[binding.index];
        return true;
    case BIND_SCALAR_STATE_NEXT:
        *equation = spec->scalar_states.list[binding.index].equation;
        *slot = &program->scalar_states[binding.index];
        return true;
    default:
        return false;
    }
}

static goldstep_status compile_leaf(struct compiler *compiler, const char *name, enum type type,
                                    int *result)
{
    struct instruction leaf = {.op = NODE_NAME,
                               .args = {NO_INSTRUCTION, NO_INSTRUCTION, NO_INSTRUCTION},
                               .type = type,
                               .leaf = spec_bind(compiler->program->spec, name)};
    return emit(compiler, leaf, result);
}

static goldstep_status compile_parameter(struct compiler *compiler,
                                         const struct parameter *parameter, int *result)
{
    const struct function *equation;
    int *slot;
    struct binding binding = spec_bind(compiler->program->spec, parameter->name);
    if (!next_value(compiler->program, binding, &equation, &slot))
        return compile_leaf(compiler, parameter->name, parameter->type, result);
    goldstep_status status = compile_output(compiler, equation, slot);
    *result = *slot;
    return status;
}

/* An equation with its parameters bound by name; compiled once, its value's place is *slot. */
static goldstep_status compile_output(struct compiler *compiler, const struct function *equation,
                                      int *slot)
{
    if (*slot >= 0)
        return GOLDSTEP_OK;
    if (*slot == COMPILING)
        return error_set(compiler->error, GOLDSTEP_BAD_INPUT, equation->file, equation->line,
                         equation->column, "`%s` depends on its own value", equation->name);
    *slot = COMPILING;
    int arguments[64];
    for (size_t i = 0; i < equation->parameter_count; i++) {
        goldstep_status status =
            compile_parameter(compiler, &equation->parameters[i], &arguments[i]);
        if (status != GOLDSTEP_OK)
            return status;
    }
    return compile_body(compiler, equation, arguments, slot);
}

/* An initial value: a term over x and the hyperparameters. */
static goldstep_status compile_initial(struct compiler *compiler, const struct node *term,
                                       int *result)
{
    const struct items *hypers = &compiler->program->spec->hypers;
    struct environment environments[65], *environment = NULL;
    size_t count = 0;
    for (; count <= hypers->count; count++) {
        const char *name = count < hypers->count ? hypers->list[count].name : "x";
        environments[count] = (struct environment){environment, name, NO_INSTRUCTION};
        environment = &environments[count];
        goldstep_status status = compile_leaf(compiler, name, TYPE_REAL, &environment->value);
        if (status != GOLDSTEP_OK)
            return status;
    }
    return compile(compiler, term, environment, result);
}

static goldstep_status compile_states(struct compiler *compiler, const struct items *states,
                                      int *values, int *initial)
{
    goldstep_status status = GOLDSTEP_OK;
    for (size_t i = 0; i < states->count && status == GOLDSTEP_OK; i++)
        status = compile_output(compiler, states->list[i].equation, &values[i]);
    for (size_t i = 0; i < states->count && status == GOLDSTEP_OK; i++)
        status = compile_initial(compiler, states->list[i].term, &initial[i]);
    return status;
}

static goldstep_status compile_conjuncts(struct compiler *compiler, const struct node *node,
                                         const struct environment *environment)
{
    struct program *program = compiler->program;
    if (node->kind == NODE_AND) {
        goldstep_status status = compile_conjuncts(compiler, node->args[0], environment);
        return status == GOLDSTEP_OK ? compile_conjuncts(compiler, node->args[1], environment)
                                     : status;
    }
    if (program->domain_count == MAX_CONJUNCTS)
        return error_set(compiler->error, GOLDSTEP_BAD_INPUT, program->spec->domain->file,
                         node->line, node->column, "expected at most %d conditions", MAX_CONJUNCTS);
    struct conjunct *conjunct = &program->domain[program->domain_count++];
    conjunct->node = node;
    return compile(compiler, node, environment, &conjunct->instruction);
}

static goldstep_status compile_domain(struct compiler *compiler)
{
    const struct function *domain = compiler->program->spec->domain;
    struct environment environments[64], *environment = NULL;
    for (size_t i = 0; i < domain->parameter_count; i++) {
        environments[i] =
            (struct environment){environment, domain->parameters[i].name, NO_INSTRUCTION};
        environment = &environments[i];
        goldstep_status status = compile_leaf(compiler, environment->name,
                                              domain->parameters[i].type, &environment->value);
        if (status != GOLDSTEP_OK)
            return status;
    }
    return compile_conjuncts(compiler, domain->body, environment);
}

static goldstep_status check_uniform(const struct program *program, goldstep_error *error)
{
    for (size_t i = 0; i < program->spec->scalar_states.count; i++) {
        const struct item *item = &program->spec->scalar_states.list[i];
        if (!program->code[program->scalar_states[i]].uniform)
            return error_set(error, GOLDSTEP_BAD_INPUT, item->equation->file, item->equation->line,
                             item->equation->column,
                             "a scalar state's equation reads no x, input or state: those differ "
                             "from coordinate to coordinate");
    }
    return GOLDSTEP_OK;
}

static goldstep_status compile_all(struct compiler *compiler)
{
    struct program *program = compiler->program;
    const struct spec *spec = program->spec;
    goldstep_status status = compile_output(compiler, spec->output, &program->output);
    if (status == GOLDSTEP_OK)
        status = compile_states(compiler, &spec->states, program->states, program->initial_states);
    if (status == GOLDSTEP_OK)
        status = compile_states(compiler, &spec->scalar_states, program->scalar_states,
                                program->initial_scalars);
    if (status == GOLDSTEP_OK && spec->domain != NULL)
        status = compile_domain(compiler);
    return status == GOLDSTEP_OK ? check_uniform(program, compiler->error) : status;
}

static int *slots(size_t count)
{
    int *list = calloc(count > 0 ? count : 1, sizeof *list);
    for (size_t i = 0; list != NULL && i < count; i++)
        list[i] = UNCOMPILED;
    return list;
}

goldstep_status program_compile(const struct spec *spec, struct program **result,
                                goldstep_error *error)
{
    return program_compile_edited(spec, NULL, result, error);
}

static struct program *program_new(const struct spec *spec)
{
    struct program *program = calloc(1, sizeof *program);
    if (program == NULL)
        return NULL;
    *program = (struct program){.spec = spec,
                                .output = UNCOMPILED,
                                .domain = calloc(MAX_CONJUNCTS, sizeof(struct conjunct)),
                                .code = calloc(MAX_INSTRUCTIONS, sizeof(struct instruction)),
                                .states = slots(spec->states.count),
                                .scalar_states = slots(spec->scalar_states.count),
                                .initial_states = slots(spec->states.count),
                                .initial_scalars = slots(spec->scalar_states.count)};
    if (program->code != NULL && program->domain != NULL && program->states != NULL &&
        program->scalar_states != NULL && program->initial_states != NULL &&
        program->initial_scalars != NULL)
        return program;
    program_free(program);
    return NULL;
}

/* Takes over the compiled program, or frees it. */
static goldstep_status hand_over(struct program *program, goldstep_status status,
                                 struct program **result)
{
    if (status == GOLDSTEP_OK)
        *result = program;
    else
        program_free(program);
    return status;
}

goldstep_status program_compile_edited(const struct spec *spec, const struct edit *edit,
                                       struct program **result, goldstep_error *error)
{
    struct program *program = program_new(spec);
    if (program == NULL)
        return error_memory(error);
    struct compiler compiler = {.program = program, .edit = edit, .error = error};
    return hand_over(program, compile_all(&compiler), result);
}

goldstep_status program_compile_function(const struct spec *spec, const struct function *function,
                                         struct program **result, goldstep_error *error)
{
    for (size_t i = 0; i < function->parameter_count; i++)
        if (spec_bind(spec, function->parameters[i].name).kind == BIND_NONE)
            return error_set(error, GOLDSTEP_BAD_INPUT, function->file, function->line,
                             function->column, "%s: the parameter `%.100s` binds to nothing",
                             function->name, function->parameters[i].name);
    struct program *program = program_new(spec);
    if (program == NULL)
        return error_memory(error);
    struct compiler compiler = {.program = program, .error = error};
    return hand_over(program, compile_output(&compiler, function, &program->output), result);
}

goldstep_status program_compile_term(const struct spec *spec, const struct node *term,
                                     struct program **result, goldstep_error *error)
{
    struct program *program = program_new(spec);
    if (program == NULL)
        return error_memory(error);
    struct compiler compiler = {.program = program, .error = error};
    return hand_over(program, compile_initial(&compiler, term, &program->output), result);
}

void program_free(struct program *program)
{
    if (program == NULL)
        return;
    free(program->code);
    free(program->domain);
    free(program->states);
    free(program->scalar_states);
    free(program->initial_states);
    free(program->initial_scalars);
    free(program);
}

int program_leaf(const struct program *program, enum binding_kind kind, size_t index)
{
    for (int i = 0; i < program->count; i++)
        if (program->code[i].op == NODE_NAME && program->code[i].leaf.kind == kind &&
            program->code[i].leaf.index == index)
            return i;
    return NO_INSTRUCTION;
}

int program_result(const struct program *program, size_t result)
{
    return result == 0 ? program->output : program->states[result - 1];
}

bool program_returns(const struct program *program, int instruction)
{
    const struct spec *spec = program->spec;
    bool found = instruction == program->output;
    for (size_t i = 0; i < spec->states.count; i++)
        found = found || instruction == program->states[i];
    for (size_t i = 0; i < spec->scalar_states.count; i++)
        found = found || instruction == program->scalar_states[i];
    return found;
}
