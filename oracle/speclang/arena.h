/* Memory that is freed all at once: a specification's trees live and die together. */
#ifndef GOLDSTEP_ARENA_H
#define GOLDSTEP_ARENA_H

#include <stddef.h>

struct arena {
    struct arena_block *blocks;
};

/* Zeroed memory for `count` objects of `size` bytes, or NULL. */
void *arena_alloc(struct arena *arena, size_t count, size_t size);

/* A copy of `length` bytes of `text` with a terminating zero, or NULL. */
char *arena_copy(struct arena *arena, const char *text, size_t length);

void arena_free(struct arena *arena);

#endif
