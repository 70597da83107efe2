/* Golden vectors: chosen single steps of one rule or schedule with their correctly rounded results and budgets, as a
 * JSON file that anyone can read. tests/golden/schema.json describes it. */
#ifndef GOLDSTEP_GOLDEN_H
#define GOLDSTEP_GOLDEN_H

#include "speclang/spec.h"

#include <stdio.h>

/* The same bytes for the same specification. */
goldstep_status emit_golden(FILE *out, const struct spec *spec, goldstep_error *error);

#endif
