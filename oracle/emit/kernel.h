/* A rule's kernel: the C text that the build compiles for the fast path. */
#ifndef GOLDSTEP_EMIT_KERNEL_H
#define GOLDSTEP_EMIT_KERNEL_H

#include "eval/program.h"

#include <stdio.h>

/* The digest by which a kernel is found: of the instructions, whatever file they come from. */
void program_digest(const struct program *program, unsigned char *digest);

/* Writes the kernel called `name`. Where the rule has an operation on coordinates that kernels do not know, it has no
 * functions. */
goldstep_status emit_kernel(FILE *out, const char *name, const struct program *program,
                            goldstep_error *error);

#endif
