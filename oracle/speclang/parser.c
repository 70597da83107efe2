/* A recursive-descent parser, one function per level of precedence. */
#include "speclang/lexer.h"
#include "speclang/spec.h"

#include <string.h>

enum { MAX_DEPTH = 100, MAX_NODES = 4000, MAX_ARGUMENTS = 32, MAX_FUNCTIONS = 64 };

struct parser {
    struct lexer lexer;
    struct arena *arena;
    size_t depth; /* of nested parentheses, calls, \let and ?: */
    size_t nodes; /* in the current function */
};

static goldstep_status parse_expression(struct parser *parser, struct node **result);

static goldstep_status too_large(const struct parser *parser)
{
    const struct lexer *lexer = &parser->lexer;
    return error_set(lexer->error, GOLDSTEP_BAD_INPUT, lexer->file, lexer->token.line,
                     lexer->token.column,
                     "the expression is too large (at most %d operations, nested %d deep)",
                     MAX_NODES, MAX_DEPTH);
}

/* A node at `token` with room for `arg_count` arguments, the first `given` of which are in `args`. */
static goldstep_status new_node(struct parser *parser, enum node_kind kind,
                                const struct token *token, struct node **args, size_t arg_count,
                                struct node **result)
{
    if (++parser->nodes > MAX_NODES)
        return too_large(parser);
    struct node *node = arena_alloc(parser->arena, 1, sizeof *node);
    if (node == NULL)
        return error_memory(parser->lexer.error);
    *node = (struct node){.kind = kind,
                          .line = token->line,
                          .column = token->column,
                          .start = token->text,
                          .length = token->length,
                          .arg_count = arg_count};
    if (arg_count > 0) {
        node->args = arena_alloc(parser->arena, arg_count, sizeof(struct node *));
        if (node->args == NULL)
            return error_memory(parser->lexer.error);
        memcpy(node->args, args, arg_count * sizeof(struct node *));
    }
    *result = node;
    return GOLDSTEP_OK;
}

/* A node whose text is the token's, and past it. */
static goldstep_status take_text(struct parser *parser, enum node_kind kind, struct node **result)
{
    struct token token = parser->lexer.token;
    goldstep_status status = new_node(parser, kind, &token, NULL, 0, result);
    if (status != GOLDSTEP_OK)
        return status;
    (*result)->text = arena_copy(parser->arena, token.text, token.length);
    if ((*result)->text == NULL)
        return error_memory(parser->lexer.error);
    return lexer_next(&parser->lexer);
}

static goldstep_status take_name(struct parser *parser, const char *what, const char **name)
{
    if (parser->lexer.token.kind != TOKEN_NAME)
        return lexer_fail(&parser->lexer, what);
    *name = arena_copy(parser->arena, parser->lexer.token.text, parser->lexer.token.length);
    if (*name == NULL)
        return error_memory(parser->lexer.error);
    return lexer_next(&parser->lexer);
}

static goldstep_status parse_arguments(struct parser *parser, struct node **args, size_t *count)
{
    goldstep_status status = lexer_expect(&parser->lexer, "(");
    *count = 0;
    while (status == GOLDSTEP_OK) {
        if (*count == MAX_ARGUMENTS)
            return too_large(parser);
        status = parse_expression(parser, &args[(*count)++]);
        if (status != GOLDSTEP_OK || !lexer_is(&parser->lexer, ","))
            break;
        status = lexer_next(&parser->lexer);
    }
    return status == GOLDSTEP_OK ? lexer_expect(&parser->lexer, ")") : status;
}

static goldstep_status parse_name(struct parser *parser, struct node **result)
{
    struct token token = parser->lexer.token;
    goldstep_status status = take_text(parser, NODE_NAME, result);
    if (status != GOLDSTEP_OK || !lexer_is(&parser->lexer, "("))
        return status;
    const char *name = (*result)->text;
    struct node *args[MAX_ARGUMENTS];
    size_t count;
    status = parse_arguments(parser, args, &count);
    if (status == GOLDSTEP_OK)
        status = new_node(parser, NODE_CALL, &token, args, count, result);
    if (status == GOLDSTEP_OK)
        (*result)->text = name;
    return status;
}

static goldstep_status parse_let(struct parser *parser, struct node **result)
{
    struct token token = parser->lexer.token;
    const char *name;
    struct node *args[2];
    goldstep_status status = lexer_next(&parser->lexer);
    if (status == GOLDSTEP_OK)
        status = take_name(parser, "a name after \\let", &name);
    if (status == GOLDSTEP_OK)
        status = lexer_expect(&parser->lexer, "=");
    if (status == GOLDSTEP_OK)
        status = parse_expression(parser, &args[0]);
    if (status == GOLDSTEP_OK)
        status = lexer_expect(&parser->lexer, ";");
    if (status == GOLDSTEP_OK)
        status = parse_expression(parser, &args[1]);
    if (status == GOLDSTEP_OK)
        status = new_node(parser, NODE_LET, &token, args, 2, result);
    if (status == GOLDSTEP_OK)
        (*result)->text = name;
    return status;
}

static const struct builtin {
    const char *name;
    enum node_kind kind;
    size_t arguments;
} builtins[] = {
    {"\\sqrt", NODE_SQRT, 1},   {"\\pow", NODE_POW, 2}, {"\\exp", NODE_EXP, 1},
    {"\\log", NODE_LOG, 1},     {"\\cos", NODE_COS, 1}, {"\\sin", NODE_SIN, 1},
    {"\\abs", NODE_ABS, 1},     {"\\min", NODE_MIN, 2}, {"\\max", NODE_MAX, 2},
    {"\\floor", NODE_FLOOR, 1},
};

static goldstep_status parse_builtin(struct parser *parser, struct node **result)
{
    struct lexer *lexer = &parser->lexer;
    struct token token = lexer->token;
    goldstep_status status;
    if (lexer_is(lexer, "\\let"))
        return parse_let(parser, result);
    if (lexer_is(lexer, "\\pi"))
        return take_text(parser, NODE_PI, result);
    for (size_t i = 0; i < sizeof builtins / sizeof *builtins; i++) {
        if (!lexer_is(lexer, builtins[i].name))
            continue;
        struct node *args[MAX_ARGUMENTS];
        size_t count;
        status = lexer_next(lexer);
        if (status == GOLDSTEP_OK)
            status = parse_arguments(parser, args, &count);
        if (status == GOLDSTEP_OK && count != builtins[i].arguments)
            return error_set(lexer->error, GOLDSTEP_BAD_INPUT, lexer->file, token.line,
                             token.column, "%s takes %zu argument%s, found %zu", builtins[i].name,
                             builtins[i].arguments, builtins[i].arguments == 1 ? "" : "s", count);
        return status == GOLDSTEP_OK
                   ? new_node(parser, builtins[i].kind, &token, args, count, result)
                   : status;
    }
    return lexer_fail(lexer,
                      "one of \\sqrt \\pow \\exp \\log \\cos \\sin \\abs \\min \\max \\floor "
                      "\\pi \\let");
}

static goldstep_status parse_primary(struct parser *parser, struct node **result)
{
    struct lexer *lexer = &parser->lexer;
    if (lexer->token.kind == TOKEN_NUMBER)
        return take_text(parser, NODE_NUMBER, result);
    if (lexer->token.kind == TOKEN_BUILTIN)
        return parse_builtin(parser, result);
    if (lexer->token.kind == TOKEN_NAME)
        return parse_name(parser, result);
    if (!lexer_is(lexer, "("))
        return lexer_fail(lexer, "a term");
    goldstep_status status = lexer_next(lexer);
    if (status == GOLDSTEP_OK)
        status = parse_expression(parser, result);
    return status == GOLDSTEP_OK ? lexer_expect(lexer, ")") : status;
}

static goldstep_status parse_unary(struct parser *parser, struct node **result)
{
    struct lexer *lexer = &parser->lexer;
    struct token token = lexer->token;
    bool negate = lexer_is(lexer, "-");
    if (!negate && !lexer_is(lexer, "!"))
        return parse_primary(parser, result);
    if (++parser->depth > MAX_DEPTH)
        return too_large(parser);
    goldstep_status status = lexer_next(lexer);
    if (status == GOLDSTEP_OK)
        status = parse_unary(parser, result);
    parser->depth--;
    if (status != GOLDSTEP_OK)
        return status;
    return new_node(parser, negate ? NODE_NEGATE : NODE_NOT, &token, result, 1, result);
}

struct infix {
    const char *text;
    enum node_kind kind;
};

static const struct infix *find_operator(const struct lexer *lexer, const struct infix *operators,
                                         size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (lexer->token.kind == TOKEN_SYMBOL && lexer_is(lexer, operators[i].text))
            return &operators[i];
    return NULL;
}

/* A left-associative level: operands of the next level, joined by any of `operators`. */
static goldstep_status parse_level(struct parser *parser, const struct infix *operators,
                                   size_t count,
                                   goldstep_status (*operand)(struct parser *, struct node **),
                                   struct node **result)
{
    goldstep_status status = operand(parser, result);
    const struct infix *infix;
    while (status == GOLDSTEP_OK &&
           (infix = find_operator(&parser->lexer, operators, count)) != NULL) {
        struct token token = parser->lexer.token;
        struct node *args[2] = {*result};
        status = lexer_next(&parser->lexer);
        if (status == GOLDSTEP_OK)
            status = operand(parser, &args[1]);
        if (status == GOLDSTEP_OK)
            status = new_node(parser, infix->kind, &token, args, 2, result);
    }
    return status;
}

static goldstep_status parse_product(struct parser *parser, struct node **result)
{
    static const struct infix operators[] = {{"*", NODE_MULTIPLY}, {"/", NODE_DIVIDE}};
    return parse_level(parser, operators, 2, parse_unary, result);
}

static goldstep_status parse_sum(struct parser *parser, struct node **result)
{
    static const struct infix operators[] = {{"+", NODE_ADD}, {"-", NODE_SUBTRACT}};
    return parse_level(parser, operators, 2, parse_product, result);
}

/* Which way a comparison points: a chain may not turn round. */
static int direction(enum node_kind kind)
{
    switch (kind) {
    case NODE_LESS:
    case NODE_LESS_EQUAL:
        return 1;
    case NODE_GREATER:
    case NODE_GREATER_EQUAL:
        return -1;
    default:
        return 0;
    }
}

/* a < b <= c, which means a < b && b <= c. */
static goldstep_status parse_comparison(struct parser *parser, struct node **result)
{
    static const struct infix operators[] = {{"<=", NODE_LESS_EQUAL}, {">=", NODE_GREATER_EQUAL},
                                             {"==", NODE_EQUAL},      {"!=", NODE_NOT_EQUAL},
                                             {"<", NODE_LESS},        {">", NODE_GREATER}};
    const struct infix *infix;
    struct node *left, *chain = NULL;
    int way = 0;
    bool unequal = false; /* has no direction */
    goldstep_status status = parse_sum(parser, &left);
    while (status == GOLDSTEP_OK && (infix = find_operator(&parser->lexer, operators, 6)) != NULL) {
        struct token token = parser->lexer.token;
        struct node *args[2] = {left}, *compare = NULL;
        int this_way = direction(infix->kind);
        unequal = unequal || infix->kind == NODE_NOT_EQUAL;
        if (way * this_way < 0 || (chain != NULL && unequal))
            return lexer_fail(&parser->lexer, "a comparison in the chain's direction");
        way = this_way != 0 ? this_way : way;
        status = lexer_next(&parser->lexer);
        if (status == GOLDSTEP_OK)
            status = parse_sum(parser, &args[1]);
        if (status == GOLDSTEP_OK)
            status = new_node(parser, infix->kind, &token, args, 2, &compare);
        if (status == GOLDSTEP_OK && chain != NULL) {
            struct node *both[2] = {chain, compare};
            status = new_node(parser, NODE_AND, &token, both, 2, &compare);
        }
        chain = compare;
        left = args[1];
    }
    *result = chain != NULL ? chain : left;
    return status;
}

static goldstep_status parse_and(struct parser *parser, struct node **result)
{
    static const struct infix operators[] = {{"&&", NODE_AND}};
    return parse_level(parser, operators, 1, parse_comparison, result);
}

static goldstep_status parse_or(struct parser *parser, struct node **result)
{
    static const struct infix operators[] = {{"||", NODE_OR}};
    return parse_level(parser, operators, 1, parse_and, result);
}

static goldstep_status parse_implies(struct parser *parser, struct node **result)
{
    goldstep_status status = parse_or(parser, result);
    if (status != GOLDSTEP_OK || !lexer_is(&parser->lexer, "==>"))
        return status;
    struct token token = parser->lexer.token;
    struct node *args[2] = {*result};
    if (++parser->depth > MAX_DEPTH)
        return too_large(parser);
    status = lexer_next(&parser->lexer);
    if (status == GOLDSTEP_OK)
        status = parse_implies(parser, &args[1]);
    parser->depth--;
    return status == GOLDSTEP_OK ? new_node(parser, NODE_IMPLIES, &token, args, 2, result) : status;
}

static goldstep_status parse_conditional(struct parser *parser, struct node **result)
{
    goldstep_status status = parse_implies(parser, result);
    if (status != GOLDSTEP_OK || !lexer_is(&parser->lexer, "?"))
        return status;
    struct token token = parser->lexer.token;
    struct node *args[3] = {*result};
    status = lexer_next(&parser->lexer);
    if (status == GOLDSTEP_OK)
        status = parse_expression(parser, &args[1]);
    if (status == GOLDSTEP_OK)
        status = lexer_expect(&parser->lexer, ":");
    if (status == GOLDSTEP_OK)
        status = parse_expression(parser, &args[2]);
    return status == GOLDSTEP_OK ? new_node(parser, NODE_IF, &token, args, 3, result) : status;
}

static goldstep_status parse_expression(struct parser *parser, struct node **result)
{
    if (++parser->depth > MAX_DEPTH)
        return too_large(parser);
    goldstep_status status = parse_conditional(parser, result);
    parser->depth--;
    return status;
}

static goldstep_status parse_parameter(struct parser *parser, struct parameter *parameter)
{
    struct lexer *lexer = &parser->lexer;
    if (lexer_is(lexer, "real"))
        parameter->type = TYPE_REAL;
    else if (lexer_is(lexer, "integer"))
        parameter->type = TYPE_INTEGER;
    else
        return lexer_fail(lexer, "`real` or `integer`");
    goldstep_status status = lexer_next(lexer);
    return status == GOLDSTEP_OK ? take_name(parser, "a parameter's name", &parameter->name)
                                 : status;
}

static goldstep_status parse_parameters(struct parser *parser, struct function *function)
{
    struct parameter parameters[MAX_ARGUMENTS];
    size_t count = 0;
    goldstep_status status = lexer_expect(&parser->lexer, "(");
    while (status == GOLDSTEP_OK) {
        if (count == MAX_ARGUMENTS)
            return too_large(parser);
        status = parse_parameter(parser, &parameters[count]);
        if (status != GOLDSTEP_OK)
            return status;
        for (size_t i = 0; i < count; i++)
            if (strcmp(parameters[i].name, parameters[count].name) == 0)
                return error_set(parser->lexer.error, GOLDSTEP_BAD_INPUT, parser->lexer.file,
                                 function->line, function->column,
                                 "%s: the parameter `%s` stands twice", function->name,
                                 parameters[i].name);
        count++;
        if (!lexer_is(&parser->lexer, ","))
            break;
        status = lexer_next(&parser->lexer);
    }
    if (status == GOLDSTEP_OK)
        status = lexer_expect(&parser->lexer, ")");
    if (status != GOLDSTEP_OK)
        return status;
    function->parameters = arena_alloc(parser->arena, count, sizeof *parameters);
    if (function->parameters == NULL)
        return error_memory(parser->lexer.error);
    memcpy(function->parameters, parameters, count * sizeof *parameters);
    function->parameter_count = count;
    return GOLDSTEP_OK;
}

/* `logic real NAME(…) = term;` or `predicate NAME(…) = formula;` */
static goldstep_status parse_function(struct parser *parser, struct function *function)
{
    struct lexer *lexer = &parser->lexer;
    parser->nodes = 0;
    goldstep_status status;
    if (lexer_is(lexer, "predicate")) {
        function->result = TYPE_BOOLEAN;
        status = lexer_next(lexer);
    } else if (lexer_is(lexer, "logic")) {
        function->result = TYPE_REAL;
        status = lexer_next(lexer);
        if (status == GOLDSTEP_OK)
            status = lexer_expect(lexer, "real");
    } else {
        return lexer_fail(lexer, "`logic` or `predicate`");
    }
    function->line = lexer->token.line;
    function->column = lexer->token.column;
    if (status == GOLDSTEP_OK)
        status = take_name(parser, "a name", &function->name);
    if (status == GOLDSTEP_OK)
        status = parse_parameters(parser, function);
    if (status == GOLDSTEP_OK)
        status = lexer_expect(lexer, "=");
    if (status == GOLDSTEP_OK)
        status = parse_expression(parser, &function->body);
    return status == GOLDSTEP_OK ? lexer_expect(lexer, ";") : status;
}

goldstep_status annotation_parse(struct spec *spec, const char *text, size_t length, size_t line,
                                 size_t column, goldstep_error *error)
{
    struct parser parser = {.lexer = {spec->file, text, text + length, line, column, {0}, error},
                            .arena = &spec->arena};
    struct function functions[MAX_FUNCTIONS];
    size_t count = 0;
    goldstep_status status = lexer_next(&parser.lexer);
    while (status == GOLDSTEP_OK && parser.lexer.token.kind != TOKEN_END) {
        if (count == MAX_FUNCTIONS)
            return lexer_fail(&parser.lexer, "at most 64 functions in a specification");
        functions[count] = (struct function){.file = spec->file, .order = count};
        status = parse_function(&parser, &functions[count]);
        if (status != GOLDSTEP_OK)
            return status;
        for (size_t i = 0; i < count; i++)
            if (strcmp(functions[i].name, functions[count].name) == 0)
                return error_set(error, GOLDSTEP_BAD_INPUT, spec->file, functions[count].line,
                                 functions[count].column,
                                 "`%s` is defined twice (first on line %zu)", functions[i].name,
                                 functions[i].line);
        count++;
    }
    if (status != GOLDSTEP_OK)
        return status;
    spec->functions = arena_alloc(&spec->arena, count, sizeof *functions);
    if (spec->functions == NULL)
        return error_memory(error);
    memcpy(spec->functions, functions, count * sizeof *functions);
    spec->function_count = count;
    return GOLDSTEP_OK;
}

goldstep_status term_parse(struct spec *spec, const char *text, size_t line, size_t column,
                           struct node **term, goldstep_error *error)
{
    struct parser parser = {
        .lexer = {spec->file, text, text + strlen(text), line, column, {0}, error},
        .arena = &spec->arena};
    goldstep_status status = lexer_next(&parser.lexer);
    if (status == GOLDSTEP_OK)
        status = parse_expression(&parser, term);
    if (status == GOLDSTEP_OK && parser.lexer.token.kind != TOKEN_END)
        return lexer_fail(&parser.lexer, "the end of the value");
    return status;
}
