/* Numbers are read and written with a point, whatever the locale of the program that calls the library. */
#ifndef GOLDSTEP_C_LOCALE_H
#define GOLDSTEP_C_LOCALE_H

#include <locale.h>

/* Puts this thread into the C locale; returns what c_locale_leave needs. */
locale_t c_locale_enter(void);
void c_locale_leave(locale_t outer);

#endif
