#include "second.h"

#include <stdlib.h>

struct ball *balls_new(const struct program *program)
{
    struct ball *balls = calloc((size_t)program->count, sizeof *balls);
    for (int i = 0; balls != NULL && i < program->count; i++)
        arb_init(balls[i].value);
    return balls;
}

void balls_free(const struct program *program, struct ball *balls)
{
    for (int i = 0; balls != NULL && i < program->count; i++)
        arb_clear(balls[i].value);
    free(balls);
}

/* Known if it is, else undefined if that is certain, else unknown. */
static enum known either(int defined, int undefined)
{
    if (defined)
        return KNOWN;
    return undefined ? UNDEFINED : UNKNOWN;
}

static enum known power(arb_t result, const arb_t base, const arb_t exponent, slong precision)
{
    int zero = arb_is_zero(base);
    enum known known = zero ? either(arb_is_positive(exponent), arb_is_nonpositive(exponent))
                            : either(arb_is_positive(base), arb_is_negative(base));
    if (known == KNOWN)
        arb_pow(result, base, exponent, precision);
    return known;
}

/* The number of an operation on numbers. */
static enum known calculate(enum node_kind op, arb_t result, const arb_t a, const arb_t b,
                            slong precision)
{
    switch (op) {
    case NODE_PI:
        arb_const_pi(result, precision);
        return KNOWN;
    case NODE_NEGATE:
        arb_neg(result, a);
        return KNOWN;
    case NODE_ADD:
        arb_add(result, a, b, precision);
        return KNOWN;
    case NODE_SUBTRACT:
        arb_sub(result, a, b, precision);
        return KNOWN;
    case NODE_MULTIPLY:
        arb_mul(result, a, b, precision);
        return KNOWN;
    case NODE_DIVIDE:
        arb_div(result, a, b, precision);
        return either(arb_is_nonzero(b), arb_is_zero(b));
    case NODE_SQRT:
        arb_sqrt(result, a, precision);
        return either(arb_is_nonnegative(a), arb_is_negative(a));
    case NODE_POW:
        return power(result, a, b, precision);
    case NODE_EXP:
        arb_exp(result, a, precision);
        return KNOWN;
    case NODE_LOG:
        arb_log(result, a, precision);
        return either(arb_is_positive(a), arb_is_nonpositive(a));
    case NODE_COS:
        arb_cos(result, a, precision);
        return KNOWN;
    case NODE_SIN:
        arb_sin(result, a, precision);
        return KNOWN;
    case NODE_ABS:
        arb_abs(result, a);
        return KNOWN;
    case NODE_MIN:
        arb_min(result, a, b, precision);
        return KNOWN;
    case NODE_MAX:
        arb_max(result, a, b, precision);
        return KNOWN;
    case NODE_FLOOR:
        arb_floor(result, a, precision);
        return KNOWN;
    default:
        abort();
    }
}

static enum known compare(enum node_kind op, const arb_t a, const arb_t b, bool *truth)
{
    int yes, no;
    switch (op) {
    case NODE_LESS:
        yes = arb_lt(a, b), no = arb_ge(a, b);
        break;
    case NODE_LESS_EQUAL:
        yes = arb_le(a, b), no = arb_gt(a, b);
        break;
    case NODE_GREATER:
        yes = arb_gt(a, b), no = arb_le(a, b);
        break;
    case NODE_GREATER_EQUAL:
        yes = arb_ge(a, b), no = arb_lt(a, b);
        break;
    case NODE_EQUAL:
        yes = arb_eq(a, b), no = arb_ne(a, b);
        break;
    default: /* NODE_NOT_EQUAL */
        yes = arb_ne(a, b), no = arb_eq(a, b);
        break;
    }
    *truth = yes;
    return yes || no ? KNOWN : UNKNOWN;
}

static void choose(const struct ball *balls, const struct instruction *instruction,
                   struct ball *result)
{
    const struct ball *condition = &balls[instruction->args[0]];
    result->known = condition->known;
    if (condition->known != KNOWN)
        return;
    const struct ball *taken = &balls[instruction->args[condition->truth ? 1 : 2]];
    result->known = taken->known;
    arb_set(result->value, taken->value);
}

static void operate(const struct ball *balls, const struct instruction *instruction,
                    slong precision, struct ball *result)
{
    int first = instruction->args[0], second = instruction->args[1];
    const struct ball *a = first != NO_INSTRUCTION ? &balls[first] : result;
    const struct ball *b = second != NO_INSTRUCTION ? &balls[second] : a;
    if (instruction->op >= NODE_AND) {
        result->known =
            connect(instruction->op, a->known, a->truth, b->known, b->truth, &result->truth);
        return;
    }
    result->known = first == NO_INSTRUCTION ? KNOWN : a->known != KNOWN ? a->known : b->known;
    if (result->known != KNOWN)
        return;
    if (instruction->type == TYPE_BOOLEAN)
        result->known = compare(instruction->op, a->value, b->value, &result->truth);
    else
        result->known = calculate(instruction->op, result->value, a->value, b->value, precision);
    if (result->known == KNOWN && instruction->type != TYPE_BOOLEAN &&
        !arb_is_finite(result->value))
        result->known = UNKNOWN;
}

/* Arb does not read hexadecimal numbers; a double holds those that people write. */
static void read_number(const char *text, slong precision, arb_t value)
{
    if (arb_set_str(value, text, precision) != 0)
        arb_set_d(value, strtod(text, NULL));
}

void balls_run(const struct program *program, const double *leaves, slong precision,
               struct ball *balls)
{
    for (int i = 0; i < program->count; i++) {
        const struct instruction *instruction = &program->code[i];
        struct ball *ball = &balls[i];
        ball->known = KNOWN;
        if (instruction->op == NODE_NAME)
            arb_set_d(ball->value, leaves[i]);
        else if (instruction->op == NODE_NUMBER)
            read_number(instruction->text, precision, ball->value);
        else if (instruction->op == NODE_IF)
            choose(balls, instruction, ball);
        else
            operate(balls, instruction, precision, ball);
    }
}
