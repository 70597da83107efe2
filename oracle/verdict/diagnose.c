/* The search for what explains a trace: the rules of the family, single changes of them, the other rules. */
#include "verdict/diagnose.h"

#include "c_locale.h"
#include "error.h"

#include <stdlib.h>
#include <string.h>

enum { STRANGERS = 2 }; /* rules of other families whose changes are tried */

static goldstep_status try_family(struct inquiry *inquiry, goldstep_error *error)
{
    goldstep_status status = GOLDSTEP_OK;
    size_t rules = inquiry->hypothesis_count;
    for (size_t i = 0; i < rules && status == GOLDSTEP_OK; i++)
        if (inquiry->hypotheses[i].kinship != KIN_SELF &&
            inquiry->hypotheses[i].change.kind == CHANGE_NONE)
            status = inquiry_try_changes(inquiry, i, error);
    return status;
}

/* Rules of other families as they are: those that explain what is explained already, or, where nothing does, all, and
 * changes of the closest. */
static goldstep_status try_strangers(struct inquiry *inquiry, goldstep_error *error)
{
    bool known = inquiry_explains(inquiry, KIN_FAMILY_CHANGED);
    goldstep_status status = inquiry_add_all(inquiry, true, known, error);
    if (status != GOLDSTEP_OK || inquiry_explains(inquiry, KIN_STRANGER))
        return status;
    inquiry_rank(inquiry);
    size_t closest[STRANGERS], found = 0;
    for (size_t i = 0; i < inquiry->hypothesis_count && found < STRANGERS; i++)
        if (inquiry->hypotheses[i].kinship == KIN_STRANGER)
            closest[found++] = i;
    for (size_t i = 0; i < found && status == GOLDSTEP_OK; i++)
        status = inquiry_try_changes(inquiry, closest[i], error);
    return status;
}

/* A trace without results would be explained by anything. */
static goldstep_status check_results(const struct inquiry *inquiry, goldstep_error *error)
{
    for (size_t step = 1; step <= trace_steps(inquiry->trace); step++)
        for (size_t tensor = 0; tensor < trace_tensors(inquiry->trace); tensor++)
            if (trace_find(inquiry->trace, step, tensor,
                           inquiry->named->kind == SPEC_SCHEDULE ? "lr" : "x"))
                return GOLDSTEP_OK;
    return error_set(error, GOLDSTEP_BAD_INPUT, trace_file(inquiry->trace), 0, 0,
                     "the trace holds no result to judge: expected `%s` at step 1 or later",
                     inquiry->named->kind == SPEC_SCHEDULE ? "lr" : "x");
}

/* The named rule and its family, and single changes of them. */
static goldstep_status search_family(struct inquiry *inquiry, goldstep_error *error)
{
    goldstep_status status = inquiry_add(inquiry, inquiry->named, false, error);
    bool fits = inquiry->suspect_count > 0;
    if (status == GOLDSTEP_OK)
        status = inquiry_add_all(inquiry, false, false, error);
    if (status == GOLDSTEP_OK && fits && !inquiry_explains(inquiry, KIN_FAMILY))
        status = inquiry_try_changes(inquiry, 0, error);
    if (status == GOLDSTEP_OK && !inquiry_explains(inquiry, KIN_SELF_CHANGED_RARELY))
        status = try_family(inquiry, error);
    if (status == GOLDSTEP_OK)
        inquiry_rank(inquiry);
    return status;
}

static goldstep_status open_inquiry(struct inquiry *inquiry, goldstep_error *error)
{
    size_t rules = library_count(inquiry->library);
    inquiry->suspects = calloc(rules, sizeof *inquiry->suspects);
    inquiry->refused = calloc(rules, sizeof *inquiry->refused);
    if (inquiry->suspects == NULL || inquiry->refused == NULL)
        return error_memory(error);
    return inquiry_select(inquiry, error);
}

/* Where nothing explains the whole, one tensor may be treated otherwise than the next. */
static goldstep_status search_tensor(const struct inquiry *inquiry, size_t tensor, char *name,
                                     goldstep_error *error)
{
    struct inquiry part = {.library = inquiry->library,
                           .trace = inquiry->trace,
                           .named = inquiry->named,
                           .report = inquiry->report,
                           .only_tensor = tensor};
    goldstep_status status = open_inquiry(&part, error);
    if (status == GOLDSTEP_OK)
        status = search_family(&part, error);
    if (status == GOLDSTEP_OK && part.hypothesis_count > 0 &&
        score_explains(&part.hypotheses[0].score))
        hypothesis_name(&part, &part.hypotheses[0], name, NULL);
    inquiry_close(&part);
    return status;
}

static goldstep_status search_tensors(struct inquiry *inquiry, goldstep_error *error)
{
    size_t tensors = trace_tensors(inquiry->trace);
    goldstep_status status = GOLDSTEP_OK;
    if (tensors < 2 || tensors > MAX_PARTS)
        return status;
    for (size_t tensor = 0; tensor < tensors && status == GOLDSTEP_OK; tensor++)
        status = search_tensor(inquiry, tensor, inquiry->parts[tensor], error);
    return status;
}

/* The value of one hyperparameter that explains one quantity of the closest rule, whatever the others are. */
static void search_quantity(struct inquiry *inquiry, struct hypothesis closest, size_t quantity)
{
    struct suspect *suspect = &inquiry->suspects[closest.suspect];
    struct selection selection = inquiry->sample;
    selection.one_quantity = true;
    selection.quantity = quantity;
    suspect_examine(suspect, &closest.change, &selection, false, &closest.score);
    struct observation first = closest.score.first;
    for (size_t h = 0; h < suspect->spec->hypers.count; h++) {
        struct hypothesis found = {.suspect = closest.suspect,
                                   .change = {.kind = CHANGE_VALUE, .hyper = h},
                                   .solved = true};
        if (inquiry->partial_count == MAX_PARTS ||
            !invert(suspect, found.change, &selection, &first, &found.solution))
            continue;
        found.change.value = found.solution.value;
        suspect_examine(suspect, &found.change, &selection, false, &found.score);
        inquiry->partials[inquiry->partial_count++] =
            (struct partial){suspect_quantity(suspect, quantity), found};
    }
}

/* Where nothing explains all, a state may still be told from x, whose equation reads it. */
static void search_quantities(struct inquiry *inquiry)
{
    if (inquiry->hypothesis_count == 0 || inquiry->hypotheses[0].change.kind != CHANGE_NONE)
        return;
    struct hypothesis closest = inquiry->hypotheses[0];
    for (size_t q = 1; q < suspect_quantities(&inquiry->suspects[closest.suspect]); q++)
        if (closest.score.bad[q] > 0)
            search_quantity(inquiry, closest, q);
}

/* Rules that do not fit only because the trace has a state that they lack, and that explain the rest. */
static goldstep_status search_stateless(struct inquiry *inquiry, goldstep_error *error)
{
    for (size_t i = 0; i < inquiry->refused_count && inquiry->stateless_count < MAX_PARTS; i++) {
        goldstep_error why;
        struct suspect *suspect = &inquiry->suspects[inquiry->suspect_count];
        goldstep_status status = suspect_open(suspect, inquiry->refused[i].spec, inquiry->trace,
                                              inquiry->named, true, &why);
        if (status == GOLDSTEP_BAD_INPUT)
            continue;
        if (status != GOLDSTEP_OK)
            return error_memory(error);
        struct hypothesis hypothesis = {.suspect = inquiry->suspect_count++,
                                        .kinship = KIN_STRANGER};
        if (!inquiry_passes(inquiry, &hypothesis))
            continue;
        inquiry_examine(inquiry, &hypothesis);
        if (score_explains(&hypothesis.score))
            inquiry->stateless[inquiry->stateless_count++] = hypothesis;
    }
    return GOLDSTEP_OK;
}

/* Changes of the trees of the named rule, and, where none of them explains everything, of its family's, the closest
 * first. */
static goldstep_status search_edits(struct inquiry *inquiry, goldstep_error *error)
{
    goldstep_status status = GOLDSTEP_OK;
    size_t rules = inquiry->hypothesis_count;
    for (enum kinship kinship = KIN_SELF; kinship <= KIN_FAMILY_IGNORING; kinship++)
        for (size_t i = 0; i < rules && status == GOLDSTEP_OK; i++) {
            const struct hypothesis *base = &inquiry->hypotheses[i];
            if (base->kinship != kinship || base->change.kind != CHANGE_NONE ||
                base->score.unexplained == 0 || inquiry_explains(inquiry, KIN_FAMILY_EDITED))
                continue;
            status = inquiry_try_edits(inquiry, i, error);
        }
    inquiry_rank(inquiry);
    return status;
}

static goldstep_status search(struct inquiry *inquiry, goldstep_error *error)
{
    goldstep_status status = search_family(inquiry, error);
    if (status == GOLDSTEP_OK)
        status = try_strangers(inquiry, error);
    inquiry_rank(inquiry);
    if (status != GOLDSTEP_OK || inquiry_explains(inquiry, KIN_STRANGER_CHANGED))
        return status;
    status = search_edits(inquiry, error);
    if (status != GOLDSTEP_OK || inquiry_explains(inquiry, KIN_FAMILY_EDITED))
        return status;
    status = search_tensors(inquiry, error);
    search_quantities(inquiry);
    return status == GOLDSTEP_OK ? search_stateless(inquiry, error) : status;
}

static goldstep_status inquire(struct inquiry *inquiry, goldstep_diagnosis *diagnosis,
                               goldstep_error *error)
{
    goldstep_status status = check_results(inquiry, error);
    if (status == GOLDSTEP_OK)
        status = open_inquiry(inquiry, error);
    if (status == GOLDSTEP_OK)
        status = search(inquiry, error);
    if (status == GOLDSTEP_OK && inquiry->hypothesis_count == 0)
        status = error_set(error, GOLDSTEP_BAD_INPUT, trace_file(inquiry->trace), 0, 0,
                           "no rule fits the trace; %s: %s", inquiry->refused[0].spec->shown,
                           inquiry->refused[0].reason);
    return status == GOLDSTEP_OK ? diagnosis_write(diagnosis, inquiry, error) : status;
}

/* The diagnosis begins where the check ends. */
static goldstep_status inquire_after_check(struct inquiry *inquiry, goldstep_diagnosis *diagnosis,
                                           goldstep_error *error)
{
    goldstep_report *own = NULL;
    if (inquiry->report == NULL && goldstep_check(inquiry->library, inquiry->trace,
                                                  inquiry->named->name, &own, NULL) == GOLDSTEP_OK)
        inquiry->report = own;
    goldstep_status status = inquire(inquiry, diagnosis, error);
    goldstep_report_free(own);
    return status;
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
    goldstep_status status = inquire_after_check(inquiry, diagnosis, error);
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
    struct inquiry inquiry = {
        .library = library, .trace = trace, .report = report, .only_tensor = ALL_TENSORS};
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
