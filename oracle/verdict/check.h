/* The parts of a check that a diagnosis and an explanation use too. */
#ifndef GOLDSTEP_CHECK_H
#define GOLDSTEP_CHECK_H

#include "verdict/run.h"

/* Rows of one tensor: x, then the states, the scalar states, the low copy of x. */
size_t check_rows(const struct session *session);

/* What the run starts from: the trace's step 0 (which `frame` holds), or the specification's initial values. */
void check_start(struct run *run, struct frame *frame, size_t first, size_t count);

/* Judges the step that `frame` holds, and carries the run through it. The rows are one tensor's. */
void check_step(struct run *run, const struct frame *frame, size_t first, size_t count,
                struct row *rows);

/* Judges the whole trace, on all processors (OMP_NUM_THREADS says otherwise). `rows` has check_rows for each tensor, and begins with zeros. */
goldstep_status check_mode(const struct session *session, enum mode mode, struct row *rows,
                           goldstep_error *error);

#endif
