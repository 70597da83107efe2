/* The judgement of one value. */
#ifndef GOLDSTEP_JUDGE_H
#define GOLDSTEP_JUDGE_H

#include "verdict/run.h"

/* Judges the value of `root` and carries it on. `recorded` may be NULL (nothing to judge), `tally` too (judged
 * already); `place` is NULL for a scalar state. The run's leaves are set. */
void judge(struct run *run, const struct frame *frame, const struct place *place, int root,
           const struct trace_array *recorded, struct carry *carry, struct tally *tally);

/* Adds what another part of the same row was found to be. */
void tally_add(struct tally *tally, const struct tally *more);

/* The same for a value before the first step, which `recorded` gives (at `index`) or the initial term `root`. */
void judge_start(struct run *run, int root, const struct trace_array *recorded, size_t index,
                 struct carry *carry);

/* Judges the low copy of x, which is the recorded x rounded. */
void judge_copy(struct run *run, const struct frame *frame, struct place place,
                struct tally *tally);

#endif
