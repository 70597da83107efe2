/* A run through a tensor's steps: the evaluators, what they carry from step to step, and their leaves. */
#ifndef GOLDSTEP_RUN_H
#define GOLDSTEP_RUN_H

#include "verdict/report.h"
#include "verdict/session.h"

enum {
    BLOCK = 512,        /* coordinates that are carried through the steps together */
    PRECISION = 128,    /* of the exact value, at first */
    RUNGS = 7,          /* precisions tried for the exact value: the first, doubled six times */
    SET_PRECISION = 96, /* the set's ends need no more: they are widened by many of its last bits */
};

/* A value that the trace does not give. */
struct carry {
    mpfi_t exact, set;
    enum problem exact_problem, set_problem;
};

/* One mode's evaluators and what it carries. */
struct run {
    const struct session *session;
    bool given;                     /* takes recorded states where the trace has them */
    struct evaluator *exact[RUNGS]; /* the higher ones are made when first needed */
    struct evaluator *set;
    struct carry *vectors; /* [quantity][coordinate of the block]; quantity 0 is x, then states */
    struct carry *scalars; /* [scalar state] */
    mpfi_t side;           /* one of them, as recorded */
    mpfi_t hull;           /* the set of the value being judged, all its sides together */
    mpfr_t middle, error, got;
};

/* The arrays of one tensor at one step. */
struct frame {
    size_t step, tensor;
    const struct trace_array **inputs, **scalar_inputs;
    const struct trace_array **before, **after; /* x, then the states */
    const struct trace_array **scalars_before, **scalars_after;
    const struct trace_array *low; /* the copy of x in a narrower format */
};

/* A coordinate of the block, and its index in the tensor. */
struct place {
    size_t coordinate, index;
};

goldstep_status run_open(struct run *run, const struct session *session, enum mode mode,
                         goldstep_error *error);
void run_close(struct run *run);

/* Puts other trees in place of the rule's, as session_edit; the run's session is `session`. */
goldstep_status run_edit(struct run *run, struct session *session, const struct edit *edit,
                         goldstep_error *error);

/* x and the states. */
size_t vector_count(const struct session *session);
struct carry *vector_carry(const struct run *run, size_t quantity, size_t coordinate);

goldstep_status frame_open(struct frame *frame, const struct session *session,
                           goldstep_error *error);
void frame_close(struct frame *frame);

/* Moves to a step: its inputs and results, and the results of the step before. */
void frame_load(struct frame *frame, const struct session *session, size_t step);

/* Whether the trace records all that the step starts from, so that nothing earlier is needed. */
bool frame_starts_recorded(const struct frame *frame, const struct session *session);

/* Sets the leaves that all coordinates of the step share, or those of one coordinate. */
void set_step_leaves(const struct run *run, struct evaluator *evaluator, const struct frame *frame);
void set_coordinate_leaves(const struct run *run, struct evaluator *evaluator,
                           const struct frame *frame, struct place place);
void set_carried(const struct run *run, struct evaluator *evaluator, int leaf,
                 const struct carry *carry);

#endif
