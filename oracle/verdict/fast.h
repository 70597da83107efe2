/* The fast path: a block of coordinates judged by the rule's kernel (eval/kernel.h), where that is certain. What it leaves
 * undecided goes to MPFR, so that both always agree. */
#ifndef GOLDSTEP_FAST_H
#define GOLDSTEP_FAST_H

#include "eval/kernel.h"
#include "verdict/run.h"

/* How many coordinates go through the steps together: the step's scalars are computed once for all of them. */
enum { FAST_RANGE = 1 << 16 };

/* A result that a kernel judged and that may be the worst of its row. */
struct candidate {
    bool seen;
    double ulps;
    size_t step, index;
};

/* Keeps the worse one; of equal ones the earlier. */
void candidate_offer(struct candidate *kept, const struct candidate *seen);

struct fast;

/* The fast path of this run, or NULL with GOLDSTEP_OK where there is none. */
goldstep_status fast_open(struct fast **fast, struct run *run, goldstep_error *error);
void fast_close(struct fast *fast);

/* Whether a step reads what the trace does not record at the step before. Then a coordinate that MPFR has judged once stays
 * with it, from step 0 on. */
bool fast_carries(const struct fast *fast);

/* Starts a range, at the step that `frame` holds, step 0. */
void fast_start(struct fast *fast, const struct frame *frame, size_t first, size_t count);

/* Judges the range's coordinates at a step, whose scalars the run's evaluators hold; `worst` has x, then the states. `left` gets the range's coordinates
 * that are left to MPFR, in order; returns their number. */
size_t fast_step(struct fast *fast, const struct frame *frame, struct row *rows,
                 struct candidate *worst, size_t *left);

#endif
