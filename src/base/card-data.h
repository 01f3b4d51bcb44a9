/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers of payment cards in what people write: found by their beginnings, their lengths and
 * their check digit, also where they are written in groups or in another script's digits. Pure;
 * any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What stands in the place of a number: this, then its last four digits. */
#define BASE_CARD_MASK "•••• •••• •••• "

/* The text with every card's number masked; NULL if there is none. @text is valid UTF-8. Masking
 * what was masked finds nothing more. Takes time in proportion to the text. Free with g_free. */
char *base_card_mask (const char *text);
gboolean base_card_found (const char *text);

G_END_DECLS
