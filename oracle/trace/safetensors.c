/* Traces as .safetensors files, mapped and not copied. Such a file is the length of its header (8 bytes, little
 * endian), the header (a JSON object) and the data. The tensors of a trace are named STEP/TENSOR/QUANTITY, as in
 * "12/layers/0/weight/exp_avg", and are F64, F32, F16 or BF16. The header's "__metadata__" holds "goldstep": "1", the
 * version of this format, and may hold "rule", "computed_in" (the format that the implementation computes in; without
 * it the narrowest format that holds all the tensors' numbers), "hyper" (the text of a JSON object of numbers) and
 * "hyper/STEP" (from that step on). */
#include "reader.h"

#include "error.h"
#include "eval/format.h"
#include "trace/names.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "the data of a .safetensors file is little endian, and so must be the host"
#endif

enum { LENGTH_SIZE = 8, MAX_HEADER = 100000000 };

/* A tensor of the file, or a "hyper" of its metadata. */
struct item {
    const char *key;
    json_t *value;
    size_t step, order;
    size_t count, begin, end;      /* of a tensor; begin and end count from the start of the data */
    goldstep_format format;        /* of a tensor */
    const char *tensor, *quantity; /* in `key`: a tensor's name ends before the quantity's '/' */
};

struct archive {
    struct reader reader;
    const char *bytes;
    size_t size, data; /* the data begins at byte `data` */
    json_t *header;
    struct item *tensors, *hypers;
    size_t tensors_size, hypers_size;
};

/* --- the file ------------------------------------------------------------------------------------------------- */

static goldstep_status map_file(struct archive *archive)
{
    struct stat about;
    int file = open(archive->reader.path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return reader_fail(&archive->reader);
    goldstep_status status = GOLDSTEP_OK;
    if (fstat(file, &about) != 0)
        status = reader_fail(&archive->reader);
    else if (!S_ISREG(about.st_mode) || about.st_size < LENGTH_SIZE)
        status = reader_refuse(&archive->reader,
                               "expected a .safetensors file, which begins with 8 bytes that hold "
                               "the length of its header");
    else {
        void *at = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, file, 0);
        if (at == MAP_FAILED)
            status = reader_fail(&archive->reader);
        else {
            archive->bytes = at;
            archive->size = (size_t)about.st_size;
        }
    }
    close(file);
    return status;
}

static goldstep_status read_header(struct archive *archive)
{
    const struct reader *reader = &archive->reader;
    const char *text = archive->bytes + LENGTH_SIZE;
    uint64_t length;
    json_error_t problem;
    memcpy(&length, archive->bytes, sizeof length);
    if (length > MAX_HEADER || length > archive->size - LENGTH_SIZE)
        return reader_refuse(reader,
                             "byte 0: a header of %ju bytes: expected at most %d, and no more than "
                             "the file's %zu",
                             (uintmax_t)length, MAX_HEADER, archive->size);
    if (length == 0 || text[0] != '{')
        return reader_refuse(reader, "byte 8: header: expected '{'");
    archive->header = reader_json(text, (size_t)length, &problem);
    if (archive->header == NULL) /* jansson counts the bytes that it has read */
        return reader_refuse(reader, "byte %d: header: %s",
                             LENGTH_SIZE + problem.position - (problem.position > 0), problem.text);
    archive->data = LENGTH_SIZE + (size_t)length;
    return GOLDSTEP_OK;
}

/* --- the header ----------------------------------------------------------------------------------------------- */

static goldstep_status refuse_tensor(const struct archive *archive, const char *key,
                                     const char *expected, const json_t *found)
{
    return reader_refuse(&archive->reader, "tensor %s: expected %s, found %s",
                         reader_show_key(key).text, expected, reader_show(found).text);
}

/* A whole number without sign or leading zeros; returns what follows it, or NULL. */
static const char *parse_step(const char *text, size_t *step)
{
    const char *at = text;
    *step = 0;
    for (; '0' <= *at && *at <= '9'; at++)
        if (__builtin_mul_overflow(*step, (size_t)10, step) ||
            __builtin_add_overflow(*step, (size_t)(*at - '0'), step))
            return NULL;
    return at == text || (text[0] == '0' && at != text + 1) ? NULL : at;
}

static goldstep_status split_key(const struct archive *archive, struct item *item)
{
    const char *first = parse_step(item->key, &item->step);
    const char *last = strrchr(item->key, '/');
    if (first == NULL || *first != '/' || last <= first)
        return reader_refuse(
            &archive->reader,
            "tensor %s: expected a name of the form STEP/TENSOR/QUANTITY, STEP a whole "
            "number below 2^64",
            reader_show_key(item->key).text);
    item->tensor = first + 1;
    item->quantity = last + 1;
    return GOLDSTEP_OK;
}

static goldstep_status read_dtype(const struct archive *archive, struct item *item)
{
    const json_t *value = json_object_get(item->value, "dtype");
    if (!format_of_dtype(json_is_string(value) ? json_string_value(value) : "", &item->format))
        return refuse_tensor(archive, item->key, "the dtype \"F64\", \"F32\", \"F16\" or \"BF16\"",
                             value);
    return GOLDSTEP_OK;
}

static bool to_size(const json_t *value, size_t *size)
{
    *size = (size_t)json_integer_value(value);
    return json_is_integer(value) && json_integer_value(value) >= 0;
}

static goldstep_status read_shape(const struct archive *archive, struct item *item)
{
    const json_t *shape = json_object_get(item->value, "shape");
    if (!json_is_array(shape))
        return refuse_tensor(archive, item->key, "a shape, an array of whole numbers", shape);
    item->count = 1;
    for (size_t i = 0; i < json_array_size(shape); i++) {
        size_t size;
        if (!to_size(json_array_get(shape, i), &size))
            return refuse_tensor(archive, item->key, "whole numbers in its shape",
                                 json_array_get(shape, i));
        if (__builtin_mul_overflow(item->count, size, &item->count))
            return reader_refuse(&archive->reader,
                                 "tensor %s: its shape holds 2^64 numbers or more",
                                 reader_show_key(item->key).text);
    }
    return GOLDSTEP_OK;
}

static goldstep_status read_offsets(const struct archive *archive, struct item *item)
{
    const json_t *offsets = json_object_get(item->value, "data_offsets");
    size_t data_size = archive->size - archive->data, expected;
    if (json_array_size(offsets) != 2 || !to_size(json_array_get(offsets, 0), &item->begin) ||
        !to_size(json_array_get(offsets, 1), &item->end))
        return refuse_tensor(archive, item->key, "data_offsets, an array of two whole numbers",
                             offsets);
    if (item->begin > item->end || item->end > data_size)
        return reader_refuse(&archive->reader,
                             "tensor %s: its data_offsets are %zu and %zu, of %zu bytes of data",
                             reader_show_key(item->key).text, item->begin, item->end, data_size);
    size_t number = format_of(item->format)->size;
    if (__builtin_mul_overflow(item->count, number, &expected) ||
        expected != item->end - item->begin)
        return reader_refuse(&archive->reader,
                             "tensor %s: its shape is %zu numbers, but its data %zu bytes",
                             reader_show_key(item->key).text, item->count, item->end - item->begin);
    return GOLDSTEP_OK;
}

static goldstep_status read_tensor(struct archive *archive, struct item *item)
{
    if (!json_is_object(item->value))
        return refuse_tensor(archive, item->key, "an object", item->value);
    goldstep_status status = split_key(archive, item);
    if (status == GOLDSTEP_OK)
        status = read_dtype(archive, item);
    if (status == GOLDSTEP_OK)
        status = read_shape(archive, item);
    return status == GOLDSTEP_OK ? read_offsets(archive, item) : status;
}

static goldstep_status read_tensors(struct archive *archive)
{
    const char *key;
    json_t *value;
    archive->tensors = calloc(json_object_size(archive->header) + 1, sizeof *archive->tensors);
    if (archive->tensors == NULL)
        return error_memory(archive->reader.error);
    json_object_foreach(archive->header, key, value)
    {
        if (strcmp(key, "__metadata__") == 0)
            continue;
        size_t at = archive->tensors_size++;
        archive->tensors[at] = (struct item){.key = key, .value = value, .order = at};
        goldstep_status status = read_tensor(archive, &archive->tensors[at]);
        if (status != GOLDSTEP_OK)
            return status;
    }
    if (archive->tensors_size == 0)
        return reader_refuse(&archive->reader, "the trace holds no arrays");
    return GOLDSTEP_OK;
}

/* --- the data ------------------------------------------------------------------------------------------------- */

static int compare(size_t a, size_t b)
{
    return a < b ? -1 : a > b;
}

static int by_offset(const void *a, const void *b)
{
    const struct item *left = a, *right = b;
    int order = compare(left->begin, right->begin);
    order = order != 0 ? order : compare(left->end, right->end);
    return order != 0 ? order : compare(left->order, right->order);
}

static int by_step(const void *a, const void *b)
{
    const struct item *left = a, *right = b;
    int order = compare(left->step, right->step);
    return order != 0 ? order : compare(left->order, right->order);
}

static goldstep_status refuse_hole(const struct archive *archive, size_t from, size_t to)
{
    return reader_refuse(&archive->reader,
                         "byte %zu: the data section has %zu bytes that belong to no tensor",
                         archive->data + from, to - from);
}

/* The tensors must cover the data, each byte once. */
static goldstep_status check_cover(struct archive *archive)
{
    size_t covered = 0;
    qsort(archive->tensors, archive->tensors_size, sizeof *archive->tensors, by_offset);
    for (size_t i = 0; i < archive->tensors_size; i++) {
        const struct item *item = &archive->tensors[i];
        if (item->begin > covered)
            return refuse_hole(archive, covered, item->begin);
        if (item->begin < covered)
            return reader_refuse(&archive->reader, "byte %zu: the tensors %s and %s overlap",
                                 archive->data + item->begin, reader_show_key(item[-1].key).text,
                                 reader_show_key(item->key).text);
        covered = item->end;
    }
    size_t size = archive->size - archive->data;
    return covered < size ? refuse_hole(archive, covered, size) : GOLDSTEP_OK;
}

static goldstep_status add_tensor(struct archive *archive, const struct item *item)
{
    struct reader *reader = &archive->reader;
    const char *data = archive->bytes + archive->data + item->begin;
    char
        tensor[NAME_MAX_BYTES + 2]; /* one byte more than a name may have, for the builder to see */
    size_t length = (size_t)(item->quantity - item->tensor) - 1;
    snprintf(tensor, sizeof tensor, "%.*s", (int)(length < sizeof tensor ? length : sizeof tensor),
             item->tensor);
    goldstep_error inner;
    return reader_pass(reader,
                       trace_borrow(reader->trace, item->step, tensor, item->quantity, item->format,
                                    item->count, data, &inner),
                       &inner);
}

static goldstep_status add_tensors(struct archive *archive)
{
    goldstep_status status = GOLDSTEP_OK;
    qsort(archive->tensors, archive->tensors_size, sizeof *archive->tensors, by_step);
    for (size_t i = 0; status == GOLDSTEP_OK && i < archive->tensors_size; i++)
        status = add_tensor(archive, &archive->tensors[i]);
    return status;
}

/* --- the metadata --------------------------------------------------------------------------------------------- */

/* Takes note of a "hyper" or "hyper/STEP"; other keys are other programs'. */
static goldstep_status note_metadata(struct archive *archive, const char *key, json_t *value)
{
    const struct reader *reader = &archive->reader;
    size_t last = trace_steps(reader->trace);
    struct item item = {.key = key, .value = value, .order = archive->hypers_size};
    if (!json_is_string(value))
        return reader_refuse(reader, "__metadata__: %s: expected a string, found %s",
                             reader_show_key(key).text, reader_show(value).text);
    bool stepped = strncmp(key, "hyper/", 6) == 0;
    if (!stepped && strcmp(key, "hyper") != 0)
        return GOLDSTEP_OK;
    const char *end = stepped ? parse_step(key + 6, &item.step) : key + 5;
    if (end == NULL || *end != '\0' || item.step > last)
        return reader_refuse(reader, "__metadata__: %s: expected hyper/STEP, a step from 0 to %zu",
                             reader_show_key(key).text, last);
    archive->hypers[archive->hypers_size++] = item;
    return GOLDSTEP_OK;
}

static goldstep_status set_hyper(struct archive *archive, const struct item *item)
{
    struct reader *reader = &archive->reader;
    json_error_t problem;
    char where[64];
    snprintf(where, sizeof where, "__metadata__: %s", item->key);
    json_t *values =
        reader_json(json_string_value(item->value), json_string_length(item->value), &problem);
    if (values == NULL)
        return reader_refuse(reader, "%s: %s", where, problem.text);
    goldstep_status status = reader_hyper(reader, where, item->step, values);
    json_decref(values);
    return status;
}

static goldstep_status read_hypers(struct archive *archive, json_t *metadata)
{
    const char *key;
    json_t *value;
    goldstep_status status = GOLDSTEP_OK;
    archive->hypers = calloc(json_object_size(metadata) + 1, sizeof *archive->hypers);
    if (archive->hypers == NULL)
        return error_memory(archive->reader.error);
    json_object_foreach(metadata, key, value)
    {
        status = note_metadata(archive, key, value);
        if (status != GOLDSTEP_OK)
            return status;
    }
    qsort(archive->hypers, archive->hypers_size, sizeof *archive->hypers, by_step);
    for (size_t i = 0; status == GOLDSTEP_OK && i < archive->hypers_size; i++)
        status = set_hyper(archive, &archive->hypers[i]);
    return status;
}

static goldstep_status read_metadata(struct archive *archive)
{
    struct reader *reader = &archive->reader;
    json_t *metadata = json_object_get(archive->header, "__metadata__");
    const json_t *version = json_object_get(metadata, "goldstep");
    const json_t *rule = json_object_get(metadata, "rule");
    if (!json_is_string(version) || strcmp(json_string_value(version), "1") != 0)
        return reader_mismatch(reader, "__metadata__: \"goldstep\"",
                               "\"1\", the version of the format", version);
    goldstep_status status = read_hypers(archive, metadata);
    if (status != GOLDSTEP_OK || rule == NULL)
        return status;
    goldstep_error inner;
    return reader_pass(reader, trace_set_rule(reader->trace, json_string_value(rule), &inner),
                       &inner);
}

/* What the implementation computes in. */
static goldstep_status read_format(const struct archive *archive, goldstep_format *format)
{
    const json_t *metadata = json_object_get(archive->header, "__metadata__");
    const json_t *value = json_object_get(metadata, "computed_in");
    *format = archive->tensors[0].format;
    for (size_t i = 1; i < archive->tensors_size; i++)
        *format = format_join(*format, archive->tensors[i].format);
    if (value != NULL &&
        !format_named(json_is_string(value) ? json_string_value(value) : "", format))
        return reader_mismatch(&archive->reader, "__metadata__: \"computed_in\"", FORMAT_NAMES,
                               value);
    return GOLDSTEP_OK;
}

static goldstep_status read_archive(struct archive *archive)
{
    struct reader *reader = &archive->reader;
    goldstep_format format;
    goldstep_status status = map_file(archive);
    if (status == GOLDSTEP_OK)
        status = read_header(archive);
    if (status == GOLDSTEP_OK)
        status = read_tensors(archive);
    if (status == GOLDSTEP_OK)
        status = check_cover(archive);
    if (status == GOLDSTEP_OK)
        status = read_format(archive, &format);
    if (status == GOLDSTEP_OK)
        status = reader_begin(reader, NULL, format);
    if (status == GOLDSTEP_OK)
        status = add_tensors(archive);
    return status == GOLDSTEP_OK ? read_metadata(archive) : status;
}

goldstep_status trace_read_safetensors(goldstep_trace **trace, const char *path,
                                       goldstep_error *error)
{
    struct archive archive = {.bytes = NULL};
    *trace = NULL;
    goldstep_status status = reader_open(&archive.reader, path, error);
    if (status == GOLDSTEP_OK)
        status = read_archive(&archive);
    if (archive.reader.trace != NULL)
        trace_own_mapping(archive.reader.trace, (void *)archive.bytes, archive.size);
    else if (archive.bytes != NULL)
        munmap((void *)archive.bytes, archive.size);
    free(archive.tensors);
    free(archive.hypers);
    json_decref(archive.header);
    return reader_close(&archive.reader, status, trace);
}
