/* Why a trace deviates: the rules and changes that may explain it, ranked. */
#ifndef GOLDSTEP_DIAGNOSE_H
#define GOLDSTEP_DIAGNOSE_H

#include "verdict/change.h"
#include "verdict/inquiry.h"

#include <jansson.h>

/* One line of the table. */
struct diagnosis_line {
    char name[HYPOTHESIS_NAME]; /* adamw with beta2 = 0.99 in place of 0.999 */
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

/* "adamw with beta2 = 0.99 in place of 0.999"; what that means goes to `remark` (CHANGE_TEXT), if it is not NULL. */
void hypothesis_name(const struct inquiry *inquiry, const struct hypothesis *hypothesis,
                     char name[HYPOTHESIS_NAME], char *remark);

/* Results that could be judged. */
size_t score_coordinates(const struct score *score);

/* Fills the diagnosis from the ranked hypotheses. */
goldstep_status diagnosis_write(goldstep_diagnosis *diagnosis, struct inquiry *inquiry,
                                goldstep_error *error);

/* --- diagnosis_json.c ------------------------------------------------------------------------------------------- */

/* The object that goldstep_diagnosis_json prints; takes over the references. NULL where memory is out. */
json_t *diagnosis_json(const struct inquiry *inquiry, bool explains, json_t *sentences,
                       json_t *separation);

#endif
