/* Which reader reads a file. */
#include "reader.h"

#include "error.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* A .safetensors file begins with the length of its header in 8 bytes, the last of which is 0 in any file of less
 * than 2^56 bytes. JSON text has no byte 0. (The first byte alone does not tell: '{' is a length's low byte too.) */
static goldstep_status is_safetensors(const char *path, bool *yes, goldstep_error *error)
{
    char start[8];
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return error_set(error, GOLDSTEP_SYSTEM_ERROR, path, 0, 0, "%m");
    size_t size = fread(start, 1, sizeof start, file);
    fclose(file);
    *yes = memchr(start, '\0', size) != NULL;
    return GOLDSTEP_OK;
}

goldstep_status goldstep_trace_read(goldstep_trace **trace, const char *path, goldstep_error *error)
{
    struct stat about;
    bool binary = false;
    *trace = NULL;
    if (strcmp(path, "-") == 0)
        return trace_read_jsonl(trace, path, error);
    if (stat(path, &about) != 0)
        return error_set(error, GOLDSTEP_SYSTEM_ERROR, path, 0, 0, "%m");
    if (S_ISDIR(about.st_mode))
        return error_set(error, GOLDSTEP_SYSTEM_ERROR, path, 0, 0, "is a directory");
    if (S_ISREG(about.st_mode)) {
        goldstep_status status = is_safetensors(path, &binary, error);
        if (status != GOLDSTEP_OK)
            return status;
    }
    return binary ? trace_read_safetensors(trace, path, error)
                  : trace_read_jsonl(trace, path, error);
}
