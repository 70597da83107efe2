#include "c_locale.h"

locale_t c_locale_enter(void)
{
    locale_t c = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    return c != (locale_t)0 ? uselocale(c) : (locale_t)0;
}

void c_locale_leave(locale_t outer)
{
    if (outer != (locale_t)0)
        freelocale(uselocale(outer));
}
