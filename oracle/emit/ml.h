/* What Why3 and Coq have in common: names applied to arguments side by side, operators, conditionals. */
#ifndef GOLDSTEP_EMIT_ML_H
#define GOLDSTEP_EMIT_ML_H

#include "speclang/syntax.h"

#include <stdio.h>

/* An operation's name or sign: over reals (or formulas), and over integers. */
struct spelling {
    const char *real, *integer;
};

/* Writes an expression in parentheses, unless it needs none, as a real where one is wanted. */
typedef void emitter(FILE *out, const struct node *node, enum type wanted);

/* What a call is applied to, a space before each. */
void ml_arguments(FILE *out, const struct node *call, emitter *emit);

/* `a + b` where the spelling is a sign and there are two arguments, `max a b` otherwise. */
void ml_operation(FILE *out, const struct spelling *spelling, const struct node *node,
                  emitter *emit);

void ml_if(FILE *out, const struct node *node, enum type wanted, emitter *emit_condition,
           emitter *emit);

#endif
