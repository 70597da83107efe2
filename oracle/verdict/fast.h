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

/* The fast path of this run, or NULL with GOLDSTEP_OK where there is none: it takes the state as given, and needs it at
 * each step but the first, for which it looks with `frame`. */
goldstep_status fast_open(struct fast **fast, struct run *run, struct frame *frame,
                          goldstep_error *error);
void fast_close(struct fast *fast);

/* Judges `count` coordinates at a step, from `first` on, whose scalars the run's evaluators hold; `worst` has x, then the
 * states. `left` gets those that are left to MPFR, counted from `first`, in order; returns their number. */
size_t fast_step(struct fast *fast, const struct frame *frame, size_t first, size_t count,
                 struct row *rows, struct candidate *worst, size_t *left);

#endif
