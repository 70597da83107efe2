/* Why a trace deviates: the rules and changes that may explain it, ranked. */
#ifndef GOLDSTEP_DIAGNOSE_H
#define GOLDSTEP_DIAGNOSE_H

#include "verdict/invert.h"

/* In the order in which they are believed where several explain everything. */
enum kinship {
    KIN_SELF,
    KIN_FAMILY,
    KIN_SELF_CHANGED,
    KIN_FAMILY_IGNORING, /* the trace has hyperparameters that the rule does not */
    KIN_FAMILY_CHANGED,
    KIN_STRANGER,
    KIN_STRANGER_CHANGED,
};

struct hypothesis {
    size_t suspect;
    enum kinship kinship;
    struct change change;
    bool solved; /* the change's value was searched for, and these are the values that explain */
    struct solution solution;
    struct score score;
};

struct refusal {
    const struct spec *spec;
    char reason[512];
};

/* What is at hand while a trace is diagnosed. */
struct inquiry {
    const goldstep_library *library;
    const goldstep_trace *trace;
    const struct spec *named;
    const goldstep_report *report; /* of the named rule, or NULL */
    struct suspect *suspects;
    struct hypothesis *hypotheses; /* ranked in the end */
    struct refusal *refused;
    size_t suspect_count, hypothesis_count, refused_count;
    size_t hypothesis_room;
    struct selection all, sample;
    bool sampled; /* the sample is not all */
};

/* One line of the table. */
struct diagnosis_line {
    char name[320]; /* adamw with beta2 = 0.99 in place of 0.999 */
    size_t explained, coordinates;
    bool explains;
};

struct goldstep_diagnosis {
    bool explains;
    struct diagnosis_line *lines;
    size_t line_count;
    char *text; /* the sentences, one a line */
    char *json;
};

/* Diagnoses `trace` after a check whose report is at hand, or NULL. */
goldstep_status diagnose(const goldstep_library *library, const goldstep_trace *trace,
                         const char *rule, const goldstep_report *report,
                         goldstep_diagnosis **diagnosis, goldstep_error *error);

/* --- diagnosis_text.c ------------------------------------------------------------------------------------------- */

/* Fills the diagnosis from the ranked hypotheses. */
goldstep_status diagnosis_write(goldstep_diagnosis *diagnosis, struct inquiry *inquiry,
                                goldstep_error *error);

#endif
