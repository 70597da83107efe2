#include "second.h"

#include <ctype.h>
#include <stdlib.h>

struct ratio *ratios_new(const struct program *program)
{
    struct ratio *ratios = calloc((size_t)program->count, sizeof *ratios);
    for (int i = 0; ratios != NULL && i < program->count; i++)
        mpq_init(ratios[i].value);
    return ratios;
}

void ratios_free(const struct program *program, struct ratio *ratios)
{
    for (int i = 0; ratios != NULL && i < program->count; i++)
        mpq_clear(ratios[i].value);
    free(ratios);
}

/* Decimal: "12.5e-3" is 125 over 10^4. The language's hexadecimal numbers are left to Arb. */
static enum known read_number(const char *text, mpq_t value)
{
    char digits[256];
    size_t count = 0;
    long exponent = 0;
    bool point = false;
    for (; (isdigit((unsigned char)*text) || *text == '.') && count + 1 < sizeof digits; text++) {
        if (*text != '.')
            digits[count++] = *text;
        exponent -= point && *text != '.';
        point = point || *text == '.';
    }
    digits[count] = '\0';
    if (*text != '\0' && tolower((unsigned char)*text) != 'e')
        return UNKNOWN;
    exponent += *text != '\0' ? strtol(text + 1, NULL, 10) : 0;
    mpz_set_str(mpq_numref(value), digits, 10);
    mpz_ui_pow_ui(mpq_denref(value), 10, (unsigned long)labs(exponent));
    if (exponent > 0) {
        mpz_mul(mpq_numref(value), mpq_numref(value), mpq_denref(value));
        mpz_set_ui(mpq_denref(value), 1);
    }
    mpq_canonicalize(value);
    return KNOWN;
}

static void round_down(mpq_t result, const mpq_t a)
{
    mpz_fdiv_q(mpq_numref(result), mpq_numref(a), mpq_denref(a));
    mpz_set_ui(mpq_denref(result), 1);
}

static enum known calculate(enum node_kind op, mpq_t result, const mpq_t a, const mpq_t b)
{
    switch (op) {
    case NODE_NEGATE:
        mpq_neg(result, a);
        return KNOWN;
    case NODE_ADD:
        mpq_add(result, a, b);
        return KNOWN;
    case NODE_SUBTRACT:
        mpq_sub(result, a, b);
        return KNOWN;
    case NODE_MULTIPLY:
        mpq_mul(result, a, b);
        return KNOWN;
    case NODE_DIVIDE:
        if (mpq_sgn(b) == 0)
            return UNDEFINED;
        mpq_div(result, a, b);
        return KNOWN;
    case NODE_ABS:
        mpq_abs(result, a);
        return KNOWN;
    case NODE_MIN:
        mpq_set(result, mpq_cmp(a, b) < 0 ? a : b);
        return KNOWN;
    case NODE_MAX:
        mpq_set(result, mpq_cmp(a, b) > 0 ? a : b);
        return KNOWN;
    case NODE_FLOOR:
        round_down(result, a);
        return KNOWN;
    default:
        return UNKNOWN;
    }
}

static bool compare(enum node_kind op, const mpq_t a, const mpq_t b)
{
    int order = mpq_cmp(a, b);
    switch (op) {
    case NODE_LESS:
        return order < 0;
    case NODE_LESS_EQUAL:
        return order <= 0;
    case NODE_GREATER:
        return order > 0;
    case NODE_GREATER_EQUAL:
        return order >= 0;
    case NODE_EQUAL:
        return order == 0;
    default: /* NODE_NOT_EQUAL */
        return order != 0;
    }
}

static void choose(const struct ratio *ratios, const struct instruction *instruction,
                   struct ratio *result)
{
    const struct ratio *condition = &ratios[instruction->args[0]];
    result->known = condition->known;
    if (condition->known != KNOWN)
        return;
    const struct ratio *taken = &ratios[instruction->args[condition->truth ? 1 : 2]];
    result->known = taken->known;
    mpq_set(result->value, taken->value);
}

static void operate(const struct ratio *ratios, const struct instruction *instruction,
                    struct ratio *result)
{
    int second = instruction->args[1];
    const struct ratio *a = &ratios[instruction->args[0]];
    const struct ratio *b = second != NO_INSTRUCTION ? &ratios[second] : a;
    if (instruction->op >= NODE_AND) {
        result->known =
            connect(instruction->op, a->known, a->truth, b->known, b->truth, &result->truth);
        return;
    }
    result->known = a->known != KNOWN ? a->known : b->known;
    if (result->known != KNOWN)
        return;
    if (instruction->type == TYPE_BOOLEAN)
        result->truth = compare(instruction->op, a->value, b->value);
    else
        result->known = calculate(instruction->op, result->value, a->value, b->value);
}

void ratios_run(const struct program *program, const double *leaves, struct ratio *ratios)
{
    for (int i = 0; i < program->count; i++) {
        const struct instruction *instruction = &program->code[i];
        struct ratio *ratio = &ratios[i];
        ratio->known = KNOWN;
        if (instruction->op == NODE_NAME)
            mpq_set_d(ratio->value, leaves[i]);
        else if (instruction->op == NODE_NUMBER)
            ratio->known = read_number(instruction->text, ratio->value);
        else if (instruction->op == NODE_PI)
            ratio->known = UNKNOWN;
        else if (instruction->op == NODE_IF)
            choose(ratios, instruction, ratio);
        else
            operate(ratios, instruction, ratio);
    }
}
