/* What is at hand while a trace is diagnosed: what is looked at, the rules that fit, and what was tried. */
#ifndef GOLDSTEP_INQUIRY_H
#define GOLDSTEP_INQUIRY_H

#include "verdict/invert.h"

#define ALL_TENSORS SIZE_MAX

enum {
    MAX_PARTS = 8, /* tensors that are explained one by one where nothing explains them all */
    HYPOTHESIS_NAME = 640,
    MAX_EDITS_TRIED = 25000, /* changes of trees, and results that are judged by them */
    MAX_EDITED_RESULTS = 100000,
};

/* In the order in which they are believed where several explain everything. */
enum kinship {
    KIN_SELF,
    KIN_FAMILY,
    KIN_SELF_CHANGED,
    KIN_FAMILY_IGNORING, /* the trace has hyperparameters, other than 0, that the rule does not */
    KIN_SELF_CHANGED_RARELY, /* in a way that is seldom seen */
    KIN_FAMILY_CHANGED,
    KIN_STRANGER,
    KIN_STRANGER_CHANGED,
    KIN_SELF_EDITED, /* an equation has another tree; looked for where nothing else explains all */
    KIN_FAMILY_EDITED,
};

struct hypothesis {
    size_t suspect;
    enum kinship kinship;
    size_t misfit; /* hyperparameters that only the trace or only the rule has */
    struct change change;
    bool solved; /* the change's value was searched for, and these are the values that explain */
    struct solution solution;
    struct score score;
};

struct refusal {
    const struct spec *spec;
    char reason[512];
};

/* What explains one quantity, where nothing explains all. */
struct partial {
    const char *quantity;
    struct hypothesis hypothesis;
};

/* What is at hand while a trace is diagnosed. */
struct inquiry {
    const goldstep_library *library;
    const goldstep_trace *trace;
    const struct spec *named;
    const goldstep_report
        *report; /* the named rule's check, or NULL where it does not fit the trace */
    struct suspect *suspects;
    struct hypothesis *hypotheses; /* ranked in the end */
    struct refusal *refused;
    size_t suspect_count, hypothesis_count, refused_count;
    size_t hypothesis_room;
    struct selection all, sample;
    bool sampled;       /* the sample is not all */
    size_t only_tensor; /* the trace is looked at in this tensor only, or ALL_TENSORS */
    char parts[MAX_PARTS][HYPOTHESIS_NAME]; /* what explains each tensor by itself, or "" */
    struct partial partials[MAX_PARTS];
    size_t partial_count;
    struct hypothesis
        stateless[MAX_PARTS]; /* rules that explain all but states that they do not have */
    size_t stateless_count;
    struct arena arena; /* the changed trees */
    size_t edits_tried, edited_results;
    bool cut_off; /* changes of trees are left that were not tried */
};

/* Chooses what is looked at. */
goldstep_status inquiry_select(struct inquiry *inquiry, goldstep_error *error);

/* Adds a rule as it is, if it fits the trace; else it is refused. `must_explain`: only if it explains everything. */
goldstep_status inquiry_add(struct inquiry *inquiry, const struct spec *spec, bool must_explain,
                            goldstep_error *error);

/* Adds those rules of the library that are (not) of the named rule's family, but the named rule itself. */
goldstep_status inquiry_add_all(struct inquiry *inquiry, bool strangers, bool must_explain,
                                goldstep_error *error);

/* Whether the rule does not have this hyperparameter of the trace, which is not 0. */
bool inquiry_ignores(const struct inquiry *inquiry, const struct spec *spec, size_t hyper);

/* Whether neither the trace nor the named rule has this hyperparameter, so that a rule takes its own default. */
bool inquiry_lacks(const struct inquiry *inquiry, const char *hyper);

/* Whether nothing speaks against a hypothesis in the sample; cheap where something does. */
bool inquiry_passes(struct inquiry *inquiry, const struct hypothesis *hypothesis);

/* Judges a hypothesis on the sample, and on everything where nothing speaks against it. */
void inquiry_examine(struct inquiry *inquiry, struct hypothesis *hypothesis);

/* Keeps a hypothesis that was examined, unless it was kept before. */
goldstep_status inquiry_keep(struct inquiry *inquiry, const struct hypothesis *hypothesis,
                             goldstep_error *error);

/* Whether a hypothesis of this kinship, or a closer one, explains everything. */
bool inquiry_explains(const struct inquiry *inquiry, enum kinship most);

/* Sorts the hypotheses: what explains everything, then what explains most. */
void inquiry_rank(struct inquiry *inquiry);

void inquiry_close(struct inquiry *inquiry);

/* --- changes.c -------------------------------------------------------------------------------------------------- */

/* Tries all single changes of the rule that hypothesis `base` has as it is. */
goldstep_status inquiry_try_changes(struct inquiry *inquiry, size_t base, goldstep_error *error);

/* Tries single changes of that rule's trees, and keeps what explains everything. */
goldstep_status inquiry_try_edits(struct inquiry *inquiry, size_t base, goldstep_error *error);

#endif
