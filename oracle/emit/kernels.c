/* A program of the build: writes each rule's kernel, and the table of all, where they change.     usage: kernels FOLDER */
#include "emit/kernel.h"
#include "error.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static bool holds(const char *path, const char *text, size_t size)
{
    FILE *file = fopen(path, "r");
    bool same = file != NULL;
    for (size_t i = 0; same && i < size; i++)
        same = getc(file) == (unsigned char)text[i];
    same = same && getc(file) == EOF;
    if (file != NULL)
        fclose(file);
    return same;
}

/* A file that holds the text already keeps its time, so that nothing is compiled again. */
static goldstep_status write_file(const char *folder, const char *name, const char *text,
                                  size_t size, goldstep_error *error)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s.c", folder, name);
    if (holds(path, text, size))
        return GOLDSTEP_OK;
    FILE *file = fopen(path, "w");
    bool written = file != NULL && fwrite(text, 1, size, file) == size;
    if ((file == NULL || fclose(file) == 0) && written)
        return GOLDSTEP_OK;
    return error_set(error, GOLDSTEP_BAD_INPUT, path, 0, 0, "%s", strerror(errno));
}

static goldstep_status write_rule(const char *folder, const struct spec *spec,
                                  goldstep_error *error)
{
    char *text = NULL;
    size_t size;
    struct program *program = NULL;
    FILE *file = open_memstream(&text, &size);
    if (file == NULL)
        return error_memory(error);
    goldstep_status status = program_compile(spec, &program, error);
    if (status == GOLDSTEP_OK)
        status = emit_kernel(file, spec->name, program, error);
    if (fclose(file) != 0 && status == GOLDSTEP_OK)
        status = error_memory(error);
    if (status == GOLDSTEP_OK)
        status = write_file(folder, spec->name, text, size, error);
    program_free(program);
    free(text);
    return status;
}

static goldstep_status write_table(const char *folder, const goldstep_library *library,
                                   goldstep_error *error)
{
    char *text = NULL;
    size_t size;
    FILE *file = open_memstream(&text, &size);
    if (file == NULL)
        return error_memory(error);
    fputs("#include \"eval/kernel.h\"\n\n", file);
    for (size_t i = 0; i < library_count(library); i++)
        fprintf(file, "extern const struct kernel kernel_%s;\n", library_spec(library, i)->name);
    fputs("\nconst struct kernel *const kernels[] = {\n", file);
    for (size_t i = 0; i < library_count(library); i++)
        fprintf(file, "    &kernel_%s,\n", library_spec(library, i)->name);
    fputs("    NULL,\n};\n", file);
    goldstep_status status =
        fclose(file) == 0 ? write_file(folder, "table", text, size, error) : error_memory(error);
    free(text);
    return status;
}

int main(int argc, char **argv)
{
    goldstep_error error = {0};
    goldstep_library *library = NULL;
    if (argc != 2) {
        fputs("usage: kernels FOLDER\n", stderr);
        return 2;
    }
    goldstep_status status = goldstep_library_open(&library, &error);
    for (size_t i = 0; status == GOLDSTEP_OK && i < library_count(library); i++)
        status = write_rule(argv[1], library_spec(library, i), &error);
    if (status == GOLDSTEP_OK)
        status = write_table(argv[1], library, &error);
    goldstep_library_free(library);
    if (status != GOLDSTEP_OK)
        fprintf(stderr, "%s\n", error.message);
    return status == GOLDSTEP_OK ? 0 : 2;
}
