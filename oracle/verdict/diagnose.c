/* The search for what explains a trace: the rules of the family, single changes of them, the other rules. */
#include "verdict/diagnose.h"

#include "c_locale.h"
#include "error.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    SAMPLE_RESULTS = 20000, /* a trace with more is looked at in part first */
    SAMPLE_TENSORS = 16,
    SAMPLE_EDGE = 4,  /* coordinates from each end of a tensor */
    SAMPLE_STEPS = 8, /* steps beyond the first deviation */
    STRANGERS = 2,    /* rules of other families whose changes are tried */
};

/* --- the selections --------------------------------------------------------------------------------------------- */

static size_t tensor_length(const struct inquiry *inquiry, size_t tensor)
{
    const struct trace_array *x = trace_find(inquiry->trace, 0, tensor, "x");
    return inquiry->named->schedule ? 1 : x == NULL ? 0 : x->count;
}

static void add_range(struct selection *selection, size_t tensor, size_t first, size_t count)
{
    selection->ranges[selection->count++] = (struct range){tensor, first, count};
}

static size_t results(const struct inquiry *inquiry)
{
    size_t sum = 0;
    for (size_t tensor = 0; tensor < trace_tensors(inquiry->trace); tensor++)
        sum += tensor_length(inquiry, tensor) * trace_quantities(inquiry->trace, tensor);
    return sum * trace_steps(inquiry->trace);
}

/* Where the report saw a deviation first, for each row. */
static void add_deviations(struct inquiry *inquiry, const goldstep_report *report)
{
    struct selection *sample = &inquiry->sample;
    size_t last = 0;
    for (size_t i = 0; i < report->row_count; i++) {
        const struct row *row = &report->rows[MODE_STATE_GIVEN][i];
        const struct sighting *seen = &row->tally.first_deviation;
        if (!seen->seen || sample->count >= SAMPLE_TENSORS)
            continue;
        for (size_t tensor = 0; tensor < trace_tensors(inquiry->trace); tensor++)
            if (strcmp(trace_tensor_name(inquiry->trace, tensor), row->tensor) == 0)
                add_range(sample, tensor, seen->index, 1);
        last = seen->step > last ? seen->step : last;
    }
    if (last > 0 && last + SAMPLE_STEPS < sample->steps)
        sample->steps = last + SAMPLE_STEPS;
}

static void add_edges(struct inquiry *inquiry)
{
    size_t tensors = trace_tensors(inquiry->trace);
    size_t stride = (tensors + SAMPLE_TENSORS - 1) / SAMPLE_TENSORS;
    for (size_t tensor = 0; tensor < tensors; tensor += stride) {
        size_t length = tensor_length(inquiry, tensor);
        size_t edge = length < 2 * SAMPLE_EDGE ? length : SAMPLE_EDGE;
        add_range(&inquiry->sample, tensor, 0, edge);
        if (edge < length)
            add_range(&inquiry->sample, tensor, length - edge, edge);
    }
}

/* Looks where the report saw deviations; without one, a large trace is checked for them. */
static void select_sample(struct inquiry *inquiry)
{
    goldstep_report *report = NULL;
    if (inquiry->report != NULL)
        add_deviations(inquiry, inquiry->report);
    else if (goldstep_check(inquiry->library, inquiry->trace, inquiry->named->name, &report,
                            NULL) == GOLDSTEP_OK)
        add_deviations(inquiry, report);
    add_edges(inquiry);
    goldstep_report_free(report);
}

static goldstep_status select_results(struct inquiry *inquiry, goldstep_error *error)
{
    size_t tensors = trace_tensors(inquiry->trace);
    inquiry->all.ranges = calloc(tensors + 1, sizeof(struct range));
    inquiry->sample.ranges = calloc(3 * SAMPLE_TENSORS + tensors + 1, sizeof(struct range));
    if (inquiry->all.ranges == NULL || inquiry->sample.ranges == NULL)
        return error_memory(error);
    inquiry->all.steps = inquiry->sample.steps = trace_steps(inquiry->trace);
    for (size_t tensor = 0; tensor < tensors; tensor++)
        add_range(&inquiry->all, tensor, 0, tensor_length(inquiry, tensor));
    inquiry->sampled = results(inquiry) > SAMPLE_RESULTS;
    if (inquiry->sampled) {
        select_sample(inquiry);
    } else {
        memcpy(inquiry->sample.ranges, inquiry->all.ranges, tensors * sizeof(struct range));
        inquiry->sample.count = tensors;
    }
    return GOLDSTEP_OK;
}

/* --- the suspects ----------------------------------------------------------------------------------------------- */

static const struct spec *root_of(const struct spec *spec)
{
    while (spec->parent != NULL)
        spec = spec->parent;
    return spec;
}

static bool ignores_hypers(const struct inquiry *inquiry, const struct spec *spec)
{
    for (size_t i = 0; i < trace_hypers(inquiry->trace); i++)
        if (spec_bind(spec, trace_hyper_name(inquiry->trace, i)).kind != BIND_HYPER)
            return true;
    return false;
}

static enum kinship kinship_of(const struct inquiry *inquiry, const struct spec *spec)
{
    if (spec == inquiry->named)
        return KIN_SELF;
    if (root_of(spec) != root_of(inquiry->named))
        return KIN_STRANGER;
    return ignores_hypers(inquiry, spec) ? KIN_FAMILY_IGNORING : KIN_FAMILY;
}

static enum kinship changed_kinship(enum kinship kinship)
{
    if (kinship == KIN_SELF)
        return KIN_SELF_CHANGED;
    return kinship == KIN_STRANGER ? KIN_STRANGER_CHANGED : KIN_FAMILY_CHANGED;
}

/* Judges a hypothesis on the sample, and on everything where that does not speak against it. */
static void examine(struct inquiry *inquiry, struct hypothesis *hypothesis)
{
    struct suspect *suspect = &inquiry->suspects[hypothesis->suspect];
    suspect_examine(suspect, &hypothesis->change, &inquiry->sample, false, &hypothesis->score);
    if (inquiry->sampled && score_explains(&hypothesis->score))
        suspect_examine(suspect, &hypothesis->change, &inquiry->all, false, &hypothesis->score);
}

/* Whether this change of this rule was kept already. */
static bool is_kept(const struct inquiry *inquiry, const struct hypothesis *hypothesis)
{
    for (size_t i = 0; i < inquiry->hypothesis_count; i++) {
        const struct hypothesis *kept = &inquiry->hypotheses[i];
        if (kept->suspect == hypothesis->suspect && kept->change.kind == hypothesis->change.kind &&
            kept->change.hyper == hypothesis->change.hyper &&
            kept->change.value == hypothesis->change.value)
            return true;
    }
    return false;
}

static goldstep_status keep(struct inquiry *inquiry, const struct hypothesis *hypothesis,
                            goldstep_error *error)
{
    if (is_kept(inquiry, hypothesis))
        return GOLDSTEP_OK;
    if (inquiry->hypothesis_count == inquiry->hypothesis_room) {
        size_t room = 2 * inquiry->hypothesis_room + 16;
        struct hypothesis *grown =
            reallocarray(inquiry->hypotheses, room, sizeof *inquiry->hypotheses);
        if (grown == NULL)
            return error_memory(error);
        inquiry->hypotheses = grown;
        inquiry->hypothesis_room = room;
    }
    inquiry->hypotheses[inquiry->hypothesis_count++] = *hypothesis;
    return GOLDSTEP_OK;
}

static void refuse(struct inquiry *inquiry, const struct spec *spec, const goldstep_error *why)
{
    struct refusal *refusal = &inquiry->refused[inquiry->refused_count++];
    const char *reason = why->message, *file = trace_file(inquiry->trace);
    size_t prefix = file == NULL ? 0 : strlen(file);
    if (prefix > 0 && strncmp(reason, file, prefix) == 0 && strncmp(reason + prefix, ": ", 2) == 0)
        reason += prefix + 2;
    refusal->spec = spec;
    snprintf(refusal->reason, sizeof refusal->reason, "%.500s", reason);
}

/* The rule as it is; one that does not fit the trace is refused. */
static goldstep_status add_suspect(struct inquiry *inquiry, const struct spec *spec,
                                   goldstep_error *error)
{
    goldstep_error why;
    struct suspect *suspect = &inquiry->suspects[inquiry->suspect_count];
    goldstep_status status = suspect_open(suspect, spec, inquiry->trace, &why);
    if (status == GOLDSTEP_BAD_INPUT) {
        refuse(inquiry, spec, &why);
        return GOLDSTEP_OK;
    }
    if (status != GOLDSTEP_OK) {
        if (error != NULL)
            *error = why;
        return status;
    }
    struct hypothesis hypothesis = {.suspect = inquiry->suspect_count++,
                                    .kinship = kinship_of(inquiry, spec)};
    examine(inquiry, &hypothesis);
    return keep(inquiry, &hypothesis, error);
}

static goldstep_status add_rules(struct inquiry *inquiry, bool strangers, goldstep_error *error)
{
    goldstep_status status = GOLDSTEP_OK;
    for (size_t i = 0; i < library_count(inquiry->library) && status == GOLDSTEP_OK; i++) {
        const struct spec *spec = library_spec(inquiry->library, i);
        if (spec->schedule == inquiry->named->schedule && spec != inquiry->named &&
            (kinship_of(inquiry, spec) == KIN_STRANGER) == strangers)
            status = add_suspect(inquiry, spec, error);
    }
    return status;
}

/* Whether a hypothesis of this kinship, or a closer one, explains everything. */
static bool explained(const struct inquiry *inquiry, enum kinship most)
{
    for (size_t i = 0; i < inquiry->hypothesis_count; i++)
        if (inquiry->hypotheses[i].kinship <= most && score_explains(&inquiry->hypotheses[i].score))
            return true;
    return false;
}

/* --- the changes ------------------------------------------------------------------------------------------------ */

/* A change without a value to search for; kept where it explains more than the rule as it is. */
static goldstep_status try_change(struct inquiry *inquiry, size_t base, struct change change,
                                  goldstep_error *error)
{
    struct hypothesis hypothesis = inquiry->hypotheses[base];
    size_t before = hypothesis.score.explained;
    hypothesis.kinship = changed_kinship(hypothesis.kinship);
    hypothesis.change = change;
    examine(inquiry, &hypothesis);
    if (hypothesis.score.explained > before || score_explains(&hypothesis.score))
        return keep(inquiry, &hypothesis, error);
    return GOLDSTEP_OK;
}

static goldstep_status try_steps(struct inquiry *inquiry, size_t base, goldstep_error *error)
{
    static const struct change changes[] = {
        {CHANGE_STEP_SHIFT, 0, -1}, {CHANGE_STEP_SHIFT, 0, 1}, {CHANGE_STEP_CONSTANT, 0, 1}};
    const struct suspect *suspect = &inquiry->suspects[inquiry->hypotheses[base].suspect];
    goldstep_status status = GOLDSTEP_OK;
    if (!suspect->spec->schedule && !spec_uses_step(suspect->spec))
        return status;
    for (size_t i = 0; i < sizeof changes / sizeof *changes && status == GOLDSTEP_OK; i++)
        status = try_change(inquiry, base, changes[i], error);
    return status;
}

/* A schedule that is ignored or comes late, and a step in the wrong direction. */
static goldstep_status try_course(struct inquiry *inquiry, size_t base, size_t hyper,
                                  goldstep_error *error)
{
    const struct suspect *suspect = &inquiry->suspects[inquiry->hypotheses[base].suspect];
    goldstep_status status = GOLDSTEP_OK;
    if (strcmp(suspect->spec->hypers.list[hyper].name, "lr") == 0)
        status = try_change(inquiry, base, (struct change){CHANGE_SCALE, hyper, -1}, error);
    if (status != GOLDSTEP_OK || !suspect_varies(suspect, hyper))
        return status;
    status =
        try_change(inquiry, base,
                   (struct change){CHANGE_VALUE, hyper, suspect_given(suspect, 1, hyper)}, error);
    if (status == GOLDSTEP_OK)
        status = try_change(inquiry, base, (struct change){CHANGE_LATE, hyper, 0}, error);
    return status;
}

static goldstep_status try_value(struct inquiry *inquiry, size_t base, struct change change,
                                 goldstep_error *error)
{
    struct hypothesis hypothesis = inquiry->hypotheses[base];
    struct suspect *suspect = &inquiry->suspects[hypothesis.suspect];
    struct observation first = hypothesis.score.first;
    if (hypothesis.score.unexplained == 0 ||
        !invert(suspect, change, &inquiry->sample, &first, &hypothesis.solution))
        return GOLDSTEP_OK;
    hypothesis.solved = true;
    hypothesis.kinship = changed_kinship(hypothesis.kinship);
    hypothesis.change = change;
    hypothesis.change.value = hypothesis.solution.value;
    if (inquiry->sampled && !invert(suspect, change, &inquiry->all, &first, &hypothesis.solution))
        return GOLDSTEP_OK;
    hypothesis.change.value = hypothesis.solution.value;
    examine(inquiry, &hypothesis);
    return keep(inquiry, &hypothesis, error);
}

/* All single changes of one rule. */
static goldstep_status try_changes(struct inquiry *inquiry, size_t base, goldstep_error *error)
{
    const struct suspect *suspect = &inquiry->suspects[inquiry->hypotheses[base].suspect];
    goldstep_status status = try_steps(inquiry, base, error);
    for (size_t h = 0; h < suspect->spec->hypers.count && status == GOLDSTEP_OK; h++)
        status = try_course(inquiry, base, h, error);
    for (size_t h = 0; h < suspect->spec->hypers.count && status == GOLDSTEP_OK; h++) {
        status = try_value(inquiry, base, (struct change){CHANGE_VALUE, h, 0}, error);
        if (status == GOLDSTEP_OK && suspect_varies(suspect, h))
            status = try_value(inquiry, base, (struct change){CHANGE_SCALE, h, 0}, error);
    }
    return status;
}

/* --- the ranking ------------------------------------------------------------------------------------------------ */

static int compare(const struct hypothesis *left, const struct hypothesis *right)
{
    int all = (int)score_explains(&right->score) - (int)score_explains(&left->score);
    if (all != 0)
        return all;
    if (!score_explains(&left->score) && left->score.explained != right->score.explained)
        return left->score.explained < right->score.explained ? 1 : -1;
    if (left->kinship != right->kinship)
        return left->kinship < right->kinship ? -1 : 1;
    return left->suspect != right->suspect ? (left->suspect < right->suspect ? -1 : 1) : 0;
}

/* Keeps the order of equals, which qsort need not. */
static void rank(struct inquiry *inquiry)
{
    for (size_t i = 1; i < inquiry->hypothesis_count; i++) {
        struct hypothesis moved = inquiry->hypotheses[i];
        size_t at = i;
        for (; at > 0 && compare(&inquiry->hypotheses[at - 1], &moved) > 0; at--)
            inquiry->hypotheses[at] = inquiry->hypotheses[at - 1];
        inquiry->hypotheses[at] = moved;
    }
}

/* --- the search ------------------------------------------------------------------------------------------------- */

static goldstep_status try_family(struct inquiry *inquiry, goldstep_error *error)
{
    goldstep_status status = GOLDSTEP_OK;
    size_t rules = inquiry->hypothesis_count;
    for (size_t i = 0; i < rules && status == GOLDSTEP_OK; i++)
        if (inquiry->hypotheses[i].kinship != KIN_SELF &&
            inquiry->hypotheses[i].change.kind == CHANGE_NONE)
            status = try_changes(inquiry, i, error);
    return status;
}

/* Rules of other families as they are; then changes of the closest of them. */
static goldstep_status try_strangers(struct inquiry *inquiry, goldstep_error *error)
{
    goldstep_status status = add_rules(inquiry, true, error);
    if (status != GOLDSTEP_OK || explained(inquiry, KIN_STRANGER))
        return status;
    rank(inquiry);
    size_t closest[STRANGERS], found = 0;
    for (size_t i = 0; i < inquiry->hypothesis_count && found < STRANGERS; i++)
        if (inquiry->hypotheses[i].kinship == KIN_STRANGER)
            closest[found++] = i;
    for (size_t i = 0; i < found && status == GOLDSTEP_OK; i++)
        status = try_changes(inquiry, closest[i], error);
    return status;
}

static goldstep_status search(struct inquiry *inquiry, goldstep_error *error)
{
    goldstep_status status = add_suspect(inquiry, inquiry->named, error);
    bool fits = inquiry->suspect_count > 0;
    if (status == GOLDSTEP_OK)
        status = add_rules(inquiry, false, error);
    if (status == GOLDSTEP_OK && fits && !explained(inquiry, KIN_FAMILY))
        status = try_changes(inquiry, 0, error);
    if (status == GOLDSTEP_OK && !explained(inquiry, KIN_FAMILY_IGNORING))
        status = try_family(inquiry, error);
    if (status == GOLDSTEP_OK && !explained(inquiry, KIN_FAMILY_CHANGED))
        status = try_strangers(inquiry, error);
    if (status == GOLDSTEP_OK)
        rank(inquiry);
    return status;
}

static goldstep_status inquire(struct inquiry *inquiry, goldstep_diagnosis *diagnosis,
                               goldstep_error *error)
{
    size_t rules = library_count(inquiry->library);
    inquiry->suspects = calloc(rules, sizeof *inquiry->suspects);
    inquiry->refused = calloc(rules, sizeof *inquiry->refused);
    if (inquiry->suspects == NULL || inquiry->refused == NULL)
        return error_memory(error);
    goldstep_status status = select_results(inquiry, error);
    if (status == GOLDSTEP_OK)
        status = search(inquiry, error);
    if (status == GOLDSTEP_OK && inquiry->hypothesis_count == 0)
        status = error_set(error, GOLDSTEP_BAD_INPUT, trace_file(inquiry->trace), 0, 0,
                           "no rule fits the trace; %s: %s", inquiry->refused[0].spec->shown,
                           inquiry->refused[0].reason);
    return status == GOLDSTEP_OK ? diagnosis_write(diagnosis, inquiry, error) : status;
}

static void inquiry_close(struct inquiry *inquiry)
{
    for (size_t i = 0; i < inquiry->suspect_count; i++)
        suspect_close(&inquiry->suspects[i]);
    free(inquiry->suspects);
    free(inquiry->refused);
    free(inquiry->hypotheses);
    free(inquiry->all.ranges);
    free(inquiry->sample.ranges);
}

static goldstep_status diagnose_rule(struct inquiry *inquiry, const char *rule,
                                     goldstep_diagnosis **result, goldstep_error *error)
{
    if (rule == NULL)
        rule = trace_rule(inquiry->trace);
    if (rule == NULL)
        return error_set(error, GOLDSTEP_BAD_INPUT, trace_file(inquiry->trace), 0, 0,
                         "the trace names no rule: expected one in it or in the call");
    inquiry->named = library_find(inquiry->library, rule, error);
    if (inquiry->named == NULL)
        return GOLDSTEP_BAD_INPUT;
    goldstep_diagnosis *diagnosis = calloc(1, sizeof *diagnosis);
    if (diagnosis == NULL)
        return error_memory(error);
    goldstep_status status = inquire(inquiry, diagnosis, error);
    if (status == GOLDSTEP_OK)
        *result = diagnosis;
    else
        goldstep_diagnosis_free(diagnosis);
    return status;
}

goldstep_status diagnose(const goldstep_library *library, const goldstep_trace *trace,
                         const char *rule, const goldstep_report *report,
                         goldstep_diagnosis **diagnosis, goldstep_error *error)
{
    struct inquiry inquiry = {.library = library, .trace = trace, .report = report};
    locale_t outer = c_locale_enter();
    goldstep_status status = diagnose_rule(&inquiry, rule, diagnosis, error);
    inquiry_close(&inquiry);
    mpfr_free_cache2(MPFR_FREE_LOCAL_CACHE); /* constants that MPFR keeps for this thread */
    c_locale_leave(outer);
    return status;
}

goldstep_status goldstep_diagnose(const goldstep_library *library, const goldstep_trace *trace,
                                  const char *rule, goldstep_diagnosis **diagnosis,
                                  goldstep_error *error)
{
    return diagnose(library, trace, rule, NULL, diagnosis, error);
}

bool goldstep_diagnosis_explains(const goldstep_diagnosis *diagnosis)
{
    return diagnosis->explains;
}

const char *goldstep_diagnosis_text(const goldstep_diagnosis *diagnosis)
{
    return diagnosis->text;
}

const char *goldstep_diagnosis_json(const goldstep_diagnosis *diagnosis)
{
    return diagnosis->json;
}

void goldstep_diagnosis_free(goldstep_diagnosis *diagnosis)
{
    if (diagnosis == NULL)
        return;
    free(diagnosis->lines);
    free(diagnosis->text);
    free(diagnosis->json);
    free(diagnosis);
}
