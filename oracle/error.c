#include "error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

goldstep_status error_set(goldstep_error *error, goldstep_status status, const char *file,
                          size_t line, size_t column, const char *format, ...)
{
    if (error == NULL)
        return status;
    error->status = status;
    error->line = line;
    error->column = column;
    int at = 0;
    size_t size = sizeof error->message;
    if (file != NULL && line != 0 && column != 0)
        at = snprintf(error->message, size, "%s:%zu:%zu: ", file, line, column);
    else if (file != NULL && line != 0)
        at = snprintf(error->message, size, "%s:%zu: ", file, line);
    else if (file != NULL)
        at = snprintf(error->message, size, "%s: ", file);
    if (at < 0 || (size_t)at >= size)
        return status;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error->message + at, size - (size_t)at, format, arguments);
    va_end(arguments);
    return status;
}

goldstep_status error_memory(goldstep_error *error)
{
    return error_set(error, GOLDSTEP_SYSTEM_ERROR, NULL, 0, 0, "out of memory");
}
