/* Filling a goldstep_error. */
#ifndef GOLDSTEP_ERROR_H
#define GOLDSTEP_ERROR_H

#include "goldstep.h"

/* Writes "FILE:LINE:COLUMN: " (FILE may be NULL, LINE and COLUMN 0) and the printf text into *error, which may be
 * NULL. Returns `status`, so that a failing function ends with `return error_set(…)`. */
goldstep_status error_set(goldstep_error *error, goldstep_status status, const char *file,
                          size_t line, size_t column, const char *format, ...)
    __attribute__((format(printf, 6, 7)));

/* The error of a failed allocation. */
goldstep_status error_memory(goldstep_error *error);

#endif
