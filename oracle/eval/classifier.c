/* The kernels' companions, compiled as they are: reading arrays, and what is certain of results. */
#define KERNEL_NAME block
#include "eval/template.h"

#include <stdint.h>
#include <string.h>

typedef float narrow __attribute__((vector_size(LANES * sizeof(float))));
typedef uint16_t half_bits __attribute__((vector_size(LANES * sizeof(uint16_t))));
typedef uint32_t narrow_bits __attribute__((vector_size(LANES * sizeof(uint32_t))));

void VARIANT(load)(const struct kernel_format *format, const void *from, size_t count, double *to)
{
    const char *bytes = from;
    size_t i = 0;
    if (format->size == sizeof(double)) {
        memcpy(to, from, count * sizeof(double));
        return;
    }
    for (; i + LANES <= count; i += LANES) {
        narrow numbers;
        if (format->size == sizeof(float)) {
            memcpy(&numbers, bytes + i * sizeof(float), sizeof numbers);
        } else { /* bfloat16: binary32's upper half */
            half_bits halves;
            memcpy(&halves, bytes + i * sizeof(uint16_t), sizeof halves);
            numbers = (narrow)(__builtin_convertvector(halves, narrow_bits) << 16);
        }
        AT(to) = __builtin_convertvector(numbers, number);
    }
    for (; i < count; i++) {
        float number;
        uint16_t half;
        uint32_t bits;
        memcpy(&half, bytes + i * format->size, sizeof half);
        bits = (uint32_t)half << 16;
        memcpy(&number, format->size == sizeof(float) ? bytes + i * sizeof(float) : (char *)&bits,
               sizeof number);
        to[i] = (double)number;
    }
}

#ifdef KERNEL_PAIR_WIDTH

/* The value plus `shift`, rounded to binary64. */
INLINE number round_to(const struct kernel_format *format, number high, number low, number shift)
{
    (void)format;
    return high + (low + shift);
}

#define SPARE 1.25

#else

/* Veltkamp's splitting rounds to nearest (Boldo 2006), ties to either side: no tie lies so near that it matters. */
INLINE number round_to(const struct kernel_format *format, number high, number low, number shift)
{
    number value = high + shift, scaled = value * format->splitter;
    (void)low;
    return scaled - (scaled - value);
}

#define SPARE (1 + 0x1p-20)

#endif

/* 2^-e for numbers between 2^e and 2^(e + 1). */
INLINE number inverse_scale(number a)
{
    mask exponent = (mask)a & 0x7ff0000000000000;
    return (number)(0x7fe0000000000000 - exponent);
}

void VARIANT(classify)(const struct kernel_format *format, size_t count,
                       const struct kernel_vector *value, const double *got, double *class,
                       double *ulps, double *doubt, struct class_counts *counts)
{
    number sum = zero, largest = zero, exacts = zero, faithfuls = zero;
    for (size_t i = 0; i < count; i += LANES) {
        number high = AT(value->high), error = AT(value->error) * SPARE, given = AT(got);
#ifdef KERNEL_PAIR_WIDTH
        number low = AT(value->low);
#else
        number low = zero;
#endif
        number expected = round_to(format, high, low, -error);
        mask unique = expected == round_to(format, high, low, error);
        number size = absolute(high);
        mask normal = (size - error >= format->least) & (size + error <= format->most);
        mask vanishing = (size + error <= format->nothing) & (given == 0);
        number scale = inverse_scale(expected) * format->ulps;
        number off = absolute((given - high) - low) * scale;
        number margin = 2 * error * scale + 0x1p-30;
        off = select(vanishing, zero, off);
        mask certain = (unique & normal) | vanishing;
        mask exact = certain & ((given == expected) | vanishing);
        mask faithful = certain & ~exact & (off + margin < 1);
        mask far = certain & (off - margin >= 1);
        AT(class) = select(exact, everywhere(CLASS_EXACT),
                           select(faithful, everywhere(CLASS_FAITHFUL),
                                  select(far, everywhere(CLASS_FAR), everywhere(CLASS_UNKNOWN))));
        AT(ulps) = off;
        AT(doubt) = margin;
        /* what lies past the end counts for nothing */
        mask inside = (exact | faithful);
        for (int k = 0; k < LANES; k++)
            if (i + (size_t)k >= count)
                inside[k] = 0;
        exacts += select(inside & exact, everywhere(1), zero);
        faithfuls += select(inside & faithful, everywhere(1), zero);
        off = select(inside, off, zero);
        sum += off;
        largest = select(off > largest, off, largest);
    }
    *counts = (struct class_counts){0};
    for (int k = 0; k < LANES; k++) {
        counts->exact += (size_t)exacts[k];
        counts->faithful += (size_t)faithfuls[k];
        counts->ulps += sum[k];
        counts->worst = counts->worst < largest[k] ? largest[k] : counts->worst;
    }
}
