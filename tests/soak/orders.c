#include "orders.h"

#include "emit/sample.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_TERMS = 64, MAX_FACTORS = 64, LONGEST_PRODUCT = 3000 };

struct orders {
    const struct program *program;
    const struct format *format;
    double *values;
    unsigned long *stamps, clock, step, coordinate;
    uint64_t random;
    bool
        wide; /* the step's scalars are computed in binary64 and rounded once, where the format is narrower */
};

/* A factor, or a divisor. */
struct factor {
    int node; /* NO_INSTRUCTION for one that is computed already */
    double value;
    bool divisor;
};

struct term {
    struct factor factors[MAX_FACTORS];
    int count;
    bool negative;
};

struct sum {
    struct term terms[MAX_TERMS];
    int count;
};

static void *allocate(size_t count, size_t size)
{
    void *memory = calloc(count, size);
    if (memory == NULL) {
        fputs("out of memory\n", stderr);
        exit(2);
    }
    return memory;
}

struct orders *orders_new(const struct program *program, const struct format *format, uint64_t seed)
{
    struct orders *orders = allocate(1, sizeof *orders);
    *orders = (struct orders){.program = program,
                              .format = format,
                              .values = allocate((size_t)program->count, sizeof(double)),
                              .stamps = allocate((size_t)program->count, sizeof(unsigned long)),
                              .clock = 1,
                              .random = seed};
    orders_new_step(orders);
    return orders;
}

void orders_free(struct orders *orders)
{
    free(orders->values);
    free(orders->stamps);
    free(orders);
}

uint64_t orders_random(struct orders *orders)
{
    return sample_next(&orders->random);
}

static int pick(struct orders *orders, int count)
{
    return (int)(orders_random(orders) % (uint64_t)count);
}

static bool chance(struct orders *orders, int percent)
{
    return pick(orders, 100) < percent;
}

void orders_set(struct orders *orders, int leaf, double value)
{
    if (leaf != NO_INSTRUCTION)
        orders->values[leaf] = value;
}

void orders_new_step(struct orders *orders)
{
    orders->step = ++orders->clock;
    orders->wide = chance(orders, 30);
    orders_new_coordinate(orders);
}

void orders_new_coordinate(struct orders *orders)
{
    orders->coordinate = ++orders->clock;
}

/* --- one rounding ---------------------------------------------------------------------------------------------- */

static bool narrow(const struct orders *orders)
{
    return orders->format->precision < 53;
}

static double rounded(const struct orders *orders, double value)
{
    return format_round_double(orders->format, value);
}

/* An operation of binary64 rounded again is the format's own, as binary64 has more than twice its digits. */
static double operate(const struct orders *orders, const struct instruction *instruction,
                      double result)
{
    return orders->wide && instruction->uniform ? result : rounded(orders, result);
}

/* a * b + c, rounded once: binary64's own result, rounded again, would be rounded twice. */
static double fused(const struct orders *orders, double a, double b, double c)
{
    if (!narrow(orders) || !isfinite(a * b) || !isfinite(c))
        return fma(a, b, c);
    mpfr_t product, sum;
    mpfr_init2(product, 106);
    mpfr_init2(sum, 2200);
    mpfr_set_d(product, a, MPFR_RNDN);
    mpfr_mul_d(product, product, b, MPFR_RNDN);
    mpfr_add_d(sum, product, c, MPFR_RNDN);
    double result = format_round(orders->format, sum);
    mpfr_clear(product);
    mpfr_clear(sum);
    return result;
}

/* --- products -------------------------------------------------------------------------------------------------- */

static double factor_value(struct orders *orders, const struct factor *factor)
{
    return factor->node == NO_INSTRUCTION ? factor->value : orders_value(orders, factor->node);
}

static struct factor combine(struct orders *orders, const struct instruction *instruction,
                             struct factor a, struct factor b)
{
    if (a.divisor != b.divisor) {
        struct factor over = a.divisor ? a : b, under = a.divisor ? b : a;
        under.value = operate(orders, instruction, under.value / over.value);
        return under;
    }
    a.value = operate(orders, instruction, a.value * b.value);
    return a;
}

/* Multiplies and divides in any order until `left` factors are left; divisors may be turned into reciprocals. */
static int reduce(struct orders *orders, const struct instruction *instruction,
                  struct factor *factors, int count, int left)
{
    for (int i = 0; i < count; i++) {
        factors[i].value = factor_value(orders, &factors[i]);
        if (factors[i].divisor && (!instruction->uniform || count > 2) && chance(orders, 20))
            factors[i] = (struct factor){NO_INSTRUCTION,
                                         operate(orders, instruction, 1 / factors[i].value), false};
    }
    while (count > left) {
        int a = pick(orders, count), b = pick(orders, count - 1);
        b += b >= a;
        struct factor both = combine(orders, instruction, factors[a], factors[b]);
        int low = a < b ? a : b, high = a < b ? b : a;
        factors[low] = both;
        factors[high] = factors[--count];
    }
    return count;
}

static double product(struct orders *orders, const struct instruction *instruction,
                      const struct term *term)
{
    struct factor factors[MAX_FACTORS];
    memcpy(factors, term->factors, sizeof factors);
    reduce(orders, instruction, factors, term->count, 1);
    double value = factors[0].value;
    if (factors[0].divisor)
        value = operate(orders, instruction, 1 / value);
    return term->negative ? -value : value;
}

/* --- expansion ------------------------------------------------------------------------------------------------- */

static bool is_sum(enum node_kind op)
{
    return op == NODE_ADD || op == NODE_SUBTRACT;
}

static bool is_polynomial(enum node_kind op)
{
    return is_sum(op) || op == NODE_MULTIPLY || op == NODE_DIVIDE || op == NODE_NEGATE;
}

static void add_term(struct sum *sum, const struct term *term)
{
    if (sum->count < MAX_TERMS)
        sum->terms[sum->count++] = *term;
}

static bool truth(struct orders *orders, int index);

static void expand(struct orders *orders, int top, int index, bool multiplied, struct sum *sum);

/* What an operand is to the operation above it: computed apart, or part of it. */
static void expand_operand(struct orders *orders, int top, int index, bool multiplied,
                           struct sum *sum)
{
    const struct instruction *code = orders->program->code;
    while (code[index].op == NODE_IF && !program_returns(orders->program, index))
        index = code[index].args[truth(orders, code[index].args[0]) ? 1 : 2];
    bool whole = !is_polynomial(code[index].op) || program_returns(orders->program, index) ||
                 (code[index].uniform && !code[top].uniform) ||
                 (code[index].uniform && multiplied && is_sum(code[index].op));
    bool multiply_out = chance(orders, 30);
    if (whole || (multiplied && is_sum(code[index].op) && !multiply_out)) {
        struct term term = {.factors = {{.node = index}}, .count = 1};
        add_term(sum, &term);
    } else {
        expand(orders, top, index, multiplied, sum);
    }
}

static void expand_product(struct orders *orders, int top, const struct instruction *instruction,
                           struct sum *sum)
{
    struct sum left = {.count = 0}, right = {.count = 0};
    expand_operand(orders, top, instruction->args[0], true, &left);
    if (instruction->op == NODE_DIVIDE) {
        expand_operand(orders, top, instruction->args[1], true, &right);
        if (right.count > 1) { /* a sum divides as such */
            struct term whole = {.factors = {{.node = instruction->args[1]}}, .count = 1};
            right.count = 0;
            add_term(&right, &whole);
        }
        for (int i = 0; i < right.terms[0].count; i++)
            right.terms[0].factors[i].divisor = !right.terms[0].factors[i].divisor;
    } else {
        expand_operand(orders, top, instruction->args[1], true, &right);
    }
    for (int i = 0; i < left.count; i++) {
        for (int k = 0; k < right.count; k++) {
            struct term term = left.terms[i];
            for (int f = 0; f < right.terms[k].count && term.count < MAX_FACTORS; f++)
                term.factors[term.count++] = right.terms[k].factors[f];
            term.negative = left.terms[i].negative != right.terms[k].negative;
            add_term(sum, &term);
        }
    }
}

static void negate_from(struct sum *sum, int first)
{
    for (int i = first; i < sum->count; i++)
        sum->terms[i].negative = !sum->terms[i].negative;
}

static void expand(struct orders *orders, int top, int index, bool multiplied, struct sum *sum)
{
    const struct instruction *instruction = &orders->program->code[index];
    int first = sum->count;
    switch (instruction->op) {
    case NODE_ADD:
    case NODE_SUBTRACT:
        expand_operand(orders, top, instruction->args[0], false, sum);
        first = sum->count;
        expand_operand(orders, top, instruction->args[1], false, sum);
        if (instruction->op == NODE_SUBTRACT)
            negate_from(sum, first);
        break;
    case NODE_NEGATE:
        expand_operand(orders, top, instruction->args[0], multiplied, sum);
        negate_from(sum, first);
        break;
    default:
        expand_product(orders, top, instruction, sum);
        break;
    }
}

/* --- rewriting ------------------------------------------------------------------------------------------------- */

/* √(v / b) among the terms of a divisor, with b a scalar: its place, or -1. */
static int root_of_quotient(const struct orders *orders, const struct sum *sum)
{
    const struct instruction *code = orders->program->code;
    for (int i = 0; i < sum->count; i++) {
        int node = sum->terms[i].factors[0].node;
        if (sum->terms[i].count == 1 && node != NO_INSTRUCTION && code[node].op == NODE_SQRT &&
            code[code[node].args[0]].op == NODE_DIVIDE &&
            code[code[code[node].args[0]].args[1]].uniform)
            return i;
    }
    return -1;
}

static double total(struct orders *orders, const struct instruction *instruction, struct sum *sum);

/* A difference that rounding leaves below 0 counts as 0: NaN does not conform. */
static double root_of(struct orders *orders, int operand)
{
    return sqrt(fmax(orders_value(orders, operand), 0));
}

/* p / (√(v / b) + e) as p √b / (√v + e √b). */
static void fold(struct orders *orders, struct term *term)
{
    const struct instruction *code = orders->program->code;
    for (int i = 0; i < term->count; i++) {
        int node = term->factors[i].node;
        if (!term->factors[i].divisor || node == NO_INSTRUCTION || !is_sum(code[node].op) ||
            code[node].uniform || term->count == MAX_FACTORS)
            continue;
        struct sum sum = {.count = 0};
        expand(orders, node, node, false, &sum);
        int place = root_of_quotient(orders, &sum);
        if (place < 0 || !chance(orders, 40))
            continue;
        const struct instruction *quotient = &code[code[sum.terms[place].factors[0].node].args[0]];
        double root = rounded(orders, root_of(orders, quotient->args[1]));
        struct factor scale = {NO_INSTRUCTION, root, false};
        for (int k = 0; k < sum.count; k++) {
            if (k == place)
                sum.terms[k].factors[0] = (struct factor){
                    NO_INSTRUCTION, rounded(orders, root_of(orders, quotient->args[0])), false};
            else
                sum.terms[k].factors[sum.terms[k].count++] = scale;
        }
        term->factors[i] = (struct factor){NO_INSTRUCTION, total(orders, &code[node], &sum), true};
        term->factors[term->count++] = scale;
        return;
    }
}

/* a + a b c as a (1 + b c), once. */
static void factor_out(struct orders *orders, const struct instruction *instruction,
                       struct sum *sum)
{
    for (int i = 0; i < sum->count; i++) {
        const struct term *bare = &sum->terms[i];
        if (bare->count != 1 || bare->factors[0].node == NO_INSTRUCTION || bare->factors[0].divisor)
            continue;
        for (int k = 0; k < sum->count; k++) {
            for (int f = 0; k != i && sum->terms[k].count > 1 && f < sum->terms[k].count; f++) {
                struct factor shared = sum->terms[k].factors[f];
                if (shared.node != bare->factors[0].node || shared.divisor || !chance(orders, 50))
                    continue;
                struct sum inner = {.count = 2};
                inner.terms[0] = (struct term){.factors = {{NO_INSTRUCTION, 1, false}},
                                               .count = 1,
                                               .negative = bare->negative};
                inner.terms[1] = sum->terms[k];
                inner.terms[1].factors[f] = inner.terms[1].factors[--inner.terms[1].count];
                struct term outer = {
                    .factors = {shared,
                                {NO_INSTRUCTION, total(orders, instruction, &inner), false}},
                    .count = 2};
                sum->terms[i] = outer;
                sum->terms[k] = sum->terms[--sum->count];
                return;
            }
        }
    }
}

/* --- sums ------------------------------------------------------------------------------------------------------ */

/* Two summands, the first of which may be a product whose last multiplication is fused with the addition. */
static double add(struct orders *orders, const struct instruction *instruction,
                  const struct term *term, double other)
{
    struct factor factors[MAX_FACTORS];
    memcpy(factors, term->factors, sizeof factors);
    if (term->count >= 2 && chance(orders, 50) && !(orders->wide && instruction->uniform)) {
        reduce(orders, instruction, factors, term->count, 2);
        if (!factors[0].divisor && !factors[1].divisor)
            return fused(orders, term->negative ? -factors[0].value : factors[0].value,
                         factors[1].value, other);
        struct factor both = combine(orders, instruction, factors[0], factors[1]);
        double value = both.divisor ? operate(orders, instruction, 1 / both.value) : both.value;
        return operate(orders, instruction, (term->negative ? -value : value) + other);
    }
    return operate(orders, instruction, product(orders, instruction, term) + other);
}

/* The terms in any order. */
static double total(struct orders *orders, const struct instruction *instruction, struct sum *sum)
{
    while (sum->count > 1) {
        int a = pick(orders, sum->count), b = pick(orders, sum->count - 1);
        b += b >= a;
        double value =
            add(orders, instruction, &sum->terms[a], product(orders, instruction, &sum->terms[b]));
        int low = a < b ? a : b, high = a < b ? b : a;
        sum->terms[low] = (struct term){.factors = {{NO_INSTRUCTION, value, false}}, .count = 1};
        sum->terms[high] = sum->terms[--sum->count];
    }
    return product(orders, instruction, &sum->terms[0]);
}

static double polynomial(struct orders *orders, int index)
{
    const struct instruction *instruction = &orders->program->code[index];
    struct sum sum = {.count = 0};
    expand(orders, index, index, false, &sum);
    if (!instruction->uniform || sum.count > 2)
        factor_out(orders, instruction, &sum);
    for (int i = 0; i < sum.count; i++)
        fold(orders, &sum.terms[i]);
    return total(orders, instruction, &sum);
}

/* --- the other operations -------------------------------------------------------------------------------------- */

static bool truth(struct orders *orders, int index)
{
    const struct instruction *instruction = &orders->program->code[index];
    if (instruction->op >= NODE_AND) {
        bool a = truth(orders, instruction->args[0]);
        switch (instruction->op) {
        case NODE_AND:
            return a && truth(orders, instruction->args[1]);
        case NODE_OR:
            return a || truth(orders, instruction->args[1]);
        case NODE_NOT:
            return !a;
        default:
            return !a || truth(orders, instruction->args[1]);
        }
    }
    double a = orders_value(orders, instruction->args[0]);
    double b = orders_value(orders, instruction->args[1]);
    switch (instruction->op) {
    case NODE_LESS:
        return a < b;
    case NODE_LESS_EQUAL:
        return a <= b;
    case NODE_GREATER:
        return a > b;
    case NODE_GREATER_EQUAL:
        return a >= b;
    case NODE_EQUAL:
        return a == b;
    default:
        return a != b;
    }
}

/* √(a / b) as √a / √b, or √a * (1 / √b). */
static double root(struct orders *orders, const struct instruction *instruction)
{
    const struct instruction *operand = &orders->program->code[instruction->args[0]];
    if (operand->op != NODE_DIVIDE || program_returns(orders->program, instruction->args[0]) ||
        !chance(orders, 50))
        return root_of(orders, instruction->args[0]);
    double a = operate(orders, instruction, root_of(orders, operand->args[0]));
    double b = operate(orders, instruction, root_of(orders, operand->args[1]));
    return chance(orders, 70) ? a / b : a * operate(orders, instruction, 1 / b);
}

/* The library's, or a product that is kept from step to step. */
static double power(struct orders *orders, const struct instruction *instruction)
{
    double base = orders_value(orders, instruction->args[0]);
    double exponent = orders_value(orders, instruction->args[1]);
    bool whole = orders->program->code[instruction->args[1]].type == TYPE_INTEGER;
    if (!whole || exponent > LONGEST_PRODUCT || exponent < 1 || chance(orders, 50))
        return pow(base, exponent);
    double value = base;
    for (double i = 1; i < exponent; i++)
        value = operate(orders, instruction, value * base);
    return value;
}

static double computed(struct orders *orders, int index)
{
    const struct instruction *instruction = &orders->program->code[index];
    const int *args = instruction->args;
    if (is_polynomial(instruction->op))
        return polynomial(orders, index);
    switch (instruction->op) {
    case NODE_NUMBER:
        return operate(orders, instruction, strtod(instruction->text, NULL));
    case NODE_PI:
        return operate(orders, instruction, acos(-1));
    case NODE_IF:
        return orders_value(orders, args[truth(orders, args[0]) ? 1 : 2]);
    case NODE_SQRT:
        return operate(orders, instruction, root(orders, instruction));
    case NODE_POW:
        return operate(orders, instruction, power(orders, instruction));
    case NODE_EXP:
        return operate(orders, instruction, exp(orders_value(orders, args[0])));
    case NODE_LOG:
        return operate(orders, instruction, log(orders_value(orders, args[0])));
    case NODE_COS:
        return operate(orders, instruction, cos(orders_value(orders, args[0])));
    case NODE_SIN:
        return operate(orders, instruction, sin(orders_value(orders, args[0])));
    case NODE_ABS:
        return fabs(orders_value(orders, args[0]));
    case NODE_MIN:
        return fmin(orders_value(orders, args[0]), orders_value(orders, args[1]));
    case NODE_MAX:
        return fmax(orders_value(orders, args[0]), orders_value(orders, args[1]));
    default: /* NODE_FLOOR */
        return floor(orders_value(orders, args[0]));
    }
}

double orders_value(struct orders *orders, int index)
{
    const struct instruction *instruction = &orders->program->code[index];
    if (instruction->op == NODE_NAME) {
        bool kept = orders->wide || !instruction->uniform;
        return kept ? orders->values[index] : rounded(orders, orders->values[index]);
    }
    unsigned long now = instruction->uniform ? orders->step : orders->coordinate;
    if (orders->stamps[index] != now) {
        double value = computed(orders, index);
        orders->values[index] =
            program_returns(orders->program, index) ? rounded(orders, value) : value;
        orders->stamps[index] = now;
    }
    return orders->values[index];
}
