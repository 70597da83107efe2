#include "emit/golden.h"

#include "emit/sample.h"
#include "emit/vectors.h"
#include "error.h"
#include "verdict/session.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof *(array))

/* --- the flags ------------------------------------------------------------------------------------------------- */

enum flag {
    DEFAULT_HYPER,
    CHANGED_HYPER,
    OPTIONS_ON,
    EPS_ZERO,
    CHANGED_LR,
    FIRST_STEP,
    HUGE_STEP_COUNT,
    ZERO_GRADIENT,
    SIGN_CHANGE,
    NEAR_EPS,
    CANCELLATION,
    LARGE_GRADIENT,
    OVERFLOW,
    TINY_GRADIENT,
    SUBNORMAL,
    NON_FINITE,
    PHASE_END,
};

static const struct {
    const char *name, *text;
} flags[] = {
    [DEFAULT_HYPER] = {"DefaultHyper", "Every hyperparameter has its default."},
    [CHANGED_HYPER] = {"ChangedHyper", "One hyperparameter differs from its default."},
    [OPTIONS_ON] = {"OptionsOn", "What is off by default is on: decay, momentum, flags."},
    [EPS_ZERO] = {"EpsZero", "eps is 0: nothing keeps a denominator from 0."},
    [CHANGED_LR] = {"ChangedLr", "The states were made with another lr: a state that holds lr, or "
                                 "a step that keeps the old one, shows."},
    [FIRST_STEP] = {"FirstStep", "The first step, from the initial states: a bias correction that "
                                 "counts from 0, or a state that starts elsewhere, shows."},
    [HUGE_STEP_COUNT] = {"HugeStepCount",
                         "t is far beyond a usual run, past what a float or a 32-bit integer "
                         "holds: a counter that wraps or stalls shows."},
    [ZERO_GRADIENT] =
        {"ZeroGradient",
         "Every coordinate of the inputs is 0: 0/0, and states that do not decay, show."},
    [SIGN_CHANGE] = {"SignChange", "The inputs are those of the test before, negated."},
    [NEAR_EPS] = {"NearEps", "The inputs are about as large as eps or its root: where eps is "
                             "added, beside the root or under it, shows."},
    [CANCELLATION] = {"Cancellation", "A result is a difference of nearly equal numbers: the "
                                      "rounding errors of all that comes before it show."},
    [LARGE_GRADIENT] = {"LargeGradient",
                        "The inputs are large, and their squares do not overflow."},
    [OVERFLOW] = {"Overflow", "The squares of the inputs are past the largest finite number."},
    [TINY_GRADIENT] = {"TinyGradient", "The squares of the inputs are subnormal or round to 0."},
    [SUBNORMAL] = {"Subnormal", "x or an input is subnormal: hardware that flushes to zero shows."},
    [NON_FINITE] = {"NonFinite", "A number given is NaN or infinite. The specification is about "
                                 "real numbers and says nothing then."},
    [PHASE_END] = {"PhaseEnd", "The step is at a length that the hyperparameters give, at a "
                               "multiple or half of it, or one beside: a step too many or too few "
                               "shows."},
};

/* --- the kinds of step ----------------------------------------------------------------------------------------- */

enum kind {
    ORDINARY,
    ZEROS,
    NEGATED,
    ABOUT_EPS,
    ABOUT_ROOT_EPS,
    LARGE,
    TOO_LARGE,
    TINY,
    SUBNORMAL_INPUT,
    SUBNORMAL_X,
    CANCEL_X,
    CANCEL_STATE,
    FAR,
    FARTHER,
    FARTHEST,
    NAN_INPUT,
    INFINITE_INPUT,
    INFINITE_X,
    NAN_STATE,
    SCENE_END
};

static const struct {
    int flag; /* -1: none */
    const char *comment;
} kinds[] = {
    [ORDINARY] = {-1, "ordinary inputs"},
    [ZEROS] = {ZERO_GRADIENT, "every coordinate of the inputs is 0"},
    [NEGATED] = {SIGN_CHANGE, "the inputs of the test before, negated"},
    [ABOUT_EPS] = {NEAR_EPS, "inputs about as large as eps"},
    [ABOUT_ROOT_EPS] = {NEAR_EPS, "inputs about as large as the root of eps"},
    [LARGE] = {LARGE_GRADIENT, "large inputs, whose squares do not overflow"},
    [TOO_LARGE] = {OVERFLOW, "inputs whose squares overflow"},
    [TINY] = {TINY_GRADIENT, "inputs whose squares are subnormal or 0"},
    [SUBNORMAL_INPUT] = {SUBNORMAL, "subnormal inputs"},
    [SUBNORMAL_X] = {SUBNORMAL, "a subnormal x"},
    [CANCEL_X] = {CANCELLATION, "the step takes x almost to 0"},
    [CANCEL_STATE] = {CANCELLATION, "the step takes the first state almost to 0"},
    [FAR] = {HUGE_STEP_COUNT, "a step number that binary32 does not hold"},
    [FARTHER] = {HUGE_STEP_COUNT, "a step number that 32 bits do not hold"},
    [FARTHEST] = {HUGE_STEP_COUNT, "the largest step number whose successor binary64 holds"},
    [NAN_INPUT] = {NON_FINITE, "an input is NaN"},
    [INFINITE_INPUT] = {NON_FINITE, "an input is infinite"},
    [INFINITE_X] = {NON_FINITE, "x is infinite"},
    [NAN_STATE] = {NON_FINITE, "the first state is NaN"},
};

/* Each scene starts from the initial states, and each of its steps from what the one before it returned. The first
 * are for every setting of the hyperparameters, the others for the defaults and with all options on. */
static const enum kind scenes[][16] = {
    {ORDINARY, NEGATED, ZEROS, ABOUT_EPS, ORDINARY, CANCEL_X, FARTHER, SCENE_END},
    {ZEROS, TINY, SUBNORMAL_INPUT, LARGE, SCENE_END},
    {ORDINARY, ORDINARY, CANCEL_STATE, ABOUT_ROOT_EPS, NEGATED, FAR, FARTHEST, SCENE_END},
    {TINY, ZEROS, SUBNORMAL_X, SUBNORMAL_INPUT, CANCEL_X, NEGATED, ORDINARY, SCENE_END},
    {LARGE, ZEROS, CANCEL_X, ORDINARY, TOO_LARGE, ORDINARY, SCENE_END},
    {ZEROS, ZEROS, ORDINARY, CANCEL_STATE, CANCEL_X, ABOUT_EPS, SCENE_END},
    {NAN_INPUT, INFINITE_INPUT, INFINITE_X, ORDINARY, NAN_STATE, SCENE_END},
};
enum { BRIEF_SCENES = 2 };

/* For a changed lr: the first steps are made with the defaults, and are no tests. */
static const enum kind changed_lr_scene[] = {ORDINARY, ORDINARY, ORDINARY, NEGATED,
                                             ZEROS,    ORDINARY, SCENE_END};
enum { MADE_BEFORE = 2 };

/* --- making a file --------------------------------------------------------------------------------------------- */

struct maker {
    const struct spec *spec;
    struct program *program;
    struct evaluator *evaluator; /* for initial states */
    goldstep_format format;
    double hypers[MAX_ITEMS];
    unsigned group_flags; /* a bit for each flag */
    bool first;           /* the scene's next step is its first */
    uint64_t random;
    json_int_t id;
    unsigned used; /* the flags of all tests */
    json_t *groups, *tests;
    struct given given; /* what the scene's next step starts from, with the last step's inputs */
    goldstep_error *error;
};

static const struct format *maker_format(const struct maker *maker)
{
    return format_of(maker->format);
}

static void set_defaults(struct maker *maker)
{
    for (size_t i = 0; i < maker->spec->hypers.count; i++)
        maker->hypers[i] = maker->spec->hypers.list[i].value;
}

/* A state's initial value at the maker's hyperparameters. */
static double initial(const struct maker *maker, int root, double x)
{
    return sample_initial(maker->program, maker->evaluator, maker_format(maker), maker->hypers,
                          root, x);
}

/* Whether the hyperparameters lie in the domain and every state has an initial value with them. */
static bool is_admitted(const struct maker *maker)
{
    const struct spec *spec = maker->spec;
    bool admitted = domain_check(maker->program, maker->hypers, "", NULL) == GOLDSTEP_OK;
    for (size_t i = 0; i < spec->hypers.count; i++)
        admitted = admitted && isfinite(maker->hypers[i]);
    for (size_t s = 0; s < spec->states.count; s++)
        admitted = admitted && isfinite(initial(maker, maker->program->initial_states[s], 1));
    for (size_t s = 0; s < spec->scalar_states.count; s++)
        admitted = admitted && isfinite(initial(maker, maker->program->initial_scalars[s], 0));
    return admitted;
}

static goldstep_status ask(const struct maker *maker, const struct given *given,
                           struct answer *answer)
{
    return answer_step(maker->spec, maker->format, maker->hypers, given, answer, maker->error);
}

/* --- numbers --------------------------------------------------------------------------------------------------- */

/* Of either sign, from 2^low to 2^(high + 1). Only exact operations: the same numbers with any C library. */
static double draw(struct maker *maker, int low, int high)
{
    uint64_t bits = sample_next(&maker->random);
    int exponent = low + (int)((bits >> 1) % (uint64_t)(high - low + 1));
    double magnitude = ldexp(1 + sample_uniform(&maker->random), exponent);
    return sample_round(maker_format(maker), bits & 1 ? magnitude : -magnitude);
}

/* The exponent of eps, or 1 where there is none to be near to. */
static int eps_exponent(const struct maker *maker)
{
    struct binding binding = spec_bind(maker->spec, "eps");
    int exponent = 1;
    if (binding.kind == BIND_HYPER && maker->hypers[binding.index] > 0)
        frexp(maker->hypers[binding.index], &exponent);
    return exponent;
}

static double draw_input(struct maker *maker, enum kind kind)
{
    const struct format *format = maker_format(maker);
    int least = format->min_exponent, most = 1 - least, eps = eps_exponent(maker);
    switch (kind) {
    case ZEROS:
        return 0;
    case ABOUT_EPS:
        return draw(maker, eps - 4, eps + 2);
    case ABOUT_ROOT_EPS:
        return draw(maker, eps / 2 - 3, eps / 2 + 2);
    case LARGE:
        return draw(maker, most / 2 - most / 12 - 3, most / 2 - most / 12);
    case TOO_LARGE:
        return draw(maker, most / 2 + 2, most - 2);
    case TINY:
        return draw(maker, least / 2 - format->precision, least / 2 - 1);
    case SUBNORMAL_INPUT:
        return draw(maker, least - format->precision + 2, least - 1);
    default:
        return draw(maker, -12, 0);
    }
}

static void draw_inputs(struct maker *maker, enum kind kind, struct given *given)
{
    const struct spec *spec = maker->spec;
    bool negated = kind == NEGATED;
    for (size_t s = 0; s < spec->inputs.count; s++)
        for (size_t i = 0; i < given->width; i++)
            given->inputs[s][i] = negated ? 0 - given->inputs[s][i] : draw_input(maker, kind);
    for (size_t s = 0; s < spec->scalar_inputs.count; s++)
        given->scalar_inputs[s] = negated ? 0 - given->scalar_inputs[s] : fabs(draw(maker, -6, 3));
}

/* --- the steps of a scene -------------------------------------------------------------------------------------- */

static goldstep_status start_scene(struct maker *maker)
{
    const struct spec *spec = maker->spec;
    const struct program *program = maker->program;
    struct values *before = &maker->given.before;
    maker->given = (struct given){.t = 1, .width = spec->reduce.count > 0 ? MAX_WIDTH : 1};
    maker->first = true;
    bool finite = true;
    for (size_t i = 0; i < maker->given.width; i++) {
        before->x[i] = draw(maker, -4, 2);
        for (size_t s = 0; s < spec->states.count; s++) {
            before->states[s][i] = initial(maker, program->initial_states[s], before->x[i]);
            finite = finite && isfinite(before->states[s][i]);
        }
    }
    for (size_t s = 0; s < spec->scalar_states.count; s++)
        before->scalar_states[s] = initial(maker, program->initial_scalars[s], 0);
    if (!finite)
        return error_set(maker->error, GOLDSTEP_BAD_INPUT, NULL, 0, 0,
                         "%s: the initial value of a state is not a finite number", spec->shown);
    return GOLDSTEP_OK;
}

/* Moves x so that the step, which takes off the same amount or nearly so, leaves almost nothing of it. */
static goldstep_status cancel_x(struct maker *maker, struct given *given, bool *found)
{
    struct answer answer;
    goldstep_status status = ask(maker, given, &answer);
    if (status != GOLDSTEP_OK || answer.undefined != NULL)
        return status;
    for (size_t i = 0; i < given->width; i++)
        given->before.x[i] =
            sample_round(maker_format(maker), (given->before.x[i] - answer.after.x[i]) *
                                                  (1 + ldexp(sample_uniform(&maker->random), -9)));
    status = ask(maker, given, &answer);
    for (size_t i = 0; i < given->width && status == GOLDSTEP_OK && answer.undefined == NULL; i++)
        *found = *found || (given->before.x[i] != 0 &&
                            fabs(answer.after.x[i]) < fabs(given->before.x[i]) / 64);
    return status;
}

/* The first state after a step with input `input` at every coordinate. */
static goldstep_status try_input(const struct maker *maker, const struct given *given, double input,
                                 struct answer *answer)
{
    struct given tried = *given;
    for (size_t i = 0; i < given->width; i++)
        tried.inputs[0][i] = input;
    return ask(maker, &tried, answer);
}

/* Chooses an input that takes the first state almost to 0, where the state is affine in it. */
static goldstep_status cancel_state(struct maker *maker, struct given *given, bool *found)
{
    struct answer zero, one = {.undefined = NULL}, answer;
    if (maker->spec->states.count == 0 || maker->spec->inputs.count == 0)
        return GOLDSTEP_OK;
    goldstep_status status = try_input(maker, given, 0, &zero);
    if (status == GOLDSTEP_OK)
        status = try_input(maker, given, 1, &one);
    if (status != GOLDSTEP_OK || zero.undefined != NULL || one.undefined != NULL)
        return status;
    for (size_t i = 0; i < given->width; i++) {
        double at_zero = zero.after.states[0][i], slope = one.after.states[0][i] - at_zero;
        given->inputs[0][i] = sample_round(maker_format(maker), slope == 0 ? 0 : -at_zero / slope);
    }
    status = ask(maker, given, &answer);
    for (size_t i = 0; i < given->width && status == GOLDSTEP_OK && answer.undefined == NULL; i++)
        *found = *found || (given->inputs[0][i] != 0 && fabs(answer.after.states[0][i]) <
                                                            fabs(given->before.states[0][i]) / 64);
    return status;
}

/* Makes the step that the kind asks for; *found tells whether the rule has one. */
static goldstep_status make_step(struct maker *maker, enum kind kind, struct given *given,
                                 bool *found)
{
    static const uint64_t numbers[] = {
        [FAR] = (1u << 24) + 1, [FARTHER] = (1ull << 32) + 1, [FARTHEST] = (1ull << 53) - 1};
    draw_inputs(maker, kind, given);
    *found = true;
    switch (kind) {
    case ABOUT_EPS:
    case ABOUT_ROOT_EPS:
        *found = eps_exponent(maker) != 1;
        return GOLDSTEP_OK;
    case SUBNORMAL_X:
        given->before.x[0] = draw_input(maker, SUBNORMAL_INPUT);
        return GOLDSTEP_OK;
    case CANCEL_X:
        *found = false;
        return cancel_x(maker, given, found);
    case CANCEL_STATE:
        *found = false;
        return cancel_state(maker, given, found);
    case FAR:
    case FARTHER:
    case FARTHEST:
        *found = spec_uses_step(maker->spec);
        given->t = numbers[kind];
        return GOLDSTEP_OK;
    case NAN_INPUT:
    case INFINITE_INPUT:
        given->inputs[0][0] = kind == NAN_INPUT ? NAN : INFINITY;
        *found = maker->spec->inputs.count > 0;
        return GOLDSTEP_OK;
    case INFINITE_X:
        given->before.x[0] = -INFINITY;
        return GOLDSTEP_OK;
    case NAN_STATE:
        given->before.states[0][0] = NAN;
        *found = maker->spec->states.count > 0;
        return GOLDSTEP_OK;
    default:
        return GOLDSTEP_OK;
    }
}

static bool all_finite(const struct spec *spec, const struct values *values, size_t width)
{
    bool finite = true;
    for (size_t i = 0; i < width; i++) {
        finite = finite && isfinite(values->x[i]);
        for (size_t s = 0; s < spec->states.count; s++)
            finite = finite && isfinite(values->states[s][i]);
    }
    for (size_t s = 0; s < spec->scalar_states.count; s++)
        finite = finite && isfinite(values->scalar_states[s]);
    return finite;
}

/* The next step starts from this one's results, where it can. */
static void move_on(struct maker *maker, const struct given *given, const struct answer *answer)
{
    const struct spec *spec = maker->spec;
    if (answer->undefined != NULL || !all_finite(spec, &answer->after, given->width))
        return;
    memcpy(maker->given.inputs, given->inputs, sizeof given->inputs);
    memcpy(maker->given.scalar_inputs, given->scalar_inputs, sizeof given->scalar_inputs);
    maker->given.before = answer->after;
    maker->given.t++;
    maker->first = false;
}

static void add_test(struct maker *maker, const char *comment, unsigned set,
                     const struct given *given, const struct answer *answer)
{
    json_t *names = json_array();
    set |= maker->group_flags;
    maker->used |= set;
    for (size_t i = 0; i < LENGTH(flags); i++)
        if (set >> i & 1)
            json_array_append_new(names, json_string(flags[i].name));
    json_array_append_new(maker->tests,
                          vector_json(maker->spec, ++maker->id, comment, names, given, answer));
}

/* --- groups of tests ------------------------------------------------------------------------------------------- */

/* Plays one step, and adds it as a test where `told`. */
static goldstep_status play_step(struct maker *maker, enum kind kind, bool told, unsigned set)
{
    struct given given = maker->given;
    struct answer answer;
    bool found;
    goldstep_status status = make_step(maker, kind, &given, &found);
    if (status == GOLDSTEP_OK && found)
        status = ask(maker, &given, &answer);
    if (status != GOLDSTEP_OK || !found)
        return status;
    if (kinds[kind].flag >= 0)
        set |= 1u << kinds[kind].flag;
    if (maker->first && given.t == 1)
        set |= 1u << FIRST_STEP;
    if (told)
        add_test(maker, kinds[kind].comment, set, &given, &answer);
    move_on(maker, &given, &answer);
    return GOLDSTEP_OK;
}

static goldstep_status play_scene(struct maker *maker, const enum kind *scene)
{
    goldstep_status status = start_scene(maker);
    for (; *scene != SCENE_END && status == GOLDSTEP_OK; scene++)
        status = play_step(maker, *scene, true, 0);
    return status;
}

static goldstep_status play_changed_lr(struct maker *maker)
{
    double changed[MAX_ITEMS];
    memcpy(changed, maker->hypers, sizeof changed);
    set_defaults(maker);
    goldstep_status status = start_scene(maker);
    for (size_t i = 0; changed_lr_scene[i] != SCENE_END && status == GOLDSTEP_OK; i++) {
        if (i == MADE_BEFORE)
            memcpy(maker->hypers, changed, sizeof changed);
        status = play_step(maker, changed_lr_scene[i], i >= MADE_BEFORE, 1u << CHANGED_LR);
    }
    return status;
}

static goldstep_status add_rate(struct maker *maker, double k, const char *comment, unsigned set)
{
    struct given given = {.t = (uint64_t)k + 1, .width = 1};
    struct answer answer;
    goldstep_status status = ask(maker, &given, &answer);
    if (status == GOLDSTEP_OK)
        add_test(maker, comment, set, &given, &answer);
    return status;
}

/* Steps about a length, half of it and twice. */
static goldstep_status add_length(struct maker *maker, double length)
{
    static const double shares[] = {0.5, 1, 2};
    goldstep_status status = GOLDSTEP_OK;
    for (size_t s = 0; s < LENGTH(shares); s++)
        for (double beside = -1; beside <= 1 && status == GOLDSTEP_OK; beside++)
            status = add_rate(maker, floor(shares[s] * length) + beside,
                              "about a length that the hyperparameters give", 1u << PHASE_END);
    return status;
}

/* A schedule's tests: the first steps, steps far on, and steps about every length among the hyperparameters. */
static goldstep_status play_schedule(struct maker *maker)
{
    static const double usual[] = {0, 1, 2, 3, 7, 20, 64, 150, 999};
    static const double far[] = {0x1p24, 0x1p32, 0x1p53 - 1};
    goldstep_status status = GOLDSTEP_OK;
    for (size_t i = 0; i < LENGTH(usual) && status == GOLDSTEP_OK; i++)
        status = add_rate(maker, usual[i], i == 0 ? "the first step" : "a step of a usual run",
                          i == 0 ? 1u << FIRST_STEP : 0);
    for (size_t i = 0; i < LENGTH(far) && status == GOLDSTEP_OK; i++)
        status = add_rate(maker, far[i], "a step far on", 1u << HUGE_STEP_COUNT);
    for (size_t h = 0; h < maker->spec->hypers.count && status == GOLDSTEP_OK; h++)
        if (maker->hypers[h] >= 4 && maker->hypers[h] <= 0x1p32)
            status = add_length(maker, maker->hypers[h]);
    return status;
}

static goldstep_status add_group(struct maker *maker, const char *comment, unsigned group_flags,
                                 bool brief, bool changed_lr)
{
    json_t *hyper = json_object();
    for (size_t i = 0; i < maker->spec->hypers.count; i++)
        json_object_set_new(hyper, maker->spec->hypers.list[i].name, json_real(maker->hypers[i]));
    struct binding eps = spec_bind(maker->spec, "eps");
    maker->random = json_array_size(maker->groups); /* a group's numbers are its own */
    maker->group_flags = group_flags;
    if (eps.kind == BIND_HYPER && maker->hypers[eps.index] == 0)
        maker->group_flags |= 1u << EPS_ZERO;
    maker->tests = json_array();
    json_array_append_new(maker->groups,
                          json_pack("{s:s, s:s, s:o, s:o}", "format", maker_format(maker)->name,
                                    "comment", comment, "hyper", hyper, "tests", maker->tests));
    if (maker->spec->kind == SPEC_SCHEDULE)
        return play_schedule(maker);
    goldstep_status status = GOLDSTEP_OK;
    size_t count = brief ? BRIEF_SCENES : LENGTH(scenes);
    for (size_t i = 0; i < count && status == GOLDSTEP_OK; i++)
        status = play_scene(maker, scenes[i]);
    if (changed_lr && status == GOLDSTEP_OK)
        status = play_changed_lr(maker);
    return status;
}

/* --- settings of the hyperparameters --------------------------------------------------------------------------- */

/* Turns on what is off, as far as the domain allows: by a half, else by 1 (a flag), else by little. */
static bool turn_on(struct maker *maker)
{
    static const double tries[] = {0.5, 1, 0.0625};
    bool any = false;
    for (size_t i = 0; i < maker->spec->hypers.count; i++) {
        bool off = maker->hypers[i] == 0;
        for (size_t k = 0; maker->hypers[i] == 0 && k < LENGTH(tries); k++) {
            maker->hypers[i] = tries[k];
            if (!is_admitted(maker))
                maker->hypers[i] = 0;
        }
        any = any || (off && maker->hypers[i] != 0);
    }
    return any;
}

/* What to try for a hyperparameter in place of its default: the ends of its range, and values between. */
static size_t list_tries(double value, double *tries)
{
    const double small[] = {0, value / 64, value * 64}, share[] = {0, 0.5, 0.9999};
    const double off[] = {0.25, 1}, size[] = {1, value / 2, value * 2 + 1};
    const double *list = value == 0 ? off : value < 0.02 ? small : value < 1 ? share : size;
    size_t count = value == 0 ? LENGTH(off) : 3;
    memcpy(tries, list, count * sizeof *tries);
    return count;
}

/* A group for each value of one hyperparameter that the domain admits. */
static goldstep_status add_changes(struct maker *maker, size_t hyper)
{
    const struct item *item = &maker->spec->hypers.list[hyper];
    double tries[3];
    size_t count = list_tries(item->value, tries);
    goldstep_status status = GOLDSTEP_OK;
    for (size_t k = 0; k < count && status == GOLDSTEP_OK; k++) {
        char comment[256];
        set_defaults(maker);
        bool from_defaults = is_admitted(maker) && strcmp(item->name, "lr") == 0;
        maker->hypers[hyper] = tries[k];
        if (tries[k] == item->value || !is_admitted(maker))
            continue;
        snprintf(comment, sizeof comment, "the defaults but for %s", item->name);
        status =
            add_group(maker, comment, 1u << CHANGED_HYPER, true, from_defaults && tries[k] != 0);
    }
    return status;
}

static goldstep_status add_groups(struct maker *maker)
{
    set_defaults(maker);
    goldstep_status status = GOLDSTEP_OK;
    if (is_admitted(maker))
        status = add_group(maker, "the defaults", 1u << DEFAULT_HYPER, false, false);
    if (status == GOLDSTEP_OK && turn_on(maker) && is_admitted(maker))
        status = add_group(maker, "what is off by default is on", 1u << OPTIONS_ON, false, false);
    for (size_t i = 0; i < maker->spec->hypers.count && status == GOLDSTEP_OK; i++)
        status = add_changes(maker, i);
    return status;
}

static json_t *json_flags(unsigned used)
{
    json_t *object = json_object();
    for (size_t i = 0; i < LENGTH(flags); i++)
        if (used >> i & 1)
            json_object_set_new(object, flags[i].name, json_string(flags[i].text));
    return object;
}

goldstep_status emit_golden(FILE *out, const struct spec *spec, goldstep_error *error)
{
    struct maker maker = {.spec = spec, .groups = json_array(), .error = error};
    goldstep_status status = program_compile(spec, &maker.program, error);
    if (status == GOLDSTEP_OK) {
        maker.evaluator = evaluator_new(maker.program, NULL, 256);
        if (maker.evaluator == NULL)
            status = error_memory(error);
    }
    for (size_t i = 0; i < FORMAT_COUNT && status == GOLDSTEP_OK; i++) {
        maker.format = (goldstep_format)i;
        status = add_groups(&maker);
    }
    if (status == GOLDSTEP_OK && maker.id == 0)
        status = error_set(error, GOLDSTEP_BAD_INPUT, NULL, 0, 0,
                           "%s: no setting of the hyperparameters that is tried lies in the domain "
                           "and gives every state an initial value",
                           spec->shown);
    if (status == GOLDSTEP_OK)
        status = vectors_write(out, spec, json_flags(maker.used), maker.groups, error);
    evaluator_free(maker.evaluator);
    program_free(maker.program);
    json_decref(maker.groups);
    return status;
}
