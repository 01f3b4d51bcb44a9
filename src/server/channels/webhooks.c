/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The listener of callbacks: limits per source, then to whom the path belongs. Centre's thread. */

#include "server/channels/webhooks.h"

#include "base/log.h"
#include "server/api/front.h"
#include "server/api/limit.h"

#include <sodium.h>
#include <string.h>

#define MAX_CONNECTIONS 1000
#define MAX_LONG        4 /* long bodies that are gathered at once */

typedef struct
{
  WebhookFunc func;
  WebhookLongFunc long_body; /* or NULL */
  gpointer user_data;
} Handler;

struct _Webhooks
{
  Centre *centre;
  Front *front;
  Limit *requests;      /* of a source */
  GHashTable *handlers; /* prefix → Handler */
  char *url;
  guint *long_bodies; /* under way; outlives this with the last of them */
};

void
webhook_answer (SoupServerMessage *message, guint status, const char *text)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "text/plain; charset=utf-8", SOUP_MEMORY_COPY,
                                    text != NULL ? text : "", text != NULL ? strlen (text) : 0);
}

SoupServerMessage *
webhook_pause (SoupServerMessage *message)
{
  soup_server_message_pause (message);

  return g_object_ref (message);
}

void
webhook_answer_later (SoupServerMessage *message, guint status, const char *text)
{
  webhook_answer (message, status, text);
  soup_server_message_unpause (message);
  g_object_unref (message);
}

gboolean
webhook_secret_is (const char *given, const char *wanted)
{
  g_autofree char *first = secrets_hash_token (given != NULL ? given : "");
  g_autofree char *second = secrets_hash_token (wanted);

  return sodium_memcmp (first, second, strlen (second)) == 0 && *wanted != '\0';
}

static gboolean
may (Webhooks *self, SoupServerMessage *message, const char *source)
{
  guint wait = limit_take (self->requests, source, g_get_monotonic_time () / 1000);
  g_autofree char *text = g_strdup_printf ("%u", wait);

  if (wait == 0)
    return TRUE;
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Retry-After",
                                text);
  webhook_answer (message, 429, NULL);

  return FALSE;
}

static void
on_long_over (gpointer data, GObject *message)
{
  guint *count = data;

  (*count)--;
  g_rc_box_release (count);
}

/* It comes from whom the handler knows, and not too many come at once. */
static guint
on_long (SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  Webhooks *self = user_data;
  g_auto (GStrv) parts = g_strsplit (*path == '/' ? path + 1 : path, "/", 6);
  const Handler *handler = parts[0] != NULL ? g_hash_table_lookup (self->handlers, parts[0]) : NULL;
  guint status = handler == NULL || handler->long_body == NULL
                     ? 413
                     : handler->long_body (message, parts + 1, query, handler->user_data);

  if (status != 0)
    return status;
  if (*self->long_bodies >= MAX_LONG)
    return 503;
  (*self->long_bodies)++;
  g_object_weak_ref (G_OBJECT (message), on_long_over, g_rc_box_acquire (self->long_bodies));

  return 0;
}

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  Webhooks *self = user_data;
  g_autofree char *source = front_source (message, centre_config (self->centre)->webhooks_proxies);
  g_auto (GStrv) parts = g_strsplit (*path == '/' ? path + 1 : path, "/", 6);
  const Handler *handler = parts[0] != NULL ? g_hash_table_lookup (self->handlers, parts[0]) : NULL;
  g_autoptr (GBytes) body = NULL;
  WebhookRequest request = { .message = message, .source = source };

  if (!may (self, message, source))
    return;
  if (front_refused (message) != 0)
    {
      webhook_answer (message, front_refused (message), NULL);
      return;
    }
  if (handler == NULL)
    {
      webhook_answer (message, 404, NULL);
      return;
    }
  body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  request.method = soup_server_message_get_method (message);
  request.rest = parts + 1;
  request.query = g_uri_get_query (soup_server_message_get_uri (message));
  request.body = body;
  request.type = soup_message_headers_get_one (soup_server_message_get_request_headers (message),
                                               "Content-Type");
  handler->func (&request, handler->user_data);
}

Webhooks *
webhooks_new (Centre *centre)
{
  Webhooks *self = g_new0 (Webhooks, 1);
  const Config *config = centre_config (centre);

  self->centre = centre;
  self->front = front_new (MAX_CONNECTIONS, on_request, self);
  front_set_long (self->front, on_long, self);
  self->long_bodies = g_rc_box_new0 (guint);
  self->requests = limit_new (config->webhooks_requests / 60.0, config->webhooks_requests);
  self->handlers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

void
webhooks_free (Webhooks *self)
{
  if (self == NULL)
    return;
  front_free (self->front);
  g_rc_box_release (self->long_bodies);
  limit_free (self->requests);
  g_hash_table_unref (self->handlers);
  g_free (self->url);
  g_free (self);
}

void
webhooks_add (Webhooks *self, const char *prefix, WebhookFunc func, gpointer user_data)
{
  Handler *handler = g_new0 (Handler, 1);

  *handler = (Handler){ func, NULL, user_data };
  g_hash_table_replace (self->handlers, g_strdup (prefix), handler);
}

void
webhooks_allow_long (Webhooks *self, const char *prefix, WebhookLongFunc func)
{
  Handler *handler = g_hash_table_lookup (self->handlers, prefix);

  g_return_if_fail (handler != NULL);
  handler->long_body = func;
}

void
webhooks_remove (Webhooks *self, const char *prefix)
{
  g_hash_table_remove (self->handlers, prefix);
}

gboolean
webhooks_listen (Webhooks *self, char **url, GError **error)
{
  const Config *config = centre_config (self->centre);

  if (!front_listen (self->front, config->webhooks_host, config->webhooks_port, NULL, NULL, url,
                     error))
    return FALSE;
  self->url = g_strdup (config->webhooks_url != NULL ? config->webhooks_url : *url);
  if (g_str_has_suffix (self->url, "/"))
    self->url[strlen (self->url) - 1] = '\0';

  return TRUE;
}

const char *
webhooks_url (Webhooks *self)
{
  return self->url != NULL ? self->url : "";
}
