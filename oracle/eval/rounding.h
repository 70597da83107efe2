/* What rounding, in any of the covered orders of evaluation, does to a set of values. oracle/verdict/README.md defines
 * the orders and proves that these charges cover them. */
#ifndef GOLDSTEP_ROUNDING_H
#define GOLDSTEP_ROUNDING_H

#include "eval/format.h"
#include "eval/program.h"

#include <mpfi.h>

/* What is known of a set of values beside its ends. An *expanded* value is the sum of the absolute values of the
 * monomials that an implementer may multiply it out to. */
struct expansion {
    double excess;  /* the expanded value is at most so much larger than the absolute value */
    double largest; /* no product of some of a monomial's factors is larger, … */
    double least;   /* … and none, unless it is zero, is smaller */
};

struct rounding;

/* `precision` is that of the sets. NULL where memory is out. */
struct rounding *rounding_new(const struct program *program, const struct format *format,
                              mpfr_prec_t precision);
void rounding_free(struct rounding *rounding);

/* Of a value that an implementer computes and rounds as such: a leaf, a state, a root. */
struct expansion expansion_of(mpfi_srcptr value);

/* What an operation is charged, in units of u: `own` of the result, `spread` of how far its expanded value exceeds it. */
struct charge {
    int own, spread;
};

struct charge rounding_charge(const struct rounding *rounding, int instruction);

/* Whether an operand of the operation is rounded as such before it, so that its terms are not the result's. */
bool rounding_takes_whole(const struct rounding *rounding, int instruction, int argument);

/* Whether an implementer rounds the instruction as such, whatever reads it. */
bool rounding_is_whole(const struct rounding *rounding, int instruction);

/* The scalar whose value an operation's charge needs beside its operands', or NO_INSTRUCTION. */
int rounding_scale(const struct rounding *rounding, int instruction);

/* The expansion of a conditional whose side, an instruction with this value and expansion, is taken. */
struct expansion rounding_side(const struct rounding *rounding, int side, mpfi_srcptr value,
                               const struct expansion *expansion);

/* The expansion of an operation's result, before its rounding; `values` and `args` are its operands', and the scalar's. */
struct expansion rounding_expand(const struct rounding *rounding, int instruction,
                                 mpfi_srcptr result, const mpfi_srcptr values[3],
                                 const struct expansion *const args[2]);

/* Whether an operation on scalars is done in one way only, so that a result that the format holds is that. */
bool rounding_one_way(const struct rounding *rounding, int instruction);

/* Moves the ends of an operation's result outward. Returns whether it may be NaN, or another order may overflow where the
 * specification's does not or make something else of an infinity: the result may then be anything. */
bool rounding_widen(const struct rounding *rounding, int instruction, mpfi_ptr value,
                    const mpfi_srcptr values[3], const struct expansion *expansion);

/* The same for a constant or a hyperparameter, which an implementer may round to the format: at most once. */
void rounding_widen_constant(const struct rounding *rounding, mpfi_ptr value);

#endif
