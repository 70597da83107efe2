#include "emit/emit.h"
#include "emit/ml.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <gmp.h>

/* Integers go by names, since Coq reads the signs as the reals' here. */
static const struct spelling spellings[] = {
    [NODE_ADD] = {"+", "Z.add"},      [NODE_SUBTRACT] = {"-", "Z.sub"},
    [NODE_MULTIPLY] = {"*", "Z.mul"}, [NODE_DIVIDE] = {"/", NULL},
    [NODE_LESS] = {"<", "Z.lt"},      [NODE_LESS_EQUAL] = {"<=", "Z.le"},
    [NODE_GREATER] = {">", "Z.gt"},   [NODE_GREATER_EQUAL] = {">=", "Z.ge"},
    [NODE_EQUAL] = {"=", "="},        [NODE_NOT_EQUAL] = {"<>", "<>"},
    [NODE_AND] = {"/\\", NULL},       [NODE_OR] = {"\\/", NULL},
    [NODE_NOT] = {"~", NULL},         [NODE_IMPLIES] = {"->", NULL},
    [NODE_SQRT] = {"sqrt", NULL},     [NODE_POW] = {"powerRR", NULL},
    [NODE_EXP] = {"exp", NULL},       [NODE_LOG] = {"ln", NULL},
    [NODE_COS] = {"cos", NULL},       [NODE_SIN] = {"sin", NULL},
    [NODE_ABS] = {"Rabs", "Z.abs"},   [NODE_MIN] = {"Rmin", "Z.min"},
    [NODE_MAX] = {"Rmax", "Z.max"},   [NODE_FLOOR] = {"Int_part", NULL},
};

/* A condition is no Prop but what decides one, so that `if` can take it: {holds} + {does not hold}. */
static const struct spelling decisions[] = {
    [NODE_LESS] = {"Rlt_dec", "Z_lt_dec"},
    [NODE_LESS_EQUAL] = {"Rle_dec", "Z_le_dec"},
    [NODE_GREATER] = {"Rgt_dec", "Z_gt_dec"},
    [NODE_GREATER_EQUAL] = {"Rge_dec", "Z_ge_dec"},
    [NODE_EQUAL] = {"Req_EM_T", "Z.eq_dec"},
    [NODE_NOT_EQUAL] = {"Req_EM_T", "Z.eq_dec"}, /* within sumbool_not */
    [NODE_AND] = {"sumbool_and", NULL},
    [NODE_OR] = {"sumbool_or", NULL},
    [NODE_NOT] = {"sumbool_not", NULL},
};

static const char header[] =
    "(* Written by goldstep emit coq. Coq's functions are total: they have a value where the\n"
    "   specification has none (1 / 0, sqrt (-1), ln 0, powerRZ 0 0). *)\n"
    "From Coq Require Import Reals Sumbool.\n"
    "Local Open Scope R_scope.\n"
    "Local Arguments sumbool_and {A B C D}.\n"
    "Local Arguments sumbool_or {A B C D}.\n"
    "Local Arguments sumbool_not {A B}.\n"
    "\n"
    "(* A real power of a >= 0: 0 to a positive power is 0, where Rpower says 1. *)\n"
    "Definition powerRR (a y : R) : R :=\n"
    "  if Req_EM_T a 0 then 0 else Rpower a y.\n";

static emitter emit;

/* The exact value of a literal. */
static void read_number(mpq_t value, const char *text)
{
    bool hexadecimal = text[0] == '0' && tolower((unsigned char)text[1]) == 'x';
    unsigned long base = hexadecimal ? 16 : 10;
    const char *at = hexadecimal ? text + 2 : text;
    const char *end = at + strcspn(at, hexadecimal ? "pP" : "eE");
    long exponent = *end != '\0' ? strtol(end + 1, NULL, 10) : 0;
    bool fraction = false;
    for (; at < end; at++) {
        if (*at == '.') {
            fraction = true;
            continue;
        }
        int digit =
            isdigit((unsigned char)*at) ? *at - '0' : tolower((unsigned char)*at) - 'a' + 10;
        mpz_mul_ui(mpq_numref(value), mpq_numref(value), base);
        mpz_add_ui(mpq_numref(value), mpq_numref(value), (unsigned long)digit);
        if (fraction)
            exponent -= hexadecimal ? 4 : 1;
    }
    mpz_t scale;
    mpz_init(scale);
    mpz_ui_pow_ui(scale, hexadecimal ? 2 : 10, (unsigned long)labs(exponent));
    mpz_ptr scaled = exponent < 0 ? mpq_denref(value) : mpq_numref(value);
    mpz_mul(scaled, scaled, scale);
    mpz_clear(scale);
    mpq_canonicalize(value);
}

/* Reals as ratios of integers: the terms that Coq makes of decimals are opaque to its tactics. */
static void emit_number(FILE *out, const char *text, enum type wanted)
{
    mpq_t value;
    mpq_init(value);
    read_number(value, text);
    bool ratio = mpz_cmp_ui(mpq_denref(value), 1) != 0;
    fputs(ratio ? "(" : "", out);
    mpq_out_str(out, 10, value);
    fputs(ratio ? ")" : wanted == TYPE_INTEGER ? "%Z" : "", out);
    mpq_clear(value);
}

static void emit_parameters(FILE *out, const struct function *function)
{
    for (size_t i = 0; i < function->parameter_count; i++)
        fprintf(out, " (p_%s : %s)", function->parameters[i].name,
                function->parameters[i].type == TYPE_INTEGER ? "Z" : "R");
}

static emitter emit_decision;

/* A formula's name stands for what decides it. */
static void emit_let(FILE *out, const struct node *node, enum type wanted, emitter *emit_body)
{
    const struct node *value = node->args[0];
    fprintf(out, "let p_%s := ", node->text);
    (value->type == TYPE_BOOLEAN ? emit_decision : emit)(out, value, value->type);
    fputs(" in ", out);
    emit_body(out, node->args[1], wanted);
}

/* The predicate itself is a Prop, so its body is decided in its place. */
static void emit_decided_call(FILE *out, const struct node *call)
{
    fputs("(fun", out);
    emit_parameters(out, call->callee);
    fputs(" => ", out);
    emit_decision(out, call->callee->body, TYPE_BOOLEAN);
    fputc(')', out);
    ml_arguments(out, call, emit);
}

static void emit_bare_decision(FILE *out, const struct node *node)
{
    switch (node->kind) {
    case NODE_NAME:
        fprintf(out, "p_%s", node->text);
        break;
    case NODE_LET:
        emit_let(out, node, TYPE_BOOLEAN, emit_decision);
        break;
    case NODE_CALL:
        emit_decided_call(out, node);
        break;
    case NODE_IMPLIES:
        fputs("sumbool_or (sumbool_not ", out);
        emit_decision(out, node->args[0], TYPE_BOOLEAN);
        fputs(") ", out);
        emit_decision(out, node->args[1], TYPE_BOOLEAN);
        break;
    case NODE_AND:
    case NODE_OR:
    case NODE_NOT:
        ml_operation(out, &decisions[node->kind], node, emit_decision);
        break;
    default:
        fputs(node->kind == NODE_NOT_EQUAL ? "sumbool_not (" : "", out);
        ml_operation(out, &decisions[node->kind], node, emit);
        fputs(node->kind == NODE_NOT_EQUAL ? ")" : "", out);
    }
}

static void emit_decision(FILE *out, const struct node *node, enum type wanted)
{
    (void)wanted; /* an emitter's third parameter: here always TYPE_BOOLEAN */
    bool atom = node->kind == NODE_NAME;
    fputs(atom ? "" : "(", out);
    emit_bare_decision(out, node);
    fputs(atom ? "" : ")", out);
}

/* powerRZ takes an integer exponent as it is, and is what \pow is where a <> 0 or the exponent is positive. */
static void emit_power(FILE *out, const struct node *node)
{
    if (node->args[1]->type != TYPE_INTEGER) {
        ml_operation(out, &spellings[NODE_POW], node, emit);
        return;
    }
    fputs("powerRZ ", out);
    emit(out, node->args[0], TYPE_REAL);
    fputc(' ', out);
    emit(out, node->args[1], TYPE_INTEGER);
}

static void emit_bare(FILE *out, const struct node *node, enum type wanted)
{
    switch (node->kind) {
    case NODE_NUMBER:
        emit_number(out, node->text, wanted);
        break;
    case NODE_PI:
        fputs("PI", out);
        break;
    case NODE_NAME: /* a prefix keeps clear of Coq's keywords and of the library's names */
        fprintf(out, node->type == TYPE_BOOLEAN ? "if p_%s then True else False" : "p_%s",
                node->text);
        break;
    case NODE_LET:
        emit_let(out, node, wanted, emit);
        break;
    case NODE_IF:
        ml_if(out, node, wanted, emit_decision, emit);
        break;
    case NODE_NEGATE:
        fputs(wanted == TYPE_REAL ? "- " : "Z.opp ", out);
        emit(out, node->args[0], wanted);
        break;
    case NODE_POW:
        emit_power(out, node);
        break;
    case NODE_CALL:
        fputs(node->text, out);
        ml_arguments(out, node, emit);
        break;
    default:
        ml_operation(out, &spellings[node->kind], node, emit);
    }
}

/* An expression, in parentheses unless it is a word, as a real where one is wanted: numbers are written as such, and
 * what stands under a sign, or in the branches of a conditional or a \let, is converted there. */
static void emit(FILE *out, const struct node *node, enum type wanted)
{
    bool passed_down = node->kind == NODE_NUMBER || node->kind == NODE_IF ||
                       node->kind == NODE_LET || node->kind == NODE_NEGATE;
    if (wanted == TYPE_REAL && node->type == TYPE_INTEGER && !passed_down) {
        fputs("(IZR ", out);
        emit(out, node, TYPE_INTEGER);
        fputc(')', out);
        return;
    }
    bool word = node->kind == NODE_NUMBER || node->kind == NODE_PI ||
                (node->kind == NODE_NAME && node->type != TYPE_BOOLEAN);
    fputs(word ? "" : "(", out);
    emit_bare(out, node, wanted);
    fputs(word ? "" : ")", out);
}

/* The oldest rule first, as a variant's equations call its parents'. */
static void emit_definitions(FILE *out, const struct spec *spec)
{
    if (spec->parent != NULL)
        emit_definitions(out, spec->parent);
    fprintf(out, "\n(* from %s *)\n", spec->file);
    for (size_t i = 0; i < spec->function_count; i++) {
        const struct function *function = &spec->functions[i];
        fprintf(out, "Definition %s", function->name);
        emit_parameters(out, function);
        fputs(function->result == TYPE_BOOLEAN ? " : Prop :=\n  " : " : R :=\n  ", out);
        emit_bare(out, function->body, function->result);
        fputs(".\n", out);
    }
}

void emit_coq(FILE *out, const struct spec *spec)
{
    fputs(header, out);
    emit_definitions(out, spec);
}
