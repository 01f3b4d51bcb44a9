/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desktop/text/words.h"

/* One code with its label and its sentence, both marked for translation. A table ends with a NULL
 * code. */
typedef struct
{
  const char *code;
  const char *label;
  const char *sentence;
} GuichetWord;

extern const GuichetWord guichet_words_centre[];
extern const GuichetWord guichet_words_error[];
extern const GuichetWord guichet_words_phone[];
extern const GuichetWord guichet_words_call_end[];
extern const GuichetWord guichet_words_link[];
extern const GuichetWord guichet_words_not_reached[];
