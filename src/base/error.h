/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The error domain of what comes in from outside as text or JSON. Each error says where (a JSON
 * pointer) and which limit was passed, so that an API can hand both on; messages are for logs and
 * developers, never for people. */
#pragma once

#include <glib.h>

#define BASE_ERROR base_error_quark ()

typedef enum
{
  BASE_ERROR_SYNTAX,    /* not JSON by RFC 8259, or not UTF-8 */
  BASE_ERROR_TOO_LARGE, /* whole document */
  BASE_ERROR_TOO_DEEP,
  BASE_ERROR_MISSING,  /* a required member is absent or null */
  BASE_ERROR_TYPE,     /* a member of another type */
  BASE_ERROR_RANGE,    /* a number, a choice or a time out of its range */
  BASE_ERROR_TOO_LONG, /* a string or an array */
  BASE_ERROR_UNKNOWN,  /* a member nobody knows */
} BaseErrorCode;

GQuark base_error_quark (void);

/* base_error_set: sets *error to a BASE_ERROR at pointer ("" is the whole) with limit (0: none) and
 * a message. Always FALSE, so that a caller can return it. */
gboolean base_error_set (GError **error,
                         BaseErrorCode code,
                         const char *pointer,
                         gint64 limit,
                         const char *format,
                         ...) G_GNUC_PRINTF (5, 6);

/* base_error_get_pointer: where, as a JSON pointer; "" for any other error. Owned by the error. */
const char *base_error_get_pointer (const GError *error);

/* base_error_get_limit: the limit that was passed, or 0. */
gint64 base_error_get_limit (const GError *error);
