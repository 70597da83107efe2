/* What of a theorem a check needs: its quantity, where its constants come from, and which are chosen. */
#ifndef GOLDSTEP_STATEMENT_H
#define GOLDSTEP_STATEMENT_H

#include "rates/objective.h"

/* In the order of `phrases` in statement.c. */
enum quantity {
    QUANTITY_GAP,
    QUANTITY_GAP_INF,
    QUANTITY_DISTANCE,
    QUANTITY_GRADIENT,
    QUANTITY_LEAST_GRADIENT_BEFORE,
    QUANTITY_LEAST_GRADIENT,
    QUANTITY_MEAN_GAP,
    QUANTITIES,
};

/* Where a constant's value comes from. */
enum origin { ORIGIN_NONE, ORIGIN_CLASS, ORIGIN_R2, ORIGIN_D0, ORIGIN_X0 };

struct source {
    enum origin origin;
    char constant[CLASS_NAME_MAX]; /* of the objective: ORIGIN_CLASS */
    bool largest;
};

/* A value for a constant without origin: `scale` times the term, which is rounded towards zero to binary64 unless it is
 * `exact`, as where the domain asks for equality. Without a term all constants have their origin. */
struct choice {
    size_t constant;
    const struct node *term;
    double scale;
    bool exact;
};

enum { MAX_CHOICES_OF_VALUE = 16 };

struct choices {
    struct choice list[MAX_CHOICES_OF_VALUE];
    size_t count;
};

enum { REASON_MAX = 256 };

/* The theorem's quantity; QUANTITIES where no phrase is known for it. */
enum quantity statement_quantity(const struct spec *theorem);

bool statement_is_lower(const struct spec *theorem);

/* Whether the objective is of the theorem's class; `sources` then holds where each constant comes from. Where a word of
 * the theorem's class is not known, `reason` says so, and else is empty. */
bool statement_fits(const struct spec *theorem, const struct spec *objective,
                    struct source sources[MAX_ITEMS], char reason[REASON_MAX]);

/* What is tried for the constants without origin that `set` does not hold; false where there is nothing, with a reason. */
bool statement_choices(const struct spec *theorem, const struct source sources[MAX_ITEMS],
                       const bool set[MAX_ITEMS], struct choices *choices, char reason[REASON_MAX]);

#endif
