#include "emit/emit.h"
#include "emit/ml.h"

#include <ctype.h>
#include <string.h>

/* What a Why3 operator needs: its text, and whether it takes and gives reals (with a point) or formulas. */
static const struct spelling spellings[] = {
    [NODE_ADD] = {"+.", "+"},
    [NODE_SUBTRACT] = {"-.", "-"},
    [NODE_MULTIPLY] = {"*.", "*"},
    [NODE_DIVIDE] = {"/.", NULL},
    [NODE_LESS] = {"<.", "<"},
    [NODE_LESS_EQUAL] = {"<=.", "<="},
    [NODE_GREATER] = {">.", ">"},
    [NODE_GREATER_EQUAL] = {">=.", ">="},
    [NODE_EQUAL] = {"=", "="},
    [NODE_NOT_EQUAL] = {"<>", "<>"},
    [NODE_AND] = {"/\\", NULL},
    [NODE_OR] = {"\\/", NULL},
    [NODE_IMPLIES] = {"->", NULL},
    [NODE_SQRT] = {"Square.sqrt", NULL},
    [NODE_POW] = {"PowerReal.pow", NULL},
    [NODE_EXP] = {"ExpLog.exp", NULL},
    [NODE_LOG] = {"ExpLog.log", NULL},
    [NODE_COS] = {"Trigonometry.cos", NULL},
    [NODE_PI] = {"Trigonometry.pi", NULL},
    [NODE_SIN] = {"Trigonometry.sin", NULL},
    [NODE_ABS] = {"RealAbs.abs", "IntAbs.abs"},
    [NODE_MIN] = {"RealMinMax.min", "IntMinMax.min"},
    [NODE_MAX] = {"RealMinMax.max", "IntMinMax.max"},
    [NODE_FLOOR] = {"Truncate.floor", NULL},
};

static void emit(FILE *out, const struct node *node, enum type wanted);

/* Why3's literals: reals have a point, or are hexadecimal with an exponent. */
static void emit_number(FILE *out, const char *text, enum type wanted)
{
    bool integer = strspn(text, "0123456789") == strlen(text);
    bool hexadecimal = strpbrk(text, "xX") != NULL;
    if (wanted != TYPE_REAL || !integer)
        fputs(text, out);
    else
        fprintf(out, "%s.0", text);
    if (hexadecimal && strpbrk(text, "pP") == NULL)
        fputs("p0", out);
    else if (!hexadecimal && !integer && text[strlen(text) - 1] == '.')
        fputc('0', out);
}

static void emit_bare(FILE *out, const struct node *node, enum type wanted)
{
    switch (node->kind) {
    case NODE_NUMBER:
        emit_number(out, node->text, wanted);
        break;
    case NODE_PI:
        fputs(spellings[NODE_PI].real, out);
        break;
    case NODE_NAME: /* a prefix keeps clear of Why3's keywords */
        fprintf(out, "p_%s", node->text);
        break;
    case NODE_LET:
        fprintf(out, "let p_%s = ", node->text);
        emit(out, node->args[0], node->args[0]->type);
        fputs(" in ", out);
        emit(out, node->args[1], wanted);
        break;
    case NODE_IF:
        ml_if(out, node, wanted, emit, emit);
        break;
    case NODE_NEGATE:
        fputs(node->type == TYPE_INTEGER ? "- " : "-. ", out);
        emit(out, node->args[0], node->type);
        break;
    case NODE_NOT:
        fputs("not ", out);
        emit(out, node->args[0], TYPE_BOOLEAN);
        break;
    case NODE_CALL:
        fputs(node->text, out);
        ml_arguments(out, node, emit);
        break;
    default:
        ml_operation(out, &spellings[node->kind], node, emit);
    }
}

/* A sum, difference or product of integers as one of reals, so that k + 1 is a sum for a prover that knows reals only. */
static void emit_converted(FILE *out, const struct node *node)
{
    fputc('(', out);
    emit(out, node->args[0], TYPE_REAL);
    fprintf(out, " %s ", spellings[node->kind].real);
    emit(out, node->args[1], TYPE_REAL);
    fputc(')', out);
}

/* An expression in parentheses, as a real where one is wanted: numbers are written as such, a conditional's and a
 * \let's branches converted one by one. */
static void emit(FILE *out, const struct node *node, enum type wanted)
{
    bool passed_down = node->kind == NODE_NUMBER || node->kind == NODE_IF || node->kind == NODE_LET;
    bool convert = wanted == TYPE_REAL && node->type == TYPE_INTEGER && !passed_down;
    if (convert &&
        (node->kind == NODE_ADD || node->kind == NODE_SUBTRACT || node->kind == NODE_MULTIPLY)) {
        emit_converted(out, node);
        return;
    }
    fputs(convert ? "(Qed.real_of_int (" : "(", out);
    emit_bare(out, node, wanted);
    fputs(convert ? "))" : ")", out);
}

static void emit_function(FILE *out, const struct function *function)
{
    bool predicate = function->result == TYPE_BOOLEAN;
    fprintf(out, "  %s %s", predicate ? "predicate" : "function", function->name);
    for (size_t i = 0; i < function->parameter_count; i++)
        fprintf(out, " (p_%s: %s)", function->parameters[i].name,
                function->parameters[i].type == TYPE_INTEGER ? "int" : "real");
    fputs(predicate ? " =\n    " : " : real =\n    ", out);
    emit(out, function->body, function->result);
    fputc('\n', out);
}

static void emit_theory_name(FILE *out, const struct spec *spec)
{
    fprintf(out, "%c%s", toupper((unsigned char)*spec->name), spec->name + 1);
}

/* A module of Why3's library under the name that `spellings` has for it, and WP's library that it comes with. */
struct module {
    const char *name, *path, *library;
};

static const struct module modules[] = {
    {"Square", "real.Square", "sqrt"},
    {"PowerReal", "real.PowerReal", "power"},
    {"ExpLog", "real.ExpLog", "exponential"},
    {"Trigonometry", "real.Trigonometry", "trigonometry"},
    {"Truncate", "real.Truncate", "truncate"},
    {"RealAbs", "real.Abs", "cmath"},
    {"RealMinMax", "real.MinMax", "minmax_real"},
    {"IntAbs", "int.Abs", "qed"},
    {"IntMinMax", "int.MinMax", "minmax_int"},
};
enum { module_count = sizeof modules / sizeof *modules };

/* Whether the expression has a symbol of the module. */
static bool has(const struct node *node, const struct module *module)
{
    const struct spelling *spelling = &spellings[node->kind];
    const char *text = node->type == TYPE_INTEGER && spelling->integer != NULL ? spelling->integer
                                                                               : spelling->real;
    size_t length = strlen(module->name);
    if (text != NULL && strncmp(text, module->name, length) == 0 && text[length] == '.')
        return true;
    for (size_t i = 0; i < node->arg_count; i++)
        if (has(node->args[i], module))
            return true;
    return false;
}

/* Whether the specification's own functions need the module: a theory brings no other, for each makes proofs longer. */
static bool needs(const struct spec *spec, const struct module *module)
{
    for (size_t i = 0; i < spec->function_count; i++)
        if (has(spec->functions[i].body, module))
            return true;
    return false;
}

void emit_why3(FILE *out, const struct spec *spec)
{
    if (spec->parent != NULL)
        emit_why3(out, spec->parent);
    fprintf(out, "(* from %s *)\ntheory ", spec->file);
    emit_theory_name(out, spec);
    fputs("\n  use int.Int\n  use real.RealInfix\n  use frama_c_wp.qed.Qed as Qed\n", out);
    for (size_t i = 0; i < module_count; i++)
        if (needs(spec, &modules[i]))
            fprintf(out, "  use %s as %s\n", modules[i].path, modules[i].name);
    for (const struct spec *parent = spec->parent; parent != NULL; parent = parent->parent) {
        fputs("  use ", out);
        emit_theory_name(out, parent);
        fputc('\n', out);
    }
    for (size_t i = 0; i < spec->function_count; i++)
        emit_function(out, &spec->functions[i]);
    fputs("end\n\n", out);
}

static void emit_links(FILE *out, const struct spec *spec, const char *file)
{
    if (spec->parent != NULL)
        emit_links(out, spec->parent, file);
    fprintf(out, "why3.file += \"%s:", file);
    emit_theory_name(out, spec);
    fputs("\";\n", out);
    for (size_t i = 0; i < spec->function_count; i++) {
        const struct function *function = &spec->functions[i];
        fprintf(out, "%s \"%s\"(", function->result == TYPE_BOOLEAN ? "predicate" : "logic real",
                function->name);
        for (size_t p = 0; p < function->parameter_count; p++)
            fprintf(out, "%s%s", p > 0 ? "," : "",
                    function->parameters[p].type == TYPE_INTEGER ? "integer" : "real");
        fprintf(out, ") = \"%s\";\n", function->name);
    }
}

void emit_driver(FILE *out, const struct spec *spec, const char *file)
{
    fprintf(out, "/* from %s */\nlibrary goldstep_%s: qed", spec->file, spec->name);
    for (size_t i = 0; i < module_count; i++) {
        const struct spec *each = spec;
        while (each != NULL && !needs(each, &modules[i]))
            each = each->parent;
        if (each != NULL)
            fprintf(out, " %s", modules[i].library);
    }
    fputc('\n', out);
    emit_links(out, spec, file);
}
