/* A second opinion on what the oracle computes: two more evaluators of compiled programs, which share no code with the
 * oracle's. Both go through a program from its first instruction to its last, so a value that is not defined, or not
 * known, does no harm where nothing that is asked for depends on it.
 *
 * - arb: balls of Arb's, for every operation;
 * - rational: GMP's rational numbers, exact, where no root, power or transcendental function occurs. */
#ifndef GOLDSTEP_SECOND_H
#define GOLDSTEP_SECOND_H

#include "eval/program.h"

#include <arb.h>
#include <gmp.h>

enum known {
    KNOWN,
    UNDEFINED, /* the specification is: a division by zero, the root or power of a negative number */
    UNKNOWN, /* arb: not at this precision; rational: an operation that leaves the rational numbers */
};

/* What an instruction gives: a number, or a formula's truth. */
struct ball {
    enum known known;
    bool truth;
    arb_t value;
};

struct ratio {
    enum known known;
    bool truth;
    mpq_t value;
};

/* One for each instruction; NULL where memory is out. */
struct ball *balls_new(const struct program *program);
struct ratio *ratios_new(const struct program *program);
void balls_free(const struct program *program, struct ball *balls);
void ratios_free(const struct program *program, struct ratio *ratios);

/* Evaluates the whole program; `leaves` has a finite number at the index of each leaf. */
void balls_run(const struct program *program, const double *leaves, slong precision,
               struct ball *balls);
void ratios_run(const struct program *program, const double *leaves, struct ratio *ratios);

/* A formula's truth from those of its parts (b is NULL for a negation): what decides alone makes the other side not
 * matter, but the left side is asked first. */
enum known connect(enum node_kind op, enum known a_known, bool a, enum known b_known, bool b,
                   bool *truth);

#endif
