/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names as they are found whatever the alphabet they are typed in. Pure, any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The words of the text (base/words.h) in Latin letters: Cyrillic as Bulgaria writes its names
 * abroad (Цветан Йорданов: "tsvetan yordanov"), œ as oe, ß as ss. Free with g_free. */
char *base_latin (const char *text);

/* How those words sound, so that the ways of spelling that people use meet: "tz", "ts" and "c";
 * "zh" and "j"; "x", "kh" and "h"; "q", "ya" and "ia"; "4" and "ch"; "6" and "sh"; "w" and "v"; "y"
 * and "i"; a letter that stands twice. @uncertain is what ъ became: 'a', or 'u' or 'i' (y) for who
 * spells it so. Free with g_free. */
char *base_sound (const char *text, char uncertain);

/* Whether the text has a ъ, of which there are several spellings. */
gboolean base_is_uncertain (const char *text);

/* The digits of a number; one written with "00" or "(0)" is the same number. NULL: this is no
 * number, but for what people write between digits. Free with g_free. */
char *base_digits (const char *text);

G_END_DECLS
