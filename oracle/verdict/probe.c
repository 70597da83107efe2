/* A probe is a short made-up run: the first rule answers it, and the second is judged by the answers. They part where
 * it deviates. A probe differs from an ordinary run, on which they agree, in one thing, which is then what parts them. */
#include "verdict/probe.h"

#include "error.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { LENGTH = 4, STEPS = 4 };

struct side {
    const struct suspect *suspect;
    struct change change;
};

/* One thing that a probe does differently. */
struct twist {
    const char *input; /* of the gradient */
    double (*gradient)(size_t step, size_t index);
    size_t steps;
    const char *hyper; /* has `value` from step `from` on */
    double value;
    size_t from;
};

struct probe {
    const goldstep_trace *trace; /* the real one */
    struct side sides[2];
    struct twist twist;
    goldstep_format format;
    goldstep_trace *made;
    double values[MAX_QUANTITIES * LENGTH];
};

/* --- gradients -------------------------------------------------------------------------------------------------- */

static double ordinary(size_t step, size_t index)
{
    static const double sizes[LENGTH] = {0.3, -0.7, 0.05, -1.5};
    static const double course[STEPS] = {1, 0.7, 1.6, 0.4};
    return sizes[index] * course[(step - 1) % STEPS];
}

static double turning(size_t step, size_t index)
{
    return step % 2 == 0 ? -ordinary(step, index) : ordinary(step, index);
}

/* None at all, from the second step on, at the first step, at the second. */
static double vanishing(size_t step, size_t index)
{
    bool zero = index == 0 || (index == 1 && step > 1) || (index == 2 && step == 1) ||
                (index == 3 && step == 2);
    return zero ? 0 : ordinary(step, index);
}

static double tiny(size_t step, size_t index)
{
    static const double scales[LENGTH] = {1e-8, 1e-7, 1e-10, 1e-6};
    return scales[index] * ordinary(step, index);
}

static const struct twist inputs[] = {
    {.input = "an ordinary gradient", .gradient = ordinary, .steps = 1},
    {.input = "a second step", .gradient = ordinary, .steps = STEPS},
    {.input = "a gradient that changes its sign", .gradient = turning, .steps = STEPS},
    {.input = "a gradient of zero", .gradient = vanishing, .steps = STEPS},
    {.input = "a tiny gradient", .gradient = tiny, .steps = STEPS},
};

/* --- making a run ----------------------------------------------------------------------------------------------- */

static goldstep_status add(struct probe *probe, size_t step, const char *quantity, size_t count,
                           const double *numbers, goldstep_error *error)
{
    return trace_add_numbers(probe->made, step, "probe", quantity, count, numbers, error);
}

/* Whether some tensor of the real trace has the quantity, at step 0 or after it. */
static bool is_recorded(const goldstep_trace *trace, const char *quantity, bool start)
{
    size_t from = start ? 0 : 1, to = start ? 0 : trace_steps(trace);
    for (size_t step = from; step <= to; step++)
        for (size_t tensor = 0; tensor < trace_tensors(trace); tensor++)
            if (trace_find(trace, step, tensor, quantity) != NULL)
                return true;
    return false;
}

/* What both rules have in the real trace's first step, but for the twist. */
static goldstep_status set_hypers(struct probe *probe, size_t step, goldstep_error *error)
{
    goldstep_status status = GOLDSTEP_OK;
    const struct twist *twist = &probe->twist;
    for (size_t side = 0; side < 2 && step == 0; side++) {
        const struct suspect *suspect = probe->sides[side].suspect;
        for (size_t h = 0; h < suspect->spec->hypers.count && status == GOLDSTEP_OK; h++)
            status = goldstep_trace_set_hyper(probe->made, 0, suspect->spec->hypers.list[h].name,
                                              suspect_given(suspect, 1, h), error);
    }
    if (status == GOLDSTEP_OK && twist->hyper != NULL && twist->from == step)
        status = goldstep_trace_set_hyper(probe->made, step, twist->hyper, twist->value, error);
    return status;
}

static goldstep_status add_start(struct probe *probe, goldstep_error *error)
{
    static const double x[LENGTH] = {1.25, -0.6, 0.3, 2};
    goldstep_status status = set_hypers(probe, 0, error);
    if (status == GOLDSTEP_OK)
        status = add(probe, 0, "x", LENGTH, x, error);
    return status;
}

static goldstep_status add_inputs(struct probe *probe, size_t step, goldstep_error *error)
{
    const struct spec *spec = probe->sides[0].suspect->spec;
    goldstep_status status = set_hypers(probe, step, error);
    double gradient[LENGTH], scalar = 1 / (double)step;
    for (size_t i = 0; i < LENGTH; i++)
        gradient[i] = probe->twist.gradient(step, i);
    for (size_t i = 0; i < spec->inputs.count && status == GOLDSTEP_OK; i++)
        status = add(probe, step, spec->inputs.list[i].name, LENGTH, gradient, error);
    for (size_t i = 0; i < spec->scalar_inputs.count && status == GOLDSTEP_OK; i++)
        status = add(probe, step, spec->scalar_inputs.list[i].name, 1, &scalar, error);
    return status;
}

/* Adds the values that the first rule gives at `step`, of the quantities that the real trace has there. */
static goldstep_status add_answers(struct probe *probe, size_t step, const struct suspect *suspect,
                                   goldstep_error *error)
{
    goldstep_status status = GOLDSTEP_OK;
    for (size_t q = 0; q < suspect_quantities(suspect) && status == GOLDSTEP_OK; q++) {
        const char *name = suspect_quantity(suspect, q);
        bool scalar = q >= vector_count(suspect->session);
        bool given = step == 0 && q == 0;
        if (!given && is_recorded(probe->trace, name, step == 0))
            status = add(probe, step, name, scalar ? 1 : LENGTH, &probe->values[q * LENGTH], error);
    }
    return status;
}

/* Lets the first rule compute the last step of what was made so far. */
static goldstep_status answer(struct probe *probe, size_t step, bool *possible,
                              goldstep_error *error)
{
    struct suspect suspect;
    const struct side *side = &probe->sides[0];
    goldstep_status status =
        suspect_open(&suspect, side->suspect->spec, probe->made, side->suspect->spec, false, error);
    if (status != GOLDSTEP_OK) {
        *possible = false;
        return status == GOLDSTEP_BAD_INPUT ? GOLDSTEP_OK : status;
    }
    *possible = suspect_compute(&suspect, &side->change, LENGTH, probe->values);
    if (*possible)
        status = add_answers(probe, step, &suspect, error);
    suspect_close(&suspect);
    return status;
}

static goldstep_status make(struct probe *probe, bool *possible, goldstep_error *error)
{
    goldstep_status status = goldstep_trace_new(&probe->made, NULL, probe->format, error);
    if (status == GOLDSTEP_OK)
        status = add_start(probe, error);
    *possible = true;
    for (size_t step = 0; step <= probe->twist.steps && status == GOLDSTEP_OK && *possible;
         step++) {
        if (step > 0)
            status = add_inputs(probe, step, error);
        if (status == GOLDSTEP_OK)
            status = answer(probe, step, possible, error);
    }
    return status;
}

/* --- comparing -------------------------------------------------------------------------------------------------- */

/* How a rule is judged by the made run; false where it does not fit it. */
static bool judge_side(const struct probe *probe, const struct side *side, struct score *score)
{
    struct suspect suspect;
    struct range range = {0, 0, LENGTH};
    struct selection all = {.ranges = &range, .count = 1, .steps = trace_steps(probe->made)};
    if (suspect_open(&suspect, side->suspect->spec, probe->made, side->suspect->spec, false,
                     NULL) != GOLDSTEP_OK)
        return false;
    suspect_examine(&suspect, &side->change, &all, false, score);
    suspect_close(&suspect);
    return true;
}

/* Whether the rules part on this twist; false too where they cannot be compared there. */
static goldstep_status part_on(const struct probe *base, const struct twist *twist, bool *parted,
                               bool *possible, goldstep_error *error)
{
    struct probe probe = *base;
    struct score own, other;
    probe.twist = *twist;
    probe.made = NULL;
    for (size_t i = 0; i < 2 && twist->hyper != NULL; i++) {
        const struct change *change = &probe.sides[i].change;
        if (change->kind == CHANGE_VALUE &&
            strcmp(probe.sides[i].suspect->spec->hypers.list[change->hyper].name, twist->hyper) ==
                0)
            probe.sides[i].change.kind = CHANGE_NONE;
    }
    goldstep_status status = make(&probe, possible, error);
    *possible = *possible && status == GOLDSTEP_OK && judge_side(&probe, &probe.sides[0], &own) &&
                judge_side(&probe, &probe.sides[1], &other) && score_explains(&own);
    *parted = *possible && other.unexplained > 0;
    goldstep_trace_free(probe.made);
    return status;
}

static void add_condition(struct parting *parting, const char *condition)
{
    size_t used = strlen(parting->conditions);
    if (used < sizeof parting->conditions - 160)
        snprintf(parting->conditions + used, 155, "%s%s", used > 0 ? ", " : "", condition);
}

static double value_in_effect(const struct probe *probe, const struct suspect *suspect,
                              size_t hyper)
{
    const struct side *side = &probe->sides[probe->sides[0].suspect == suspect ? 0 : 1];
    if (side->change.kind == CHANGE_VALUE && side->change.hyper == hyper)
        return side->change.value;
    return suspect_given(suspect, 1, hyper);
}

static bool has_hyper(const struct suspect *suspect, const char *name)
{
    return spec_bind(suspect->spec, name).kind == BIND_HYPER;
}

/* What a hyperparameter says of two rules that part when it has another value: 0 and 1 switch something off, and one
 * that only one rule has is its difference from the other; but any other value of a common one just shows too little. */
static void note_hyper(const struct probe *probe, const struct twist *twist, double value,
                       struct parting *parting)
{
    bool common = has_hyper(probe->sides[0].suspect, twist->hyper) &&
                  has_hyper(probe->sides[1].suspect, twist->hyper);
    char text[150];
    snprintf(text, sizeof text, "%.99s = %g", twist->hyper, value);
    if (!common || value == 0 || value == 1)
        add_condition(parting, text);
    else if (*parting->input == '\0')
        snprintf(parting->input, sizeof parting->input, "%.99s = %g", twist->hyper, twist->value);
}

/* Other values of a hyperparameter: applied where it is not, and of another size. */
static goldstep_status try_hyper(const struct probe *probe, const struct suspect *suspect,
                                 size_t hyper, struct parting *parting, goldstep_error *error)
{
    const char *name = suspect->spec->hypers.list[hyper].name;
    double value = value_in_effect(probe, suspect, hyper);
    const double others[] = {value == 0 ? 0.1 : value / 2, value == 0 ? 1 : value * 2, 0.5};
    bool parted = false, possible;
    goldstep_status status = GOLDSTEP_OK;
    for (size_t i = 0; i < 3 && !parted && status == GOLDSTEP_OK; i++) {
        struct twist twist = {NULL, ordinary, STEPS, name, others[i], 0};
        status = part_on(probe, &twist, &parted, &possible, error);
        if (parted)
            note_hyper(probe, &twist, value, parting);
    }
    return status;
}

static goldstep_status try_lr(const struct probe *probe, struct parting *parting,
                              goldstep_error *error)
{
    bool parted, possible;
    const struct suspect *suspect = probe->sides[0].suspect;
    struct binding lr = spec_bind(suspect->spec, "lr");
    if (lr.kind != BIND_HYPER || suspect_varies(suspect, lr.index))
        return GOLDSTEP_OK;
    double value = suspect_given(suspect, 1, lr.index);
    struct twist twist = {NULL, ordinary, STEPS, "lr", value / 2, 3};
    goldstep_status status = part_on(probe, &twist, &parted, &possible, error);
    if (parted)
        add_condition(parting, "lr is constant");
    return status;
}

/* "a, b, c" becomes "a, b and c". */
static void join_last(char *list, size_t size)
{
    char last[256], *comma = NULL;
    for (char *at = list; (at = strstr(at, ", ")) != NULL; at += 2)
        comma = at;
    if (comma == NULL)
        return;
    snprintf(last, sizeof last, "%s", comma + 2);
    snprintf(comma, size - (size_t)(comma - list), " and %s", last);
}

static goldstep_status try_hypers(const struct probe *probe, struct parting *parting,
                                  goldstep_error *error)
{
    const struct suspect *a = probe->sides[0].suspect, *b = probe->sides[1].suspect;
    goldstep_status status = try_lr(probe, parting, error);
    for (size_t h = 0; h < a->spec->hypers.count && status == GOLDSTEP_OK; h++)
        status = try_hyper(probe, a, h, parting, error);
    for (size_t h = 0; h < b->spec->hypers.count && status == GOLDSTEP_OK; h++)
        if (!has_hyper(a, b->spec->hypers.list[h].name))
            status = try_hyper(probe, b, h, parting, error);
    join_last(parting->conditions, sizeof parting->conditions);
    return status;
}

goldstep_status tell_apart(const goldstep_trace *trace, const struct suspect *a,
                           const struct change *change_a, const struct suspect *b,
                           const struct change *change_b, struct parting *parting,
                           goldstep_error *error)
{
    *parting = (struct parting){0};
    if (a->spec->kind == SPEC_SCHEDULE) /* which has no inputs to vary */
        return GOLDSTEP_OK;
    struct probe probe = {.trace = trace,
                          .sides = {{a, *change_a}, {b, *change_b}},
                          .format = trace_format(trace) == GOLDSTEP_BINARY64 ? GOLDSTEP_BINARY64
                                                                             : GOLDSTEP_BINARY32};
    goldstep_status status = GOLDSTEP_OK;
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs && status == GOLDSTEP_OK; i++) {
        bool parted, possible;
        status = part_on(&probe, &inputs[i], &parted, &possible, error);
        parting->possible = parting->possible || possible;
        if (parted) {
            snprintf(parting->input, sizeof parting->input, "%s", inputs[i].input);
            return status;
        }
    }
    return status == GOLDSTEP_OK ? try_hypers(&probe, parting, error) : status;
}
