/* Trees back to text. */
#include "speclang/syntax.h"

#include <stdio.h>

/* A buffer that forgets what does not fit. */
struct writer {
    char *text;
    size_t size, used;
};

static void put(struct writer *writer, const char *text)
{
    if (writer->used + 1 >= writer->size)
        return;
    int length = snprintf(writer->text + writer->used, writer->size - writer->used, "%s", text);
    writer->used += length > 0 ? (size_t)length : 0;
}

/* How tightly an operator binds; an argument that binds less stands in parentheses. */
static const struct spelling {
    const char *text;
    int level;
} spellings[] = {
    [NODE_LET] = {"\\let", 0},
    [NODE_IF] = {"?", 1},
    [NODE_IMPLIES] = {" ==> ", 2},
    [NODE_OR] = {" || ", 3},
    [NODE_AND] = {" && ", 4},
    [NODE_LESS] = {" < ", 5},
    [NODE_LESS_EQUAL] = {" <= ", 5},
    [NODE_GREATER] = {" > ", 5},
    [NODE_GREATER_EQUAL] = {" >= ", 5},
    [NODE_EQUAL] = {" == ", 5},
    [NODE_NOT_EQUAL] = {" != ", 5},
    [NODE_ADD] = {" + ", 6},
    [NODE_SUBTRACT] = {" - ", 6},
    [NODE_MULTIPLY] = {" * ", 7},
    [NODE_DIVIDE] = {" / ", 7},
    [NODE_NEGATE] = {"-", 8},
    [NODE_NOT] = {"!", 8},
    [NODE_NUMBER] = {NULL, 9},
    [NODE_NAME] = {NULL, 9},
    [NODE_PI] = {"\\pi", 9},
    [NODE_CALL] = {NULL, 9},
    [NODE_SQRT] = {"\\sqrt", 9},
    [NODE_POW] = {"\\pow", 9},
    [NODE_EXP] = {"\\exp", 9},
    [NODE_LOG] = {"\\log", 9},
    [NODE_COS] = {"\\cos", 9},
    [NODE_SIN] = {"\\sin", 9},
    [NODE_ABS] = {"\\abs", 9},
    [NODE_MIN] = {"\\min", 9},
    [NODE_MAX] = {"\\max", 9},
    [NODE_FLOOR] = {"\\floor", 9},
};

static void print(struct writer *writer, const struct node *node, int level);

static void print_call(struct writer *writer, const struct node *node, const char *name)
{
    put(writer, name);
    for (size_t i = 0; i < node->arg_count; i++) {
        put(writer, i == 0 ? "(" : ", ");
        print(writer, node->args[i], 0);
    }
    if (node->arg_count > 0)
        put(writer, ")");
}

/* Whether a op (b op c) may be written without its parentheses; the other operators but ==> join to the left. */
static int joins_either_way(enum node_kind kind)
{
    return kind == NODE_IMPLIES || kind == NODE_AND || kind == NODE_OR;
}

static void print_bare(struct writer *writer, const struct node *node)
{
    const struct spelling *spelling = &spellings[node->kind];
    switch (node->kind) {
    case NODE_LET:
        put(writer, "\\let ");
        put(writer, node->text);
        put(writer, " = ");
        print(writer, node->args[0], 0);
        put(writer, "; ");
        print(writer, node->args[1], 0);
        break;
    case NODE_IF:
        print(writer, node->args[0], 2);
        put(writer, " ? ");
        print(writer, node->args[1], 0);
        put(writer, " : ");
        print(writer, node->args[2], 0);
        break;
    case NODE_NEGATE:
    case NODE_NOT:
        put(writer, spelling->text);
        print(writer, node->args[0], spelling->level);
        break;
    default:
        if (spelling->level == 9) {
            print_call(writer, node, spelling->text != NULL ? spelling->text : node->text);
            break;
        }
        print(writer, node->args[0], spelling->level + (node->kind == NODE_IMPLIES));
        put(writer, spelling->text);
        print(writer, node->args[1], spelling->level + !joins_either_way(node->kind));
    }
}

static void print(struct writer *writer, const struct node *node, int level)
{
    int own = spellings[node->kind].level;
    if (own < level)
        put(writer, "(");
    print_bare(writer, node);
    if (own < level)
        put(writer, ")");
}

void node_print(const struct node *node, char *text, size_t size)
{
    struct writer writer = {text, size, 0};
    if (size > 0)
        *text = '\0';
    print(&writer, node, 0);
}
