/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The extended error of bad input: a GError that carries a JSON pointer and a limit. Any thread. */
#include "base/error.h"

typedef struct
{
  char *pointer;
  gint64 limit;
} BaseErrorPrivate;

static void
base_error_private_init (BaseErrorPrivate *self)
{
}

static void
base_error_private_copy (const BaseErrorPrivate *from, BaseErrorPrivate *to)
{
  to->pointer = g_strdup (from->pointer);
  to->limit = from->limit;
}

static void
base_error_private_clear (BaseErrorPrivate *self)
{
  g_free (self->pointer);
}

G_DEFINE_EXTENDED_ERROR (BaseError, base_error)

gboolean
base_error_set (GError **error,
                BaseErrorCode code,
                const char *pointer,
                gint64 limit,
                const char *format,
                ...)
{
  g_autofree char *message = NULL;
  va_list arguments;
  GError *result;

  if (error == NULL)
    return FALSE;
  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  if (pointer != NULL && *pointer != '\0')
    result = g_error_new (BASE_ERROR, (gint) code, "%s: %s", pointer, message);
  else
    result = g_error_new_literal (BASE_ERROR, (gint) code, message);
  base_error_get_private (result)->pointer = g_strdup (pointer);
  base_error_get_private (result)->limit = limit;
  g_propagate_error (error, result);
  return FALSE;
}

const char *
base_error_get_pointer (const GError *error)
{
  if (error == NULL || error->domain != BASE_ERROR)
    return "";
  return base_error_get_private (error)->pointer != NULL ? base_error_get_private (error)->pointer
                                                         : "";
}

gint64
base_error_get_limit (const GError *error)
{
  return error != NULL && error->domain == BASE_ERROR ? base_error_get_private (error)->limit : 0;
}
