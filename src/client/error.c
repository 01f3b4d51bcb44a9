/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The error domain of the room: codes with parameters. Any thread. */
#include "client/error.h"

typedef struct
{
  char *reason;
  char *field;
  gint64 limit;
  gint64 retry_after;
} GuichetClientErrorPrivate;

static void
guichet_client_error_private_init (GuichetClientErrorPrivate *self)
{
}

static void
guichet_client_error_private_copy (const GuichetClientErrorPrivate *from,
                                   GuichetClientErrorPrivate *to)
{
  to->reason = g_strdup (from->reason);
  to->field = g_strdup (from->field);
  to->limit = from->limit;
  to->retry_after = from->retry_after;
}

static void
guichet_client_error_private_clear (GuichetClientErrorPrivate *self)
{
  g_free (self->reason);
  g_free (self->field);
}

G_DEFINE_EXTENDED_ERROR (GuichetClientError, guichet_client_error)

static const char *const code_names[] = {
  [GUICHET_CLIENT_ERROR_WRONG_PASSWORD] = "wrong_password",
  [GUICHET_CLIENT_ERROR_ACCOUNT_LOCKED] = "account_locked",
  [GUICHET_CLIENT_ERROR_BAD_ADDRESS] = "bad_address",
  [GUICHET_CLIENT_ERROR_UNREACHABLE] = "unreachable",
  [GUICHET_CLIENT_ERROR_BAD_CERTIFICATE] = "bad_certificate",
  [GUICHET_CLIENT_ERROR_ELSEWHERE] = "elsewhere",
  [GUICHET_CLIENT_ERROR_FULL] = "full",
  [GUICHET_CLIENT_ERROR_UNAVAILABLE] = "unavailable",
  [GUICHET_CLIENT_ERROR_PROTOCOL] = "protocol",
  [GUICHET_CLIENT_ERROR_SIGNED_OUT] = "signed_out",
  [GUICHET_CLIENT_ERROR_LINK_DOWN] = "link_down",
  [GUICHET_CLIENT_ERROR_UNCERTAIN] = "uncertain",
  [GUICHET_CLIENT_ERROR_NOT_ALLOWED] = "not_allowed",
  [GUICHET_CLIENT_ERROR_NOT_NOW] = "not_now",
  [GUICHET_CLIENT_ERROR_NOT_FOUND] = "not_found",
  [GUICHET_CLIENT_ERROR_CONFLICT] = "conflict",
  [GUICHET_CLIENT_ERROR_INVALID] = "invalid",
  [GUICHET_CLIENT_ERROR_TOO_LARGE] = "too_large",
  [GUICHET_CLIENT_ERROR_TOO_MANY] = "too_many",
  [GUICHET_CLIENT_ERROR_NO_PHONE] = "no_phone",
  [GUICHET_CLIENT_ERROR_PHONE] = "phone",
  [GUICHET_CLIENT_ERROR_STORE] = "store",
  [GUICHET_CLIENT_ERROR_NO_TOKEN] = "no_token",
};

static gboolean
is_ours (const GError *error)
{
  return error != NULL && error->domain == GUICHET_CLIENT_ERROR;
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

const char *
guichet_client_error_get_reason (const GError *error)
{
  return is_ours (error) ? or_empty (guichet_client_error_get_private (error)->reason) : "";
}

const char *
guichet_client_error_get_field (const GError *error)
{
  return is_ours (error) ? or_empty (guichet_client_error_get_private (error)->field) : "";
}

gint64
guichet_client_error_get_limit (const GError *error)
{
  return is_ours (error) ? guichet_client_error_get_private (error)->limit : 0;
}

gint64
guichet_client_error_get_retry_after (const GError *error)
{
  return is_ours (error) ? guichet_client_error_get_private (error)->retry_after : 0;
}

const char *
guichet_client_error_get_code_name (const GError *error)
{
  if (!is_ours (error) || error->code < 0 || (gsize) error->code >= G_N_ELEMENTS (code_names))
    return "";
  return code_names[error->code];
}

GError *
guichet_client_error_new (GuichetClientErrorCode code,
                          const char *reason,
                          const char *field,
                          gint64 limit,
                          gint64 retry_after,
                          const char *message)
{
  GError *error = g_error_new_literal (GUICHET_CLIENT_ERROR, (gint) code,
                                       message != NULL ? message : code_names[code]);
  GuichetClientErrorPrivate *private = guichet_client_error_get_private (error);

  private->reason = g_strdup (reason);
  private->field = g_strdup (field);
  private->limit = limit;
  private->retry_after = retry_after;
  return error;
}
