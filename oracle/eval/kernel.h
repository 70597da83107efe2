/* The fast path's kernels: a rule's equations over blocks of coordinates, in binary64 or in pairs of them, with bounds. The
 * build writes one for each rule (emit/kernel.c); oracle/verdict/README.md defines what they bound and proves it. */
#ifndef GOLDSTEP_KERNEL_H
#define GOLDSTEP_KERNEL_H

#include <stdbool.h>
#include <stddef.h>

enum {
    KERNEL_DIGEST = 32, /* bytes of the program's SHA-256 */
    KERNEL_BLOCK = 512, /* coordinates at once: their arrays fit the first cache */
    KERNEL_VECTORS = 8, /* x, the inputs and the states, at most */
};

/* A scalar of the step, from its intervals. NaN where it is not known. */
struct kernel_scalar {
    double high, low;       /* the value, as the unevaluated sum of both */
    double error;           /* it is no farther from the specification's value */
    double within, outside; /* a conforming value may be so far from it; is not farther */
    double inverse_high, inverse_low, inverse_error; /* of 1 / value */
};

struct kernel_step {
    double unit;        /* u of the format in which the implementation computes, … */
    double least, most; /* … its least subnormal number, and a quarter of its largest */
    double leaf;        /* what the step reads is no larger, or left */
    const struct kernel_scalar *scalars; /* in the kernel's order */
    const bool *truths;                  /* of its conditions on scalars */
};

/* A result over the block. */
struct kernel_vector {
    double *high, *low;     /* the value; a kernel in binary64 leaves low alone */
    double *error, *within; /* as in kernel_scalar */
};

/* From x, the inputs and the states, to x and the states after the step. `undecided` is set to 1 where what is computed
 * may not be what it stands for: a condition is not decided within its rounding errors, a divisor may be 0, an intermediate
 * result may overflow; and to 0 elsewhere. The arrays have a multiple of 4 places, and begin at a multiple of 32 bytes. */
typedef void kernel_function(const struct kernel_step *step, size_t count, double *const *before,
                             const struct kernel_vector *after, double *undecided);

/* In the widths of arithmetic and for the processors that the build knows. */
enum kernel_width { KERNEL_SINGLE, KERNEL_PAIR, KERNEL_WIDTHS };
enum kernel_target { KERNEL_PORTABLE, KERNEL_AVX2, KERNEL_TARGETS };

struct kernel {
    unsigned char digest[KERNEL_DIGEST];
    const int *scalars, *truths; /* instructions of the program */
    size_t scalar_count, truth_count;
    kernel_function *functions[KERNEL_WIDTHS][KERNEL_TARGETS]; /* NULL: the build knows none */
};

/* The format in which a result is recorded. */
struct kernel_format {
    size_t size;        /* bytes of a number; one of 2 bytes is bfloat16's */
    double splitter;    /* 2^(53 - p) + 1: Veltkamp's constant for p bits */
    double ulps;        /* 2^(p - 1): a number from 1 to 2 in ulps */
    double least, most; /* results of such sizes are certain to be in the normal range */
    double nothing;     /* and up to this one, to round to 0 */
};

/* CLASS_WITHIN: within budget, by more than 2 ulps. */
enum kernel_class { CLASS_EXACT, CLASS_FAITHFUL, CLASS_NEAR, CLASS_WITHIN, CLASS_UNKNOWN };

/* Of the exact, the faithful and the near: those within budget by at most 2 ulps. */
struct class_counts {
    size_t exact, faithful, near;
    double ulps, worst; /* the sum of their errors, and the largest */
    bool record;        /* a result within budget takes a larger part of it than `share` */
};

/* Reads binary64, binary32 or bfloat16 from memory, which may be unaligned. */
typedef void classifier_load(const struct kernel_format *format, const void *from, size_t count,
                             double *to);

/* The results of a block: each one's class, its error in ulps and how far that may be off; `worst` becomes the largest
 * class of a coordinate's results. The arrays have a multiple of 4 places. */
struct classification {
    const struct kernel_vector *value;
    const double *got, *from; /* the part that the step decides is what lies beyond `from` */
    double share;
    double *class, *ulps, *doubt, *worst;
};

typedef void classifier_judge(const struct kernel_format *format, size_t count,
                              const struct classification *results, struct class_counts *counts);

extern classifier_load load_block_single_portable, load_block_single_avx2;
extern classifier_judge classify_block_single_portable, classify_block_pair_portable,
    classify_block_single_avx2, classify_block_pair_avx2;

/* Those that the build made, ended by NULL. */
extern const struct kernel *const kernels[];

#endif
