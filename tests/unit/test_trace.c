/* The trace: its builder, its two readers, and what each refuses, with the place and the words. */
#include "trace/trace.h"

#include <check.h>
#include <fcntl.h>
#include <math.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

Suite *trace_suite(void);

/* --- helpers -------------------------------------------------------------------------------------------------- */

#define LENGTH(array) (sizeof(array) / sizeof *(array))

static char folder[64], path[96];
static goldstep_error error;
static goldstep_trace *trace;

static void set_up(void)
{
    strcpy(folder, "/tmp/test_trace.XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/t", folder);
    trace = NULL;
}

static void tear_down(void)
{
    goldstep_trace_free(trace);
    unlink(path);
    rmdir(folder);
}

static void write_file(const void *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, size, file), size);
    ck_assert_int_eq(fclose(file), 0);
}

static void start(goldstep_format format)
{
    ck_assert_int_eq(goldstep_trace_new(&trace, NULL, format, NULL), GOLDSTEP_OK);
}

/* The status must be "bad input" and the message, without the folder before it, `expected`. */
static void refused_as(goldstep_status status, goldstep_status expected, const char *message)
{
    const char *text = error.message;
    size_t length = strlen(folder);
    if (strncmp(text, folder, length) == 0)
        text += length + 1;
    ck_assert_str_eq(text, message);
    ck_assert_int_eq(status, expected);
    ck_assert_int_eq(error.status, expected);
}

static void refused(goldstep_status status, const char *message)
{
    refused_as(status, GOLDSTEP_BAD_INPUT, message);
}

static goldstep_status read_bytes(const void *bytes, size_t size)
{
    write_file(bytes, size);
    goldstep_trace_free(trace);
    trace = (goldstep_trace *)folder; /* must be set, even where the reading fails */
    goldstep_status status = goldstep_trace_read(&trace, path, &error);
    ck_assert(status == GOLDSTEP_OK ? trace != NULL : trace == NULL);
    return status;
}

static goldstep_status read_text(const char *text)
{
    return read_bytes(text, strlen(text));
}

static void accepted(goldstep_status status)
{
    ck_assert_msg(status == GOLDSTEP_OK, "%s", error.message);
}

/* Writes a .safetensors file of this header and `size` bytes of data: the floats 0, 1, 2, … */
static size_t safetensors(char **bytes, const char *header, size_t size)
{
    uint64_t length = strlen(header);
    size_t total = 8 + length + size;
    *bytes = malloc(total + 4);
    ck_assert_ptr_nonnull(*bytes);
    memcpy(*bytes, &length, 8);
    memcpy(*bytes + 8, header, length);
    for (size_t i = 0; i < size; i += 4) {
        float number = (float)(i / 4);
        memcpy(*bytes + 8 + length + i, &number, 4);
    }
    return total;
}

static goldstep_status read_header(const char *header, size_t size)
{
    char *bytes;
    size_t total = safetensors(&bytes, header, size);
    goldstep_status status = read_bytes(bytes, total);
    free(bytes);
    return status;
}

static double number_at(size_t step, size_t tensor, const char *quantity, size_t index)
{
    const struct trace_array *array = trace_find(trace, step, tensor, quantity);
    ck_assert_ptr_nonnull(array);
    ck_assert_uint_lt(index, array->count);
    return array_get(array, index);
}

static double hyper_at(size_t step, const char *name)
{
    double value = NAN;
    return trace_hyper(trace, step, name, &value) ? value : -1;
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* --- the builder ---------------------------------------------------------------------------------------------- */

static const double data[] = {1, 2, 3};

static goldstep_status add(size_t step, const char *tensor, const char *quantity, size_t count)
{
    return goldstep_trace_add(trace, step, tensor, quantity, count, data, &error);
}

START_TEST(test_new)
{
    ck_assert_int_eq(goldstep_trace_new(&trace, "adam.keras", GOLDSTEP_BINARY32, &error), 0);
    ck_assert_str_eq(trace_rule(trace), "adam.keras");
    ck_assert_int_eq(trace_format(trace), GOLDSTEP_BINARY32);
    ck_assert_ptr_null(trace_file(trace));
    ck_assert_uint_eq(trace_steps(trace), 0);
    ck_assert_uint_eq(trace_tensors(trace), 0);
    ck_assert_uint_eq(trace_hypers(trace), 0);
    goldstep_trace_free(trace);
    start(GOLDSTEP_BINARY64);
    ck_assert_ptr_null(trace_rule(trace));
    goldstep_trace_free(trace);
    refused(goldstep_trace_new(&trace, NULL, (goldstep_format)7, &error),
            "format 7: expected a goldstep_format, from 0 to 3");
    ck_assert_ptr_null(trace);
    refused(goldstep_trace_new(&trace, "", GOLDSTEP_BINARY64, &error),
            "the name of a rule is empty");
    ck_assert_ptr_null(trace);
    goldstep_trace_free(NULL);
}
END_TEST

START_TEST(test_add)
{
    double numbers[] = {1, 2};
    start(GOLDSTEP_BINARY64);
    accepted(goldstep_trace_add(trace, 0, "w", "x", 2, numbers, &error));
    numbers[0] = 9; /* it was copied */
    accepted(add(0, "b", "x", 1));
    accepted(add(1, "w", "g", 2));
    accepted(add(1, "w", "x", 2));
    accepted(add(2, "w", "x", 2)); /* g may be missing from a step */
    accepted(add(3, "w", "g", 2));
    ck_assert_uint_eq(trace_steps(trace), 3);
    ck_assert_uint_eq(trace_tensors(trace), 2);
    ck_assert_str_eq(trace_tensor_name(trace, 0), "w");
    ck_assert_str_eq(trace_tensor_name(trace, 1), "b");
    ck_assert_uint_eq(trace_quantities(trace, 0), 2);
    ck_assert_str_eq(trace_quantity_name(trace, 0, 0), "x");
    ck_assert_str_eq(trace_quantity_name(trace, 0, 1), "g");
    ck_assert_double_eq(number_at(0, 0, "x", 0), 1);
    ck_assert_double_eq(number_at(2, 0, "x", 1), 2);
    ck_assert_ptr_null(trace_find(trace, 0, 0, "g"));
    ck_assert_ptr_null(trace_find(trace, 2, 0, "g"));
    ck_assert_ptr_nonnull(trace_find(trace, 3, 0, "g"));
    ck_assert_ptr_null(trace_find(trace, 3, 0, "x"));
    ck_assert_ptr_null(trace_find(trace, 4, 0, "g"));
    ck_assert_ptr_null(trace_find(trace, 0, 1, "g"));
}
END_TEST

/* Names that would collide if the index put them together carelessly. */
START_TEST(test_names_apart)
{
    char many[600];
    memset(many, 'q', sizeof many - 1);
    many[sizeof many - 1] = '\0';
    start(GOLDSTEP_BINARY64);
    accepted(add(0, "a", "b", 1));
    accepted(add(0, "a/b", "b", 2));
    accepted(add(0, "a/b/b", "b", 3));
    accepted(goldstep_trace_set_hyper(trace, 0, "a", 5, &error));
    accepted(goldstep_trace_set_hyper(trace, 0, "b", 6, &error));
    ck_assert_uint_eq(trace_tensors(trace), 3);
    for (size_t i = 0; i < 3; i++)
        ck_assert_uint_eq(trace_find(trace, 0, i, "b")->count, i + 1);
    ck_assert_ptr_null(trace_find(trace, 0, 0, "b/b"));
    ck_assert_ptr_null(trace_find(trace, 0, 0, "b\nb"));
    ck_assert_ptr_null(trace_find(trace, 0, 0, ""));
    ck_assert_ptr_null(trace_find(trace, 0, 0, many));
    ck_assert_double_eq(hyper_at(0, "a"), 5);
    ck_assert_double_eq(hyper_at(0, "b"), 6);
    ck_assert_double_eq(hyper_at(0, "a/b"), -1);
    ck_assert_double_eq(hyper_at(0, many), -1);
}
END_TEST

START_TEST(test_add_binary32)
{
    const float singles[] = {0.1F, INFINITY};
    char bytes[9] = {0};
    start(GOLDSTEP_BINARY32);
    accepted(goldstep_trace_add(trace, 0, "w", "x", 2, singles, &error));
    memcpy(bytes + 1, singles, 8); /* borrowed data need not be aligned */
    accepted(trace_borrow(trace, 1, "w", "x", GOLDSTEP_BINARY32, 2, bytes + 1, &error));
    accepted(trace_borrow(trace, 1, "w", "empty", GOLDSTEP_BINARY32, 0, NULL, &error));
    accepted(goldstep_trace_add(trace, 1, "e", "empty", 0, NULL, &error));
    for (size_t step = 0; step < 2; step++) {
        ck_assert_double_eq(number_at(step, 0, "x", 0), (double)0.1F);
        ck_assert_double_eq(number_at(step, 0, "x", 1), INFINITY);
    }
    ck_assert_uint_eq(trace_find(trace, 1, 0, "empty")->count, 0);
    ck_assert_int_eq(trace_find(trace, 1, 0, "x")->format, GOLDSTEP_BINARY32);
}
END_TEST

START_TEST(test_step_order)
{
    start(GOLDSTEP_BINARY64);
    refused(add(2, "w", "x", 1), "step 2 comes first: expected step 0, which holds what the run "
                                 "starts from, or step 1");
    accepted(add(0, "w", "x", 1));
    refused(add(2, "w", "x", 1), "step 2 follows step 0: expected step 1");
    refused(add(SIZE_MAX, "w", "x", 1),
            "step 18446744073709551615 follows step 0: expected step 1");
    accepted(add(1, "w", "x", 1));
    refused(add(0, "w", "m", 1), "step 0 follows step 1: steps are added in order");
    ck_assert_uint_eq(trace_steps(trace), 1);
    ck_assert_uint_eq(trace_quantities(trace, 0), 1);
}
END_TEST

START_TEST(test_duplicate_and_count)
{
    start(GOLDSTEP_BINARY64);
    accepted(add(0, "w", "x", 2));
    refused(add(0, "w", "x", 2), "tensor w, quantity x: step 0 has it already");
    refused(add(1, "w", "x", 3), "tensor w, quantity x: 3 numbers in step 1, 2 in step 0");
    refused(add(1, "w", "x", 0), "tensor w, quantity x: 0 numbers in step 1, 2 in step 0");
    accepted(add(1, "w", "g", 3));
    refused(goldstep_trace_add(trace, 1, "w", "h", SIZE_MAX / 4, data, &error),
            "tensor w, quantity h: 4611686018427387903 numbers do not fit into memory");
    refused(goldstep_trace_add(trace, 1, "w", "h", 1, NULL, &error),
            "tensor w, quantity h: the data is NULL");
    ck_assert_uint_eq(trace_quantities(trace, 0), 2);
    ck_assert_int_eq(goldstep_trace_add(trace, 0, "w", "x", 1, data, NULL), GOLDSTEP_BAD_INPUT);
}
END_TEST

START_TEST(test_tensor_names)
{
    static const char *const good[] = {
        "w",        "a b/c.d[0]", "поле",          "\xF0\x9F\x98\x80", "\xED\x9F\xBF",
        "\xC2\xA0", "0",          "é\xEF\xBF\xBF", "\xF4\x8F\xBF\xBF"};
    static const char *const not_utf8[] = {"\xFF",
                                           "a\x80",
                                           "\xC3",
                                           "\xC3(",
                                           "\xC0\xAF",
                                           "\xC1\xBF",
                                           "\xE0\x80\xAF",
                                           "\xE0\x9F\xBF",
                                           "\xED\xA0\x80",
                                           "\xED\xBF\xBF",
                                           "\xE2\x82",
                                           "\xF0\x8F\xBF\xBF",
                                           "\xF4\x90\x80\x80",
                                           "\xF5\x80\x80\x80",
                                           "\xF8\x88\x80\x80\x80",
                                           "\xF0\x9F\x98",
                                           "\xF0\x9F\x98z"};
    static const char *const control[] = {"\n", "a\tb", "\x1B[1m", "\x7F", "\xC2\x80", "\xC2\x9F"};
    start(GOLDSTEP_BINARY64);
    for (size_t i = 0; i < LENGTH(good); i++)
        accepted(add(0, good[i], "x", 1));
    for (size_t i = 0; i < LENGTH(not_utf8); i++)
        refused(add(0, not_utf8[i], "x", 1), "the name of a tensor is not UTF-8");
    for (size_t i = 0; i < LENGTH(control); i++)
        refused(add(0, control[i], "x", 1), "the name of a tensor has a control character");
    refused(add(0, "", "x", 1), "the name of a tensor is empty");
    refused(add(0, NULL, "x", 1), "the name of a tensor is empty");
    char name[257];
    memset(name, 'n', 256);
    name[256] = '\0';
    refused(add(0, name, "x", 1), "the name of a tensor is longer than 255 bytes");
    name[255] = '\0';
    accepted(add(0, name, name, 1));
    ck_assert_ptr_nonnull(trace_find(trace, 0, LENGTH(good), name));
}
END_TEST

START_TEST(test_quantity_names)
{
    static const char *const good[] = {"x", "_", "exp_avg_sq", "A9"};
    static const char *const bad[] = {"2x", "a b", "a/b", "a-b", "é", "a.b"};
    char message[128];
    start(GOLDSTEP_BINARY64);
    for (size_t i = 0; i < LENGTH(good); i++)
        accepted(add(0, "w", good[i], 1));
    for (size_t i = 0; i < LENGTH(bad); i++) {
        snprintf(message, sizeof message, "quantity %s: expected a C identifier", bad[i]);
        refused(add(0, "w", bad[i], 1), message);
    }
    refused(add(0, "w", "", 1), "the name of a quantity is empty");
    refused(add(0, "w", "x\n", 1), "the name of a quantity has a control character");
}
END_TEST

START_TEST(test_hyper)
{
    start(GOLDSTEP_BINARY32);
    accepted(goldstep_trace_set_hyper(trace, 0, "lr", 0.1, &error));
    ck_assert_double_eq(hyper_at(0, "lr"), 0.1); /* not rounded to binary32 */
    accepted(goldstep_trace_set_hyper(trace, 2, "eps", 4, &error));
    accepted(goldstep_trace_set_hyper(trace, 5, "lr", 2, &error));
    accepted(goldstep_trace_set_hyper(trace, 5, "lr", 3, &error)); /* the last one holds */
    static const double lr[] = {0.1, 0.1, 0.1, 0.1, 0.1, 3, 3}, eps[] = {-1, -1, 4, 4, 4, 4, 4};
    for (size_t step = 0; step < LENGTH(lr); step++) {
        ck_assert_double_eq(hyper_at(step, "lr"), lr[step]);
        ck_assert_double_eq(hyper_at(step, "eps"), eps[step]);
    }
    ck_assert_double_eq(hyper_at(9, "beta1"), -1);
    ck_assert_uint_eq(trace_hypers(trace), 2);
    ck_assert_str_eq(trace_hyper_name(trace, 0), "lr");
    ck_assert_str_eq(trace_hyper_name(trace, 1), "eps");
    refused(goldstep_trace_set_hyper(trace, 4, "eps", 1, &error),
            "hyperparameter eps: step 4 follows step 5: they are set in order of steps");
    refused(goldstep_trace_set_hyper(trace, 6, "eps", NAN, &error),
            "hyperparameter eps: expected a finite number, found nan");
    refused(goldstep_trace_set_hyper(trace, 6, "eps", -INFINITY, &error),
            "hyperparameter eps: expected a finite number, found -inf");
    refused(goldstep_trace_set_hyper(trace, 6, "a\nb", 1, &error),
            "the name of a hyperparameter has a control character");
    ck_assert_double_eq(hyper_at(9, "eps"), 4);
}
END_TEST

/* --- which reader --------------------------------------------------------------------------------------------- */

#define FIRST "{\"goldstep\": 1, \"format\": \"binary64\"}\n"
#define FIRST32 "{\"goldstep\": 1, \"format\": \"binary32\"}\n"
#define NAMES "\"binary64\", \"binary32\", \"binary16\" or \"bfloat16\""
#define STEP0 "{\"step\": 0, \"tensors\": {\"w\": {\"x\": [1, 2]}}}\n"
#define META "\"__metadata__\":{\"goldstep\":\"1\"}"
#define TENSOR(shape, from, to)                                                                    \
    "{\"dtype\":\"F32\",\"shape\":" shape ",\"data_offsets\":[" #from "," #to "]}"
#define BRAIN(shape, from, to)                                                                     \
    "{\"dtype\":\"BF16\",\"shape\":" shape ",\"data_offsets\":[" #from "," #to "]}"
#define FORM "expected a name of the form STEP/TENSOR/QUANTITY, STEP a whole number below 2^64"
#define GOOD "{" META ",\"0/w/x\":" TENSOR("[2]", 0, 8) "}"

START_TEST(test_dispatch)
{
    accepted(read_text(FIRST STEP0));
    ck_assert_str_eq(trace_file(trace), path);
    accepted(read_text("   \t" FIRST STEP0));
    accepted(read_header(GOOD, 8));
    ck_assert_str_eq(trace_file(trace), path);
    /* A header of 0x7B bytes begins with '{', and its text with 14 spaces of padding at the end. */
    char header[0x7B + 1];
    snprintf(header, sizeof header, "%-123s", GOOD);
    accepted(read_header(header, 8));
    /* Byte 8 is '{', but the first 8 are no length. */
    refused(read_text("{      {\n"), "t:1:8: string or '}' expected near '{'");
    refused(read_text("       {{\n"), "t:1:9: string or '}' expected near '{'");
    refused(read_text(""), "t: the file is empty: expected the first line {\"goldstep\": 1, "
                           "\"format\": …}");
    refused(read_text("hello"), "t:1:5: '[' or '{' expected near 'hello'");
    refused(read_bytes("\0\0\0", 3), "t: expected a .safetensors file, which begins with 8 bytes "
                                     "that hold the length of its header");
}
END_TEST

START_TEST(test_unreadable)
{
    goldstep_status status = goldstep_trace_read(&trace, path, &error);
    refused_as(status, GOLDSTEP_SYSTEM_ERROR, "t: No such file or directory");
    status = trace_read_jsonl(&trace, path, &error);
    refused_as(status, GOLDSTEP_SYSTEM_ERROR, "t: No such file or directory");
    status = trace_read_safetensors(&trace, path, &error);
    refused_as(status, GOLDSTEP_SYSTEM_ERROR, "t: No such file or directory");
    ck_assert_ptr_null(trace);
    status = goldstep_trace_read(&trace, "/", &error);
    refused_as(status, GOLDSTEP_SYSTEM_ERROR, "/: is a directory");
    status = trace_read_jsonl(&trace, "/", &error);
    refused_as(status, GOLDSTEP_SYSTEM_ERROR, "/:1: Is a directory");
    ck_assert_int_eq(goldstep_trace_read(&trace, path, NULL), GOLDSTEP_SYSTEM_ERROR);
    ck_assert_ptr_null(trace);
}
END_TEST

static void *feed(void *text)
{
    int pipe = open(path, O_WRONLY);
    ssize_t written = write(pipe, text, strlen(text));
    close(pipe);
    return written > 0 ? text : NULL;
}

START_TEST(test_fifo)
{
    pthread_t feeder;
    char text[] = FIRST STEP0;
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    ck_assert_int_eq(pthread_create(&feeder, NULL, feed, text), 0);
    accepted(goldstep_trace_read(&trace, path, &error));
    ck_assert_int_eq(pthread_join(feeder, NULL), 0);
    ck_assert_double_eq(number_at(0, 0, "x", 1), 2);
}
END_TEST

/* Reads `text` as standard input. */
static goldstep_status read_standard(const char *text)
{
    write_file(text, strlen(text));
    ck_assert_ptr_nonnull(freopen(path, "r", stdin));
    return goldstep_trace_read(&trace, "-", &error);
}

START_TEST(test_standard_input)
{
    accepted(read_standard(FIRST STEP0));
    ck_assert_str_eq(trace_file(trace), "standard input");
    goldstep_trace_free(trace);
    refused(read_standard(""), "standard input: the file is empty: expected the first line "
                               "{\"goldstep\": 1, \"format\": …}");
    refused(read_standard(FIRST "\n{\"step\": 0"),
            "standard input:3:10: '}' expected near end of file");
}
END_TEST

/* --- JSON lines ----------------------------------------------------------------------------------------------- */

START_TEST(test_jsonl_good)
{
    accepted(read_text("{\"goldstep\": 1, \"rule\": \"adamw\", \"format\": \"binary64\", "
                       "\"hyper\": {\"lr\": 0.001, \"beta1\": \"0x1p-1\"}}\r\n"
                       "\n  \t\r\n" STEP0
                       "{\"step\": 0, \"tensors\": {\"b\": {\"x\": 7, \"m\": []}}}\n\n"
                       "{\"step\": 1, \"hyper\": {\"lr\": 1}, \"tensors\": {\"w\": {\"g\": [0.5, "
                       "-3], \"x\": [3, 4]}}}"));
    ck_assert_str_eq(trace_rule(trace), "adamw");
    ck_assert_int_eq(trace_format(trace), GOLDSTEP_BINARY64);
    ck_assert_uint_eq(trace_steps(trace), 1);
    ck_assert_uint_eq(trace_tensors(trace), 2);
    ck_assert_double_eq(number_at(0, 1, "x", 0), 7);
    ck_assert_uint_eq(trace_find(trace, 0, 1, "x")->count, 1);
    ck_assert_uint_eq(trace_find(trace, 0, 1, "m")->count, 0);
    ck_assert_double_eq(number_at(1, 0, "g", 1), -3);
    ck_assert_str_eq(trace_quantity_name(trace, 0, 1), "g");
    ck_assert_double_eq(hyper_at(0, "lr"), 0.001);
    ck_assert_double_eq(hyper_at(1, "lr"), 1);
    ck_assert_double_eq(hyper_at(1, "beta1"), 0.5);
}
END_TEST

static double read_one(const char *first, const char *number)
{
    char text[256];
    snprintf(text, sizeof text, "%s{\"step\": 0, \"tensors\": {\"w\": {\"x\": [%s]}}}\n", first,
             number);
    goldstep_status status = read_text(text);
    return status == GOLDSTEP_OK ? number_at(0, 0, "x", 0) : -12345;
}

START_TEST(test_jsonl_numbers)
{
    static const struct {
        const char *text;
        double binary64, binary32;
    } cases[] = {
        {"1", 1, 1},
        {"-0.0", -0.0, -0.0},
        {"0.1", 0.1, (double)0.1F},
        {"\"0.1\"", 0.1, (double)0.1F},
        {"\"0x1.8p-3\"", 0.1875, 0.1875},
        {"\"-0X1P+2\"", -4, -4},
        {"\"+2.5e1\"", 25, 25},
        {"\"Infinity\"", INFINITY, INFINITY},
        {"\"-Infinity\"", -INFINITY, -INFINITY},
        {"\"inf\"", INFINITY, INFINITY},
        {"\"0x1p-1074\"", 0x1p-1074, 0},
        {"1e-400", 0, 0},
        {"\"1e-400\"", 0, 0},
        {"5e-324", 0x1p-1074, 0},
        {"9007199254740993", 9007199254740992, 9007199254740992},
        {"100000000000000000000", 1e20, (double)1e20F}, /* as JavaScript writes it */
        /* just above the middle of two floats: rounded once it goes up */
        {"\"0x1.000001000000001p0\"", 0x1.000001p0, 0x1.000002p0},
        {"1152921573326323713", 0x1.000001p60, 0x1.000002p60},
        {"340282356779733661637539395458142568447", 0x1.ffffffp127, -12345},
        {"3.4028235e38", 3.4028235e38, 0x1.fffffep127},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        double wide = read_one(FIRST, cases[i].text), narrow = read_one(FIRST32, cases[i].text);
        ck_assert_msg(wide == cases[i].binary64 && signbit(wide) == signbit(cases[i].binary64),
                      "%s is %a", cases[i].text, wide);
        ck_assert_msg(narrow == cases[i].binary32 && signbit(narrow) == signbit(cases[i].binary32),
                      "%s is %a", cases[i].text, narrow);
    }
    ck_assert_double_nan(read_one(FIRST, "\"NaN\""));
    ck_assert_double_nan(read_one(FIRST32, "\"nan\""));
}
END_TEST

START_TEST(test_jsonl_numbers_of_16_bits)
{
    static const struct {
        const char *text;
        double binary16, bfloat16;
    } cases[] = {
        {"\"0x1.002p0\"", 1, 1},                          /* a tie in binary16 … */
        {"\"0x1.00200000000000000001p0\"", 0x1.004p0, 1}, /* … and just above, lost in binary64 */
        {"\"0x1.01p0\"", 0x1.01p0, 1},
        {"\"0x1.0100000000000000000001p0\"", 0x1.01p0, 0x1.02p0},
        {"2049", 2048, 2048},
        {"72339069014638593", -12345, 0x1.02p56}, /* 2^56 + 2^48 + 1 */
        {"65519", 65504, 65536},
        {"65520", -12345, 65536},
        {"\"Infinity\"", INFINITY, INFINITY},
        {"6e-8", 0x1p-24, 0x1.02p-24},
        {"\"0x1p-25\"", 0, 0x1p-25},
        {"9e-41", 0, 0x1p-133},
        {"3.4e38", -12345, -12345},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        double half = read_one("{\"goldstep\": 1, \"format\": \"binary16\"}\n", cases[i].text);
        double brain = read_one("{\"goldstep\": 1, \"format\": \"binary64\", \"formats\": "
                                "{\"x\": \"bfloat16\"}}\n",
                                cases[i].text);
        ck_assert_msg(half == cases[i].binary16, "%s is %a", cases[i].text, half);
        ck_assert_msg(brain == cases[i].bfloat16, "%s is %a", cases[i].text, brain);
    }
}
END_TEST

START_TEST(test_jsonl_bad_numbers)
{
    static const struct {
        const char *first, *text, *message;
    } cases[] = {
        {FIRST, "1, true", "[1]: expected a number or a hex float string, found true"},
        {FIRST, "null", "[0]: expected a number or a hex float string, found null"},
        {FIRST, "[1]", "[0]: expected a number or a hex float string, found an array"},
        {FIRST, "{}", "[0]: expected a number or a hex float string, found an object"},
        {FIRST, "\"\"", "[0]: expected a number or a hex float string, found \"\""},
        {FIRST, "\" 1\"", "[0]: expected a number or a hex float string, found \" 1\""},
        {FIRST, "\"1 \"", "[0]: expected a number or a hex float string, found \"1 \""},
        {FIRST, "\"1,5\"", "[0]: expected a number or a hex float string, found \"1,5\""},
        {FIRST, "\"0x\"", "[0]: expected a number or a hex float string, found \"0x\""},
        {FIRST, "\"\\u001b\\u009b\"",
         "[0]: expected a number or a hex float string, found \"\\u001B\\u009B\""},
        {FIRST, "\"1e999\"",
         "[0]: expected a number within the range of binary64, found \"1e999\""},
        {FIRST32, "1e39", "[0]: expected a number within the range of binary32, found 1e39"},
        {FIRST32, "0, -3.5e38",
         "[1]: expected a number within the range of binary32, found -3.5e38"},
        {FIRST32, "\"0x1p128\"",
         "[0]: expected a number within the range of binary32, found \"0x1p128\""},
    };
    char message[256];
    for (size_t i = 0; i < LENGTH(cases); i++) {
        ck_assert_double_eq(read_one(cases[i].first, cases[i].text), -12345);
        snprintf(message, sizeof message, "t:2: tensors.w.x%s", cases[i].message);
        refused(GOLDSTEP_BAD_INPUT, message);
        ck_assert_uint_eq(error.line, 2);
    }
    refused(read_text(FIRST "{\"step\": 0, \"tensors\": {\"w\": {\"x\": false}}}"),
            "t:2: tensors.w.x: expected a number or a hex float string, found false");
    char text[2000];
    snprintf(text, sizeof text, FIRST "{\"step\": 0, \"tensors\": {\"w\": {\"x\": \"%0999d\"}}}",
             0);
    accepted(read_text(text));
    text[900] = 'z';
    refused(read_text(text), "t:2: tensors.w.x: expected a number or a hex float string, found a "
                             "string of 999 bytes");
}
END_TEST

START_TEST(test_jsonl_bad)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"\n" FIRST,
         "t:1: expected the first line {\"goldstep\": 1, \"format\": …}, found a blank line"},
        {FIRST, "t: the trace holds no arrays"},
        {STEP0,
         "t:1: expected the first line {\"goldstep\": 1, \"format\": …}, found a line without "
         "\"goldstep\""},
        {"{\"goldstep\": 2, \"new\": 1}",
         "t:1: goldstep: expected 1, the version of the format, found 2"},
        {"{\"goldstep\": \"1\"}",
         "t:1: goldstep: expected 1, the version of the format, found \"1\""},
        {"{\"goldstep\": 1}", "t:1: format: expected " NAMES ", found nothing"},
        {"{\"goldstep\": 1, \"format\": \"float16\"}",
         "t:1: format: expected " NAMES ", found \"float16\""},
        {"{\"goldstep\": 1, \"format\": 32}", "t:1: format: expected " NAMES ", found 32"},
        {"{\"goldstep\": 1, \"format\": \"binary64\", \"formats\": 1}",
         "t:1: formats: expected an object of formats, found 1"},
        {"{\"goldstep\": 1, \"format\": \"binary64\", \"formats\": {\"x\": \"half\"}}",
         "t:1: formats.x: expected " NAMES ", found \"half\""},
        {"{\"goldstep\": 1, \"format\": \"binary64\", \"formats\": {\"x-\": \"half\"}}",
         "t:1: quantity x-: expected a C identifier"},
        {"{\"goldstep\": 1, \"format\": \"binary64\", \"x\\u001b\": 1}",
         "t:1: unknown key \"x\\u001B\""},
        {"{\"goldstep\": 1, \"format\": \"binary64\", \"rule\": 7}",
         "t:1: rule: expected a string, found 7"},
        {"{\"goldstep\": 1, \"format\": \"binary64\", \"rule\": \"\"}",
         "t:1: the name of a rule is empty"},
        {"{\"goldstep\": 1, \"format\": \"binary64\", \"hyper\": [1]}",
         "t:1: hyper: expected an object of numbers, found an array"},
        {"{\"goldstep\": 1, \"format\": \"binary64\", \"hyper\": {\"lr\": null}}",
         "t:1: hyper.lr: expected a number or a hex float string, found null"},
        {"{\"goldstep\": 1, \"format\": \"binary64\", \"hyper\": {\"lr\": \"NaN\"}}",
         "t:1: hyperparameter lr: expected a finite number, found nan"},
        {"{\"goldstep\": 1, \"format\": \"binary64\", \"hyper\": {\"\": 1}}",
         "t:1: the name of a hyperparameter is empty"},
        {"[1]", "t:1: expected an object, found an array"},
        {"{\"goldstep\": 1, \"goldstep\": 1}", "t:1:26: duplicate object key near '\"goldstep\"'"},
        {"{\"goldstep\": 1} {}", "t:1:17: end of file expected near '{'"},
        {"{\"goldstep\": 1, \"\x1b\": 2}", "t:1:17: control character 0x1b near '\"'"},
        {"{\x7f", "t:1:2: string or '}' expected near '?'"},
        {"{\"goldstep\": \"\xff\"}", "t:1:14: unable to decode byte 0xff near '\"'"},
        {FIRST "{\"step\": 0, \"tensors\": {\"w\": {\"x\": [1, 2",
         "t:2:40: ']' expected near end of file"},
        {FIRST "{\"step\": 0, \"tensors\": {\"w\": {\"x\": [1], \"x\": [1]}}}",
         "t:2:43: duplicate object key near '\"x\"'"},
        {FIRST "{\"step\": 0, \"tensors\": {\"w\": {\"x\": [1e999]}}}",
         "t:2:41: real number overflow near '1e999'"},
        {FIRST STEP0 "{\"step\": 1, \"step\": 1}", "t:3:18: duplicate object key near '\"step\"'"},
        {FIRST "{\"tensors\": {}}", "t:2: step: expected a whole number below 2^53, found nothing"},
        {FIRST "{\"step\": \"0\", \"tensors\": {}}",
         "t:2: step: expected a whole number below 2^53, found \"0\""},
        {FIRST "{\"step\": -1, \"tensors\": {}}",
         "t:2: step: expected a whole number below 2^53, found -1"},
        {FIRST "{\"step\": 0.5, \"tensors\": {}}",
         "t:2: step: expected a whole number below 2^53, found 0.5"},
        {FIRST "{\"step\": 9007199254740993, \"tensors\": {}}",
         "t:2: step: expected a whole number below 2^53, found 9007199254740993"},
        {FIRST "{\"step\": 1000000000000000000000000000000, \"tensors\": {}}",
         "t:2: step: expected a whole number below 2^53, found 1e30"},
        {FIRST "{\"step\": 0}", "t:2: tensors: expected an object of tensors, found nothing"},
        {FIRST "{\"step\": 0, \"tensors\": {}}", "t: the trace holds no arrays"},
        {FIRST "{\"step\": 1, \"tensors\": {}}",
         "t:2: tensors: expected an object of tensors, found none"},
        {FIRST "{\"step\": 0, \"tensors\": []}",
         "t:2: tensors: expected an object of tensors, found an array"},
        {FIRST "{\"step\": 0, \"tensors\": {\"w\": {}}}",
         "t:2: tensors.w: expected an object of arrays, found none"},
        {FIRST "{\"step\": 0, \"tensors\": {\"w\": [1]}}",
         "t:2: tensors.w: expected an object of arrays, found an array"},
        {FIRST "{\"step\": 0, \"tensor\": {}}", "t:2: unknown key \"tensor\""},
        {FIRST "{\"step\": 0, \"tensors\": {\"\": {\"x\": 1}}}",
         "t:2: the name of a tensor is empty"},
        {FIRST "{\"step\": 0, \"tensors\": {\"a\\nb\": {\"x\": 1}}}",
         "t:2: the name of a tensor has a control character"},
        {FIRST "{\"step\": 0, \"tensors\": {\"w\": {\"2\": 1}}}",
         "t:2: quantity 2: expected a C identifier"},
        {FIRST "{\"step\": 0, \"hyper\": 3, \"tensors\": {\"w\": {\"x\": 1}}}",
         "t:2: hyper: expected an object of numbers, found 3"},
        {FIRST "{\"step\": 2, \"tensors\": {\"w\": {\"x\": 1}}}",
         "t:2: step 2 comes first: expected step 0, which holds what the run starts from, or step "
         "1"},
        {FIRST STEP0 "\n{\"step\": 2, \"tensors\": {\"w\": {\"x\": 1}}}",
         "t:4: step 2 follows step 0: expected step 1"},
        {FIRST STEP0 STEP0, "t:3: tensor w, quantity x: step 0 has it already"},
        {FIRST STEP0 "{\"step\": 1, \"tensors\": {\"w\": {\"x\": 1}}}",
         "t:3: tensor w, quantity x: 1 numbers in step 1, 2 in step 0"},
    };
    for (size_t i = 0; i < LENGTH(cases); i++)
        refused(read_text(cases[i].text), cases[i].message);
    refused(read_bytes(FIRST "{\0}", sizeof FIRST + 2), "t:2: there is a byte 0 in the text");
    refused(read_bytes(FIRST "\0", sizeof FIRST), "t:2: there is a byte 0 in the text");
}
END_TEST

/* A file of `count` times `unit` after `first`. */
static goldstep_status read_repeated(const char *first, const char *unit, size_t count,
                                     const char *last)
{
    size_t size = strlen(unit), start_size = strlen(first), end_size = strlen(last);
    char *text = malloc(start_size + size * count + end_size);
    ck_assert_ptr_nonnull(text);
    memcpy(text, first, start_size);
    for (size_t i = 0; i < count; i++)
        memcpy(text + start_size + i * size, unit, size);
    memcpy(text + start_size + size * count, last, end_size);
    goldstep_status status = read_bytes(text, start_size + size * count + end_size);
    free(text);
    return status;
}

START_TEST(test_jsonl_limits)
{
    size_t mib = 1 << 20;
    refused(read_repeated(FIRST, " ", 64 * mib + 1, STEP0),
            "t:2: the line is longer than 64 MiB: write a .safetensors file instead");
    accepted(read_repeated(FIRST, " ", 64 * mib, "\n" STEP0));
    refused(read_repeated(FIRST "{\"step\": 0, \"tensors\": {\"w\": {\"x\": [", "[],", 5 * mib,
                          "1]}}}"),
            "t:2: more than 16777216 values or 4194304 objects and arrays");
    refused(read_repeated(FIRST "{\"step\": 0, \"tensors\": {\"w\": {\"x\": [", "1,", 17 * mib,
                          "1]}}}"),
            "t:2: more than 16777216 values or 4194304 objects and arrays");
    refused(read_repeated(FIRST "{\"step\": ", "[", 100000, ""),
            "t:2:2057: maximum parsing depth reached near '['");
    refused(goldstep_trace_read(&trace, "/dev/zero", &error),
            "/dev/zero:1: the line is longer than 64 MiB: write a .safetensors file instead");
}
END_TEST

/* Writes `lines` steps of `count` numbers each. */
static void write_steps(size_t lines, size_t count)
{
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fputs(FIRST32, file);
    for (size_t step = 0; step < lines; step++) {
        fprintf(file, "{\"step\":%zu,\"tensors\":{\"w\":{\"x\":[", step);
        for (size_t i = 0; i < count; i++)
            fputs(i == 0 ? "0" : ",0", file);
        fputs("]}}}\n", file);
    }
    ck_assert_int_eq(fclose(file), 0);
}

/* Minutes, and 300 MB of disk: only where GOLDSTEP_SLOW_TESTS is set. */
START_TEST(test_jsonl_too_many)
{
    write_steps(9, 1 << 24); /* 8 such lines are 2^27 numbers */
    refused(goldstep_trace_read(&trace, path, &error),
            "t:10: more than 2^27 numbers: write a .safetensors file instead");
    write_steps((1 << 22) + 1, 0);
    refused(goldstep_trace_read(&trace, path, &error),
            "t:4194306: more than 2^22 arrays: write a .safetensors file instead");
}
END_TEST

/* --- .safetensors --------------------------------------------------------------------------------------------- */

START_TEST(test_safetensors_good)
{
    accepted(read_header("{\"__metadata__\":{\"hyper/10\":\"{\\\"lr\\\": "
                         "4}\",\"goldstep\":\"1\",\"rule\":\"sgd\","
                         "\"hyper/2\":\"{\\\"lr\\\": \\\"0x1p1\\\"}\",\"hyper\":\"{\\\"lr\\\": 1, "
                         "\\\"mu\\\": 0}\","
                         "\"format\":\"pt\"},"
                         "\"0/a/b/x\":" TENSOR("[2]", 0, 8) ",\"1/a/b/x\":" TENSOR("[1,2]", 8, 16) ",\"10/a/b/x\":" TENSOR("[2,1,1]", 16, 24) ",\"2/s/f\":" TENSOR(
                             "[]", 24,
                             28) ",\"3/a/b/x\":" TENSOR("[2]", 28,
                                                        36) ",\"4/a/b/x\":" TENSOR("[2]", 36,
                                                                                   44) ",\"5/a/b/"
                                                                                       "x\""
                                                                                       ":" TENSOR(
                                                                                           "[2]",
                                                                                           44,
                                                                                           52) ",\""
                                                                                               "6/"
                                                                                               "e/"
                                                                                               "z\""
                                                                                               ":" TENSOR("[0,5]", 52, 52) ",\"7/e/z\":" TENSOR(
                                                                                                   "[0]",
                                                                                                   0,
                                                                                                   0) ",\"8"
                                                                                                      "/e/"
                                                                                                      "z\""
                                                                                                      ":" TENSOR("[0]", 52, 52) ",\"9/e/z\":" TENSOR(
                                                                                                          "[0]",
                                                                                                          52,
                                                                                                          52) "}   ",
                         52));
    ck_assert_str_eq(trace_rule(trace), "sgd");
    ck_assert_int_eq(trace_format(trace), GOLDSTEP_BINARY32);
    ck_assert_uint_eq(trace_steps(trace), 10);
    ck_assert_uint_eq(trace_tensors(trace), 3);
    ck_assert_str_eq(trace_tensor_name(trace, 0), "a/b");
    ck_assert_str_eq(trace_tensor_name(trace, 1), "s");
    ck_assert_double_eq(number_at(0, 0, "x", 1), 1);
    ck_assert_double_eq(number_at(10, 0, "x", 0), 4);
    ck_assert_double_eq(number_at(2, 1, "f", 0), 6);
    ck_assert_uint_eq(trace_find(trace, 9, 2, "z")->count, 0);
    ck_assert_double_eq(hyper_at(0, "lr"), 1);
    ck_assert_double_eq(hyper_at(9, "lr"), 2);
    ck_assert_double_eq(hyper_at(10, "lr"), 4);
    ck_assert_double_eq(hyper_at(10, "mu"), 0);
    accepted(read_header("{" META
                         ",\"0/w/x\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}"
                         ",\"0/w/y\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[8,16]}}",
                         16));
    ck_assert_int_eq(trace_format(trace), GOLDSTEP_BINARY64);
    ck_assert_double_eq(number_at(0, 0, "x", 0), 0x1.00000000p-7);
}
END_TEST

START_TEST(test_safetensors_bad)
{
    static const struct {
        const char *header;
        size_t size;
        const char *message;
    } cases[] = {
        {"", 0, "t: byte 8: header: expected '{'"},
        {"[]", 0, "t: byte 8: header: expected '{'"},
        {" {}", 0, "t: byte 8: header: expected '{'"},
        {"{}", 0, "t: the trace holds no arrays"},
        {"{" META "}", 0, "t: the trace holds no arrays"},
        {"{\"a\":1,}", 0, "t: byte 15: header: string or '}' expected near '}'"},
        {"{\"a\":1}}", 0, "t: byte 15: header: end of file expected near '}'"},
        {"{\"a\":1,\"a\":1}", 0, "t: byte 17: header: duplicate object key near '\"a\"'"},
        {"{\"0/w/x\":7}", 0, "t: tensor \"0/w/x\": expected an object, found 7"},
        {"{\"x\":{}}", 0, "t: tensor \"x\": " FORM},
        {"{\"\":{}}", 0, "t: tensor \"\": " FORM},
        {"{\"0/x\":{}}", 0, "t: tensor \"0/x\": " FORM},
        {"{\"/w/x\":{}}", 0, "t: tensor \"/w/x\": " FORM},
        {"{\"+1/w/x\":{}}", 0, "t: tensor \"+1/w/x\": " FORM},
        {"{\"00/w/x\":{}}", 0, "t: tensor \"00/w/x\": " FORM},
        {"{\"1a/w/x\":{}}", 0, "t: tensor \"1a/w/x\": " FORM},
        {"{\"1000000000000000000000000000000/w/x\":{}}", 0,
         "t: tensor \"1000000000000000000000000000000/w/x\": " FORM},
        {"{\"18446744073709551616/w/x\":{}}", 0, "t: tensor \"18446744073709551616/w/x\": " FORM},
        {"{\"0/w/x\":{}}", 0,
         "t: tensor \"0/w/x\": expected the dtype \"F64\", \"F32\", \"F16\" or \"BF16\", found "
         "nothing"},
        {"{\"0/w/x\":{\"dtype\":\"I16\"}}", 0,
         "t: tensor \"0/w/x\": expected the dtype \"F64\", \"F32\", \"F16\" or \"BF16\", found "
         "\"I16\""},
        {"{\"0/w/x\":{\"dtype\":32}}", 0,
         "t: tensor \"0/w/x\": expected the dtype \"F64\", \"F32\", \"F16\" or \"BF16\", found 32"},
        {"{" META ",\"0/w/x\":" TENSOR("[2]", 0, 8) ",\"1/w/x\":" BRAIN("[2]", 8, 12) "}", 12,
         "t: tensor w, quantity x: bfloat16 in step 1, binary32 in step 0"},
        {"{" META ",\"0/w/x\":" BRAIN("[2]", 0, 8) "}", 8,
         "t: tensor \"0/w/x\": its shape is 2 numbers, but its data 8 bytes"},
        {"{\"__metadata__\":{\"goldstep\":\"1\",\"computed_in\":\"half\"},\"0/w/x\":" BRAIN(
             "[2]", 0, 4) "}",
         4, "t: __metadata__: \"computed_in\": expected " NAMES ", found \"half\""},
        {"{\"0/w/x\":{\"dtype\":\"F32\"}}", 0,
         "t: tensor \"0/w/x\": expected a shape, an array of whole numbers, found nothing"},
        {"{\"0/w/x\":" TENSOR("[2,-1]", 0, 8) "}", 8,
         "t: tensor \"0/w/x\": expected whole numbers in its shape, found -1"},
        {"{\"0/w/x\":" TENSOR("[2.0]", 0, 8) "}", 8,
         "t: tensor \"0/w/x\": expected whole numbers in its shape, found 2.0"},
        {"{\"0/w/x\":" TENSOR("[4294967296, 4294967296]", 0, 8) "}", 8,
         "t: tensor \"0/w/x\": its shape holds 2^64 numbers or more"},
        {"{\"0/w/x\":" TENSOR("[4294967296, 4294967296, 0]", 0, 0) "}", 0,
         "t: tensor \"0/w/x\": its shape holds 2^64 numbers or more"},
        {"{\"0/w/x\":" TENSOR("[4611686018427387904]", 0, 0) "}", 0, /* times 4 it is 0 */
         "t: tensor \"0/w/x\": its shape is 4611686018427387904 numbers, but its data 0 bytes"},
        {"{\"0/w/x\":" TENSOR("[2]", 0, 4) "}", 4,
         "t: tensor \"0/w/x\": its shape is 2 numbers, but its data 4 bytes"},
        {"{\"0/w/x\":" TENSOR("[1]", 0, 8) "}", 8,
         "t: tensor \"0/w/x\": its shape is 1 numbers, but its data 8 bytes"},
        {"{\"0/w/x\":{\"dtype\":\"F32\",\"shape\":[]}}", 0,
         "t: tensor \"0/w/x\": expected data_offsets, an array of two whole numbers, found "
         "nothing"},
        {"{\"0/w/x\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4,8]}}", 8,
         "t: tensor \"0/w/x\": expected data_offsets, an array of two whole numbers, found an "
         "array"},
        {"{\"0/w/x\":" TENSOR("[]", -4, 0) "}", 8,
         "t: tensor \"0/w/x\": expected data_offsets, an array of two whole numbers, found an "
         "array"},
        {"{\"0/w/x\":" TENSOR("[]", 4, 0) "}", 8,
         "t: tensor \"0/w/x\": its data_offsets are 4 and 0, of 8 bytes of data"},
        {"{\"0/w/x\":" TENSOR("[]", 8, 12) "}", 8,
         "t: tensor \"0/w/x\": its data_offsets are 8 and 12, of 8 bytes of data"},
        {"{\"0/w/x\":" TENSOR("[]", 9223372036854775804, 9223372036854775807) "}", 8,
         "t: tensor \"0/w/x\": its data_offsets are 9223372036854775804 and 9223372036854775807, "
         "of "
         "8 bytes of data"},
        {"{\"0/w/x\":" TENSOR("[]", 0, 18446744073709551615) "}", 8,
         "t: tensor \"0/w/x\": expected data_offsets, an array of two whole numbers, found an "
         "array"},
        {"{" META ",\"0/w/x\":" TENSOR("[2]", 0, 8) ",\"0/w/y\":" TENSOR("[2]", 4, 12) "}", 12,
         "t: byte 160: the tensors \"0/w/x\" and \"0/w/y\" overlap"},
        {"{" META ",\"0/w/x\":" TENSOR("[2]", 0, 8) ",\"0/w/y\":" TENSOR("[2]", 0, 8) "}", 8,
         "t: byte 155: the tensors \"0/w/x\" and \"0/w/y\" overlap"},
        {"{" META ",\"0/w/x\":" TENSOR("[1]", 0, 4) ",\"0/w/y\":" TENSOR("[1]", 8, 12) "}", 12,
         "t: byte 160: the data section has 4 bytes that belong to no tensor"},
        {"{" META ",\"0/w/x\":" TENSOR("[1]", 4, 8) "}", 8,
         "t: byte 98: the data section has 4 bytes that belong to no tensor"},
        {GOOD, 20, "t: byte 106: the data section has 12 bytes that belong to no tensor"},
        {"{\"0/w/x\":" TENSOR("[2]", 0, 8) "}", 8,
         "t: __metadata__: \"goldstep\": expected \"1\", the version of the format, found nothing"},
        {"{\"__metadata__\":[],\"0/w/x\":" TENSOR("[2]", 0, 8) "}", 8,
         "t: __metadata__: \"goldstep\": expected \"1\", the version of the format, found nothing"},
        {"{\"__metadata__\":{\"goldstep\":1},\"0/w/x\":" TENSOR("[2]", 0, 8) "}", 8,
         "t: __metadata__: \"goldstep\": expected \"1\", the version of the format, found 1"},
        {"{" META ",\"2/w/x\":" TENSOR("[2]", 0, 8) "}", 8,
         "t: step 2 comes first: expected step 0, which holds what the run starts from, or step 1"},
        {"{" META ",\"2/w/x\":" TENSOR("[1]", 0, 4) ",\"0/w/x\":" TENSOR("[1]", 4, 8) "}", 8,
         "t: step 2 follows step 0: expected step 1"},
        {"{" META
         ",\"18446744073709551615/w/x\":" TENSOR("[1]", 0, 4) ",\"0/w/x\":" TENSOR("[1]", 4, 8) "}",
         8, "t: step 18446744073709551615 follows step 0: expected step 1"},
        {"{" META ",\"0/w/x\":" TENSOR("[1]", 0, 4) ",\"1/w/x\":" TENSOR("[2]", 4, 12) "}", 12,
         "t: tensor w, quantity x: 2 numbers in step 1, 1 in step 0"},
        {"{" META ",\"0//x\":" TENSOR("[2]", 0, 8) "}", 8, "t: the name of a tensor is empty"},
        {"{" META ",\"0/w/\":" TENSOR("[2]", 0, 8) "}", 8, "t: the name of a quantity is empty"},
        {"{" META ",\"0/w/a.b\":" TENSOR("[2]", 0, 8) "}", 8,
         "t: quantity a.b: expected a C identifier"},
    };
    for (size_t i = 0; i < LENGTH(cases); i++)
        refused(read_header(cases[i].header, cases[i].size), cases[i].message);
}
END_TEST

START_TEST(test_safetensors_bad_metadata)
{
    static const struct {
        const char *entry, *message;
    } cases[] = {
        {"\"format\":1", "\"format\": expected a string, found 1"},
        {"\"hyper\":{}", "\"hyper\": expected a string, found an object"},
        {"\"hyper\":\"\"", "hyper: '[' or '{' expected near end of file"},
        {"\"hyper\":\"[]\"", "hyper: expected an object of numbers, found an array"},
        {"\"hyper/0\":\"{\\\"lr\\\": []}\"",
         "hyper/0.lr: expected a number or a hex float string, found an array"},
        {"\"hyper\":\"{\\\"lr\\\": 1\"", "hyper: '}' expected near end of file"},
        {"\"hyper/1\":\"{}\"", "\"hyper/1\": expected hyper/STEP, a step from 0 to 0"},
        {"\"hyper/\":\"{}\"", "\"hyper/\": expected hyper/STEP, a step from 0 to 0"},
        {"\"hyper/00\":\"{}\"", "\"hyper/00\": expected hyper/STEP, a step from 0 to 0"},
        {"\"hyper/0x\":\"{}\"", "\"hyper/0x\": expected hyper/STEP, a step from 0 to 0"},
        {"\"hyper/99999999999999999999\":\"{}\"",
         "\"hyper/99999999999999999999\": expected hyper/STEP, a step from 0 to 0"},
    };
    char header[512], message[256];
    for (size_t i = 0; i < LENGTH(cases); i++) {
        snprintf(header, sizeof header, "{\"__metadata__\":{\"goldstep\":\"1\",%s},\"0/w/x\":%s}",
                 cases[i].entry, TENSOR("[2]", 0, 8));
        snprintf(message, sizeof message, "t: __metadata__: %s", cases[i].message);
        refused(read_header(header, 8), message);
    }
    refused(read_header("{\"__metadata__\":{\"goldstep\":\"1\",\"rule\":\"\"},\"0/w/x\":" TENSOR(
                            "[2]", 0, 8) "}",
                        8),
            "t: the name of a rule is empty");
}
END_TEST

START_TEST(test_safetensors_long_names)
{
    char header[1200], name[301];
    for (size_t length = 255; length <= 300; length += length == 255 ? 1 : 44) {
        memset(name, 'n', length);
        name[length] = '\0';
        snprintf(header, sizeof header, "{" META ",\"0/%s/x\":" TENSOR("[2]", 0, 8) "}", name);
        if (length == 255)
            accepted(read_header(header, 8));
        else
            refused(read_header(header, 8), "t: the name of a tensor is longer than 255 bytes");
    }
    snprintf(header, sizeof header, "{\"0/%0700d/x\":7}", 0);
    refused(read_header(header, 0), "t: tensor a string of 704 bytes: expected an object, found 7");
}
END_TEST

START_TEST(test_safetensors_header_length)
{
    char *bytes, message[160];
    size_t total = safetensors(&bytes, GOOD, 8);
    uint64_t lengths[] = {UINT64_MAX, UINT64_MAX - 7, 1ULL << 63, 100000001, total - 7, total};
    for (size_t i = 0; i < LENGTH(lengths); i++) {
        memcpy(bytes, &lengths[i], 8);
        write_file(bytes, total);
        snprintf(message, sizeof message,
                 "t: byte 0: a header of %ju bytes: expected at most 100000000, and no more than "
                 "the file's %zu",
                 (uintmax_t)lengths[i], total);
        refused(trace_read_safetensors(&trace, path, &error), message);
        ck_assert_int_eq(goldstep_trace_read(&trace, path, &error), GOLDSTEP_BAD_INPUT);
    }
    free(bytes);
    total = safetensors(&bytes, "{} [", 0);
    bytes[10] = '\0'; /* jansson alone would see {} here */
    refused(read_bytes(bytes, total), "t: byte 8: header: there is a byte 0 in the text");
    free(bytes);
    refused(read_repeated("", "", 0, ""), "t: the file is empty: expected the first line "
                                          "{\"goldstep\": 1, \"format\": …}");
    refused_as(trace_read_safetensors(&trace, "/dev/null", &error), GOLDSTEP_BAD_INPUT,
               "/dev/null: expected a .safetensors file, which begins with 8 bytes that hold the "
               "length of its header");
}
END_TEST

/* --- both readers --------------------------------------------------------------------------------------------- */

START_TEST(test_truncated)
{
    static const char text[] = FIRST STEP0 "{\"step\": 1, \"hyper\": {\"lr\": 0.5}, \"tensors\": "
                                           "{\"\xC3\xA9\": {\"x\": [\"0x1p3\"]}}}\n";
    for (size_t size = 0; size < sizeof text - 1; size++) {
        bool whole = size >= sizeof FIRST STEP0 - 2 && size <= sizeof FIRST STEP0 - 1;
        whole = whole || size == sizeof text - 2;
        ck_assert_msg((read_bytes(text, size) == GOLDSTEP_OK) == whole, "%zu bytes", size);
    }
    char *bytes;
    size_t total = safetensors(&bytes, GOOD, 8);
    for (size_t size = 0; size < total; size++)
        ck_assert_int_eq(read_bytes(bytes, size), GOLDSTEP_BAD_INPUT);
    accepted(read_bytes(bytes, total));
    free(bytes);
}
END_TEST

START_TEST(test_many_tensors)
{
    enum { COUNT = 100000, EACH = 100 };
    char *text = malloc((size_t)COUNT * EACH), *end = text;
    ck_assert_ptr_nonnull(text);
    double begin = seconds();
    end += sprintf(end, "{" META);
    for (int i = 0; i < COUNT; i++)
        end +=
            sprintf(end, ",\"0/t%d/x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[%d,%d]}",
                    i, 4 * i, 4 * i + 4);
    strcpy(end, "}");
    accepted(read_header(text, 4 * (size_t)COUNT));
    ck_assert_uint_eq(trace_tensors(trace), COUNT);
    ck_assert_double_eq(number_at(0, COUNT - 1, "x", 0), COUNT - 1);
    end = text + sprintf(text, FIRST "{\"step\": 0, \"tensors\": {");
    for (int i = 0; i < COUNT; i++)
        end += sprintf(end, "%s\"t%d\":{\"x\":%d}", i == 0 ? "" : ",", i, i);
    strcpy(end, "}}");
    accepted(read_text(text));
    ck_assert_str_eq(trace_tensor_name(trace, COUNT - 1), "t99999");
    ck_assert_double_lt(seconds() - begin, 10);
    free(text);
}
END_TEST

static void *read_often(void *unused)
{
    for (int i = 0; i < 50; i++) {
        goldstep_trace *mine;
        goldstep_error own;
        if (goldstep_trace_read(&mine, path, &own) != GOLDSTEP_OK || trace_steps(mine) != 0)
            return NULL;
        goldstep_trace_free(mine);
    }
    return unused;
}

START_TEST(test_threads)
{
    pthread_t threads[4];
    char *bytes, *texts[] = {NULL, FIRST STEP0};
    size_t total = safetensors(&bytes, GOOD, 8);
    for (int round = 0; round < 2; round++) {
        write_file(round == 0 ? bytes : texts[1], round == 0 ? total : strlen(texts[1]));
        for (size_t i = 0; i < LENGTH(threads); i++)
            ck_assert_int_eq(pthread_create(&threads[i], NULL, read_often, folder), 0);
        for (size_t i = 0; i < LENGTH(threads); i++) {
            void *result = NULL;
            ck_assert_int_eq(pthread_join(threads[i], &result), 0);
            ck_assert_ptr_nonnull(result);
        }
    }
    free(bytes);
}
END_TEST

Suite *trace_suite(void)
{
    const TTest *const tests[] = {test_new,
                                  test_add,
                                  test_names_apart,
                                  test_add_binary32,
                                  test_step_order,
                                  test_duplicate_and_count,
                                  test_tensor_names,
                                  test_quantity_names,
                                  test_hyper,
                                  test_dispatch,
                                  test_unreadable,
                                  test_fifo,
                                  test_standard_input,
                                  test_jsonl_good,
                                  test_jsonl_numbers,
                                  test_jsonl_numbers_of_16_bits,
                                  test_jsonl_bad_numbers,
                                  test_jsonl_bad,
                                  test_jsonl_limits,
                                  test_safetensors_good,
                                  test_safetensors_bad,
                                  test_safetensors_bad_metadata,
                                  test_safetensors_long_names,
                                  test_safetensors_header_length,
                                  test_truncated,
                                  test_many_tensors,
                                  test_threads};
    Suite *suite = suite_create("trace");
    TCase *group = tcase_create("trace");
    tcase_add_checked_fixture(group, set_up, tear_down);
    tcase_set_timeout(group, 120);
    for (size_t i = 0; i < LENGTH(tests); i++)
        tcase_add_test(group, tests[i]);
    if (getenv("GOLDSTEP_SLOW_TESTS") != NULL)
        tcase_add_test(group, test_jsonl_too_many);
    suite_add_tcase(suite, group);
    return suite;
}
