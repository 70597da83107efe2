/* Every rule's reference and every schedule's against the oracle, in the number type that this file is compiled for:
 * what a reference computes conforms, and what is changed in it deviates, at the place of the change.
 *
 * The rules come from the oracle's own library and the references from the table that bindings.c writes. */
#include "compare.h"
#include "eval/evaluator.h"
#include "goldstep.h"
#include "reference.h"
#include "rules/gradient/clip_norm.h"
#include "verdict/report.h"
#include "verdict/session.h"

#include <check.h>
#include <float.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef GOLDSTEP_REAL_FLOAT
#define FORMAT GOLDSTEP_BINARY32
#define LARGEST ((double)FLT_MAX)
#define LEAST_NORMAL ((double)FLT_MIN)
#else
#define FORMAT GOLDSTEP_BINARY64
#define LARGEST DBL_MAX
#define LEAST_NORMAL DBL_MIN
#endif

#define LENGTH(array) (sizeof(array) / sizeof *(array))

enum {
    STEPS = 20,
    HYPER_STEPS =
        40, /* before that, binary32 does not know radam's rho well enough to see its eps */
    SCHEDULE_STEPS = 150, /* past every schedule's default period */
    LONG_STEPS = 300,
    MAX_HYPERS = 16,
    MAX_QUANTITIES = 16,
    MAX_SETTINGS = 64,
    MAX_LENGTH = 64,
};

static goldstep_library *library; /* opened once; each test's process has its own copy */

/* --- questions ------------------------------------------------------------------------------------------------- */

enum kind { ORDINARY, ZEROS, FLIPPED, TINY, NEAR_EPS, LARGE, MIXED, OVERFLOWING, KINDS };

static const char *const kind_names[KINDS] = {"ordinary", "zeros", "flipped", "tiny",
                                              "near eps", "large", "mixed",   "overflowing"};

/* A rule with its reference, and what a run of it is given. */
struct question {
    const struct spec *spec;
    struct program *program;
    const struct reference *reference;
    double hypers[MAX_HYPERS];
    enum kind kind;
    uint64_t seed;
    size_t length, steps;
    bool given; /* step 0 of the trace has the initial states */
};

/* SplitMix64, as in oracle/cli/gen.c. */
static uint64_t next_random(uint64_t *random)
{
    uint64_t z = *random += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/* Of either sign, its logarithm uniform between those of `least` and `most`. */
static real_t spread(uint64_t *random, double least, double most)
{
    double uniform = (double)(next_random(random) >> 11) * 0x1p-53;
    double magnitude = fmin(least * exp2(log2(most / least) * uniform), most);
    return (real_t)(next_random(random) & 1 ? magnitude : -magnitude);
}

static double hyper_or(const struct question *question, const char *name, double otherwise)
{
    struct binding binding = spec_bind(question->spec, name);
    return binding.kind == BIND_HYPER ? question->hypers[binding.index] : otherwise;
}

/* The squares of MAX_LENGTH such numbers, added up over STEPS steps, stay finite. */
static double large(void)
{
    return sqrt(LARGEST) / 64;
}

/* One coordinate of an input; `before` is what it was at the step before. */
static real_t draw_input(const struct question *question, enum kind kind, uint64_t *random,
                         size_t step, size_t index, real_t before)
{
    double eps = hyper_or(question, "eps", 1e-8);
    switch (kind) {
    case ZEROS: /* at every third coordinate and at every fourth step, and here and there */
        return index % 3 == 0 || step % 4 == 0 || next_random(random) % 2 == 0
                   ? 0
                   : spread(random, 1e-3, 1);
    case FLIPPED:
        return step == 1 ? spread(random, 1e-4, 2) : -before;
    case TINY: /* most are subnormal, the squares of all are 0 */
        return spread(random,
                      LEAST_NORMAL * (FORMAT == GOLDSTEP_BINARY64 ? DBL_EPSILON : FLT_EPSILON),
                      LEAST_NORMAL * 64);
    case NEAR_EPS: /* where the place of eps shows: beside the root, or under it */
        eps = index % 2 == 0 ? eps : sqrt(eps);
        return spread(random, eps / 30, eps * 30);
    case LARGE:
        return spread(random, large() / 0x1p30, large());
    case OVERFLOWING:
        return spread(random, large(), LARGEST);
    case MIXED: /* every coordinate goes through the kinds */
        return draw_input(question, (enum kind)((step + index) % LARGE), random, step, index,
                          before);
    default:
        return spread(random, 1e-4, 2);
    }
}

static real_t draw_x(const struct question *question, uint64_t *random, size_t index)
{
    real_t ordinary = index % 7 == 6 ? 0 : spread(random, 1e-2, 10);
    bool extreme =
        question->kind == TINY || question->kind == LARGE || question->kind == OVERFLOWING;
    return extreme && index % 2 == 1 ? draw_input(question, question->kind, random, 1, index, 0)
                                     : ordinary;
}

/* --- runs ------------------------------------------------------------------------------------------------------ */

/* One of a step's arrays: x (or a schedule's lr), then the inputs, the scalar inputs, the states, the scalar states. */
struct quantity {
    const char *name;
    enum binding_kind kind;
    size_t offset, count;
};

/* Behind each quantity: a step that touches it has gone too far. */
static const real_t GUARD = 3;

/* What a run was given and returned: for each step, its quantities one after the other, a GUARD behind each. */
struct record {
    struct quantity quantities[MAX_QUANTITIES];
    size_t quantity_count, row;
    real_t *numbers;
};

/* A change of the result of one step: one number of one quantity, by one thousandth of it. */
struct nudge {
    size_t step, quantity, index;
};

static void add_quantities(struct record *record, const struct items *items, enum binding_kind kind,
                           size_t count)
{
    for (size_t i = 0; i < items->count; i++) {
        ck_assert_uint_lt(record->quantity_count, MAX_QUANTITIES);
        record->quantities[record->quantity_count++] =
            (struct quantity){items->list[i].name, kind, record->row, count};
        record->row += count + 1;
    }
}

static real_t *record_at(const struct record *record, size_t step, size_t quantity)
{
    return record->numbers + step * record->row + record->quantities[quantity].offset;
}

static void record_open(struct record *record, const struct question *question)
{
    const struct spec *spec = question->spec;
    size_t length = question->length;
    *record = (struct record){
        .quantities = {{spec->kind == SPEC_SCHEDULE ? "lr" : "x", BIND_X, 0, length}},
        .quantity_count = 1,
        .row = length + 1};
    add_quantities(record, &spec->inputs, BIND_INPUT, length);
    add_quantities(record, &spec->scalar_inputs, BIND_SCALAR_INPUT, 1);
    add_quantities(record, &spec->states, BIND_STATE, length);
    add_quantities(record, &spec->scalar_states, BIND_SCALAR_STATE, 1);
    record->numbers = calloc((question->steps + 1) * record->row + 1, sizeof *record->numbers);
    ck_assert_ptr_nonnull(record->numbers);
    for (size_t step = 0; step <= question->steps; step++)
        for (size_t q = 0; q < record->quantity_count; q++)
            record_at(record, step, q)[record->quantities[q].count] = GUARD;
}

static bool is_input(const struct quantity *quantity)
{
    return quantity->kind == BIND_INPUT || quantity->kind == BIND_SCALAR_INPUT;
}

static size_t record_size(const struct question *question, const struct record *record)
{
    return (question->steps + 1) * record->row * sizeof *record->numbers;
}

/* A state's initial value, as the specification has it, correctly rounded. */
static real_t initial_value(const struct question *question, struct evaluator *evaluator, int root,
                            real_t x)
{
    enum problem problem;
    evaluator_set(evaluator, program_leaf(question->program, BIND_X, 0), (double)x, false);
    evaluator_new_step(evaluator);
    mpfi_srcptr value = evaluator_value(evaluator, root, &problem);
    if (problem != PROBLEM_NONE)
        ck_abort_msg("%s: an initial value: %s", question->spec->name, problem_text(problem));
    return (real_t)format_round(format_of(FORMAT), &value->left);
}

static void start_states(const struct question *question, const double *hypers,
                         struct record *record)
{
    const struct spec *spec = question->spec;
    struct evaluator *evaluator = evaluator_new(question->program, NULL, 256);
    ck_assert_ptr_nonnull(evaluator);
    for (size_t i = 0; i < spec->hypers.count; i++)
        evaluator_set(evaluator, program_leaf(question->program, BIND_HYPER, i), hypers[i], false);
    size_t first = record->quantity_count - spec->scalar_states.count - spec->states.count;
    const real_t *x = record_at(record, 0, 0);
    for (size_t s = 0; s < spec->states.count; s++)
        for (size_t i = 0; i < question->length; i++)
            record_at(record, 0, first + s)[i] =
                initial_value(question, evaluator, question->program->initial_states[s], x[i]);
    for (size_t s = 0; s < spec->scalar_states.count; s++)
        *record_at(record, 0, first + spec->states.count + s) =
            initial_value(question, evaluator, question->program->initial_scalars[s], 0);
    evaluator_free(evaluator);
}

/* The inputs of a step, and, for the reference to change, what the step before returned. */
static void prepare_step(const struct question *question, struct record *record, size_t step,
                         uint64_t *random)
{
    memcpy(record->numbers + step * record->row, record->numbers + (step - 1) * record->row,
           record->row * sizeof *record->numbers);
    for (size_t q = 0; q < record->quantity_count; q++) {
        const struct quantity *quantity = &record->quantities[q];
        real_t *numbers = record_at(record, step, q);
        for (size_t i = 0; quantity->kind == BIND_INPUT && i < quantity->count; i++)
            numbers[i] = draw_input(question, question->kind, random, step, i, numbers[i]);
        if (quantity->kind == BIND_SCALAR_INPUT)
            *numbers = real_abs(spread(random, 1e-3, 10));
    }
}

static void call_reference(const struct question *question, const double *hypers,
                           struct record *record, size_t step)
{
    real_t *lists[MAX_QUANTITIES] = {NULL}, rounded[MAX_HYPERS], scalar_inputs[MAX_QUANTITIES];
    const struct spec *spec = question->spec;
    size_t inputs = 1, scalars = inputs + spec->inputs.count;
    size_t states = scalars + spec->scalar_inputs.count;
    for (size_t q = 0; q < record->quantity_count; q++)
        lists[q] = record_at(record, step, q);
    for (size_t i = 0; i < spec->scalar_inputs.count; i++)
        scalar_inputs[i] = *lists[scalars + i];
    for (size_t i = 0; i < spec->hypers.count; i++)
        rounded[i] = (real_t)hypers[i];
    question->reference->call(
        &(struct arguments){.n = question->length,
                            .x = lists[0],
                            .inputs = lists + inputs,
                            .scalar_inputs = scalar_inputs,
                            .states = lists + states,
                            .scalar_states = lists + states + spec->states.count,
                            .t = step,
                            .hypers = rounded});
    for (size_t q = 0; spec->kind == SPEC_RULE && q < record->quantity_count; q++)
        if (lists[q][record->quantities[q].count] != GUARD)
            ck_abort_msg("%s: wrote %g behind %s at step %zu", spec->name,
                         (double)lists[q][record->quantities[q].count], record->quantities[q].name,
                         step);
}

/* Runs the reference with `hypers`, which may differ from the question's; `nudge` may be NULL. */
static void run_reference(const struct question *question, const double *hypers,
                          const struct nudge *nudge, struct record *record)
{
    uint64_t random = question->seed;
    record_open(record, question);
    for (size_t i = 0; question->spec->kind == SPEC_RULE && i < question->length; i++)
        record_at(record, 0, 0)[i] = draw_x(question, &random, i);
    start_states(question, hypers, record);
    for (size_t step = 1; step <= question->steps; step++) {
        prepare_step(question, record, step, &random);
        call_reference(question, hypers, record, step);
        if (nudge != NULL && nudge->step == step)
            record_at(record, step, nudge->quantity)[nudge->index] *= (real_t)1.001;
    }
}

/* --- verdicts -------------------------------------------------------------------------------------------------- */

struct verdict {
    bool conforms;
    long long deviates[MODE_COUNT], undecided[MODE_COUNT];
    unsigned problems; /* one bit for each: why what is undecided is so */
    int worst;
    char *text; /* the worst row of the report */
    json_t *report;
};

static void check_ok(goldstep_status status, const goldstep_error *error)
{
    if (status != GOLDSTEP_OK) /* an assertion of Check's writes to a file even where it holds */
        ck_abort_msg("%s", error->message);
}

static void add_step(goldstep_trace *trace, size_t step, const char *tensor,
                     const struct question *question, const struct record *record)
{
    goldstep_error error;
    for (size_t q = 0; q < record->quantity_count; q++) {
        const struct quantity *quantity = &record->quantities[q];
        if (step == 0 && (is_input(quantity) || (q > 0 && !question->given)))
            continue;
        check_ok(goldstep_trace_add(trace, step, tensor, quantity->name, quantity->count,
                                    record_at(record, step, q), &error),
                 &error);
    }
}

/* `empty`, which may be NULL, becomes a second tensor. */
static goldstep_trace *make_trace(const struct question *question, const struct record *record,
                                  const struct record *empty)
{
    goldstep_error error;
    goldstep_trace *trace;
    const struct spec *spec = question->spec;
    check_ok(goldstep_trace_new(&trace, spec->name, FORMAT, &error), &error);
    for (size_t i = 0; i < spec->hypers.count; i++)
        check_ok(goldstep_trace_set_hyper(trace, 0, spec->hypers.list[i].name, question->hypers[i],
                                          &error),
                 &error);
    for (size_t step = 0; step <= question->steps; step++) {
        add_step(trace, step, "w", question, record);
        if (empty != NULL)
            add_step(trace, step, "empty", question, empty);
    }
    return trace;
}

/* Keeps, for a message, the first row that deviates, or else the first that is undecided. */
static void read_row(struct verdict *verdict, enum mode mode, json_t *row)
{
    static const char *const words[] = {"conforms", "undecided", "deviates"};
    int rank = 0;
    while (strcmp(json_string_value(json_object_get(row, "verdict")), words[rank]) != 0)
        rank++;
    verdict->deviates[mode] += json_integer_value(json_object_get(row, "deviates"));
    verdict->undecided[mode] += json_integer_value(json_object_get(row, "undecided"));
    json_t *undecided = json_object_get(row, "first_undecided");
    const char *reason = json_string_value(json_object_get(undecided, "reason"));
    for (unsigned i = PROBLEM_NONE; reason != NULL && i <= PROBLEM_BRANCHES; i++)
        if (strcmp(reason, problem_text((enum problem)i)) == 0)
            verdict->problems |= 1u << i;
    if (rank > verdict->worst) {
        verdict->worst = rank;
        free(verdict->text);
        verdict->text = json_dumps(row, JSON_COMPACT);
    }
}

static struct verdict judge_record(const struct question *question, const struct record *record,
                                   const struct record *empty)
{
    goldstep_error error;
    goldstep_report *report;
    struct verdict verdict = {.worst = -1};
    goldstep_trace *trace = make_trace(question, record, empty);
    check_ok(goldstep_check(library, trace, NULL, &report, &error), &error);
    verdict.conforms = goldstep_report_conforms(report);
    verdict.report = json_loads(goldstep_report_json(report), 0, NULL);
    ck_assert_ptr_nonnull(verdict.report);
    json_t *modes = json_object_get(verdict.report, "modes");
    for (enum mode mode = 0; mode < MODE_COUNT; mode++) {
        const json_t *rows = json_object_get(json_array_get(modes, mode), "tensors");
        for (size_t i = 0; i < json_array_size(rows); i++)
            read_row(&verdict, mode, json_array_get(rows, i));
    }
    goldstep_report_free(report);
    goldstep_trace_free(trace);
    return verdict;
}

static void verdict_clear(struct verdict *verdict)
{
    json_decref(verdict->report);
    free(verdict->text);
}

/* --- settings -------------------------------------------------------------------------------------------------- */

struct settings {
    double values[MAX_SETTINGS][MAX_HYPERS];
    size_t count;
};

static bool in_domain(const struct question *question, const double *hypers)
{
    goldstep_error error;
    return domain_check(question->program, hypers, "test", &error) == GOLDSTEP_OK;
}

/* Turns on what is off by default, from hyperparameter `first` on and round, or back and round, as far as the domain
 * allows: by a half, else by 1 (a flag), else by little. */
static void turn_on(const struct question *question, size_t first, bool back, double *values)
{
    static const double tries[] = {0.5, 1, 0.05, 0};
    size_t count = question->spec->hypers.count;
    memcpy(values, question->hypers, sizeof question->hypers);
    for (size_t i = 0; i < count; i++) {
        size_t hyper = (first + (back ? count - i : i)) % count;
        for (size_t k = 0; values[hyper] == 0 && k < LENGTH(tries); k++) {
            values[hyper] = tries[k];
            if (!in_domain(question, values))
                values[hyper] = 0;
        }
    }
}

static void add_setting(const double *values, struct settings *settings)
{
    ck_assert_uint_lt(settings->count, MAX_SETTINGS);
    for (size_t s = 0; s < settings->count; s++)
        if (memcmp(settings->values[s], values, sizeof settings->values[s]) == 0)
            return;
    memcpy(settings->values[settings->count++], values, sizeof settings->values[0]);
}

/* The defaults; all that is off turned on, beginning at each; and each hyperparameter changed alone, with `zeros` to 0
 * too. */
static void list_settings(const struct question *question, bool zeros, struct settings *settings)
{
    size_t count = question->spec->hypers.count;
    double values[MAX_HYPERS];
    settings->count = 0;
    add_setting(question->hypers, settings);
    for (size_t first = 0; first < 2 * count; first++) {
        turn_on(question, first / 2, first % 2 == 1, values);
        add_setting(values, settings);
    }
    for (size_t i = 0; i < count; i++) {
        const struct item *hyper = &question->spec->hypers.list[i];
        bool rate = strcmp(hyper->name, "lr") == 0;
        const double own = hyper->value;
        double tries[] = {rate || zeros ? 0 : own, own == 0 ? 0.5 : own, rate || own == 0 ? 1 : own,
                          rate ? 1e-8 : own};
        for (size_t k = 0; k < LENGTH(tries); k++) {
            memcpy(values, question->hypers, sizeof values);
            values[i] = tries[k];
            if (in_domain(question, values))
                add_setting(values, settings);
        }
    }
}

/* --- what conforms --------------------------------------------------------------------------------------------- */

static void question_open(struct question *question, int index)
{
    goldstep_error error;
    const struct spec *spec = library_spec(library, (size_t)index);
    *question = (struct question){.spec = spec, .reference = references, .given = true};
    while (question->reference->name != NULL && strcmp(question->reference->name, spec->name) != 0)
        question->reference++;
    ck_assert_msg(question->reference->name != NULL, "%s: not in the table", spec->name);
    ck_assert_uint_le(spec->hypers.count, MAX_HYPERS);
    for (size_t i = 0; i < spec->hypers.count; i++)
        question->hypers[i] = spec->hypers.list[i].value;
    check_ok(program_compile(spec, &question->program, &error), &error);
}

/* "adamw {lr=0.001, …}, large, seed 1, 5 numbers, 20 steps" */
static void describe(const struct question *question, char *text, size_t size)
{
    int used = snprintf(text, size, "%s {", question->spec->name);
    for (size_t i = 0; i < question->spec->hypers.count; i++)
        used += snprintf(text + used, size - (size_t)used, "%s%s=%.17g", i > 0 ? ", " : "",
                         question->spec->hypers.list[i].name, question->hypers[i]);
    snprintf(text + used, size - (size_t)used, "}, %s, seed %llu, %zu numbers, %zu steps",
             kind_names[question->kind], (unsigned long long)question->seed, question->length,
             question->steps);
}

/* Whether a hyperparameter is 0 that is not by default. */
static bool has_zero(const struct question *question)
{
    for (size_t i = 0; i < question->spec->hypers.count; i++)
        if (question->hypers[i] == 0 && question->spec->hypers.list[i].value != 0)
            return true;
    return false;
}

/* What the reference's own run must get: no verdict may be "deviates", nor "undecided" but
 * - where numbers overflow, as the specification's bounds then do too;
 * - where squares underflow, as v - a^2 may be negative by the recorded v and a, and its root undefined;
 * - with a decay rate of 0, as v - a^2 is 0 then, and eps may be less than its rounding errors. */
static bool is_good(const struct question *question, const struct verdict *verdict)
{
    bool deviates = verdict->deviates[MODE_STATE_GIVEN] + verdict->deviates[MODE_FREE_RUNNING] > 0;
    unsigned allowed = 0;
    if (question->kind == OVERFLOWING)
        return !deviates;
    if (question->kind == TINY)
        allowed |= 1u << PROBLEM_UNDEFINED;
    if (has_zero(question))
        allowed |= 1u << PROBLEM_UNBOUNDED;
    return verdict->conforms || (!deviates && (verdict->problems & ~allowed) == 0);
}

/* The steps before the first that returned NaN, which deviates by definition (oracle/verdict/README.md): overflow makes
 * it, as infinity less infinity. */
static size_t steps_before_nan(const struct question *question, const struct record *record)
{
    size_t count = (question->steps + 1) * record->row;
    for (size_t i = 0; i < count; i++)
        if (isnan(record->numbers[i]))
            return i / record->row - 1;
    return question->steps;
}

/* Runs the reference, and once more on an empty tensor where `with_empty` is set, and judges both together. */
static void expect_conforms(const struct question *question, bool with_empty)
{
    struct question judged = *question, nothing = *question;
    struct record record, empty;
    char text[1024];
    describe(question, text, sizeof text);
    nothing.length = 0;
    run_reference(question, question->hypers, NULL, &record);
    run_reference(&nothing, question->hypers, NULL, &empty);
    if (question->kind == OVERFLOWING)
        judged.steps = steps_before_nan(question, &record);
    if (judged.steps > 0) {
        struct verdict verdict = judge_record(&judged, &record, with_empty ? &empty : NULL);
        ck_assert_msg(is_good(question, &verdict), "%s: %s", text, verdict.text);
        verdict_clear(&verdict);
    }
    free(record.numbers);
    free(empty.numbers);
}

static void expect_schedule_conforms(struct question *question, const struct settings *settings)
{
    question->length = 1;
    question->steps = SCHEDULE_STEPS;
    for (size_t s = 0; s < settings->count; s++) {
        memcpy(question->hypers, settings->values[s], sizeof question->hypers);
        expect_conforms(question, false);
    }
}

/* Questions of the kinds `first` to `last` at each setting, and more of them at the defaults. */
static void expect_rule_conforms(struct question *question, const struct settings *settings,
                                 enum kind first, enum kind last)
{
    question->steps = STEPS;
    for (size_t s = 0; s < settings->count; s++) {
        memcpy(question->hypers, settings->values[s], sizeof question->hypers);
        for (enum kind kind = first; kind <= last; kind++) {
            const size_t lengths[] = {5, 1, kind == MIXED ? MAX_LENGTH : 8};
            for (size_t seed = 0; seed < (s == 0 ? LENGTH(lengths) : 1); seed++) {
                question->kind = kind;
                question->seed = 1000 * s + seed;
                question->length = lengths[seed];
                question->given = (s + seed) % 2 == 0;
                expect_conforms(question, (s + seed) % 3 == 1);
            }
        }
    }
}

START_TEST(test_conforms)
{
    struct question question;
    struct settings settings;
    question_open(&question, _i);
    list_settings(&question, true, &settings);
    if (question.spec->kind == SPEC_SCHEDULE)
        expect_schedule_conforms(&question, &settings);
    else
        expect_rule_conforms(&question, &settings, ORDINARY, MIXED);
    program_free(question.program);
}
END_TEST

START_TEST(test_overflow)
{
    struct question question;
    struct settings settings;
    question_open(&question, _i);
    list_settings(&question, false, &settings);
    if (question.spec->kind == SPEC_RULE)
        expect_rule_conforms(&question, &settings, OVERFLOWING, OVERFLOWING);
    program_free(question.program);
}
END_TEST

/* Far from the start, where the powers of the decay rates vanish. */
START_TEST(test_long_run)
{
    struct question question;
    question_open(&question, _i);
    question.kind = MIXED;
    question.seed = 7;
    question.length = 1;
    question.steps = LONG_STEPS;
    expect_conforms(&question, false);
    program_free(question.program);
}
END_TEST

/* --- what deviates --------------------------------------------------------------------------------------------- */

/* The nudged number is the only one that deviates where each step starts from the trace's state, and the first in a
 * free run. */
static void expect_nudge_found(const struct question *question, const struct record *record,
                               const struct nudge *nudge)
{
    char text[1024];
    const char *name = record->quantities[nudge->quantity].name;
    describe(question, text, sizeof text);
    struct verdict verdict = judge_record(question, record, NULL);
    json_t *modes = json_object_get(verdict.report, "modes");
    ck_assert_msg(verdict.deviates[MODE_STATE_GIVEN] == 1,
                  "%s: %s[%zu] nudged at step %zu: %lld deviations: %s", text, name, nudge->index,
                  nudge->step, verdict.deviates[MODE_STATE_GIVEN], verdict.text);
    const json_t *rows = json_object_get(json_array_get(modes, MODE_STATE_GIVEN), "tensors");
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, i),
                     *seen = json_object_get(row, "first_deviation");
        if (strcmp(json_string_value(json_object_get(row, "quantity")), name) != 0)
            continue;
        ck_assert_msg(
            json_integer_value(json_object_get(seen, "step")) == (json_int_t)nudge->step &&
                json_integer_value(json_object_get(seen, "index")) == (json_int_t)nudge->index,
            "%s: %s[%zu] nudged at step %zu: %s", text, name, nudge->index, nudge->step,
            verdict.text);
    }
    verdict_clear(&verdict);
}

/* The largest number of a quantity after a step; false where all are 0. */
static bool find_largest(const struct record *record, struct nudge *nudge)
{
    const real_t *numbers = record_at(record, nudge->step, nudge->quantity);
    nudge->index = 0;
    for (size_t i = 1; i < record->quantities[nudge->quantity].count; i++)
        if (real_abs(numbers[i]) > real_abs(numbers[nudge->index]))
            nudge->index = i;
    return numbers[nudge->index] != 0;
}

static size_t nudge_quantity(const struct question *question, const struct record *plain,
                             size_t quantity)
{
    size_t nudged = 0;
    for (size_t step = 1; step <= question->steps; step += 6) {
        struct nudge nudge = {step, quantity, 0};
        struct record record;
        if (!find_largest(plain, &nudge))
            continue;
        run_reference(question, question->hypers, &nudge, &record);
        expect_nudge_found(question, &record, &nudge);
        free(record.numbers);
        nudged++;
    }
    return nudged;
}

START_TEST(test_nudge)
{
    struct question question;
    struct record plain;
    double hypers[MAX_HYPERS];
    question_open(&question, _i);
    question.seed = 11;
    question.length = question.spec->kind == SPEC_SCHEDULE ? 1 : 5;
    question.steps = STEPS;
    turn_on(&question, 0, false, hypers);
    memcpy(question.hypers, hypers, sizeof hypers);
    run_reference(&question, hypers, NULL, &plain);
    for (size_t q = 0; q < plain.quantity_count; q++) {
        if (is_input(&plain.quantities[q]))
            continue;
        ck_assert_msg(nudge_quantity(&question, &plain, q) > 0, "%s: %s is 0 throughout",
                      question.spec->name, plain.quantities[q].name);
    }
    free(plain.numbers);
    program_free(question.program);
}
END_TEST

/* A twentieth more, or less where the domain ends; of a flag, the other value. */
static bool change_hyper(const struct question *question, size_t hyper, double *hypers)
{
    double value = question->hypers[hyper];
    double tries[] = {value * 1.05, value * 0.95, 1 - value};
    memcpy(hypers, question->hypers, sizeof question->hypers);
    for (size_t i = 0; i < LENGTH(tries); i++) {
        hypers[hyper] = tries[i];
        if (tries[i] != value && in_domain(question, hypers))
            return true;
    }
    return false;
}

/* Runs the reference with one hyperparameter changed; true where the oracle sees it. In binary64 it must where the
 * results differ at all. In binary32 a change may be smaller than rounding errors are: those of 1 - 0.999, of radam's
 * rho, of a decay by 4.0e-6. */
static bool change_seen(const struct question *question, size_t hyper)
{
    struct record plain, record;
    double hypers[MAX_HYPERS];
    char text[1024];
    if (!change_hyper(question, hyper, hypers))
        return false;
    run_reference(question, question->hypers, NULL, &plain);
    run_reference(question, hypers, NULL, &record);
    bool seen = false;
    if (memcmp(plain.numbers, record.numbers, record_size(question, &plain)) != 0) {
        struct verdict verdict = judge_record(question, &record, NULL);
        seen = verdict.deviates[MODE_STATE_GIVEN] > 0;
        describe(question, text, sizeof text);
        ck_assert_msg(seen || FORMAT == GOLDSTEP_BINARY32, "%s: not seen: %s = %.17g", text,
                      question->spec->hypers.list[hyper].name, hypers[hyper]);
        verdict_clear(&verdict);
    }
    free(plain.numbers);
    free(record.numbers);
    return seen;
}

/* Some run shows it: one at the defaults, or, at the latest, one at another setting. */
static bool change_seen_somewhere(struct question *question, const struct settings *settings,
                                  size_t hyper)
{
    static const enum kind kinds[] = {MIXED, NEAR_EPS, ORDINARY};
    bool seen = false;
    for (size_t s = 0; s < settings->count && !(seen && s > 1); s++) {
        for (size_t k = 0; k < LENGTH(kinds); k++) {
            memcpy(question->hypers, settings->values[s], sizeof question->hypers);
            question->kind = kinds[k];
            seen = change_seen(question, hyper) || seen;
        }
    }
    return seen;
}

START_TEST(test_hyper_changed)
{
    struct question question;
    struct settings settings;
    question_open(&question, _i);
    question.seed = 13;
    question.length = question.spec->kind == SPEC_SCHEDULE ? 1 : 8;
    question.steps = question.spec->kind == SPEC_SCHEDULE ? SCHEDULE_STEPS : HYPER_STEPS;
    question.given = false; /* so that the initial states count, too */
    list_settings(&question, true, &settings);
    for (size_t i = 0; i < question.spec->hypers.count; i++)
        ck_assert_msg(change_seen_somewhere(&question, &settings, i), "%s: %s is never seen",
                      question.spec->name, question.spec->hypers.list[i].name);
    program_free(question.program);
}
END_TEST

/* --- one function ----------------------------------------------------------------------------------------------- */

/* The step asks for the scale above max_norm only. */
START_TEST(test_clip_norm_scale)
{
    ck_assert(clip_norm_scale(1, 2) == 1);
    ck_assert(clip_norm_scale(2, 2) == 1);
    ck_assert(clip_norm_scale(4, 2) == (real_t)0.5);
}
END_TEST

/* --- the suite ------------------------------------------------------------------------------------------------- */

int main(void)
{
    goldstep_error error;
    if (goldstep_library_open(&library, &error) != GOLDSTEP_OK) {
        fprintf(stderr, "%s\n", error.message);
        return EXIT_FAILURE;
    }
    int rules = (int)library_count(library);
    Suite *suite =
        suite_create(FORMAT == GOLDSTEP_BINARY64 ? "reference, binary64" : "reference, binary32");
    const TTest *const tests[] = {test_conforms, test_overflow, test_long_run, test_nudge,
                                  test_hyper_changed};
    TCase *group = tcase_create("every rule");
    tcase_set_timeout(group, 300);
    for (size_t i = 0; i < LENGTH(tests); i++)
        tcase_add_loop_test(group, tests[i], 0, rules);
    suite_add_tcase(suite, group);
    TCase *functions = tcase_create("one function");
    tcase_add_test(functions, test_clip_norm_scale);
    suite_add_tcase(suite, functions);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    goldstep_library_free(library);
    return failed == 0 && rules > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
