/* Single changes of a rule's trees, as they occur by mistake. */
#include "verdict/edits.h"

#include "error.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAX_EDITS = 8000, /* of one rule */
    MAX_DEPTH = 64,   /* trees that are deeper are left alone below it */
    MAX_SCOPE = 128,
    MAX_FUNCTIONS = 64,
    MAX_PLACES = 8, /* of one change that is made in several */
    SHOWN = 72,     /* an expression is shown within the largest that is no longer */
};

/* Ranks: what is left out or written for another thing; what stands in the wrong place; constants; what is added. */
enum { RANK_SLIP = 1, RANK_PLACE, RANK_CONSTANT, RANK_ADDED, RANK_EVERYWHERE };

struct name {
    const char *text;
    enum type type;
};

/* A change of one node, as it is found. */
struct found {
    const struct function *function;
    const struct node *at, *by;
    struct tree_change *change;
    int kind; /* which of the ways of changing a node it is */
};

struct editor {
    const struct spec *spec;
    struct arena *arena;
    const struct function *functions[MAX_FUNCTIONS];
    size_t function_count;
    const struct function *function; /* whose tree is walked */
    struct name scope[MAX_SCOPE];
    size_t scope_count;
    const struct node *path[MAX_DEPTH]; /* from the tree's root to the node */
    size_t turns[MAX_DEPTH];            /* which operand the path takes */
    size_t depth;
    struct found *found;
    size_t count;
    int kind;
    bool failed; /* memory is out */
};

/* --- trees ------------------------------------------------------------------------------------------------------ */

static struct node *new_node(struct editor *editor, enum node_kind kind, size_t arg_count)
{
    struct node *node = arena_alloc(editor->arena, 1, sizeof *node);
    struct node **args = arena_alloc(editor->arena, arg_count, sizeof *args);
    if (node == NULL || args == NULL) {
        editor->failed = true;
        return NULL;
    }
    *node = (struct node){.kind = kind, .type = TYPE_REAL, .args = args, .arg_count = arg_count};
    return node;
}

/* A node of its own, so that an edit of the original does not reach it. */
static struct node *copy_of(struct editor *editor, const struct node *node)
{
    struct node *copy = node == NULL ? NULL : arena_alloc(editor->arena, 1, sizeof *copy);
    if (copy == NULL)
        editor->failed = true;
    else
        *copy = *node;
    return copy;
}

static bool is_number(const struct node *node)
{
    return node->kind == NODE_NUMBER;
}

static bool is_integer(const struct node *node)
{
    return node->type == TYPE_INTEGER;
}

static struct node *unary(struct editor *editor, enum node_kind kind, const struct node *arg)
{
    struct node *node = arg == NULL ? NULL : new_node(editor, kind, 1);
    if (node == NULL)
        return NULL;
    node->args[0] = copy_of(editor, arg);
    node->type =
        kind == NODE_FLOOR || (kind == NODE_NEGATE && is_integer(arg)) ? TYPE_INTEGER : TYPE_REAL;
    return node;
}

static struct node *binary(struct editor *editor, enum node_kind kind, const struct node *left,
                           const struct node *right)
{
    struct node *node = left == NULL || right == NULL ? NULL : new_node(editor, kind, 2);
    if (node == NULL)
        return NULL;
    node->args[0] = copy_of(editor, left);
    node->args[1] = copy_of(editor, right);
    bool ring = kind == NODE_ADD || kind == NODE_SUBTRACT || kind == NODE_MULTIPLY;
    if (kind >= NODE_LESS)
        node->type = TYPE_BOOLEAN;
    else if (ring && is_integer(left) && is_integer(right))
        node->type = TYPE_INTEGER;
    return node;
}

static struct node *number(struct editor *editor, double value)
{
    char text[32];
    struct node *node = new_node(editor, NODE_NUMBER, 0);
    if (node == NULL)
        return NULL;
    for (int digits = 1; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value)
            break;
    }
    node->text = arena_copy(editor->arena, text, strlen(text));
    node->type = strspn(text, "0123456789") == strlen(text) ? TYPE_INTEGER : TYPE_REAL;
    editor->failed = editor->failed || node->text == NULL;
    return node;
}

static struct node *named(struct editor *editor, const char *text, enum type type)
{
    struct node *node = new_node(editor, NODE_NAME, 0);
    if (node != NULL) {
        node->text = text;
        node->type = type;
    }
    return node;
}

/* --- finding changes -------------------------------------------------------------------------------------------- */

static bool is_arithmetic(const struct node *node)
{
    return node->kind >= NODE_NEGATE && node->kind <= NODE_FLOOR;
}

/* Widens the change to the largest expression around it that is short enough to be shown. */
static struct edit widen(struct editor *editor, const struct node *at, const struct node *by)
{
    struct edit edit = {at, by, NULL};
    for (size_t i = editor->depth; i-- > 0 && !editor->failed;) {
        const struct node *outer = editor->path[i];
        char text[SHOWN + 2];
        node_print(outer, text, sizeof text);
        if (!is_arithmetic(outer) || strlen(text) > SHOWN)
            break;
        struct node *copy = copy_of(editor, outer);
        struct node **args = arena_alloc(editor->arena, outer->arg_count, sizeof *args);
        if (copy == NULL || args == NULL) {
            editor->failed = true;
            break;
        }
        memcpy(args, outer->args, outer->arg_count * sizeof *args);
        args[editor->turns[i]] = copy_of(editor, edit.by);
        copy->args = args;
        edit.at = outer;
        edit.by = copy;
    }
    return edit;
}

/* The kinds are counted as they are tried, so that the same change of two nodes has the same kind. */
static void add(struct editor *editor, int rank, const struct node *at, const struct node *by)
{
    editor->kind++;
    if (by == NULL || editor->failed || editor->count == MAX_EDITS)
        return;
    struct tree_change *change = arena_alloc(editor->arena, 1, sizeof *change);
    if (change == NULL) {
        editor->failed = true;
        return;
    }
    change->edit = widen(editor, at, by);
    change->function = editor->function;
    change->rank = rank;
    editor->found[editor->count++] = (struct found){editor->function, at, by, change, editor->kind};
}

/* The node as it is, with other operands. */
static struct node *with_args(struct editor *editor, const struct node *node,
                              const struct node *first, const struct node *second)
{
    struct node *by = binary(editor, node->kind, first, second);
    if (by != NULL)
        by->type = node->type;
    return by;
}

static void change_sum(struct editor *editor, const struct node *node)
{
    const struct node *left = node->args[0], *right = node->args[1];
    bool minus = node->kind == NODE_SUBTRACT;
    add(editor, RANK_SLIP, node, binary(editor, minus ? NODE_ADD : NODE_SUBTRACT, left, right));
    add(editor, RANK_SLIP, node, is_number(left) ? NULL : copy_of(editor, left));
    add(editor, RANK_SLIP, node, is_number(right) ? NULL : copy_of(editor, right));
    add(editor, RANK_SLIP, node, minus ? with_args(editor, node, right, left) : NULL);
    add(editor, RANK_SLIP, node, minus ? unary(editor, NODE_NEGATE, right) : NULL);
    for (size_t i = 0; i < 2; i++) { /* √a + e for √(a + e), and the other way round */
        const struct node *root = node->args[i], *other = node->args[1 - i];
        add(editor, RANK_PLACE, node,
            root->kind != NODE_SQRT
                ? NULL
                : unary(editor, NODE_SQRT, binary(editor, node->kind, root->args[0], other)));
    }
}

/* Of a product or a quotient one of whose operands is a sum: its parentheses are forgotten. */
static void change_parentheses(struct editor *editor, const struct node *node)
{
    for (size_t i = 0; i < 2; i++) {
        const struct node *sum = node->args[i], *other = node->args[1 - i];
        bool is_sum = sum->kind == NODE_ADD || sum->kind == NODE_SUBTRACT;
        struct node *by = NULL, *reciprocal = NULL;
        if (is_sum && i == 0)
            by = binary(editor, sum->kind, sum->args[0],
                        binary(editor, node->kind, sum->args[1], other));
        if (is_sum && i == 1)
            by = binary(editor, sum->kind, binary(editor, node->kind, other, sum->args[0]),
                        sum->args[1]);
        if (is_sum && i == 1 && node->kind == NODE_DIVIDE && !is_number(sum->args[0]))
            reciprocal = binary(editor, NODE_MULTIPLY, other,
                                binary(editor, sum->kind,
                                       binary(editor, NODE_DIVIDE, number(editor, 1), sum->args[0]),
                                       sum->args[1]));
        add(editor, RANK_PLACE, node, by);
        add(editor, RANK_PLACE, node, reciprocal);
    }
}

static void change_product(struct editor *editor, const struct node *node)
{
    const struct node *left = node->args[0], *right = node->args[1];
    bool quotient = node->kind == NODE_DIVIDE;
    add(editor, RANK_SLIP, node,
        binary(editor, quotient ? NODE_MULTIPLY : NODE_DIVIDE, left, right));
    add(editor, RANK_SLIP, node, copy_of(editor, left));
    add(editor, RANK_SLIP, node,
        quotient ? binary(editor, NODE_DIVIDE, number(editor, 1), right) : copy_of(editor, right));
    add(editor, RANK_SLIP, node, quotient ? with_args(editor, node, right, left) : NULL);
    add(editor, RANK_SLIP, node, binary(editor, NODE_ADD, left, right));
    add(editor, RANK_CONSTANT, node, quotient ? unary(editor, NODE_FLOOR, node) : NULL);
    change_parentheses(editor, node);
}

static void change_root(struct editor *editor, const struct node *node)
{
    const struct node *inner = node->args[0];
    bool sum = inner->kind == NODE_ADD || inner->kind == NODE_SUBTRACT;
    add(editor, RANK_SLIP, node, copy_of(editor, inner));
    add(editor, RANK_CONSTANT, node, binary(editor, NODE_MULTIPLY, inner, inner));
    for (size_t i = 0; i < 2; i++) {
        struct node *by = NULL;
        if (sum && !is_number(inner->args[i])) {
            struct node *root = unary(editor, NODE_SQRT, inner->args[i]);
            by = i == 0 ? binary(editor, inner->kind, root, inner->args[1])
                        : binary(editor, inner->kind, inner->args[0], root);
        }
        add(editor, RANK_PLACE, node, by);
    }
}

static void change_choice(struct editor *editor, const struct node *node)
{
    struct node *by = copy_of(editor, node);
    struct node **args = arena_alloc(editor->arena, 3, sizeof *args);
    if (by == NULL || args == NULL) {
        editor->failed = true;
        return;
    }
    args[0] = node->args[0];
    args[1] = node->args[2];
    args[2] = node->args[1];
    by->args = args;
    add(editor, RANK_SLIP, node, copy_of(editor, node->args[1]));
    add(editor, RANK_SLIP, node, copy_of(editor, node->args[2]));
    add(editor, RANK_SLIP, node, by);
}

static void change_comparison(struct editor *editor, const struct node *node)
{
    static const enum node_kind others[] = {NODE_LESS, NODE_LESS_EQUAL, NODE_GREATER,
                                            NODE_GREATER_EQUAL};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (others[i] != node->kind)
            add(editor, RANK_SLIP, node, binary(editor, others[i], node->args[0], node->args[1]));
}

static void change_number(struct editor *editor, const struct node *node)
{
    double value = strtod(node->text, NULL);
    const double others[] = {value + 1, value - 1, 1 - value, 2 * value, value / 2};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        add(editor, RANK_CONSTANT, node,
            others[i] != value && others[i] >= 0 ? number(editor, others[i]) : NULL);
}

/* An exponent, an absolute value, a maximum. */
static void change_function(struct editor *editor, const struct node *node)
{
    switch (node->kind) {
    case NODE_POW:
        add(editor, RANK_SLIP, node, copy_of(editor, node->args[0]));
        add(editor, RANK_SLIP, node, binary(editor, NODE_MULTIPLY, node->args[0], node->args[1]));
        break;
    case NODE_MIN:
    case NODE_MAX:
        add(editor, RANK_SLIP, node, copy_of(editor, node->args[0]));
        add(editor, RANK_SLIP, node, copy_of(editor, node->args[1]));
        add(editor, RANK_SLIP, node,
            binary(editor, node->kind == NODE_MIN ? NODE_MAX : NODE_MIN, node->args[0],
                   node->args[1]));
        break;
    case NODE_NEGATE:
    case NODE_ABS:
    case NODE_FLOOR:
    case NODE_EXP:
    case NODE_LOG:
        add(editor, RANK_SLIP, node, copy_of(editor, node->args[0]));
        break;
    default:
        break;
    }
}

static bool is_hyper(const struct editor *editor, const struct node *node)
{
    return node->kind == NODE_NAME && spec_bind(editor->spec, node->text).kind == BIND_HYPER;
}

/* "m_next" for "m", and the other way round. */
static const char *other_time(struct editor *editor, const char *name)
{
    size_t length = strlen(name);
    char other[128];
    enum binding_kind kind = spec_bind(editor->spec, name).kind;
    if (kind == BIND_X || kind == BIND_STATE || kind == BIND_SCALAR_STATE)
        snprintf(other, sizeof other, "%.100s_next", name);
    else if (kind == BIND_X_NEXT || kind == BIND_STATE_NEXT || kind == BIND_SCALAR_STATE_NEXT)
        snprintf(other, sizeof other, "%.*s", (int)length - 5, name);
    else
        return NULL;
    const char *text = arena_copy(editor->arena, other, strlen(other));
    editor->failed = editor->failed || text == NULL;
    return text;
}

static bool in_scope(const struct editor *editor, const char *name)
{
    for (size_t i = 0; i < editor->scope_count; i++)
        if (strcmp(editor->scope[i].text, name) == 0)
            return true;
    return false;
}

static void change_name(struct editor *editor, const struct node *node)
{
    const struct items *hypers = &editor->spec->hypers;
    const char *other = other_time(editor, node->text);
    add(editor, RANK_SLIP, node, other != NULL ? named(editor, other, node->type) : NULL);
    if (is_integer(node)) {
        add(editor, RANK_PLACE, node, binary(editor, NODE_SUBTRACT, node, number(editor, 1)));
        add(editor, RANK_PLACE, node, binary(editor, NODE_ADD, node, number(editor, 1)));
        return;
    }
    add(editor, RANK_PLACE, node,
        is_hyper(editor, node) ? binary(editor, NODE_SUBTRACT, number(editor, 1), node) : NULL);
    for (size_t i = 0; i < editor->scope_count; i++)
        if (editor->scope[i].type == TYPE_REAL && strcmp(editor->scope[i].text, node->text) != 0)
            add(editor, RANK_PLACE, node, named(editor, editor->scope[i].text, TYPE_REAL));
    for (size_t i = 0; i < hypers->count; i++)
        if (!in_scope(editor, hypers->list[i].name))
            add(editor, RANK_PLACE, node, named(editor, hypers->list[i].name, TYPE_REAL));
}

/* What any real term may have too much: a root, a sign, a factor. Factors are added to whole products only. */
static void change_term(struct editor *editor, const struct node *node)
{
    const struct items *hypers = &editor->spec->hypers;
    const struct node *outer = editor->depth > 0 ? editor->path[editor->depth - 1] : NULL;
    bool factor = outer != NULL && (outer->kind == NODE_MULTIPLY || outer->kind == NODE_DIVIDE ||
                                    outer->kind == NODE_NEGATE);
    bool term = outer != NULL && (outer->kind == NODE_ADD || outer->kind == NODE_SUBTRACT);
    if (node->kind != NODE_SQRT && !is_number(node))
        add(editor, RANK_CONSTANT, node, unary(editor, NODE_SQRT, node));
    if (!factor && !term && !is_number(node))
        add(editor, RANK_SLIP, node, unary(editor, NODE_NEGATE, node));
    if (node->kind == NODE_NAME && (outer == NULL || outer->kind != NODE_SQRT))
        add(editor, RANK_CONSTANT, node, binary(editor, NODE_MULTIPLY, node, node));
    if (!factor && !is_number(node)) {
        add(editor, RANK_CONSTANT, node, binary(editor, NODE_MULTIPLY, number(editor, 2), node));
        add(editor, RANK_CONSTANT, node, binary(editor, NODE_DIVIDE, node, number(editor, 2)));
        for (size_t i = 0; i < hypers->count; i++) {
            struct node *hyper = named(editor, hypers->list[i].name, TYPE_REAL);
            add(editor, RANK_ADDED, node, binary(editor, NODE_MULTIPLY, hyper, node));
            add(editor, RANK_ADDED, node, binary(editor, NODE_DIVIDE, node, hyper));
        }
    }
    if (node->kind != NODE_NAME && node->kind != NODE_SQRT)
        return;
    for (size_t i = 0; i < hypers->count; i++) {
        const char *hyper = hypers->list[i].name;
        bool same = node->kind == NODE_NAME && strcmp(node->text, hyper) == 0;
        add(editor, RANK_ADDED, node,
            same ? NULL : binary(editor, NODE_ADD, node, named(editor, hyper, TYPE_REAL)));
    }
}

static void change_node(struct editor *editor, const struct node *node)
{
    editor->kind = (int)node->kind * 1000;
    switch (node->kind) {
    case NODE_ADD:
    case NODE_SUBTRACT:
        change_sum(editor, node);
        break;
    case NODE_MULTIPLY:
    case NODE_DIVIDE:
        change_product(editor, node);
        break;
    case NODE_SQRT:
        change_root(editor, node);
        break;
    case NODE_IF:
        change_choice(editor, node);
        break;
    case NODE_LESS:
    case NODE_LESS_EQUAL:
    case NODE_GREATER:
    case NODE_GREATER_EQUAL:
        change_comparison(editor, node);
        break;
    case NODE_NUMBER:
        change_number(editor, node);
        break;
    case NODE_NAME:
        change_name(editor, node);
        break;
    default:
        change_function(editor, node);
        break;
    }
    if (node->type == TYPE_REAL && node->kind != NODE_LET)
        change_term(editor, node);
}

static void walk(struct editor *editor, const struct node *node)
{
    change_node(editor, node);
    if (editor->depth == MAX_DEPTH)
        return;
    editor->path[editor->depth] = node;
    for (size_t i = 0; i < node->arg_count; i++) {
        bool bound = node->kind == NODE_LET && i == 1 && editor->scope_count < MAX_SCOPE;
        if (bound)
            editor->scope[editor->scope_count++] = (struct name){node->text, node->args[0]->type};
        editor->turns[editor->depth++] = i;
        walk(editor, node->args[i]);
        editor->depth--;
        editor->scope_count -= bound;
    }
}

/* --- the equations ---------------------------------------------------------------------------------------------- */

static void collect(struct editor *editor, const struct function *function);

static void collect_calls(struct editor *editor, const struct node *node)
{
    if (node->kind == NODE_CALL)
        collect(editor, node->callee);
    for (size_t i = 0; i < node->arg_count; i++)
        collect_calls(editor, node->args[i]);
}

/* The equation, after those that it calls. */
static void collect(struct editor *editor, const struct function *function)
{
    for (size_t i = 0; i < editor->function_count; i++)
        if (editor->functions[i] == function)
            return;
    collect_calls(editor, function->body);
    if (editor->function_count < MAX_FUNCTIONS)
        editor->functions[editor->function_count++] = function;
}

static void collect_all(struct editor *editor)
{
    const struct spec *spec = editor->spec;
    for (size_t i = 0; i < spec->states.count; i++)
        collect(editor, spec->states.list[i].equation);
    for (size_t i = 0; i < spec->scalar_states.count; i++)
        collect(editor, spec->scalar_states.list[i].equation);
    collect(editor, spec->output);
}

static void walk_all(struct editor *editor)
{
    for (size_t i = 0; i < editor->function_count; i++) {
        const struct function *function = editor->functions[i];
        editor->function = function;
        editor->scope_count = 0;
        for (size_t p = 0; p < function->parameter_count && p < MAX_SCOPE; p++)
            editor->scope[editor->scope_count++] =
                (struct name){function->parameters[p].name, function->parameters[p].type};
        walk(editor, function->body);
    }
}

/* --- the same change in several places -------------------------------------------------------------------------- */

/* Whether the trees differ in names and numbers at most. */
static bool same_shape(const struct node *a, const struct node *b)
{
    if (a->kind != b->kind || a->arg_count != b->arg_count || a->callee != b->callee)
        return false;
    for (size_t i = 0; i < a->arg_count; i++)
        if (!same_shape(a->args[i], b->args[i]))
            return false;
    return true;
}

static bool same_text(const struct node *a, const struct node *b)
{
    char left[SHOWN + 2], right[SHOWN + 2];
    node_print(a, left, sizeof left);
    node_print(b, right, sizeof right);
    return strlen(left) <= SHOWN && strcmp(left, right) == 0;
}

/* A name is changed alike where it is the same name, another tree where it has the same shape. */
static bool is_alike(const struct found *a, const struct found *b)
{
    if (a->at->kind != b->at->kind)
        return false;
    if (a->at->kind == NODE_NAME)
        return strcmp(a->at->text, b->at->text) == 0 && same_text(a->by, b->by);
    return a->kind == b->kind && a->at->arg_count > 0 && same_shape(a->at, b->at);
}

/* One change of all that are alike to the first of them; none where it is the only one. */
static void add_alike(struct editor *editor, size_t first, size_t count, bool *grouped)
{
    size_t places[MAX_PLACES], alike = 0;
    for (size_t i = first; i < count && alike < MAX_PLACES; i++)
        if (!grouped[i] && is_alike(&editor->found[first], &editor->found[i])) {
            grouped[i] = true;
            places[alike++] = i;
        }
    if (alike < 2 || editor->count == MAX_EDITS)
        return;
    struct tree_change *change = arena_alloc(editor->arena, 1, sizeof *change);
    struct edit *more = arena_alloc(editor->arena, alike, sizeof *more);
    if (change == NULL || more == NULL) {
        editor->failed = true;
        return;
    }
    for (size_t i = 0; i < alike; i++) {
        const struct found *found = &editor->found[places[i]];
        more[i] = (struct edit){found->at, found->by, i + 1 < alike ? &more[i + 1] : NULL};
    }
    change->edit = more[0];
    change->rank = RANK_EVERYWHERE;
    bool one = editor->found[first].at->kind != NODE_NAME;
    for (size_t i = 0; i < alike; i++)
        one = one && editor->found[places[i]].function == editor->found[first].function;
    change->function = one ? editor->found[first].function : NULL;
    editor->found[editor->count++] = (struct found){.change = change};
}

static void add_all_alike(struct editor *editor)
{
    size_t count = editor->count;
    bool *grouped = calloc(count + 1, sizeof *grouped);
    if (grouped == NULL)
        editor->failed = true;
    for (size_t i = 0; i < count && !editor->failed; i++)
        if (!grouped[i])
            add_alike(editor, i, count, grouped);
    free(grouped);
}

/* --- the list --------------------------------------------------------------------------------------------------- */

static goldstep_status sort(const struct editor *editor, struct edits *edits, goldstep_error *error)
{
    edits->list = calloc(editor->count + 1, sizeof *edits->list);
    if (edits->list == NULL)
        return error_memory(error);
    for (int rank = RANK_SLIP; rank <= RANK_EVERYWHERE; rank++)
        for (size_t i = 0; i < editor->count; i++)
            if (editor->found[i].change->rank == rank)
                edits->list[edits->count++] = editor->found[i].change;
    return GOLDSTEP_OK;
}

goldstep_status edits_list(const struct spec *spec, struct arena *arena, struct edits *edits,
                           goldstep_error *error)
{
    struct editor editor = {.spec = spec, .arena = arena};
    *edits = (struct edits){0};
    editor.found = calloc(MAX_EDITS, sizeof *editor.found);
    if (editor.found == NULL)
        return error_memory(error);
    collect_all(&editor);
    walk_all(&editor);
    add_all_alike(&editor);
    goldstep_status status = editor.failed ? error_memory(error) : sort(&editor, edits, error);
    free(editor.found);
    return status;
}

void edits_free(struct edits *edits)
{
    free(edits->list);
}
