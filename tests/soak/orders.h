/* A program evaluated in floating point, in an order drawn at random from those that oracle/verdict/README.md covers. */
#ifndef GOLDSTEP_ORDERS_H
#define GOLDSTEP_ORDERS_H

#include "eval/format.h"
#include "eval/program.h"

#include <stdint.h>

struct orders;

/* Exits where memory is out. */
struct orders *orders_new(const struct program *program, const struct format *format,
                          uint64_t seed);
void orders_free(struct orders *orders);

uint64_t orders_random(struct orders *orders);

/* Sets a leaf; nothing happens for NO_INSTRUCTION. */
void orders_set(struct orders *orders, int leaf, double value);

/* Draws anew how the step's scalars are computed, or the coordinate's values. */
void orders_new_step(struct orders *orders);
void orders_new_coordinate(struct orders *orders);

/* What this evaluation gives: a number of the format. */
double orders_value(struct orders *orders, int instruction);

#endif
