/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The token in the Secret Service, by libsecret. Owns nothing; main loop. */
#include "client/token.h"

#include "base/log.h"

#include <libsecret/secret.h>

static const SecretSchema schema = {
  "org.guichet.Guichet.Session",
  SECRET_SCHEMA_NONE,
  { { "centre", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "agent", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 } },
};

static void
on_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!secret_password_store_finish (result, &error))
    base_log_failure (BASE_LOG_INFO, "token", "not_kept", error);
}

void
guichet_token_keep (const char *url, const char *agent, const char *token)
{
  secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, "Guichet", token, NULL, on_kept, NULL,
                         "centre", url, "agent", agent, NULL);
}

static void
on_forgotten (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  secret_password_clear_finish (result, &error);
  if (error != NULL)
    base_log_failure (BASE_LOG_INFO, "token", "not_forgotten", error);
}

void
guichet_token_forget (const char *url, const char *agent)
{
  secret_password_clear (&schema, NULL, on_forgotten, NULL, "centre", url, "agent", agent, NULL);
}

void
guichet_token_find_async (const char *url,
                          const char *agent,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  secret_password_lookup (&schema, cancellable, callback, user_data, "centre", url, "agent", agent,
                          NULL);
}

char *
guichet_token_find_finish (GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  char *token = secret_password_lookup_finish (result, &error);

  if (error != NULL)
    base_log_failure (BASE_LOG_INFO, "token", "not_found", error);
  return token;
}
