#include "eval/rounding.h"

#include "eval/interval.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* In units of u. A product or quotient rounds once, and once more where the implementer multiplies by a reciprocal. A
 * root of a quotient may be taken apart: two roots and a reciprocal more. A library's function is within one ulp, 2 u,
 * and what it is computed from may be rearranged once. A fold multiplies a quotient's sides by a scalar's root: the root
 * and a product on either side. */
enum { CHARGE_PRODUCT = 2, CHARGE_ROOT = 3, CHARGE_LIBRARY = 4, CHARGE_FOLD = 4 };

/* What the shape of the equations alone says of an instruction. */
struct shape {
    bool whole;   /* an implementer rounds it as such: it is not multiplied out or reordered */
    int terms;    /* of the sum that it multiplies out to */
    int products; /* how many products and quotients a monomial of it passes through, at most */
    int factored; /* 1 where a factor may be taken out of a term that is nothing else: one product more */
    int own, spread; /* in u: of the result, and of its expanded value */
    int scale; /* of a quotient that folds: the scalar whose root multiplies both sides, or NO_INSTRUCTION */
    uint64_t *
        factors; /* the instructions that its monomials are products of, a bit each; NULL: not looked into */
    uint64_t *bare; /* those that are a term alone */
};

struct rounding {
    const struct program *program;
    const struct format *format;
    size_t words;
    struct shape *shapes;
    uint64_t *bits;
    mpfr_ptr scratch;
};

/* --- shapes ---------------------------------------------------------------------------------------------------- */

static bool multiplies_out(enum node_kind op)
{
    return op == NODE_ADD || op == NODE_SUBTRACT || op == NODE_MULTIPLY || op == NODE_DIVIDE ||
           op == NODE_NEGATE || op == NODE_IF;
}

static bool is_product(const struct instruction *instruction)
{
    return instruction->op == NODE_MULTIPLY || instruction->op == NODE_DIVIDE;
}

/* A scalar of the step is computed once, apart from what a coordinate's values do with it; and a sum of scalars is not
 * multiplied out. */
static bool taken_whole(const struct rounding *rounding, int index, int operand)
{
    const struct instruction *code = rounding->program->code;
    const struct shape *shape = &rounding->shapes[operand];
    bool apart = !code[index].uniform || (is_product(&code[index]) && shape->terms > 1);
    return shape->whole || (code[operand].uniform && apart);
}

static struct shape operand_shape(const struct rounding *rounding, int index, int operand)
{
    struct shape shape = rounding->shapes[operand];
    if (taken_whole(rounding, index, operand)) {
        if (shape.terms > 1)
            shape.factors = NULL;
        shape.terms = 1;
        shape.products = shape.factored = 0;
    }
    return shape;
}

static void unite(const struct rounding *rounding, uint64_t *all, const uint64_t *more)
{
    for (size_t i = 0; more != NULL && i < rounding->words; i++)
        all[i] |= more[i];
}

static bool meet(const struct rounding *rounding, const uint64_t *a, const uint64_t *b)
{
    for (size_t i = 0; a != NULL && b != NULL && i < rounding->words; i++)
        if ((a[i] & b[i]) != 0)
            return true;
    return false;
}

/* n terms: n - 1 additions and what a factor takes, less what the operands were charged already. Two terms are added in
 * one way, whose error is of the result itself. */
static void charge_sum(struct shape *shape, const struct shape operands[2])
{
    int terms = shape->terms, needed = shape->factored + (terms > 2 ? terms - 1 : 0);
    int charged = needed;
    for (int i = 0; i < 2; i++) {
        int before = operands[i].factored + (operands[i].terms > 2 ? operands[i].terms - 1 : 0);
        charged = before < charged ? before : charged;
    }
    shape->spread = needed - charged;
    shape->own = shape->spread + (terms == 2 ? 1 : 0);
}

static void find_sum(const struct rounding *rounding, struct shape *shape,
                     const struct shape operands[2])
{
    for (int i = 0; i < 2; i++) {
        unite(rounding, shape->factors, operands[i].factors);
        unite(rounding, shape->bare, operands[i].bare);
        shape->terms = i == 0 ? operands[0].terms : shape->terms + operands[1].terms;
        if (operands[i].products > shape->products)
            shape->products = operands[i].products;
        if (operands[i].factored || meet(rounding, operands[i].bare, operands[1 - i].factors))
            shape->factored = 1;
    }
    charge_sum(shape, operands);
}

/* The scalar b where the divisor is a sum with the root of a quotient by it, as Adam's √(v / (1 - beta2^t)) + eps. */
static int scale_of(const struct rounding *rounding, int divisor)
{
    const struct instruction *code = rounding->program->code;
    if (rounding->shapes[divisor].terms < 2 || code[divisor].uniform)
        return NO_INSTRUCTION;
    for (int i = 0; i < divisor; i++) {
        const struct instruction *root = &code[i];
        if ((rounding->shapes[divisor].bare[i / 64] >> i % 64 & 1) != 0 && root->op == NODE_SQRT &&
            code[root->args[0]].op == NODE_DIVIDE && code[code[root->args[0]].args[1]].uniform)
            return code[root->args[0]].args[1];
    }
    return NO_INSTRUCTION;
}

static void find_product(const struct rounding *rounding, struct shape *shape,
                         const struct shape operands[2], bool quotient)
{
    unite(rounding, shape->factors, operands[0].factors);
    shape->terms = operands[0].terms;
    shape->products = operands[0].products + operands[1].products + 1;
    shape->factored = operands[0].factored | operands[1].factored;
    if (!quotient) {
        unite(rounding, shape->factors, operands[1].factors);
        shape->terms *= operands[1].terms;
    }
}

/* Either side: what is around a condition goes on with the side that is taken. */
static void find_conditional(const struct rounding *rounding, struct shape *shape,
                             const struct shape operands[2])
{
    for (int i = 0; i < 2; i++) {
        unite(rounding, shape->factors, operands[i].factors);
        unite(rounding, shape->bare, operands[i].bare);
        shape->terms = operands[i].terms > shape->terms ? operands[i].terms : shape->terms;
        if (operands[i].products > shape->products)
            shape->products = operands[i].products;
        shape->factored |= operands[i].factored;
    }
}

/* What stands for itself in the terms and products around it. */
static void stand_alone(struct shape *shape, int index)
{
    shape->factors[index / 64] = shape->bare[index / 64] = UINT64_C(1) << index % 64;
}

static void find_shape(const struct rounding *rounding, int index)
{
    const struct instruction *instruction = &rounding->program->code[index];
    struct shape *shape = &rounding->shapes[index], operands[2];
    shape->terms = 1;
    shape->scale = NO_INSTRUCTION;
    shape->whole = !multiplies_out(instruction->op);
    if (instruction->op == NODE_NUMBER)
        return;
    if (shape->whole) {
        stand_alone(shape, index);
        return;
    }
    const int *args = &instruction->args[instruction->op == NODE_IF ? 1 : 0];
    for (int i = 0; i < 2 && args[i] != NO_INSTRUCTION; i++)
        operands[i] = operand_shape(rounding, index, args[i]);
    if (instruction->op == NODE_NEGATE) {
        unite(rounding, shape->factors, operands[0].factors);
        unite(rounding, shape->bare, operands[0].bare);
        shape->terms = operands[0].terms;
        shape->products = operands[0].products;
        shape->factored = operands[0].factored;
    } else if (instruction->op == NODE_IF) {
        find_conditional(rounding, shape, operands);
    } else if (is_product(instruction)) {
        find_product(rounding, shape, operands, instruction->op == NODE_DIVIDE);
        shape->own = CHARGE_PRODUCT;
        if (instruction->op == NODE_DIVIDE)
            shape->scale = scale_of(rounding, instruction->args[1]);
        if (shape->scale != NO_INSTRUCTION) {
            shape->own += CHARGE_FOLD;
            shape->products++;
        }
        shape->spread = shape->own;
    } else {
        find_sum(rounding, shape, operands);
    }
    if (program_returns(rounding->program, index)) {
        memset(shape->factors, 0, rounding->words * sizeof *shape->factors);
        memset(shape->bare, 0, rounding->words * sizeof *shape->bare);
        stand_alone(shape, index);
        shape->whole = true;
    }
}

struct rounding *rounding_new(const struct program *program, const struct format *format,
                              mpfr_prec_t precision)
{
    struct rounding *rounding = calloc(1, sizeof *rounding);
    if (rounding == NULL)
        return NULL;
    size_t count = (size_t)program->count, words = count / 64 + 1;
    *rounding = (struct rounding){.program = program,
                                  .format = format,
                                  .words = words,
                                  .shapes = calloc(count, sizeof(struct shape)),
                                  .bits = calloc(2 * count * words, sizeof(uint64_t)),
                                  .scratch = malloc(sizeof(mpfr_t))};
    if (rounding->scratch != NULL)
        mpfr_init2(rounding->scratch, precision);
    if (rounding->shapes == NULL || rounding->bits == NULL || rounding->scratch == NULL) {
        rounding_free(rounding);
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        rounding->shapes[i].factors = &rounding->bits[2 * i * words];
        rounding->shapes[i].bare = &rounding->bits[(2 * i + 1) * words];
        find_shape(rounding, (int)i);
    }
    return rounding;
}

void rounding_free(struct rounding *rounding)
{
    if (rounding == NULL)
        return;
    free(rounding->shapes);
    free(rounding->bits);
    if (rounding->scratch != NULL)
        mpfr_clear(rounding->scratch);
    free(rounding->scratch);
    free(rounding);
}

/* --- expansions ------------------------------------------------------------------------------------------------ */

static double up(double value)
{
    return value == 0 ? 0 : value * (1 + 0x1p-50) + DBL_TRUE_MIN;
}

static double down(double value)
{
    return value * (1 - 0x1p-50);
}

static double largest_size(mpfi_srcptr value)
{
    return fmax(fabs(mpfr_get_d(&value->left, MPFR_RNDA)),
                fabs(mpfr_get_d(&value->right, MPFR_RNDA)));
}

static double least_size(mpfi_srcptr value)
{
    if (mpfi_has_zero(value))
        return 0;
    return fmin(fabs(mpfr_get_d(&value->left, MPFR_RNDZ)),
                fabs(mpfr_get_d(&value->right, MPFR_RNDZ)));
}

struct expansion expansion_of(mpfi_srcptr value)
{
    if (mpfi_is_zero(value))
        return (struct expansion){0, 1, 1};
    return (struct expansion){0, fmax(1, largest_size(value)), fmin(1, least_size(value))};
}

static struct expansion expand_sum(mpfi_srcptr a, mpfi_srcptr b, bool difference,
                                   const struct expansion operands[2])
{
    bool same =
        difference
            ? (mpfi_is_nonneg(a) && mpfi_is_nonpos(b)) || (mpfi_is_nonpos(a) && mpfi_is_nonneg(b))
            : (mpfi_is_nonneg(a) && mpfi_is_nonneg(b)) || (mpfi_is_nonpos(a) && mpfi_is_nonpos(b));
    double lost = same ? 0 : 2 * fmin(largest_size(a), largest_size(b));
    return (struct expansion){up(up(operands[0].excess + operands[1].excess) + lost),
                              fmax(operands[0].largest, operands[1].largest),
                              fmin(operands[0].least, operands[1].least)};
}

static struct expansion expand_product(mpfi_srcptr a, mpfi_srcptr b,
                                       const struct expansion operands[2])
{
    double excess_a = operands[0].excess, excess_b = operands[1].excess, excess = 0;
    if (excess_a > 0)
        excess = up(excess_a * up(largest_size(b) + excess_b));
    if (excess_b > 0)
        excess = up(excess + up(largest_size(a) * excess_b));
    return (struct expansion){excess, up(operands[0].largest * operands[1].largest),
                              down(operands[0].least * operands[1].least)};
}

/* Only a divisor that is a product itself is divided by factor by factor. */
static struct expansion expand_quotient(mpfi_srcptr b, const struct expansion operands[2])
{
    double excess = operands[0].excess > 0 ? up(operands[0].excess / least_size(b)) : 0;
    return (struct expansion){excess, up(operands[0].largest / operands[1].least),
                              down(operands[0].least / operands[1].largest)};
}

/* The root of the scalar is one more factor, on either side. */
static struct expansion expand_fold(struct expansion expansion, mpfi_srcptr scale)
{
    double least = down(sqrt(least_size(scale))), largest = up(sqrt(largest_size(scale)));
    expansion.least = down(expansion.least * fmin(1, least));
    expansion.largest = up(up(expansion.largest / fmin(1, least)) * fmax(1, largest));
    return expansion;
}

struct charge rounding_charge(const struct rounding *rounding, int instruction)
{
    switch (rounding->program->code[instruction].op) {
    case NODE_SQRT:
        return (struct charge){CHARGE_ROOT, 0};
    case NODE_ADD:
    case NODE_SUBTRACT:
    case NODE_MULTIPLY:
    case NODE_DIVIDE:
        return (struct charge){rounding->shapes[instruction].own,
                               rounding->shapes[instruction].spread};
    default:
        return (struct charge){0, 0};
    }
}

bool rounding_takes_whole(const struct rounding *rounding, int instruction, int argument)
{
    const struct instruction *this = &rounding->program->code[instruction];
    int operand = this->args[argument];
    bool divisor = this->op == NODE_DIVIDE && argument == 1;
    return taken_whole(rounding, instruction, operand) ||
           (divisor && rounding->shapes[operand].terms > 1);
}

bool rounding_is_whole(const struct rounding *rounding, int instruction)
{
    return rounding->shapes[instruction].whole;
}

int rounding_scale(const struct rounding *rounding, int instruction)
{
    return rounding->shapes[instruction].scale;
}

struct expansion rounding_side(const struct rounding *rounding, int side, mpfi_srcptr value,
                               const struct expansion *expansion)
{
    return rounding->shapes[side].whole ? expansion_of(value) : *expansion;
}

struct expansion rounding_expand(const struct rounding *rounding, int instruction,
                                 mpfi_srcptr result, const mpfi_srcptr values[3],
                                 const struct expansion *const args[2])
{
    const struct instruction *this = &rounding->program->code[instruction];
    if (!multiplies_out(this->op))
        return expansion_of(result);
    struct expansion operands[2];
    for (int i = 0; i < 2 && this->args[i] != NO_INSTRUCTION; i++) {
        const struct shape *shape = &rounding->shapes[this->args[i]];
        bool whole = rounding_takes_whole(rounding, instruction, i);
        operands[i] = *args[i];
        if (shape->whole || (shape->terms > 1 && whole))
            operands[i] = expansion_of(values[i]);
        else if (whole)
            operands[i].excess = 0;
    }
    switch (this->op) {
    case NODE_MULTIPLY:
        return expand_product(values[0], values[1], operands);
    case NODE_DIVIDE:
        return values[2] != NULL ? expand_fold(expand_quotient(values[1], operands), values[2])
                                 : expand_quotient(values[1], operands);
    case NODE_NEGATE:
        return operands[0];
    default:
        return expand_sum(values[0], values[1], this->op == NODE_SUBTRACT, operands);
    }
}

/* --- widening -------------------------------------------------------------------------------------------------- */

static void set_everything(mpfi_ptr value)
{
    mpfr_set_inf(&value->left, -1);
    mpfr_set_inf(&value->right, 1);
}

/* What `count` roundings make of 1 + d, at most: count u / (1 - count u). */
static double gamma_of(const struct format *format, double count)
{
    double share = count * format->unit;
    return share < 0.5 ? up(share / down(1 - share)) : INFINITY;
}

static void scale_end(mpfr_ptr factor, mpfr_ptr end, double amount, mpfr_rnd_t outward)
{
    bool away = (mpfr_sgn(end) < 0) == (outward == MPFR_RNDD);
    mpfr_set_d(factor, away ? amount : -amount, MPFR_RNDN);
    mpfr_add_ui(factor, factor, 1, away ? MPFR_RNDU : MPFR_RNDD);
    mpfr_mul(end, end, factor, outward);
}

/* Moves the ends outward by `relative` of themselves and by `absolute`. */
static void move_ends(mpfr_ptr scratch, mpfi_ptr value, double relative, double absolute)
{
    if (!isfinite(relative) || !isfinite(absolute)) {
        set_everything(value);
        return;
    }
    if (relative > 0) {
        scale_end(scratch, &value->left, relative, MPFR_RNDD);
        scale_end(scratch, &value->right, relative, MPFR_RNDU);
    }
    if (absolute > 0) {
        mpfr_sub_d(&value->left, &value->left, absolute, MPFR_RNDD);
        mpfr_add_d(&value->right, &value->right, absolute, MPFR_RNDU);
    }
}

/* Rounding keeps a sign. */
static void keep_sign(mpfi_ptr value, bool positive, bool negative)
{
    if (positive && mpfr_sgn(&value->left) < 0)
        mpfr_set_zero(&value->left, 1);
    if (negative && mpfr_sgn(&value->right) > 0)
        mpfr_set_zero(&value->right, 1);
}

static void reach_infinity(const struct format *format, mpfi_ptr value)
{
    if (mpfr_cmp_d(&value->right, format->max_finite) > 0)
        mpfr_set_inf(&value->right, 1);
    if (mpfr_cmp_d(&value->left, -format->max_finite) < 0)
        mpfr_set_inf(&value->left, -1);
}

static bool below_normal(const struct format *format, mpfi_srcptr value)
{
    return mpfr_cmp_d(&value->left, format->min_normal) < 0 &&
           mpfr_cmp_d(&value->right, -format->min_normal) > 0;
}

/* `count` roundings of a value, each with an error of `excess` more than its own size allows, and of `underflow` where
 * that size is below the normal range. */
static void widen(const struct rounding *rounding, mpfi_ptr value, double count, double spread,
                  double excess, double underflow)
{
    const struct format *format = rounding->format;
    bool positive = mpfi_is_nonneg(value) && excess == 0;
    bool negative = mpfi_is_nonpos(value) && excess == 0;
    if (positive && negative)
        return;
    double absolute = excess > 0 && spread > 0 ? up(gamma_of(format, spread) * excess) : 0;
    move_ends(rounding->scratch, value, gamma_of(format, count), up(absolute + underflow));
    keep_sign(value, positive, negative);
    reach_infinity(format, value);
}

static void widen_library(const struct rounding *rounding, mpfi_ptr value)
{
    const struct format *format = rounding->format;
    double least = below_normal(format, value) ? format->min_subnormal : 0;
    widen(rounding, value, CHARGE_LIBRARY, 0, 0, CHARGE_LIBRARY * least);
}

/* (1 + change)^count, rounded outward. */
static void multiply_power(mpfr_ptr end, double change, double count, mpfr_rnd_t rounding)
{
    mpfr_t factor, exponent;
    mpfr_init2(factor, mpfr_get_prec(end));
    mpfr_init2(exponent, 64);
    mpfr_set_d(factor, change, MPFR_RNDN);
    mpfr_add_ui(factor, factor, 1, rounding);
    mpfr_set_d(exponent, count, MPFR_RNDN);
    mpfr_pow(factor, factor, exponent, rounding);
    mpfr_mul(end, end, factor, rounding);
    mpfr_clear(factor);
    mpfr_clear(exponent);
}

/* A power with a whole exponent may be a product that is kept from step to step, a rounding at each. Below the normal
 * range each errs by half a least subnormal, which later steps shrink: a geometric sum. */
static void widen_power(const struct rounding *rounding, mpfi_ptr value, mpfi_srcptr base,
                        double exponent)
{
    const struct format *format = rounding->format;
    double sum = 0;
    if (exponent > 1 && !mpfi_is_zero(value)) {
        multiply_power(&value->left, -format->unit, exponent - 1, MPFR_RNDD);
        multiply_power(&value->right, format->unit, exponent - 1, MPFR_RNDU);
        double shrink = down(1 - largest_size(base));
        sum = shrink > 0 ? fmin(exponent - 1, 1 / shrink) : exponent - 1;
    }
    double least = below_normal(format, value) ? format->min_subnormal : 0;
    widen(rounding, value, CHARGE_LIBRARY, 0, 0, up(up(CHARGE_LIBRARY + sum) * least));
}

static void widen_product(const struct rounding *rounding, const struct shape *shape,
                          mpfi_ptr value, const struct expansion *expansion)
{
    const struct format *format = rounding->format;
    double underflow = expansion->least < format->min_normal
                           ? up(shape->products * format->min_subnormal * expansion->largest)
                           : 0;
    widen(rounding, value, shape->own, shape->spread, expansion->excess, underflow);
}

bool rounding_one_way(const struct rounding *rounding, int instruction)
{
    const struct shape *shape = &rounding->shapes[instruction];
    return shape->products <= 1 && shape->terms <= 2 && shape->factored == 0;
}

static bool reaches(mpfi_srcptr value, int sign)
{
    return mpfr_inf_p(sign > 0 ? &value->right : &value->left);
}

/* Whether the operation may meet infinity less infinity, infinity times 0, or infinity over infinity. */
static bool meets_nan(enum node_kind op, mpfi_srcptr a, mpfi_srcptr b)
{
    int other = op == NODE_SUBTRACT ? 1 : -1;
    switch (op) {
    case NODE_ADD:
    case NODE_SUBTRACT:
        return (reaches(a, 1) && reaches(b, other)) || (reaches(a, -1) && reaches(b, -other));
    case NODE_MULTIPLY:
        return (mpfi_inf_p(a) && mpfi_has_zero(b)) || (mpfi_inf_p(b) && mpfi_has_zero(a));
    case NODE_DIVIDE:
        return mpfi_inf_p(a) && mpfi_inf_p(b);
    default:
        return false;
    }
}

/* Whether another order may overflow where the specification's does not, or make something else of an infinity. */
static bool overflows_elsewhere(const struct rounding *rounding, int instruction, mpfi_srcptr value,
                                const mpfi_srcptr values[3], const struct expansion *expansion)
{
    const struct shape *shape = &rounding->shapes[instruction];
    enum node_kind op = rounding->program->code[instruction].op;
    bool product = op == NODE_MULTIPLY || op == NODE_DIVIDE;
    bool infinite = mpfi_inf_p(values[0]) || (values[1] != NULL && mpfi_inf_p(values[1]));
    double largest = product ? expansion->largest : up(largest_size(value) + expansion->excess);
    bool one_way = product ? op == NODE_MULTIPLY && shape->products == 1 && shape->terms == 1
                           : shape->spread == 0;
    return !one_way && (infinite || largest > rounding->format->max_finite);
}

bool rounding_widen(const struct rounding *rounding, int instruction, mpfi_ptr value,
                    const mpfi_srcptr values[3], const struct expansion *expansion)
{
    const struct instruction *this = &rounding->program->code[instruction];
    const struct shape *shape = &rounding->shapes[instruction];
    switch (this->op) {
    case NODE_ADD:
    case NODE_SUBTRACT:
        widen(rounding, value, shape->own, shape->spread, expansion->excess, 0);
        break;
    case NODE_MULTIPLY:
    case NODE_DIVIDE:
        widen_product(rounding, shape, value, expansion);
        break;
    case NODE_SQRT:
        widen(rounding, value, CHARGE_ROOT, 0, 0, 0);
        break;
    case NODE_POW:
        widen_power(rounding, value, values[0],
                    rounding->program->code[this->args[1]].type == TYPE_INTEGER
                        ? largest_size(values[1])
                        : 0);
        break;
    case NODE_EXP:
    case NODE_LOG:
    case NODE_COS:
    case NODE_SIN:
        widen_library(rounding, value);
        break;
    default:
        return false;
    }
    return meets_nan(this->op, values[0], values[1]) ||
           overflows_elsewhere(rounding, instruction, value, values, expansion);
}

void rounding_widen_constant(const struct rounding *rounding, mpfi_ptr value)
{
    const struct format *format = rounding->format;
    double least = below_normal(format, value) ? format->min_subnormal : 0;
    widen(rounding, value, 1, 0, 0, least);
}
