/* The parts of a check that a diagnosis uses too. */
#ifndef GOLDSTEP_CHECK_H
#define GOLDSTEP_CHECK_H

#include "verdict/run.h"

/* The program's result for x (0) or a state (1 and on). */
int vector_root(const struct session *session, size_t quantity);

/* What the run starts from: the trace's step 0 (which `frame` holds), or the specification's initial values. */
void check_start(struct run *run, struct frame *frame, size_t first, size_t count);

#endif
