#include "goldstep.h"

const char *goldstep_version(void)
{
    return "0.1.0";
}
