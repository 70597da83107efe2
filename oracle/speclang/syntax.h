/* The typed trees of the specification language. */
#ifndef GOLDSTEP_SYNTAX_H
#define GOLDSTEP_SYNTAX_H

#include <stddef.h>

enum type { TYPE_INTEGER, TYPE_REAL, TYPE_BOOLEAN };

enum node_kind {
    NODE_NUMBER, /* text */
    NODE_PI,
    NODE_NAME, /* text: a parameter or a \let's name */
    NODE_LET,  /* text: the name; args: value, body */
    NODE_IF,   /* args: condition, then, else */
    NODE_CALL, /* text: the function's name; args: its arguments; callee */
    NODE_NEGATE,
    NODE_ADD,
    NODE_SUBTRACT,
    NODE_MULTIPLY,
    NODE_DIVIDE,
    NODE_SQRT,
    NODE_POW,
    NODE_EXP,
    NODE_LOG,
    NODE_COS,
    NODE_SIN,
    NODE_ABS,
    NODE_MIN,
    NODE_MAX,
    NODE_FLOOR,
    NODE_LESS,
    NODE_LESS_EQUAL,
    NODE_GREATER,
    NODE_GREATER_EQUAL,
    NODE_EQUAL,
    NODE_NOT_EQUAL,
    NODE_AND,
    NODE_OR,
    NODE_NOT,
    NODE_IMPLIES,
};

struct node {
    enum node_kind kind;
    enum type type; /* set when the specification is linked */
    size_t line, column;
    const char *start; /* the source text, for messages */
    size_t length;
    const char *text;
    struct node **args;
    size_t arg_count;
    const struct function *callee; /* of a call, set when linked */
};

struct parameter {
    const char *name;
    enum type type;
};

/* A logic function (result TYPE_REAL or TYPE_INTEGER) or a predicate (TYPE_BOOLEAN). */
struct function {
    const char *name;
    const char *file; /* for messages: an inherited equation stands elsewhere */
    enum type result;
    struct parameter *parameters;
    size_t parameter_count;
    struct node *body;
    size_t line, column;
    size_t order; /* its place in the file: a function may call those before it */
};

/* Writes the expression, as the language spells it, into `text` of `size` bytes, cut short if need be. */
void node_print(const struct node *node, char *text, size_t size);

#endif
