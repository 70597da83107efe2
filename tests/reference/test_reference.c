/* Every rule's reference and every schedule's against the oracle, in the number type that this file is compiled for:
 * what a reference computes conforms, and what is changed in it deviates, at the place of the change.
 *
 * The rules come from the oracle's own library and the references from the table that bindings.c writes. */
#include "compare.h"
#include "eval/evaluator.h"
#include "goldstep.h"
#include "reference.h"
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

enum {
    STEPS = 20,
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

/* What a run was given and returned: for each step, its quantities one after the other. */
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
        record->row += count;
    }
}

static void record_open(struct record *record, const struct question *question)
{
    const struct spec *spec = question->spec;
    size_t length = question->length;
    *record = (struct record){.quantities = {{spec->schedule ? "lr" : "x", BIND_X, 0, length}},
                              .quantity_count = 1,
                              .row = length};
    add_quantities(record, &spec->inputs, BIND_INPUT, length);
    add_quantities(record, &spec->scalar_inputs, BIND_SCALAR_INPUT, 1);
    add_quantities(record, &spec->states, BIND_STATE, length);
    add_quantities(record, &spec->scalar_states, BIND_SCALAR_STATE, 1);
    record->numbers = calloc((question->steps + 1) * record->row + 1, sizeof *record->numbers);
    ck_assert_ptr_nonnull(record->numbers);
}

static real_t *record_at(const struct record *record, size_t step, size_t quantity)
{
    return record->numbers + step * record->row + record->quantities[quantity].offset;
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
    ck_assert_int_eq(problem, PROBLEM_NONE);
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
    real_t *lists[MAX_QUANTITIES], rounded[MAX_HYPERS], scalar_inputs[MAX_QUANTITIES];
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
}

/* Runs the reference with `hypers`, which may differ from the question's; `nudge` may be NULL. */
static void run_reference(const struct question *question, const double *hypers,
                          const struct nudge *nudge, struct record *record)
{
    uint64_t random = question->seed;
    record_open(record, question);
    for (size_t i = 0; !question->spec->schedule && i < question->length; i++)
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
    char *first; /* the first row of the report that does not conform, for a message; "none" */
    json_t *report;
};

static void check_ok(goldstep_status status, const goldstep_error *error)
{
    ck_assert_msg(status == GOLDSTEP_OK, "%s", error->message);
}

static void add_tensor(goldstep_trace *trace, const char *tensor, const struct question *question,
                       const struct record *record)
{
    goldstep_error error;
    for (size_t step = 0; step <= question->steps; step++) {
        for (size_t q = 0; q < record->quantity_count; q++) {
            const struct quantity *quantity = &record->quantities[q];
            if (step == 0 && (is_input(quantity) || (q > 0 && !question->given)))
                continue;
            check_ok(goldstep_trace_add(trace, step, tensor, quantity->name, quantity->count,
                                        record_at(record, step, q), &error),
                     &error);
        }
    }
}

static goldstep_trace *make_trace(const struct question *question, const struct record *record)
{
    goldstep_error error;
    goldstep_trace *trace;
    const struct spec *spec = question->spec;
    check_ok(goldstep_trace_new(&trace, spec->name, FORMAT, &error), &error);
    for (size_t i = 0; i < spec->hypers.count; i++)
        check_ok(goldstep_trace_set_hyper(trace, 0, spec->hypers.list[i].name, question->hypers[i],
                                          &error),
                 &error);
    add_tensor(trace, "w", question, record);
    return trace;
}

static void read_row(struct verdict *verdict, enum mode mode, json_t *row)
{
    verdict->deviates[mode] += json_integer_value(json_object_get(row, "deviates"));
    verdict->undecided[mode] += json_integer_value(json_object_get(row, "undecided"));
    if (verdict->first == NULL &&
        strcmp(json_string_value(json_object_get(row, "verdict")), "conforms") != 0)
        verdict->first = json_dumps(row, JSON_COMPACT);
}

static struct verdict judge_record(const struct question *question, const struct record *record)
{
    goldstep_error error;
    goldstep_report *report;
    struct verdict verdict = {0};
    goldstep_trace *trace = make_trace(question, record);
    check_ok(goldstep_check(library, trace, NULL, &report, &error), &error);
    verdict.conforms = goldstep_report_conforms(report);
    verdict.report = json_loads(goldstep_report_json(report), 0, NULL);
    ck_assert_ptr_nonnull(verdict.report);
    json_t *modes = json_object_get(verdict.report, "modes");
    for (enum mode mode = 0; mode < MODE_COUNT; mode++) {
        size_t i;
        json_t *row;
        json_array_foreach(json_object_get(json_array_get(modes, mode), "tensors"), i, row)
            read_row(&verdict, mode, row);
    }
    if (verdict.first == NULL)
        verdict.first = strdup("none");
    goldstep_report_free(report);
    goldstep_trace_free(trace);
    return verdict;
}

static void verdict_clear(struct verdict *verdict)
{
    json_decref(verdict->report);
    free(verdict->first);
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

/* The defaults with one hyperparameter changed, where the domain allows. */
static void try_setting(const struct question *question, size_t hyper, double value,
                        struct settings *settings)
{
    ck_assert_uint_lt(settings->count, MAX_SETTINGS);
    double *values = settings->values[settings->count];
    memcpy(values, question->hypers, sizeof question->hypers);
    values[hyper] = value;
    if (value != question->hypers[hyper] && in_domain(question, values))
        settings->count++;
}

/* All that is off by default is on, as far as the domain allows; the flags first, as a fraction excludes some. */
static void turn_on(const struct question *question, double *values)
{
    memcpy(values, question->hypers, sizeof question->hypers);
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < question->spec->hypers.count; i++) {
            if (values[i] != 0)
                continue;
            values[i] = pass == 0 ? 0.5 : 1;
            if (!in_domain(question, values))
                values[i] = 0;
        }
    }
}

static void list_settings(const struct question *question, struct settings *settings)
{
    memcpy(settings->values[0], question->hypers, sizeof question->hypers);
    settings->count = 1;
    for (size_t i = 0; i < question->spec->hypers.count; i++) {
        const struct item *hyper = &question->spec->hypers.list[i];
        try_setting(question, i, 0, settings);
        if (hyper->value == 0)
            try_setting(question, i, 0.5, settings);
        if (hyper->value == 0 || strcmp(hyper->name, "lr") == 0)
            try_setting(question, i, 1, settings);
        if (strcmp(hyper->name, "lr") == 0)
            try_setting(question, i, 1e-8, settings);
    }
    ck_assert_uint_lt(settings->count, MAX_SETTINGS);
    turn_on(question, settings->values[settings->count++]);
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

/* The reference's own run conforms. Where numbers overflow the specification's bounds do, and nothing is asked but
 * that no verdict is "deviates". */
static void expect_conforms(const struct question *question)
{
    struct record record;
    char text[1024];
    describe(question, text, sizeof text);
    run_reference(question, question->hypers, NULL, &record);
    struct verdict verdict = judge_record(question, &record);
    if (question->kind == OVERFLOWING)
        ck_assert_msg(verdict.deviates[MODE_STATE_GIVEN] + verdict.deviates[MODE_FREE_RUNNING] == 0,
                      "%s: %s", text, verdict.first);
    else
        ck_assert_msg(verdict.conforms, "%s: %s", text, verdict.first);
    verdict_clear(&verdict);
    free(record.numbers);
}

static void expect_schedule_conforms(struct question *question, const struct settings *settings)
{
    question->length = 1;
    question->steps = SCHEDULE_STEPS;
    for (size_t s = 0; s < settings->count; s++) {
        memcpy(question->hypers, settings->values[s], sizeof question->hypers);
        expect_conforms(question);
    }
}

START_TEST(test_conforms)
{
    static const size_t lengths[] = {5, 1, 0, MAX_LENGTH};
    struct question question;
    struct settings settings;
    question_open(&question, _i);
    list_settings(&question, &settings);
    if (question.spec->schedule)
        expect_schedule_conforms(&question, &settings);
    for (size_t s = 0; !question.spec->schedule && s < settings.count; s++) {
        memcpy(question.hypers, settings.values[s], sizeof question.hypers);
        for (enum kind kind = 0; kind < KINDS; kind++) {
            for (uint64_t seed = 0; seed < (s == 0 ? 4 : 2); seed++) {
                question.kind = kind;
                question.seed = 1000 * s + seed;
                question.length = lengths[seed];
                question.steps = STEPS;
                question.given = seed % 2 == 0;
                expect_conforms(&question);
            }
        }
    }
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
    expect_conforms(&question);
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
    struct verdict verdict = judge_record(question, record);
    json_t *modes = json_object_get(verdict.report, "modes");
    ck_assert_msg(verdict.deviates[MODE_STATE_GIVEN] == 1,
                  "%s: %s[%zu] nudged at step %zu: %lld deviations: %s", text, name, nudge->index,
                  nudge->step, verdict.deviates[MODE_STATE_GIVEN], verdict.first);
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(json_array_get(modes, MODE_STATE_GIVEN), "tensors"), i, row)
    {
        json_t *seen = json_object_get(row, "first_deviation");
        if (strcmp(json_string_value(json_object_get(row, "quantity")), name) != 0)
            continue;
        ck_assert_msg(
            json_integer_value(json_object_get(seen, "step")) == (json_int_t)nudge->step &&
                json_integer_value(json_object_get(seen, "index")) == (json_int_t)nudge->index,
            "%s: %s[%zu] nudged at step %zu: %s", text, name, nudge->index, nudge->step,
            verdict.first);
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

START_TEST(test_nudge)
{
    struct question question;
    struct record plain, record;
    question_open(&question, _i);
    turn_on(&question, question.hypers);
    question.seed = 11;
    question.length = question.spec->schedule ? 1 : 5;
    question.steps = STEPS;
    run_reference(&question, question.hypers, NULL, &plain);
    for (size_t q = 0; q < plain.quantity_count; q++) {
        size_t nudged = 0;
        for (size_t step = 1; !is_input(&plain.quantities[q]) && step <= STEPS; step += 6) {
            struct nudge nudge = {step, q, 0};
            if (!find_largest(&plain, &nudge))
                continue;
            run_reference(&question, question.hypers, &nudge, &record);
            expect_nudge_found(&question, &record, &nudge);
            free(record.numbers);
            nudged++;
        }
        ck_assert_msg(nudged > 0 || is_input(&plain.quantities[q]), "%s: %s is 0 throughout",
                      question.spec->name, plain.quantities[q].name);
    }
    free(plain.numbers);
    program_free(question.program);
}
END_TEST

/* Five hundredths more, or less where the domain ends; of a flag, the other value. */
static bool change_hyper(const struct question *question, size_t hyper, double *hypers)
{
    double value = question->hypers[hyper], tries[] = {value * 1.05, value * 0.95, 1 - value};
    memcpy(hypers, question->hypers, sizeof question->hypers);
    for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
        hypers[hyper] = tries[i];
        if (tries[i] != value && in_domain(question, hypers))
            return true;
    }
    return false;
}

/* Whether the change shows in this run at all; where it does, the oracle must see it. */
static bool expect_change_found(const struct question *question, const struct record *plain,
                                size_t hyper)
{
    double hypers[MAX_HYPERS];
    if (!change_hyper(question, hyper, hypers))
        return false;
    struct record record;
    char text[1024];
    describe(question, text, sizeof text);
    run_reference(question, hypers, NULL, &record);
    bool shows = memcmp(plain->numbers, record.numbers, record_size(question, plain)) != 0;
    if (shows) {
        struct verdict verdict = judge_record(question, &record);
        ck_assert_msg(verdict.deviates[MODE_STATE_GIVEN] > 0, "%s: %s run with %.17g: not seen",
                      text, question->spec->hypers.list[hyper].name, hypers[hyper]);
        verdict_clear(&verdict);
    }
    free(record.numbers);
    return shows;
}

START_TEST(test_hyper_changed)
{
    struct question question;
    bool shown[MAX_HYPERS] = {false};
    question_open(&question, _i);
    question.kind = MIXED;
    question.seed = 13;
    question.length = question.spec->schedule ? 1 : 16;
    question.steps = question.spec->schedule ? SCHEDULE_STEPS : STEPS;
    question.given = false; /* so that the initial states count, too */
    for (int pass = 0; pass < 2; pass++) {
        struct record plain;
        run_reference(&question, question.hypers, NULL, &plain);
        for (size_t i = 0; i < question.spec->hypers.count; i++)
            shown[i] |= expect_change_found(&question, &plain, i);
        free(plain.numbers);
        turn_on(&question, question.hypers);
    }
    for (size_t i = 0; i < question.spec->hypers.count; i++)
        ck_assert_msg(shown[i], "%s: %s never shows", question.spec->name,
                      question.spec->hypers.list[i].name);
    program_free(question.program);
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
    const TTest *const tests[] = {test_conforms, test_long_run, test_nudge, test_hyper_changed};
    TCase *group = tcase_create("every rule");
    tcase_set_timeout(group, 300);
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
        tcase_add_loop_test(group, tests[i], 0, rules);
    suite_add_tcase(suite, group);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    goldstep_library_free(library);
    return failed == 0 && rules > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
