#include "second.h"

/* a && b. */
static enum known conjunction(enum known a_known, bool a, enum known b_known, bool b, bool *truth)
{
    bool a_false = a_known == KNOWN && !a, b_false = b_known == KNOWN && !b;
    *truth = !a_false && !b_false;
    if (a_false || (a_known == UNKNOWN && b_false))
        return KNOWN;
    return a_known != KNOWN ? a_known : b_known;
}

enum known connect(enum node_kind op, enum known a_known, bool a, enum known b_known, bool b,
                   bool *truth)
{
    enum known known;
    switch (op) {
    case NODE_AND:
        return conjunction(a_known, a, b_known, b, truth);
    case NODE_OR: /* !(!a && !b) */
        known = conjunction(a_known, !a, b_known, !b, truth);
        break;
    case NODE_IMPLIES: /* !(a && !b) */
        known = conjunction(a_known, a, b_known, !b, truth);
        break;
    default: /* NODE_NOT */
        *truth = a;
        known = a_known;
        break;
    }
    *truth = !*truth;
    return known;
}
