/* The kernels' companions, compiled as they are: reading arrays, and what is certain of results. */
#define KERNEL_NAME block
#include "eval/template.h"

#include <stdint.h>
#include <string.h>

#ifdef KERNEL_PAIR_WIDTH

INLINE number power_of(number a)
{
    return (number)((mask)a & 0x7ff0000000000000);
}

/* The value plus `shift`, rounded. To a narrower format than binary64: `high` is, as binary64 holds the middle between two of
 * its numbers, on the right side of it or there, and then the rest decides. */
INLINE number round_to(const struct kernel_format *format, number high, number low, number shift)
{
    if (format->ulps == 0x1p52)
        return high + (low + shift);
    number scaled = high * format->splitter, near = scaled - (scaled - high);
    number half = power_of(high) * (0.5 / format->ulps), rest = low + shift;
    return select(absolute(high - near) == half, high + select(rest < 0, -half, half), near);
}

#define SPARE 1.25
#define DOUBT 0x1p-45

#else

/* Veltkamp's splitting rounds to nearest (Boldo 2006), ties to either side: no tie lies so near that it matters. */
INLINE number round_to(const struct kernel_format *format, number high, number low, number shift)
{
    number value = high + shift, scaled = value * format->splitter;
    (void)low;
    return scaled - (scaled - value);
}

#define SPARE (1 + 0x1p-20)
#define DOUBT 0x1p-30

/* Reading is the same in either width. */
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

#endif

/* 2^-e for numbers between 2^e and 2^(e + 1). */
INLINE number inverse_scale(number a)
{
    mask exponent = (mask)a & 0x7ff0000000000000;
    return (number)(0x7fe0000000000000 - exponent);
}

/* The first `count` lanes. */
INLINE mask first_lanes(size_t count)
{
    mask lanes = {0};
    for (int k = 0; k < LANES; k++)
        lanes[k] = (size_t)k < count ? -1 : 0;
    return lanes;
}

void VARIANT(classify)(const struct kernel_format *format, size_t count,
                       const struct classification *results, struct class_counts *counts)
{
    const struct kernel_vector *value = results->value;
    number sum = zero, largest = zero;
    mask exacts = {0}, faithfuls = {0}, nears = {0}, record = {0}, inside = ~(mask){0};
    for (size_t i = 0; i < count; i += LANES) {
        number high = AT(value->high), error = AT(value->error) * SPARE, got = AT(results->got);
#ifdef KERNEL_PAIR_WIDTH
        number low = AT(value->low);
#else
        number low = zero;
#endif
        number expected = round_to(format, high, low, -error), size = absolute(high);
        mask unique = expected == round_to(format, high, low, error);
        mask normal = (size - error >= format->least) & (size + error <= format->most);
        mask vanishing = (size + error <= format->nothing) & (got == 0);
        number scale = inverse_scale(expected) * format->ulps;
        number off = absolute((got - high) - low), ulps = where(~vanishing, off * scale);
        number doubt = 2 * error * scale + ulps * 0x1p-50, margin = doubt + DOUBT,
               most = off * (1 + 0x1p-40) + 2 * error;
        number budget = AT(value->within) * (1 - 0x1p-20); /* what the bounds leave out */
        mask certain = (unique & normal) | vanishing;
        mask exact = certain & ((got == expected) | vanishing);
        /* next to a power of two, less than half an ulp may be off */
        mask faithful = certain & ~exact & (ulps + margin < 1) & (ulps - doubt > 0.5 + 0x1p-48);
        mask within = certain & ~exact & (ulps - margin >= 1) & (most <= budget);
        within &= 8 * budget < absolute(high - AT(results->from)); /* or it may say nothing */
        mask near = within & (ulps + margin <= 2);
        number class = select(within, everywhere(CLASS_WITHIN), everywhere(CLASS_UNKNOWN));
        class = select(near, everywhere(CLASS_NEAR), class);
        class = where(~exact, select(faithful, everywhere(CLASS_FAITHFUL), class));
        number worst = AT(results->worst);
        AT(results->class) = class;
        AT(results->ulps) = ulps;
        AT(results->doubt) = margin;
        AT(results->worst) = select(class > worst, class, worst);
        if (count - i < LANES) /* what lies past the end counts for nothing */
            inside = first_lanes(count - i);
        record |= inside & within & (most > budget * results->share);
        exacts -= inside & exact;
        faithfuls -= inside & faithful;
        nears -= inside & near;
        ulps = where(inside & (exact | faithful | near), ulps);
        sum += ulps;
        largest = select(ulps > largest, ulps, largest);
    }
    *counts = (struct class_counts){0};
    for (int k = 0; k < LANES; k++) {
        counts->exact += (size_t)exacts[k];
        counts->faithful += (size_t)faithfuls[k];
        counts->near += (size_t)nears[k];
        counts->ulps += sum[k];
        counts->worst = counts->worst < largest[k] ? largest[k] : counts->worst;
        counts->record = counts->record || record[k] != 0;
    }
}
