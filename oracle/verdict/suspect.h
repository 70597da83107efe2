/* A rule that may explain a trace, alone or with one change, and how far it does. */
#ifndef GOLDSTEP_SUSPECT_H
#define GOLDSTEP_SUSPECT_H

#include "verdict/run.h"

enum {
    MAX_QUANTITIES = 1 + 2 * MAX_ITEMS,
    DOMAIN_ROWS =
        64, /* where hyperparameters change more often, a change is checked against these only */
};

/* One thing about a rule that an implementation may have got wrong. */
enum change_kind {
    CHANGE_NONE,
    CHANGE_VALUE, /* a hyperparameter is `value` at every step */
    CHANGE_SCALE, /* a hyperparameter is `value` times what the trace gives */
    CHANGE_LATE,  /* a hyperparameter is what the trace gave one step before */
    CHANGE_SWAP,  /* a hyperparameter and the `other` are in each other's place */
    CHANGE_ROUND, /* all hyperparameters are rounded to `value` significant bits */
    CHANGE_STEP,  /* the step number is `factor` * t + `value` */
    CHANGE_TREE,  /* an equation has another tree */
};

/* One equation's tree, or several, in another form. */
struct tree_change {
    struct edit edit;
    const struct function *function; /* the equation, or NULL: every one that has it */
    int rank;                        /* simpler ones first */
};

struct change {
    enum change_kind kind;
    size_t hyper, other;
    double value, factor;
    const struct tree_change *tree;
};

/* A rule matched with the trace. */
struct suspect {
    const struct spec *spec;
    struct session *session;
    struct run run;
    struct frame frame;
    double *given;                       /* the session's hyperparameters, unchanged */
    const struct tree_change *tree;      /* in force */
    size_t asked;                        /* results judged so far */
    size_t rows[DOMAIN_ROWS], row_count; /* steps where they change, the first of them */
};

/* One result in the trace. A quantity counts x, the states, the scalar states. */
struct observation {
    size_t step, tensor, quantity, index;
};

enum outcome {
    OUTCOME_EXPLAINED,
    OUTCOME_UNEXPLAINED,
    OUTCOME_UNDECIDED,
    OUTCOME_SILENT, /* it depends on a NaN or an infinity, so that it says nothing about the rule */
};

struct answer {
    enum outcome outcome;
    bool
        vague; /* explained by a set that says nothing: it admits the step that is not taken, or a state of 0 */
    struct sighting sighting;
};

/* Coordinates first … first + count - 1 of a tensor. */
struct range {
    size_t tensor, first, count;
};

/* What is looked at: these coordinates, up to this step. */
struct selection {
    struct range *ranges;
    size_t count, steps;
    bool one_quantity; /* only `quantity` counts */
    size_t quantity;
};

struct score {
    const struct selection *of;
    size_t explained, unexplained, undecided, silent;
    size_t good[MAX_QUANTITIES], bad[MAX_QUANTITIES]; /* explained and not, by quantity */
    size_t vague[MAX_QUANTITIES]; /* of the explained: by a set that says nothing */
    struct observation
        first; /* the earliest that is not explained; a state's before one of x, which it may cause */
    struct answer answer; /* what was found there */
};

/* Matches a rule with a trace of the rule `owner`; fails where they do not fit. `partial`: states of `owner` that the
 * rule does not have are left out. */
goldstep_status suspect_open(struct suspect *suspect, const struct spec *spec,
                             const goldstep_trace *trace, const struct spec *owner, bool partial,
                             goldstep_error *error);
void suspect_close(struct suspect *suspect);

size_t suspect_quantities(const struct suspect *suspect);
const char *suspect_quantity(const struct suspect *suspect, size_t quantity);

/* The hyperparameter's value in the trace, and whether it varies there. */
double suspect_given(const struct suspect *suspect, size_t step, size_t hyper);
bool suspect_varies(const struct suspect *suspect, size_t hyper);

/* Whether the changed hyperparameters lie in the rule's domain, and the changed trees can be evaluated; a change of the
 * step always does. */
bool suspect_admits(struct suspect *suspect, const struct change *change);

/* Judges the selection by the changed rule, with the state given. `stop`: at the first result that is not explained,
 * which then need not be the earliest. */
void suspect_examine(struct suspect *suspect, const struct change *change,
                     const struct selection *selection, bool stop, struct score *score);

/* Judges the whole trace by the changed rule, in the way of a check. Fills *score and returns true where all conforms;
 * returns false else, with nothing said. */
bool suspect_confirm(struct suspect *suspect, const struct change *change, struct score *score);

/* Nothing is unexplained or undecided, something is explained, and of no quantity most by sets that say nothing. */
bool score_explains(const struct score *score);

/* Results that are explained, and not by a set that says nothing. */
size_t score_told(const struct score *score);

/* What the changed rule gives at the last step, rounded to the format: coordinate i < length of quantity q at
 * values[q * length + i]. The trace has one tensor and need not hold that step's results. False where a value is not
 * known or not finite. */
bool suspect_compute(struct suspect *suspect, const struct change *change, size_t length,
                     double *values);

/* Judges one result by the changed rule. */
struct answer suspect_answer(struct suspect *suspect, const struct change *change,
                             const struct observation *observation);

#endif
