/* goldstep: judge an implementation of a gradient-method update rule against its specification.
 *
 * A program builds a trace (what its implementation was given and what it returned, step by step), or reads one from
 * a file, and asks for a report:
 *
 *     goldstep_library *library;   // the specifications
 *     goldstep_trace *trace;       // what happened
 *     goldstep_report *report;     // the verdict
 *
 * Handles are opaque and independent: there is no global state, so any number of threads may work, each with handles
 * of its own; a library that nobody adds to may be shared. Functions that can fail return a status and describe a
 * failure in *error (which may be NULL). Nothing here prints or exits. Strings are UTF-8; a returned string belongs
 * to the handle that it came from unless a function says otherwise. */
#ifndef GOLDSTEP_H
#define GOLDSTEP_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum goldstep_status {
    GOLDSTEP_OK = 0,
    GOLDSTEP_BAD_INPUT = 1,    /* a file, a trace, a name or a value is not what it must be */
    GOLDSTEP_SYSTEM_ERROR = 2, /* out of memory, or a file cannot be read */
} goldstep_status;

/* What went wrong. `message` is complete: it begins with "FILE:LINE:COLUMN: " or "FILE: " where there is a place.
 * `line` and `column` count from 1 and are 0 where there is none. */
typedef struct goldstep_error {
    goldstep_status status;
    size_t line, column;
    char message[1024];
} goldstep_error;

/* The formats of numbers: IEEE 754's, and bfloat16 (binary32 with 8 bits of precision). */
typedef enum goldstep_format {
    GOLDSTEP_BINARY64 = 0,
    GOLDSTEP_BINARY32 = 1,
    GOLDSTEP_BINARY16 = 2,
    GOLDSTEP_BFLOAT16 = 3,
} goldstep_format;

/* --- specifications ------------------------------------------------------------------------------------------- */

typedef struct goldstep_library goldstep_library;

/* The specifications that were under spec/ when the library was built. */
goldstep_status goldstep_library_open(goldstep_library **library, goldstep_error *error);

/* Adds one specification from a file; a rule of the same name is replaced. */
goldstep_status goldstep_library_add(goldstep_library *library, const char *path,
                                     goldstep_error *error);

void goldstep_library_free(goldstep_library *library);

/* --- traces --------------------------------------------------------------------------------------------------- */

typedef struct goldstep_trace goldstep_trace;

/* An empty trace of an implementation that computes in `format`. `rule` may be NULL: then the check must name one. */
goldstep_status goldstep_trace_new(goldstep_trace **trace, const char *rule, goldstep_format format,
                                   goldstep_error *error);

/* Reads a trace from a .safetensors or JSON lines file, told apart by their first bytes; "-" reads JSON lines from
 * standard input. A .safetensors file is mapped, not copied, and must not change while the trace lives. */
goldstep_status goldstep_trace_read(goldstep_trace **trace, const char *path,
                                    goldstep_error *error);

/* Sets a hyperparameter from step `step` on (0: from the start), rounded to nothing: it is the binary64 value. */
goldstep_status goldstep_trace_set_hyper(goldstep_trace *trace, size_t step, const char *name,
                                         double value, goldstep_error *error);

/* Adds one array, copied: `count` numbers of the trace's format, quantity `quantity` ("x", "g", a state's name) of
 * tensor `tensor`. Step 0 holds what the run starts from; step k holds what step k was given (inputs) and what it
 * returned (x and states, and "x_low", the copy of x in a narrower format, if there is one). Steps are added in order; a
 * schedule has no step 0. The numbers are doubles, floats, or 16-bit patterns (uint16_t). */
goldstep_status goldstep_trace_add(goldstep_trace *trace, size_t step, const char *tensor,
                                   const char *quantity, size_t count, const void *data,
                                   goldstep_error *error);

/* The same in a format of the array's own, which is the same at all steps: x in bfloat16 where the trace's format,
 * in which it is computed, is binary32. */
goldstep_status goldstep_trace_add_as(goldstep_trace *trace, size_t step, const char *tensor,
                                      const char *quantity, goldstep_format format, size_t count,
                                      const void *data, goldstep_error *error);

void goldstep_trace_free(goldstep_trace *trace);

/* --- the verdict ---------------------------------------------------------------------------------------------- */

typedef struct goldstep_report goldstep_report;

/* Judges `trace` by `rule` (NULL: the rule that the trace names). The report needs the library, not the trace. */
goldstep_status goldstep_check(const goldstep_library *library, const goldstep_trace *trace,
                               const char *rule, goldstep_report **report, goldstep_error *error);

/* True where every coordinate of every step conforms, with the state given and free-running. */
bool goldstep_report_conforms(const goldstep_report *report);

/* The report as a JSON object (the text of `goldstep check --json`). */
const char *goldstep_report_json(const goldstep_report *report);

void goldstep_report_free(goldstep_report *report);

/* --- the diagnosis -------------------------------------------------------------------------------------------- */

typedef struct goldstep_diagnosis goldstep_diagnosis;

/* Says why `trace` is not what `rule` (NULL: the rule that the trace names) computes: judges it by the other rules, and
 * by each with a single change, and ranks what explains most. */
goldstep_status goldstep_diagnose(const goldstep_library *library, const goldstep_trace *trace,
                                  const char *rule, goldstep_diagnosis **diagnosis,
                                  goldstep_error *error);

/* True where something explains every coordinate of the trace. */
bool goldstep_diagnosis_explains(const goldstep_diagnosis *diagnosis);

/* The sentences, one a line. */
const char *goldstep_diagnosis_text(const goldstep_diagnosis *diagnosis);

/* The diagnosis as a JSON object (the text of `goldstep diagnose --json`). */
const char *goldstep_diagnosis_json(const goldstep_diagnosis *diagnosis);

void goldstep_diagnosis_free(goldstep_diagnosis *diagnosis);

/* The version of this library, "MAJOR.MINOR.PATCH". */
const char *goldstep_version(void);

#ifdef __cplusplus
}
#endif

#endif
