#include "emit/ml.h"

#include <ctype.h>
#include <stdbool.h>

void ml_arguments(FILE *out, const struct node *call, emitter *emit)
{
    for (size_t i = 0; i < call->arg_count; i++) {
        fputc(' ', out);
        emit(out, call->args[i], call->callee->parameters[i].type);
    }
}

/* The type of an operation's arguments: reals as soon as one of them is. */
static enum type argument_type(const struct node *node)
{
    enum type type = TYPE_INTEGER;
    for (size_t i = 0; i < node->arg_count; i++)
        if (node->args[i]->type != TYPE_INTEGER)
            type = node->args[i]->type;
    switch (node->kind) {
    case NODE_DIVIDE:
    case NODE_SQRT:
    case NODE_POW:
    case NODE_EXP:
    case NODE_LOG:
    case NODE_COS:
    case NODE_SIN:
    case NODE_FLOOR:
        return TYPE_REAL;
    default:
        return type;
    }
}

void ml_operation(FILE *out, const struct spelling *spelling, const struct node *node,
                  emitter *emit)
{
    enum type type = argument_type(node);
    const char *text = type == TYPE_INTEGER ? spelling->integer : spelling->real;
    bool infix = node->arg_count == 2 && !isalpha((unsigned char)*text);
    if (!infix)
        fputs(text, out);
    for (size_t i = 0; i < node->arg_count; i++) {
        if (infix && i == 1)
            fprintf(out, " %s ", text);
        else if (!infix)
            fputc(' ', out);
        emit(out, node->args[i], type);
    }
}

void ml_if(FILE *out, const struct node *node, enum type wanted, emitter *emit_condition,
           emitter *emit)
{
    fputs("if ", out);
    emit_condition(out, node->args[0], TYPE_BOOLEAN);
    fputs(" then ", out);
    emit(out, node->args[1], wanted);
    fputs(" else ", out);
    emit(out, node->args[2], wanted);
}
