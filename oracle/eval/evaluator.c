#include "eval/evaluator.h"

#include "eval/interval.h"
#include "eval/rounding.h"

#include <math.h>
#include <stdlib.h>

struct slot {
    mpfi_t value;
    enum problem problem;
    bool chosen;    /* depends on a side chosen on this path */
    bool overflows; /* rounded: in some order of evaluation an intermediate result may */
    struct expansion expansion;
    unsigned long stamp; /* known if it is the coordinate's, or, for a uniform value, the step's */
};

struct evaluator {
    const struct program *program;
    const struct format *format; /* NULL: exact */
    struct rounding *rounding;   /* NULL: exact */
    mpfr_prec_t precision;
    struct slot *slots;
    unsigned long clock, step, coordinate;
    bool choices[MAX_CHOICES]; /* the sides taken on this path */
    int chosen, met;           /* how many are fixed, how many were met so far */
    bool on_choice;            /* what is being computed depends on a chosen side */
};

const char *problem_text(enum problem problem)
{
    static const char *const texts[] = {
        [PROBLEM_NONE] = "none",
        [PROBLEM_NOT_FINITE] = "an input is NaN or infinite",
        [PROBLEM_UNDEFINED] = "the specification is undefined here",
        [PROBLEM_PRECISION] = "not decided at the highest precision",
        [PROBLEM_UNBOUNDED] = "the rounding errors have no bound here",
        [PROBLEM_BRANCHES] = "too many conditions within their rounding error",
        [PROBLEM_OVERFLOW] = "an intermediate result may overflow, by the order of evaluation",
    };
    return texts[problem];
}

struct evaluator *evaluator_new(const struct program *program, const struct format *format,
                                mpfr_prec_t precision)
{
    struct evaluator *evaluator = calloc(1, sizeof *evaluator);
    if (evaluator == NULL)
        return NULL;
    size_t count = (size_t)program->count;
    struct slot *slots = calloc(count, sizeof *slots);
    struct rounding *rounding = format != NULL ? rounding_new(program, format, precision) : NULL;
    if (slots == NULL || (format != NULL && rounding == NULL)) {
        rounding_free(rounding);
        free(slots);
        free(evaluator);
        return NULL;
    }
    for (size_t i = 0; i < count; i++)
        mpfi_init2(slots[i].value, precision);
    *evaluator = (struct evaluator){.program = program,
                                    .format = format,
                                    .rounding = rounding,
                                    .precision = precision,
                                    .slots = slots,
                                    .clock = 1};
    evaluator_new_step(evaluator);
    return evaluator;
}

void evaluator_free(struct evaluator *evaluator)
{
    if (evaluator == NULL)
        return;
    for (int i = 0; i < evaluator->program->count; i++)
        mpfi_clear(evaluator->slots[i].value);
    rounding_free(evaluator->rounding);
    free(evaluator->slots);
    free(evaluator);
}

void evaluator_new_step(struct evaluator *evaluator)
{
    evaluator->step = ++evaluator->clock;
    evaluator_new_coordinate(evaluator);
}

void evaluator_new_coordinate(struct evaluator *evaluator)
{
    evaluator->coordinate = ++evaluator->clock;
    evaluator->chosen = 0;
    evaluator->met = 0;
}

/* --- what rounding does to a set of values --------------------------------------------------------------------- */

/* Whether the value is one number that the format holds. */
static bool is_representable(const struct evaluator *evaluator, mpfi_srcptr value)
{
    return interval_is_point(value) && mpfr_number_p(&value->left) &&
           mpfr_cmp_d(&value->left, format_round(evaluator->format, &value->left)) == 0;
}

/* An operation's result in the rounded reading. A scalar of the step is exact where the format holds it and there is one
 * way to compute it: a schedule's k / period is an integer when it is one. */
static void widen_result(struct evaluator *evaluator, int index, struct slot *slot,
                         const struct slot *const args[2])
{
    int scale = rounding_scale(evaluator->rounding, index);
    const mpfi_srcptr values[3] = {args[0] != NULL ? args[0]->value : NULL,
                                   args[1] != NULL ? args[1]->value : NULL,
                                   scale != NO_INSTRUCTION ? evaluator->slots[scale].value : NULL};
    const struct expansion *const expansions[2] = {args[0] != NULL ? &args[0]->expansion : NULL,
                                                   args[1] != NULL ? &args[1]->expansion : NULL};
    slot->overflows =
        (args[0] != NULL && args[0]->overflows) || (args[1] != NULL && args[1]->overflows);
    slot->expansion = rounding_expand(evaluator->rounding, index, slot->value, values, expansions);
    if (evaluator->program->code[index].uniform && is_representable(evaluator, slot->value) &&
        rounding_one_way(evaluator->rounding, index))
        return;
    if (rounding_widen(evaluator->rounding, index, slot->value, values, &slot->expansion))
        slot->overflows = true;
}

/* --- leaves ---------------------------------------------------------------------------------------------------- */

static void set_constant(struct evaluator *evaluator, struct slot *slot)
{
    if (evaluator->format != NULL && !is_representable(evaluator, slot->value))
        rounding_widen_constant(evaluator->rounding, slot->value);
    slot->expansion = expansion_of(slot->value);
}

void evaluator_set(struct evaluator *evaluator, int leaf, double value, bool rounded)
{
    if (leaf == NO_INSTRUCTION)
        return;
    struct slot *slot = &evaluator->slots[leaf];
    slot->problem = isfinite(value) ? PROBLEM_NONE : PROBLEM_NOT_FINITE;
    mpfi_set_d(slot->value, value);
    if (rounded && evaluator->format != NULL && !format_holds(evaluator->format, value))
        rounding_widen_constant(evaluator->rounding, slot->value);
    slot->expansion = expansion_of(slot->value);
}

void evaluator_set_interval(struct evaluator *evaluator, int leaf, mpfi_srcptr value)
{
    if (leaf == NO_INSTRUCTION)
        return;
    evaluator->slots[leaf].problem = PROBLEM_NONE;
    mpfi_set(evaluator->slots[leaf].value, value);
    evaluator->slots[leaf].expansion = expansion_of(value);
}

void evaluator_set_problem(struct evaluator *evaluator, int leaf, enum problem problem)
{
    if (leaf != NO_INSTRUCTION)
        evaluator->slots[leaf].problem = problem;
}

/* --- evaluation ------------------------------------------------------------------------------------------------ */

static struct slot *evaluate(struct evaluator *evaluator, int index);
static int truth(struct evaluator *evaluator, int index, enum problem *problem);

static void set_everything(mpfi_ptr value)
{
    mpfr_set_inf(&value->left, -1);
    mpfr_set_inf(&value->right, 1);
}

static enum problem divide(const struct evaluator *evaluator, mpfi_ptr result, mpfi_srcptr a,
                           mpfi_srcptr b)
{
    if (mpfi_is_zero(b))
        return PROBLEM_UNDEFINED;
    if (!mpfi_has_zero(b)) {
        mpfi_div(result, a, b);
        return PROBLEM_NONE;
    }
    set_everything(result);
    return evaluator->format != NULL ? PROBLEM_NONE : PROBLEM_PRECISION;
}

/* The exact operand of a root is not negative where the root is defined; a computed one may be. */
static enum problem root(const struct evaluator *evaluator, mpfi_ptr result, mpfi_srcptr a)
{
    if (mpfr_sgn(&a->right) < 0)
        return PROBLEM_UNDEFINED;
    if (mpfr_sgn(&a->left) >= 0) {
        mpfi_sqrt(result, a);
        return PROBLEM_NONE;
    }
    mpfr_set_zero(&result->left, 1);
    mpfr_sqrt(&result->right, &a->right, MPFR_RNDU);
    return evaluator->format != NULL ? PROBLEM_NONE : PROBLEM_PRECISION;
}

/* As for a root; but a computed base below 0 makes NaN of a power. */
static enum problem power(const struct evaluator *evaluator, mpfi_ptr result, mpfi_srcptr base,
                          mpfi_srcptr exponent)
{
    if (interval_pow(result, base, exponent))
        return PROBLEM_NONE;
    if (mpfr_sgn(&base->left) >= 0 || mpfr_sgn(&base->right) < 0)
        return PROBLEM_UNDEFINED;
    return evaluator->format != NULL ? PROBLEM_UNBOUNDED : PROBLEM_PRECISION;
}

static enum problem apply(const struct evaluator *evaluator, const struct instruction *instruction,
                          mpfi_ptr result, mpfi_srcptr a, mpfi_srcptr b)
{
    switch (instruction->op) {
    case NODE_NUMBER:
        mpfr_strtofr(&result->left, instruction->text, NULL, 0, MPFR_RNDD);
        mpfr_strtofr(&result->right, instruction->text, NULL, 0, MPFR_RNDU);
        break;
    case NODE_PI:
        mpfi_const_pi(result);
        break;
    case NODE_NEGATE:
        mpfi_neg(result, a);
        break;
    case NODE_ADD:
        mpfi_add(result, a, b);
        break;
    case NODE_SUBTRACT:
        mpfi_sub(result, a, b);
        break;
    case NODE_MULTIPLY:
        mpfi_mul(result, a, b);
        break;
    case NODE_DIVIDE:
        return divide(evaluator, result, a, b);
    case NODE_SQRT:
        return root(evaluator, result, a);
    case NODE_POW:
        return power(evaluator, result, a, b);
    case NODE_EXP:
        mpfi_exp(result, a);
        break;
    case NODE_LOG:
        if (mpfr_sgn(&a->left) <= 0)
            return mpfr_sgn(&a->right) <= 0 ? PROBLEM_UNDEFINED : PROBLEM_PRECISION;
        mpfi_log(result, a);
        break;
    case NODE_COS:
        mpfi_cos(result, a);
        break;
    case NODE_SIN:
        mpfi_sin(result, a);
        break;
    case NODE_ABS:
        mpfi_abs(result, a);
        break;
    case NODE_MIN:
        interval_min(result, a, b);
        break;
    case NODE_MAX:
        interval_max(result, a, b);
        break;
    case NODE_FLOOR:
        interval_floor(result, a);
        break;
    default:
        return PROBLEM_UNDEFINED;
    }
    return PROBLEM_NONE;
}

static void compute(struct evaluator *evaluator, int index, struct slot *slot)
{
    const struct instruction *instruction = &evaluator->program->code[index];
    const struct slot *args[2] = {NULL, NULL};
    for (int i = 0; i < 2 && instruction->args[i] != NO_INSTRUCTION; i++) {
        args[i] = evaluate(evaluator, instruction->args[i]);
        if (args[i]->problem != PROBLEM_NONE) {
            slot->problem = args[i]->problem;
            return;
        }
    }
    slot->problem =
        apply(evaluator, instruction, slot->value, args[0] != NULL ? args[0]->value : NULL,
              args[1] != NULL ? args[1]->value : NULL);
    if (slot->problem != PROBLEM_NONE)
        return;
    if (mpfi_nan_p(slot->value)) {
        if (evaluator->format == NULL)
            slot->problem = PROBLEM_UNDEFINED;
        else
            set_everything(slot->value);
    }
    if (instruction->op == NODE_NUMBER || instruction->op == NODE_PI)
        set_constant(evaluator, slot);
    else if (evaluator->format != NULL)
        widen_result(evaluator, index, slot, args);
}

/* A condition's side: what it is, or, undecided in the rounded reading, what this path chooses. */
static int take_side(struct evaluator *evaluator, int condition, enum problem *problem)
{
    int side = truth(evaluator, condition, problem);
    if (side >= 0 || *problem != PROBLEM_NONE)
        return side;
    if (evaluator->format == NULL) {
        *problem = PROBLEM_PRECISION;
        return -1;
    }
    if (evaluator->met == MAX_CHOICES) {
        *problem = PROBLEM_BRANCHES;
        return -1;
    }
    if (evaluator->met == evaluator->chosen)
        evaluator->choices[evaluator->chosen++] = true;
    evaluator->on_choice = true;
    return evaluator->choices[evaluator->met++];
}

static void compute_conditional(struct evaluator *evaluator, const struct instruction *instruction,
                                struct slot *slot)
{
    slot->problem = PROBLEM_NONE;
    int side = take_side(evaluator, instruction->args[0], &slot->problem);
    if (slot->problem != PROBLEM_NONE)
        return;
    int index = instruction->args[side == 1 ? 1 : 2];
    const struct slot *taken = evaluate(evaluator, index);
    slot->problem = taken->problem;
    slot->overflows = taken->overflows;
    mpfi_set(slot->value, taken->value);
    if (evaluator->format != NULL)
        slot->expansion =
            rounding_side(evaluator->rounding, index, taken->value, &taken->expansion);
}

/* A value that depends on a chosen side holds on this path only, even where it is the same for all coordinates. */
static struct slot *evaluate(struct evaluator *evaluator, int index)
{
    const struct instruction *instruction = &evaluator->program->code[index];
    struct slot *slot = &evaluator->slots[index];
    if (instruction->op == NODE_NAME)
        return slot;
    bool outer = evaluator->on_choice;
    if (slot->stamp != evaluator->coordinate &&
        !(instruction->uniform && slot->stamp == evaluator->step)) {
        evaluator->on_choice = false;
        if (instruction->op == NODE_IF)
            compute_conditional(evaluator, instruction, slot);
        else
            compute(evaluator, index, slot);
        slot->chosen = evaluator->on_choice;
        slot->stamp =
            instruction->uniform && !slot->chosen ? evaluator->step : evaluator->coordinate;
    }
    evaluator->on_choice = outer || slot->chosen;
    return slot;
}

/* --- formulas -------------------------------------------------------------------------------------------------- */

/* a < b (strict) or a <= b: 1, 0, or -1 where the intervals do not decide. */
static int less(mpfi_srcptr a, mpfi_srcptr b, bool strict)
{
    int low = mpfr_cmp(&a->right, &b->left), high = mpfr_cmp(&a->left, &b->right);
    if (low < 0 || (!strict && low == 0))
        return 1;
    if (high > 0 || (strict && high == 0))
        return 0;
    return -1;
}

static int equal(mpfi_srcptr a, mpfi_srcptr b)
{
    if (mpfr_less_p(&a->right, &b->left) || mpfr_less_p(&b->right, &a->left))
        return 0;
    return interval_is_point(a) && interval_is_point(b) ? 1 : -1;
}

static int negate(int value)
{
    return value < 0 ? -1 : !value;
}

/* Kleene's conjunction. */
static int both(int a, int b)
{
    if (a == 0 || b == 0)
        return 0;
    return a < 0 || b < 0 ? -1 : 1;
}

static int compare(struct evaluator *evaluator, const struct instruction *instruction,
                   enum problem *problem)
{
    const struct slot *a = evaluate(evaluator, instruction->args[0]);
    const struct slot *b = evaluate(evaluator, instruction->args[1]);
    if (a->problem != PROBLEM_NONE || b->problem != PROBLEM_NONE) {
        *problem = a->problem != PROBLEM_NONE ? a->problem : b->problem;
        return -1;
    }
    switch (instruction->op) {
    case NODE_LESS:
        return less(a->value, b->value, true);
    case NODE_LESS_EQUAL:
        return less(a->value, b->value, false);
    case NODE_GREATER:
        return less(b->value, a->value, true);
    case NODE_GREATER_EQUAL:
        return less(b->value, a->value, false);
    case NODE_EQUAL:
        return equal(a->value, b->value);
    default:
        return negate(equal(a->value, b->value));
    }
}

static int truth(struct evaluator *evaluator, int index, enum problem *problem)
{
    const struct instruction *instruction = &evaluator->program->code[index];
    if (instruction->op < NODE_AND)
        return compare(evaluator, instruction, problem);
    int a = truth(evaluator, instruction->args[0], problem);
    if (instruction->op == NODE_NOT)
        return negate(a);
    /* What decides alone keeps the other side from being evaluated where it may be undefined. */
    if (instruction->op == NODE_AND ? a == 0 : a == (instruction->op == NODE_OR))
        return instruction->op != NODE_AND;
    int b = truth(evaluator, instruction->args[1], problem);
    switch (instruction->op) {
    case NODE_AND:
        return both(a, b);
    case NODE_OR:
        return negate(both(negate(a), negate(b)));
    default: /* NODE_IMPLIES */
        return negate(both(a, negate(b)));
    }
}

mpfi_srcptr evaluator_value(struct evaluator *evaluator, int instruction, enum problem *problem)
{
    evaluator->met = 0;
    const struct slot *slot = evaluate(evaluator, instruction);
    *problem = slot->problem;
    if (*problem == PROBLEM_NONE && mpfi_inf_p(slot->value) && evaluator->format != NULL &&
        mpfr_inf_p(&slot->value->left) && mpfr_inf_p(&slot->value->right))
        *problem = PROBLEM_UNBOUNDED;
    return slot->value;
}

bool evaluator_overflows(const struct evaluator *evaluator, int instruction)
{
    return evaluator->slots[instruction].overflows;
}

int evaluator_truth(struct evaluator *evaluator, int instruction)
{
    enum problem problem = PROBLEM_NONE;
    int value = truth(evaluator, instruction, &problem);
    return problem == PROBLEM_NONE ? value : -1;
}

bool evaluator_next_path(struct evaluator *evaluator)
{
    if (evaluator->chosen == 0)
        return false;
    evaluator->coordinate = ++evaluator->clock;
    while (evaluator->chosen > 0 && !evaluator->choices[evaluator->chosen - 1])
        evaluator->chosen--;
    if (evaluator->chosen == 0)
        return false;
    evaluator->choices[evaluator->chosen - 1] = false;
    return true;
}
