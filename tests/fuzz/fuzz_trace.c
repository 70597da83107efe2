/* fuzz_trace SEED COUNT FILE…: reads COUNT mutations of the good files. Nothing is expected but that it ends; build it
 * with -fsanitize=address,undefined. The same seed gives the same mutations. */
#include "trace/trace.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SLACK = 4096 }; /* how much the mutations of one file may add */

struct bytes {
    char *data;
    size_t size;
};

/* splitmix64 */
static uint64_t draw(uint64_t *state, uint64_t below)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15U;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    z ^= z >> 31;
    return below == 0 ? z : z % below;
}

static struct bytes load(const char *path)
{
    struct bytes bytes = {NULL, 0};
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0)
        return bytes;
    bytes.size = (size_t)ftell(file);
    bytes.data = malloc(bytes.size + SLACK);
    rewind(file);
    if (bytes.data != NULL)
        bytes.size = fread(bytes.data, 1, bytes.size, file);
    fclose(file);
    return bytes;
}

static void insert(struct bytes *bytes, size_t at, const char *text, size_t size)
{
    memmove(bytes->data + at + size, bytes->data + at, bytes->size - at);
    memcpy(bytes->data + at, text, size);
    bytes->size += size;
}

/* Puts another number where the digits at or after `at` are. */
static void replace_number(struct bytes *bytes, size_t at, uint64_t *state)
{
    static const char *const numbers[] = {"0",
                                          "-1",
                                          "1",
                                          "7",
                                          "4294967296",
                                          "18446744073709551616",
                                          "9223372036854775807",
                                          "1e308",
                                          "1e999",
                                          "NaN",
                                          "\"inf\"",
                                          "[]",
                                          "{}",
                                          "0x1p-1074"};
    const char *text = numbers[draw(state, sizeof numbers / sizeof *numbers)];
    while (at < bytes->size && (bytes->data[at] < '0' || bytes->data[at] > '9'))
        at++;
    size_t end = at;
    while (end < bytes->size && bytes->data[end] >= '0' && bytes->data[end] <= '9')
        end++;
    memmove(bytes->data + at, bytes->data + end, bytes->size - end);
    bytes->size -= end - at;
    insert(bytes, at, text, strlen(text));
}

static void mutate(struct bytes *bytes, uint64_t *state)
{
    if (bytes->size == 0)
        return;
    size_t at = draw(state, bytes->size);
    char byte = (char)draw(state, 256);
    switch (draw(state, 6)) {
    case 0:
        if (draw(state, 4) == 0)
            bytes->size = at;
        break;
    case 1:
        insert(bytes, at, &byte, 1);
        break;
    case 2: { /* repeats a stretch */
        size_t size = draw(state, 64);
        char copy[64];
        size = size < bytes->size - at ? size : bytes->size - at;
        memcpy(copy, bytes->data + at, size);
        insert(bytes, draw(state, bytes->size), copy, size);
        break;
    }
    case 3:
        replace_number(bytes, at, state);
        break;
    default:
        bytes->data[at] = (char)(bytes->data[at] ^ (1 << draw(state, 8)));
    }
}

/* Mostly, the header of a .safetensors file keeps its right length: else the reading would end there. */
static void mend_length(struct bytes *bytes, const struct bytes *good)
{
    uint64_t length;
    if (bytes->size < sizeof length || memchr(good->data, '\0', sizeof length) == NULL)
        return;
    memcpy(&length, good->data, sizeof length);
    length += bytes->size - good->size;
    memcpy(bytes->data, &length, sizeof length);
}

/* Reads all that a trace holds, so that a bad pointer is noticed. */
static double walk(const goldstep_trace *trace)
{
    double sum = 0;
    for (size_t t = 0; t < trace_tensors(trace); t++)
        for (size_t q = 0; q < trace_quantities(trace, t); q++)
            for (size_t step = 0; step <= trace_steps(trace); step++) {
                const char *quantity = trace_quantity_name(trace, t, q);
                const struct trace_array *array = trace_find(trace, step, t, quantity);
                for (size_t i = 0; array != NULL && i < array->count; i++)
                    sum += array_get(array, i);
            }
    for (size_t h = 0; h < trace_hypers(trace); h++) {
        double value = 0;
        trace_hyper(trace, trace_steps(trace), trace_hyper_name(trace, h), &value);
        sum += value;
    }
    return sum;
}

static bool store(const char *path, const struct bytes *bytes)
{
    FILE *file = fopen(path, "wb");
    bool stored = file != NULL && fwrite(bytes->data, 1, bytes->size, file) == bytes->size;
    return file != NULL && fclose(file) == 0 && stored;
}

/* 1 where the mutation is read, 0 where it is refused, -1 where the fuzzer itself failed. */
static int try_one(const struct bytes *good, const char *path, uint64_t *state)
{
    struct bytes bytes = {malloc(good->size + SLACK), good->size};
    if (bytes.data == NULL)
        return -1;
    memcpy(bytes.data, good->data, good->size);
    for (uint64_t left = 1 + draw(state, 4); left > 0; left--)
        mutate(&bytes, state);
    if (draw(state, 4) > 0)
        mend_length(&bytes, good);
    bool stored = store(path, &bytes);
    free(bytes.data);
    if (!stored)
        return -1;
    goldstep_trace *trace;
    goldstep_error error;
    if (goldstep_trace_read(&trace, path, &error) != GOLDSTEP_OK)
        return trace == NULL && error.message[0] != '\0' ? 0 : -1;
    volatile double sum = walk(trace);
    (void)sum;
    goldstep_trace_free(trace);
    return 1;
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        fprintf(stderr, "usage: fuzz_trace SEED COUNT FILE…\n");
        return 2;
    }
    char path[] = "/tmp/fuzz_trace.XXXXXX";
    int file = mkstemp(path);
    if (file < 0)
        return 2;
    close(file);
    uint64_t state = strtoull(argv[1], NULL, 10), count = strtoull(argv[2], NULL, 10);
    uint64_t results[3] = {0, 0, 0};
    for (int i = 3; i < argc; i++) {
        struct bytes good = load(argv[i]);
        if (good.data == NULL)
            results[0]++;
        for (uint64_t n = 0; good.data != NULL && n < count; n++)
            results[1 + try_one(&good, path, &state)]++;
        free(good.data);
    }
    unlink(path);
    printf("fuzz_trace: %ju accepted, %ju refused, %ju failures\n", results[2], results[1],
           results[0]);
    return results[0] == 0 ? 0 : 1;
}
