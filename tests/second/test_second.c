/* Every rule and schedule of the library, and a rule that has all operations of the language, computed by the oracle and by the second opinion (second.h) at random and
 * extreme points: what the two enclose must have a number in common, and they must agree on each condition and on what
 * is undefined. Given intervals, the oracle must enclose what the second opinion finds at a point of them. Two enclosures without a common number mean that one of the two programs is wrong.
 *
 *     GOLDSTEP_SECOND_POINTS=N   points for each rule
 *     GOLDSTEP_SECOND_SEED=N     other points */
#include "eval/evaluator.h"
#include "second.h"
#include "verdict/session.h"

#include <check.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof *(array))

enum { POINTS = 100 };

/* The least one is too short for most values: an enclosure that is wide by need is then compared with a narrow one. */
static const mpfr_prec_t oracle_precisions[] = {12, 64, 128, 1024};
static const slong arb_precisions[] = {53, 600};

enum { ORACLES = LENGTH(oracle_precisions), ARBS = LENGTH(arb_precisions) };

static goldstep_library *library; /* opened once; each test's process has its own copy */
static uint64_t seed;
static long points;

/* A rule, the programs that evaluate it, and the point where they do. */
struct subject {
    const struct spec *spec;
    struct program *program;
    struct evaluator *oracles[ORACLES];
    struct ball *balls[ARBS];
    struct ratio *ratios;
    double *leaves; /* the point: a number for each leaf */
    double *
        others; /* the oracle is given the interval between this and the leaf; mostly they are the same */
    bool *compared; /* for each operation: in one point at least */
    long rational;  /* how often an operation's result was compared with a rational number */
    uint64_t random;
};

/* --- failures -------------------------------------------------------------------------------------------------- */

static void print_leaf(const struct subject *subject, int leaf, FILE *out)
{
    double number = subject->leaves[leaf], other = subject->others[leaf];
    fprintf(out, " %s=%a", spec_binding_name(subject->spec, subject->program->code[leaf].leaf),
            number);
    if (other != number)
        fprintf(out, " (to %a)", other);
}

/* What the operation is: the quantity that it is the value of, if it is one's. */
static void print_place(const struct subject *subject, int operation, FILE *out)
{
    const struct program *program = subject->program;
    fprintf(out, "%s, operation %d of %d", subject->spec->shown, operation, program->count);
    if (operation == program->output)
        fprintf(out, " (%s)", subject->spec->kind == SPEC_SCHEDULE ? "lr" : "x");
    for (size_t i = 0; i < subject->spec->states.count; i++)
        if (operation == program->states[i])
            fprintf(out, " (%s)", subject->spec->states.list[i].name);
    for (size_t i = 0; i < subject->spec->scalar_states.count; i++)
        if (operation == program->scalar_states[i])
            fprintf(out, " (%s)", subject->spec->scalar_states.list[i].name);
    fprintf(out, "\n at");
    for (int i = 0; i < program->count; i++)
        if (program->code[i].op == NODE_NAME)
            print_leaf(subject, i, out);
}

/* What the second opinion says: "rational 1/3", "Arb, 53 bits: 0.333 +/- 1e-17". */
static void print_ratio(const struct ratio *ratio, bool formula, FILE *out)
{
    fprintf(out, "\n rational: ");
    if (ratio->known != KNOWN)
        fprintf(out, ratio->known == UNDEFINED ? "undefined" : "unknown");
    else if (formula)
        fprintf(out, ratio->truth ? "true" : "false");
    else
        mpq_out_str(out, 10, ratio->value);
}

static void print_ball(const struct ball *ball, bool formula, slong precision, FILE *out)
{
    fprintf(out, "\n Arb, %ld bits: ", (long)precision);
    if (ball->known != KNOWN)
        fprintf(out, ball->known == UNDEFINED ? "undefined" : "unknown");
    else if (formula)
        fprintf(out, ball->truth ? "true" : "false");
    else
        arb_fprintn(out, ball->value, 30, 0);
}

static void print_second(const struct subject *subject, int operation, FILE *out)
{
    bool formula = subject->program->code[operation].type == TYPE_BOOLEAN;
    for (size_t a = 0; a < ARBS; a++)
        print_ball(&subject->balls[a][operation], formula, arb_precisions[a], out);
    print_ratio(&subject->ratios[operation], formula, out);
}

/* --- one operation at one point -------------------------------------------------------------------------------- */

/* Fails, with what the oracle says, if it is part of the dispute. */
static void disagree(const struct subject *subject, int operation, const char *oracle)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    ck_assert_ptr_nonnull(out);
    print_place(subject, operation, out);
    if (oracle != NULL)
        fprintf(out, "\n oracle: %s", oracle);
    print_second(subject, operation, out);
    fclose(out);
    ck_abort_msg("%s", text);
}

static void fail_number(const struct subject *subject, int operation, mpfi_srcptr value,
                        enum problem problem)
{
    char *interval;
    if (problem != PROBLEM_NONE)
        disagree(subject, operation, problem_text(problem));
    if (mpfr_asprintf(&interval, "[%.30Rg, %.30Rg]", &value->left, &value->right) < 0)
        abort();
    disagree(subject, operation, interval);
}

/* Whether no number lies in both. */
static bool disjoint(mpfi_srcptr oracle, const arb_t ball)
{
    arf_t end, other;
    arf_init(end);
    arf_init(other);
    arb_get_ubound_arf(end, ball, 2048);
    arf_set_mpfr(other, &oracle->left);
    bool apart = arf_cmp(end, other) < 0;
    arb_get_lbound_arf(end, ball, 2048);
    arf_set_mpfr(other, &oracle->right);
    apart = apart || arf_cmp(other, end) < 0;
    arf_clear(end);
    arf_clear(other);
    return apart;
}

static bool ball_lacks(const arb_t ball, const mpq_t ratio)
{
    fmpq_t number;
    fmpq_init(number);
    fmpq_set_mpq(number, ratio);
    bool lacks = !arb_contains_fmpq(ball, number);
    fmpq_clear(number);
    return lacks;
}

/* Whether what the oracle knows of a number, and a second opinion, exclude each other. */
static bool contradicts(enum problem problem, enum known known)
{
    return (problem == PROBLEM_NONE && known == UNDEFINED) ||
           (problem == PROBLEM_UNDEFINED && known == KNOWN);
}

static void compare_number(struct subject *subject, int operation, size_t oracle)
{
    enum problem problem;
    mpfi_srcptr value = evaluator_value(subject->oracles[oracle], operation, &problem);
    const struct ratio *ratio = &subject->ratios[operation];
    bool wrong = contradicts(problem, ratio->known), both = false;
    if (problem == PROBLEM_NONE && ratio->known == KNOWN) {
        wrong = wrong || mpfr_cmp_q(&value->left, ratio->value) > 0 ||
                mpfr_cmp_q(&value->right, ratio->value) < 0;
        subject->rational += subject->program->code[operation].op != NODE_NAME;
    }
    for (size_t a = 0; a < ARBS; a++) {
        const struct ball *ball = &subject->balls[a][operation];
        wrong = wrong || contradicts(problem, ball->known);
        if (problem == PROBLEM_NONE && ball->known == KNOWN) {
            wrong = wrong || disjoint(value, ball->value);
            both = true;
        }
    }
    if (wrong)
        fail_number(subject, operation, value, problem);
    subject->compared[operation] = subject->compared[operation] || both;
}

static void compare_formula(struct subject *subject, int operation, size_t oracle)
{
    int truth = evaluator_truth(subject->oracles[oracle], operation);
    if (truth < 0)
        return;
    const struct ratio *ratio = &subject->ratios[operation];
    bool wrong = ratio->known == UNDEFINED || (ratio->known == KNOWN && ratio->truth != truth);
    for (size_t a = 0; a < ARBS; a++) {
        const struct ball *ball = &subject->balls[a][operation];
        wrong = wrong || ball->known == UNDEFINED || (ball->known == KNOWN && ball->truth != truth);
        subject->compared[operation] = subject->compared[operation] || ball->known == KNOWN;
    }
    if (wrong)
        disagree(subject, operation, truth ? "true" : "false");
}

/* The rational number lies in Arb's ball too, and both see the same truth: or the second opinion is wrong itself. */
static void compare_second(const struct subject *subject, int operation)
{
    const struct ratio *ratio = &subject->ratios[operation];
    bool formula = subject->program->code[operation].type == TYPE_BOOLEAN;
    for (size_t a = 0; a < ARBS; a++) {
        const struct ball *ball = &subject->balls[a][operation];
        bool wrong = (ratio->known == KNOWN && ball->known == UNDEFINED) ||
                     (ratio->known == UNDEFINED && ball->known == KNOWN);
        if (ratio->known == KNOWN && ball->known == KNOWN)
            wrong = formula ? ratio->truth != ball->truth : ball_lacks(ball->value, ratio->value);
        if (wrong)
            disagree(subject, operation, NULL);
    }
}

static void set_leaf(const struct subject *subject, struct evaluator *oracle, int leaf)
{
    double number = subject->leaves[leaf], other = subject->others[leaf];
    if (other == number) {
        evaluator_set(oracle, leaf, number, false);
        return;
    }
    mpfi_t interval;
    mpfi_init2(interval, DBL_MANT_DIG);
    mpfi_interv_d(interval, number, other);
    evaluator_set_interval(oracle, leaf, interval);
    mpfi_clear(interval);
}

/* `step`: not only the coordinate's own numbers have changed since the last point. */
static void compare_point(struct subject *subject, bool step)
{
    const struct program *program = subject->program;
    ratios_run(program, subject->leaves, subject->ratios);
    for (size_t a = 0; a < ARBS; a++)
        balls_run(program, subject->leaves, arb_precisions[a], subject->balls[a]);
    for (int i = 0; i < program->count; i++)
        compare_second(subject, i);
    for (size_t o = 0; o < ORACLES; o++) {
        for (int i = 0; i < program->count; i++)
            if (program->code[i].op == NODE_NAME)
                set_leaf(subject, subject->oracles[o], i);
        if (step)
            evaluator_new_step(subject->oracles[o]);
        else
            evaluator_new_coordinate(subject->oracles[o]);
        for (int i = 0; i < program->count; i++) {
            if (program->code[i].type == TYPE_BOOLEAN)
                compare_formula(subject, i, o);
            else
                compare_number(subject, i, o);
        }
    }
}

/* --- points ---------------------------------------------------------------------------------------------------- */

/* SplitMix64, as in oracle/cli/gen.c. */
static uint64_t next_random(struct subject *subject)
{
    uint64_t z = subject->random += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/* Uniform on [0, 1). */
static double uniform(struct subject *subject)
{
    return (double)(next_random(subject) >> 11) * 0x1p-53;
}

/* Positive, its exponent uniform between these. */
static double sized(struct subject *subject, int least, int most)
{
    int exponent = least + (int)(next_random(subject) % (uint64_t)(most - least + 1));
    return ldexp(1 + uniform(subject), exponent);
}

/* A leaf's number once more, or a neighbour of it: for conditions at their edge, and for sums that cancel. */
static double repeated(struct subject *subject)
{
    double number = subject->leaves[next_random(subject) % (uint64_t)subject->program->count];
    switch (next_random(subject) % 4) {
    case 0:
        return nextafter(number, 0);
    case 1:
        return nextafter(number, DBL_MAX);
    default:
        return number;
    }
}

static double draw_magnitude(struct subject *subject)
{
    static const double edges[] = {DBL_TRUE_MIN, DBL_MIN, DBL_EPSILON, 1 - DBL_EPSILON / 2, 1,
                                   1.5,          DBL_MAX, FLT_MAX};
    switch (next_random(subject) % 8) {
    case 0:
        return 0;
    case 1:
        return edges[next_random(subject) % LENGTH(edges)];
    case 2:
        return fabs(repeated(subject));
    case 3:
        return sized(subject, -1074, 1023);
    case 4:
        return uniform(subject);
    default:
        return sized(subject, -20, 20);
    }
}

static void set_number(struct subject *subject, int leaf, double number)
{
    subject->leaves[leaf] = number;
    subject->others[leaf] = number;
}

static void draw_number(struct subject *subject, int leaf, bool negative)
{
    double sign = negative && next_random(subject) % 2 == 0 ? -1 : 1;
    set_number(subject, leaf, sign * draw_magnitude(subject));
}

/* The coordinate's own numbers, and, where `whole`, those of the whole vector. */
static void draw_numbers(struct subject *subject, bool whole)
{
    bool negative = next_random(subject) % 2 == 0;
    for (int i = 0; i < subject->program->count; i++) {
        if (subject->program->code[i].op != NODE_NAME)
            continue;
        switch (subject->program->code[i].leaf.kind) {
        case BIND_X:
        case BIND_INPUT:
        case BIND_STATE:
            draw_number(subject, i, negative);
            break;
        case BIND_SCALAR_INPUT:
        case BIND_SCALAR_STATE:
        case BIND_REDUCTION:
            if (whole)
                draw_number(subject, i, negative);
            break;
        default: /* draw_steps and draw_hypers */
            break;
        }
    }
}

/* The steps taken so far: the first ones, and as many as a double can count. */
static void draw_steps(struct subject *subject)
{
    const struct program *program = subject->program;
    double steps = floor(sized(subject, -1, next_random(subject) % 2 == 0 ? 6 : 52));
    int t = program_leaf(program, BIND_T, 0), k = program_leaf(program, BIND_K, 0);
    if (t != NO_INSTRUCTION)
        set_number(subject, t, steps + 1);
    if (k != NO_INSTRUCTION)
        set_number(subject, k, steps);
}

static bool in_domain(struct subject *subject)
{
    ratios_run(subject->program, subject->leaves, subject->ratios);
    for (int i = 0; i < subject->program->domain_count; i++) {
        const struct ratio *ratio = &subject->ratios[subject->program->domain[i].instruction];
        if (ratio->known != KNOWN || !ratio->truth)
            return false;
    }
    return true;
}

/* Each is the default, or drawn where that stays in the domain. What is outside is compared there, too: that the
 * domain's own conditions are read alike. */
static void draw_hypers(struct subject *subject)
{
    const struct program *program = subject->program;
    for (int i = 0; i < program->count; i++) {
        const struct instruction *code = &program->code[i];
        if (code->op != NODE_NAME || code->leaf.kind != BIND_HYPER)
            continue;
        double before = subject->leaves[i];
        if (next_random(subject) % 4 == 0)
            before = subject->spec->hypers.list[code->leaf.index].value;
        else
            draw_number(subject, i, false);
        compare_point(subject, true);
        if (!in_domain(subject))
            set_number(subject, i, before);
    }
}

/* Makes an interval of a number, if a run may have one there: narrow, or from anywhere to anywhere. */
static void widen_leaf(struct subject *subject, int leaf)
{
    switch (subject->program->code[leaf].leaf.kind) {
    case BIND_X:
    case BIND_STATE:
    case BIND_SCALAR_STATE:
    case BIND_REDUCTION:
        if (next_random(subject) % 2 == 0)
            subject->others[leaf] = nextafter(subject->leaves[leaf], DBL_MAX);
        else
            subject->others[leaf] =
                (next_random(subject) % 2 == 0 ? -1 : 1) * draw_magnitude(subject);
        break;
    default:
        break;
    }
}

static void widen_leaves(struct subject *subject)
{
    for (int i = 0; i < subject->program->count; i++)
        if (subject->program->code[i].op == NODE_NAME && next_random(subject) % 4 > 0)
            widen_leaf(subject, i);
}

static void draw_point(struct subject *subject)
{
    draw_steps(subject);
    draw_numbers(subject, true);
    draw_hypers(subject);
}

/* --- rules ----------------------------------------------------------------------------------------------------- */

static void open_subject(struct subject *subject, const struct spec *spec)
{
    goldstep_error error;
    *subject = (struct subject){.spec = spec, .random = seed};
    if (program_compile(spec, &subject->program, &error) != GOLDSTEP_OK)
        ck_abort_msg("%s", error.message);
    const struct program *program = subject->program;
    for (size_t o = 0; o < ORACLES; o++)
        subject->oracles[o] = evaluator_new(program, NULL, oracle_precisions[o]);
    for (size_t a = 0; a < ARBS; a++)
        subject->balls[a] = balls_new(program);
    subject->ratios = ratios_new(program);
    subject->leaves = calloc((size_t)program->count, sizeof *subject->leaves);
    subject->compared = calloc((size_t)program->count, sizeof *subject->compared);
    subject->others = calloc((size_t)program->count, sizeof *subject->others);
    ck_assert(subject->leaves != NULL && subject->others != NULL && subject->compared != NULL);
    for (int i = 0; i < program->count; i++)
        if (program->code[i].op == NODE_NAME && program->code[i].leaf.kind == BIND_HYPER)
            set_number(subject, i, spec->hypers.list[program->code[i].leaf.index].value);
}

static void close_subject(struct subject *subject)
{
    for (size_t o = 0; o < ORACLES; o++)
        evaluator_free(subject->oracles[o]);
    for (size_t a = 0; a < ARBS; a++)
        balls_free(subject->program, subject->balls[a]);
    ratios_free(subject->program, subject->ratios);
    free(subject->leaves);
    free(subject->others);
    free(subject->compared);
    program_free(subject->program);
}

START_TEST(agrees)
{
    struct subject subject;
    open_subject(&subject, library_spec(library, (size_t)_i));
    for (long point = 0; point < points; point++) {
        draw_point(&subject);
        compare_point(&subject, true);
        draw_numbers(&subject, false);
        compare_point(&subject, false);
        widen_leaves(&subject);
        compare_point(&subject, true);
    }
    for (int i = 0; i < subject.program->count; i++)
        if (!subject.compared[i])
            ck_abort_msg("%s: operation %d of %d was never compared", subject.spec->shown, i,
                         subject.program->count);
    ck_assert_int_gt(subject.rational, 0);
    close_subject(&subject);
}
END_TEST

/* --- reductions ------------------------------------------------------------------------------------------------ */

enum { TENSORS = 2, TENSOR_LENGTH = 40 };

/* What a step of two tensors is given: an input's numbers, one tensor after the other. */
struct inputs {
    double numbers[MAX_ITEMS][TENSORS * TENSOR_LENGTH];
};

static void check_ok(goldstep_status status, const goldstep_error *error)
{
    if (status != GOLDSTEP_OK)
        ck_abort_msg("%s", error->message);
}

static goldstep_trace *make_trace(const struct spec *spec, const struct inputs *inputs)
{
    static const char *const tensors[TENSORS] = {"a", "b"};
    static const double one = 1;
    goldstep_error error;
    goldstep_trace *trace;
    check_ok(goldstep_trace_new(&trace, spec->name, GOLDSTEP_BINARY64, &error), &error);
    for (size_t step = 0; step <= 1; step++) {
        for (size_t i = 0; i < TENSORS; i++) {
            size_t first = i * TENSOR_LENGTH;
            if (step == 0)
                check_ok(goldstep_trace_add(trace, 0, tensors[i], "x", TENSOR_LENGTH,
                                            inputs->numbers[0] + first, &error),
                         &error);
            for (size_t j = 0; step == 1 && j < spec->inputs.count; j++)
                check_ok(goldstep_trace_add(trace, 1, tensors[i], spec->inputs.list[j].name,
                                            TENSOR_LENGTH, inputs->numbers[j] + first, &error),
                         &error);
            for (size_t j = 0; step == 1 && j < spec->scalar_inputs.count; j++)
                check_ok(goldstep_trace_add(trace, 1, tensors[i], spec->scalar_inputs.list[j].name,
                                            1, &one, &error),
                         &error);
        }
    }
    return trace;
}

/* The sum of the reduction; a norm's is that of its square. */
static void reduce(const struct reduction *reduction, const struct inputs *inputs, mpq_t sum)
{
    mpq_t a, b;
    mpq_inits(a, b, NULL);
    mpq_set_ui(sum, 0, 1);
    size_t second = reduction->inputs[reduction->kind == REDUCE_DOT ? 1 : 0];
    for (size_t i = 0; i < TENSORS * TENSOR_LENGTH; i++) {
        mpq_set_d(a, inputs->numbers[reduction->inputs[0]][i]);
        mpq_set_d(b, reduction->kind == REDUCE_SUM ? 1 : inputs->numbers[second][i]);
        mpq_mul(a, a, b);
        mpq_add(sum, sum, a);
    }
    mpq_clears(a, b, NULL);
}

/* Whether end <= number (side 1) or end >= number (side -1); of a norm, that of the squares. */
static bool encloses(mpfr_srcptr end, bool norm, const mpq_t number, int side)
{
    mpq_t exact;
    mpq_init(exact);
    mpfr_get_q(exact, end);
    if (norm)
        mpq_mul(exact, exact, exact);
    bool good = mpq_cmp(number, exact) * side >= 0 && !(norm && mpfr_sgn(end) < 0);
    mpq_clear(exact);
    return good;
}

static void compare_reductions(const struct spec *spec, const struct inputs *inputs)
{
    goldstep_error error;
    struct session *session;
    goldstep_trace *trace = make_trace(spec, inputs);
    check_ok(session_open(&session, spec, trace, &error), &error);
    for (size_t i = 0; i < spec->reduce.count; i++) {
        const struct reduction *reduction = &spec->reductions[i];
        mpfi_srcptr exact = session_reduced(session, 1, i)->exact;
        bool norm = reduction->kind == REDUCE_NORM2;
        mpq_t sum;
        mpq_init(sum);
        reduce(reduction, inputs, sum);
        if (!encloses(&exact->left, norm, sum, 1) || !encloses(&exact->right, norm, sum, -1)) {
            mpfr_printf("%s: %s: oracle [%Ra, %Ra], rational%s ", spec->shown, reduction->name,
                        &exact->left, &exact->right, norm ? " (its square)" : "");
            mpq_out_str(stdout, 10, sum);
            ck_abort_msg("%s: %s is not in the oracle's enclosure", spec->shown, reduction->name);
        }
        mpq_clear(sum);
    }
    session_close(session);
    goldstep_trace_free(trace);
}

START_TEST(reductions_agree)
{
    const struct spec *spec = library_spec(library, (size_t)_i);
    static struct inputs inputs;
    struct subject subject;
    open_subject(&subject, spec);
    for (long point = 0; point < points; point++) {
        for (size_t j = 0; j < spec->inputs.count; j++)
            for (size_t i = 0; i < TENSORS * TENSOR_LENGTH; i++)
                inputs.numbers[j][i] =
                    (next_random(&subject) % 2 == 0 ? -1 : 1) * draw_magnitude(&subject);
        compare_reductions(spec, &inputs);
    }
    close_subject(&subject);
}
END_TEST

/* --- running --------------------------------------------------------------------------------------------------- */

static long setting(const char *name, long otherwise)
{
    const char *text = getenv(name);
    return text != NULL ? strtol(text, NULL, 10) : otherwise;
}

int main(void)
{
    goldstep_error error;
    if (goldstep_library_open(&library, &error) != GOLDSTEP_OK ||
        goldstep_library_add(library, "tests/second/operations.acsl", &error) != GOLDSTEP_OK) {
        fprintf(stderr, "%s\n", error.message);
        return EXIT_FAILURE;
    }
    points = setting("GOLDSTEP_SECOND_POINTS", POINTS);
    seed = (uint64_t)setting("GOLDSTEP_SECOND_SEED", 1);
    Suite *suite = suite_create("second opinion");
    TCase *rules = tcase_create("rules and schedules");
    tcase_set_timeout(rules, 0);
    tcase_add_loop_test(rules, agrees, 0, (int)library_count(library));
    for (int i = 0; i < (int)library_count(library); i++)
        if (library_spec(library, (size_t)i)->reduce.count > 0)
            tcase_add_loop_test(rules, reductions_agree, i, i + 1);
    suite_add_tcase(suite, rules);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    goldstep_library_free(library);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
