/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of a form as multipart/form-data (RFC 7578). From strangers; pure; any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SMS_PARTS_MAX 256

typedef struct
{
  char *name;      /* of the field, or NULL */
  char *file;      /* the name of a file, or NULL */
  char *type;      /* or NULL */
  gboolean base64; /* @bytes are so */
  GBytes *bytes;
} SmsPart;

/* FALSE: no more. The part is valid for the time of the call. */
typedef gboolean (*SmsPartFunc) (const SmsPart *part, gpointer user_data);

/* All parts in their order. FALSE: it is no such form, has no end or too many parts, or @func said
 * so. */
gboolean sms_parts_read (GBytes *body, const char *type, SmsPartFunc func, gpointer user_data);

G_END_DECLS
