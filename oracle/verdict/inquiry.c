/* What is at hand while a trace is diagnosed: what is looked at, the rules that fit, and what was tried. */
#include "verdict/inquiry.h"

#include "error.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    SAMPLE_RESULTS = 20000, /* a trace with more is looked at in part first */
    SAMPLE_TENSORS = 16,
    SAMPLE_PART = 16, /* coordinates from both ends and the middle of a tensor */
    SAMPLE_STEPS = 8, /* steps beyond the first deviation */
};

/* --- the selections --------------------------------------------------------------------------------------------- */

/* 0 for a tensor that is not looked at. */
static size_t tensor_length(const struct inquiry *inquiry, size_t tensor)
{
    if (inquiry->only_tensor != ALL_TENSORS && inquiry->only_tensor != tensor)
        return 0;
    const struct trace_array *x = trace_find(inquiry->trace, 0, tensor, "x");
    return inquiry->named->kind == SPEC_SCHEDULE ? 1 : x == NULL ? 0 : x->count;
}

static void add_range(struct selection *selection, size_t tensor, size_t first, size_t count)
{
    if (count > 0)
        selection->ranges[selection->count++] = (struct range){tensor, first, count};
}

static size_t results(const struct inquiry *inquiry)
{
    size_t sum = 0;
    for (size_t tensor = 0; tensor < trace_tensors(inquiry->trace); tensor++)
        sum += tensor_length(inquiry, tensor) * trace_quantities(inquiry->trace, tensor);
    return sum * trace_steps(inquiry->trace);
}

/* Looks as far as the report's deviations, and a little further. */
static void choose_steps(struct inquiry *inquiry, const goldstep_report *report)
{
    size_t last = 0;
    for (size_t i = 0; i < report->row_count; i++) {
        const struct sighting *seen = &report->rows[MODE_STATE_GIVEN][i].tally.first_deviation;
        last = seen->seen && seen->step > last ? seen->step : last;
    }
    if (last > 0 && last + SAMPLE_STEPS < inquiry->sample.steps)
        inquiry->sample.steps = last + SAMPLE_STEPS;
}

static void add_coordinate(struct selection *sample, size_t tensor, size_t index)
{
    for (size_t i = 0; i < sample->count; i++) {
        const struct range *range = &sample->ranges[i];
        if (range->tensor == tensor && index >= range->first && index - range->first < range->count)
            return;
    }
    add_range(sample, tensor, index, 1);
}

/* Where the report saw a deviation first, for each row. */
static void add_deviations(struct inquiry *inquiry, const goldstep_report *report)
{
    size_t most = inquiry->sample.count + SAMPLE_TENSORS;
    for (size_t i = 0; i < report->row_count && inquiry->sample.count < most; i++) {
        const struct row *row = &report->rows[MODE_STATE_GIVEN][i];
        for (size_t tensor = 0; tensor < trace_tensors(inquiry->trace); tensor++)
            if (row->tally.first_deviation.seen && tensor_length(inquiry, tensor) > 0 &&
                strcmp(trace_tensor_name(inquiry->trace, tensor), row->tensor) == 0)
                add_coordinate(&inquiry->sample, tensor, row->tally.first_deviation.index);
    }
}

/* How many coordinates from each part of a tensor keep the sample small. */
static size_t part_length(const struct inquiry *inquiry, size_t tensors)
{
    size_t results = inquiry->sample.steps * 3 * tensors * trace_quantities(inquiry->trace, 0);
    size_t most = results == 0 ? SAMPLE_PART : SAMPLE_RESULTS / results;
    return most < 1 ? 1 : most < SAMPLE_PART ? most : SAMPLE_PART;
}

/* The ends and the middle of the tensors, or of some where there are many. */
static void add_parts(struct inquiry *inquiry)
{
    size_t tensors = trace_tensors(inquiry->trace);
    size_t stride = (tensors + SAMPLE_TENSORS - 1) / SAMPLE_TENSORS;
    size_t part = part_length(inquiry, tensors / stride + 1);
    for (size_t tensor = 0; tensor < tensors; tensor++) {
        size_t length = tensor_length(inquiry, tensor);
        if (length == 0 || (tensor % stride != 0 && tensor != inquiry->only_tensor))
            continue;
        if (length <= 3 * part) {
            add_range(&inquiry->sample, tensor, 0, length);
            continue;
        }
        add_range(&inquiry->sample, tensor, 0, part);
        add_range(&inquiry->sample, tensor, length / 2, part);
        add_range(&inquiry->sample, tensor, length - part, part);
    }
}

goldstep_status inquiry_select(struct inquiry *inquiry, goldstep_error *error)
{
    size_t tensors = trace_tensors(inquiry->trace);
    inquiry->all.ranges = calloc(tensors + 1, sizeof(struct range));
    inquiry->sample.ranges = calloc(4 * SAMPLE_TENSORS + tensors + 1, sizeof(struct range));
    if (inquiry->all.ranges == NULL || inquiry->sample.ranges == NULL)
        return error_memory(error);
    inquiry->all.steps = inquiry->sample.steps = trace_steps(inquiry->trace);
    for (size_t tensor = 0; tensor < tensors; tensor++)
        add_range(&inquiry->all, tensor, 0, tensor_length(inquiry, tensor));
    inquiry->sampled = results(inquiry) > SAMPLE_RESULTS;
    if (inquiry->sampled) {
        if (inquiry->report != NULL)
            choose_steps(inquiry, inquiry->report);
        add_parts(inquiry);
        if (inquiry->report != NULL)
            add_deviations(inquiry, inquiry->report);
    } else {
        inquiry->sample.count = inquiry->all.count;
        memcpy(inquiry->sample.ranges, inquiry->all.ranges,
               inquiry->all.count * sizeof(struct range));
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

bool inquiry_ignores(const struct inquiry *inquiry, const struct spec *spec, size_t hyper)
{
    const char *name = trace_hyper_name(inquiry->trace, hyper);
    double value;
    return spec_bind(spec, name).kind != BIND_HYPER &&
           trace_hyper(inquiry->trace, trace_steps(inquiry->trace), name, &value) && value != 0;
}

static bool ignores_any(const struct inquiry *inquiry, const struct spec *spec)
{
    for (size_t i = 0; i < trace_hypers(inquiry->trace); i++)
        if (inquiry_ignores(inquiry, spec, i))
            return true;
    return false;
}

bool inquiry_lacks(const struct inquiry *inquiry, const char *hyper)
{
    double value;
    return !trace_hyper(inquiry->trace, trace_steps(inquiry->trace), hyper, &value) &&
           spec_bind(inquiry->named, hyper).kind != BIND_HYPER;
}

/* Hyperparameters that only the trace, or only the rule has. */
static size_t misfit(const struct inquiry *inquiry, const struct spec *spec)
{
    size_t count = 0;
    for (size_t i = 0; i < spec->hypers.count; i++)
        count += inquiry_lacks(inquiry, spec->hypers.list[i].name);
    for (size_t i = 0; i < trace_hypers(inquiry->trace); i++)
        count += spec_bind(spec, trace_hyper_name(inquiry->trace, i)).kind != BIND_HYPER;
    return count;
}

static enum kinship kinship_of(const struct inquiry *inquiry, const struct spec *spec)
{
    if (spec == inquiry->named)
        return KIN_SELF;
    if (root_of(spec) != root_of(inquiry->named))
        return KIN_STRANGER;
    return ignores_any(inquiry, spec) ? KIN_FAMILY_IGNORING : KIN_FAMILY;
}

void inquiry_examine(struct inquiry *inquiry, struct hypothesis *hypothesis)
{
    struct suspect *suspect = &inquiry->suspects[hypothesis->suspect];
    const struct change *change = &hypothesis->change;
    struct score *score = &hypothesis->score;
    suspect_examine(suspect, change, &inquiry->sample, false, score);
    if (!inquiry->sampled || !score_explains(score))
        return;
    if (inquiry->only_tensor != ALL_TENSORS || !suspect_confirm(suspect, change, score))
        suspect_examine(suspect, change, &inquiry->all, false, score);
}

/* Whether this change of this rule was kept already. */
static bool is_kept(const struct inquiry *inquiry, const struct hypothesis *hypothesis)
{
    for (size_t i = 0; i < inquiry->hypothesis_count; i++) {
        const struct hypothesis *kept = &inquiry->hypotheses[i];
        if (kept->suspect == hypothesis->suspect && kept->change.kind == hypothesis->change.kind &&
            kept->change.hyper == hypothesis->change.hyper &&
            kept->change.other == hypothesis->change.other &&
            kept->change.value == hypothesis->change.value &&
            kept->change.factor == hypothesis->change.factor &&
            kept->change.tree == hypothesis->change.tree)
            return true;
    }
    return false;
}

goldstep_status inquiry_keep(struct inquiry *inquiry, const struct hypothesis *hypothesis,
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

bool inquiry_passes(struct inquiry *inquiry, const struct hypothesis *hypothesis)
{
    struct score score;
    suspect_examine(&inquiry->suspects[hypothesis->suspect], &hypothesis->change, &inquiry->sample,
                    true, &score);
    return score_explains(&score);
}

goldstep_status inquiry_add(struct inquiry *inquiry, const struct spec *spec, bool must_explain,
                            goldstep_error *error)
{
    goldstep_error why;
    struct suspect *suspect = &inquiry->suspects[inquiry->suspect_count];
    goldstep_status status =
        suspect_open(suspect, spec, inquiry->trace, inquiry->named, false, &why);
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
                                    .kinship = kinship_of(inquiry, spec),
                                    .misfit = misfit(inquiry, spec)};
    if (must_explain && !inquiry_passes(inquiry, &hypothesis))
        return GOLDSTEP_OK;
    inquiry_examine(inquiry, &hypothesis);
    return inquiry_keep(inquiry, &hypothesis, error);
}

goldstep_status inquiry_add_all(struct inquiry *inquiry, bool strangers, bool must_explain,
                                goldstep_error *error)
{
    goldstep_status status = GOLDSTEP_OK;
    for (size_t i = 0; i < library_count(inquiry->library) && status == GOLDSTEP_OK; i++) {
        const struct spec *spec = library_spec(inquiry->library, i);
        if (spec->kind == inquiry->named->kind && spec != inquiry->named &&
            (kinship_of(inquiry, spec) == KIN_STRANGER) == strangers)
            status = inquiry_add(inquiry, spec, must_explain, error);
    }
    return status;
}

bool inquiry_explains(const struct inquiry *inquiry, enum kinship most)
{
    for (size_t i = 0; i < inquiry->hypothesis_count; i++)
        if (inquiry->hypotheses[i].kinship <= most && score_explains(&inquiry->hypotheses[i].score))
            return true;
    return false;
}

/* --- the ranking ------------------------------------------------------------------------------------------------ */

static int tree_rank(const struct hypothesis *hypothesis)
{
    return hypothesis->change.tree != NULL ? hypothesis->change.tree->rank : 0;
}

static int compare(const struct hypothesis *left, const struct hypothesis *right)
{
    int all = (int)score_explains(&right->score) - (int)score_explains(&left->score);
    if (all != 0)
        return all;
    size_t told = score_told(&left->score), right_told = score_told(&right->score);
    if (!score_explains(&left->score) && told != right_told)
        return told < right_told ? 1 : -1;
    if (left->kinship != right->kinship)
        return left->kinship < right->kinship ? -1 : 1;
    if (left->misfit != right->misfit)
        return left->misfit < right->misfit ? -1 : 1;
    int rank = tree_rank(left) - tree_rank(right);
    if (rank != 0)
        return rank;
    return left->suspect != right->suspect ? (left->suspect < right->suspect ? -1 : 1) : 0;
}

/* Keeps the order of equals, which qsort need not. */
void inquiry_rank(struct inquiry *inquiry)
{
    for (size_t i = 1; i < inquiry->hypothesis_count; i++) {
        struct hypothesis moved = inquiry->hypotheses[i];
        size_t at = i;
        for (; at > 0 && compare(&inquiry->hypotheses[at - 1], &moved) > 0; at--)
            inquiry->hypotheses[at] = inquiry->hypotheses[at - 1];
        inquiry->hypotheses[at] = moved;
    }
}

void inquiry_close(struct inquiry *inquiry)
{
    for (size_t i = 0; i < inquiry->suspect_count; i++)
        suspect_close(&inquiry->suspects[i]);
    free(inquiry->suspects);
    free(inquiry->refused);
    free(inquiry->hypotheses);
    arena_free(&inquiry->arena);
    free(inquiry->all.ranges);
    free(inquiry->sample.ranges);
}
