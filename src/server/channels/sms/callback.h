/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a gateway calls back: its fields out of query and body, whatever alphabet it writes in. From
 * strangers; pure; any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SMS_CALLBACK_FIELDS 64

typedef struct
{
  GHashTable *fields; /* name → GBytes */
  GBytes *plain;      /* a body that is text alone, or NULL */
  char *charset;      /* of all that, as named; NULL: UTF-8 */
} SmsCallback;

/* @query, @type may be NULL. NULL: not understood (too many fields, JSON that is none). */
SmsCallback *sms_callback_parse (const char *query, const char *type, GBytes *body);
void sms_callback_free (SmsCallback *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmsCallback, sms_callback_free)

/* A short field as text, or NULL. Free with g_free. */
char *sms_callback_get (const SmsCallback *self, const char *name);
/* The message's own text: the field, or the body. Valid UTF-8, or NULL. */
char *sms_callback_text (const SmsCallback *self, const char *name);

/* A number as it is kept: "+" and digits where it is international, else as it came. */
char *sms_number (const char *text);

/* Whether the text is one of these words and nothing else, in whatever case. */
gboolean sms_is_word (const char *text, char **words);

G_END_DECLS
