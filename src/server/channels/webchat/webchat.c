/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The web chat's life and its limits. Centre's thread. */
#include "server/channels/webchat/webchat-private.h"

#define MAX_CONNECTIONS     4000
#define REQUESTS_PER_MINUTE 600.0
#define MEBIBYTE            (1024.0 * 1024.0)
#define BYTES_PER_MINUTE    MEBIBYTE

static gboolean
on_beat (gpointer user_data)
{
  webchat_streams_tick (user_data);

  return G_SOURCE_CONTINUE;
}

static char *
policy_for (const char *sites)
{
  const char *plus = sites != NULL ? sites : "";

  return g_strconcat ("default-src 'none'; script-src 'self'; style-src 'self'; "
                      "img-src 'self' data: blob:; font-src 'self'; connect-src 'self' ws: wss:; "
                      "base-uri 'none'; form-action 'none'; frame-ancestors 'self' ",
                      plus, NULL);
}

Webchat *
webchat_new (Centre *centre)
{
  Webchat *self = g_new0 (Webchat, 1);
  const Config *config = centre_config (centre);

  self->centre = centre;
  self->conversations = centre_conversations (centre);
  self->front = front_new (MAX_CONNECTIONS, webchat_on_request, self);
  self->policy = policy_for (config->webchat_sites);
  self->requests = limit_new (REQUESTS_PER_MINUTE / 60.0, REQUESTS_PER_MINUTE);
  self->beginnings =
      limit_new (config->webchat_conversations / 60.0, config->webchat_conversations);
  self->bytes = limit_new (BYTES_PER_MINUTE / 60.0, BYTES_PER_MINUTE);
  self->messages = limit_new (config->webchat_messages / 60.0, config->webchat_messages);
  /* Two messages that are as full as can be at once. */
  self->files = limit_new (config->webchat_megabytes * MEBIBYTE / 60.0,
                           MAX (config->webchat_megabytes, 72) * MEBIBYTE);
  front_set_files (self->front, webchat_file_begins, self);
  self->assets = webchat_assets_new ();
  self->streams = g_hash_table_new (NULL, NULL);
  self->per_source = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->beat_source = g_timeout_add_seconds (1, on_beat, self);
  conversations_connect (self->conversations, &webchat_channel, self);

  return self;
}

gboolean
webchat_listen (Webchat *self, char **url, GError **error)
{
  const Config *config = centre_config (self->centre);

  return front_listen (self->front, config->webchat_host, config->webchat_port, NULL, NULL, url,
                       error);
}

void
webchat_free (Webchat *self)
{
  if (self == NULL)
    return;
  g_source_remove (self->beat_source);
  conversations_disconnect (self->conversations, &webchat_channel);
  webchat_streams_close (self);
  front_free (self->front);
  limit_free (self->requests);
  limit_free (self->beginnings);
  limit_free (self->bytes);
  limit_free (self->messages);
  limit_free (self->files);
  g_hash_table_unref (self->assets);
  g_hash_table_unref (self->streams);
  g_hash_table_unref (self->per_source);
  g_free (self->policy);
  g_free (self);
}
