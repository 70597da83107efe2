/* goldstep gen RULE: a trace's questions, as JSON lines. */
#include "cli/command.h"
#include "emit/sample.h"
#include "error.h"
#include "eval/evaluator.h"
#include "verdict/session.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEY_NON_FINITE = 256 };

enum { MAX_TENSORS = 64, MAX_SETTINGS = 64, MAX_LENGTH = 1000000, MAX_STEPS = 100000 };

struct options {
    struct specs specs;
    const char *rule;
    uint64_t steps, seed;
    goldstep_format format;
    size_t lengths[MAX_TENSORS];
    size_t tensors;
    bool non_finite;              /* the last step has gradients that are NaN and infinite */
    char *settings[MAX_SETTINGS]; /* NAME=VALUE */
    size_t setting_count;
};

/* What the questions are made from. */
struct maker {
    const struct options *options;
    const struct spec *spec;
    const struct program *program;
    const struct format *format;
    double hypers[MAX_ITEMS];
    uint64_t random;
    json_t *x[MAX_TENSORS]; /* the initial iterates, borrowed from step 0 */
};

/* --- options --------------------------------------------------------------------------------------------------- */

static void parse_lengths(struct options *options, char *text, struct argp_state *state)
{
    char *rest = text;
    options->tensors = 0;
    for (char *word; (word = strsep(&rest, ",")) != NULL;) {
        if (options->tensors == MAX_TENSORS)
            argp_error(state, "--tensors: expected at most %d lengths", MAX_TENSORS);
        options->lengths[options->tensors++] =
            (size_t)read_count(word, 0, MAX_LENGTH, "--tensors", state);
    }
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct options *options = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &options->specs;
        return 0;
    case 'n':
        options->steps = read_count(arg, 0, MAX_STEPS, "--steps", state);
        return 0;
    case 'e':
        options->seed = read_count(arg, 0, UINT64_MAX, "--seed", state);
        return 0;
    case 'f':
        if (!format_named(arg, &options->format))
            argp_error(state, "--format: expected " FORMAT_NAMES ", found `%s`", arg);
        return 0;
    case 't':
        parse_lengths(options, arg, state);
        return 0;
    case 'y':
        if (options->setting_count == MAX_SETTINGS)
            argp_error(state, "expected at most %d --hyper options", MAX_SETTINGS);
        options->settings[options->setting_count++] = arg;
        return 0;
    case KEY_NON_FINITE:
        options->non_finite = true;
        return 0;
    case ARGP_KEY_ARG:
        if (options->rule != NULL)
            argp_error(state, "expected one rule");
        options->rule = arg;
        return 0;
    case ARGP_KEY_NO_ARGS:
        argp_error(state, "expected the name of a rule or schedule (`goldstep list` names them)");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* --- numbers --------------------------------------------------------------------------------------------------- */

/* Of either sign, its logarithm uniform between those of `least` and `most`. */
static double spread(struct maker *maker, double least, double most)
{
    double magnitude = least * pow(most / least, sample_uniform(&maker->random));
    return sample_next(&maker->random) & 1 ? magnitude : -magnitude;
}

static double hyper_or(const struct maker *maker, const char *name, double otherwise)
{
    struct binding binding = spec_bind(maker->spec, name);
    return binding.kind == BIND_HYPER ? maker->hypers[binding.index] : otherwise;
}

/* --- questions ------------------------------------------------------------------------------------------------- */

/* The kinds of gradient, in turn: what tells implementations apart hides in the unusual ones. */
static double make_gradient(struct maker *maker, uint64_t step, double before)
{
    double eps = hyper_or(maker, "eps", 1e-8);
    double most = fmin(1e4, sqrt(maker->format->max_finite) / 8);
    switch (step % 8) {
    case 3: /* none at all */
        return 0;
    case 4: /* a few coordinates stay silent */
        return sample_uniform(&maker->random) < 0.5 ? 0 : spread(maker, 1e-3, 1);
    case 5: /* about the size of eps, where its place shows */
        return spread(maker, fmax(eps, 1e-12) / 30, fmax(eps, 1e-12) * 30);
    case 6: /* far larger than usual, but with squares that the format holds */
        return spread(maker, most / 100, most);
    case 7: /* the sign turned round */
        return -before;
    default:
        return spread(maker, 1e-4, 2);
    }
}

/* The same, but for coordinates with a history: one that has had no gradient yet, where a quotient is 0 / 0, and one
 * whose gradient stays the same for a while, where a variance vanishes. */
static double make_coordinate(struct maker *maker, uint64_t step, size_t index, double before)
{
    double gradient = make_gradient(maker, step, before);
    if (index % 16 == 4 && step < 5)
        return 0;
    return index % 16 == 11 && step > 1 && step < 8 ? before : gradient;
}

static json_t *make_x(struct maker *maker, size_t length)
{
    json_t *list = json_array();
    for (size_t i = 0; i < length; i++)
        json_array_append_new(
            list, json_real(i % 7 == 6 ? 0 : sample_round(maker->format, spread(maker, 1e-2, 10))));
    return list;
}

/* The number, but at the last step, if that is asked for, NaN, infinity and -infinity in some coordinates. */
static json_t *written(const struct maker *maker, uint64_t step, size_t index, double number)
{
    static const char *const unusual[] = {NULL, "NaN", "Infinity", "-Infinity"};
    if (maker->options->non_finite && step == maker->options->steps && unusual[index % 4] != NULL)
        return json_string(unusual[index % 4]);
    return json_real(sample_round(maker->format, number));
}

static json_t *make_inputs(struct maker *maker, uint64_t step, json_t *before, size_t length)
{
    json_t *list = json_array();
    for (size_t i = 0; i < length; i++) {
        double last = json_real_value(json_array_get(before, i));
        double next = make_coordinate(maker, step, i, last);
        json_array_append_new(list, written(maker, step, i, next));
    }
    return list;
}

static double initial_value(const struct maker *maker, struct evaluator *evaluator, int root,
                            double x)
{
    return sample_initial(maker->program, evaluator, maker->format, maker->hypers, root, x);
}

/* Fails where a state has no finite initial value. */
static goldstep_status check_initial(const struct maker *maker, struct evaluator *evaluator,
                                     goldstep_error *error)
{
    const struct {
        const struct items *items;
        const int *roots;
    } lists[] = {{&maker->spec->states, maker->program->initial_states},
                 {&maker->spec->scalar_states, maker->program->initial_scalars}};
    for (size_t l = 0; l < 2; l++)
        for (size_t i = 0; i < lists[l].items->count; i++)
            if (!isfinite(initial_value(maker, evaluator, lists[l].roots[i], 1)))
                return error_set(error, GOLDSTEP_BAD_INPUT, NULL, 0, 0,
                                 "%s: the initial value of %s is not a finite number: %s",
                                 maker->spec->shown, lists[l].items->list[i].name,
                                 lists[l].items->list[i].text);
    return GOLDSTEP_OK;
}

static json_t *make_states(const struct maker *maker, struct evaluator *evaluator, json_t *x,
                           json_t *tensor)
{
    const struct spec *spec = maker->spec;
    for (size_t s = 0; s < spec->states.count; s++) {
        json_t *list = json_array();
        for (size_t i = 0; i < json_array_size(x); i++)
            json_array_append_new(
                list, json_real(initial_value(maker, evaluator, maker->program->initial_states[s],
                                              json_real_value(json_array_get(x, i)))));
        json_object_set_new(tensor, spec->states.list[s].name, list);
    }
    for (size_t s = 0; s < spec->scalar_states.count; s++)
        json_object_set_new(tensor, spec->scalar_states.list[s].name,
                            json_pack("[f]", initial_value(maker, evaluator,
                                                           maker->program->initial_scalars[s], 0)));
    return tensor;
}

static void tensor_name(size_t index, char *name)
{
    snprintf(name, 24, "w%zu", index);
}

static void write_line(const struct maker *maker, json_t *line)
{
    /* 9 and 17 digits tell all binary32 and binary64 numbers apart. A program that has no narrower format reads
     * the others as binary64, so they have the digits that make them exact there. */
    size_t digits = maker->format->precision == 24 ? 9 : 17;
    json_dumpf(line, stdout, JSON_COMPACT | JSON_REAL_PRECISION(digits));
    printf("\n");
}

static void write_head(const struct maker *maker)
{
    json_t *hyper = json_object();
    for (size_t i = 0; i < maker->spec->hypers.count; i++)
        json_object_set_new(hyper, maker->spec->hypers.list[i].name, json_real(maker->hypers[i]));
    json_t *head = json_pack("{s:i, s:s, s:s, s:o}", "goldstep", 1, "rule", maker->spec->name,
                             "format", maker->format->name, "hyper", hyper);
    json_dumpf(head, stdout, JSON_COMPACT | JSON_REAL_PRECISION(17));
    printf("\n");
    json_decref(head);
}

static json_t *make_start(struct maker *maker, struct evaluator *evaluator)
{
    json_t *tensors = json_object();
    for (size_t i = 0; maker->spec->kind == SPEC_RULE && i < maker->options->tensors; i++) {
        char name[24];
        tensor_name(i, name);
        maker->x[i] = make_x(maker, maker->options->lengths[i]);
        json_t *tensor = json_pack("{s:o}", "x", maker->x[i]);
        json_object_set_new(tensors, name, make_states(maker, evaluator, maker->x[i], tensor));
    }
    return json_pack("{s:i, s:o}", "step", 0, "tensors", tensors);
}

static json_t *make_step(struct maker *maker, uint64_t step, json_t *before[][4])
{
    const struct spec *spec = maker->spec;
    json_t *tensors = json_object();
    double scalars[64];
    for (size_t s = 0; s < spec->scalar_inputs.count; s++)
        scalars[s] = sample_round(maker->format, fabs(spread(maker, 1e-3, 10)));
    for (size_t i = 0; spec->kind == SPEC_RULE && i < maker->options->tensors; i++) {
        char name[24];
        tensor_name(i, name);
        json_t *tensor = json_object();
        for (size_t s = 0; s < spec->inputs.count; s++) {
            json_t *list = make_inputs(maker, step, before[i][s % 4], maker->options->lengths[i]);
            json_decref(before[i][s % 4]);
            before[i][s % 4] = json_incref(list);
            json_object_set_new(tensor, spec->inputs.list[s].name, list);
        }
        for (size_t s = 0; s < spec->scalar_inputs.count; s++)
            json_object_set_new(tensor, spec->scalar_inputs.list[s].name,
                                json_pack("[f]", scalars[s]));
        json_object_set_new(tensors, name, tensor);
    }
    return json_pack("{s:I, s:o}", "step", (json_int_t)step, "tensors", tensors);
}

/* What lr is times from `step` on, or -1 where it stays as it is: it is halved half way, for what an implementation
 * keeps of the old one, and 0 for one step, where x stays but the states do not. */
static double lr_change(uint64_t step, uint64_t steps)
{
    uint64_t halved = steps / 2 + 1, none = halved + steps / 4;
    if (steps >= 8 && step == none)
        return 0;
    return steps >= 4 && (step == halved || (steps >= 8 && step == none + 1)) ? 0.5 : -1;
}

static void change_lr(const struct maker *maker, uint64_t step, json_t *line)
{
    struct binding lr = spec_bind(maker->spec, "lr");
    double change = lr_change(step, maker->options->steps);
    if (maker->spec->kind == SPEC_SCHEDULE || lr.kind != BIND_HYPER || change < 0)
        return;
    double hypers[MAX_ITEMS];
    memcpy(hypers, maker->hypers, sizeof hypers);
    hypers[lr.index] *= change;
    if (domain_check(maker->program, hypers, "", NULL) == GOLDSTEP_OK)
        json_object_set_new(line, "hyper", json_pack("{s:f}", "lr", hypers[lr.index]));
}

static goldstep_status write_questions(struct maker *maker, goldstep_error *error)
{
    struct evaluator *evaluator = evaluator_new(maker->program, NULL, 256);
    json_t *(*before)[4] = calloc(maker->options->tensors + 1, sizeof *before);
    goldstep_status status;
    if (evaluator == NULL || before == NULL)
        status = error_memory(error);
    else
        status = check_initial(maker, evaluator, error);
    if (status != GOLDSTEP_OK) {
        evaluator_free(evaluator);
        free(before);
        return status;
    }
    write_head(maker);
    json_t *line = make_start(maker, evaluator);
    write_line(maker, line);
    json_decref(line);
    for (uint64_t step = 1; step <= maker->options->steps; step++) {
        line = make_step(maker, step, before);
        change_lr(maker, step, line);
        write_line(maker, line);
        json_decref(line);
    }
    for (size_t i = 0; i < maker->options->tensors; i++)
        for (size_t s = 0; s < 4; s++)
            json_decref(before[i][s]);
    free(before);
    evaluator_free(evaluator);
    return GOLDSTEP_OK;
}

/* --- settings -------------------------------------------------------------------------------------------------- */

static goldstep_status bad_setting(goldstep_error *error, const char *message, const char *setting)
{
    return error_set(error, GOLDSTEP_BAD_INPUT, NULL, 0, 0, "--hyper %.200s: %s", setting, message);
}

static goldstep_status apply_setting(struct maker *maker, const char *setting,
                                     goldstep_error *error)
{
    const char *equals = strchr(setting, '=');
    char name[128], *end;
    if (equals == NULL || (size_t)(equals - setting) >= sizeof name)
        return bad_setting(error, "expected NAME=VALUE", setting);
    snprintf(name, sizeof name, "%.*s", (int)(equals - setting), setting);
    struct binding binding = spec_bind(maker->spec, name);
    if (binding.kind != BIND_HYPER)
        return bad_setting(error, "the rule has no hyperparameter of this name", setting);
    double value = strtod(equals + 1, &end);
    if (end == equals + 1 || *end != '\0' || !isfinite(value))
        return bad_setting(error, "expected a finite number", setting);
    maker->hypers[binding.index] = value;
    return GOLDSTEP_OK;
}

static int generate(const goldstep_library *library, const struct spec *spec, const void *data)
{
    const struct options *options = data;
    goldstep_error error;
    struct program *program = NULL;
    (void)library;
    if (program_compile(spec, &program, &error) != GOLDSTEP_OK)
        return fail(&error);
    struct maker maker = {.options = options,
                          .spec = spec,
                          .program = program,
                          .format = format_of(options->format),
                          .random = options->seed};
    for (size_t i = 0; i < spec->hypers.count; i++)
        maker.hypers[i] = spec->hypers.list[i].value;
    goldstep_status status = GOLDSTEP_OK;
    for (size_t i = 0; i < options->setting_count && status == GOLDSTEP_OK; i++)
        status = apply_setting(&maker, options->settings[i], &error);
    if (status == GOLDSTEP_OK)
        status = domain_check(program, maker.hypers, "--hyper", &error);
    if (status == GOLDSTEP_OK)
        status = write_questions(&maker, &error);
    program_free(program);
    return status == GOLDSTEP_OK ? EXIT_CONFORMS : fail(&error);
}

int command_gen(int argc, char **argv)
{
    static const struct argp_child children[] = {{&specs_argp, 0, NULL, 0}, {0}};
    static const struct argp_option option_list[] = {
        {"steps", 'n', "N", 0, "Ask for N steps (20)", 0},
        {"seed", 'e', "N", 0, "The seed of the random numbers (1)", 0},
        {"format", 'f', "FORMAT", 0, "binary64, binary32, binary16 or bfloat16 (binary64)", 0},
        {"tensors", 't', "N,N,...", 0, "The lengths of the tensors (5,16,1)", 0},
        {"hyper", 'y', "NAME=VALUE", 0, "Set a hyperparameter (may be repeated)", 0},
        {"non-finite", KEY_NON_FINITE, NULL, 0,
         "Ask with NaN and infinite gradients at the last step; what comes of them is undecided",
         0},
        {0}};
    static const struct argp argp = {
        .options = option_list,
        .parser = parse,
        .args_doc = "RULE",
        .doc = "Write a trace's questions as JSON lines: hyperparameters, initial iterates and "
               "states, and each step's inputs. A program adds its answers (x and the states "
               "after each step) and `goldstep check` judges them:\v"
               "  goldstep gen adamw | ./your-program | goldstep check -",
        .children = children};
    struct options options = {.steps = 20, .seed = 1, .lengths = {5, 16, 1}, .tensors = 3};
    if (argp_parse(&argp, argc, argv, 0, NULL, &options) != 0)
        return EXIT_BAD;
    return with_rule(&options.specs, options.rule, generate, &options);
}
