/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The variables of a canned reply: {customer.name} stands for what is filled in before the text is
 * sent. A name is 1 to 64 letters, digits, _ . - in any script; every other brace is a brace. Pure
 * functions. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The names of a text, each once, in their order. Free with g_strfreev. */
char **model_text_variables (const char *text);

/* NULL: not known, its braces stay. What it gives stays valid until the next call. */
typedef const char *(*ModelTextLookup) (const char *name, gpointer user_data);
/* Free with g_free. */
char *model_text_fill (const char *text, ModelTextLookup lookup, gpointer user_data);

G_END_DECLS
