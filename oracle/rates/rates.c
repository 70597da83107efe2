/* All theorems on all objectives of their classes. */
#include "rates/rates.h"

#include "c_locale.h"
#include "error.h"
#include "rates/runner.h"
#include "rates/trial.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Numbers beyond these powers of 2 are infinite or 0, rounded outward: the sine of a number takes time, and memory, as its
 * exponent does. */
enum { LARGEST_EXPONENT = 65536, LEAST_EXPONENT = -262144 };

const char *bound_verdict_name(enum bound_verdict verdict)
{
    static const char *const names[] = {"holds", "attained", "violated", "undecided"};
    return names[verdict];
}

const char *rates_label(const struct spec *objective, size_t instance, char *text)
{
    snprintf(text, LABEL_MAX, "%.96s[%zu]", objective->name, instance);
    return text;
}

bool rates_hold(const struct rates *rates)
{
    for (size_t i = 0; i < rates->count; i++)
        if (rates->outcomes[i].verdict == BOUND_VIOLATED ||
            rates->outcomes[i].verdict == BOUND_UNDECIDED)
            return false;
    return true;
}

static void free_rows(struct outcome *outcome, size_t count)
{
    for (size_t t = 0; outcome->rows != NULL && t < count; t++)
        mpfr_clears(outcome->rows[t].measured, outcome->rows[t].bound, (mpfr_ptr)0);
    free(outcome->rows);
}

void rates_free(struct rates *rates)
{
    for (size_t i = 0; i < rates->count; i++)
        free_rows(&rates->outcomes[i], rates->steps + 1);
    for (size_t i = 0; i < rates->skipped_count; i++)
        free(rates->skipped[i].reason);
    free(rates->outcomes);
    free(rates->skipped);
    *rates = (struct rates){0};
}

/* What a theorem's trials have in common. */
struct job {
    const goldstep_library *library;
    const struct rates_options *options;
    struct rates *rates;
    const struct spec *theorem, *rule;
    const struct node *set[MAX_ITEMS];
    bool is_set[MAX_ITEMS];
    struct spec scratch; /* holds the terms of --set */
    size_t tried;
    goldstep_error *error;
};

static goldstep_status skip(struct job *job, const struct spec *objective, size_t instance,
                            const char *reason)
{
    struct rates *rates = job->rates;
    struct skipped *list =
        reallocarray(rates->skipped, rates->skipped_count + 1, sizeof *rates->skipped);
    if (list == NULL)
        return error_memory(job->error);
    rates->skipped = list;
    list[rates->skipped_count] =
        (struct skipped){job->theorem, objective, instance, strdup(reason)};
    if (list[rates->skipped_count].reason == NULL)
        return error_memory(job->error);
    rates->skipped_count++;
    job->tried++;
    return GOLDSTEP_OK;
}

static goldstep_status try_one(struct job *job, const struct spec *objective, size_t instance,
                               const struct source *sources, const struct choice *choice)
{
    struct rates *rates = job->rates;
    struct trial trial = {.theorem = job->theorem,
                          .rule = job->rule,
                          .objective_spec = objective,
                          .instance = &objective->instances[instance],
                          .sources = sources,
                          .choice = choice,
                          .set = job->set,
                          .past_domain = job->options->past_domain,
                          .steps = job->options->steps};
    struct outcome outcome = {.theorem = job->theorem,
                              .rule = job->rule,
                              .objective = objective,
                              .instance = instance + 1};
    char reason[REASON_MAX], label[LABEL_MAX];
    bool outside;
    struct outcome *list = reallocarray(rates->outcomes, rates->count + 1, sizeof *rates->outcomes);
    if (list == NULL)
        return error_memory(job->error);
    rates->outcomes = list;
    goldstep_status status = trial_run(&trial, &outcome, reason, &outside, job->error);
    if (status == GOLDSTEP_OK && *reason == '\0') {
        rates->outcomes[rates->count++] = outcome;
        job->tried++;
        return status;
    }
    free_rows(&outcome, rates->steps + 1);
    if (status != GOLDSTEP_OK)
        return status;
    if (outside && job->options->setting_count > 0)
        return error_set(job->error, GOLDSTEP_BAD_INPUT, NULL, 0, 0,
                         "%s on %s: %s (--past-domain runs it all the same)", job->theorem->name,
                         rates_label(objective, instance + 1, label), reason);
    return skip(job, objective, instance + 1, reason);
}

static goldstep_status try_objective(struct job *job, const struct spec *objective)
{
    struct source sources[MAX_ITEMS];
    struct choices choices;
    char reason[REASON_MAX];
    bool fits = statement_fits(job->theorem, objective, sources, reason);
    if (!fits)
        return GOLDSTEP_OK;
    for (size_t h = 0; h < job->theorem->hypers.count; h++)
        if (job->is_set[h] && sources[h].origin != ORIGIN_NONE)
            return error_set(job->error, GOLDSTEP_BAD_INPUT, NULL, 0, 0,
                             "%s: the problem gives `%s` its value, so --set cannot",
                             job->theorem->name, job->theorem->hypers.list[h].name);
    if (!statement_choices(job->theorem, sources, job->is_set, &choices, reason))
        return skip(job, objective, 0, reason);
    goldstep_status status = GOLDSTEP_OK;
    for (size_t i = 0; i < objective->instance_count; i++)
        for (size_t c = 0; status == GOLDSTEP_OK && c < choices.count; c++)
            status = try_one(job, objective, i, sources, &choices.list[c]);
    return status;
}

static goldstep_status try_rule(struct job *job, const char *name)
{
    char reason[REASON_MAX];
    job->rule = library_find(job->library, name, NULL);
    const char *refusal = job->rule == NULL ? "there is no such rule" : runner_refuses(job->rule);
    if (refusal != NULL) {
        snprintf(reason, sizeof reason, "%.100s: %s", name, refusal);
        return skip(job, NULL, 0, reason);
    }
    for (size_t i = 0; i < library_objective_count(job->library); i++) {
        const struct spec *objective = library_objective(job->library, i);
        if (job->options->objective != NULL &&
            strcmp(job->options->objective, objective->name) != 0)
            continue;
        goldstep_status status = try_objective(job, objective);
        if (status != GOLDSTEP_OK)
            return status;
    }
    return GOLDSTEP_OK;
}

/* Why the theorem is not run at all; empty where it is. */
static void refuse(const struct job *job, char reason[REASON_MAX])
{
    const char *expectation = spec_note(job->theorem, "expectation");
    struct source sources[MAX_ITEMS];
    *reason = '\0';
    if (strcmp(expectation, "no") != 0)
        snprintf(reason, REASON_MAX, "its expectation is not computed yet (%.120s)", expectation);
    else if (statement_quantity(job->theorem) == QUANTITIES)
        snprintf(reason, REASON_MAX, "its quantity is not known here: %.160s",
                 spec_note(job->theorem, "quantity"));
    else if (library_objective_count(job->library) > 0)
        statement_fits(job->theorem, library_objective(job->library, 0), sources, reason);
}

/* Reads the terms of --set over the theorem's constants. */
static goldstep_status read_settings(struct job *job)
{
    for (size_t i = 0; i < job->options->setting_count; i++) {
        const char *text = job->options->settings[i], *sign = strchr(text, '=');
        char name[64];
        snprintf(name, sizeof name, "%.*s", (int)(sign != NULL ? sign - text : 0), text);
        struct binding binding = spec_bind(job->theorem, name);
        if (sign == NULL || binding.kind != BIND_HYPER)
            return error_set(job->error, GOLDSTEP_BAD_INPUT, NULL, 0, 0,
                             "--set %.80s: expected NAME=TERM, with one of the constants of %s",
                             text, job->theorem->name);
        struct node *term = NULL;
        goldstep_status status =
            term_parse(&job->scratch, sign + 1, 1, (size_t)(sign - text) + 2, &term, job->error);
        if (status == GOLDSTEP_OK)
            status = term_link(&job->scratch, term, job->error);
        if (status != GOLDSTEP_OK)
            return status;
        job->set[binding.index] = term;
        job->is_set[binding.index] = true;
    }
    return GOLDSTEP_OK;
}

static goldstep_status try_theorem(const goldstep_library *library,
                                   const struct rates_options *options, const struct spec *theorem,
                                   struct rates *rates, goldstep_error *error)
{
    struct job job = {.library = library,
                      .options = options,
                      .rates = rates,
                      .theorem = theorem,
                      .scratch = *theorem,
                      .error = error};
    char reason[REASON_MAX];
    job.scratch.arena = (struct arena){0};
    job.scratch.file = "--set";
    refuse(&job, reason);
    goldstep_status status = GOLDSTEP_OK;
    if (*reason != '\0')
        status = skip(&job, NULL, 0, reason);
    else
        status = read_settings(&job);
    for (size_t r = 0; status == GOLDSTEP_OK && *reason == '\0' && r < theorem->rules.count; r++)
        status = try_rule(&job, theorem->rules.list[r].name);
    if (status == GOLDSTEP_OK && job.tried == 0)
        status = skip(&job, NULL, 0, "no objective is of its class");
    arena_free(&job.scratch.arena);
    return status;
}

static goldstep_status run_all(const goldstep_library *library, const struct rates_options *options,
                               struct rates *rates, goldstep_error *error)
{
    size_t count =
        options->theorem_count > 0 ? options->theorem_count : library_theorem_count(library);
    if (options->objective != NULL) {
        const struct spec *spec = library_find_any(library, options->objective, error);
        if (spec == NULL)
            return GOLDSTEP_BAD_INPUT;
        if (spec->kind != SPEC_OBJECTIVE)
            return error_set(error, GOLDSTEP_BAD_INPUT, NULL, 0, 0,
                             "`%s` is a %s: expected an objective", spec->name,
                             spec_kind_name(spec));
    }
    for (size_t i = 0; i < count; i++) {
        const struct spec *theorem = options->theorem_count > 0
                                         ? library_find_any(library, options->theorems[i], error)
                                         : library_theorem(library, i);
        if (theorem == NULL)
            return GOLDSTEP_BAD_INPUT;
        if (theorem->kind != SPEC_THEOREM)
            return error_set(error, GOLDSTEP_BAD_INPUT, NULL, 0, 0,
                             "`%s` is %s %s: expected a theorem", theorem->name,
                             theorem->kind == SPEC_OBJECTIVE ? "an" : "a", spec_kind_name(theorem));
        goldstep_status status = try_theorem(library, options, theorem, rates, error);
        if (status != GOLDSTEP_OK)
            return status;
    }
    if (rates->count == 0)
        return error_set(error, GOLDSTEP_BAD_INPUT, NULL, 0, 0, "nothing is checked: %s: %s",
                         rates->skipped[0].theorem->name, rates->skipped[0].reason);
    return GOLDSTEP_OK;
}

goldstep_status rates_run(const goldstep_library *library, const struct rates_options *options,
                          struct rates *rates, goldstep_error *error)
{
    mpfr_exp_t least = mpfr_get_emin(), largest = mpfr_get_emax();
    locale_t outer = c_locale_enter();
    *rates = (struct rates){.steps = options->steps};
    mpfr_set_emin(LEAST_EXPONENT);
    mpfr_set_emax(LARGEST_EXPONENT);
    goldstep_status status = run_all(library, options, rates, error);
    mpfr_set_emin(least);
    mpfr_set_emax(largest);
    c_locale_leave(outer);
    if (status != GOLDSTEP_OK)
        rates_free(rates);
    return status;
}
