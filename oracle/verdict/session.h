/* A trace matched with the rule that judges it. */
#ifndef GOLDSTEP_SESSION_H
#define GOLDSTEP_SESSION_H

#include "eval/evaluator.h"
#include "trace/trace.h"

enum { REDUCTION_PRECISION = 256 };

/* The quantity that is x rounded to a narrower format, of mixed-precision training. */
#define LOW_COPY "x_low"

/* A value of the step over the whole vector, in both readings. */
struct reduced {
    mpfi_t exact, set;
    enum problem problem;
};

/* The places of a step's leaves in the program; NO_INSTRUCTION where it does not read one. */
struct leaves {
    int t, k, x;
    int *inputs, *scalar_inputs, *states, *scalar_states, *hypers, *reductions;
};

struct session {
    const struct spec *spec;
    const goldstep_trace *trace;
    const struct format *format;
    struct program *program;
    struct leaves leaves;
    size_t steps;
    bool slow;               /* all is left to MPFR */
    double *hypers;          /* [step][hyper], steps 0 … steps */
    struct reduced *reduced; /* [step][reduction] */
    /* For a diagnosis: the rule whose trace it is (NULL: this one), whether its states that this rule does not have are
     * ignored, and the step number that this rule reads, step_factor * t + step_shift. */
    const struct spec *owner;
    bool partial;
    double step_factor, step_shift;
};

/* Matches the trace's tensors and hyperparameters with the rule; fails where a name, a size, an input or the domain
 * does not fit. */
goldstep_status session_open(struct session **session, const struct spec *spec,
                             const goldstep_trace *trace, goldstep_error *error);

/* The same for a trace of `owner`, which may be another rule: hyperparameters that `spec` does not have are ignored, and
 * those that the trace does not give have the default that they have in `owner`, or else in `spec`. `partial`: states of
 * `owner` that `spec` does not have are ignored too. */
goldstep_status session_open_other(struct session **session, const struct spec *spec,
                                   const goldstep_trace *trace, const struct spec *owner,
                                   bool partial, goldstep_error *error);

/* Puts other trees in place of the rule's (NULL: its own again); on failure nothing has changed. */
goldstep_status session_edit(struct session *session, const struct edit *edit,
                             goldstep_error *error);

void session_close(struct session *session);

double session_hyper(const struct session *session, size_t step, size_t hyper);
/* The step number that the rule reads at `step`. */
double session_t(const struct session *session, size_t step);
const struct reduced *session_reduced(const struct session *session, size_t step, size_t reduction);

/* What the rule calls its result: "x", or a schedule's "lr". */
const char *session_result(const struct session *session);

/* Fails where these values of the rule's hyperparameters lie outside its domain, naming the condition. `where` begins
 * the message. */
goldstep_status domain_check(const struct program *program, const double *hypers, const char *where,
                             goldstep_error *error);

#endif
