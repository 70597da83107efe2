/* The single changes of a rule that are tried. */
#include "verdict/inquiry.h"

#include "error.h"
#include "verdict/edits.h"

#include <string.h>

/* So late that no power of a number below 1 is left. */
#define LATE_STEP 1.0e15

static struct suspect *suspect_of(const struct inquiry *inquiry, size_t base)
{
    return &inquiry->suspects[inquiry->hypotheses[base].suspect];
}

static enum kinship changed_kinship(enum kinship kinship)
{
    if (kinship == KIN_SELF)
        return KIN_SELF_CHANGED;
    return kinship == KIN_STRANGER ? KIN_STRANGER_CHANGED : KIN_FAMILY_CHANGED;
}

static struct hypothesis changed(const struct inquiry *inquiry, size_t base, struct change change)
{
    struct hypothesis hypothesis = inquiry->hypotheses[base];
    hypothesis.kinship = changed_kinship(hypothesis.kinship);
    hypothesis.change = change;
    return hypothesis;
}

/* A change without a value to search for; kept where it explains everything. */
static goldstep_status try_rare(struct inquiry *inquiry, size_t base, struct change change,
                                goldstep_error *error)
{
    struct hypothesis hypothesis = changed(inquiry, base, change);
    if (hypothesis.kinship == KIN_SELF_CHANGED)
        hypothesis.kinship = KIN_SELF_CHANGED_RARELY;
    if (!inquiry_passes(inquiry, &hypothesis))
        return GOLDSTEP_OK;
    inquiry_examine(inquiry, &hypothesis);
    return inquiry_keep(inquiry, &hypothesis, error);
}

/* The same, kept too where it explains more than the rule as it is; of a single tensor that is not asked. */
static goldstep_status try_likely(struct inquiry *inquiry, size_t base, struct change change,
                                  goldstep_error *error)
{
    struct hypothesis hypothesis = changed(inquiry, base, change);
    size_t before = inquiry->hypotheses[base].score.explained;
    if (inquiry->only_tensor != ALL_TENSORS && !inquiry_passes(inquiry, &hypothesis))
        return GOLDSTEP_OK;
    inquiry_examine(inquiry, &hypothesis);
    if (hypothesis.score.explained > before || score_explains(&hypothesis.score))
        return inquiry_keep(inquiry, &hypothesis, error);
    return GOLDSTEP_OK;
}

/* Counted from 0 or from 2, not counted, counted twice; the first steps treated as late ones. */
static goldstep_status try_steps(struct inquiry *inquiry, size_t base, goldstep_error *error)
{
    static const struct {
        double factor, shift;
    } steps[] = {{1, -1}, {1, 1}, {0, 1}, {2, -1}, {2, 0}, {0, LATE_STEP}};
    const struct spec *spec = suspect_of(inquiry, base)->spec;
    goldstep_status status = GOLDSTEP_OK;
    if (spec->kind == SPEC_RULE && !spec_uses_step(spec))
        return status;
    for (size_t i = 0; i < sizeof steps / sizeof *steps && status == GOLDSTEP_OK; i++) {
        struct change change = {
            .kind = CHANGE_STEP, .factor = steps[i].factor, .value = steps[i].shift};
        if (i < 3)
            status = try_likely(inquiry, base, change, error);
        else if (steps[i].shift < LATE_STEP || spec->kind == SPEC_RULE)
            status = try_rare(inquiry, base, change, error);
    }
    return status;
}

/* A schedule that is ignored or comes late, and a step in the wrong direction. */
static goldstep_status try_course(struct inquiry *inquiry, size_t base, size_t hyper,
                                  goldstep_error *error)
{
    const struct suspect *suspect = suspect_of(inquiry, base);
    goldstep_status status = GOLDSTEP_OK;
    struct change reversed = {.kind = CHANGE_SCALE, .hyper = hyper, .value = -1};
    struct change frozen = {
        .kind = CHANGE_VALUE, .hyper = hyper, .value = suspect_given(suspect, 1, hyper)};
    struct change late = {.kind = CHANGE_LATE, .hyper = hyper};
    if (strcmp(suspect->spec->hypers.list[hyper].name, "lr") == 0)
        status = try_likely(inquiry, base, reversed, error);
    if (status != GOLDSTEP_OK || !suspect_varies(suspect, hyper))
        return status;
    status = try_likely(inquiry, base, frozen, error);
    return status == GOLDSTEP_OK ? try_likely(inquiry, base, late, error) : status;
}

/* Two hyperparameters in each other's place. */
static goldstep_status try_swaps(struct inquiry *inquiry, size_t base, goldstep_error *error)
{
    struct suspect *suspect = suspect_of(inquiry, base);
    goldstep_status status = GOLDSTEP_OK;
    for (size_t a = 0; a < suspect->spec->hypers.count; a++) {
        for (size_t b = a + 1; b < suspect->spec->hypers.count && status == GOLDSTEP_OK; b++) {
            struct change change = {.kind = CHANGE_SWAP, .hyper = a, .other = b};
            if (suspect_admits(suspect, &change))
                status = try_rare(inquiry, base, change, error);
        }
    }
    return status;
}

/* Hyperparameters kept in a narrower format than the trace's. */
static goldstep_status try_rounding(struct inquiry *inquiry, size_t base, goldstep_error *error)
{
    static const int bits[] = {24, 11, 8};
    goldstep_status status = GOLDSTEP_OK;
    for (size_t i = 0; i < sizeof bits / sizeof *bits && status == GOLDSTEP_OK; i++) {
        struct change change = {.kind = CHANGE_ROUND, .value = bits[i]};
        if (bits[i] < suspect_of(inquiry, base)->session->format->precision)
            status = try_rare(inquiry, base, change, error);
    }
    return status;
}

static goldstep_status try_value(struct inquiry *inquiry, size_t base, struct change change,
                                 goldstep_error *error)
{
    struct suspect *suspect = suspect_of(inquiry, base);
    struct hypothesis hypothesis = changed(inquiry, base, change);
    struct observation first = hypothesis.score.first;
    if (hypothesis.score.unexplained == 0 ||
        !invert(suspect, change, &inquiry->sample, &first, &hypothesis.solution))
        return GOLDSTEP_OK;
    if (change.kind == CHANGE_STEP && hypothesis.solution.most >= MOST_STEPS)
        return GOLDSTEP_OK; /* as good as infinity, which try_steps tries */
    hypothesis.solved = true;
    hypothesis.change.value = hypothesis.solution.value;
    inquiry_examine(inquiry, &hypothesis);
    if (!score_explains(&hypothesis.score)) { /* the rest of the trace says more about the value */
        if (!invert_further(suspect, change, &inquiry->all, &hypothesis.solution))
            return GOLDSTEP_OK;
        hypothesis.change.value = hypothesis.solution.value;
        inquiry_examine(inquiry, &hypothesis);
    }
    return inquiry_keep(inquiry, &hypothesis, error);
}

/* A count that begins elsewhere, or stands still. */
static goldstep_status try_counts(struct inquiry *inquiry, size_t base, goldstep_error *error)
{
    const struct spec *spec = suspect_of(inquiry, base)->spec;
    goldstep_status status = GOLDSTEP_OK;
    for (int factor = 1; factor >= 0 && status == GOLDSTEP_OK; factor--)
        if (spec->kind == SPEC_SCHEDULE || spec_uses_step(spec))
            status = try_value(inquiry, base,
                               (struct change){.kind = CHANGE_STEP, .factor = factor}, error);
    return status;
}

goldstep_status inquiry_try_changes(struct inquiry *inquiry, size_t base, goldstep_error *error)
{
    const struct suspect *suspect = suspect_of(inquiry, base);
    size_t hypers = suspect->spec->hypers.count;
    goldstep_status status = try_steps(inquiry, base, error);
    for (size_t h = 0; h < hypers && status == GOLDSTEP_OK; h++)
        status = try_course(inquiry, base, h, error);
    for (size_t h = 0; h < hypers && status == GOLDSTEP_OK; h++) {
        struct change change = {.kind = CHANGE_VALUE, .hyper = h};
        status = try_value(inquiry, base, change, error);
        change.kind = CHANGE_SCALE;
        if (status == GOLDSTEP_OK && suspect_varies(suspect, h))
            status = try_value(inquiry, base, change, error);
    }
    if (status == GOLDSTEP_OK)
        status = try_counts(inquiry, base, error);
    if (status == GOLDSTEP_OK)
        status = try_swaps(inquiry, base, error);
    return status == GOLDSTEP_OK ? try_rounding(inquiry, base, error) : status;
}

/* --- changes of trees ------------------------------------------------------------------------------------------ */

/* Looks at the base's first unexplained result before it looks at the sample. */
static bool may_explain(struct inquiry *inquiry, const struct hypothesis *base,
                        const struct hypothesis *edited)
{
    struct answer answer =
        suspect_answer(&inquiry->suspects[edited->suspect], &edited->change, &base->score.first);
    return answer.outcome == OUTCOME_EXPLAINED && inquiry_passes(inquiry, edited);
}

static goldstep_status try_edit(struct inquiry *inquiry, const struct hypothesis *base,
                                const struct tree_change *tree, goldstep_error *error)
{
    const struct suspect *suspect = &inquiry->suspects[base->suspect];
    struct hypothesis edited = *base;
    goldstep_status status = GOLDSTEP_OK;
    size_t before = suspect->asked;
    edited.kinship = base->kinship == KIN_SELF ? KIN_SELF_EDITED : KIN_FAMILY_EDITED;
    edited.change = (struct change){.kind = CHANGE_TREE, .tree = tree};
    if (may_explain(inquiry, base, &edited)) {
        inquiry_examine(inquiry, &edited);
        if (score_explains(&edited.score))
            status = inquiry_keep(inquiry, &edited, error);
    }
    inquiry->edits_tried++;
    inquiry->edited_results += suspect->asked - before;
    return status;
}

goldstep_status inquiry_try_edits(struct inquiry *inquiry, size_t base, goldstep_error *error)
{
    const struct hypothesis own = inquiry->hypotheses[base];
    struct edits edits;
    goldstep_status status =
        edits_list(suspect_of(inquiry, base)->spec, &inquiry->arena, &edits, error);
    for (size_t i = 0; i < edits.count && status == GOLDSTEP_OK; i++) {
        bool several = edits.list[i]->edit.more != NULL;
        inquiry->cut_off =
            inquiry->edits_tried == MAX_EDITS_TRIED || inquiry->edited_results > MAX_EDITED_RESULTS;
        if (inquiry->cut_off || (several && inquiry_explains(inquiry, KIN_FAMILY_EDITED)))
            break;
        status = try_edit(inquiry, &own, edits.list[i], error);
    }
    edits_free(&edits);
    return status;
}
