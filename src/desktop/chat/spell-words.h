/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* The next word of a text that can be looked up: letters, joined by apostrophes and hyphens. Not in
 * it: addresses of the web and of mail, what has digits, /shortcuts and {variables}. @at: where to
 * go on from; @word: NULL before the first. FALSE: there is none. */
gboolean guichet_spell_next (const char **at, const char **word, gsize *length);
