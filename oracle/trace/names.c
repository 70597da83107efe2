#include "names.h"

#include "error.h"

#include <stdint.h>
#include <string.h>

/* The code point at the start of a string that ends in NUL; *length is 0 where it is not UTF-8. */
static uint32_t code_point(const unsigned char *text, size_t *length)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char first = text[0];
    size_t size = first < 0x80   ? 1
                  : first < 0xC2 ? 0
                  : first < 0xE0 ? 2
                  : first < 0xF0 ? 3
                  : first < 0xF5 ? 4
                                 : 0;
    uint32_t code = size == 1 ? first : first & (0x7FU >> size);
    for (size_t i = 1; i < size; i++) {
        if ((text[i] & 0xC0) != 0x80)
            size = 0;
        code = code << 6 | (text[i] & 0x3FU);
    }
    bool surrogate = 0xD800 <= code && code <= 0xDFFF;
    *length = code < least[size] || surrogate || code > 0x10FFFF ? 0 : size;
    return code;
}

/* What is wrong with a name, or NULL. */
static const char *fault(const char *name)
{
    if (name == NULL || name[0] == '\0')
        return "is empty";
    if (strnlen(name, NAME_MAX_BYTES + 1) > NAME_MAX_BYTES)
        return "is longer than 255 bytes";
    size_t length;
    for (const unsigned char *at = (const unsigned char *)name; *at != '\0'; at += length) {
        uint32_t code = code_point(at, &length);
        if (length == 0)
            return "is not UTF-8";
        if (code < 0x20 || (0x7F <= code && code < 0xA0))
            return "has a control character";
    }
    return NULL;
}

goldstep_status name_check(const char *kind, const char *name, goldstep_error *error)
{
    const char *wrong = fault(name);
    if (wrong == NULL)
        return GOLDSTEP_OK;
    return error_set(error, GOLDSTEP_BAD_INPUT, NULL, 0, 0, "the name of a %s %s", kind, wrong);
}

goldstep_status name_check_identifier(const char *kind, const char *name, goldstep_error *error)
{
    /* Not isalnum: it depends on the locale. */
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789";
    goldstep_status status = name_check(kind, name, error);
    if (status != GOLDSTEP_OK)
        return status;
    if (name[strspn(name, letters)] == '\0' && strchr("0123456789", name[0]) == NULL)
        return GOLDSTEP_OK;
    return error_set(error, GOLDSTEP_BAD_INPUT, NULL, 0, 0, "%s %s: expected a C identifier", kind,
                     name);
}
