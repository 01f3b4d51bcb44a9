/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a gateway calls back: its fields out of query and body, whatever alphabet it writes in. From
 * strangers; pure; any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SMS_CALLBACK_FIELDS 256
#define SMS_CALLBACK_FILES  20

typedef struct
{
  GHashTable *fields; /* name → GBytes */
  GBytes *plain;      /* a body that is text alone, or NULL */
  char *charset;      /* of all that, as named; NULL: UTF-8 */
  GPtrArray *parts;   /* SmsFile: the files of a form with parts */
} SmsCallback;

/* A file within a callback. */
typedef struct
{
  char *name;         /* as it was sent, or NULL */
  GBytes *bytes;      /* NULL: it cannot be had */
  char *sum;          /* SHA-256 of them */
  const char *reason; /* and why: a code */
} SmsFile;

void sms_file_free (gpointer file);

/* What is taken of files at most. */
typedef struct
{
  guint number;
  gsize each, all; /* bytes */
} SmsFileLimits;

/* What stands within others in JSON has their names before its own, with dots between, and of a
 * list its place from 0. @query, @type may be NULL. NULL: not understood (too many fields, JSON
 * that is none). */
SmsCallback *sms_callback_parse (const char *query, const char *type, GBytes *body);
void sms_callback_free (SmsCallback *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmsCallback, sms_callback_free)

/* A short field as text, or NULL. Free with g_free. */
char *sms_callback_get (const SmsCallback *self, const char *name);
/* The message's own text: the field, or the body, of bounded length. Valid UTF-8, or NULL. */
char *sms_callback_text (const SmsCallback *self, const char *name);

/* The files that it brings along: the parts of a form, and what stands as base64 in the fields of
 * this name with 0, 1 … (or 1, 2 …) for "{n}"; in those of @file_name what they are called. In
 * order, SmsFile; empty: none. */
GPtrArray *sms_callback_inside (const SmsCallback *self,
                                const char *name,
                                const char *file_name,
                                const SmsFileLimits *limits);

/* Of base64 in either alphabet, also as a data URL. NULL: it is broken. */
GBytes *sms_base64 (GBytes *text);

/* The addresses of files: of the fields of this name with 0, 1 … (or 1, 2 …) for "{n}". NULL: none.
 */
char **sms_callback_files (const SmsCallback *self, const char *name);

/* A number as it is kept: "+" and digits where it is international, else as it came. */
char *sms_number (const char *text);

/* Whether the text is one of these words and nothing else, in whatever case. */
gboolean sms_is_word (const char *text, char **words);

G_END_DECLS
