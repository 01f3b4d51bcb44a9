/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desktop/chat/dictionary.h"

/* Puts into a menu better words for a wrong one (NULL: none is), then the languages. Its actions
 * are "spelling.replace" s, "spelling.add" s, "spelling.ignore" s, "spelling.language" s.
 * @language: the one that was wanted. */
void guichet_spelling_menu (GuichetDictionary *dictionary,
                            const char *language,
                            const char *wrong,
                            GMenu *menu);
/* Says that there is no dictionary for a language. */
char *guichet_spelling_missing (const char *language);
