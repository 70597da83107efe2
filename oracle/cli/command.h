/* The subcommands of `goldstep`. Each gets its own argc and argv, argv[0] being "goldstep NAME" for messages, and
 * returns the exit status: 0 conforms (or done), 1 deviates, 2 bad usage or bad input. */
#ifndef GOLDSTEP_COMMAND_H
#define GOLDSTEP_COMMAND_H

#include "goldstep.h"
#include "speclang/spec.h"

#include <argp.h>
#include <stdint.h>

enum { EXIT_CONFORMS = 0, EXIT_DEVIATES = 1, EXIT_BAD = 2 };

int command_list(int argc, char **argv);
int command_show(int argc, char **argv);
int command_gen(int argc, char **argv);
int command_check(int argc, char **argv);
int command_diagnose(int argc, char **argv);
int command_emit(int argc, char **argv);
int command_golden(int argc, char **argv);
int command_rates(int argc, char **argv);

/* Prints "goldstep: MESSAGE" to standard error and returns EXIT_BAD. */
int fail(const goldstep_error *error);

/* Flushes standard output; EXIT_BAD where that fails (a full disk, a closed pipe), else `status`. */
int finish(int status);

/* An option's whole number from `least` to `most`; the parser's error, which names the option, where `text` is none. */
uint64_t read_count(const char *text, uint64_t least, uint64_t most, const char *option,
                    const struct argp_state *state);

/* The options that every command has: --spec FILE adds a specification. A parser keeps a `struct specs` as the
 * input of the child argp `specs_argp`. */
enum { MAX_SPEC_FILES = 64 };

struct specs {
    const char *files[MAX_SPEC_FILES];
    size_t count;
};

extern const struct argp specs_argp;

/* The library with the added specifications; NULL after a message. */
goldstep_library *specs_open(const struct specs *specs);

/* Opens the library, finds `rule` in it, and returns what `use` returns, or EXIT_BAD after a message. */
typedef int user(const goldstep_library *library, const struct spec *spec, const void *options);
int with_rule(const struct specs *specs, const char *rule, user *use, const void *options);

/* The same for a rule, a schedule, a theorem or an objective. */
int with_any(const struct specs *specs, const char *name, user *use, const void *options);

/* What is proved of each reference, and of each theorem, as the build found it; a NULL name ends the list. */
struct proved {
    const char *name, *levels;
};
extern const struct proved proved[];

/* What is proved of the specification, by the ledger's levels; NULL where nothing is known. */
const char *proved_levels(const struct spec *spec);

/* Whether the theorem is proved in Coq. */
bool is_proved(const struct spec *theorem);

#endif
